"""Workbooks to .xlsx, by XlsxWriter.

Comes in: a :class:`~kpireport.writers.xlsx.book.Book`. Goes out: the file's bytes, the
same for the same book. It opens alike in Excel and LibreOffice, prints on A4, and
holds neither formulas nor links.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kpireport.quickly import dataclass
from kpireport.writers.spreadsheets import (
    cell_text,
    is_like_formula,
    new_workbook,
    plain_number,
    shortened,
)
from kpireport.writers.xlsx.book import Book, Cell, CellLook, Row, Sheet
from kpireport.writers.xlsx.heights import Shown, lines_height, row_height
from kpireport.writers.xlsx.looks import FONT, LOOKS
from kpireport.writers.xlsx.validations import Validations

_A4 = 9  # 18.18.50
_LONGEST_PROPERTY = 255  # characters
_LONGEST_HEADER = 200  # characters; Excel takes 255 with the codes
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.6}  # inches
_ALLOWED = {"format_columns": True, "format_rows": True}  # so that everything can be read
_EVERYWHERE = "A1:XFD1048576"


def write_book(book: Book, *, moment: dt.datetime) -> bytes:
    """Return the workbook as an .xlsx file.

    Args:
        book: what it says.
        moment: when the file says that it was made, with its time zone.

    Raises:
        ValueError: ``moment`` has no time zone, or a sheet's name is none that Excel takes.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone means another time on each machine")
    stream = io.BytesIO()
    with new_workbook(stream) as made:
        made.set_properties(
            {
                "title": _property(book.title),
                "author": _property(book.author),
                "created": moment.astimezone(dt.UTC).replace(tzinfo=None),
            }
        )
        for name, value in book.properties:
            made.set_custom_property(name, _property(value), "text")
        formats = _Formats(made.add_format)
        for sheet in book.sheets:
            _write_sheet(made.add_worksheet(sheet.name, _Page), sheet, formats)
    return stream.getvalue()


def _property(text: str) -> str:
    return shortened(cell_text(text), _LONGEST_PROPERTY)


class _Page(Worksheet):  # type: ignore[misc]
    """A worksheet whose ``growing`` rows (from 1) have a height, but not for good.

    XlsxWriter fixes every height that it is given; a row without ``customHeight`` (18.3.1.73)
    is fitted again when something is typed into it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.growing: set[int] = set()

    def _xml_start_tag_unencoded(
        self, tag: str, attributes: Sequence[tuple[str, object]] = ()
    ) -> None:
        if tag == "row" and dict(attributes)["r"] in self.growing:
            attributes = [each for each in attributes if each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


@dataclass(slots=True)
class _Formats:
    """XlsxWriter's formats, each made once."""

    _make: Callable[[dict[str, object]], Format]
    _made: dict[tuple[CellLook, str, bool], Format] = field(default_factory=dict)

    def of(self, cell: Cell) -> Format:
        """The format of a cell."""
        is_quoted = isinstance(cell.value, str) and is_like_formula(cell.value)
        key = (cell.look, cell.number_format, is_quoted)
        if key not in self._made:
            look = LOOKS[cell.look]
            self._made[key] = self._make(
                {
                    "font_name": FONT,
                    "font_size": look.size,
                    "text_wrap": look.wraps,
                    "num_format": cell.number_format or "General",
                    "quote_prefix": is_quoted,
                    **look.properties,
                }
            )
        return self._made[key]


def _write_sheet(page: _Page, sheet: Sheet, formats: _Formats) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width, None, {"hidden": column in sheet.hidden_columns})
    validations = Validations()
    for number, row in enumerate(sheet.rows):
        _write_row(page, number, row, sheet.widths, formats)
        for column, cell in _placed(row):
            validations.add(number, column, cell)
    validations.write(page)
    _set_up_view(page, sheet)
    _set_up_printing(page, sheet)
    if sheet.is_locked:
        page.protect("", {**_ALLOWED, "autofilter": sheet.filter_row is not None})


def _write_row(
    page: _Page, number: int, row: Row, widths: tuple[float, ...], formats: _Formats
) -> None:
    shown = []
    for column, cell in _placed(row):
        look = formats.of(cell)
        if cell.span > 1:
            page.merge_range(number, column, number, column + cell.span - 1, "", look)
        _write_cell(page, number, column, cell, look)
        if isinstance(cell.value, str):
            width = sum(widths[column : column + cell.span])
            style = LOOKS[cell.look]
            shown.append(Shown(cell.value, width, style.size, style.wraps))
    size = max((LOOKS[cell.look].size for cell in row.cells), default=LOOKS[CellLook.TEXT].size)
    page.set_row(number, row_height(shown, lines_height(row.lines, size)))
    if any(cell.look is CellLook.INPUT for cell in row.cells):
        page.growing.add(number + 1)


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, look: Format) -> None:
    match cell.value:
        case None:
            page.write_blank(row, column, None, look)
        case str():
            page.write_string(row, column, cell_text(cell.value), look)
        case int() | Decimal():
            page.write_number(row, column, plain_number(cell.value), look)


def _set_up_view(page: Worksheet, sheet: Sheet) -> None:
    page.hide_gridlines(2)
    page.freeze_panes(sheet.title_rows, sheet.title_columns)
    if first := _first_input(sheet):
        page.set_selection(*first, *first)
    # numbers typed into cells for words are meant so
    page.ignore_errors({"number_stored_as_text": _EVERYWHERE})
    if sheet.filter_row is not None:
        last = max(sheet.filter_row, len(sheet.rows) - 1)
        page.autofilter(sheet.filter_row, 0, last, len(sheet.widths) - 1)


def _first_input(sheet: Sheet) -> tuple[int, int] | None:
    """The row and column of the cell to begin with."""
    for number, row in enumerate(sheet.rows):
        for column, cell in _placed(row):
            if cell.look is CellLook.INPUT:
                return number, column
    return None


def _placed(row: Row) -> Iterator[tuple[int, Cell]]:
    """Yield the cells of a row with their columns, from 0."""
    column = 0
    for cell in row.cells:
        yield column, cell
        column += cell.span


def _set_up_printing(page: Worksheet, sheet: Sheet) -> None:
    page.set_paper(_A4)
    if sheet.landscape:
        page.set_landscape()
    page.fit_to_pages(sheet.pages_wide, 1 if sheet.one_page else 0)
    page.set_margins(**_MARGINS)
    if sheet.title_rows:
        page.repeat_rows(0, sheet.title_rows - 1)
    if sheet.title_columns and sheet.pages_wide > 1:
        page.repeat_columns(0, sheet.title_columns - 1)
    if sheet.header:
        text = shortened(cell_text(sheet.header), _LONGEST_HEADER).replace("&", "&&")
        page.set_header(f"&L{text}")
    page.set_footer("&C&P / &N")
