"""The sheet of rolled-up marks among a review's data: plans, what they stand in, goals.

Comes in: a review. Goes out: the sheet as data; of a review that rolls nothing up, nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from kpireport.document.reviews import Review
from kpireport.document.rolled import level_names
from kpireport.document.rolled_words import reason_text
from kpireport.document.texts import one_line
from kpireport.domain.places import Place, all_places
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Mark
from kpireport.evaluation.rollups import Rolled
from kpireport.stages.data_columns import DataColumn, rows_of
from kpireport.writers.xlsx.book import Cell, CellLook, Row, Sheet

ROLLED = "まとめた評価"

_Column: TypeAlias = DataColumn[Place]


def rolled_sheets(review: Review, heading: str) -> Iterator[Sheet]:
    """Yield the sheet, if there are marks to be listed."""
    names = level_names(review)
    if not names:
        return
    columns = tuple(_columns(review, names))
    places = [each for each in all_places(review.catalogue) if each.level.key in names]
    yield Sheet(
        ROLLED,
        tuple(each.width for each in columns),
        (
            Row((Cell(heading, CellLook.TITLE),)),
            *rows_of(columns, places),
        ),
        title_rows=2,
        filter_row=1,
        header=heading,
    )


def _columns(review: Review, names: dict[str, str]) -> Iterator[_Column]:
    def now(place: Place) -> Rolled | None:
        return review.rollup.get(place.id, review.evaluation.fiscal_year)

    def points(place: Place) -> Cell:
        found = now(place)
        return _number(found.points.total if found and found.points else None)

    def most(place: Place) -> Cell:
        found = now(place)
        return _number(found.points.most if found and found.points else None)

    def computed(place: Place) -> Cell:
        found = now(place)
        return Cell(_label(found.computed if found else None))

    def reason(place: Place) -> Cell:
        found = now(place)
        return Cell(reason_text(review, found) if found else None)

    yield DataColumn("階層", 14, lambda place: Cell(names[place.level.key]))
    yield DataColumn("記号", 8, lambda place: Cell(place.id, CellLook.MUTED))
    yield DataColumn("番号", 10, lambda place: Cell(place.label or None))
    yield DataColumn("名前", 36, lambda place: Cell(one_line(place.title)))
    for year in review.years:
        yield _year_column(review, year)
    if any(each.points for each in review.rollup.found):
        yield DataColumn("点数", 8, points)
        yield DataColumn("満点", 8, most)
    if review.rollup.rules.computed:
        yield DataColumn("求めた評価\n（修正の前）", 14, computed)
        yield DataColumn("内訳", 44, reason)


def _year_column(review: Review, year: FiscalYear) -> _Column:
    def cell(place: Place) -> Cell:
        found = review.rollup.get(place.id, year)
        return Cell(_label(found.mark if found else None))

    return DataColumn(f"{review.year_name(year)}\n評価", 14, cell)


def _label(mark: Mark | None) -> str | None:
    return mark.label if mark else None


def _number(number: Fraction | None) -> Cell:
    """Return points as a number; they are decimals that somebody wrote, or sums of these."""
    if number is None:
        return Cell(None, CellLook.NUMBER)
    return Cell(Decimal(number.numerator) / Decimal(number.denominator), CellLook.NUMBER)
