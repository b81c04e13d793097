"""The KPI tables: the plan's indicators, in the review with the years' actuals and judgements.

Comes in: plans of the catalogue, or of a review. Goes out: the table of either edition,
in the original's layout. A column more is one more value in :func:`plan_columns` or
:func:`result_columns`; its width, header, cells and place go with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from kpireport.document.blocks import Caption, Cell, Heading, Row, Table
from kpireport.document.captions import table_caption
from kpireport.document.changes import NO_CHANGES, Changes
from kpireport.document.columns import (
    Column,
    across,
    beside,
    compose_table,
    kept_together,
    names_of,
    row_of,
    under,
)
from kpireport.document.indicator_charts import compose_sparkline
from kpireport.document.marks import goal_counts
from kpireport.document.owners import NO_OWNERS, Owners, with_owners
from kpireport.document.plan_notes import NO_FOOTNOTES, Footnotes, comment_row, note_row
from kpireport.document.review_cells import (
    actual_cell,
    baseline_cell,
    marks_cell,
    rate_cell,
    rate_header,
    target_cell,
)
from kpireport.document.reviews import Review
from kpireport.document.styles import HeadingStyle, TableStyle
from kpireport.document.table_cells import (
    AMPLE,
    DENSE,
    NOTHING,
    PlanCells,
    header_cell,
    name_cell,
    note_lines,
    value_cell,
)
from kpireport.document.texts import plan_id, row_id
from kpireport.domain.catalogue import ColumnName, Goal, Indicator, IndicatorGroup, Labels, Plan
from kpireport.domain.names import in_one_line
from kpireport.domain.years import FiscalYear, format_fiscal_year

RATE, MARK = "rate", "mark"
"""Columns' keys, beside those of ``ColumnName`` and :func:`actual_key`."""
_ALL_YEARS, _WIDEST_YEAR, _NARROWEST_YEAR = 36, 13, 7  # proportions of the years' columns
_YEARLY_TARGET = 14  # and, in the plan, of values where years have targets of their own


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in a KPI table.

    Attributes:
        indicator: what stands in the row.
        is_part: whether it stands below the name of its group.
        baseline_rows: how many rows its baseline stands beside; 0 where the one above does.
    """

    indicator: Indicator
    is_part: bool
    baseline_rows: int


KpiColumns: TypeAlias = tuple[Column[Plan], *tuple[Column[IndicatorRow], ...]]
"""The column of the plans' names, each beside all rows of its plan, and the others."""


def years_with_targets(plans: Iterable[Plan]) -> tuple[FiscalYear, ...]:
    """Return the years before the targets' own that any indicator has a target for."""
    indicators = (each for plan in plans for each in plan.indicators())
    return tuple(sorted({aim.fiscal_year for each in indicators for aim in each.yearly_targets}))


def plan_columns(
    labels: Labels, changes: Changes = NO_CHANGES, years: Sequence[FiscalYear] = ()
) -> KpiColumns:
    """Return the plan edition's columns, in the original's proportions: so its lines break.

    Args:
        labels: the columns' names.
        changes: what was changed in the plan, which is marked.
        years: those before the targets' own that have a column of targets.
    """
    decided = _Decided(labels, PlanCells(changes, AMPLE))
    columns = (
        decided.indicator(34),
        decided.baseline(23 if not years else _YEARLY_TARGET),
        *(decided.yearly_target(_YEARLY_TARGET, year) for year in years),
        decided.target(23 if not years else _YEARLY_TARGET),
    )
    return (decided.plan(20), *under(header_cell(labels.indicators, look=AMPLE), columns))


def result_columns(review: Review, footnotes: Footnotes = NO_FOOTNOTES) -> KpiColumns:
    """Return the review's columns: the years' actuals stand before the target.

    Args:
        review: the facts and judgements.
        footnotes: the signs at what is explained below the rows.
    """
    labels = review.catalogue.labels
    decided = _Decided(labels, PlanCells(review.changes), review.owners)
    columns = (
        decided.indicator(20),
        replace(decided.baseline(11), cell=lambda row: _baseline_cell(review, row)),
        *(_actual_column(review, year, footnotes) for year in review.years),
        replace(decided.target(11), cell=lambda row: target_cell(review, row.indicator)),
        Column(RATE, 8, rate_header(review), lambda row: _course_cell(review, row)),
        Column(MARK, 6, "評価", lambda row: _mark_cell(review, row, footnotes)),
    )
    return (decided.plan(10), *under(header_cell(labels.indicators), columns))


def _baseline_cell(review: Review, row: IndicatorRow) -> Cell | None:
    rows = row.baseline_rows
    return baseline_cell(review, row.indicator, rowspan=rows) if rows else None


def _course_cell(review: Review, row: IndicatorRow) -> Cell:
    """Return the course over the years, and how far it has come."""
    course = compose_sparkline(review, row.indicator)
    cell = rate_cell(review, review.judgement(row.indicator))
    return replace(cell, content=(course, *cell.content)) if course else cell


def _mark_cell(review: Review, row: IndicatorRow, footnotes: Footnotes) -> Cell:
    sign = footnotes.marks.get(row.indicator.id, "")
    return marks_cell(review, review.judgement(row.indicator), sign)


def actual_key(year: FiscalYear) -> str:
    """Return the key of the column of a year's actuals."""
    return f"actual-{year.year}"


def _actual_column(review: Review, year: FiscalYear, footnotes: Footnotes) -> Column[IndicatorRow]:
    signs = footnotes.actuals if year == review.evaluation.fiscal_year else {}

    def cell(row: IndicatorRow) -> Cell:
        sign = signs.get(row.indicator.id, "")
        return actual_cell(review, row.indicator.id, year, sign=sign)

    return Column(
        actual_key(year),
        max(_NARROWEST_YEAR, min(_WIDEST_YEAR, _ALL_YEARS // len(review.years))),
        f"{review.year_name(year)}\n{'目標・実績' if review.has_yearly_targets(year) else '実績'}",
        cell,
        called="各年度の実績",
    )


@dataclass(frozen=True, slots=True)
class _Decided:
    """The columns of what was decided, which both editions have."""

    labels: Labels
    cells: PlanCells
    owners: Owners = NO_OWNERS

    def plan(self, width: int) -> Column[Plan]:
        def cell(plan: Plan) -> Cell:
            return with_owners(self.cells.plan(plan), self.owners.of_plan(plan))

        return Column(ColumnName.PLAN, width, self._header(self.labels.plan), cell)

    def indicator(self, width: int) -> Column[IndicatorRow]:
        def cell(row: IndicatorRow) -> Cell:
            name = self.cells.name(row.indicator, is_part=row.is_part)
            return with_owners(name, self.owners.of_indicator(row.indicator))

        return Column(ColumnName.INDICATOR, width, self._header(self.labels.indicator), cell)

    def baseline(self, width: int) -> Column[IndicatorRow]:
        def cell(row: IndicatorRow) -> Cell | None:
            rows = row.baseline_rows
            return self.cells.baseline(row.indicator, rowspan=rows) if rows else None

        header = self._header(self.labels.baseline, self.labels.baseline_note)
        return Column(ColumnName.BASELINE, width, header, cell)

    def target(self, width: int) -> Column[IndicatorRow]:
        header = self._header(self.labels.target, self.labels.target_note)
        return Column(
            ColumnName.TARGET, width, header, lambda row: self.cells.target(row.indicator)
        )

    def yearly_target(self, width: int, year: FiscalYear) -> Column[IndicatorRow]:
        def cell(row: IndicatorRow) -> Cell:
            found = row.indicator.yearly_target(year)
            return value_cell(found.text if found else NOTHING, self.cells.look)

        header = self._header(self.labels.target, format_fiscal_year(year))
        return Column(f"target-{year.year}", width, header, cell)

    def _header(self, name: str, note: str = "") -> Cell:
        look = self.cells.look
        return header_cell(name, *(note_lines(note) if look is DENSE else (note,)), look=look)


def compose_kpi_table(
    goal: Goal, plans: Sequence[Plan], labels: Labels, changes: Changes = NO_CHANGES
) -> tuple[Table, ...]:
    """Return the KPI table of ``plans``; nothing where there are none."""
    title = f"{goal.numeral}　{goal.title}：{labels.indicators}"
    columns = plan_columns(labels, changes, years_with_targets(plans))
    cells = PlanCells(changes, AMPLE)
    return _compose(columns, plans, title, lambda plan: _rows(columns, cells, plan))


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
    title = f"{goal.numeral}　{goal.title}：{review.catalogue.labels.indicators}の実績"
    footnotes = NO_FOOTNOTES if is_sample else Footnotes.of(review, goal)
    columns, cells = result_columns(review, footnotes), PlanCells(review.changes)

    def notes(indicator: Indicator) -> Sequence[Row]:
        return note_row(review, indicator, columns[1:], footnotes)

    def rows(plan: Plan) -> Iterator[Row]:
        own = tuple(_rows(columns, cells, plan, notes, has_ids=not is_sample))
        comment = () if is_sample else comment_row(review, plan, columns, is_open=is_open)
        first, *rest = _kept(own, comment)
        yield first if is_sample else replace(first, heading=plan_heading(review, plan))
        yield from rest

    caption = None if is_sample else _caption(review, goal)
    return _compose(columns, plans, title, rows, caption)


def _caption(review: Review, goal: Goal) -> Caption:
    """Return the caption, which says how the goal's indicators stand against last year."""
    name = f"{review.catalogue.labels.goal}{goal.numeral}の実績"
    return table_caption(f"goal-{goal.id}", f"{name}　　{goal_counts(review, goal)}")


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
    plans: Sequence[Plan],
    title: str,
    rows: Callable[[Plan], Iterable[Row]],
    caption: Caption | None = None,
) -> tuple[Table, ...]:
    """Return the table of the rows that each plan has; nothing without plans."""
    if not plans:
        return ()
    plan_column, *others = columns
    indicator, *facts = others
    return (
        compose_table(
            columns,
            (row for plan in plans for row in rows(plan)),
            title,
            description=f"{plan_column.name}ごとの{indicator.name}と、その{names_of(facts)}",
            style=TableStyle.KPI,
            caption=caption,
        ),
    )


def _rows(
    columns: KpiColumns,
    cells: PlanCells,
    plan: Plan,
    notes: Callable[[Indicator], Sequence[Row]] = lambda _: (),
    *,
    has_ids: bool = False,
) -> Iterator[Row]:
    """Yield a plan's rows, each with its notes below it, and its id where others refer to it."""
    plan_column, *others = columns
    rows = tuple(_rows_beside(others, cells, plan, notes, has_ids=has_ids))
    yield from beside(plan_column, plan, rows)


def _rows_beside(
    columns: Sequence[Column[IndicatorRow]],
    cells: PlanCells,
    plan: Plan,
    notes: Callable[[Indicator], Sequence[Row]],
    *,
    has_ids: bool,
) -> Iterator[Row]:
    """Yield the rows beside a plan's name; a plan without indicators has one row of ―.

    The notes on rows that share a baseline stand below all of them.
    """
    if not plan.rows:
        values = (value_cell(NOTHING, cells.look) for _ in columns[1:])
        yield Row((name_cell(NOTHING, cells.look), *values))
    spans = _baseline_spans(tuple(plan.indicators()))
    sharing, below = 0, list[Row]()
    for row in plan.rows:
        if isinstance(row, IndicatorGroup):
            yield Row((across(columns, cells.group(row)),), keep_with_next=True)
        for each in row.indicators if isinstance(row, IndicatorGroup) else (row,):
            item = IndicatorRow(each, each is not row, spans[each.id])
            sharing = (item.baseline_rows or sharing) - 1
            below.extend(notes(each))
            own = row_of(columns, item, keep_with_next=sharing > 0 or bool(below))
            yield replace(own, id=row_id(each.id)) if has_ids else own
            if not sharing:
                yield from kept_together(below) if below else ()
                below.clear()


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
