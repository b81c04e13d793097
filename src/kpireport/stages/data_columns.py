"""A column of a sheet of a review's data: its title, its width, what makes its cells.

Comes in: columns and what has a row each. Goes out: the rows, the columns' titles first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from kpireport.quickly import dataclass
from kpireport.writers.xlsx.book import Cell, CellLook, Row

Listed = TypeVar("Listed")


@dataclass(frozen=True, slots=True)
class DataColumn(Generic[Listed]):
    """One column; ``width`` in characters of half width."""

    title: str
    width: float
    cell: Callable[[Listed], Cell]


def rows_of(columns: Sequence[DataColumn[Listed]], listed: Iterable[Listed]) -> Iterator[Row]:
    """Yield the columns' titles, then a row of each that is listed."""
    yield Row(tuple(Cell(each.title, CellLook.HEADER) for each in columns))
    yield from (Row(tuple(each.cell(item) for each in columns)) for item in listed)
