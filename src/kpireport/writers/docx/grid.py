"""A table's rows → cells in their columns (no Word in here).

Comes in: rows whose cells span. Goes out: every row with all the cells that
cover it, those begun in a row above included, as ``w:vMerge`` needs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum, auto
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from kpireport.document.blocks import Cell, Heading, Row
from kpireport.errors import OutputError
from kpireport.writers.table_headers import does_not_fit

NO_BREAKS: Mapping[int, float] = MappingProxyType({})


class Merge(StrEnum):
    """What a row has of a cell (``w:vMerge``, 17.4.84)."""

    WHOLE = auto()
    BEGUN = auto()
    CONTINUED = auto()


class GridCell(NamedTuple):
    """A cell or its continuation, begun at ``column``."""

    cell: Cell
    column: int
    merge: Merge
    rows_left: int
    """How many further rows the cell covers."""


class GridRow(NamedTuple):
    """All cells of a row, left to right, without a gap."""

    cells: tuple[GridCell, ...]
    keep_with_next: bool
    """It stays with the next row, and no page is expected to end between."""
    is_joined: bool
    """A cell reaches into the next row, and no page is expected to end between."""
    begins_page: bool = False
    lacking: float = inf
    """The points that the page before lacks for it and those that stay with it."""
    is_torn: bool = False
    """A page is expected to end below it, though it is to stay with the next row."""
    headings: tuple[Heading, ...] = ()
    id: str = ""


def lay_grid(
    rows: Sequence[Row], columns: int, breaks: Mapping[int, float] = NO_BREAKS
) -> Iterator[GridRow]:
    """Yield ``rows`` with every cell in its column.

    The rows at ``breaks``, counted from 0, are expected to begin a page, which the page before
    lacks so many points for.

    Raises:
        OutputError: the cells do not fill the columns, or reach beyond them or the last row.
    """
    above: tuple[GridCell, ...] = ()
    for number, row in enumerate(rows, start=1):
        cells, end = _lay_row(row, above)
        if end != columns:
            raise does_not_fit(number, columns)
        begins, ends = number - 1 in breaks, number in breaks
        reaching = [placed.cell for placed in cells if placed.rows_left]
        joined = any(not (ends and cell.continued) for cell in reaching)
        keeps = row.keep_with_next
        kept, torn = keeps and not ends, keeps and ends
        lacking = breaks.get(number - 1, inf)
        yield GridRow(cells, kept, joined, begins, lacking, torn, row.headings, row.id)
        above = cells
    if any(cell.rows_left for cell in above):
        raise OutputError("表の最後の行より下まで続くセルがあります。")


def _lay_row(row: Row, above: tuple[GridCell, ...]) -> tuple[tuple[GridCell, ...], int]:
    """Return the row's own cells in the columns that the cells from above leave free.

    The second is how many columns the cells are wide; more than there are where one from above
    stands right of a gap.
    """
    carried = {placed.column: placed for placed in above if placed.rows_left}
    laid: list[GridCell] = []
    column = 0
    for cell in row.cells:
        while carried and column in carried:
            column += _go_on(carried.pop(column), laid)
        rows_left = cell.rowspan - 1
        laid.append(GridCell(cell, column, Merge.BEGUN if rows_left else Merge.WHOLE, rows_left))
        column += cell.colspan
    for placed in carried.values():
        column += _go_on(placed, laid)
    return tuple(laid), column


def _go_on(above: GridCell, laid: list[GridCell]) -> int:
    """Lay what goes on of a cell from above, and return how wide it is."""
    laid.append(GridCell(above.cell, above.column, Merge.CONTINUED, above.rows_left - 1))
    return above.cell.colspan
