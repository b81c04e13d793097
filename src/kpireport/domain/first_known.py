"""What progress counts from where the plan's year has no value: the first that is known.

Comes in: a measure whose baseline says so, and the actuals. Goes out: the first value.
"""

from __future__ import annotations

from dataclasses import replace

from kpireport.domain.actuals import Actual, Actuals
from kpireport.domain.catalogue import Measure
from kpireport.domain.steps import with_asked_numbers
from kpireport.domain.years import FiscalYear


def first_known(
    measure: Measure, actuals: Actuals, baseline_year: FiscalYear, before: FiscalYear
) -> Actual | None:
    """Find the first actual with a number, of a measure that counts from it.

    Args:
        measure: what is measured.
        actuals: what was reported.
        baseline_year: the plan's year, of which there is no value.
        before: the year that is held against it.

    Returns:
        The actual; ``None`` where none is known before the year, or the plan has a baseline.
    """
    if not measure.baseline.is_first_known:
        return None
    for year in range(baseline_year.year + 1, before.year):
        entry = actuals.find(measure.id, FiscalYear(year))
        if entry and entry.value and entry.value.quantities:
            return entry
    return None


def counted_from(measure: Measure, first: Actual) -> Measure:
    """Return a measure with its first known actual as its baseline.

    A target that is a step from the baseline (1,000歩増加) has its number from then on.
    """
    assert first.value is not None  # noqa: S101 -- it would not have been found
    baseline = replace(measure.baseline, quantities=first.value.quantities)
    return with_asked_numbers(replace(measure, baseline=baseline))
