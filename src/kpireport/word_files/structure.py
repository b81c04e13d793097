"""How a Word file is built: paragraphs and tables in their order, rows, cells, marked texts.

Comes in: the element of a body, a cell, a table. Goes out: its paragraphs and tables, each
with the marked text whose control it stands in; controls, custom XML and insertions are
looked through, deleted rows and cells passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from kpireport.word_files.frames import (
    Region,
    bookmarked_region,
    shows_placeholder,
    tagged_region,
)
from kpireport.word_files.opening import W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def blocks(parent: Element, region: Region | None) -> Iterator[tuple[Element, Region | None]]:
    """Yield the paragraphs and tables below ``parent``, each with its control's region."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child, region
        elif child.tag == f"{W}sdt":
            yield from _controlled(child, region)
        elif child.tag in _BLOCK_WRAPPERS:
            yield from blocks(child, region)
        elif child.tag in _THINGS:
            paragraph = etree.Element(f"{W}p")
            paragraph.append(deepcopy(child))
            yield paragraph, region


_BLOCK_WRAPPERS = {f"{W}{name}" for name in ("ins", "moveTo", "customXml", "smartTag")}
_THINGS = {f"{W}altChunk", f"{W}subDoc", f"{M}oMath", f"{M}oMathPara"}  # in no paragraph


def _controlled(control: Element, region: Region | None) -> Iterator[tuple[Element, Region | None]]:
    content = control.find(f"{W}sdtContent")
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    is_contents = gallery is not None and gallery.get(f"{W}val") == "Table of Contents"
    if content is None or is_contents:
        return
    found = tagged_region(control)
    if found is None and gallery is not None:  # as LibreOffice writes it
        found = bookmarked_region(content)
    inner = region or found
    if found and shows_placeholder(control):
        yield etree.Element(f"{W}p"), inner
        return
    yield from blocks(content, inner)


def table_rows(table: Element) -> Iterator[Element]:
    """Yield the rows that are not deleted."""
    for row in _inside(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row


def row_cells(row: Element) -> Iterator[Element]:
    """Yield the cells that are not deleted."""
    for cell in _inside(row, f"{W}tc"):
        if cell.find(f"{W}tcPr/{W}cellDel") is None:
            yield cell


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Yield children of a kind, those in controls and custom XML too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _inside(child, tag)
