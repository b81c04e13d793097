"""Reads a page for the web back, as a screen reader does, and as things that can be compared.

Uses lxml's own parser of HTML: nothing of what wrote the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from lxml import html

from kpireport.document.blocks import TO_PAGE

INLINE = ("a", "br", "span", "strong", "sup", "svg")
PAGE = "\ufffc"  # stands where a PDF has the number of a page, or of the first and the last
PAGES = f"(?:[0-9]+(?:{TO_PAGE}[0-9]+)?)?"


@dataclass(frozen=True)
class Said:
    """One thing that a reader hears: what it is, and its text or alternative text."""

    tag: str
    text: str

    def matches(self, tag: str, text: str) -> bool:
        """Whether this says the same, but for numbers of pages."""
        return self.tag == tag and re.fullmatch(self.pattern, text) is not None

    @property
    def pattern(self) -> str:
        return re.escape(self.text).replace(re.escape(PAGE), PAGES)


def read(data: bytes) -> Any:
    return html.document_fromstring(data.decode())


def main_of(page: Any) -> Any:
    (main,) = page.iter("main")
    return main


def said_by(page: Any) -> list[Said]:
    """What the document's own elements say, in order.

    Left out is what a PDF has outside of its structure tree: the outline in the place of
    bookmarks, the key of marks at the foot of its pages, captions that nobody sees.
    """
    shift = 1 if main_of(page).find_class("cover") else 0
    return list(_said(main_of(page), shift))


def _said(element: Any, shift: int) -> Iterator[Said]:
    for child in element:
        if _is_beside(child):
            continue
        alternative = child.get("aria-label", "") if child.get("role") == "img" else ""
        if alternative:
            yield Said("Figure", plain(alternative))
        elif child.tag in ("th", "td"):
            yield Said(child.tag.upper(), plain(text_of(child)))
        elif child.tag in ("caption", "figcaption"):
            yield Said("Caption", plain(text_of(child)))
        elif child.tag == "a" and _is_in_contents(child):
            yield Said("TOCI", plain(text_of(child)) + PAGE)
        elif re.fullmatch("h[1-6]", child.tag) and not list(child):
            yield Said(f"H{int(child.tag[1]) - shift}", plain(text_of(child)))
        elif child.tag in ("p", "span") or (child.tag == "div" and _has_own_text(child)):
            yield Said("P", plain(text_of(child)))
        else:
            yield from _said(child, shift)


def _is_beside(element: Any) -> bool:
    names = element.get("class", "").split()
    return (
        element.get("hidden") is not None
        or element.get("id") == "part-outline"
        or bool({"unseen", "foot", "break"} & set(names))
    )


def _is_in_contents(element: Any) -> bool:
    return any("contents" in each.get("class", "") for each in element.iterancestors("nav"))


def _has_own_text(element: Any) -> bool:
    return plain(text_of(element)) != "" and all(each.tag in INLINE for each in element)


def text_of(element: Any) -> str:
    """The text that is shown in an element, a mark where a link stands for a page."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != "svg":
            is_page = child.tag == "a" and "go" in child.get("class", "").split()
            parts.append(PAGE if is_page else text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def plain(text: str) -> str:
    """The text without blanks and line breaks, which readers of PDF treat freely."""
    return "".join(text.split())


# --- tables ----------------------------------------------------------------------


@dataclass(frozen=True)
class ReadCell:
    """A cell: its tag, its text, the texts of the headers that a reader is told."""

    tag: str
    text: str
    headers: frozenset[str]


def cells_of(table: Any) -> list[ReadCell]:
    """The cells of a table with their headers (HTML, 4.9.12.2): those named, else by scope."""
    grid = list(_placed(table))
    by_id = {cell.get("id"): cell for cell, *_ in grid}
    found: list[ReadCell] = []
    for cell, row, column in grid:
        named = cell.get("headers", "").split()
        if any(each.get("headers") for each, *_ in grid):
            headers = [by_id[name] for name in named]
        else:
            headers = [
                each
                for each, at, beside in grid
                if (each.get("scope") == "col" and beside == column and at < row)
                or (each.get("scope") == "row" and at == row and beside < column)
            ]
        texts = frozenset(plain(text_of(each)) for each in headers)
        found.append(ReadCell(cell.tag.upper(), plain(text_of(cell)), texts))
    return found


def _placed(table: Any) -> Iterator[tuple[Any, int, int]]:
    """Every cell with its row and its first column."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iter("tr")):
        for cell in line:
            column = next(each for each in count() if (row, each) not in taken)
            rows, columns = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(row + r, column + c) for r in range(rows) for c in range(columns)}
            yield cell, row, column


def tables_of(page: Any) -> list[Any]:
    """The tables that are read as such: not those that a picture is made of."""
    return [
        table
        for table in main_of(page).iter("table")
        if not any(each.get("aria-hidden") for each in table.iterancestors())
    ]
