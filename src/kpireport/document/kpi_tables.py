"""The KPI tables: the plan's indicators, in the review with the years' actuals and judgements.

Comes in: plans of the catalogue, or of a review. Goes out: the table of either edition,
in the original's layout or in the plan's own. Their columns are
:mod:`kpireport.document.kpi_columns`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kpireport.document.blocks import Caption, Cell, Heading, Row, Table
from kpireport.document.captions import table_caption
from kpireport.document.changes import NO_CHANGES, Changes
from kpireport.document.columns import (
    Column,
    across,
    beside,
    compose_table,
    kept_together,
    line_of,
    names_of,
)
from kpireport.document.indicator_rows import IndicatorRow
from kpireport.document.kpi_columns import plan_columns, result_columns
from kpireport.document.laid_out import KpiColumns
from kpireport.document.marks import goal_counts
from kpireport.document.owners import with_owners
from kpireport.document.plan_notes import NO_FOOTNOTES, Footnotes, comment_row, note_row
from kpireport.document.reviews import Review
from kpireport.document.styles import CellStyle, HeadingStyle, TableStyle
from kpireport.document.table_cells import (
    NOTHING,
    PlanCells,
    band_label,
    name_cell,
    value_cell,
)
from kpireport.document.texts import plan_id, row_id
from kpireport.domain.catalogue import Catalogue, Goal, Indicator, IndicatorGroup, Labels, Plan
from kpireport.domain.layouts import LayoutName
from kpireport.domain.names import in_one_line


def compose_kpi_table(
    catalogue: Catalogue, goal: Goal, plans: Sequence[Plan], changes: Changes = NO_CHANGES
) -> tuple[Table, ...]:
    """Return the KPI table of ``plans``; nothing where there are none."""
    labels = catalogue.labels
    title = f"{goal.numeral}　{goal.title}：{_content(labels, plans)}"
    columns = plan_columns(catalogue, changes, plans)
    makers = _Makers(columns, PlanCells(changes, columns.look))
    if not _have_rows(plans):
        return _compose_names(makers, labels, plans, title, lambda plan: _name_row(makers, plan))
    return _compose(columns, labels, plans, title, lambda plan: _rows(makers, plan))


def compose_result_table(
    review: Review,
    goal: Goal,
    plans: Sequence[Plan],
    *,
    is_sample: bool = False,
    is_open: bool = False,
) -> tuple[Table, ...]:
    """Return the KPI table of ``plans`` with all years' actuals; nothing without plans.

    Below each row stand its notes, below each plan's rows the department's comment. In a
    sample there are only the rows. Where comments are open, those that nobody has written
    have a place.
    """
    title = f"{goal.numeral}　{goal.title}：{_content(review.catalogue.labels, plans)}の実績"
    footnotes = NO_FOOTNOTES if is_sample else Footnotes.of(review, goal)
    columns = result_columns(review, footnotes)
    makers = _Makers(columns, PlanCells(review.changes), has_ids=not is_sample)

    def notes(indicator: Indicator) -> Sequence[Row]:
        return note_row(review, indicator, columns.broad, footnotes)

    def rows(plan: Plan) -> Iterator[Row]:
        own = tuple(_rows(makers, plan, notes))
        comment = () if is_sample else comment_row(review, plan, columns.all, is_open=is_open)
        first, *rest = _kept(own, comment)
        yield first if is_sample else replace(first, heading=plan_heading(review, plan))
        yield from rest

    def names(plan: Plan) -> Iterator[Row]:
        comment = comment_row(review, plan, columns.all, is_open=is_open)
        (own,) = _name_row(makers, plan)
        yield replace(own, heading=plan_heading(review, plan), keep_with_next=bool(comment))
        yield from comment

    labels = review.catalogue.labels
    if not _have_rows(plans):
        return _compose_names(makers, labels, plans, title, names)
    caption = None if is_sample else _caption(review, goal)
    return _compose(columns, labels, plans, title, rows, caption)


def _content(labels: Labels, plans: Iterable[Plan]) -> str:
    """Return what a table of the plans is of: their indicators, or themselves."""
    return labels.indicators if _have_rows(plans) else in_one_line(labels.plan)


def _caption(review: Review, goal: Goal) -> Caption:
    """Return the caption, which says how the goal's indicators stand against last year."""
    name = f"{review.catalogue.labels.goal}{goal.numeral}の実績"
    return table_caption(f"goal-{goal.id}", f"{name}　{goal_counts(review, goal)}")


def _kept(rows: Sequence[Row], comment: Sequence[Row]) -> Iterator[Row]:
    """Keep the first two of a plan's rows together, and the last two with the comment."""
    first, last = 0, len(rows) - 1
    kept = {first, last - 1, last} if comment else {first, last - 1} - {last}
    for number, row in enumerate(rows):
        yield replace(row, keep_with_next=True) if number in kept else row
    yield from comment


def plan_heading(review: Review, plan: Plan) -> Heading:
    """Return what a plan's rows are for the contents, with how its indicators stand."""
    name = f"{plan.label}　{in_one_line(plan.title)}"
    status = " ".join(review.counted_marks(plan.indicators()))
    return Heading(plan_id(plan.id), 2, name, HeadingStyle.ROW, status=status)


def _compose(
    columns: KpiColumns,
    labels: Labels,
    plans: Sequence[Plan],
    title: str,
    rows: Callable[[Plan], Iterable[Row]],
    caption: Caption | None = None,
) -> tuple[Table, ...]:
    """Return the table of the rows that each plan has; nothing without plans."""
    if not plans:
        return ()
    plan = columns.plan.name if columns.plan else in_one_line(labels.plan)
    (indicator,) = (each for each in columns.rows if each.key == LayoutName.INDICATOR)
    facts = [each for each in columns.rows if each is not indicator]
    return (
        compose_table(
            columns.all,
            (row for plan in plans for row in rows(plan)),
            title,
            description=f"{plan}ごとの{indicator.name}と、その{names_of(facts)}",
            style=TableStyle.KPI,
            caption=caption,
        ),
    )


def _have_rows(plans: Iterable[Plan]) -> bool:
    return any(plan.rows for plan in plans)


def _compose_names(
    makers: _Makers,
    labels: Labels,
    plans: Sequence[Plan],
    title: str,
    rows: Callable[[Plan], Iterable[Row]],
) -> tuple[Table, ...]:
    """Return the table of plans none of which has indicators: their names, without a header."""
    if not plans:
        return ()
    label: Column[Cell] = Column("label", 18, "", lambda cell: cell)
    named = [row for plan in plans for row in rows(plan)]
    heading = band_label(labels.plan, look=makers.cells.look)
    return (
        compose_table(
            (label, *makers.columns.all),
            beside(label, heading, named),
            title,
            description=in_one_line(labels.plan),
            style=TableStyle.BAND,
            has_header=False,
        ),
    )


def _name_row(makers: _Makers, plan: Plan) -> Iterator[Row]:
    yield Row((across(makers.columns.all, makers.cells.plan_across(plan)),))


@dataclass(frozen=True, slots=True)
class _Makers:
    """What makes a plan's rows: the columns, the cells in the place of several.

    ``has_ids`` is whether others refer to the rows.
    """

    columns: KpiColumns
    cells: PlanCells
    has_ids: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A row of a plan, without the plan's own cell: what is at the left of it, and the rest."""

    before: tuple[Cell, ...]
    row: Row


def _rows(
    makers: _Makers, plan: Plan, notes: Callable[[Indicator], Sequence[Row]] = lambda _: ()
) -> Iterator[Row]:
    """Yield a plan's rows, each with its notes below it.

    The plan's name stands beside them all, or in a row above them where it has no column.
    """
    column = makers.columns.plan
    parts = tuple(_parts(makers, plan, notes))
    if column is None:
        name = across(makers.columns.all, makers.cells.plan_across(plan))
        owners = makers.columns.owners.of_plan(plan)
        yield Row((with_owners(name, owners),), keep_with_next=True)
    for number, part in enumerate(parts):
        cell = column.cell(plan) if column and not number else None
        own = (replace(cell, rowspan=len(parts)),) if cell else ()
        yield replace(part.row, cells=(*part.before, *own, *part.row.cells))


def _parts(
    makers: _Makers, plan: Plan, notes: Callable[[Indicator], Sequence[Row]]
) -> Iterator[_Part]:
    """Yield the rows beside a plan's name; a plan without indicators has one row of ―.

    The notes on rows that share a baseline stand below all of them.
    """
    columns, cells = makers.columns, makers.cells
    if not plan.rows:
        yield _row_of_nothing(columns, cells)
    spans = _baseline_spans(tuple(plan.indicators()))
    sharing, below = 0, list[Row]()
    for row in plan.rows:
        if isinstance(row, IndicatorGroup):
            heading = Row((across(columns.broad, cells.group(row)),), keep_with_next=True)
            yield _across(columns, heading)
        for each in row.indicators if isinstance(row, IndicatorGroup) else (row,):
            item = IndicatorRow(each, each is not row, spans[each.id])
            sharing = (item.baseline_rows or sharing) - 1
            below.extend(notes(each))
            first, *others = _lines(columns, item, is_kept=sharing > 0 or bool(below))
            id_ = row_id(each.id) if makers.has_ids else ""
            yield replace(first, row=replace(first.row, id=id_))
            yield from others
            if not sharing:
                kept = kept_together(below) if below else ()
                yield from (_across(columns, note) for note in kept)
                below.clear()


def _lines(columns: KpiColumns, item: IndicatorRow, *, is_kept: bool) -> Iterator[_Part]:
    """Yield the lines of an indicator: one, or as many as its years' cells have."""
    for line in range(columns.lines):
        at, place = replace(item, line=line), (line, columns.lines)
        before = line_of(columns.before, at, *place).cells
        yield _Part(before, line_of(columns.after, at, *place, keep_with_next=is_kept))


def _row_of_nothing(columns: KpiColumns, cells: PlanCells) -> _Part:
    def cell(key: str) -> Cell:
        make = name_cell if key == LayoutName.INDICATOR else value_cell
        return make(NOTHING, cells.look)

    before = tuple(cell(each.key) for each in columns.before)
    return _Part(before, Row(tuple(cell(each.key) for each in columns.after)))


def _across(columns: KpiColumns, row: Row) -> _Part:
    """Return a row across; where it is at the right of the plan's name, nothing is at its left."""
    if not columns.after:
        return _Part(row.cells, replace(row, cells=()))
    empty = Cell((), CellStyle.DENSE)
    return _Part((across(columns.before, empty),) if columns.before else (), row)


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
