"""The PDF writer: blocks → layout (flows, tables, pages) → painting → structure → archive."""

from kpireport.writers.pdf.attachments import AttachmentRelationship, PdfAttachment
from kpireport.writers.pdf.writer import LaidOut, lay_out, paint, write_pdf

__all__ = ["AttachmentRelationship", "LaidOut", "PdfAttachment", "lay_out", "paint", "write_pdf"]
