"""The KPI tables: the plan's indicators, in the review with the years' actuals and judgements.

Comes in: plans of the catalogue, or of a review. Goes out: the table of either edition,
in the original's layout. A column more is one more value in :func:`plan_columns` or
:func:`result_columns`; its width, header, cells and place go with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kpireport.document.blocks import Cell, Row, Table, TableStyle
from kpireport.document.changes import NO_CHANGES, Changes
from kpireport.document.columns import (
    Column,
    across,
    beside,
    compose_table,
    names_of,
    row_of,
    under,
)
from kpireport.document.review_cells import actual_cell, mark_cell, rate_cell
from kpireport.document.reviews import Review
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
from kpireport.domain.catalogue import ColumnName, Goal, Indicator, IndicatorGroup, Labels, Plan
from kpireport.domain.years import FiscalYear

RATE, MARK = "rate", "mark"  # columns' keys, beside those of ColumnName and actual_key
_ALL_YEARS, _WIDEST_YEAR, _NARROWEST_YEAR = 33, 14, 7  # proportions of the years' columns


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


def plan_columns(labels: Labels, changes: Changes = NO_CHANGES) -> KpiColumns:
    """Return the plan edition's columns, in the original's proportions: so its lines break."""
    decided = _Decided(labels, PlanCells(changes, AMPLE))
    columns = (decided.indicator(34), decided.baseline(23), decided.target(23))
    return (decided.plan(20), *under(header_cell(labels.indicators, look=AMPLE), columns))


def result_columns(review: Review) -> KpiColumns:
    """Return the review's columns: the years' actuals stand before the target."""
    labels = review.catalogue.labels
    decided = _Decided(labels, PlanCells(review.changes))
    columns = (
        decided.indicator(21),
        decided.baseline(15),
        *(_actual_column(review, year) for year in review.years),
        decided.target(15),
        Column(RATE, 12, "進捗率", lambda row: rate_cell(review, review.judgement(row.indicator))),
        Column(MARK, 7, "評価", lambda row: mark_cell(review, review.judgement(row.indicator))),
    )
    return (decided.plan(14), *under(header_cell(labels.indicators), columns))


def actual_key(year: FiscalYear) -> str:
    """Return the key of the column of a year's actuals."""
    return f"actual-{year.year}"


def _actual_column(review: Review, year: FiscalYear) -> Column[IndicatorRow]:
    return Column(
        actual_key(year),
        max(_NARROWEST_YEAR, min(_WIDEST_YEAR, _ALL_YEARS // len(review.years))),
        f"{review.year_name(year)}\n実績",
        lambda row: actual_cell(review, row.indicator.id, year),
        called="各年度の実績",
    )


@dataclass(frozen=True, slots=True)
class _Decided:
    """The columns of what was decided, which both editions have."""

    labels: Labels
    cells: PlanCells

    def plan(self, width: int) -> Column[Plan]:
        header = self._header(self.labels.plan)
        return Column(ColumnName.PLAN, width, header, self.cells.plan)

    def indicator(self, width: int) -> Column[IndicatorRow]:
        def cell(row: IndicatorRow) -> Cell:
            return self.cells.name(row.indicator, is_part=row.is_part)

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

    def _header(self, name: str, note: str = "") -> Cell:
        look = self.cells.look
        return header_cell(name, *(note_lines(note) if look is DENSE else (note,)), look=look)


def compose_kpi_table(
    goal: Goal, plans: Sequence[Plan], labels: Labels, changes: Changes = NO_CHANGES
) -> tuple[Table, ...]:
    """Return the KPI table of ``plans``; nothing where there are none."""
    title = f"{goal.numeral}　{goal.title}：{labels.indicators}"
    return _compose(plan_columns(labels, changes), PlanCells(changes, AMPLE), plans, title)


def compose_result_table(review: Review, goal: Goal, plans: Sequence[Plan]) -> tuple[Table, ...]:
    """Return the KPI table of ``plans`` with all years' actuals; nothing without plans."""
    title = f"{goal.numeral}　{goal.title}：{review.catalogue.labels.indicators}の実績"
    return _compose(result_columns(review), PlanCells(review.changes), plans, title)


def _compose(
    columns: KpiColumns, cells: PlanCells, plans: Sequence[Plan], title: str
) -> tuple[Table, ...]:
    if not plans:
        return ()
    first, *others = columns
    indicator, *facts = others
    return (
        compose_table(
            columns,
            (
                row
                for plan in plans
                for row in beside(first, plan, tuple(_rows(others, cells, plan)))
            ),
            title,
            description=f"{first.name}ごとの{indicator.name}と、その{names_of(facts)}",
            style=TableStyle.KPI,
        ),
    )


def _rows(columns: Sequence[Column[IndicatorRow]], cells: PlanCells, plan: Plan) -> Iterator[Row]:
    """Yield the rows beside a plan's name; a plan without indicators has one row of ―."""
    if not plan.rows:
        values = (value_cell(NOTHING, cells.look) for _ in columns[1:])
        yield Row((name_cell(NOTHING, cells.look), *values))
    spans = _baseline_spans(tuple(plan.indicators()))
    for row in plan.rows:
        if isinstance(row, IndicatorGroup):
            yield Row((across(columns, cells.group(row)),), keep_with_next=True)
        for each in row.indicators if isinstance(row, IndicatorGroup) else (row,):
            item = IndicatorRow(each, each is not row, spans[each.id])
            yield row_of(columns, item, keep_with_next=item.baseline_rows > 1)


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
