"""A workbook (.xlsx) as data: what its sheets say, what may be filled in, how it prints.

Comes in: final texts and numbers. Goes out: nothing yet: the dataclasses are what
:func:`kpireport.writers.xlsx.write_book` writes. Looks are names (:class:`CellLook`);
fonts and colours are the writer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from kpireport.quickly import dataclass


class CellLook(StrEnum):
    """What a cell is for; the writer knows what that looks like."""

    TITLE = "title"  # the sheet's heading
    NOTE = "note"  # words above or below a table
    LABEL = "label"  # the name beside a fact on a cover sheet
    HEADER = "header"  # a column's title
    OPTIONAL = "optional"  # likewise, of a column that may stay empty
    GROUP = "group"  # a line between blocks of rows, such as a plan's name
    TEXT = "text"
    MUTED = "muted"  # an id or a year: there for the program, not for the eye
    NUMBER = "number"  # aligned to the right
    CENTRE = "centre"
    INPUT = "input"  # to be filled in: unlocked, and told by its shade and frame
    EXAMPLE = "example"  # looks like an input, and is none
    UNUSED = "unused"  # never to be filled in, told by its hatching
    ALERT = "alert"  # what wants attention; told by its frame and weight as well as its shade


AS_TEXT = "@"
"""The number format of inputs for words: what is typed stays a text, ``1/2`` or ``-3`` too."""

CellValue: TypeAlias = str | int | Decimal | None
"""Text is always written as text, whatever it begins with: never as a formula or link."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Data validation (18.3.1.32): one of some words; others are refused with ``message``.

    Excel takes 255 characters of words in all, without commas; for more there is no list.
    Where it ``takes_others``, the words are offered, and none is refused.
    """

    options: tuple[str, ...]
    message: str
    takes_others: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceFrom:
    """Data validation: the words of a column of another sheet are offered; others are taken.

    ``rows`` and ``column`` count from 0; both ends of the rows are included.
    """

    sheet: str
    column: int
    rows: tuple[int, int]


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Data validation: a number; another entry is asked about with ``message``, not refused.

    ``None`` is no bound.
    """

    message: str
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TextLength:
    """Data validation: a text of so many characters at most; a longer one is refused."""

    most: int
    message: str


Validation: TypeAlias = Choice | ChoiceFrom | NumberRange | TextLength


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        value: what it says; ``None`` for an empty one.
        look: what it is for.
        validation: what may be entered.
        prompt: words shown beside the cell while it is selected, with ``prompt_title``; what
            is longer than 255 and 32 characters is cut.
        number_format: of a number or of an empty input (``#,##0``, ``0.0``, :data:`AS_TEXT`).
        span: so many columns are merged into it; not inside tables that are read back.
    """

    value: CellValue = None
    look: CellLook = CellLook.TEXT
    validation: Validation | None = None
    prompt_title: str = ""
    prompt: str = ""
    number_format: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with room for ``lines`` lines at least, and for all that its cells say.

    One with inputs grows as they are filled in.
    """

    cells: tuple[Cell, ...] = ()
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    r"""One sheet.

    Attributes:
        name: up to 31 characters, without ``[]:*?/\``, and no other sheet's; see
            :func:`kpireport.writers.xlsx.names.sheet_name`.
        widths: of the columns, in characters of half width.
        rows: from the first row on.
        title_rows: how many of the first rows are repeated on each printed page, and frozen.
        title_columns: how many of the first columns are frozen.
        is_locked: everything but :attr:`CellLook.INPUT` is protected (without a password).
        landscape: A4 lies.
        pages_wide: so many pages side by side are printed; the frozen columns are on each.
        one_page: the whole sheet is printed on one page, however small that makes it.
        hidden_columns: from 0; columns for the program.
        header: text at the head of each printed page; page numbers are at its foot.
        filter_row: the row (from 0) of the table's titles whose columns can be filtered.
    """

    name: str
    widths: tuple[float, ...]
    rows: Sequence[Row]
    title_rows: int = 0
    title_columns: int = 0
    is_locked: bool = False
    landscape: bool = True
    pages_wide: int = 1
    one_page: bool = False
    hidden_columns: tuple[int, ...] = ()
    header: str = ""
    filter_row: int | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook; ``title``, ``author`` and ``properties`` are in its document properties.

    ``properties`` (custom properties) tell a program what a file is, whatever its name.
    """

    title: str
    author: str
    sheets: tuple[Sheet, ...]
    properties: tuple[tuple[str, str], ...] = ()
