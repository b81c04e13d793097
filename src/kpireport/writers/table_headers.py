"""Which header cells a cell of a table has, by their ids (PDF/UA-1, 7.5; HTML, 4.9.12).

Comes in: the rows of a table, its header first. Goes out: every cell in its place, with
the ids of the headers above it and to its left, the outermost first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import chain
from typing import NamedTuple

from kpireport.document.blocks import Cell, HeaderScope, Row
from kpireport.errors import OutputError
from kpireport.quickly import dataclass


class HeadedCell(NamedTuple):
    """A cell that begins in ``row`` at ``column``; ``id`` is a header cell's, else empty."""

    cell: Cell
    row: int
    column: int
    id: str
    above: tuple[str, ...]
    """The headers of its columns."""
    beside: tuple[str, ...]
    """Those of its rows."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers above it and to its left, each once."""
        return tuple(dict.fromkeys((*self.above, *self.beside)))


@dataclass(slots=True)
class HeaderFinder:
    """Finds the headers of one table's cells; ``name`` begins the ids of its header cells."""

    name: str
    columns: int
    _column_headers: list[list[str]] = field(init=False)
    _above: dict[range, tuple[str, ...]] = field(default_factory=dict)  # of columns, so far

    def __post_init__(self) -> None:
        self._column_headers = [[] for _ in range(self.columns)]

    def find(self, rows: Sequence[Row], part: str) -> list[HeadedCell]:
        """Return the cells of ``rows``, row by row from the left.

        The header's rows come first: they head the columns of all rows below.

        Args:
            rows: those of the table's header, or of its body.
            part: which of the two, for the ids.
        """
        begun = [
            (row, column, cell, f"{self.name}-{part}{row}-{column}" if cell.scope else "")
            for row, column, cell in places(rows, self.columns)
        ]
        row_headers: list[list[tuple[int, str]]] = [[] for _ in rows]  # column, id
        for row, column, cell, identifier in begun:
            if cell.scope in (HeaderScope.ROW, HeaderScope.BOTH):
                for index in range(row, row + cell.rowspan):
                    row_headers[index].append((column, identifier))
        found: list[HeadedCell] = []
        beside: tuple[str, ...] = ()
        for row, column, cell, identifier in begun:
            columns = range(column, column + cell.colspan)
            above = self._headers_above(columns)
            # a cell over several rows has the headers of all of them
            headers = row_headers[row : row + cell.rowspan]
            own = tuple([name for each in headers for start, name in each if start < column])
            beside = beside if own == beside else own  # cells side by side share theirs
            found.append(HeadedCell(cell, row, column, identifier, above, beside))
            if cell.scope in (HeaderScope.COLUMN, HeaderScope.BOTH):
                self._add_header(columns, identifier)
        return found

    def _headers_above(self, columns: range) -> tuple[str, ...]:
        if columns not in self._above:
            lists = (self._column_headers[index] for index in columns)
            self._above[columns] = tuple(chain.from_iterable(lists))
        return self._above[columns]

    def _add_header(self, columns: range, identifier: str) -> None:
        for index in columns:
            self._column_headers[index].append(identifier)
        self._above.clear()


def places(rows: Sequence[Row], columns: int) -> Iterator[tuple[int, int, Cell]]:
    """Yield every cell with its row and its first column.

    Raises:
        OutputError: a cell reaches beyond the columns, or into one from a row above.
    """
    taken_until = [0] * columns  # for each column, the first row that is free again
    for row, block in enumerate(rows):
        column = 0
        for cell in block.cells:
            while column < columns and taken_until[column] > row:
                column += 1
            end = column + cell.colspan
            if end > columns or max(taken_until[column:end]) > row:
                raise does_not_fit(row + 1, columns)
            yield row, column, cell
            taken_until[column:end] = [row + cell.rowspan] * cell.colspan
            column = end


def does_not_fit(row: int, columns: int) -> OutputError:
    """Return what refuses a table whose ``row``, counted from 1, does not fill its columns."""
    return OutputError(f"表の{row}行目のセルが{columns}列に収まりません。")
