"""Climbing a ladder: which rung of a scheme holds for a standing, and why.

Comes in: a :class:`~kpireport.evaluation.courses.Standing` and a ladder. Goes out: the
key of the mark and the reason as facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from kpireport.evaluation.courses import Course, Standing
from kpireport.evaluation.reasons import (
    AgainstChange,
    AgainstExpected,
    AgainstReference,
    AgainstShare,
    AgainstTarget,
    Comparison,
    Nothing,
    NothingToJudge,
    RateKind,
    Reason,
    ReferenceKind,
)
from kpireport.evaluation.schemes import COMPARISONS, IN_POINTS, Basis, Rung, Test, Versus


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
    standing = _compared(rung, standing)
    match rung.test:
        case Test.PASSED:
            return standing.beside_target == 1
        case Test.REACHED:
            return standing.beside_target in (0, 1)
        case Test.INTERIM:
            return standing.beside_interim in (0, 1)
        case Test.OF_EXPECTED:
            _, rate = _rate(standing, basis)
            part = rung.share * _expected(standing)
            if not part and rung.share > 1:  # to be where nothing is expected is as planned
                rung = replace(rung, is_strict=True)
            return _covers(standing, rate, part, rung)
        case Test.OF_TARGET:
            return _covers(standing, _rate(standing, Basis.ACHIEVEMENT)[1], rung.share, rung)
        case Test.OF_WAY:
            return _covers(standing, _rate(standing, Basis.PROGRESS)[1], rung.share, rung)
        case Test.ADVANCED:
            _, rate = _rate(standing, Basis.PROGRESS)
            return rate is not None and rate > 0
        case Test.BEYOND:
            return standing.beside_reference == 1
        case Test.EQUAL:
            return standing.beside_reference == 0
        case Test.WITHIN | Test.WITHIN_POINTS:
            return _is_within(standing, rung)
        case Test.CHANGED | Test.CHANGED_POINTS:
            return _has_changed(standing, rung)
        case Test.WORSE:
            return standing.beside_reference == -1
        case Test.UNCOMPARED:
            return standing.beside_reference is None
        case Test.OTHERWISE:
            return True
        case _:
            assert_never(rung.test)


def _compared(rung: Rung, standing: Standing) -> Standing:
    """The standing beside what a rung compares with."""
    is_previous = rung.test in COMPARISONS and rung.versus is Versus.PREVIOUS
    return standing.beside_previous() if is_previous else standing


def _covers(standing: Standing, rate: Fraction | None, part: Fraction, rung: Rung) -> bool:
    """Whether the rate comes up to a part of the target, or is more than it.

    A target may be reached without there being a rate (0件 where at most 10件 are asked
    for, of which any rate would be too little): then all of it is covered.
    """
    if rate is None:
        beside, target = standing.beside_target, standing.course.target
        if beside == 1 and target and target.value > 0:
            return True
        is_more = rung.is_strict and part == 1
        return part <= 1 and (beside == 1 if is_more else beside in (0, 1))
    return rate > part if rung.is_strict else rate >= part


def _rate(standing: Standing, basis: Basis) -> tuple[RateKind, Fraction | None]:
    """The rate that the basis names; 達成率 serves where there is no 進捗率.

    Of a target at or below nought 達成率 says nothing (△100人 of △212人; 5件 of 0件): the way
    from the baseline serves.
    """
    target = standing.course.target
    says_nothing = target is not None and target.value <= 0
    if standing.progress_rate is not None and (basis is Basis.PROGRESS or says_nothing):
        return RateKind.PROGRESS, standing.progress_rate
    return RateKind.ACHIEVEMENT, standing.achievement_rate


def _expected(standing: Standing) -> Fraction:
    """年度の目安; a target that asks for no movement asks for all of itself at any time."""
    return Fraction(1) if standing.expected is None else standing.expected


def _is_within(standing: Standing, rung: Rung) -> bool:
    better, whole = standing.improvement, _whole(standing, rung)
    if better is None:
        return False
    most = rung.share * whole
    if better == 0:  # also of nothing, of which any share is nothing
        return True
    return abs(better) < most if rung.is_strict else abs(better) <= most


def _has_changed(standing: Standing, rung: Rung) -> bool:
    better, least = standing.improvement, rung.share * _whole(standing, rung)
    if better == 0:  # also of nothing, of which any share is nothing
        better, least = Fraction(0), rung.share
    if better is None:
        return False
    return better > least if rung.is_strict else better >= least


_PERCENTAGES = ("％", "‰", "ポイント", "点")


def counts_points(standing: Standing, rung: Rung) -> bool:
    """Whether a rung speaks of points: it may, and the value is one in ％ or 点."""
    return rung.test in IN_POINTS and standing.actual.unit in _PERCENTAGES


def _whole(standing: Standing, rung: Rung) -> Fraction:
    """What a share of a difference is a share of: the value, or a hundred points."""
    if counts_points(standing, rung):
        return Fraction(100)
    reference = standing.course.reference
    return abs(Fraction(reference.value)) if reference else Fraction(0)


# --- reasons ---------------------------------------------------------------------


def _explain(rung: Rung, standing: Standing, basis: Basis) -> Reason:
    """The comparison that a rung makes, whether it held or not."""
    standing = _compared(rung, standing)
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
                    rung.is_strict,
                )
        case Test.OF_TARGET | Test.OF_WAY:
            asked = Basis.PROGRESS if rung.test is Test.OF_WAY else Basis.ACHIEVEMENT
            kind, rate = _rate(standing, asked)
            if rate is not None:
                does = holds(rung, standing, basis)
                of_year = standing.course.of_year
                return AgainstShare(rate, rung.share, does, of_year, kind, rung.is_strict)
        case Test.BEYOND | Test.EQUAL | Test.WORSE | Test.UNCOMPARED:
            return _against_reference(standing)
        case Test.WITHIN | Test.WITHIN_POINTS:
            return _against_reference(standing, rung)
        case Test.CHANGED | Test.CHANGED_POINTS:
            return _against_change(standing, rung)
        case Test.ADVANCED if standing.course.reference and not holds(rung, standing, basis):
            return _against_reference(standing)
        case Test.INTERIM if standing.interim:
            return _against_target(replace(standing, course=standing.interim), reached=True)
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


def _against_reference(standing: Standing, rung: Rung | None = None) -> Reason:
    course, beside = standing.course, standing.beside_reference
    if course.reference is None or beside is None:
        return NothingToJudge(_nothing_beside(course))
    comparison = _comparison(beside, upward=course.upward)
    reason = AgainstReference(standing.actual, comparison, course.reference, course.reference_kind)
    if rung is None:
        return reason
    whole = _whole(standing, rung)
    difference = Fraction(standing.actual.value) - Fraction(course.reference.value)
    return replace(
        reason,
        tolerance=rung.share,
        change=difference / whole if whole else None,
        in_points=counts_points(standing, rung),
        is_strict=rung.is_strict,
    )


def _against_change(standing: Standing, rung: Rung) -> Reason:
    course, better, whole = standing.course, standing.improvement, _whole(standing, rung)
    if course.reference is None or better is None:
        return NothingToJudge(_nothing_beside(course))
    if not whole:  # from nothing, no change is a share of anything
        return _against_reference(standing)
    return AgainstChange(
        standing.actual,
        course.reference,
        course.reference_kind,
        better / whole,
        rung.share,
        _has_changed(standing, rung),
        counts_points(standing, rung),
        rung.is_strict,
    )


def _nothing_beside(course: Course) -> Nothing:
    is_previous = course.reference_kind is ReferenceKind.PREVIOUS
    return Nothing.NO_PREVIOUS if is_previous else Nothing.NO_BASELINE


def _comparison(beside: int, *, upward: bool) -> Comparison:
    if beside == 0:
        return Comparison.EQUAL
    return Comparison.ABOVE if (beside > 0) == upward else Comparison.BELOW
