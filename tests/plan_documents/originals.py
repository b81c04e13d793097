"""A municipality's document as data: what stands on its pages, and the rows that it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, how far it reaches, how it looks."""

    text: str = ""
    rows: int = 1
    columns: int = 1
    is_bold: bool = False
    is_upright: bool = False


Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a line lists the cells that begin in it, as HTML does.

    Attributes:
        lines: the cells.
        widths: of the columns, as shares.
        header_lines: so many first lines are the header, repeated on each page.
        is_ruled: it has lines between its cells; without, it is text behind tabs.
        hidden: these lines are hidden, in a workbook.
    """

    lines: tuple[Line, ...]
    widths: tuple[float, ...]
    header_lines: int = 1
    is_ruled: bool = True
    hidden: frozenset[int] = frozenset()

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield each cell with the first line and column that it stands in."""
        taken: set[tuple[int, int]] = set()
        for number, line in enumerate(self.lines):
            column = 0
            for cell in line:
                while (number, column) in taken:
                    column += 1
                taken |= {
                    (number + down, column + right)
                    for down in range(cell.rows)
                    for right in range(cell.columns)
                }
                yield number, column, cell
                column += cell.columns


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; a heading where it has a level."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A row that the document means, each text as it is printed.

    Attributes:
        above: the goal, and what stands between it and the plan, from outside in.
        plan: what the indicator stands in; empty for a numeric target of the goal's own.
        number: its number; likewise the others up to ``source``.
        unit: where it is not beside the figures.
        yearly: targets by the fiscal year.
        other: what stands in further columns, by their headers.
    """

    above: tuple[str, ...]
    plan: str
    name: str
    number: str = ""
    unit: str = ""
    baseline: str = ""
    target: str = ""
    yearly: Mapping[int, str] = field(default_factory=dict)
    departments: tuple[str, ...] = ()
    direction: str = ""
    definition: str = ""
    basis: str = ""
    source: str = ""
    remarks: str = ""
    other: Mapping[str, str] = field(default_factory=dict)


ALL = ("docx", "xlsx", "pdf", "docx.pdf", "xlsx.pdf")
"""``docx.pdf`` and ``xlsx.pdf`` are what LibreOffice makes of the two."""


@dataclass(frozen=True, slots=True)
class Original:
    """A document.

    Attributes:
        key: names it, in file names too.
        shows: what is special about it.
        parts: what stands on its pages.
        expected: the rows that it means.
        hidden: rows that are hidden in it: read, or kept apart, but not lost.
        formats: what it is made as.
        is_wide: its pages lie across.
        has_sheet_of_each_goal: each heading of the first level begins a sheet, in a workbook.
        has_numbers: figures are numbers in a workbook, shown by a format.
    """

    key: str
    shows: str
    parts: tuple[Grid | Text, ...]
    expected: tuple[Expected, ...]
    hidden: tuple[Expected, ...] = ()
    formats: tuple[str, ...] = ALL
    is_wide: bool = True
    has_sheet_of_each_goal: bool = False
    has_numbers: bool = False

    def texts(self) -> Iterator[str]:
        """Yield every text of it."""
        for part in self.parts:
            if isinstance(part, Text):
                yield part.text
            else:
                yield from (cell.text for line in part.lines for cell in line if cell.text)


def cells(*texts: str, is_bold: bool = False) -> Line:
    """Cells of one place each."""
    return tuple(Cell(each, is_bold=is_bold) for each in texts)


def header(*texts: str) -> Line:
    """A line of headers."""
    return cells(*texts, is_bold=True)


def beside(outer: Iterable[Cell], rows: Iterable[Line]) -> tuple[Line, ...]:
    """Lines with cells to their left that reach down over all of them."""
    first, *others = rows
    reaching = tuple(
        Cell(each.text, 1 + len(others), each.columns, each.is_bold, each.is_upright)
        for each in outer
    )
    return ((*reaching, *first), *others)
