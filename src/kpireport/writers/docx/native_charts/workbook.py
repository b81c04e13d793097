"""The workbook inside a chart: what staff see when they choose データの編集 in Word.

Comes in: a sheet, the years or bars below each other, one column per series. Goes out:
an .xlsx file, the same bytes for the same sheet. XlsxWriter is used by itself:
python-pptx would write a text that begins with ``=`` as a formula, and the time of day.
"""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

from kpireport.quickly import dataclass
from kpireport.writers.spreadsheets import is_like_formula, new_workbook, plain_number

SHEET_NAME = "Sheet1"  # the name that python-pptx gives the sheet in a series' references

_NO_TIME = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)  # as of the package's own entries
_NARROW, _WIDE = 14, 24  # columns, in letters


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A series: its name, a value per category (``None`` for none), how numbers are written."""

    name: str
    values: tuple[Decimal | None, ...]
    number_format: str


@dataclass(frozen=True, slots=True)
class ChartSheet:
    """The data of a chart; ``corner`` stands above the categories."""

    corner: str
    categories: tuple[str, ...]
    columns: tuple[ChartColumn, ...]


def workbook(sheet: ChartSheet) -> bytes:
    """Return ``sheet`` as an .xlsx file."""
    stream = io.BytesIO()
    with new_workbook(stream) as book:
        book.set_properties({"created": _NO_TIME})
        page = book.add_worksheet(SHEET_NAME)
        page.set_column(0, 0, _WIDE)
        page.set_column(1, len(sheet.columns), _NARROW)
        # what Excel would take for a formula when a cell is edited stays a text
        plain = book.add_format({"text_wrap": True})
        quoted = book.add_format({"text_wrap": True, "quote_prefix": True})

        def write(row: int, column: int, text: str) -> None:
            page.write_string(row, column, text, quoted if is_like_formula(text) else plain)

        write(0, 0, sheet.corner)
        for row, category in enumerate(sheet.categories, start=1):
            write(row, 0, category)
        for number, column in enumerate(sheet.columns, start=1):
            look = book.add_format({"num_format": column.number_format})
            write(0, number, column.name)
            for row, value in enumerate(column.values, start=1):
                if value is not None:
                    page.write_number(row, number, plain_number(value), look)
    return stream.getvalue()
