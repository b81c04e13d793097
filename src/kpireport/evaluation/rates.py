"""The rates of the rules: 達成率, 進捗率, 年度の目安. Exact ratios; 1 is the target.

Comes in: numbers of one unit, and years. Goes out: :class:`~fractions.Fraction`, since
a third of a plan's term has no exact decimal and judgements rest on exact values.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from kpireport.domain.years import FiscalYear


def achievement_rate(actual: Decimal, target: Decimal, *, upward: bool) -> Fraction | None:
    """達成率: actual ÷ target, or target ÷ actual where less is better.

    ``None`` where the ratio would say nothing: over zero, and of negative targets, of
    which missing more would give a higher rate. A target hit exactly is always 1.

    >>> achievement_rate(Decimal(190), Decimal(200), upward=True)
    Fraction(19, 20)
    """
    if actual == target:
        return Fraction(1)
    part, whole = (actual, target) if upward else (target, actual)
    if whole <= 0 or target < 0:
        return None
    return _ratio(part.as_integer_ratio(), whole.as_integer_ratio())


def progress_rate(actual: Decimal, baseline: Decimal, target: Decimal) -> Fraction | None:
    """進捗率: (actual − baseline) ÷ (target − baseline), up or down alike.

    Below 0 where the actual is worse than the baseline, above 1 beyond the target;
    ``None`` where baseline and target are the same.

    >>> progress_rate(Decimal(20), Decimal(13), Decimal(35))
    Fraction(7, 22)
    """
    if target == baseline:
        return None
    return _ratio(_difference(actual, baseline), _difference(target, baseline))


_Exact: TypeAlias = tuple[int, int]  # a number above another; what comes of them is reduced once


def _difference(one: Decimal, other: Decimal) -> _Exact:
    (above, below), (other_above, other_below) = one.as_integer_ratio(), other.as_integer_ratio()
    return above * other_below - other_above * below, below * other_below


def _ratio(part: _Exact, whole: _Exact) -> Fraction:
    return Fraction(part[0] * whole[1], part[1] * whole[0])


def expected_progress(year: FiscalYear, baseline_year: FiscalYear, due: FiscalYear) -> Fraction:
    """年度の目安: the part of the way that an even pace has covered by the end of ``year``.

    0 up to the baseline's year, 1 from the year on in which the target is due.

    >>> expected_progress(FiscalYear(2019), FiscalYear(2018), FiscalYear(2021))
    Fraction(1, 3)
    """
    if year >= due:
        return Fraction(1)
    if year <= baseline_year:
        return Fraction(0)
    return Fraction(year.year - baseline_year.year, due.year - baseline_year.year)
