"""The columns of a review that there is one of for each year: its target, its actual, the rate.

Comes in: a review and the columns of its layout. Goes out: columns below their years, or of
years whose rows have a line for each (目標, 実績).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Self, assert_never

from kpireport.document.blocks import Cell, HeaderScope
from kpireport.document.changes import spot_in
from kpireport.document.columns import AnyColumn, Column
from kpireport.document.indicator_rows import IndicatorRow
from kpireport.document.plan_notes import Footnotes
from kpireport.document.review_cells import actual_cell
from kpireport.document.reviews import Review
from kpireport.document.styles import CellStyle
from kpireport.document.table_cells import NOTHING, header_cell, marked_cell, value_cell
from kpireport.document.year_values import rate_in, target_text_in
from kpireport.domain.catalogue import Indicator, unit_of
from kpireport.domain.layouts import ALL_YEARS, LayoutColumn, LayoutName, YearPart
from kpireport.domain.units import without_unit
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass

LINE = "line"
"""The key of the column that says what each line of a row is."""
_WIDE_DIGIT, _LEADING = re.compile("[０-９]"), re.compile("^[０-９]+")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_ALL_YEARS, _WIDEST_YEAR, _NARROWEST_YEAR = 36, 13, 7  # proportions of the years' columns
_LINE_WORD = 6
_ACTUAL = "actual-"
YEARLY_RATE = "rate-"
"""What the keys of the columns of years' rates begin with."""
_CALLED = {
    YearPart.TARGET: "各年度の目標",
    YearPart.ACTUAL: "各年度の実績",
    YearPart.RATE: "各年度の達成率",
}


def actual_key(year: FiscalYear) -> str:
    """Return the key of the column of a year's actuals."""
    return f"{_ACTUAL}{year.year}"


def first_actual_key(columns: Iterable[AnyColumn]) -> str:
    """Return the key of the first column with a year's actuals; empty where there is none."""
    return next((each.key for each in columns if each.key.startswith(_ACTUAL)), "")


def _key(part: YearPart, year: FiscalYear) -> str:
    match part:
        case YearPart.ACTUAL:
            return actual_key(year)
        case YearPart.TARGET:
            return spot_in(year)
        case YearPart.RATE:
            return f"{YEARLY_RATE}{year.year}"
        case _:
            assert_never(part)


def years_of_targets(review: Review) -> frozenset[FiscalYear]:
    """Return the years whose own targets stand in columns of the review's tables."""
    aimed, last = review.catalogue.years_with_targets, review.catalogue.years.target
    return frozenset(
        year
        for column in review.catalogue.layouts.review or ()
        if YearPart.TARGET in column.parts
        for year in column.years(review.years, aimed, last)
    )


@dataclass(frozen=True, slots=True)
class YearColumns:
    """What makes the columns of years.

    Attributes:
        review: whose values they have.
        footnotes: the signs at what is explained below the rows.
        has_unit: whether a column of the table has the unit that values leave out.
        has_aims: whether targets stand apart from the actuals, in columns or on lines.
    """

    review: Review
    footnotes: Footnotes
    has_unit: bool
    has_aims: bool

    @classmethod
    def of(cls, review: Review, footnotes: Footnotes, layout: Sequence[LayoutColumn]) -> Self:
        """Return the maker of the columns of a layout."""
        has_unit = any(each.name == LayoutName.UNIT for each in layout)
        return cls(review, footnotes, has_unit, targets_stand_apart(layout))

    def of_layout(self, stated: LayoutColumn) -> tuple[Column[IndicatorRow], ...]:
        """Return the columns that a name of the layout stands for."""
        plan = self.review.catalogue
        aimed = plan.years_with_targets
        years = stated.years(self.review.years, aimed, plan.years.target)
        if stated.lines > 1:
            return tuple(self._lines(stated, years))
        if stated.name == LayoutName.YEARS:
            return tuple(self._below(stated, part, year) for year in years for part in stated.parts)
        return tuple(self._of_year(stated, stated.parts[0], year) for year in years)

    def _of_year(
        self, stated: LayoutColumn, part: YearPart, year: FiscalYear
    ) -> Column[IndicatorRow]:
        """Return a year's column of one part, the year above what it is."""
        word = stated.header or ("" if stated.group else ALL_YEARS.word(part))
        if part is YearPart.ACTUAL and self._has_aim(year):
            word = f"目標・{word or ALL_YEARS.word(part)}"
        return Column(
            _key(part, year),
            max(_NARROWEST_YEAR, min(_WIDEST_YEAR, _ALL_YEARS // len(self.review.years))),
            f"{self.review.year_name(year)}\n{word}",
            partial(self._cell, part, year),
            called=self.review.words.dated(_CALLED[part]),
        )

    def _has_aim(self, year: FiscalYear) -> bool:
        return not self.has_aims and self.review.has_yearly_targets(year)

    def _below(
        self, stated: LayoutColumn, part: YearPart, year: FiscalYear
    ) -> Column[IndicatorRow]:
        """Return the column of a part, with the year above all of the year's parts."""
        return Column(
            _key(part, year),
            _NARROWEST_YEAR,
            stated.shown.word(part),
            partial(self._cell, part, year),
            above=(header_cell(self.review.year_name(year)),),
            called=self.review.words.dated(_CALLED[part]),
        )

    def _lines(
        self, stated: LayoutColumn, years: Sequence[FiscalYear]
    ) -> Iterator[Column[IndicatorRow]]:
        """Yield the column that says what each line is, and the years'."""

        def word(row: IndicatorRow) -> Cell:
            named = value_cell(stated.shown.word(stated.parts[row.line]))
            return replace(named, scope=HeaderScope.ROW)

        def cell(year: FiscalYear, row: IndicatorRow) -> Cell:
            return self._cell(stated.parts[row.line], year, row)

        first, *_ = stated.parts
        yield Column(LINE, _LINE_WORD, "区分", word, called="区分", has_lines=True)
        for year in years:
            yield Column(
                _key(YearPart.ACTUAL if YearPart.ACTUAL in stated.parts else first, year),
                _NARROWEST_YEAR,
                self.review.year_name(year),
                partial(cell, year),
                called=f"各{self.review.words.year}の"
                + "と".join(map(stated.shown.word, stated.parts)),
                has_lines=True,
            )

    def _cell(self, part: YearPart, year: FiscalYear, row: IndicatorRow) -> Cell:
        match part:
            case YearPart.TARGET:
                return self._target(year, row.indicator)
            case YearPart.ACTUAL:
                return self._actual(year, row.indicator)
            case YearPart.RATE:
                if year > self.review.evaluation.fiscal_year:
                    return Cell((), CellStyle.DENSE)
                rate = rate_in(self.review, row.indicator.id, year)
                return value_cell(self.review.rate_text(rate))
            case _:
                assert_never(part)

    def _target(self, year: FiscalYear, indicator: Indicator) -> Cell:
        text = target_text_in(self.review, indicator.id, year)
        written = self._written(indicator, text) or NOTHING
        return marked_cell(self.review.changes, written, indicator.id, spot_in(year))

    def _actual(self, year: FiscalYear, indicator: Indicator) -> Cell:
        """Return a year's actual; nothing stands in a year that is to come."""
        reported = self.review.evaluation.fiscal_year
        if year > reported:
            return Cell((), CellStyle.DENSE)
        return actual_cell(
            self.review,
            indicator.id,
            year,
            sign=self.footnotes.actuals.get(indicator.id, "") if year == reported else "",
            written=partial(self._written, indicator),
            has_aim=not self.has_aims,
        )

    def _written(self, indicator: Indicator, text: str) -> str:
        return _beside_unit(indicator, text) if self.has_unit else text


def targets_stand_apart(layout: Sequence[LayoutColumn]) -> bool:
    """Whether a layout has the years' targets in columns or on lines of their own."""
    return any(YearPart.TARGET in each.parts for each in layout)


def _beside_unit(indicator: Indicator, text: str) -> str:
    """Return an actual as the plan writes its own values, the unit being in its column."""
    unit = unit_of(indicator)
    if not unit:
        return text
    number = without_unit(text, unit)
    has_wide = _WIDE_DIGIT.search(indicator.baseline.text + indicator.target.text)
    if has_wide or number == text:
        return number
    return _LEADING.sub(lambda match: match[0].translate(_NARROW), number)
