"""The columns of the KPI tables, as the original has them or as the plan lays them out.

Comes in: the plan, or a review. Goes out: the columns of either edition. A column more is
one more value in :func:`plan_columns` or :func:`result_columns`; its width, header, cells
and place go with it. One that a layout may name is one more in :class:`_Decided`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from kpireport.document.blocks import Cell
from kpireport.document.changes import NO_CHANGES, Changes
from kpireport.document.columns import AnyColumn, Column, under
from kpireport.document.content_widths import Share, needed_by, proportions
from kpireport.document.indicator_charts import compose_sparkline, may_have_courses
from kpireport.document.indicator_rows import IndicatorRow
from kpireport.document.owners import NO_OWNERS, Owners, departments_of, with_owners
from kpireport.document.plan_notes import NO_FOOTNOTES, Footnotes
from kpireport.document.review_cells import (
    baseline_cell,
    course_cell,
    mark_width,
    marks_cell,
    rate_cell,
    rate_header,
    target_cell,
)
from kpireport.document.reviews import MOST_YEARS, Review
from kpireport.document.table_cells import (
    AMPLE,
    DENSE,
    NOTHING,
    Look,
    PlanCells,
    header_cell,
    note_lines,
    value_cell,
)
from kpireport.document.texts import paragraph
from kpireport.document.year_columns import YearColumns, target_key
from kpireport.domain.catalogue import (
    Catalogue,
    ColumnName,
    Indicator,
    Labels,
    Plan,
    years_with_targets,
)
from kpireport.domain.layouts import DETAIL_WORDS, OWN, LayoutColumn, LayoutName, YearsShown
from kpireport.domain.years import FiscalYear, format_fiscal_year

RATE, TREND, MARK = "rate", "trend", "mark"
"""Columns' keys, beside those of ``ColumnName`` and of the years' columns."""
_Given = TypeVar("_Given")
_MOST_AMPLE = 6  # columns with the original's ample cells
_MOST_MEASURED = 300  # rows by which widths are found
_YEARLY_TARGET = 14  # and, in the plan, of values where years have targets of their own


@dataclass(frozen=True, slots=True)
class KpiColumns:
    """The columns from left to right.

    Attributes:
        plan: of the plans' names, each beside all rows of its plan; ``None`` where a name
            stands in a row across the table.
        before: those at the left of it.
        after: those at its right, all where there is none.
        look: of all cells.
        owners: who is responsible, where names say it.
        lines: on how many lines an indicator stands.
    """

    plan: Column[Plan] | None
    before: tuple[Column[IndicatorRow], ...]
    after: tuple[Column[IndicatorRow], ...]
    look: Look = DENSE
    owners: Owners = NO_OWNERS
    lines: int = 1

    @property
    def all(self) -> tuple[AnyColumn, ...]:
        """All columns."""
        return (*self.before, *((self.plan,) if self.plan else ()), *self.after)

    @property
    def rows(self) -> tuple[Column[IndicatorRow], ...]:
        """Those that tell of an indicator."""
        return (*self.before, *self.after)

    @property
    def broad(self) -> tuple[Column[IndicatorRow], ...]:
        """Those that a row across is set in, beside the plan's name: at its right, if any are."""
        return self.after or self.before

    def has(self, key: str) -> bool:
        """Tell whether there is such a column."""
        return any(each.key == key for each in self.all)


def plan_columns(
    catalogue: Catalogue, changes: Changes = NO_CHANGES, plans: Iterable[Plan] | None = None
) -> KpiColumns:
    """Return the plan edition's columns, in the original's proportions: so its lines break.

    Args:
        catalogue: the plan.
        changes: what was changed in it, which is marked.
        plans: those of the table; all where nothing is said.
    """
    labels, layout = catalogue.labels, catalogue.layouts.plan
    shown = catalogue.plans() if plans is None else plans
    years = years_with_targets(each for plan in shown for each in plan.indicators())
    apart = next((each for each in layout if each.name == LayoutName.YEARLY_TARGETS), None)
    if apart:
        years = apart.years((), years, catalogue.years.target)
    has_years = apart or any(each.name == LayoutName.TARGET for each in layout)
    others = len(layout) - bool(apart)
    look = DENSE if others + len(years) * bool(has_years) > _MOST_AMPLE else AMPLE
    decided = _Decided(labels, PlanCells(changes, look))
    word = apart.header if apart and apart.header else labels.target
    yearly = tuple(decided.yearly_target(_YEARLY_TARGET, year, word) for year in years)
    if apart:
        return _laid_out(layout, catalogue, decided, {apart.name: yearly})
    if layout:
        return _laid_out(layout, catalogue, decided, {}, yearly)
    value = _YEARLY_TARGET if years else 23
    columns = (decided.indicator(34), decided.baseline(value), *yearly, decided.target(value))
    above = header_cell(labels.indicators, look=AMPLE)
    return KpiColumns(decided.plan(20), (), tuple(under(above, columns)), AMPLE)


def result_columns(review: Review, footnotes: Footnotes = NO_FOOTNOTES) -> KpiColumns:
    """Return the review's columns: the years' actuals stand before the target.

    Args:
        review: the facts and judgements.
        footnotes: the signs at what is explained below the rows.
    """
    catalogue = review.catalogue
    labels, layout = catalogue.labels, catalogue.layouts.review
    names = {each.name for each in layout}
    cells = PlanCells(review.changes, has_units=LayoutName.UNIT not in names)
    owners = NO_OWNERS if LayoutName.DEPARTMENT in names else review.owners
    decided = _Decided(labels, cells, owners, review)
    reported = _reported_columns(review, footnotes, layout)
    if layout:
        return _laid_out(layout, catalogue, decided, reported)
    columns = (
        decided.indicator(20),
        decided.baseline(11),
        *reported[LayoutName.ACTUALS],
        decided.target(11),
        *reported[LayoutName.RATE],
        *reported[LayoutName.MARK],
    )
    return KpiColumns(decided.plan(10), (), tuple(under(header_cell(labels.indicators), columns)))


_LAST_YEARS = LayoutColumn(LayoutName.ACTUALS, shown=YearsShown(last=MOST_YEARS))


def _reported_columns(
    review: Review, footnotes: Footnotes, layout: Sequence[LayoutColumn]
) -> Mapping[str, tuple[Column[IndicatorRow], ...]]:
    """Return the columns of what was reported and judged, by their names."""
    headers = {each.name: each.header for each in layout if each.header}
    mark = headers.get(LayoutName.MARK, "評価")
    marks = Column(MARK, mark_width(review), mark, partial(_mark_cell, review, footnotes))
    by_year = YearColumns.of(review, footnotes, layout)
    stated = [each for each in layout if each.parts] or [_LAST_YEARS]
    return {
        **{each.name: by_year.of_layout(each) for each in stated},
        LayoutName.RATE: tuple(_rate_columns(review, headers.get(LayoutName.RATE, ""))),
        LayoutName.MARK: (marks,) if review.marks else (),
    }


def _rate_columns(review: Review, header: str) -> Iterator[Column[IndicatorRow]]:
    """Yield the column of the course and the rate, or of what of them there is."""
    if review.scheme.has_rates:
        yield Column(RATE, 8, header or rate_header(review), lambda row: _course_cell(review, row))
    elif may_have_courses(review):
        yield Column(TREND, 8, header or "推移", lambda row: course_cell(review, row.indicator))


# --- as the plan lays them out ------------------------------------------------------


def _laid_out(
    layout: Sequence[LayoutColumn],
    catalogue: Catalogue,
    decided: _Decided,
    reported: Mapping[str, tuple[Column[IndicatorRow], ...]],
    yearly: tuple[Column[IndicatorRow], ...] = (),
) -> KpiColumns:
    """Return the columns of a layout, in its order and with its headings and widths.

    Those of ``yearly`` targets stand before the target and share its width.
    """
    indicators = catalogue.indicators()
    rows = _few([IndicatorRow(each, is_part=False, baseline_rows=1) for each in indicators])
    plans = _few(list(catalogue.plans()))
    plan: Column[Plan] | None = None
    before: tuple[Column[IndicatorRow], ...] = ()
    columns: list[Column[IndicatorRow]] = []
    shares: list[Share] = []
    for each in layout:
        if each.name == LayoutName.PLAN:
            plan = _headed(decided.plan(1), each, decided.cells.look)
            shares.append(_share(plan, each, plans))
            before, columns = tuple(columns), []
            continue
        found = reported.get(each.name)
        if found is None:
            found = (_headed(decided.named(each.name), each, decided.cells.look),)
        if each.name == LayoutName.TARGET:
            found = (*yearly, *found)
        columns.extend(found)
        shares.extend(_share(column, each, rows, of=len(found)) for column in found)
    lines = max(each.lines for each in layout)
    return _with_widths(KpiColumns(plan, before, tuple(columns), lines=lines), shares, decided)


def _with_widths(columns: KpiColumns, shares: Sequence[Share], decided: _Decided) -> KpiColumns:
    """Return the columns with their widths, those behind the plan below the indicators' heading."""
    widths = tuple(proportions(shares))
    at = len(columns.before)
    above = header_cell(decided.labels.indicators, look=decided.cells.look)
    after = widths[at + 1 :] if columns.plan else widths
    return KpiColumns(
        replace(columns.plan, width=widths[at]) if columns.plan else None,
        tuple(_wide(columns.before, widths)),
        tuple(_wide(under(above, columns.after), after)),
        decided.cells.look,
        decided.owners,
        columns.lines,
    )


def _wide(
    columns: Iterable[Column[IndicatorRow]], widths: Sequence[int]
) -> Iterator[Column[IndicatorRow]]:
    yield from (replace(each, width=width) for each, width in zip(columns, widths, strict=False))


def _headed(column: Column[_Given], stated: LayoutColumn, look: Look) -> Column[_Given]:
    if not stated.header:
        return column
    return replace(column, header=header_cell(*stated.header.split("\n"), look=look))


def _share(
    column: Column[_Given], stated: LayoutColumn, items: Sequence[_Given], of: int = 1
) -> Share:
    """Return the proportion of a column that is one ``of`` those stated together."""
    width = None if stated.width is None else stated.width / of
    return Share(width, needed_by(column.header_cell, map(column.cell, items)))


def _few(items: Sequence[_Given]) -> Sequence[_Given]:
    """Return so many items, from all over, as tell how long texts are."""
    return items[:: -(-len(items) // _MOST_MEASURED) or 1]


# --- the columns --------------------------------------------------------------------


def _course_cell(review: Review, row: IndicatorRow) -> Cell:
    """Return the course over the years, and how far it has come."""
    course = compose_sparkline(review, row.indicator)
    cell = rate_cell(review, review.judgement(row.indicator))
    return replace(cell, content=(course, *cell.content)) if course else cell


def _mark_cell(review: Review, footnotes: Footnotes, row: IndicatorRow) -> Cell:
    sign = footnotes.marks.get(row.indicator.id, "")
    return marks_cell(review, review.judgement(row.indicator), sign)


@dataclass(frozen=True, slots=True)
class _Decided:
    """The columns of what was decided, which both editions have."""

    labels: Labels
    cells: PlanCells
    owners: Owners = NO_OWNERS
    review: Review | None = None  # whose values say more of baselines and targets

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
            if not rows:
                return None
            if self.review:
                return baseline_cell(self.review, row.indicator, rowspan=rows, cells=self.cells)
            return self.cells.baseline(row.indicator, rowspan=rows)

        header = self._header(self.labels.baseline, self.labels.baseline_note)
        return Column(ColumnName.BASELINE, width, header, cell)

    def target(self, width: int) -> Column[IndicatorRow]:
        def cell(row: IndicatorRow) -> Cell:
            if self.review:
                return target_cell(self.review, row.indicator, cells=self.cells)
            return self.cells.target(row.indicator)

        header = self._header(self.labels.target, self.labels.target_note)
        return Column(ColumnName.TARGET, width, header, cell)

    def yearly_target(self, width: int, year: FiscalYear, word: str) -> Column[IndicatorRow]:
        """Return the column of the targets of a year before the targets' own."""

        def cell(row: IndicatorRow) -> Cell:
            found = row.indicator.yearly_target(year)
            return value_cell(found.text if found else NOTHING, self.cells.look)

        header = self._header(word, format_fiscal_year(year))
        return Column(target_key(year), width, header, cell)

    def named(self, name: str) -> Column[IndicatorRow]:
        """Return the column of a layout's name that is of what was decided."""
        match name:
            case LayoutName.INDICATOR:
                return self.indicator(1)
            case LayoutName.BASELINE:
                return self.baseline(1)
            case LayoutName.TARGET:
                return self.target(1)
            case LayoutName.DEPARTMENT:
                return self._beside(name, "所管課", departments_of)
            case LayoutName.PAST:
                return self._value(name, self.labels.past_word, self.labels.past_note)
            case LayoutName.NUMBER | LayoutName.UNIT | LayoutName.DIRECTION:
                return self._value(name, DETAIL_WORDS[LayoutName(name)])
            case _ if name.startswith(OWN):
                return self._beside(
                    name, name.removeprefix(OWN), lambda row: row.details.text(name)
                )
            case _:
                word = DETAIL_WORDS[LayoutName(name)]
                return self._beside(name, word, lambda row: row.details.text(name))

    def _value(self, name: str, word: str, note: str = "") -> Column[IndicatorRow]:
        """Return the column of something short beside an indicator, set in the middle."""

        def cell(row: IndicatorRow) -> Cell:
            return value_cell(row.indicator.details.text(name), self.cells.look)

        return Column(name, 1, self._header(word, note), cell)

    def _beside(
        self, name: str, word: str, text: Callable[[Indicator], str]
    ) -> Column[IndicatorRow]:
        """Return the column of words beside an indicator."""

        def cell(row: IndicatorRow) -> Cell:
            look = self.cells.look
            return Cell((paragraph(text(row.indicator), look.text),), look.name_cell)

        return Column(name, 1, self._header(word), cell)

    def _header(self, name: str, note: str = "") -> Cell:
        look = self.cells.look
        return header_cell(name, *(note_lines(note) if look is DENSE else (note,)), look=look)
