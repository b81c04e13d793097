"""Climbing a ladder: which rung of a scheme holds for a standing, and why.

Comes in: a :class:`~kpireport.evaluation.courses.Standing` and a ladder. Goes out: the
key of the mark and the reason as facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from kpireport.evaluation.courses import Standing
from kpireport.evaluation.reasons import (
    AgainstExpected,
    AgainstReference,
    AgainstShare,
    AgainstTarget,
    Comparison,
    Nothing,
    NothingToJudge,
    RateKind,
    Reason,
)
from kpireport.evaluation.schemes import Basis, Rung, Test


def climb(ladder: Sequence[Rung], standing: Standing, basis: Basis) -> tuple[str, Reason]:
    """The mark's key of the first rung that holds, and the reason for it."""
    for index, rung in enumerate(ladder):
        if holds(rung, standing, basis):
            # The last rung asks nothing: the reason is that the one before did not hold.
            decisive = ladder[index - 1] if rung.test is Test.OTHERWISE and index else rung
            return rung.mark, _explain(decisive, standing, basis)
    raise AssertionError("a ladder's last rung always holds")  # schemes see to that


def holds(rung: Rung, standing: Standing, basis: Basis) -> bool:  # noqa: C901 a flat list
    """Whether a rung's test holds; where there is nothing to test, it does not."""
    match rung.test:
        case Test.PASSED:
            return standing.beside_target == 1
        case Test.REACHED:
            return standing.beside_target in (0, 1)
        case Test.OF_EXPECTED:
            _, rate = _rate(standing, basis)
            return _covers(standing, rate, rung.share * _expected(standing))
        case Test.OF_TARGET:
            return _covers(standing, standing.achievement_rate, rung.share)
        case Test.ADVANCED:
            _, rate = _rate(standing, Basis.PROGRESS)
            return rate is not None and rate > 0
        case Test.BEYOND:
            return standing.beside_reference == 1
        case Test.EQUAL:
            return standing.beside_reference == 0
        case Test.WITHIN:
            return _is_within(standing, rung.share)
        case Test.WORSE:
            return standing.beside_reference == -1
        case Test.UNCOMPARED:
            return standing.beside_reference is None
        case Test.OTHERWISE:
            return True
        case _:
            assert_never(rung.test)


def _covers(standing: Standing, rate: Fraction | None, part: Fraction) -> bool:
    """Whether the rate comes up to a part of the target.

    A target may be reached without there being a rate (0件 where at most 10件 are asked
    for): then all of it is covered.
    """
    if rate is None:
        return standing.beside_target in (0, 1) and part <= 1
    return rate >= part


def _rate(standing: Standing, basis: Basis) -> tuple[RateKind, Fraction | None]:
    """The rate that the basis names; 達成率 serves where there is no 進捗率."""
    if basis is Basis.PROGRESS and standing.progress_rate is not None:
        return RateKind.PROGRESS, standing.progress_rate
    return RateKind.ACHIEVEMENT, standing.achievement_rate


def _expected(standing: Standing) -> Fraction:
    """年度の目安; a target that asks for no movement asks for all of itself at any time."""
    return Fraction(1) if standing.expected is None else standing.expected


def _is_within(standing: Standing, tolerance: Fraction) -> bool:
    reference = standing.course.reference
    if reference is None:
        return False
    distance = abs(Fraction(standing.actual.value) - Fraction(reference.value))
    return distance <= tolerance * abs(Fraction(reference.value))


# --- reasons ---------------------------------------------------------------------


def _explain(rung: Rung, standing: Standing, basis: Basis) -> Reason:
    """The comparison that a rung makes, whether it held or not."""
    match rung.test:
        case Test.OF_EXPECTED:
            kind, rate = _rate(standing, basis)
            if rate is not None:
                return AgainstExpected(
                    kind,
                    rate,
                    _expected(standing),
                    rung.share,
                    holds(rung, standing, basis),
                    standing.course.of_year,
                )
        case Test.OF_TARGET:
            if standing.achievement_rate is not None:
                return AgainstShare(
                    standing.achievement_rate,
                    rung.share,
                    holds(rung, standing, basis),
                    standing.course.of_year,
                )
        case Test.BEYOND | Test.EQUAL | Test.WORSE | Test.UNCOMPARED:
            return _against_reference(standing)
        case Test.WITHIN:
            return _against_reference(standing, rung.share)
        case Test.ADVANCED if standing.course.reference and not holds(rung, standing, basis):
            return _against_reference(standing)
        case _:
            pass
    return _against_target(standing, reached=rung.test is Test.REACHED)


def _against_target(standing: Standing, *, reached: bool) -> Reason:
    course, beside = standing.course, standing.beside_target
    if course.target is None or beside is None:
        return _against_reference(standing)
    if reached and beside >= 0:
        comparison = Comparison.AT_LEAST if course.upward else Comparison.AT_MOST
    else:
        comparison = _comparison(beside, upward=course.upward)
    return AgainstTarget(standing.actual, comparison, course.target, course.of_year)


def _against_reference(standing: Standing, tolerance: Fraction | None = None) -> Reason:
    course, beside = standing.course, standing.beside_reference
    if course.reference is None or beside is None:
        return NothingToJudge(Nothing.NO_BASELINE)
    before = Fraction(course.reference.value)
    change = None
    if tolerance is not None and before != 0:
        change = (Fraction(standing.actual.value) - before) / abs(before)
    comparison = _comparison(beside, upward=course.upward)
    return AgainstReference(
        standing.actual, comparison, course.reference, course.reference_kind, tolerance, change
    )


def _comparison(beside: int, *, upward: bool) -> Comparison:
    if beside == 0:
        return Comparison.EQUAL
    return Comparison.ABOVE if (beside > 0) == upward else Comparison.BELOW
