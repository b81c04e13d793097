"""Excel workbooks (.xlsx, .xlsm): the sheets that are asked for, as a person sees them.

Comes in: a path and the sheets' names. Goes out: those sheets, every cell with what
it shows, and what else matters to someone who relies on them: merged areas, hidden
rows and columns, formulas whose result was not saved. Common readers show either
those or a bounded use of memory, not both; so the parts (ECMA-376 Part 1, 18) are
read here, in one pass, straight from the numbers' own digits.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from kpireport.errors import CellError
from kpireport.messages import quoted
from kpireport.sources.cells import (
    Area,
    CalendarDay,
    Content,
    Number,
    Sheet,
    Unusable,
    parse_cell_name,
)
from kpireport.sources.number_formats import GENERAL, NumberFormat, Shown, number_format
from kpireport.sources.package import open_package, refuse_more_than
from kpireport.sources.workbook_parts import (
    EPOCH_1900,
    CustomProperties,
    Silent,
    is_true,
    read_book,
)

MOST_ROWS = 50_000
_MOST_COLUMNS = 16_384  # of a sheet in Excel
_MOST_STYLES = 100_000  # Excel has 65,490
_MOST_CELLS = 2_000_000  # with a look and nothing else, if not more: some seconds' reading

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that were asked for, and the names of all there are.

    Attributes:
        sheets: those that were asked for, in the workbook's order.
        names: of all sheets.
        properties: the custom document properties (Part 1, 22.3) that are texts.
        has_macros: a program of the workbook's own is in it; it is never run.
        has_links: it refers to other files; they are never opened.
    """

    sheets: tuple[Sheet, ...]
    names: tuple[str, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    has_macros: bool = False
    has_links: bool = False


def read_workbook(source: Path | bytes, wanted: Collection[str]) -> Workbook:
    """Read the sheets of a workbook whose names, white space aside, are ``wanted``.

    Args:
        source: the file's path, or what was read from it.
        wanted: the sheets' names.

    Raises:
        CellError: the file cannot be used as a workbook at all.
    """
    with open_package(source) as package:
        book = read_book(package)
        properties = CustomProperties()
        if book.properties_part:
            package.parse(book.properties_part, properties)
        strings = _SharedStrings()
        if book.strings_part:
            package.parse(book.strings_part, strings)
        styles = _Styles()
        if book.styles_part:
            package.parse(book.styles_part, styles)
        sheets = []
        for entry in book.sheets:
            if entry.name in wanted:
                reader = _SheetReader(entry.name, strings.strings, styles, book.epoch)
                package.parse(entry.part, reader)
                sheets.append(reader.sheet(is_hidden=entry.is_hidden))
        return Workbook(
            sheets=tuple(sheets),
            names=tuple(entry.name for entry in book.sheets),
            properties=properties.texts,
            has_macros=f"{book.folder}/vbaProject.bin" in package,
            has_links=bool(package.parts_below(f"{book.folder}/externalLinks")),
        )


def sheet_part(source: Path | bytes, name: str) -> str:
    """Return which part of a workbook's package has the sheet of that name.

    Raises:
        CellError: the file cannot be used as a workbook, or has no such sheet.
    """
    with open_package(source) as package:
        for entry in read_book(package).sheets:
            if entry.name == name:
                return entry.part
    raise CellError(f"シート{quoted(name)}がありません。", "シートの名前を確かめてください。")


def styles_part(source: Path | bytes) -> str:
    """Return which part of a workbook's package has the looks of cells, empty for none.

    Raises:
        CellError: the file cannot be used as a workbook.
    """
    with open_package(source) as package:
        part = read_book(package).styles_part
        return part if part in package else ""


# --- texts ---


class _TextCollector:
    """The text of one string item: runs joined, readings (rPh, 18.4.6) left out."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._in_text = False
        self._in_reading = False

    def start(self, name: str) -> None:
        if name == "rPh":
            self._in_reading = True
        elif name == "t":
            self._in_text = not self._in_reading

    def end(self, name: str) -> None:
        if name == "rPh":
            self._in_reading = False
        elif name == "t":
            self._in_text = False

    def text(self, data: str) -> None:
        if self._in_text:
            self._parts.append(data)

    def take(self) -> str:
        text = _typed("".join(self._parts))
        self._parts.clear()
        return text


class _SharedStrings(Silent):
    """The strings that cells point at by number (18.4.9)."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._collector = _TextCollector()

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        """Begin a run or a reading."""
        self._collector.start(name)

    def end(self, name: str) -> None:
        """End a run, a reading or the string."""
        self._collector.end(name)
        if name == "si":
            self.strings.append(self._collector.take())
            refuse_more_than(_MOST_CELLS, len(self.strings), "文字")

    def text(self, data: str) -> None:
        """Take text."""
        self._collector.text(data)


class _Styles(Silent):
    """The number formats of cell styles (18.8.10, 18.8.31)."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._format_ids: list[int] = []
        self._in_cell_formats = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take formats and the styles that use them."""
        if name == "numFmt":
            self._codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cell_formats = True
        elif name == "xf" and self._in_cell_formats:
            self._format_ids.append(_number(attributes.get("numFmtId")))
            refuse_more_than(_MOST_STYLES, len(self._format_ids), "セルの書式")

    def end(self, name: str) -> None:
        """Leave the cell styles."""
        if name == "cellXfs":
            self._in_cell_formats = False

    def format_of(self, style: str | None) -> NumberFormat:
        """The number format of a cell's style."""
        index = _number(style)
        if index >= len(self._format_ids):
            return GENERAL
        id_ = self._format_ids[index]
        return number_format(id_, self._codes.get(id_))


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

    def __init__(self, name: str, strings: list[str], styles: _Styles, epoch: dt.date) -> None:
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
        self._inline = _TextCollector()

    def sheet(self, *, is_hidden: bool) -> Sheet:
        """The sheet that was read."""
        return Sheet(
            name=self._name,
            rows=self._rows,
            merged=tuple(self._merged),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            is_hidden=is_hidden,
            formulas=frozenset(self._formulas),
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell or a part of one; take areas and columns."""
        if self._cell is not None:
            self._start_in_cell(self._cell, name)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._row = _number(attributes.get("r"), self._row + 1)
            self._column = 0
            self._is_hidden_row = is_true(attributes.get("hidden"))
        elif name == "col" and is_true(attributes.get("hidden")):
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            columns = range(first, min(last, _MOST_COLUMNS) + 1)
            self._columns += len(columns)
            refuse_more_than(_MOST_COLUMNS, self._columns, "非表示の列")
            self._hidden_columns.update(columns)
        elif name == "mergeCell" and (area := _area(attributes.get("ref", ""))):
            self._merged.append(area)
            refuse_more_than(MOST_ROWS, len(self._merged), "結合されたセル")

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

    def _start_in_cell(self, cell: _OpenCell, name: str) -> None:
        cell.is_empty = False
        self._inline.start(name)
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
                    "1行に1つの指標の1年度分を書く表です。関係のない行を削除してください。",
                )
            self._rows[cell.row] = {}
            if self._is_hidden_row:
                self._hidden_rows.add(cell.row)
        self._rows[cell.row][cell.column] = content

    def _content(self, cell: _OpenCell, raw: str) -> Content | None:
        inline = self._inline.take()
        if cell.type == "inlineStr":
            return inline
        if cell.has_formula and not raw and cell.type != "str":
            return Unusable(
                "数式の結果が保存されていません。",
                "Excelで開いて保存し直すか、数式の代わりに値を入れてください。",
            )
        match cell.type:
            case "s":
                return self._shared(raw)
            case "str":
                return _typed(raw)
            case "b":
                answer = "TRUE" if raw == "1" else "FALSE"
                return Unusable(f"{answer} は実績として読めません。", "文字か数で書いてください。")
            case "e":
                return Unusable(
                    f"数式がエラー（{raw}）になっています。", "数式を直すか、値を入れてください。"
                )
            case "d":
                return _iso_day(raw)
        return self._numeric(raw, self._styles.format_of(cell.style)) if raw.strip() else None

    def _shared(self, raw: str) -> Content:
        index = _number(raw, -1)
        if 0 <= index < len(self._strings):
            return self._strings[index]
        return Unusable("文字が失われています。", "書き直して、保存し直してください。")

    def _numeric(self, raw: str, shown_as: NumberFormat) -> Content:
        value = _decimal(raw)
        if value is None:
            return Unusable(f"{quoted(raw)}は数として読めません。", "書き直してください。")
        match shown_as.shown:
            case Shown.DAY | Shown.MONTH:
                return self._day(value, shows_day=shown_as.shown is Shown.DAY)
            case Shown.TIME:
                return Unusable("時刻になっています。", "セルの表示形式を直してください。")
            case Shown.SCALED:
                return Unusable(
                    "表示形式が千や百万を単位にしていて、見える数と入っている数が違います。",
                    "セルの表示形式を「標準」にし、数を確かめてください。",
                )
            case Shown.PERCENTAGE:
                percent = _plain(value.scaleb(2))
                return Number(percent, is_percentage=True, decimals=shown_as.decimals)
        return Number(value, decimals=shown_as.decimals, suffix=shown_as.suffix)

    def _day(self, value: Decimal, *, shows_day: bool) -> Content:
        days = int(value)
        if self._epoch == EPOCH_1900 and days < 60:
            days += 1  # Excel counts a 29 February 1900, which there was not
        try:
            return CalendarDay(self._epoch + dt.timedelta(days=days), shows_day)
        except OverflowError:
            return Unusable("日付として読めない数です。", "日付を書き直してください。")


def _iso_day(raw: str) -> Content:
    try:
        return CalendarDay(dt.date.fromisoformat(raw[:10]))
    except ValueError:
        return Unusable(f"{quoted(raw)}は日付として読めません。", "書き直してください。")


def _decimal(raw: str) -> Decimal | None:
    """The number with the 15 digits that Excel works with: 0.1+0.2 is 0.3."""
    try:
        number = float(raw)
    except ValueError:
        return None
    value = Decimal(format(number, ".15g"))
    # a number beyond any count would be written with all its noughts
    return _plain(value) if value.is_finite() and abs(value.adjusted()) < 30 else None


def _plain(value: Decimal) -> Decimal:
    """The value without exponent and without noughts at its end."""
    return Decimal(f"{value.normalize():f}")


def _typed(text: str) -> str:
    """A string as typed: escaped characters restored (22.9.2.19), line ends made one."""
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def _area(reference: str) -> Area | None:
    first, _, last = reference.partition(":")
    start, end = parse_cell_name(first), parse_cell_name(last or first)
    return Area(*start, *end) if start and end else None


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else default
