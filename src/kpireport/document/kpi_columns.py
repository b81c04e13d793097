"""The columns of the KPI tables, as the original has them or as the plan lays them out.

Comes in: the plan, or a review. Goes out: the columns of either edition. A column more is
one more value in :func:`plan_columns` or :func:`result_columns`; its width, header, cells
and place go with it. One that a layout may name is one more in :class:`_Decided`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from kpireport.document.blocks import Cell
from kpireport.document.changes import NO_CHANGES, Changes
from kpireport.document.columns import AnyColumn, Column, under
from kpireport.document.content_widths import Share, needed_by, proportions
from kpireport.document.indicator_charts import compose_sparkline, may_have_courses
from kpireport.document.owners import NO_OWNERS, Owners, departments_of, with_owners
from kpireport.document.plan_notes import NO_FOOTNOTES, Footnotes
from kpireport.document.review_cells import (
    actual_cell,
    baseline_cell,
    course_cell,
    marks_cell,
    rate_cell,
    rate_header,
    target_cell,
)
from kpireport.document.reviews import Review
from kpireport.document.rolled import with_rolled
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
from kpireport.domain.catalogue import Catalogue, ColumnName, Indicator, Labels, Plan
from kpireport.domain.layouts import DETAIL_WORDS, OWN, LayoutColumn, LayoutName
from kpireport.domain.levels import PLAN
from kpireport.domain.places import Place, named_levels, places_at
from kpireport.domain.units import without_unit
from kpireport.domain.years import FiscalYear, format_fiscal_year

RATE, TREND, MARK = "rate", "trend", "mark"
"""Columns' keys, beside those of ``ColumnName`` and :func:`actual_key`."""
_Given = TypeVar("_Given")
_WIDE_DIGIT, _LEADING = re.compile("[０-９]"), re.compile("^[０-９]+")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_MOST_AMPLE = 6  # columns with the original's ample cells
_MOST_MEASURED = 300  # rows by which widths are found
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


@dataclass(frozen=True, slots=True)
class KpiColumns:
    """The columns from left to right.

    Attributes:
        rows: those that tell of an indicator.
        levels: those of the names of goals, sections and plans, each beside all rows of its
            own, by their places among all columns. A level without one has its names in rows
            across the table.
        look: of all cells.
        owners: who is responsible, where names say it.
    """

    rows: tuple[Column[IndicatorRow], ...]
    levels: Mapping[int, Column[Place]]
    look: Look = DENSE
    owners: Owners = NO_OWNERS

    @property
    def all(self) -> tuple[AnyColumn, ...]:
        """All columns."""
        rows: Iterator[AnyColumn] = iter(self.rows)
        count = len(self.rows) + len(self.levels)
        return tuple(self.levels.get(at) or next(rows) for at in range(count))

    @property
    def places(self) -> tuple[int, ...]:
        """Where the columns stand that tell of an indicator."""
        count = len(self.rows) + len(self.levels)
        return tuple(at for at in range(count) if at not in self.levels)

    def level(self, key: str) -> tuple[int, Column[Place]] | None:
        """The column of a level, with where it stands; ``None`` where it has none."""
        return next((found for found in self.levels.items() if found[1].key == key), None)

    def has(self, key: str) -> bool:
        """Tell whether there is such a column."""
        return any(each.key == key for each in self.all)


def _years_with_targets(plans: Iterable[Plan]) -> tuple[FiscalYear, ...]:
    """Return the years before the targets' own that any indicator has a target for."""
    indicators = (each for plan in plans for each in plan.indicators())
    return tuple(sorted({aim.fiscal_year for each in indicators for aim in each.yearly_targets}))


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
    years = _years_with_targets(catalogue.plans() if plans is None else plans)
    has_target = any(each.name == LayoutName.TARGET for each in layout)
    look = DENSE if len(layout) + has_target * len(years) > _MOST_AMPLE else AMPLE
    decided = _Decided(labels, PlanCells(changes, look), called=named_levels(catalogue))
    yearly = tuple(decided.yearly_target(_YEARLY_TARGET, year) for year in years)
    if layout:
        return _laid_out(layout, catalogue, decided, {}, yearly)
    value = _YEARLY_TARGET if years else 23
    columns = (decided.indicator(34), decided.baseline(value), *yearly, decided.target(value))
    above = header_cell(labels.indicators, look=AMPLE)
    return KpiColumns(tuple(under(above, columns)), {0: decided.level(PLAN, 20)}, AMPLE)


def result_columns(review: Review, footnotes: Footnotes = NO_FOOTNOTES) -> KpiColumns:
    """Return the review's columns: the years' actuals stand before the target.

    Args:
        review: the facts and judgements.
        footnotes: the signs at what is explained below the rows.
    """
    catalogue = review.catalogue
    labels, layout = catalogue.labels, catalogue.columns.review
    names = {each.name for each in layout}
    cells = PlanCells(review.changes, has_units=LayoutName.UNIT not in names)
    owners = NO_OWNERS if LayoutName.DEPARTMENT in names else review.owners
    decided = _Decided(labels, cells, owners, review, called=named_levels(catalogue))
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
    above = header_cell(labels.indicators)
    return KpiColumns(tuple(under(above, columns)), {0: decided.level(PLAN, 10)})


def _reported_columns(
    review: Review, footnotes: Footnotes, layout: Sequence[LayoutColumn]
) -> Mapping[str, tuple[Column[IndicatorRow], ...]]:
    """Return the columns of what was reported and judged, by their names."""
    headers = {each.name: each.header for each in layout if each.header}
    word = headers.get(LayoutName.ACTUALS, "実績")
    has_unit = any(each.name == LayoutName.UNIT for each in layout)
    mark = headers.get(LayoutName.MARK, "評価")
    marks = Column(MARK, 6, mark, partial(_mark_cell, review, footnotes))
    return {
        LayoutName.ACTUALS: tuple(
            _actual_column(
                review, year, footnotes, _with_aim(review, year, word), has_unit=has_unit
            )
            for year in review.years
        ),
        LayoutName.RATE: tuple(_rate_columns(review, headers.get(LayoutName.RATE, ""))),
        LayoutName.MARK: (marks,) if review.marks else (),
    }


def _with_aim(review: Review, year: FiscalYear, word: str) -> str:
    """Return the heading of a year's actuals, which may have their own targets above them."""
    return f"目標・{word}" if review.has_yearly_targets(year) else word


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
    levels: dict[int, Column[Place]] = {}
    columns: list[Column[IndicatorRow]] = []
    shares: list[Share] = []
    for each in layout:
        if each.name in decided.called:
            level = _headed(decided.level(each.name, 1), each, decided.cells.look)
            shares.append(_share(level, each, _few(list(places_at(catalogue, each.name)))))
            levels[len(levels) + len(columns)] = level
            continue
        found = reported.get(each.name)
        if found is None:
            found = (_headed(decided.named(each.name), each, decided.cells.look),)
        if each.name == LayoutName.TARGET:
            found = (*yearly, *found)
        columns.extend(found)
        shares.extend(_share(column, each, rows, of=len(found)) for column in found)
    return _with_widths(KpiColumns(tuple(columns), levels), shares, decided)


def _with_widths(columns: KpiColumns, shares: Sequence[Share], decided: _Decided) -> KpiColumns:
    """Return the columns with their widths, those behind the plan below the indicators' heading."""
    widths = tuple(proportions(shares))
    above = header_cell(decided.labels.indicators, look=decided.cells.look)
    last = max(columns.levels, default=-1)
    rows = (
        replace(each, width=widths[at], above=above if at > last else None)
        for at, each in zip(columns.places, columns.rows, strict=True)
    )
    levels = {at: replace(each, width=widths[at]) for at, each in columns.levels.items()}
    return KpiColumns(tuple(rows), levels, decided.cells.look, decided.owners)


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


def actual_key(year: FiscalYear) -> str:
    """Return the key of the column of a year's actuals."""
    return f"actual-{year.year}"


def _actual_column(
    review: Review, year: FiscalYear, footnotes: Footnotes, word: str, *, has_unit: bool
) -> Column[IndicatorRow]:
    """Return the column of a year's actuals, without the unit that has a column of its own."""
    signs = footnotes.actuals if year == review.evaluation.fiscal_year else {}

    def cell(row: IndicatorRow) -> Cell:
        sign = signs.get(row.indicator.id, "")
        written = partial(_beside_unit, row.indicator) if has_unit else str
        return actual_cell(review, row.indicator.id, year, sign=sign, written=written)

    return Column(
        actual_key(year),
        max(_NARROWEST_YEAR, min(_WIDEST_YEAR, _ALL_YEARS // len(review.years))),
        f"{review.year_name(year)}\n{word}",
        cell,
        called="各年度の実績",
    )


def _beside_unit(indicator: Indicator, text: str) -> str:
    """Return an actual as the plan writes its own values, the unit being in its column."""
    if not indicator.details.unit:
        return text
    number = without_unit(text, indicator.details.unit)
    has_wide = _WIDE_DIGIT.search(indicator.baseline.text + indicator.target.text)
    if has_wide or number == text:
        return number
    return _LEADING.sub(lambda match: match[0].translate(_NARROW), number)


@dataclass(frozen=True, slots=True)
class _Decided:
    """The columns of what was decided, which both editions have."""

    labels: Labels
    cells: PlanCells
    owners: Owners = NO_OWNERS
    review: Review | None = None  # whose values say more of baselines and targets
    called: Mapping[str, str] = field(default_factory=dict)  # the levels, by their keys

    def level(self, key: str, width: int) -> Column[Place]:
        """Return the column of the names of a level."""

        def cell(place: Place) -> Cell:
            name = with_owners(self.cells.place(place), self.owners.of_place(place))
            return with_rolled(self.review, name, place)

        return Column(key, width, self._header(self.called[key]), cell)

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

    def yearly_target(self, width: int, year: FiscalYear) -> Column[IndicatorRow]:
        """Return the column of the targets of a year before the targets' own."""

        def cell(row: IndicatorRow) -> Cell:
            found = row.indicator.yearly_target(year)
            return value_cell(found.text if found else NOTHING, self.cells.look)

        header = self._header(self.labels.target, format_fiscal_year(year))
        return Column(f"target-{year.year}", width, header, cell)

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
