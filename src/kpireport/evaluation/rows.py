"""The rows that are judged, each as a year is held against it.

Comes in: the plan's history. Goes out: rows with their courses and terms, to the judging.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from kpireport.domain.actuals import Actuals
from kpireport.domain.catalogue import Catalogue, Measure, PlanYears
from kpireport.domain.first_known import counted_from, first_known
from kpireport.domain.histories import History
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.courses import Course, Term, course_of, further_courses
from kpireport.evaluation.reasons import ReferenceKind
from kpireport.evaluation.schemes import Against
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator or numeric target with all that is the same in every year."""

    measure: Measure
    term: Term
    course: Course
    further: tuple[Course, ...]


def years_to_judge(
    catalogue: Catalogue, fiscal_year: FiscalYear, actuals: Actuals
) -> tuple[FiscalYear, ...]:
    """The years after the baseline's up to the report's; the report's own in any case.

    Those before the first that anything is said of are none: nobody was asked in them, as
    between a survey before the plan and its beginning.
    """
    after = catalogue.years.baseline.next
    first = min(max(after, actuals.first_year or after), fiscal_year).year
    return tuple(replace(fiscal_year, year=each) for each in range(first, fiscal_year.year + 1))


def rows_by_year(
    history: History, years: Sequence[FiscalYear]
) -> Iterator[tuple[tuple[FiscalYear, Row], ...]]:
    """All that is judged, each with the row that it was in every year that it was in force.

    In printed order of the last year: a goal's numeric targets, then its indicators; then
    what was ended before. Years of one form have the same row.
    """
    now = [each.id for each in history.in_force(years[-1]).measures()]
    for id_ in dict.fromkeys((*now, *history.ids())):
        rows: list[tuple[FiscalYear, Row]] = []
        for year in years:
            measure = history.find(id_, year)
            if measure is None:
                continue
            is_new = not rows or rows[-1][1].measure is not measure
            rows.append((year, _planned(measure, history.decided.years) if is_new else rows[-1][1]))
        yield tuple(rows)


def row_of_year(history: History, measure_id: str, year: FiscalYear) -> Row | None:
    """A row as it was in one year; ``None`` where it was not in force."""
    measure = history.find(measure_id, year)
    return _planned(measure, history.decided.years) if measure else None


def _planned(measure: Measure, years: PlanYears) -> Row:
    """A row in the plan's own years."""
    return row_of(measure, years.baseline, years.due(measure))


def row_of(measure: Measure, baseline_year: FiscalYear, target_year: FiscalYear) -> Row:
    """A row with its course and its term; years of its own come before the plan's."""
    term = Term(measure.baseline.year or baseline_year, measure.target.deadline or target_year)
    return Row(measure, term, course_of(measure), further_courses(measure))


def row_in(row: Row, year: FiscalYear, against: Against) -> Row:
    """The row as a year is held against it: with the target that decides in the year.

    That is the year's own, or the one that is due next (中間目標), of which the year has its
    share of the way from the baseline. After the last of them it is the row's target.
    """
    match against:
        case Against.FINAL:
            return row
        case Against.YEARLY:
            return _row_of_year(row, year)
        case _:
            assert_never(against)


def _row_of_year(row: Row, year: FiscalYear) -> Row:
    found = row.measure.next_yearly_target(year)
    is_open = row.course.target is None and not row.measure.baseline.is_first_known
    if found is None or is_open:
        return row
    target = replace(row.measure.target, text=found.text, quantities=found.quantities, step=None)
    measure = replace(row.measure, target=target)
    due = found.fiscal_year
    course, *further = (
        replace(each, of_year=due) for each in (course_of(measure), *further_courses(measure))
    )
    return Row(measure, replace(row.term, due=due), course, tuple(further))


def interim_course(row: Row, year: FiscalYear) -> Course | None:
    """The course to the target of a year, or of the next that has one; ``None`` after the last."""
    course = _row_of_year(row, year).course
    return course if course.of_year else None


def from_first_known(row: Row, actuals: Actuals, year: FiscalYear) -> Row:
    """The row counted from the first known actual, where its baseline says so (最初の実績)."""
    first = first_known(row.measure, actuals, row.term.baseline, year)
    if first is None:
        return row
    measure = counted_from(row.measure, first)
    course, *further = (
        replace(
            each,
            of_year=row.course.of_year,
            reference_kind=ReferenceKind.FIRST
            if each.reference_kind is ReferenceKind.BASELINE
            else each.reference_kind,
        )
        for each in (course_of(measure), *further_courses(measure))
    )
    return Row(row.measure, replace(row.term, baseline=first.fiscal_year), course, tuple(further))
