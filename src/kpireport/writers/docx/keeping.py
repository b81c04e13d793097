"""Which rows of a table stay on a page together (``w:keepNext``, 17.3.1.15), and which whole.

Comes in: rows in their grid and their estimated heights. Goes out: for each
row, whether it stays with the next one, and whether a page's end may cut it. Rows that a
cell joins (a plan's) stay together unless that could leave a third of a page empty; then
only the first two and the last two do, so that no row stands alone. Rows that are all asked
to stay together do, unless they are taller than a page: then they are like the others.
Rows that begin a page in the PDF would begin it in Word too: so many of the first stay
together that the page before has no room for them. Where it lacks very little for a short
group, its first row is a little higher, for Word's pages have more room and its prose may
take a line less.
The last two stay with the notes below the table. A row that takes much of a page may be cut,
and stays with no other: of a row that is kept whole, no more than a page is ever printed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, assert_never

from kpireport.document.blocks import Bar, Cell, CellBlock, ItemList, Paragraph, Span, Sparkline
from kpireport.document.ems import natural_width
from kpireport.document.styles import TextStyle
from kpireport.writers.cell_pictures import lay_bar
from kpireport.writers.docx.grid import GridRow, Merge
from kpireport.writers.docx.line_ends import LINE_ENDS, with_line_ends
from kpireport.writers.docx.units import PAGE_SLACK, twips
from kpireport.writers.theme import LARGEST_GAP, Theme

_LEAST_BEGIN = LARGEST_GAP + 0.04  # of a page: more than any page is left empty
_NEAR_MISS = PAGE_SLACK + 15.0  # points: with a line of prose that Word may spare
_MOST_RAISED = 30.0  # points, that a row is higher so that its group does not fit
_TALL = 0.5  # of a page: far less than one, for lines break elsewhere in Word


class RowHeights(NamedTuple):
    """A row, and the estimated heights of its cells in twips."""

    row: GridRow
    height: int
    """The row's: cells that span rows do not count."""
    spanning: int
    """That of the highest cell that begins here and spans rows."""
    tallest: int
    """That of the highest cell; one that spans rows counts in each of them."""

    def is_tall(self, page_height: int) -> bool:
        """Tell whether a cell of the row might have no room on a page of ``page_height`` twips.

        A table in a cell has no page height.
        """
        return 0 < page_height * _TALL < self.tallest


class CellMeasure:
    """Estimates how high cells will be; Word alone knows where its lines really break.

    Most texts of a document are like others of it, and many cells are shared: each is
    measured once.
    """

    def __init__(self, theme: Theme) -> None:
        """Measure in the styles of ``theme``."""
        self._theme = theme
        self._padding = {
            style: (2 * twips(look.padding_x), twips(2 * look.padding_y))
            for style, look in theme.cell.items()
        }
        self._cells: dict[tuple[int, int], tuple[Cell, int]] = {}
        self._texts: dict[tuple[tuple[Span, ...], TextStyle, bool, int], int] = {}
        self._pictures: dict[tuple[Bar, int], int] = {}

    def heights(self, row: GridRow, edges: Sequence[int]) -> RowHeights:
        """Return the heights of the cells of ``row``, whose columns have these ``edges``."""
        whole = spanning = tallest = 0
        for cell, column, merge, _ in row.cells:
            width = edges[column + cell.colspan] - edges[column]
            known = self._cells.get((id(cell), width))
            height = known[1] if known else self._height(cell, width)
            tallest = max(tallest, height)
            if merge is Merge.WHOLE:
                whole = max(whole, height)
            elif merge is Merge.BEGUN:
                spanning = max(spanning, height)
        return RowHeights(row, whole, spanning, tallest)

    def _height(self, cell: Cell, width: int) -> int:
        beside, above = self._padding[cell.style]
        height = above + self._content(cell.content, width - beside)
        self._cells[id(cell), width] = (cell, height)  # with it, for it is known by its identity
        return height

    def _content(self, content: Iterable[CellBlock], width: int) -> int:
        height = 0
        for block in content:
            match block:
                case Paragraph():
                    height += self._text(block, width)
                case ItemList():
                    height += sum(self._content(item.content, width) for item in block.items)
                case Bar():
                    height += self._bar(block, width)
                case Sparkline():
                    height += twips(self._theme.spark.height + self._theme.spark.space_after)
                case _:
                    assert_never(block)
        return height

    def _text(self, block: Paragraph, width: int) -> int:
        key = (block.spans, block.style, bool(block.source), width)
        if key not in self._texts:
            look = self._theme.text[block.style]
            text = with_line_ends(block, look, width / 20).text
            lines = _lines(text, max(1.0, width / twips(look.size)))
            self._texts[key] = lines * twips(look.leading)
        return self._texts[key]

    def _bar(self, block: Bar, width: int) -> int:
        if (block, width) not in self._pictures:
            bullet = lay_bar(block, width / 20, self._theme.bar)
            self._pictures[block, width] = twips(bullet.height + bullet.space_after)
        return self._pictures[block, width]


def _lines(text: str, width: float) -> int:
    """Return on how many lines of ``width`` ems ``text`` stands."""
    parts = text.replace(LINE_ENDS, "\n").split("\n")
    return sum(max(1, math.ceil(natural_width(part) / width)) for part in parts)


class KeptRow(NamedTuple):
    """A row, and what becomes of it at a page's end."""

    row: GridRow
    stays_with_next: bool
    may_split: bool
    height: int = 0
    """In twips, which it is to have at least; 0 for that of its text."""

    def kept_with_next(self) -> KeptRow:
        """Return the row as it is where it stays with the next, unless it may be cut."""
        return self._replace(stays_with_next=not self.may_split)


def keep_rows(
    rows: Iterable[RowHeights], page_height: int, *, are_noted: bool = False
) -> Iterator[KeptRow]:
    """Yield every row with what becomes of it on pages of ``page_height`` twips.

    A table's last row stands on no page alone, and none of its notes do (``are_noted``).
    """
    before: list[KeptRow] = []
    group: list[KeptRow] = []
    for rows_of_group in _groups(rows):
        yield from before
        before, group = group, list(_keep_group(rows_of_group, page_height))
    if before and len(group) == 1:
        before[-1] = before[-1].kept_with_next()
    yield from before
    if group and are_noted:
        group[-1] = group[-1].kept_with_next()
    yield from group


def _keep_group(group: Sequence[RowHeights], page_height: int) -> Iterator[KeptRow]:
    heights = [each.height for each in group]
    whole = sum(heights)
    first_row = group[0].row
    fits = whole <= page_height * LARGEST_GAP
    is_torn = 0 < page_height < whole or group[-1].row.is_torn
    is_too_tall = is_torn and _is_kept(group)
    least = page_height * _LEAST_BEGIN if first_row.begins_page else 0.0
    last = len(group) - 1
    begin, missing = _lacking(group, heights, page_height)
    grown = max(begin, last - 1)  # LibreOffice makes a page's last row no higher than its text
    short = _short(first_row) if last and whole < least else 0
    above = 0
    for number, each in enumerate(group):
        above += each.height
        joined = number < last and (fits or above < least or number in (0, last - 1))
        is_asked = each.row.keep_with_next and (number == last or not is_too_tall)
        lacking = (missing if number == grown else 0) + (0 if number else short)
        height = each.height + lacking if lacking else 0
        is_tall = each.is_tall(page_height)
        yield KeptRow(each.row, (joined or is_asked) and not is_tall, is_tall, height)


def _short(first: GridRow) -> int:
    """Return in twips by how much a group is too low not to fit where the PDF has it not."""
    short = _NEAR_MISS - first.lacking
    return twips(short) if 0 < short <= _MOST_RAISED else 0


def _lacking(
    group: Sequence[RowHeights], heights: Sequence[int], page_height: int
) -> tuple[int, int]:
    """Return what rows lack for the text of a cell that goes on below them, and where it begins.

    A cell over a page's end shows its text before it, where that is no taller than half a
    page: LibreOffice would cut off what is left for rows with less room.
    """
    if not any(placed.rows_left for placed in group[-1].row.cells):
        return 0, 0
    lacking = (
        (each.spanning - sum(heights[number:]), number)
        for number, each in enumerate(group)
        if each.spanning <= page_height * _TALL
    )
    most, begin = max(((0, 0), *lacking))
    return begin, most


def _is_kept(group: Sequence[RowHeights]) -> bool:
    """Tell whether rows are kept together by more than a cell that spans them."""
    return len(group) > 1 and all(each.row.keep_with_next for each in group[:-1])


def _groups(rows: Iterable[RowHeights]) -> Iterator[list[RowHeights]]:
    """Yield the rows that spanning cells join, and those that are to stay together."""
    group: list[RowHeights] = []
    for each in rows:
        group.append(each)
        if not (each.row.is_joined or each.row.keep_with_next):
            yield group
            group = []
    if group:
        yield group
