"""The columns of the KPI tables, as the original has them or as the plan lays them out.

Comes in: the plan, or a review. Goes out: the columns of either edition. A column more is
one more value in :func:`plan_columns` or :func:`result_columns`; its width, header, cells
and place go with it. One that a layout may name is one more in :class:`_Decided`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from kpireport.document.answer_columns import laid_out_answers, usual_answers
from kpireport.document.blocks import Cell
from kpireport.document.changes import NO_CHANGES, Changes, Spot, spot_in
from kpireport.document.columns import Column, below_indicators
from kpireport.document.further_marks import further_columns
from kpireport.document.indicator_charts import compose_sparkline, may_have_courses
from kpireport.document.indicator_rows import IndicatorRow
from kpireport.document.laid_out import KpiColumns, laid_out
from kpireport.document.owners import NO_OWNERS, Owners, departments_of, with_owners
from kpireport.document.plan_notes import NO_FOOTNOTES, Footnotes
from kpireport.document.review_cells import (
    baseline_cell,
    course_cell,
    earlier_mark_cell,
    mark_width,
    marks_cell,
    rate_cell,
    rate_header,
    reason_cell,
    target_cell,
)
from kpireport.document.reviews import MOST_YEARS, Review
from kpireport.document.rolled import with_rolled
from kpireport.document.table_cells import (
    AMPLE,
    DENSE,
    NOTHING,
    PlanCells,
    header_cell,
    marked_cell,
    note_lines,
    value_cell,
)
from kpireport.document.year_columns import YearColumns, years_of_targets
from kpireport.domain.catalogue import (
    Catalogue,
    ColumnName,
    Indicator,
    Labels,
    Plan,
    past_labels,
    years_with_targets,
)
from kpireport.domain.layouts import (
    DETAIL_WORDS,
    FURTHER,
    OWN,
    LayoutColumn,
    LayoutName,
    YearsShown,
)
from kpireport.domain.levels import PLAN
from kpireport.domain.places import Place, named_levels
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass

RATE, TREND, MARK = "rate", "trend", "mark"
"""Columns' keys, beside those of ``ColumnName`` and of the years' columns."""
_MOST_AMPLE = 6  # columns with the original's ample cells
_YEARLY_TARGET = 14  # and, in the plan, of values where years have targets of their own


def plan_columns(
    catalogue: Catalogue, changes: Changes = NO_CHANGES, plans: Iterable[Plan] | None = None
) -> KpiColumns:
    """Return the plan edition's columns, in the original's proportions: so its lines break.

    Args:
        catalogue: the plan.
        changes: what was changed in it, which is marked.
        plans: those of the table; all where nothing is said.
    """
    labels, layout = catalogue.labels, catalogue.columns.plan
    shown = catalogue.plans() if plans is None else plans
    years = years_with_targets(each for plan in shown for each in plan.indicators())
    apart = next((each for each in layout if each.name == LayoutName.YEARLY_TARGETS), None)
    if apart:
        years = apart.years((), years, catalogue.years.target)
    has_years = apart or any(each.name == LayoutName.TARGET for each in layout)
    others = len(layout) - bool(apart)
    look = DENSE if others + len(years) * bool(has_years) > _MOST_AMPLE else AMPLE
    has_periods = all(each.name != LayoutName.PERIOD for each in layout)
    cells = PlanCells(changes, look, has_periods=has_periods, former=_former(layout))
    decided = _Decided(catalogue, cells)
    word = apart.header if apart and apart.header else labels.target
    yearly = tuple(decided.yearly_target(_YEARLY_TARGET, year, word) for year in years)
    if apart:
        return laid_out(layout, catalogue, decided, {apart.name: yearly})
    if layout:
        return laid_out(layout, catalogue, decided, {}, yearly)
    value = _YEARLY_TARGET if years else 23
    columns = (decided.indicator(34), decided.baseline(value), *yearly, decided.target(value))
    below = below_indicators(labels, columns, AMPLE)
    return KpiColumns(tuple(below), {0: decided.level(PLAN, 20)}, AMPLE)


def _former(layout: Iterable[LayoutColumn]) -> frozenset[Spot]:
    """Return the cells that have what was first decided below what was revised."""
    return frozenset(Spot(each.name) for each in layout if each.has_former)


def result_columns(review: Review, footnotes: Footnotes = NO_FOOTNOTES) -> KpiColumns:
    """Return the review's columns: the years' actuals stand before the target.

    Args:
        review: the facts and judgements.
        footnotes: the signs at what is explained below the rows.
    """
    if footnotes is NO_FOOTNOTES:  # as in most tables: their widths are found once
        return review.once(_result_columns, None)
    return _result_columns(review, footnotes)


def _result_columns(review: Review, signed: Footnotes | None) -> KpiColumns:
    footnotes, catalogue = signed or NO_FOOTNOTES, review.catalogue
    labels, layout = catalogue.labels, catalogue.columns.review
    names = {each.name for each in layout}
    cells = PlanCells(
        review.changes,
        has_units=LayoutName.UNIT not in names,
        has_periods=LayoutName.PERIOD not in names,
        former=_former(layout),
    )
    owners = NO_OWNERS if LayoutName.DEPARTMENT in names else review.owners
    decided = _Decided(catalogue, cells, owners, review)
    reported = _reported_columns(review, footnotes, layout)
    if layout:
        return laid_out(layout, catalogue, decided, reported)
    columns = (
        decided.indicator(20),
        decided.baseline(11),
        *reported[LayoutName.ACTUALS],
        decided.target(11),
        *reported[LayoutName.RATE],
        *reported[LayoutName.MARK],
        *chain(*(found for name, found in reported.items() if name.startswith(FURTHER))),
        *usual_answers(review),
    )
    return KpiColumns(tuple(below_indicators(labels, columns)), {0: decided.level(PLAN, 10)})


_LAST_YEARS = LayoutColumn(LayoutName.ACTUALS, shown=YearsShown(last=MOST_YEARS))


def _reported_columns(
    review: Review, footnotes: Footnotes, layout: Sequence[LayoutColumn]
) -> Mapping[str, tuple[Column[IndicatorRow], ...]]:
    """Return the columns of what was reported and judged, by their names."""
    headers = {each.name: each.header for each in layout if each.header}
    found = {each.name: each for each in layout}
    mark = headers.get(LayoutName.MARK, "評価")
    is_alone = LayoutName.EARLIER_MARKS in found
    marks = Column(
        MARK, mark_width(review), mark, partial(_mark_cell, review, footnotes, is_alone=is_alone)
    )
    reason = headers.get(LayoutName.REASON, "評価の理由")
    by_year = YearColumns.of(review, footnotes, layout)
    stated = [each for each in layout if each.parts] or [_LAST_YEARS]
    return {
        **{each.name: by_year.of_layout(each) for each in stated},
        LayoutName.RATE: tuple(_rate_columns(review, headers.get(LayoutName.RATE, ""))),
        LayoutName.MARK: (marks,) if review.marks else (),
        **further_columns(review, headers),
        LayoutName.EARLIER_MARKS: tuple(
            _earlier_mark_columns(review, found.get(LayoutName.EARLIER_MARKS))
        ),
        LayoutName.REASON: (_reason_column(review, reason),) if review.scheme.has_rules else (),
        **laid_out_answers(review, layout),
    }


def _earlier_mark_columns(
    review: Review, stated: LayoutColumn | None
) -> Iterator[Column[IndicatorRow]]:
    """Yield the columns of the marks of the years before the report's."""

    def cell(year: FiscalYear, row: IndicatorRow) -> Cell:
        return earlier_mark_cell(review, row.indicator, year)

    if stated is None or not review.marks:
        return
    word = stated.header or ("" if stated.group else "評価")
    for year in stated.years(review.years, (), review.years[-1]):
        header = f"{review.year_name(year)}\n{word}"
        yield Column(f"mark-{year.year}", 6, header, partial(cell, year))


def _reason_column(review: Review, header: str) -> Column[IndicatorRow]:
    """Return the column of the reasons of the marks."""

    def cell(row: IndicatorRow) -> Cell:
        return reason_cell(review, review.judgement(row.indicator))

    return Column(LayoutName.REASON, 20, header, cell)


def _rate_columns(review: Review, header: str) -> Iterator[Column[IndicatorRow]]:
    """Yield the column of the course and the rate, or of what of them there is."""
    if review.scheme.has_rates:
        yield Column(RATE, 8, header or rate_header(review), lambda row: _course_cell(review, row))
    elif may_have_courses(review):
        yield Column(TREND, 8, header or "推移", lambda row: course_cell(review, row.indicator))


# --- the columns --------------------------------------------------------------------


def _course_cell(review: Review, row: IndicatorRow) -> Cell:
    """Return the course over the years, and how far it has come."""
    course = compose_sparkline(review, row.indicator)
    cell = rate_cell(review, review.judgement(row.indicator))
    return replace(cell, content=(course, *cell.content)) if course else cell


def _mark_cell(review: Review, footnotes: Footnotes, row: IndicatorRow, *, is_alone: bool) -> Cell:
    sign = footnotes.marks.get(row.indicator.id, "")
    return marks_cell(review, review.judgement(row.indicator), sign, is_alone=is_alone)


@dataclass(frozen=True, slots=True)
class _Decided:
    """The columns of what was decided, which both editions have."""

    catalogue: Catalogue
    cells: PlanCells
    owners: Owners = NO_OWNERS
    review: Review | None = None  # whose values say more of baselines and targets

    @property
    def labels(self) -> Labels:
        """What the plan calls its columns."""
        return self.catalogue.labels

    def level(self, key: str, width: int) -> Column[Place]:
        """Return the column of the names of a level."""

        def cell(place: Place) -> Cell:
            name = with_owners(self.cells.place(place), self.owners.of_place(place))
            return with_rolled(self.review, name, place)

        return Column(key, width, self._header(named_levels(self.catalogue)[key]), cell)

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
        beside = years_of_targets(self.review) if self.review else ()

        def cell(row: IndicatorRow) -> Cell:
            if self.review:
                return target_cell(self.review, row.indicator, cells=self.cells, beside=beside)
            return self.cells.target(row.indicator)

        header = self._header(self.labels.target, self.labels.target_note)
        return Column(ColumnName.TARGET, width, header, cell)

    def yearly_target(self, width: int, year: FiscalYear, word: str) -> Column[IndicatorRow]:
        """Return the column of the targets of a year before the targets' own."""
        changes, look, spot = self.cells.changes, self.cells.look, spot_in(year)

        def cell(row: IndicatorRow) -> Cell:
            found = row.indicator.yearly_target(year)
            text = found.text if found else NOTHING
            return marked_cell(changes, text, row.indicator.id, spot, look)

        name = self._year(year)
        return Column(spot, width, self._header(word, name), cell, called=f"{name}の{word}")

    def named(self, name: str) -> tuple[Column[IndicatorRow], ...]:
        """Return the columns of a layout's name that is of what was decided."""
        return self._past() if name == LayoutName.PAST else (self._one(name),)

    def _one(self, name: str) -> Column[IndicatorRow]:
        match name:
            case LayoutName.INDICATOR:
                return self.indicator(1)
            case LayoutName.BASELINE:
                return self.baseline(1)
            case LayoutName.TARGET:
                return self.target(1)
            case LayoutName.BASELINE_YEAR:
                return self._short(name, f"基準{self._year_word}", self._baseline_year)
            case LayoutName.DEADLINE:
                return self._short(name, f"目標{self._year_word}", self._deadline)
            case LayoutName.DEPARTMENT:
                return self._beside(name, "所管課", departments_of)
            case LayoutName.CATEGORY:
                return self._beside(name, "区分", self.catalogue.category_label)
            case LayoutName.NUMBER | LayoutName.UNIT | LayoutName.PERIOD | LayoutName.DIRECTION:
                return self._value(name, DETAIL_WORDS[LayoutName(name)])
            case _ if name.startswith(OWN):
                return self._beside(
                    name, name.removeprefix(OWN), lambda row: row.details.text(name)
                )
            case _:
                word = DETAIL_WORDS[LayoutName(name)]
                return self._beside(name, word, lambda row: row.details.text(name))

    def _past(self) -> tuple[Column[IndicatorRow], ...]:
        """Return the columns of the values before the baselines, one for each name."""

        def column(label: str) -> Column[IndicatorRow]:
            def cell(row: IndicatorRow) -> Cell:
                return value_cell(row.indicator.details.past_of(label), self.cells.look)

            if label:
                return Column(f"{LayoutName.PAST}-{label}", 1, self._header(label), cell)
            header = self._header(self.labels.past_word, self.labels.past_note)
            return Column(LayoutName.PAST, 1, header, cell)

        return tuple(map(column, past_labels(self.catalogue.indicators()) or ("",)))

    def _value(self, name: str, word: str, note: str = "") -> Column[IndicatorRow]:
        """Return the column of one of the short texts beside an indicator."""
        return self._short(name, word, lambda row: row.details.text(name), note)

    def _short(
        self, name: str, word: str, text: Callable[[Indicator], str], note: str = ""
    ) -> Column[IndicatorRow]:
        """Return the column of something short beside an indicator, set in the middle."""

        def cell(row: IndicatorRow) -> Cell:
            changes, look = self.cells.changes, self.cells.look
            return marked_cell(changes, text(row.indicator), row.indicator.id, name, look)

        return Column(name, 1, self._header(word, note), cell)

    def _baseline_year(self, indicator: Indicator) -> str:
        """Return of when a baseline is: as the plan prints it, or the fiscal year."""
        baseline = indicator.baseline
        return baseline.as_of or self._year(baseline.year or self.catalogue.years.baseline)

    def _deadline(self, indicator: Indicator) -> str:
        """Return the year that a target is due in; nothing where there is no target."""
        if indicator.target.is_none:
            return NOTHING
        return self._year(self.catalogue.years.due(indicator))

    @property
    def _year_word(self) -> str:
        return self.catalogue.years.target.word

    def _year(self, year: FiscalYear) -> str:
        return (
            self.review.year_name(year) if self.review else self.cells.changes.words.year_name(year)
        )

    def _beside(
        self, name: str, word: str, text: Callable[[Indicator], str]
    ) -> Column[IndicatorRow]:
        """Return the column of words beside an indicator."""

        def cell(row: IndicatorRow) -> Cell:
            look = self.cells.look
            words, id_ = text(row.indicator), row.indicator.id
            return Cell((self.cells.changes.marked(words, look.text, id_, name),), look.name_cell)

        return Column(name, 1, self._header(word), cell)

    def _header(self, name: str, note: str = "") -> Cell:
        look = self.cells.look
        return header_cell(name, *(note_lines(note) if look is DENSE else (note,)), look=look)
