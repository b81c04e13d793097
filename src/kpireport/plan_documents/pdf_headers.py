"""Headers that are repeated on a page without a rule below them.

Comes in: the tables of a PDF in their order. Goes out: them; where a program repeats the header
above the rest of a row that a page's end cut, and draws no rule between, the two stand in one
row of cells: they are parted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from kpireport.plan_documents.tables import SourceCell, SourcePart, SourceTable

_REMARK = ("（", "(", "※", "［", "【")  # what is added to a header's words, not a row's rest


def with_headers_parted(parts: Iterable[SourcePart]) -> Iterator[SourcePart]:
    """Yield parts, tables that repeat the header of the one before with it in rows of its own."""
    first: SourceTable | None = None
    for part in parts:
        if not isinstance(part, SourceTable):
            yield part
            continue
        if first is None or first.columns != part.columns:
            first = part
        yield _parted(part, first)


def _parted(table: SourceTable, first: SourceTable) -> SourceTable:
    """A table whose header has the rest of a row in it, parted; others as they are."""
    for row, (cells, header) in enumerate(zip(table.by_rows(), first.by_rows(), strict=False)):
        if [each.text for each in cells] != [each.text for each in header]:
            return _parted_at(row, table, header) if _has_rest(cells, header) else table
    return table


def _has_rest(cells: Sequence[SourceCell], header: Sequence[SourceCell]) -> bool:
    return all(
        cell is not None
        and above is not None
        and (cell.column, cell.rows, cell.columns) == (above.column, 1, above.columns)
        and bool(above.text)
        and (cell.text == above.text or _is_rest(cell, above))
        for cell, above in zip_longest(cells, header)
    )


def _is_rest(cell: SourceCell, above: SourceCell) -> bool:
    """Whether a header's cell says more below its words, set otherwise than these."""
    rest = cell.text.removeprefix(above.text).lstrip()
    is_set_alike = cell.is_bold and above.is_bold
    return cell.text.startswith(above.text) and not (is_set_alike or rest.startswith(_REMARK))


def _parted_at(row: int, table: SourceTable, header: Sequence[SourceCell]) -> SourceTable:
    above = [replace(each, row=row) for each in header]
    rests = [
        replace(each, text=each.text.removeprefix(said.text).lstrip(), row=row + 1)
        for each, said in zip(table.by_rows()[row], header, strict=True)
    ]
    before = [each for each in table.cells if each.row < row]
    after = [replace(each, row=each.row + 1) for each in table.cells if each.row > row]
    return replace(table, cells=(*before, *above, *rests, *after), rows=table.rows + 1)
