"""What the file says of itself (``docProps/core.xml``, ECMA-376-2, 11)."""

from __future__ import annotations

import datetime as dt

from docx.document import Document as WordDocument

from kpireport.document.blocks import Cover, Document
from kpireport.writers.docx.markup import text

_LONGEST = 255  # characters that a property of the file may have


def describe(word: WordDocument, document: Document, moment: dt.datetime | None) -> None:
    """Have ``word`` tell of ``document``: dated as that is, or ``moment``.

    Raises:
        OutputError: a text has a character that no XML file can carry.
    """
    metadata, properties = document.metadata, word.core_properties
    made = moment or dt.datetime.combine(metadata.date, dt.time(), dt.UTC)
    properties.title = _short(_title(document))
    properties.subject = _short(metadata.subject)
    properties.author = properties.last_modified_by = _short(metadata.author)
    properties.keywords = _short(", ".join(metadata.keywords))
    properties.language = _short(metadata.language)
    properties.revision = 1
    properties.created = properties.modified = made.astimezone(dt.UTC)


def _title(document: Document) -> str:
    """Return the title; of one in lines on the cover, the lines are parted by spaces."""
    covers = (block.title for block in document.blocks() if isinstance(block, Cover))
    title = document.metadata.title
    return next((" ".join(lines) for lines in covers if "".join(lines) == title), title)


def _short(string: str) -> str:
    text(string)  # tells of characters that cannot be written
    return string[:_LONGEST]
