"""Tables → pieces that fit on pages.

Comes in: a table block. Goes out: pieces, each the part of the table that
stands on one page. All rows are measured once; pages are filled by walking
them, so that the work grows linearly with the rows.

A plan's rows stay on one page where that leaves no large gap. A row taller than
a page is cut into bands of whole lines. A cell that spans over a page break
repeats its text with （続き） as an artifact; the structure keeps one cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kpireport.document.blocks import Paragraph, Row, Span, Table
from kpireport.writers.pdf.grid import (
    GridCell,
    GridMaker,
    column_edges,
    row_heights,
    strips_height,
)
from kpireport.writers.pdf.structure import Element, pdf_text
from kpireport.writers.pdf.typeset import Strip, Typesetter

_LARGEST_GAP = 0.34  # of a page, that may stay empty to keep a plan's rows together
_TOLERANCE = 0.01  # points


@dataclass(slots=True)
class Band:
    """A row of the table, or a page's part of a row that is taller than a page.

    ``cells`` are the cells that begin and end in the row, with the strips that
    fall here; ``starts`` the spanning cells that begin here.
    """

    row: int
    height: float
    cells: list[tuple[GridCell, list[Strip]]]
    starts: list[GridCell]
    keep_with_next: bool
    group: int  # rows joined by a spanning cell are one group


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell on a page; ``top`` counts down from the piece's top, in points."""

    cell: GridCell
    top: float
    height: float
    strips: Sequence[Strip]
    is_repeated: bool = False  # shown before: an artifact


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a table that stands on one page."""

    table: Table
    cells: Sequence[PlacedCell]
    height: float


@dataclass(slots=True)
class _Span:
    """A spanning cell while its rows are being placed."""

    cell: GridCell
    rest: list[Strip]  # not shown yet
    bands_left: int


class TableLayout:
    """A measured table that is cut into pieces, page after page."""

    def __init__(
        self,
        table: Table,
        typesetter: Typesetter,
        width: float,
        page_height: float,
        parent: Element,
        name: str,
    ) -> None:
        """Measure ``table`` for a column of ``width`` and pages of ``page_height`` points."""
        self._table = table
        self._typesetter = typesetter
        summary = f"/O /Table /Summary {pdf_text(table.description)}"
        element = Element("Table", parent, attributes=summary)
        maker = GridMaker(typesetter, column_edges(table.columns, width), name)
        self._header = maker.make(table.header_rows, Element("THead", element))
        self._header_heights = row_heights(self._header, len(table.header_rows))
        self.header_height = sum(self._header_heights)
        cells = maker.make(table.rows, Element("TBody", element))
        self._page_height = page_height
        self._bands = list(
            _cut_bands(table.rows, cells, max(page_height - self.header_height, page_height / 4))
        )
        self._next = 0
        self._open: list[_Span] = []

    @property
    def is_finished(self) -> bool:
        """Whether all rows are placed."""
        return self._next == len(self._bands)

    @property
    def height(self) -> float:
        """The height of the whole table on one endless page."""
        return self.header_height + sum(band.height for band in self._bands)

    def lead_height(self) -> float:
        """Return the height without which the table should not begin: header and first row."""
        return self.header_height + self._bands[0].height

    def next_piece(self, room: float, *, fresh_page: bool) -> Piece | None:
        """Return the piece for ``room`` points, or ``None`` if a new page serves better."""
        count = self._count_bands(room - self.header_height, fresh_page=fresh_page)
        while count:
            heights = self._stretched_heights(count)
            if sum(heights) <= room - self.header_height + _TOLERANCE:
                return self._place(heights)
            count = count - 1 or (1 if fresh_page else 0)
            if count == 1 and fresh_page:
                return self._place([self._bands[self._next].height])
        return None

    # choosing the rows of a page

    def _count_bands(self, room: float, *, fresh_page: bool) -> int:
        """Return how many of the next bands go on this page."""
        fitting = self._fitting(room)
        end = self._next + fitting
        if end == len(self._bands):
            return fitting
        end = self._best_end(end, room, fresh_page=fresh_page)
        return max(end - self._next, 1 if fresh_page else 0)

    def _fitting(self, room: float) -> int:
        used, end = 0.0, self._next
        while end < len(self._bands) and used + self._bands[end].height <= room + _TOLERANCE:
            used += self._bands[end].height
            end += 1
        return end - self._next

    def _best_end(self, end: int, room: float, *, fresh_page: bool) -> int:
        """Return where to break at or before ``end``: between plans if that is fair."""
        start, group_end = self._group_range(end)
        start = max(start, self._next)
        if start == end:
            return end
        is_page_begun = start > self._next or not fresh_page
        group_height = sum(band.height for band in self._bands[start:group_end])
        if is_page_begun and group_height <= self._page_height - self.header_height:
            gap = room - sum(band.height for band in self._bands[self._next : start])
            if gap <= _LARGEST_GAP * self._page_height:
                return start
        end = self._inner_end(start, end, group_end)
        # one row of a plan at a page's end looks lost
        return start if is_page_begun and end - start < 2 else end

    def _inner_end(self, start: int, end: int, group_end: int) -> int:
        """Return a break inside a group: no widow, nothing torn from what it belongs to."""
        if group_end - end == 1 and end - start > 2:
            end -= 1
        while end > start + 1 and self._bands[end - 1].keep_with_next:
            end -= 1
        return end

    def _group_range(self, index: int) -> tuple[int, int]:
        group = self._bands[index].group
        start = end = index
        while start > self._next and self._bands[start - 1].group == group:
            start -= 1
        while end < len(self._bands) and self._bands[end].group == group:
            end += 1
        return start, end

    def _stretched_heights(self, count: int) -> list[float]:
        """Return the next bands' heights, the last of a span's grown to hold its text."""
        bands = self._bands[self._next : self._next + count]
        heights = [band.height for band in bands]
        for cell, first, behind in self._spans_over(bands):
            lacking = self._shown_height(cell) - sum(heights[first:behind])
            if lacking > _TOLERANCE:
                heights[behind - 1] += lacking
        return heights

    def _spans_over(self, bands: Sequence[Band]) -> Iterator[tuple[GridCell, int, int]]:
        """Yield the spanning cells over ``bands`` that a page break cuts, and their range."""
        for span in self._open:
            yield span.cell, 0, min(span.bands_left, len(bands))
        for index, band in enumerate(bands):
            for cell in band.starts:
                left = self._bands_of(cell, self._next + index)
                yield cell, index, min(index + left, len(bands))

    def _bands_of(self, cell: GridCell, first: int) -> int:
        """Return how many bands ``cell`` spans; more than its rows if some are cut."""
        end = first
        while end < len(self._bands) and self._bands[end].row < cell.end_row:
            end += 1
        return end - first

    def _shown_height(self, cell: GridCell) -> float:
        """Return the height of a spanning cell's text; that of a page's part if it is taller."""
        return cell.height if cell.height <= self._page_height / 2 else 0.0

    # placing them

    def _place(self, heights: Sequence[float]) -> Piece:
        cells = list(self._place_header())
        top = self.header_height
        first = self._next
        cells.extend(self._place_open_spans(heights))
        for index, height in enumerate(heights):
            band = self._bands[first + index]
            row = [PlacedCell(cell, top, height, strips) for cell, strips in band.cells]
            row.extend(
                self._begin_span(cell, first + index, top, heights[index:]) for cell in band.starts
            )
            cells.extend(sorted(row, key=lambda placed: placed.cell.column))
            top += height
        self._next += len(heights)
        return Piece(self._table, cells, top)

    def _place_header(self) -> Iterator[PlacedCell]:
        repeated = self._next > 0
        for cell in self._header:
            top = sum(self._header_heights[: cell.row])
            height = sum(self._header_heights[cell.row : cell.end_row])
            yield PlacedCell(cell, top, height, cell.strips, is_repeated=repeated)

    def _place_open_spans(self, heights: Sequence[float]) -> Iterator[PlacedCell]:
        """Continue the cells that were cut by the page break: their rest, or their text again."""
        spans, self._open = self._open, []
        for span in spans:
            extent = sum(heights[: span.bands_left])
            is_shown = not span.rest
            strips = self._continued_strips(span.cell) if is_shown else span.rest
            shown = _fitting_strips(strips, extent - 2 * span.cell.look.padding_y)
            yield PlacedCell(span.cell, self.header_height, extent, shown, is_repeated=is_shown)
            self._keep_open(span, [] if is_shown else span.rest[len(shown) :], len(heights))

    def _begin_span(
        self, cell: GridCell, band: int, top: float, heights: Sequence[float]
    ) -> PlacedCell:
        span = _Span(cell, cell.strips, self._bands_of(cell, band))
        extent = sum(heights[: span.bands_left])
        shown = _fitting_strips(cell.strips, extent - 2 * cell.look.padding_y)
        self._keep_open(span, cell.strips[len(shown) :], len(heights))
        return PlacedCell(cell, top, extent, shown)

    def _keep_open(self, span: _Span, rest: list[Strip], bands: int) -> None:
        if span.bands_left > bands:
            self._open.append(_Span(span.cell, rest, span.bands_left - bands))

    def _continued_strips(self, cell: GridCell) -> list[Strip]:
        """Set a cell's text again, with its mark of continuation."""
        *before, last = cell.cell.content
        if not cell.cell.continuation or not isinstance(last, Paragraph):
            return cell.strips
        last = replace(last, spans=(*last.spans, Span(cell.cell.continuation)))
        width = cell.width - 2 * cell.look.padding_x
        return self._typesetter.set_blocks((*before, last), width, cell.element)


def _fitting_strips(strips: list[Strip], room: float) -> list[Strip]:
    """Return the strips at the beginning that ``room`` holds; at least one."""
    used = 0.0
    for count, strip in enumerate(strips):
        used += strip.height + (strip.before if count else 0)
        if used > room + _TOLERANCE:
            return strips[: max(count, 1)]
    return strips


def _cut_bands(rows: Sequence[Row], cells: Sequence[GridCell], capacity: float) -> Iterator[Band]:
    """Yield the bands of all rows; none is higher than ``capacity`` points."""
    heights = row_heights(cells, len(rows))
    groups = _groups(cells, len(rows))
    by_row = {row: list(group) for row, group in groupby(cells, key=lambda cell: cell.row)}
    for index, row in enumerate(rows):
        own = by_row.get(index, [])
        rest = [(cell, cell.strips) for cell in own if cell.cell.rowspan == 1]
        starts = [cell for cell in own if cell.cell.rowspan > 1]
        height = heights[index]
        while height > capacity:
            band, rest = _cut_band(rest, capacity)
            yield Band(index, capacity, band, starts, keep_with_next=False, group=groups[index])
            starts = []
            height = max(height - capacity, _needed_height(rest))
        yield Band(index, height, rest, starts, row.keep_with_next, groups[index])


def _cut_band(
    cells: Sequence[tuple[GridCell, list[Strip]]], capacity: float
) -> tuple[list[tuple[GridCell, list[Strip]]], list[tuple[GridCell, list[Strip]]]]:
    """Split cells into what ``capacity`` points hold of each, and the rest."""
    shown, rest = [], []
    for cell, strips in cells:
        fitting = _fitting_strips(strips, capacity - 2 * cell.look.padding_y) if strips else []
        shown.append((cell, fitting))
        rest.append((cell, strips[len(fitting) :]))
    return shown, rest


def _needed_height(cells: Sequence[tuple[GridCell, list[Strip]]]) -> float:
    return max(
        (strips_height(strips) + 2 * cell.look.padding_y for cell, strips in cells), default=0.0
    )


def _groups(cells: Sequence[GridCell], count: int) -> list[int]:
    """Return a group number for every row; rows under one spanning cell share theirs."""
    groups = list(range(count))
    for cell in cells:
        for row in range(cell.row + 1, cell.end_row):
            groups[row] = groups[cell.row]
    return groups
