"""What the peers are handed: tables and charts in plain words and numbers.

It knows nothing of the product, so that a peer's process does not load it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's final text, and how many columns and rows it spans."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Chart:
    """An indicator over the years; ``None`` where a year has no number."""

    title: str
    unit: str
    years: tuple[str, ...]
    values: tuple[float | None, ...]
    limit: float | None


Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A goal's table: each row has the cells that begin in it. Its charts stand below."""

    heading: str
    widths: tuple[int, ...]
    header_rows: Rows
    rows: Rows
    charts: tuple[Chart, ...] = ()

    @property
    def all_rows(self) -> Rows:
        """The header's rows, then the others."""
        return self.header_rows + self.rows


def placed(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, int, Cell]]:
    """Yield every cell with its row and column, as spans from above push it."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken |= {
                (row + down, column + right)
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            }
            column += cell.colspan
