"""How much of a page a sheet's tables take, roughly: a chart is large only where there is room.

Comes in: tables that stand below each other on a page that stands upright. Goes out: whether a
large chart has room between them. Where lines end is the writers' matter; that a chart is a
little smaller than it might be does no harm, that it pushes a sheet's end to a second page does.
"""

from __future__ import annotations

from collections.abc import Iterable

from kpireport.document.blocks import Cell, ItemList, Paragraph, Row, Table

_PAGE = 66.0  # lines that a page has room for, counted so: many are counted too high
_LARGE_CHART, _OF_TABLE, _OF_ROW = 15.0, 0.8, 0.45  # lines: a chart, the space of a table, a row
_LETTERS = 52  # in a line as wide as the page


def has_room_for_large(tables: Iterable[Table], head_lines: float) -> bool:
    """Tell whether a large chart has room on a page with these tables below a head."""
    taken = sum(_lines_of(each) for each in tables)
    return head_lines + taken + _LARGE_CHART <= _PAGE


def _lines_of(table: Table) -> float:
    rows = (*table.header_rows, *table.rows)
    return _OF_TABLE + sum(_row_lines(row, table.columns) + _OF_ROW for row in rows)


def _row_lines(row: Row, columns: tuple[int, ...]) -> int:
    """Return the lines of a row's highest cell; cells are taken to begin at the left."""
    highest, at = 1, 0
    for cell in row.cells:
        width = sum(columns[at : at + cell.colspan])
        at += cell.colspan
        highest = max(highest, _cell_lines(cell, _LETTERS * width / sum(columns)))
    return highest


def _cell_lines(cell: Cell, letters: float) -> int:
    return sum(_text_lines(part, letters) for part in cell.content)


def _text_lines(part: object, letters: float) -> int:
    match part:
        case Paragraph():
            fitting = max(1, int(letters) - 1)
            return sum(-(-max(1, len(line)) // fitting) for line in part.text.split("\n"))
        case ItemList():
            return sum(_text_lines(each, letters) for item in part.items for each in item.content)
        case _:
            return 1
