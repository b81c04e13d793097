"""What has come together over the years (累計) of a measure of which each year's own is reported.

Comes in: a measure, the actuals, the years. Goes out: the sum, where every year is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpireport.domain.actuals import Actuals
from kpireport.domain.catalogue import Measure
from kpireport.domain.reporting import lacks_survey
from kpireport.domain.units import same_unit
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear

SUM = "累計"
"""What stands before a sum, unless the target's own words do (延べ)."""

SUM_WORDS = (SUM, "合計", "総数", "計")
"""Words before a number that say that it is a sum."""


def running_sum(
    measure: Measure, actuals: Actuals, baseline_year: FiscalYear, year: FiscalYear
) -> Quantity | None:
    """Add up what was reported for the years after the baseline's, up to ``year``.

    A year of which there is nothing yet (``―``) adds nothing, nor does one without a survey.

    Args:
        measure: what is measured; its first quantity is added up.
        actuals: what was reported.
        baseline_year: the last year that does not count.
        year: the last year that does.

    Returns:
        The sum; ``None`` where a year is not reported, or not in numbers of one unit, and
        where there is nothing to add.
    """
    amounts: list[Quantity] = []
    for each in _years(baseline_year, year):
        entry = actuals.find(measure.id, each)
        if lacks_survey(measure, entry, each):
            continue
        value = entry.value if entry else None
        if value is None or not (value.quantities or value.is_none_yet):
            return None
        amounts += value.quantities[:1]
    if not amounts or any(not _is_alike(each, amounts[-1]) for each in amounts):
        return None
    target = measure.target.quantities[:1]
    return replace(
        amounts[-1],
        value=sum((each.value for each in amounts[1:]), amounts[0].value),
        prefix=next((each.prefix for each in target if each.prefix), SUM),
        approximate=any(each.approximate for each in amounts),
    )


def _years(baseline_year: FiscalYear, last: FiscalYear) -> Iterator[FiscalYear]:
    return map(FiscalYear, range(baseline_year.year + 1, last.year + 1))


def _is_alike(one: Quantity, other: Quantity) -> bool:
    return one.prefix == other.prefix and same_unit(one.unit, other.unit)
