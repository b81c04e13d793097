"""Rows of cells that reach over columns, as a table whose columns are those that people see.

Comes in: rows of cells as the file has them (columns of its grid, 17.4.48; ``vMerge``,
17.4.84). Goes out: cells by row and column, without the grid's columns that no cell begins
at, and without slivers: whoever draws a border by hand misses the one above by a hair, and
Word keeps a column as narrow as that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpireport.plan_documents.sizes import refuse_large
from kpireport.plan_documents.tables import SourceCell
from kpireport.sources.package_kinds import PLAN_DOCUMENT

_SLIVER = 130  # twentieths of a point: 2.3 mm, less than a character


@dataclass(slots=True)
class GridCell:
    """A cell as the file has it.

    Attributes:
        text: its words.
        column: of the grid, that it begins at.
        columns: over how many it reaches.
        goes_on: it is the one above, going on.
        goes_on_left: it is the one before it, going on.
        is_bold, has_rotated_text: see :class:`SourceCell`.
    """

    text: str
    column: int
    columns: int
    goes_on: bool = False
    is_bold: bool = False
    has_rotated_text: bool = False


@dataclass(slots=True)
class _Placed:
    """A cell while rows are added to it."""

    cell: GridCell
    row: int
    rows: int = 1

    @property
    def end(self) -> int:
        return self.cell.column + self.cell.columns


def lay_out(
    rows: Sequence[Sequence[GridCell]], widths: Sequence[int]
) -> tuple[tuple[SourceCell, ...], tuple[int, ...]]:
    """Return a table's cells, and where its columns begin in the grid.

    Args:
        rows: their cells from left to right; they do not overlap.
        widths: of the grid's columns, in twentieths of a point; empty where nobody knows.

    Raises:
        CellError: it is larger than any table.
    """
    placed = _placed(rows)
    edges = _edges(placed, widths)
    begins = sorted(set(edges.values()))[:-1]
    refuse_large(len(rows), len(begins), PLAN_DOCUMENT)
    at = {edge: place for place, edge in enumerate((*begins, max(edges.values())))}
    cells = (
        SourceCell(
            text=each.cell.text.strip(),
            row=each.row,
            column=at[edges[each.cell.column]],
            rows=each.rows,
            columns=at[edges[each.end]] - at[edges[each.cell.column]],
            is_bold=each.cell.is_bold,
            has_rotated_text=each.cell.has_rotated_text,
        )
        for each in placed
    )
    return tuple(cells), tuple(begins)


def _placed(rows: Sequence[Sequence[GridCell]]) -> list[_Placed]:
    """Return the cells in order, those that go on from row to row as one."""
    placed: list[_Placed] = []
    above: dict[int, _Placed] = {}
    for row, cells in enumerate(rows):
        reached: dict[int, _Placed] = {}
        for cell in cells:
            found = above.get(cell.column) if cell.goes_on else None
            if found is not None and found.cell.columns == cell.columns:
                found.rows += 1
            else:
                found = _Placed(cell, row)
                placed.append(found)
            reached[cell.column] = found
        above = reached
    return placed


def _edges(placed: Sequence[_Placed], widths: Sequence[int]) -> dict[int, int]:
    """Return the edges of cells in the grid, and which edge to the eye each of them is."""
    found = sorted({0, *(each.cell.column for each in placed), *(each.end for each in placed)})
    nearest = dict[int, int]()  # by where cells begin, where the narrowest of them ends
    for each in placed:
        begin = each.cell.column
        nearest[begin] = min(each.end, nearest.get(begin, each.end))
    is_known = len(widths) >= found[-1] and all(widths[: found[-1]])
    edges, before = {0: 0}, 0
    for edge in found[1:]:
        is_sliver = is_known and sum(widths[before:edge]) < _SLIVER
        is_column = any(nearest.get(begin, edge + 1) <= edge for begin in range(before, edge))
        if is_column or not is_sliver:
            before = edge
        edges[edge] = before
    return edges
