"""What a year was to reach, and how far it came, where tables say it of every year.

Comes in: a review, a measure, a year. Goes out: the year's target as it is written; the rate
(達成率) of its actual.
"""

from __future__ import annotations

from fractions import Fraction

from kpireport.document.reviews import Review
from kpireport.domain.catalogue import Measure, unit_of
from kpireport.domain.target_kinds import HeldAgainst
from kpireport.domain.units import with_unit
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.courses import are_alike
from kpireport.evaluation.rates import achievement_rate


def target_text_in(review: Review, measure_id: str, year: FiscalYear) -> str:
    """Return what is asked for by the end of a year: its own target, or the row's when due.

    Returns:
        The text with its unit; empty where the year has no target.
    """
    form = _form(review, measure_id, year)
    if form is None:
        return ""
    yearly = form.yearly_target(year)
    if yearly:
        return with_unit(yearly.text, unit_of(form))
    is_due = review.catalogue.years.due(form) == year
    return with_unit(form.target.text, unit_of(form)) if is_due else ""


def rate_in(review: Review, measure_id: str, year: FiscalYear) -> Fraction | None:
    """Return the rate of a year's actual to the year's own target; ``None`` without either."""
    form = _form(review, measure_id, year)
    target = _target_in(review, form, year) if form else None
    actual = _actual_in(review, measure_id, year)
    if form is None or target is None or actual is None or not are_alike(actual, target):
        return None
    return achievement_rate(actual.value, target.value, upward=form.target.kind.facts.upward)


def _form(review: Review, measure_id: str, year: FiscalYear) -> Measure | None:
    """Return the row as it was in a year; in one that is to come, as it is now."""
    return review.history.find(measure_id, min(year, review.evaluation.fiscal_year))


def _target_in(review: Review, form: Measure, year: FiscalYear) -> Quantity | None:
    if form.target.kind.facts.held_against is not HeldAgainst.NUMBER:
        return None
    yearly = form.yearly_target(year)
    if yearly:
        return yearly.quantities[0] if yearly.quantities else None
    is_due = review.catalogue.years.due(form) == year
    return form.target.quantities[0] if is_due and form.target.quantities else None


def _actual_in(review: Review, measure_id: str, year: FiscalYear) -> Quantity | None:
    if total := review.running_sum(measure_id, year):
        return total
    entry = review.actuals.find(measure_id, year)
    value = entry.value if entry else None
    return value.quantities[0] if value and value.quantities else None
