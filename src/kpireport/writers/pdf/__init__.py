"""The PDF writer: blocks → layout (flows, tables, pages) → painting → structure → archive.

Whoever lays out alone (the Word writer's pages) loads nothing of what finishes a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpireport.lazily import finding, homes

_HOMES = homes(
    __name__,
    {
        "attachments": "AttachmentRelationship PdfAttachment",
        "writer": "LaidOut lay_out paint write_pdf",
    },
)
__all__ = list(_HOMES)

if TYPE_CHECKING:  # the same once more, for what reads code without running it
    from kpireport.writers.pdf.attachments import AttachmentRelationship as AttachmentRelationship
    from kpireport.writers.pdf.attachments import PdfAttachment as PdfAttachment
    from kpireport.writers.pdf.writer import LaidOut as LaidOut
    from kpireport.writers.pdf.writer import lay_out as lay_out
    from kpireport.writers.pdf.writer import paint as paint
    from kpireport.writers.pdf.writer import write_pdf as write_pdf

__getattr__ = finding(__name__, _HOMES)
