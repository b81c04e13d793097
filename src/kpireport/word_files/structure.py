"""How a Word file is built: paragraphs and tables in their order, rows, cells, marked texts.

Comes in: the element of a body, a cell, a table. Goes out: its paragraphs and tables, each
with the marked text whose control it stands in; controls, custom XML and insertions are
looked through, deleted rows and cells passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from kpireport.document.sources import source_sum
from kpireport.word_files.appearance import is_on
from kpireport.word_files.opening import W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_TAG = re.compile(r"kpi:(.+)#([0-9a-f]{8})")
MARK = re.compile(r"kpi_([pr])_([0-9a-f]{16})_([0-9a-f]{8})_\d+")
_SUM = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked text: the sums of its source and of its text when it was written, its words.

    Attributes:
        unkept: what somebody gave the words that plain text cannot keep, each named once.
    """

    source: str
    written: str
    paragraphs: tuple[str, ...]
    unkept: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs, each on a line of its own."""
        return "\n".join(self.paragraphs)


@dataclass(slots=True)
class Region:
    """The marked text that is being read."""

    source: str
    written: str
    lines: list[str] = field(default_factory=list)
    unkept: list[str] = field(default_factory=list)

    def marked(self) -> Marked:
        """Return what was read."""
        unkept = tuple(dict.fromkeys(self.unkept))
        return Marked(self.source, self.written, tuple(self.lines), unkept)


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
    found = tagged(control) or (_bookmarked(content) if gallery is not None else None)
    inner = Region(*found) if found and region is None else region
    if found and shows_placeholder(control):
        paragraph = etree.Element(f"{W}p")
        yield paragraph, inner
        return
    yield from blocks(content, inner)


def tagged(control: Element) -> tuple[str, str] | None:
    """Return the sums of the source and of the text that a control's tag tells."""
    tag = control.find(f"{W}sdtPr/{W}tag")
    found = None if tag is None else _TAG.fullmatch(tag.get(f"{W}val", ""))
    if found is None:
        return None
    source = found[1]
    return (source if _SUM.fullmatch(source) else source_sum(source)), found[2]


def _bookmarked(content: Element) -> tuple[str, str] | None:
    """Return the same from the bookmark in a control that lost its tag."""
    marks = (MARK.fullmatch(name) for name in bookmarks(content))
    return next(((mark[2], mark[3]) for mark in marks if mark and mark[1] == "p"), None)


def shows_placeholder(control: Element) -> bool:
    """Tell whether Word shows its own words because the control was emptied."""
    return is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr"))


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


def bookmarks(element: Element) -> Iterator[str]:
    """Yield the names of all bookmarks that begin in an element."""
    for each in element.iter(f"{W}bookmarkStart"):
        yield each.get(f"{W}name", "")
