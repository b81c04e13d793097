"""Reads a PDF back through its structure tree, as a screen reader does.

Uses pikepdf for the tree and pdfplumber for the text of the marked content:
neither is what wrote the file's content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any

import pdfplumber
import pikepdf

from tests.kept import kept


@dataclass(frozen=True)
class Link:
    """An active area: what it is called, the page and height that it leads to."""

    description: str
    page: int
    top: float


@dataclass
class Node:
    """A structure element: its tag, attributes, its own text and its children in order."""

    tag: str
    attributes: dict[str, Any] = field(default_factory=dict)
    identifier: str = ""
    alternative: str = ""
    expansion: str = ""
    marks: list[tuple[int, int]] = field(default_factory=list)  # its own, as page and MCID
    links: list[Link] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    text: str = ""  # of the element and all below it, in order
    children: list[Node] = field(default_factory=list)

    def find_all(self, *tags: str) -> Iterator[Node]:
        if self.tag in tags:
            yield self
        for child in self.children:
            yield from child.find_all(*tags)


@dataclass(frozen=True)
class ReadPage:
    """A page: its size, the notices and its printed number, which no reader hears."""

    width: float
    height: float
    chars: tuple[dict[str, Any], ...]

    @property
    def artifacts(self) -> str:
        """The text that is no element's content."""
        return "".join(char["text"] for char in self._artifact_chars())

    @property
    def number(self) -> str:
        """The digits at the page's very end; digits of repeated headers stand before."""
        lowest = min((char["y0"] for char in self._artifact_chars()), default=0)
        return "".join(char["text"] for char in self._artifact_chars() if char["y0"] == lowest)

    def _artifact_chars(self) -> Iterator[dict[str, Any]]:
        return (char for char in self.chars if char["mcid"] is None)


def read_pages(data: bytes) -> tuple[ReadPage, ...]:
    """Return the pages with what is known of every character, in some seconds for a review."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        return tuple(
            ReadPage(
                float(page.width),
                float(page.height),
                tuple({key: char[key] for key in _OF_A_CHARACTER} for char in page.chars),
            )
            for page in pdf.pages
        )


_OF_A_CHARACTER = ("text", "mcid", "fontname", "size", "x0", "x1", "y0", "y1")


@cache
def sample_pages(data: bytes) -> tuple[ReadPage, ...]:
    """Return the pages of a file that other test modules read, too."""
    return kept("pages", lambda: read_pages(data), data)


def read_structure(data: bytes, pages: Sequence[ReadPage] | None = None) -> Node:
    """Return the tree's top element with the text of its content."""
    texts: dict[tuple[int, int], str] = {}
    for index, page in enumerate(read_pages(data) if pages is None else pages):
        for char in page.chars:
            if char["mcid"] is not None:
                key = (index, char["mcid"])
                texts[key] = texts.get(key, "") + char["text"]
    with pikepdf.open(BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        return _read(pdf.Root.StructTreeRoot.K, numbers, texts)


def marked_content(
    kid: Any, element: Any, numbers: dict[tuple[int, int], int]
) -> tuple[int, int] | None:
    """Return the page and the MCID of a kid that is content (ISO 32000-1, 14.7.4.2)."""
    if isinstance(kid, int):  # on the element's page
        return numbers[element.Pg.objgen], kid
    if str(kid.get("/Type", "")) == "/MCR":
        return numbers[kid.Pg.objgen], int(kid.MCID)
    return None


def child_elements(element: Any) -> list[Any]:
    """Return the kids that are elements themselves."""
    return [kid for kid in element.get("/K", []) if not isinstance(kid, int) and "/S" in kid]


def _read(
    element: Any, numbers: dict[tuple[int, int], int], texts: dict[tuple[int, int], str]
) -> Node:
    node = Node(
        tag=str(element.S)[1:],
        attributes=_attributes(element),
        identifier=str(element.get("/ID", "")),
        alternative=str(element.get("/Alt", "")),
        expansion=str(element.get("/E", "")),
    )
    for kid in element.get("/K", []):
        mark = marked_content(kid, element, numbers)
        if mark is not None:
            node.pages.append(mark[0])
            node.marks.append(mark)
            node.text += texts.get(mark, "")
        elif str(kid.get("/Type", "")) == "/OBJR":
            target, _, _, top, _ = kid.Obj.Dest
            node.links.append(Link(str(kid.Obj.Contents), numbers[target.objgen], float(top)))
        else:
            child = _read(kid, numbers, texts)
            node.children.append(child)
            node.text += child.text
            node.pages.extend(child.pages)
    return node


def _attributes(element: Any) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    for key, value in element.get("/A", {}).items():
        if isinstance(value, pikepdf.Array):
            attributes[key[1:]] = [str(item) for item in value]
        elif isinstance(value, int):
            attributes[key[1:]] = value
        else:
            attributes[key[1:]] = str(value).lstrip("/")
    return attributes
