"""Tables as columns: what a column is called, how wide it is, what its cells say.

Comes in: columns, and the items that are the table's rows. Goes out: a ``Table`` whose
widths, header and rows are all from the same columns, so that one more is one more value.

Merged cells have these places. What stands above several columns is said at each of them
(``Column.above``). A cell beside several rows belongs to the rows' maker: :func:`beside`
sets one before rows that were made without it; where a column's own cells share one (a
baseline), the first item's cell has the rowspan and the others' is ``None``. A cell that
takes the place of all columns is :func:`across`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from typing import Generic, Never, TypeAlias, TypeVar

from kpireport.document.blocks import Caption, Cell, Paragraph, Row, Table
from kpireport.document.styles import TableStyle
from kpireport.document.table_cells import DENSE, Look, header_cell, shared
from kpireport.domain.catalogue import Labels
from kpireport.quickly import dataclass

_Item_contra = TypeVar("_Item_contra", contravariant=True)
_Given = TypeVar("_Given")

REST = 0
"""The width of a column that takes what the others leave of 100."""


@dataclass(frozen=True, slots=True)
class Column(Generic[_Item_contra]):
    r"""One column of a table.

    Attributes:
        key: what other places find it by, such as callouts.
        width: its proportion; ``REST`` for what the others leave of 100.
        header: what stands at its top: a text, whose lines after a ``\n`` explain the first,
            or a cell.
        cell: makes an item's cell; ``None`` where a cell above reaches down.
        above: what stands over the header, the outermost first, each merged with the same of
            its neighbours.
        has_lines: whether each line of an item has a cell of its own here; the cells of the
            other columns reach over all lines.
        called: what the table's description calls it, where that is not its header.
    """

    key: str
    width: int
    header: str | Cell
    cell: Callable[[_Item_contra], Cell | None]
    above: tuple[Cell, ...] = ()
    called: str = ""
    has_lines: bool = False

    @property
    def header_cell(self) -> Cell:
        """What stands at its top."""
        header = self.header
        return header_cell(*header.split("\n")) if isinstance(header, str) else header

    @property
    def name(self) -> str:
        """Its header without what explains it."""
        lines = self.header_cell.content
        return next(each.text for each in lines if isinstance(each, Paragraph))


AnyColumn: TypeAlias = Column[Never]
"""A column of whatever items, where its cells do not matter."""


def compose_table(
    columns: Sequence[AnyColumn],
    rows: Iterable[Row],
    title: str,
    *,
    description: str = "",
    caption: Caption | None = None,
    style: TableStyle = TableStyle.SUMMARY,
    has_header: bool = True,
) -> Table:
    """Return the table of ``columns`` whose rows were made.

    Args:
        columns: from left to right.
        rows: what :func:`rows_of` made of the same columns, or cells beside and across them.
        title: what readers are told who do not see the page.
        description: the same; the list of the columns where it is empty.
        caption: what stands above the table, if anything.
        style: what the table is.
        has_header: whether the columns' headers stand at its top, on every page.
    """
    return Table(
        style=style,
        columns=tuple(widths_of(columns)),
        header_rows=header_rows(columns) if has_header else (),
        rows=tuple(rows),
        title=title,
        description=description or names_of(columns),
        caption=caption,
    )


def names_of(columns: Iterable[AnyColumn]) -> str:
    """Return the list of what the columns are called: ``現状値、各年度の実績、目標値``."""
    names = {each.called or each.key: each.called or each.name for each in columns}
    return "、".join(filter(None, names.values()))


def under(above: Cell, columns: Iterable[Column[_Given]]) -> Iterator[Column[_Given]]:
    """Yield the columns with one cell above all of them, and above what is over them."""
    return (replace(column, above=(above, *column.above)) for column in columns)


def below_indicators(
    labels: Labels, columns: Iterable[Column[_Given]], look: Look = DENSE
) -> Iterator[Column[_Given]]:
    """Yield the columns below the word for all indicators, if the plan has one above them."""
    if not labels.above_indicators:
        return iter(columns)
    return under(header_cell(labels.above_indicators, look=look), columns)


def widths_of(columns: Sequence[AnyColumn]) -> Iterator[int]:
    """Yield the columns' proportions."""
    rest = 100 - sum(each.width for each in columns)
    yield from (rest if each.width == REST else each.width for each in columns)


def header_rows(columns: Sequence[AnyColumn]) -> tuple[Row, ...]:
    """Return the headers; in as many rows as stand over any of them, and their own."""
    depth = max((len(each.above) for each in columns), default=0) + 1
    rows: list[list[Cell]] = [[] for _ in range(depth)]
    _put_headers(columns, rows, 0)
    return tuple(Row(tuple(map(shared, cells))) for cells in rows)


def _put_headers(columns: Iterable[AnyColumn], rows: list[list[Cell]], level: int) -> None:
    def above_of(column: AnyColumn) -> Cell | None:
        return column.above[level] if level < len(column.above) else None

    for above, group in groupby(columns, key=above_of):
        below = list(group)
        if above is None:
            rest = len(rows) - level
            rows[level].extend(replace(each.header_cell, rowspan=rest) for each in below)
        else:
            rows[level].append(replace(above, colspan=len(below)))
            _put_headers(below, rows, level + 1)


def rows_of(columns: Sequence[Column[_Given]], items: Iterable[_Given]) -> Iterator[Row]:
    """Yield a row per item."""
    return (row_of(columns, each) for each in items)


def row_of(columns: Sequence[Column[_Given]], item: _Given, *, keep_with_next: bool = False) -> Row:
    """Return an item's row."""
    cells = (column.cell(item) for column in columns)
    return Row(tuple([shared(cell) for cell in cells if cell is not None]), keep_with_next)


def cell_of(column: Column[_Given], item: _Given, line: int, lines: int) -> Cell | None:
    """Return the cell of one of an item's lines; the first has those that reach over all.

    Args:
        column: where it stands.
        item: of the line, which the cells of those columns are made of that have lines.
        line: which one, counted from 0.
        lines: how many there are.
    """
    if line and not column.has_lines:
        return None
    made = column.cell(item)
    if made is None or column.has_lines or lines == 1:
        return made
    return replace(made, rowspan=made.rowspan * lines)


def across(columns: Sequence[AnyColumn], cell: Cell) -> Cell:
    """Return a cell in the place of all ``columns``."""
    return replace(cell, colspan=len(columns))


def side_by_side(
    columns: Sequence[AnyColumn], cells: Sequence[Cell], shares: Sequence[int]
) -> Iterator[Cell]:
    """Yield the cells in the place of all ``columns``, each about as wide as its share says.

    There are no more cells than columns.
    """
    edges = tuple(accumulate(shares))
    widths = tuple(accumulate(widths_of(columns)))
    start = 0
    for number, cell in enumerate(cells, start=1):
        left = len(cells) - number  # cells that want a column each
        edge = widths[-1] * edges[number - 1]  # of as many parts as all shares are together
        ends = range(start + 1, len(columns) - left + 1)
        nearest = min(ends, key=lambda end: abs(widths[end - 1] * edges[-1] - edge))
        end = nearest if left else len(columns)
        yield replace(cell, colspan=end - start)
        start = end


def beside(column: Column[_Given], item: _Given, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows, all beside one cell of the column before them; nothing without rows."""
    for number, row in enumerate(rows):
        cell = None if number else column.cell(item)
        before = (replace(cell, rowspan=len(rows)),) if cell else ()
        yield replace(row, cells=(*before, *row.cells))


def position(columns: Iterable[AnyColumn], key: str) -> int:
    """Return where the column stands, counted from 0.

    Raises:
        ValueError: there is no such column.
    """
    return [each.key for each in columns].index(key)


def kept_with_next(table: Table) -> Table:
    """Keep the table's last row on a page with what stands below it."""
    *others, last = table.rows
    return replace(table, rows=(*others, replace(last, keep_with_next=True)))


def kept_together(rows: Sequence[Row], *, keep_with_next: bool = False) -> tuple[Row, ...]:
    """Keep every row with the next, so that a small table stands on one page."""
    *others, last = rows
    return (
        *(replace(row, keep_with_next=True) for row in others),
        replace(last, keep_with_next=keep_with_next),
    )
