"""Files inside the PDF: what the document was made from, attached to it.

Comes in: files with what they are to the document. Goes out: embedded files that
the document as a whole is associated with (ISO 19005-3, 6.8 and Annex E;
ISO 32000-1, 7.11.4), the same bytes for the same files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import StrEnum

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from kpireport.quickly import dataclass


class AttachmentRelationship(StrEnum):
    """What an attached file is to the document (ISO 19005-3, Annex E, ``AFRelationship``)."""

    SOURCE = "Source"  # the document was made from it
    DATA = "Data"  # tables and charts show it
    SUPPLEMENT = "Supplement"  # it says more than the document


@dataclass(frozen=True, slots=True)
class PdfAttachment:
    """A file to attach.

    Attributes:
        name: the file's name, without folders; one document has each name once.
        content: the file.
        media_type: its kind (RFC 6838), for instance ``application/json``.
        description: what it is, in words for readers.
        relationship: what it is to the document.
    """

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: AttachmentRelationship


def attach(pdf: pikepdf.Pdf, attachments: Sequence[PdfAttachment], date: String) -> None:
    """Embed the files, name them in the catalogue, and associate the document with them.

    Raises:
        ValueError: two attachments have the same name.
    """
    keys = [bytes(String(each.name)) for each in attachments]
    if len(set(keys)) < len(keys):
        raise ValueError(f"attachments need different names: {[each.name for each in attachments]}")
    files = [pdf.make_indirect(_file_specification(pdf, each, date)) for each in attachments]
    # the name tree is in the order of its keys' bytes (ISO 32000-1, 7.9.6)
    ordered = sorted(zip(keys, files, strict=True), key=lambda pair: pair[0])
    names = Array([each for key, file in ordered for each in (String(key), file)])
    pdf.Root.Names = Dictionary(EmbeddedFiles=pdf.make_indirect(Dictionary(Names=names)))
    pdf.Root.AF = pdf.make_indirect(Array(files))


def _file_specification(pdf: pikepdf.Pdf, attachment: PdfAttachment, date: String) -> Dictionary:
    """Return the file and what it is (ISO 32000-1, 7.11.3; both names: PDF/UA-1, 7.11)."""
    stream = Stream(pdf, attachment.content)
    stream.Type = Name.EmbeddedFile
    stream.Subtype = Name(f"/{attachment.media_type}")
    stream.Params = Dictionary(
        Size=len(attachment.content),
        ModDate=date,
        CheckSum=String(hashlib.md5(attachment.content, usedforsecurity=False).digest()),
    )
    file, name = pdf.make_indirect(stream), String(attachment.name)
    return Dictionary(
        Type=Name.Filespec,
        F=name,
        UF=name,
        Desc=String(attachment.description),
        AFRelationship=Name(f"/{attachment.relationship}"),
        EF=Dictionary(F=file, UF=file),
    )
