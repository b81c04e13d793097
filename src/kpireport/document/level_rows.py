"""The rows of a KPI table: goals, sections and plans around the rows of indicators.

Comes in: a place, the columns, the makers of cells. Goes out: rows. A level's name stands in
a cell beside all rows of its own, or in a row across them; what stands across leaves out the
columns of the names that it stands beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kpireport.document.blocks import Cell, Heading, Row
from kpireport.document.columns import AnyColumn, across, cell_of, kept_together
from kpireport.document.indicator_rows import IndicatorRow
from kpireport.document.laid_out import KpiColumns
from kpireport.document.owners import with_owners
from kpireport.document.styles import CellStyle
from kpireport.document.table_cells import NOTHING, PlanCells, name_cell, shared, value_cell
from kpireport.document.texts import row_id
from kpireport.domain.catalogue import Indicator, IndicatorGroup, Plan
from kpireport.domain.layouts import LayoutName
from kpireport.domain.levels import Shown
from kpireport.domain.places import Place
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class RowMakers:
    """What makes a table's rows.

    Attributes:
        columns: the columns.
        cells: of the plan's own words.
        notes: the rows below an indicator's, in the columns that they are given.
        comments: the rows below a place's, likewise.
        headings: what a place's rows are for the contents.
        named: what is said of a place behind its name in a row across.
        has_ids: whether others refer to the rows.
        flows: whether goals follow each other on pages, which rows then fill.
        names_alone: whether all names stand across, without rows of indicators: where there
            are none of these at all.
    """

    columns: KpiColumns
    cells: PlanCells
    notes: Callable[[Indicator, Sequence[AnyColumn]], Sequence[Row]] = lambda *_: ()
    comments: Callable[[Place, Sequence[AnyColumn]], Sequence[Row]] = lambda *_: ()
    headings: Callable[[Place], tuple[Heading, ...]] = lambda _: ()
    named: Callable[[Cell, Place], Cell] = lambda cell, _: cell
    has_ids: bool = False
    flows: bool = False
    names_alone: bool = False


@dataclass(slots=True)
class _Part:
    """A row that is being made: its cells by the places where they begin, and what else it is."""

    cells: dict[int, Cell]
    keep_with_next: bool = False
    headings: tuple[Heading, ...] = ()
    id: str = ""

    def made(self) -> Row:
        """Return the row."""
        cells = tuple([shared(self.cells[at]) for at in sorted(self.cells)])
        return Row(cells, self.keep_with_next, self.headings, self.id)


_HALVED = 3  # rows: two before a page's end, one and what is said of all of them after it

_Taken = frozenset[int]  # the places of the columns whose names stand beside a row


def rows_of_place(makers: RowMakers, place: Place) -> Iterator[Row]:
    """Yield the rows of a goal, with those of all that stands in it."""
    parts = _parts_of(makers, place, frozenset(), is_followed=False)
    return (part.made() for part in parts)


def rows_of_plan(makers: RowMakers, plan: Plan) -> Iterator[Row]:
    """Yield the rows of one plan, whose name stands elsewhere."""
    return (part.made() for part in _parts_of_plan(makers, plan, frozenset()))


def _parts_of(makers: RowMakers, place: Place, outer: _Taken, *, is_followed: bool) -> list[_Part]:
    """Return a place's rows; where it ``is_followed``, what is said of an outer one is below."""
    if not place.plans:
        return []
    found = None if makers.names_alone else makers.columns.level(place.level.key)
    is_chapter = place.level.shown is Shown.CHAPTER
    taken = outer | {found[0]} if found else outer
    comments = _comments(makers, place, outer)
    is_followed = bool(comments) or is_followed
    parts = list(_inner_parts(makers, place, taken, is_followed=is_followed))
    if found is None and not is_chapter:
        name = makers.cells.place_across(place)
        name = makers.named(with_owners(name, makers.columns.owners.of_place(place)), place)
        is_alone = makers.names_alone and not place.below
        row = Row((across(_within(makers, taken), name),), keep_with_next=not is_alone)
        parts.insert(0, _across(makers, taken, row))
    if not place.below:
        _keep(parts, has_more=is_followed, flows=makers.flows)
    first = parts[0]
    if found:
        at, column = found
        if cell := column.cell(place):
            first.cells[at] = replace(cell, rowspan=len(parts))
    if not is_chapter:
        first.headings = (*makers.headings(place), *first.headings)
    return [*parts, *comments]


def _inner_parts(
    makers: RowMakers, place: Place, taken: _Taken, *, is_followed: bool
) -> Iterator[_Part]:
    for each in place.below:
        is_last = each is place.below[-1]
        yield from _parts_of(makers, each, taken, is_followed=is_followed and is_last)
    if isinstance(place.unit, Plan):
        yield from _parts_of_plan(makers, place.unit, taken)


def _comments(makers: RowMakers, place: Place, outer: _Taken) -> list[_Part]:
    """Return what is said of a place, below all its rows and its name."""
    rows = makers.comments(place, _within(makers, outer))
    return [_across(makers, outer, row) for row in rows]


def _keep(parts: Sequence[_Part], *, has_more: bool, flows: bool) -> None:
    """Keep the first two of a plan's rows together, and the last two with what is said of it.

    Where goals follow each other, a row is one with its notes and with the name above it, and
    of three rows the last alone stays with what is said: a page's end may come before it.
    """
    ends = list(range(len(parts)))
    if flows:
        ends = [at for at in ends if at == ends[-1] or not parts[at].keep_with_next]
    kept = {ends[0], *ends[-2:]}
    if flows and has_more and len(ends) == _HALVED:
        kept = {ends[0], ends[-1]}
    if not has_more:
        kept -= {ends[-1]}
    for at in kept:
        parts[at].keep_with_next = True


def _kept_row(cell: Cell) -> Row:
    return Row((cell,), keep_with_next=True)


# --- a plan -------------------------------------------------------------------------


def _parts_of_plan(makers: RowMakers, plan: Plan, taken: _Taken) -> Iterator[_Part]:
    """Yield the rows beside a plan's name; a plan without indicators has one row of ―.

    The notes on rows that share a baseline stand below all of them.
    """
    columns, cells = makers.columns, makers.cells
    if not plan.rows and not makers.names_alone:
        yield _row_of_nothing(columns, cells)
    spans = _baseline_spans(tuple(plan.indicators()))
    sharing, below = 0, list[Row]()
    within = _within(makers, taken)
    for row in plan.rows:
        if isinstance(row, IndicatorGroup):
            name = cells.group(row)
            yield _across(makers, taken, _kept_row(across(within, name)))
        for each in row.indicators if isinstance(row, IndicatorGroup) else (row,):
            item = IndicatorRow(each, each is not row, spans[each.id])
            sharing = (item.baseline_rows or sharing) - 1
            below.extend(makers.notes(each, within))
            first, *others = _lines(columns, item, is_kept=sharing > 0 or bool(below))
            first.id = row_id(each.id) if makers.has_ids else ""
            yield first
            yield from others
            if not sharing:
                kept = kept_together(below) if below else ()
                yield from (_across(makers, taken, note) for note in kept)
                below.clear()


def _lines(columns: KpiColumns, item: IndicatorRow, *, is_kept: bool) -> Iterator[_Part]:
    """Yield the lines of an indicator: one, or as many as its years' cells have."""
    for line in range(columns.lines):
        of = replace(item, line=line) if line else item
        made = (cell_of(each, of, line, columns.lines) for each in columns.rows)
        placed = zip(columns.places, made, strict=True)
        cells = {at: cell for at, cell in placed if cell is not None}
        yield _Part(cells, keep_with_next=is_kept or line + 1 < columns.lines)


def _row_of_nothing(columns: KpiColumns, cells: PlanCells) -> _Part:
    def cell(key: str) -> Cell:
        make = name_cell if key == LayoutName.INDICATOR else value_cell
        return make(NOTHING, cells.look)

    made = zip(columns.places, columns.rows, strict=True)
    return _Part({at: cell(column.key) for at, column in made})


# --- across -------------------------------------------------------------------------


def _within(makers: RowMakers, taken: _Taken) -> Sequence[AnyColumn]:
    """Return the columns that a row across is set in: those at the right of the names."""
    within = makers.columns.free(taken)[-1]
    return makers.columns.all[within.start : within.stop]


def _across(makers: RowMakers, taken: _Taken, row: Row) -> _Part:
    """Return a row across; where it is at the right of a name, nothing is at its left."""
    *others, within = makers.columns.free(taken)
    cells = {run.start: Cell((), CellStyle.DENSE, colspan=len(run)) for run in others}
    at = within.start
    for cell in row.cells:
        cells[at] = cell
        at += cell.colspan
    return _Part(cells, row.keep_with_next, row.headings, row.id)


def _baseline_spans(indicators: Sequence[Indicator]) -> dict[str, int]:
    """Return how many rows each indicator's baseline cell spans; 0 where one above covers it."""
    spans: dict[str, int] = {}
    first = ""
    for indicator in indicators:
        if indicator.baseline.shared_with is None:
            first = indicator.id
            spans[first] = 1
        else:
            spans[first] += 1
            spans[indicator.id] = 0
    return spans
