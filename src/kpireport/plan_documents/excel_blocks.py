"""Where on a sheet tables stand: blocks of cells with nothing between them.

Comes in: the cells of a sheet that say something. Goes out: blocks in the order in which
people read them, each a table or lines of text. Rows without anything part blocks, then
columns without anything, as often as that goes on (an X-Y cut: Nagy and Seth, 1984). A line
above a table that stands alone in its row is its title, one below with ※ is its note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kpireport.quickly import dataclass

_DEEPEST = 24  # of tables beside tables above tables
_REMARKS = ("※", "＊", "*", "（注", "(注", "注", "資料", "出典", "備考：")


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell that says something, with the area that it reaches over; all count from 1."""

    text: str
    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Block:
    """Cells that belong together: a table, or lines of text."""

    cells: tuple[Placed, ...]
    is_text: bool = False


def blocks(cells: Sequence[Placed], depth: int = 0) -> Iterator[Block]:
    """Yield the blocks that cells make."""
    if len({each.column for each in cells}) == 1:
        yield Block(tuple(sorted(cells, key=_by_row)), is_text=True)
        return
    if depth >= _DEEPEST:
        yield Block(tuple(cells))
        return
    groups = _apart(cells, _by_row, _last_row)
    if len(groups) == 1:
        titles, table, remarks = _bared(cells)
        alone = [[each] for each in (*titles, *remarks)]
        groups = [*alone[: len(titles)], *([table] if table else []), *alone[len(titles) :]]
    if len(groups) == 1:
        groups = _beside(cells)
    if len(groups) == 1:
        yield Block(tuple(cells))
        return
    for group in groups:
        yield from blocks(group, depth + 1)


def _by_row(cell: Placed) -> int:
    return cell.row


def _last_row(cell: Placed) -> int:
    return cell.last_row


def _by_column(cell: Placed) -> int:
    return cell.column


def _last_column(cell: Placed) -> int:
    return cell.last_column


def _apart(
    cells: Sequence[Placed], first: Callable[[Placed], int], last: Callable[[Placed], int]
) -> list[list[Placed]]:
    """Return cells in groups with a row, or column, without anything between them."""
    groups: list[list[Placed]] = []
    end = -1
    for cell in sorted(cells, key=first):
        if not groups or first(cell) > end + 1:
            groups.append([])
        groups[-1].append(cell)
        end = max(end, last(cell))
    return groups


def _beside(cells: Sequence[Placed]) -> list[list[Placed]]:
    """Return tables beside each other; a column alone is none, and stays with the one before."""
    groups: list[list[Placed]] = []
    for group in _apart(cells, _by_column, _last_column):
        is_column = len({each.column for each in group}) == 1
        is_after_column = groups and len({each.column for each in groups[-1]}) == 1
        if groups and (is_column or is_after_column):
            groups[-1] += group
        else:
            groups.append(group)
    return groups


def _bared(
    cells: Sequence[Placed],
) -> tuple[list[Placed], list[Placed], list[Placed]]:
    """Return the lines above a table, the table, and the remarks below it.

    Such a line stands alone in its row, where the table begins: one further right is the
    upper row of the table's own titles.
    """
    first = min(map(_by_column, cells))
    by_row: dict[int, list[Placed]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    rows = sorted(by_row)
    reach = 0  # of cells from rows above
    lonely = set[int]()
    for row in rows:
        found = by_row[row]
        if len(found) == 1 and found[0].column == first and reach < row:
            lonely.add(row)
        reach = max(reach, *(each.last_row for each in found))
    titles = _while(rows, lambda row: row in lonely and by_row[row][0].last_row == row)
    below = _while(
        rows[len(titles) :][::-1],
        lambda row: row in lonely and by_row[row][0].text.startswith(_REMARKS),
    )
    apart = {*titles, *below}
    rest = [cell for cell in cells if cell.row not in apart]
    return (
        [by_row[row][0] for row in titles],
        rest,
        [by_row[row][0] for row in reversed(below)],
    )


def _while(rows: Sequence[int], is_such: Callable[[int], bool]) -> list[int]:
    taken = []
    for row in rows:
        if not is_such(row):
            break
        taken.append(row)
    return taken
