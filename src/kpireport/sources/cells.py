"""Sheets of cells, whatever file they come from: a workbook's or a CSV file's.

A cell's content is what a person sees in it: text, a number with the way in which
it is shown, or a day. What cannot be used (a formula without a result, ``#REF!``) is
content too, so that it is a problem only where that cell is needed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import field
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TypeAlias

from kpireport.domain.numerals import NumeralStyle, write_numerals
from kpireport.domain.years import format_date
from kpireport.errors import CellError
from kpireport.quickly import dataclass
from kpireport.sources.rich_text import PassedOver

_MOST_DECIMALS = 30  # that Excel shows
_EXACT = Context(prec=100)  # enough for any number that a cell is read with


@dataclass(frozen=True, slots=True)
class Number:
    """A number and how its format shows it.

    Attributes:
        value: in what is shown: 99.9 for 0.999 shown as ``99.9%``.
        is_percentage: whether the format shows ``%``.
        decimals: digits after the point that are shown; ``None`` for all there are.
        prefix: words that the format shows before the number (``"約"0``), without its sign.
        suffix: words that it shows after the number (``0"校"``).
        is_grouped: it shows thousands apart (``#,##0``): a year is shown as 2016, and no
            number of people as 14760.
    """

    value: Decimal
    is_percentage: bool = False
    decimals: int | None = None
    prefix: str = ""
    suffix: str = ""
    is_grouped: bool = field(default=False, compare=False)

    @property
    def has_words(self) -> bool:
        """Whether its format says more than the number."""
        return bool(self.prefix or self.suffix)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day; ``shows_day`` is false where the format shows only its month."""

    day: dt.date
    shows_day: bool = True


@dataclass(frozen=True, slots=True)
class Unusable:
    """Content that is none: what is wrong with it, and how to mend it."""

    what: str
    remedy: str


LONGEST_TEXT = 32_767  # characters of a cell in Excel
TOO_LONG = Unusable(
    f"文字が多すぎます（セルに入るのは{LONGEST_TEXT:,}字までです）。", "短くしてください。"
)
"""A text that no cell holds: it is looked at no closer."""

Content: TypeAlias = str | Number | CalendarDay | Unusable


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; rows and columns count from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first = cell_name(self.first_row, self.first_column)
        last = cell_name(self.last_row, self.last_column)
        return f"{first}:{last}"


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet; only cells with content are in ``rows``, by row and column from 1.

    ``name`` is empty for a CSV file. ``formulas`` are the cells whose content is the saved
    result of one, by row and column; ``passed_over`` has what stands in a cell and is not
    its content, because it is struck out, the mark of a note, or nobody sees it. ``notes`` are
    people's remarks that hang on cells; ``has_pictures`` tells of pictures and shapes.
    ``bold`` are the cells whose look says so; ``shape_texts`` are the words of shapes with the
    rows that they begin at, where all of a workbook is read.
    """

    name: str
    rows: Mapping[int, Mapping[int, Content]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    formulas: frozenset[tuple[int, int]] = frozenset()
    passed_over: Mapping[tuple[int, int], PassedOver] = field(default_factory=dict)
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    has_pictures: bool = False
    bold: frozenset[tuple[int, int]] = frozenset()
    shape_texts: tuple[tuple[int, str], ...] = ()

    def place(self, row: int, column: int) -> str:
        """A cell as a message names it: ``実績!D12``."""
        return self.place_of(cell_name(row, column))

    def place_of(self, part: str = "") -> str:
        """A part of the sheet, or the sheet itself, as a message names it."""
        return f"{self.name}!{part}" if self.name and part else self.name or part


def column_letters(column: int) -> str:
    """1 as ``A``, 27 as ``AA``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Row 12, column 4 as ``D12``."""
    return f"{column_letters(column)}{row}"


_CELL_NAME = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def parse_cell_name(name: str) -> tuple[int, int] | None:
    """``D12`` as row 12, column 4; ``None`` where it is no cell's name."""
    match = _CELL_NAME.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def text_of(content: Content | None, style: NumeralStyle = NumeralStyle.HALF) -> str:
    """The content as text, without white space around it; ``""`` for an empty cell.

    Raises:
        CellError: the content cannot be used.
    """
    match content:
        case None:
            return ""
        case str():
            return content.strip()
        case Number():
            number = write_number(content.value, content.decimals, style)
            percent = "％" if content.is_percentage else ""
            return f"{content.prefix}{number}{percent}{content.suffix}"
        case CalendarDay():
            return _day_text(content, style)
        case Unusable():
            raise CellError(content.what, content.remedy)


def usable_text(content: Content | None) -> str:
    """The content as text; ``""`` where it cannot be used."""
    try:
        return text_of(content)
    except CellError:
        return ""


def write_number(value: Decimal, decimals: int | None, style: NumeralStyle) -> str:
    """Write a number grouped, with so many decimals as asked for (``None``: all it has)."""
    if decimals is not None:
        value = round_half_up(value, decimals)
    return write_numerals(f"{value:,f}".replace("-", "−"), style)


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """The value with so many decimals, as Excel shows it."""
    last = Decimal(1).scaleb(-min(decimals, _MOST_DECIMALS))
    return value.quantize(last, ROUND_HALF_UP, _EXACT)


def _day_text(content: CalendarDay, style: NumeralStyle) -> str:
    text = format_date(content.day, style)
    return text if content.shows_day else text[: text.index("月") + 1]
