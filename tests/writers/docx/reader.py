"""Read a Word file back into plain structures, from its XML alone.

Pictures are found by following ``r:embed`` to their files. Nothing of the writer
is used here: spans are found by walking ``w:tc``,
``w:gridSpan`` and ``w:vMerge`` (python-docx's ``row.cells`` repeats merged cells),
labels by following ``w:numPr`` to ``w:abstractNum``.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}"
CIRCLED_ONE = ord("①")


@dataclass(frozen=True)
class ReadPicture:
    """``files`` are the PNG and, where there is one, the SVG; ``size`` is in points."""

    alternative_text: str
    is_decorative: bool
    number: int
    size: tuple[float, float]
    files: tuple[str, ...]


@dataclass(frozen=True)
class ReadParagraph:
    """``style`` is the style's name, ``level`` its outline level from 1, if it has one."""

    style: str
    text: str
    label: str = ""
    level: int | None = None
    bookmark: str = ""
    breaks_page: bool = False
    pictures: tuple[ReadPicture, ...] = ()
    pages: tuple[str, ...] = ()
    """The results of its page references."""


@dataclass(frozen=True)
class ReadCell:
    content: tuple[ReadParagraph | ReadTable, ...]
    column: int
    colspan: int
    rowspan: int

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.content if isinstance(part, ReadParagraph))


@dataclass(frozen=True)
class ReadTable:
    """``rows`` hold the cells that begin in them."""

    style: str
    title: str
    description: str
    header_rows: int
    rows: tuple[tuple[ReadCell, ...], ...]


Read: TypeAlias = ReadParagraph | ReadTable


def read_docx(data: bytes) -> list[Read]:
    """Return the body's paragraphs and tables in order."""
    reader = _Reader(parts(data))
    body = reader.document.find(f"{W}body")
    assert body is not None
    return list(reader.content(body))


def parts(data: bytes) -> dict[str, Any]:
    """Return the roots of the file's XML parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            name: etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }


def files(data: bytes) -> dict[str, bytes]:
    """Return the file's parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def value(element: Any, path: str, attribute: str = "val", default: str = "") -> str:
    """Return an attribute of the element at ``path`` (``pPr/pStyle``)."""
    found = element.find("/".join(W + name for name in path.split("/")))
    return default if found is None else str(found.get(W + attribute, default))


def has(element: Any, path: str) -> bool:
    """Tell whether there is an element at ``path``."""
    return element.find("/".join(W + name for name in path.split("/"))) is not None


@dataclass
class _Reader:
    roots: dict[str, Any]
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.document = self.roots["word/document.xml"]
        self.targets = {
            relation.get("Id"): f"word/{relation.get('Target')}"
            for relation in self.roots["word/_rels/document.xml.rels"]
        }
        styles = self.roots["word/styles.xml"].findall(f"{W}style")
        self.styles = {style.get(f"{W}styleId"): style for style in styles}
        numbering = self.roots["word/numbering.xml"]
        abstracts = {
            abstract.get(f"{W}abstractNumId"): abstract.find(f"{W}lvl")
            for abstract in numbering.findall(f"{W}abstractNum")
        }
        self.levels = {
            num.get(f"{W}numId"): abstracts[value(num, "abstractNumId")]
            for num in numbering.findall(f"{W}num")
        }

    def content(self, parent: Any) -> Iterator[Read]:
        for child in parent:
            if child.tag == f"{W}p":
                yield self.paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self.table(child)
            elif child.tag == f"{W}sdt":
                yield from self.content(child.find(f"{W}sdtContent"))

    def paragraph(self, element: Any) -> ReadParagraph:
        style = self.styles[value(element, "pPr/pStyle")]
        level = self._outline_level(style)
        return ReadParagraph(
            style=value(style, "name"),
            text=text(element),
            label=self._label(value(element, "pPr/numPr/numId")),
            level=None if level is None else level + 1,
            bookmark=value(element, "bookmarkStart", "name"),
            breaks_page=has(element, "pPr/pageBreakBefore"),
            pictures=tuple(map(self._picture, element.iter(f"{WP}inline"))),
            pages=tuple(_page_references(element)),
        )

    def _picture(self, inline: Any) -> ReadPicture:
        properties, extent = inline.find(f"{WP}docPr"), inline.find(f"{WP}extent")
        images = [item for item in inline.iter() if item.get(f"{R}embed")]
        assert [item.tag for item in images] == [f"{A}blip", f"{SVG}svgBlip"][: len(images)]
        return ReadPicture(
            alternative_text=properties.get("descr"),
            is_decorative=any(
                item.get("val") == "1" for item in properties.iter(f"{DECORATIVE}decorative")
            ),
            number=int(properties.get("id")),
            size=(int(extent.get("cx")) / 12700, int(extent.get("cy")) / 12700),
            files=tuple(self.targets[item.get(f"{R}embed")] for item in images),
        )

    def _outline_level(self, style: Any) -> int | None:
        while style is not None:
            level = value(style, "pPr/outlineLvl")
            if level:
                return None if level == "9" else int(level)  # text, to Word
            style = self.styles.get(value(style, "basedOn"))
        return None

    def _label(self, number: str) -> str:
        if not number:
            return ""
        level = self.levels[number]
        label = value(level, "lvlText")
        if "%1" not in label:
            return label
        assert value(level, "numFmt") == "decimalEnclosedCircle"
        count = int(value(level, "start")) + self.counts[number]
        self.counts[number] += 1
        return label.replace("%1", chr(CIRCLED_ONE + count - 1))

    def table(self, element: Any) -> ReadTable:
        rows = element.findall(f"{W}tr")
        heads = [has(row, "trPr/tblHeader") for row in rows]
        assert heads == sorted(heads, reverse=True), "header rows stand first"
        return ReadTable(
            style=value(self.styles[value(element, "tblPr/tblStyle")], "name"),
            title=value(element, "tblPr/tblCaption"),
            description=value(element, "tblPr/tblDescription"),
            header_rows=sum(heads),
            rows=tuple(self._rows(rows, len(element.findall(f"{W}tblGrid/{W}gridCol")))),
        )

    def _rows(self, rows: list[Any], columns: int) -> Iterator[tuple[ReadCell, ...]]:
        placed = [list(_placed(row)) for row in rows]
        for number, cells in enumerate(placed):
            assert sum(span for _, span, _ in cells) == columns, "cells fill the grid"
            yield tuple(
                ReadCell(
                    tuple(self.content(cell)),
                    column,
                    span,
                    1 + _continued(placed[number + 1 :], column, span) if merge else 1,
                )
                for (column, merge), span, cell in cells
                if merge != "continue"
            )


def _placed(row: Any) -> Iterator[tuple[tuple[int, str], int, Any]]:
    """Yield a row's cells: their column and merge ("", "restart", "continue"), their span."""
    column = 0
    for cell in row.findall(f"{W}tc"):
        span = int(value(cell, "tcPr/gridSpan", default="1"))
        merge = value(cell, "tcPr/vMerge", default="continue") if has(cell, "tcPr/vMerge") else ""
        yield (column, merge), span, cell
        column += span


def _continued(rows: list[list[tuple[tuple[int, str], int, Any]]], column: int, span: int) -> int:
    """Count the rows that continue a merge begun in ``column``."""
    count = 0
    for cells in rows:
        if ((column, "continue"), span) not in [(place, width) for place, width, _ in cells]:
            break
        count += 1
    return count


def _page_references(paragraph: Any) -> Iterator[str]:
    """Yield the results of the paragraph's ``PAGEREF`` fields."""
    instruction, result, in_result = "", "", False
    for child in (child for run in paragraph.iter(f"{W}r") for child in run):
        kind = child.get(f"{W}fldCharType")
        if kind == "begin":
            instruction, result, in_result = "", "", False
        elif kind == "separate":
            in_result = True
        elif kind == "end" and "PAGEREF" in instruction:
            yield result
            instruction = ""
        elif child.tag == f"{W}instrText":
            instruction += child.text
        elif in_result:
            result += child.text or ""


def text(paragraph: Any) -> str:
    """Return a paragraph's text; ``w:br`` is a line break, ``w:tab`` a tab."""
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    runs = paragraph.iter(f"{W}r")
    pieces = (child for run in runs for child in run if not child.get(f"{W}clear"))
    return "".join(
        child.text or "" if child.tag == f"{W}t" else marks.get(child.tag, "") for child in pieces
    )
