"""Rows of cells that reach over columns, as a table whose columns are those that people see.

Comes in: rows of cells as the file has them (columns of its grid, 17.4.48; ``vMerge``,
17.4.84). Goes out: cells by row and column, without the grid's columns that no cell begins
at, and without slivers: whoever draws a border by hand misses the one above by a hair, and
Word keeps a column as narrow as that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpireport.plan_documents.sizes import refuse_large
from kpireport.plan_documents.tables import SourceCell
from kpireport.quickly import dataclass
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
        is_bold, indent: see :class:`SourceCell`.
    """

    text: str
    column: int
    columns: int
    goes_on: bool = False
    is_bold: bool = False
    indent: float = 0.0

    @property
    def end(self) -> int:
        """The column of the grid that it ends before."""
        return self.column + self.columns


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
    edges = _edges([cell for row in rows for cell in row], widths)
    begins = sorted(set(edges.values()))[:-1]
    refuse_large(len(rows), len(begins), PLAN_DOCUMENT)
    at = {edge: place for place, edge in enumerate((*begins, max(edges.values())))}
    placed: list[SourceCell] = []
    above: dict[int, int] = {}  # by column, which of them reaches down to the row above
    for row, cells in enumerate(rows):
        reached: dict[int, int] = {}
        for cell in cells:
            column = at[edges[cell.column]]
            columns = at[edges[cell.end]] - column
            number = above.get(column, -1) if cell.goes_on else -1
            if number >= 0 and placed[number].columns == columns:
                placed[number] = replace(placed[number], rows=placed[number].rows + 1)
            else:
                number = len(placed)
                placed.append(_source_cell(cell, row, column, columns))
            reached[column] = number
        above = reached
    return tuple(placed), tuple(begins)


def _source_cell(cell: GridCell, row: int, column: int, columns: int) -> SourceCell:
    return SourceCell(
        text=cell.text.strip(),
        row=row,
        column=column,
        columns=columns,
        is_bold=cell.is_bold,
        indent=cell.indent,
    )


def _edges(cells: Sequence[GridCell], widths: Sequence[int]) -> dict[int, int]:
    """Return the edges of cells in the grid, and which edge to the eye each of them is."""
    found = sorted({0, *(each.column for each in cells), *(each.end for each in cells)})
    nearest = dict[int, int]()  # by where cells begin, where the narrowest of them ends
    for each in cells:
        nearest[each.column] = min(each.end, nearest.get(each.column, each.end))
    is_known = len(widths) >= found[-1] and all(widths[: found[-1]])
    edges, before = {0: 0}, 0
    for edge in found[1:]:
        is_sliver = is_known and sum(widths[before:edge]) < _SLIVER
        is_column = any(nearest.get(begin, edge + 1) <= edge for begin in range(before, edge))
        if is_column or not is_sliver:
            before = edge
        edges[edge] = before
    return edges
