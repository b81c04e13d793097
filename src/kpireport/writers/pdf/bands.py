"""A table's rows as bands: what pages are filled with.

Comes in: the rows' grid cells. Goes out: bands, one per row; a band that is too
tall for its page is cut between its lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain

from kpireport.document.blocks import Heading, Row
from kpireport.quickly import dataclass
from kpireport.writers.pdf.grid import GridCell, row_heights
from kpireport.writers.pdf.strips import Strip, strips_height

TOLERANCE = 0.01  # points


@dataclass(frozen=True, slots=True)
class Band:
    """A row of the table, or the part of a cut row that one page holds.

    ``cells`` are the cells that begin and end in the row; where it is cut, ``cut`` are the
    strips of each that fall here; ``starts`` the spanning cells that begin here. Rows under one
    spanning cell are one ``group``. A row ``is_torn`` from the next one where a cell reaches
    into it, other than the first column's, which says its text again. ``headings`` are the
    row's, where its beginning is here.
    """

    row: int
    height: float
    cells: Sequence[GridCell]
    starts: Sequence[GridCell]
    keep_with_next: bool
    group: int
    is_torn: bool = False
    headings: tuple[Heading, ...] = ()
    id: str = ""
    cut: Sequence[Sequence[Strip]] | None = None

    def shown(self) -> Iterator[tuple[GridCell, Sequence[Strip]]]:
        """Yield its cells with their strips that fall here."""
        if self.cut is None:
            return ((cell, cell.strips) for cell in self.cells)
        return zip(self.cells, self.cut, strict=True)


def make_bands(rows: Sequence[Row], cells: Sequence[GridCell]) -> list[Band]:
    """Return a band for every row; ``cells`` come row by row."""
    single: list[list[GridCell]] = [[] for _ in rows]
    starts: dict[int, list[GridCell]] = {}
    for cell in cells:
        if cell.cell.rowspan == 1:
            single[cell.row].append(cell)
        else:
            starts.setdefault(cell.row, []).append(cell)
    spanning = [*chain.from_iterable(starts.values())]
    heights = row_heights(cells, len(rows))
    groups, torn = _groups(rows, cells, spanning), _torn_rows(spanning)
    return [
        Band(
            index,
            heights[index],
            single[index],
            starts.get(index, ()),
            row.keep_with_next,
            groups[index],
            index in torn,
            row.headings,
            row.id,
        )
        for index, row in enumerate(rows)
    ]


def _torn_rows(spanning: Sequence[GridCell]) -> set[int]:
    """Return the rows below which a page's end would cut a cell that does not go on there."""
    ends = (cell for cell in spanning if cell.column and not cell.cell.continued)
    return {row for cell in ends for row in range(cell.row, cell.end_row - 1)}


def _groups(
    rows: Sequence[Row], cells: Sequence[GridCell], spanning: Sequence[GridCell]
) -> list[int]:
    """Return a group number for every row; joined are rows under one cell, and rows kept so."""
    joined = [row.keep_with_next for row in rows]  # with the row below
    for cell in _innermost(cells, spanning):
        joined[cell.row : cell.end_row - 1] = [True] * (cell.cell.rowspan - 1)
    return [0, *accumulate(not each for each in joined[:-1])]


def _innermost(cells: Sequence[GridCell], spanning: Sequence[GridCell]) -> Iterator[GridCell]:
    """Yield the cells that join their rows: none that others of its kind stand beside.

    Those that say their text again on a further page may be parted between such others.
    """
    columns: dict[int, int] = {}  # of the innermost such cell that begins in a row
    for cell in cells:
        if cell.cell.continued:
            columns[cell.row] = max(cell.column, columns.get(cell.row, 0))
    for cell in spanning:
        rows = range(cell.row + 1, cell.end_row) if cell.cell.continued else ()
        if not any(columns.get(row, 0) > cell.column for row in rows):
            yield cell


def cut_band(band: Band, height: float) -> tuple[Band, Band]:
    """Cut ``band`` after ``height`` points, every cell after its last whole line."""
    shown: list[Sequence[Strip]] = []
    rest: list[Sequence[Strip]] = []
    needed = 0.0
    for cell, strips in band.shown():
        fitting = fitting_strips(strips, height - 2 * cell.look.padding_y)
        shown.append(fitting)
        rest.append(strips[len(fitting) :])
        needed = max(needed, strips_height(rest[-1]) + 2 * cell.look.padding_y)
    return (
        replace(band, height=height, cut=shown, keep_with_next=False),
        replace(
            band,
            height=max(band.height - height, needed),
            cut=rest,
            starts=(),
            headings=(),
            id="",
        ),
    )


def fitting_strips(strips: Sequence[Strip], room: float) -> Sequence[Strip]:
    """Return the strips at the beginning that ``room`` holds; at least one."""
    used = 0.0
    for count, strip in enumerate(strips):
        used += strip.height + (strip.before if count else 0)
        if used > room + TOLERANCE:
            return strips[: max(count, 1)]
    return strips
