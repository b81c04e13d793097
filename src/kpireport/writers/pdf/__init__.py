"""The PDF writer: blocks → layout (flows, tables, pages) → painting → structure → archive."""

from kpireport.writers.pdf.attachments import Attachment, Relationship
from kpireport.writers.pdf.writer import LaidOut, lay_out, paint, write_pdf

__all__ = ["Attachment", "LaidOut", "Relationship", "lay_out", "paint", "write_pdf"]
