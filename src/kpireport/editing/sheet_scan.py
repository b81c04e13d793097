"""Where rows and cells are among the bytes of a sheet (ECMA-376 Part 1, 18.3.1).

Comes in: a sheet's XML and the cells that matter. Goes out: the places of their
elements, or where they would have to stand. The parser tells the places, so that what
looks like an element inside a text or a comment is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import field
from xml.parsers import expat

from kpireport.errors import CellError
from kpireport.quickly import dataclass
from kpireport.sources.cells import parse_cell_name
from kpireport.sources.packages import whole_number

Cell = tuple[int, int]

TAG = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
SAVE_AGAIN = "Excelで開いて保存し直してから、もう一度試してください。"


@dataclass(slots=True)
class CellPlace:
    """The bytes of a cell's element, from its start tag to the end of its last one."""

    first: int
    last: int = 0
    has_formula: bool = False


@dataclass(slots=True)
class RowPlace:
    """The bytes of a row's element; ``cells`` are columns and where their elements begin."""

    first: int
    start_tag_end: int
    end_tag: int = 0  # where the closing tag begins; at ``start_tag_end`` where there is none
    last: int = 0
    is_closed: bool = False  # <row/>: there is no closing tag
    cells: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class SheetScan:
    """What was found.

    Attributes:
        cells: the wanted cells that are there.
        rows: the wanted cells' rows that are there.
        data: the element of all rows; ``cells`` are its rows' numbers and beginnings.
        styles: the style of the last cell of each column below ``styles_below``.
        prefix: of the elements' names, with its colon.
    """

    cells: dict[Cell, CellPlace] = field(default_factory=dict)
    rows: dict[int, RowPlace] = field(default_factory=dict)
    data: RowPlace | None = None
    styles: dict[int, str] = field(default_factory=dict)
    prefix: str = ""


def scan_sheet(sheet: bytes, wanted: Collection[Cell], *, styles_below: int = 0) -> SheetScan:
    """Find the wanted cells and their rows.

    Raises:
        CellError: the sheet is in an unusual encoding, or no XML.
    """
    parser = expat.ParserCreate()
    scanner = _Scanner(parser, sheet, frozenset(wanted), styles_below)
    encodings: list[str] = []
    parser.XmlDeclHandler = lambda _, encoding, __: encodings.append(encoding or "utf-8")
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.Parse(sheet, True)  # noqa: FBT003 - the parser's own signature
    if sheet.startswith((b"\xff\xfe", b"\xfe\xff")) or {each.lower() for each in encodings} - {
        "utf-8",
        "us-ascii",
    }:
        raise CellError("シートの文字コードがUTF-8ではありません。", SAVE_AGAIN)
    return scanner.scan


class _Scanner:
    """Follows rows and cells; both may leave out where they are (18.3.1.4, 18.3.1.73)."""

    def __init__(
        self,
        parser: expat.XMLParserType,
        sheet: bytes,
        wanted: frozenset[Cell],
        styles_below: int,
    ) -> None:
        self.scan = SheetScan()
        self._parser = parser
        self._sheet = sheet
        self._wanted = wanted
        self._wanted_rows = {row for row, _ in wanted}
        self._styles_below = styles_below
        self._row = 0
        self._column = 0
        self._open_row: RowPlace | None = None
        self._open_cell: CellPlace | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the rows' element, a row or a cell."""
        prefix, _, local = name.rpartition(":")
        match local:
            case "sheetData":
                self.scan.prefix = f"{prefix}:" if prefix else ""
                self.scan.data = self._begin()
            case "row":
                self._start_row(attributes)
            case "c":
                self._start_cell(attributes)
            case "f" if self._open_cell:
                self._open_cell.has_formula = True

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = whole_number(attributes.get("r"), self._row + 1)
        self._column = 0
        if self.scan.data:
            self.scan.data.cells.append((self._row, self._parser.CurrentByteIndex))
        if self._row in self._wanted_rows:
            self._open_row = self._begin()
            self.scan.rows[self._row] = self._open_row

    def _start_cell(self, attributes: dict[str, str]) -> None:
        beside = (self._row, self._column + 1)
        cell = parse_cell_name(attributes.get("r", "")) or beside
        self._column = cell[1]
        if self._open_row:
            self._open_row.cells.append((cell[1], self._parser.CurrentByteIndex))
        if cell[0] > self._styles_below and "s" in attributes:
            self.scan.styles[cell[1]] = attributes["s"]
        if cell in self._wanted:
            self._open_cell = CellPlace(self._parser.CurrentByteIndex)
            self.scan.cells[cell] = self._open_cell

    def end(self, name: str) -> None:
        """End a cell, a row or all rows: with the closing tag, which begins here."""
        match name.rpartition(":")[2]:
            case "c" if self._open_cell:
                begun = self._begin_of(self._open_cell.first)
                self._finish(begun)
                self._open_cell.last = begun.last
                self._open_cell = None
            case "row" if self._open_row:
                self._finish(self._open_row)
                self._open_row = None
            case "sheetData" if self.scan.data:
                self._finish(self.scan.data)

    def _begin(self) -> RowPlace:
        return self._begin_of(self._parser.CurrentByteIndex)

    def _begin_of(self, first: int) -> RowPlace:
        return RowPlace(first, self._tag_end(first))

    def _finish(self, place: RowPlace) -> None:
        place.is_closed = self._sheet.endswith(b"/>", 0, place.start_tag_end)
        if place.is_closed:
            place.end_tag = place.last = place.start_tag_end
        else:
            place.end_tag = self._parser.CurrentByteIndex
            place.last = self._tag_end(place.end_tag)

    def _tag_end(self, at: int) -> int:
        tag = TAG.match(self._sheet, at)
        return tag.end() if tag else at
