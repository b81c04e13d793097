"""Tables → pieces that fit on pages.

Comes in: a table block. Goes out: pieces, each the part of the table that
stands on one page. All rows are measured once; pages are filled by walking
them, so that the work grows linearly with the rows.

A header that leaves too little room for rows is laid once, as the first rows of the table.

A plan's rows stay on one page where that leaves no large gap. A row too tall
for its page is cut between lines. A cell that spans over a page break repeats
its text with （続き） as an artifact; the structure keeps one cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from kpireport.document.blocks import Heading, Table
from kpireport.quickly import dataclass
from kpireport.writers.pdf.bands import TOLERANCE, Band, cut_band, fitting_strips, make_bands
from kpireport.writers.pdf.grid import GridCell, GridMaker, column_edges, row_heights
from kpireport.writers.pdf.strips import Strip, strips_height
from kpireport.writers.pdf.structure import Element, pdf_text
from kpireport.writers.pdf.typeset import Typesetter
from kpireport.writers.theme import LARGEST_DENSE_GAP, LARGEST_GAP
from kpireport.writers.widths import fit_columns, is_dense, usual_cell

_LEAST_ROWS = 2  # of a group, before and after a page's end
_TALLEST_HEADER = 3 / 4  # of a page: below a taller one no row would have room
_KEPT_LEAD, _FREE_LEAD = 1 / 2, 1 / 4  # of a page, that a table's first rows move with
_SHORT_LEAD = 1 / 5  # of a page: shorter first rows are not parted, whatever room that leaves


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell on a page; ``top`` counts down from the piece's top, in points."""

    cell: GridCell
    top: float
    height: float
    strips: Sequence[Strip]
    is_repeated: bool = False  # shown before: an artifact

    @property
    def needed(self) -> float:
        """The height that its strips need, paddings included."""
        if self.strips is self.cell.strips:
            return self.cell.height
        return strips_height(self.strips) + 2 * self.cell.look.padding_y


@dataclass(frozen=True, slots=True)
class _PlacedBand:
    """A band on a page, grown to ``height``, with the spanning cells that begin in it."""

    band: Band
    top: float
    height: float
    spans: Sequence[PlacedCell]

    def cells(self) -> Sequence[PlacedCell]:
        """Return its cells from the left."""
        row = [
            PlacedCell(cell, self.top, self.height, strips) for cell, strips in self.band.shown()
        ]
        if self.spans:
            row = sorted((*row, *self.spans), key=lambda placed: placed.cell.column)
        return row


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a table that stands on one page.

    ``headings`` are those of the rows that begin here, ``anchors`` the ids of what refers to
    them, with their tops as the cells have them.
    """

    above: Sequence[PlacedCell]
    """The header's cells, and those that a page's end has cut."""
    bands: Sequence[_PlacedBand]
    height: float
    headings: Sequence[tuple[Heading, float]] = ()
    anchors: Sequence[tuple[str, float]] = ()

    @property
    def cells(self) -> list[PlacedCell]:
        """All cells in reading order, made anew: a long table's stand in memory page by page."""
        return [*self.above, *(cell for band in self.bands for cell in band.cells())]


@dataclass(frozen=True, slots=True)
class _OpenSpan:
    """A spanning cell that a page break has cut, and what the next page shows of it."""

    cell: GridCell
    strips: Sequence[Strip]
    is_repeated: bool  # shown in full before


@dataclass(frozen=True, slots=True)
class _Cut:
    """A band that was cut, and where it is."""

    at: int
    whole: Band


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
        """Measure ``table`` for a column of ``width`` and pages of ``page_height`` points.

        ``name`` begins the ids of the table's header cells.
        """
        self._typesetter = typesetter
        self._page_height = page_height
        summary = f"/O /Table /Summary {pdf_text(table.description)}"
        self.element = element = Element("Table", parent, attributes=summary)
        columns = fit_columns(table, typesetter.theme, width, typesetter.cell_needs)
        dense = is_dense(table)
        self._largest_gap = LARGEST_DENSE_GAP if dense else LARGEST_GAP
        usual = usual_cell(typesetter.theme, dense=dense)
        maker = GridMaker(typesetter, column_edges(columns, width), name, usual)
        header = maker.make(table.header_rows, Element("THead", element))
        heights = row_heights(header, len(table.header_rows))
        cells = maker.make(table.rows, Element("TBody", element))
        rows, self._first = table.rows, 0
        if sum(heights) > _TALLEST_HEADER * page_height:
            rows, self._first = (*table.header_rows, *rows), len(heights)
            for cell in cells:
                cell.row += self._first
            cells, header, heights = [*header, *cells], [], []
        self._header, self._header_heights = header, heights
        self._header_height = sum(heights)
        self._bands = make_bands(rows, cells)
        self.breaks: dict[int, float] = {}
        """The rows below the header that a page begins with, as far as the table is placed.

        With how many points the page before lacked for the group that goes on there: fewer than
        none where what stays with it below the table had no room; endless where the whole table
        begins there.
        """
        self.below = 0.0
        """The room below the last row that what stays with it needs, in points."""
        self._next = 0
        self._is_held = False
        self._open: list[_OpenSpan] = []

    @property
    def is_finished(self) -> bool:
        """Whether all rows are placed."""
        return self._next == len(self._bands)

    def least_height(self) -> float:
        """Return the height without which the table does not begin.

        That is its header, and two rows, or more that a page's end would tear; a short group,
        and all rows that are to stay together with what follows, are whole.
        """
        if self.is_finished:
            return self._header_height
        if self.is_kept_whole:
            return self._header_height + self._needed_height(0, len(self._bands))
        end = self._first_end()
        group = self._needed_height(0, end)
        if group > self._page_height * _SHORT_LEAD:
            group = min(group, self._height(0, self._first_break(end)))
        return self._header_height + group

    def _first_break(self, group_end: int) -> int:
        """Return the first break in the group that the table begins with, or its end."""
        ends = range(min(_LEAST_ROWS, group_end), group_end)
        return next((at for at in ends if not self._bands[at - 1].is_torn), group_end)

    def wished_height(self) -> float:
        """Return the height that the table begins well in.

        That is all rows that are kept together, or its first group of rows where that is small.
        """
        least = self.least_height()
        if self.is_finished:
            return least
        end = self._first_end()
        most = self._page_height * (1 if self._is_kept(0, end) else _FREE_LEAD)
        whole = self._needed_height(0, end)
        return max(least, self._header_height + whole) if whole <= most else least

    def _first_end(self) -> int:
        """Return where the first group ends, or the second after a single row."""
        _, end = self._group_range(0)
        if end < _LEAST_ROWS and end < len(self._bands):
            _, end = self._group_range(end)
        return end

    def _is_kept(self, start: int, end: int) -> bool:
        """Tell whether rows are kept together by more than a cell that spans them."""
        return all(band.keep_with_next for band in self._bands[start : end - 1])

    @property
    def keeps_last(self) -> bool:
        """Whether the last row stays with what follows the table."""
        return bool(self._bands) and self._bands[-1].keep_with_next

    @property
    def is_kept_whole(self) -> bool:
        """Whether all rows stay together, and with what follows the table."""
        height = self._needed_height(0, len(self._bands))
        is_kept = all(band.keep_with_next for band in self._bands)
        return is_kept and height <= self._page_height * _KEPT_LEAD

    def next_piece(self, room: float, *, fresh_page: bool, is_held: bool = False) -> Piece | None:
        """Return the piece for ``room`` points, or ``None`` if a new page serves better.

        Where the table ``is_held`` by what stands above it on the page, it begins there.
        """
        self._is_held = is_held and self._next == 0
        if fresh_page and self._next == 0:
            self.breaks[0] = inf
        room -= self._header_height
        cut = self._cut_tall_band(room, fresh_page=fresh_page)
        for count in range(self._count_bands(room, fresh_page=fresh_page), 0, -1):
            heights = self._stretched_heights(count)
            if sum(heights) + self._below(self._next + count) <= room + TOLERANCE:
                self._join_again(cut, self._next + count)
                return self._place(heights, room)
        # a spanning text that no single row has room for is cut with its row
        if fresh_page:
            self._join_again(cut, self._next + 1)
            return self._place([self._bands[self._next].height], room)
        self._join_again(cut, self._next)
        return None

    # choosing the rows of a page

    def _fitting_end(self, room: float) -> tuple[int, float]:
        """Return the first band that ``room`` does not hold, and what is left of it."""
        end = self._next
        while end < len(self._bands) and self._bands[end].height <= room + TOLERANCE:
            room -= self._bands[end].height
            end += 1
        return end, room

    def _cut_tall_band(self, room: float, *, fresh_page: bool) -> _Cut | None:
        """Cut the band at the page's end where moving it whole is impossible or leaves a gap."""
        end, left = self._fitting_end(room)
        if end == len(self._bands):
            return None
        band, large = self._bands[end], self._largest_gap * self._page_height
        is_only = fresh_page and end == self._next
        height = max(left, self._page_height / 8)
        if not (is_only or (band.height > large and left > large)):
            return None
        self._bands[end : end + 1] = cut_band(band, height)
        return _Cut(end, band)

    def _join_again(self, cut: _Cut | None, end: int) -> None:
        """Make a band whole again whose first part the page, which goes to ``end``, lacks."""
        if cut is not None and end <= cut.at:
            self._bands[cut.at : cut.at + 2] = [cut.whole]

    def _count_bands(self, room: float, *, fresh_page: bool) -> int:
        """Return how many of the next bands go on this page."""
        end, left = self._fitting_end(room)
        if self._below(end) > left + TOLERANCE:
            end -= 1
        if end < len(self._bands):
            end = self._best_end(end, room, fresh_page=fresh_page)
        count = end - self._next
        if self._next == 0 and not fresh_page and count < min(_LEAST_ROWS, len(self._bands)):
            count = 0  # no table begins with a single row at a page's end
        return max(count, 1 if fresh_page else 0)

    def _best_end(self, end: int, room: float, *, fresh_page: bool) -> int:
        """Return where to break at or before ``end``: between plans if that is fair."""
        start, group_end = self._group_range(end)
        if start == end:
            return self._end_without_widow(end)
        is_page_begun = (start > self._next or not fresh_page) and not (
            self._is_held and start == 0
        )
        is_kept = self._is_kept(start, group_end)
        if is_page_begun and self._needed_height(start, group_end) <= self._full_room:
            gap = room - self._height(self._next, start)
            if start == 0:  # nor does the header stand on the page
                gap += self._header_height
            if is_kept or gap <= self._largest_gap * self._page_height:
                return start
        if is_kept and (inner := self._kept_end(start, end, group_end)):
            return inner
        end = self._inner_end(start, end, group_end)
        is_lost = end - start < 2 and self._bands[start].height < self._page_height / 8
        return start if is_page_begun and is_lost else end

    def _end_without_widow(self, end: int) -> int:
        """Take the group above along to the next page where the last row would stand alone."""
        if end < len(self._bands) - 1 or end == self._next:
            return end
        start, _ = self._group_range(end - 1)
        is_small = self._height(start, end) <= self._largest_gap * self._page_height
        return start if start > self._next and is_small else end

    @property
    def _full_room(self) -> float:
        return self._page_height - self._header_height

    def _height(self, start: int, end: int) -> float:
        return sum(band.height for band in self._bands[start:end])

    def _needed_height(self, start: int, end: int) -> float:
        """Return the height of bands, and of what stays with the last."""
        return self._height(start, end) + self._below(end)

    def _below(self, end: int) -> float:
        """Return the room needed below the band before ``end``."""
        return self.below if end == len(self._bands) else 0.0

    def _kept_end(self, start: int, end: int, group_end: int) -> int | None:
        """Return a break in a group that no page holds: two rows before it, two after it."""
        for at in range(min(end, group_end - _LEAST_ROWS), start + _LEAST_ROWS - 1, -1):
            if not self._bands[at - 1].is_torn:
                return at
        return None

    def _inner_end(self, start: int, end: int, group_end: int) -> int:
        """Return a break inside a group: no widow, nothing torn from what it belongs to."""
        if group_end - end == 1 and end - start > 2:
            end -= 1
        while end > start + 1 and self._bands[end - 1].keep_with_next:
            end -= 1
        return end

    def _group_range(self, index: int) -> tuple[int, int]:
        """Return the bands of the group at ``index`` that are not placed yet."""
        group = self._bands[index].group
        start = end = index
        while start > self._next and self._bands[start - 1].group == group:
            start -= 1
        while end < len(self._bands) and self._bands[end].group == group:
            end += 1
        return start, end

    # room for spanning cells

    def _stretched_heights(self, count: int) -> list[float]:
        """Return the next bands' heights, one of a span's grown to hold its text.

        That is the last but one, as in Word: the last may be a row's note.
        """
        heights = [band.height for band in self._bands[self._next : self._next + count]]
        for cell, first, strips in self._spans_over(count):
            behind = self._behind(cell, first, count)
            lacking = self._claimed_height(cell, strips, is_cut=behind == count)
            lacking -= sum(heights[first:behind])
            if lacking > TOLERANCE:
                heights[max(first, behind - 2)] += lacking
        return heights

    def _spans_over(self, count: int) -> Iterator[tuple[GridCell, int, Sequence[Strip]]]:
        """Yield the spanning cells over the next bands, where each begins, what it shows."""
        for span in self._open:
            yield span.cell, 0, span.strips
        for index in range(count):
            for cell in self._bands[self._next + index].starts:
                yield cell, index, cell.strips

    def _behind(self, cell: GridCell, first: int, count: int) -> int:
        """Return the first of the next ``count`` bands that is below ``cell``."""
        end = first
        while end < count and self._bands[self._next + end].row < cell.end_row:
            end += 1
        return end

    def _claimed_height(self, cell: GridCell, strips: Sequence[Strip], *, is_cut: bool) -> float:
        """Return the height that a spanning cell claims; a very tall text may be cut."""
        height = strips_height(strips) + 2 * cell.look.padding_y
        return 0.0 if is_cut and height > self._page_height / 2 else height

    # placing them

    def _place(self, heights: Sequence[float], room: float) -> Piece:
        above = [*self._place_header(), *self._place_open_spans(heights)]
        bands: list[_PlacedBand] = []
        headings: list[tuple[Heading, float]] = []
        anchors: list[tuple[str, float]] = []
        top = self._header_height
        for index, height in enumerate(heights):
            band = self._bands[self._next + index]
            headings.extend((each, top) for each in band.headings)
            if band.id:
                anchors.append((band.id, top))
            spans = [self._begin_span(cell, index, top, heights) for cell in band.starts]
            bands.append(_PlacedBand(band, top, height, spans))
            top += height
        self._next += len(heights)
        self._note_break(room - sum(heights))
        return Piece(above, bands, top, headings, anchors)

    def _note_break(self, left: float) -> None:
        """Note the row that the next page begins with; one of the header is no row of the body.

        On this page ``left`` points are free.
        """
        if self.is_finished or self._bands[self._next].row == self._bands[self._next - 1].row:
            return
        if (row := self._bands[self._next].row - self._first) >= 0:
            self.breaks[row] = self._height(*self._group_range(self._next)) - left

    def _place_header(self) -> Iterator[PlacedCell]:
        repeated = self._next > 0
        for cell in self._header:
            top = sum(self._header_heights[: cell.row])
            height = sum(self._header_heights[cell.row : cell.end_row])
            yield PlacedCell(cell, top, height, cell.strips, is_repeated=repeated)

    def _place_open_spans(self, heights: Sequence[float]) -> Iterator[PlacedCell]:
        """Continue the cells that the page break cut: their rest, or their text again."""
        spans, self._open = self._open, []
        for span in spans:
            placed = self._place_span(span.cell, 0, self._header_height, heights, span.strips)
            yield replace(placed, is_repeated=span.is_repeated)
            rest = () if span.is_repeated else span.strips[len(placed.strips) :]
            self._keep_open(span.cell, rest, heights)

    def _begin_span(
        self, cell: GridCell, index: int, top: float, heights: Sequence[float]
    ) -> PlacedCell:
        placed = self._place_span(cell, index, top, heights, cell.strips)
        self._keep_open(cell, cell.strips[len(placed.strips) :], heights)
        return placed

    def _place_span(
        self,
        cell: GridCell,
        first: int,
        top: float,
        heights: Sequence[float],
        strips: Sequence[Strip],
    ) -> PlacedCell:
        extent = sum(heights[first : self._behind(cell, first, len(heights))])
        shown = fitting_strips(strips, extent - 2 * cell.look.padding_y)
        return PlacedCell(cell, top, extent, shown)

    def _keep_open(self, cell: GridCell, rest: Sequence[Strip], heights: Sequence[float]) -> None:
        behind = self._next + len(heights)
        if rest and self._bands[behind - 1].row == cell.end_row - 1:
            self._add_room(cell, rest, behind)
        if behind < len(self._bands) and self._bands[behind].row < cell.end_row:
            self._open.append(
                _OpenSpan(cell, rest or self._continued_strips(cell), is_repeated=not rest)
            )

    def _add_room(self, cell: GridCell, rest: Sequence[Strip], behind: int) -> None:
        """Lengthen the last row of a span whose text does not end on this page."""
        following = self._bands[behind : behind + 1]
        if following and following[0].row < cell.end_row:
            return  # the row goes on anyway
        last = self._bands[behind - 1]
        blank = [()] * len(last.cells)
        height = strips_height(rest) + 2 * cell.look.padding_y
        self._bands.insert(behind, replace(last, height=height, cut=blank, starts=(), headings=()))

    def _continued_strips(self, cell: GridCell) -> Sequence[Strip]:
        """Set what a cell says where it is carried over."""
        if not cell.cell.continued:
            return cell.strips
        width = cell.width - 2 * cell.look.padding_x
        return self._typesetter.set_cell(cell.cell.continued, width).strips
