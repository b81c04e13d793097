"""The PDF writer: blocks → layout (flows, tables, pages) → painting → structure → archive."""

from kpireport.writers.pdf.writer import write_pdf

__all__ = ["write_pdf"]
