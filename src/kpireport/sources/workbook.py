"""Excel workbooks (.xlsx, .xlsm): the sheets that are asked for, as a person sees them.

Comes in: a path and the sheets' names. Goes out: those sheets, every cell with what
it shows, and what else matters to someone who relies on them: merged areas, hidden
rows and columns, formulas whose result was not saved. Common readers show either
those or a bounded use of memory, not both; so the parts (ECMA-376 Part 1, 18) are
read here, in one pass, straight from the numbers' own digits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path

from kpireport.errors import CellError
from kpireport.messages import quoted
from kpireport.quickly import dataclass
from kpireport.sources.cell_notes import beside_cells, shape_texts
from kpireport.sources.cell_numbers import REFORMATTED, read_iso_day, read_number
from kpireport.sources.cell_styles import CellStyles
from kpireport.sources.cells import (
    LONGEST_TEXT,
    TOO_LONG,
    Area,
    Content,
    Number,
    SheetCells,
    Unusable,
    parse_cell_name,
    text_of,
)
from kpireport.sources.number_formats import NumberFormat
from kpireport.sources.package_kinds import WORKBOOK
from kpireport.sources.packages import open_package, read_package, whole_number
from kpireport.sources.rich_text import (
    PassedOver,
    Run,
    Standing,
    TextCollector,
    standing,
    typed_text,
    what_counts,
)
from kpireport.sources.workbook_parts import (
    CustomProperties,
    Silent,
    is_true,
    read_book,
    refuse_more_than,
)

MOST_ROWS = 50_000
_MOST_COLUMNS = 16_384  # of a sheet in Excel
_MOST_RANGES = 1_000  # of conditional formats that change numbers, in a sheet
_MOST_CELLS = 2_000_000  # with a look and nothing else, if not more: some seconds' reading


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that were asked for, and the names of all there are.

    Attributes:
        sheets: those that were asked for, in the workbook's order.
        names: of all sheets.
        properties: the custom document properties (Part 1, 22.3) that are texts.
        has_macros: a program of the workbook's own is in it; it is never run.
        has_links: it refers to other files; they are never opened.
        parts: which part of the package has a sheet, by its name.
        styles_part: likewise the looks of cells, empty for none.
    """

    sheets: tuple[SheetCells, ...]
    names: tuple[str, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    has_macros: bool = False
    has_links: bool = False
    parts: Mapping[str, str] = field(default_factory=dict, compare=False)
    styles_part: str = field(default="", compare=False)


class OpenedBooks:
    """Workbooks that are read once, however many ask for them.

    Args:
        wanted: the sheets that anybody asks for.
    """

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = frozenset(wanted)
        self._opened: dict[Path, tuple[bytes, Workbook]] = {}

    def __contains__(self, path: Path) -> bool:
        """Whether a workbook is open, or taken to hold something."""
        return path in self._opened

    def open(self, path: Path) -> tuple[bytes, Workbook]:
        """Return a workbook's bytes, and what was read from them.

        Raises:
            CellError: the file cannot be used as a workbook at all.
        """
        if path not in self._opened:
            data = read_package(path, WORKBOOK)
            self._opened[path] = (data, _read(data, self._wanted))
        return self._opened[path]

    def with_data(self, path: Path, data: bytes) -> OpenedBooks:
        """Return the same, one of them with other bytes than it has on the disk.

        Raises:
            CellError: they cannot be used as a workbook at all.
        """
        books = OpenedBooks(self._wanted)
        books._opened = {**self._opened, path: (data, _read(data, self._wanted))}
        return books


def read_workbook(source: Path | bytes, wanted: Collection[str] | None) -> Workbook:
    """Read the sheets of a workbook whose names, white space aside, are ``wanted``.

    Args:
        source: the file's path, or what was read from it.
        wanted: the sheets' names; ``None`` for all sheets there are, and the words of shapes.

    Raises:
        CellError: the file cannot be used as a workbook at all.
    """
    with open_package(source, WORKBOOK) as package:
        book = read_book(package)
        properties = CustomProperties()
        if book.properties_part:
            package.parse(book.properties_part, properties)
        strings = _SharedStrings()
        if book.strings_part:
            package.parse(book.strings_part, strings)
        styles = CellStyles()
        if book.styles_part:
            package.parse(book.styles_part, styles)
        sheets = []
        for entry in book.sheets:
            if wanted is None or entry.name in wanted:
                reader = _SheetReader(entry.name, strings.strings, styles, book.epoch)
                package.parse(entry.part, reader)
                sheet = reader.sheet(is_hidden=entry.is_hidden)
                sheet = replace(sheet, **beside_cells(package, entry.part))
                if wanted is None:
                    sheet = replace(sheet, shape_texts=shape_texts(package, entry.part))
                sheets.append(sheet)
        return Workbook(
            sheets=tuple(sheets),
            names=tuple(entry.name for entry in book.sheets),
            properties=properties.texts,
            has_macros=f"{book.folder}/vbaProject.bin" in package,
            has_links=bool(package.parts_below(f"{book.folder}/externalLinks")),
            parts={entry.name: entry.part for entry in book.sheets},
            styles_part=book.styles_part if book.styles_part in package else "",
        )


def _read(data: bytes, wanted: frozenset[str]) -> Workbook:
    """Read a workbook, or return what was read of the same bytes lately."""
    return _kept(data, wanted) if len(data) <= _LARGEST_KEPT else read_workbook(data, wanted)


_kept = lru_cache(maxsize=8)(read_workbook)
_LARGEST_KEPT = 2**20


def sheet_part(source: Path | bytes, name: str) -> str:
    """Return which part of a workbook's package has the sheet of that name.

    Raises:
        CellError: the file cannot be used as a workbook, or has no such sheet.
    """
    with open_package(source, WORKBOOK) as package:
        for entry in read_book(package).sheets:
            if entry.name == name:
                return entry.part
    raise CellError(f"シート{quoted(name)}がありません。", "シートの名前を確かめてください。")


# --- texts ---


class _SharedStrings(Silent):
    """The strings that cells point at by number (18.4.9)."""

    def __init__(self) -> None:
        self.strings: list[tuple[Run, ...]] = []
        self._collector = TextCollector()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a run or a reading."""
        self._collector.start(name, attributes)

    def end(self, name: str) -> None:
        """End a run, a reading or the string."""
        self._collector.end(name)
        if name == "si":
            self.strings.append(self._collector.take())
            refuse_more_than(_MOST_CELLS, len(self.strings), "文字")

    def text(self, data: str) -> None:
        """Take text."""
        self._collector.text(data)


# --- a sheet ---------------------------------------------------------------------


@dataclass(slots=True)
class _OpenCell:
    """The cell whose elements are being read."""

    row: int
    column: int
    type: str
    style: str | None
    is_empty: bool = True
    has_formula: bool = False
    has_value: bool = False
    value: list[str] = field(default_factory=list)


class _SheetReader:
    """Collects a sheet's cells, merged areas, hidden rows and columns (18.3.1)."""

    def __init__(
        self, name: str, strings: list[tuple[Run, ...]], styles: CellStyles, epoch: dt.date
    ) -> None:
        self._name = name
        self._strings = strings
        self._styles = styles
        self._epoch = epoch
        self._rows: dict[int, dict[int, Content]] = {}
        self._merged: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._formulas: set[tuple[int, int]] = set()
        self._cells = 0
        self._columns = 0
        self._is_hidden_row = False
        self._row = 0
        self._column = 0
        self._cell: _OpenCell | None = None
        self._in_value = False
        self._inline = TextCollector()
        self._passed_over: dict[tuple[int, int], PassedOver] = {}
        self._bold: set[tuple[int, int]] = set()
        self._reformatted: list[Area] = []
        self._ranges: list[Area] = []

    def sheet(self, *, is_hidden: bool) -> SheetCells:
        """The sheet that was read."""
        self._refuse_reformatted()
        return SheetCells(
            name=self._name,
            rows=self._rows,
            merged=tuple(self._merged),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            is_hidden=is_hidden,
            formulas=frozenset(self._formulas),
            passed_over=self._passed_over,
            bold=frozenset(self._bold),
        )

    def _refuse_reformatted(self) -> None:
        """Refuse numbers that a conditional format may show as others (18.3.1.10)."""
        for area in self._reformatted:
            for row, cells in self._rows.items():
                if area.first_row <= row <= area.last_row:
                    for column, content in cells.items():
                        if (
                            isinstance(content, Number)
                            and area.first_column <= column <= area.last_column
                        ):
                            cells[column] = REFORMATTED

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell or a part of one; take areas and columns."""
        if self._cell is not None:
            self._start_in_cell(self._cell, name, attributes)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._row = whole_number(attributes.get("r"), self._row + 1)
            self._column = 0
            self._is_hidden_row = is_true(attributes.get("hidden"))
        elif name == "col" and is_true(attributes.get("hidden")):
            first, last = (
                whole_number(attributes.get("min")),
                whole_number(attributes.get("max")),
            )
            columns = range(first, min(last, _MOST_COLUMNS) + 1)
            self._columns += len(columns)
            refuse_more_than(_MOST_COLUMNS, self._columns, "非表示の列")
            self._hidden_columns.update(columns)
        elif name == "mergeCell" and (area := _area(attributes.get("ref", ""))):
            self._merged.append(area)
            refuse_more_than(MOST_ROWS, len(self._merged), "結合されたセル")
        elif name == "conditionalFormatting":
            references = attributes.get("sqref", "").split()[:_MOST_RANGES]
            self._ranges = [area for each in references if (area := _area(each))]
        elif name == "cfRule" and self._changes_numbers(attributes.get("dxfId")):
            self._reformatted += self._ranges
            refuse_more_than(_MOST_RANGES, len(self._reformatted), "条件付き書式")

    def _changes_numbers(self, look: str | None) -> bool:
        number = whole_number(look, -1)
        return 0 <= number < len(self._styles.reformats) and self._styles.reformats[number]

    def end(self, name: str) -> None:
        """End a cell or a part of one."""
        if self._cell is None:
            return
        if name == "c":
            self._end_cell(self._cell)
            self._cell = None
            return
        self._inline.end(name)
        if name == "v":
            self._in_value = False

    def text(self, data: str) -> None:
        """Take a value's text."""
        if self._cell is None:
            return
        self._inline.text(data)
        if self._in_value:
            self._cell.value.append(data)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        if self._cells > _MOST_CELLS:  # the words are made once, not for each cell
            refuse_more_than(_MOST_CELLS, self._cells, f"シート{quoted(self._name)}のセル")
        row, column = parse_cell_name(attributes.get("r", "")) or (self._row, self._column + 1)
        self._column = column
        self._cell = _OpenCell(row, column, attributes.get("t", "n"), attributes.get("s"))

    def _start_in_cell(self, cell: _OpenCell, name: str, attributes: dict[str, str]) -> None:
        cell.is_empty = False
        self._inline.start(name, attributes)
        if name == "f":
            cell.has_formula = True
        elif name == "v":
            cell.has_value = self._in_value = True

    def _end_cell(self, cell: _OpenCell) -> None:
        if cell.is_empty:
            return  # there may be millions, with a look and nothing else
        content = self._content(cell, "".join(cell.value))
        if cell.has_formula and len(self._formulas) < MOST_ROWS:
            self._formulas.add((cell.row, cell.column))
        if content is None or content == "":
            return
        if cell.row not in self._rows:
            if len(self._rows) >= MOST_ROWS:
                raise CellError(
                    f"シート{quoted(self._name)}の行が多すぎます（{MOST_ROWS:,}行を超えます）。",
                    "関係のない行を削除するか、表のシートだけを残してください。",
                )
            self._rows[cell.row] = {}
            if self._is_hidden_row:
                self._hidden_rows.add(cell.row)
        self._rows[cell.row][cell.column] = content
        if self._styles.look_of(cell.style).is_bold:
            self._bold.add((cell.row, cell.column))

    def _content(self, cell: _OpenCell, raw: str) -> Content | None:
        """What a person means by the cell; what is withdrawn or unseen in it is kept apart."""
        look, written = self._styles.look_of(cell.style), self._runs(cell, raw)
        if max(len(raw), sum(len(each.text) for each in written)) > LONGEST_TEXT:
            return TOO_LONG
        runs = tuple(Run(typed_text(each.text), each.font) for each in written)
        if runs:
            text, passed = what_counts(runs, look.font, look.fill)
            if passed:
                self._pass_over(cell, passed)
            return text
        content = self._plain_content(cell, raw, look.number_format)
        found = standing(look.font, look.fill, "")
        if content is None or found is Standing.MEANT:
            return content
        shown = raw if isinstance(content, Unusable) else text_of(content)
        is_struck = found is Standing.STRUCK
        self._pass_over(cell, PassedOver(struck=shown) if is_struck else PassedOver(unseen=shown))
        return None

    def _pass_over(self, cell: _OpenCell, passed: PassedOver) -> None:
        if len(self._passed_over) < MOST_ROWS:
            self._passed_over[cell.row, cell.column] = passed

    def _runs(self, cell: _OpenCell, raw: str) -> tuple[Run, ...]:
        """The cell's text by its runs, as it is written; empty where it is no text."""
        inline = self._inline.take()
        match cell.type:
            case "inlineStr":
                return inline or (Run(raw),)
            case "s":
                index = whole_number(raw, -1)
                return self._strings[index] if 0 <= index < len(self._strings) else ()
            case "str":
                return (Run(raw),)
            case _:  # some programs write a text without saying that it is one
                return () if raw else inline

    def _plain_content(
        self, cell: _OpenCell, raw: str, number_format: NumberFormat
    ) -> Content | None:
        if cell.has_formula and not raw:
            return Unusable(
                "数式の結果が保存されていません。",
                "Excelで開いて保存し直すか、数式の代わりに値を入れてください。",
            )
        match cell.type:
            case "s":
                return Unusable("文字が失われています。", "書き直して、保存し直してください。")
            case "b":
                answer = "TRUE" if raw == "1" else "FALSE"
                return Unusable(f"{answer} は値として読めません。", "文字か数で書いてください。")
            case "e":
                return Unusable(
                    f"数式がエラー（{raw}）になっています。", "数式を直すか、値を入れてください。"
                )
            case "d":
                return read_iso_day(raw)
        return read_number(raw, number_format, self._epoch) if raw.strip() else None


def _area(reference: str) -> Area | None:
    first, _, last = reference.partition(":")
    start, end = parse_cell_name(first), parse_cell_name(last or first)
    return Area(*start, *end) if start and end else None
