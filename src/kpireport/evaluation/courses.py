"""What a row of the plan asks (目標の求め方): the way from its baseline to its target.

Comes in: an indicator or numeric target, and the plan's years. Goes out: a
:class:`Course`, the same for every year; and, with a year's actual, a
:class:`Standing`: where on the course that actual stands, in exact rates.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from kpireport.domain.catalogue import Measure
from kpireport.domain.target_kinds import HeldAgainst, KindFacts
from kpireport.domain.units import same_unit
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.rates import achievement_rate, expected_progress, progress_rate
from kpireport.evaluation.reasons import ReferenceKind
from kpireport.evaluation.schemes import Task
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """The years between which a row runs: its baseline's, and the one it is due in."""

    baseline: FiscalYear
    due: FiscalYear


@dataclass(frozen=True, slots=True)
class Course:
    """What one quantity of a row asks.

    Attributes:
        task: what judging it comes to.
        upward: whether more is better.
        target: the number asked for; ``None`` for a direction and for a state.
        reference: what progress counts from, or a direction is taken from: the
            baseline's number, 0 for new things, ``None`` where there is none or where
            it is a year's own (前年度実績).
        reference_kind: what ``reference`` is.
        of_year: the year of ``target`` where that is one of an earlier year than the row's
            own (年度ごとの目標値).
    """

    task: Task
    upward: bool
    target: Quantity | None
    reference: Quantity | None
    reference_kind: ReferenceKind = ReferenceKind.BASELINE
    of_year: FiscalYear | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an actual stands on its course in a year; rates as in :class:`Judgement`.

    ``previous`` is the actual of the year before, where it is known and counts the same;
    ``interim`` the course to the target of the year, or of the next year that has one.
    """

    course: Course
    actual: Quantity
    achievement_rate: Fraction | None
    progress_rate: Fraction | None
    expected: Fraction | None
    previous: Quantity | None = None
    interim: Course | None = None

    def beside_previous(self) -> Standing:
        """The same with the year before in the place of what it is compared with."""
        kind = ReferenceKind.PREVIOUS
        return replace(
            self, course=replace(self.course, reference=self.previous, reference_kind=kind)
        )

    @property
    def improvement(self) -> Fraction | None:
        """By how much the actual is better than the reference, below 0 worse, in its unit."""
        if self.course.reference is None:
            return None
        change = Fraction(self.actual.value) - Fraction(self.course.reference.value)
        return change if self.course.upward else -change

    @property
    def beside_target(self) -> int | None:
        """1 where the actual is beyond the target, 0 on it, −1 short of it."""
        return _beside(self.actual, self.course.target, upward=self.course.upward)

    @property
    def beside_interim(self) -> int | None:
        """1 where the actual is beyond the interim target, 0 on it, −1 short of it."""
        course = self.interim
        return _beside(self.actual, course.target, upward=course.upward) if course else None

    @property
    def beside_reference(self) -> int | None:
        """1 where the actual is better than the reference, 0 the same, −1 worse."""
        return _beside(self.actual, self.course.reference, upward=self.course.upward)


def course_of(measure: Measure) -> Course:
    """What the first quantity of a row asks: the one that is judged."""
    facts = measure.target.kind.facts
    target = _nth(measure.target.quantities, 0)
    baseline = _nth(measure.baseline.quantities, 0)
    match facts.held_against:
        case HeldAgainst.NUMBER:
            return _course_to(facts, target, baseline, from_zero=_is_from_zero(measure))
        case HeldAgainst.BASELINE:
            return Course(Task.DIRECTION, facts.upward, None, baseline)
        case HeldAgainst.PREVIOUS:
            # The baseline is what last year's actual was in the plan's first year.
            return Course(Task.DIRECTION, facts.upward, None, baseline, ReferenceKind.PREVIOUS)
        case HeldAgainst.WORDS:
            return Course(Task.STATE, facts.upward, None, None)
        case HeldAgainst.NOTHING:
            return Course(Task.KEEP, facts.upward, None, None)
        case _:
            assert_never(facts.held_against)


def further_courses(measure: Measure) -> tuple[Course, ...]:
    """What the quantities after the first ask, each beside the baseline's like one."""
    targets = measure.target.quantities[1:]
    baselines = measure.baseline.quantities[1:]
    facts = measure.target.kind.facts
    from_zero = _is_from_zero(measure)
    return tuple(
        _course_to(facts, target, find_like(target, baselines), from_zero=from_zero)
        for target in targets
    )


def _is_from_zero(measure: Measure) -> bool:
    """Whether a row counts from 0: what is new, or adds up (累計)."""
    return measure.target.kind.facts.counts_from_zero or measure.is_cumulative


def _course_to(
    facts: KindFacts, target: Quantity | None, baseline: Quantity | None, *, from_zero: bool
) -> Course:
    """The course to a number: one to approach, or to keep where no movement is asked for."""
    upward = facts.upward
    if target is None:
        return Course(Task.APPROACH, upward, None, None)
    if from_zero:
        # A baseline's number counts something else (基本協定締結１か所 → 導入２か所).
        reference, reference_kind = replace(target, value=Decimal(0)), ReferenceKind.ZERO
    elif baseline is not None and are_alike(baseline, target):
        reference, reference_kind = baseline, ReferenceKind.BASELINE
    else:
        return Course(Task.KEEP if facts.keeps else Task.APPROACH, upward, target, None)
    is_ahead = _beside(target, reference, upward=upward) == 1
    keeps = facts.keeps or not is_ahead
    return Course(Task.KEEP if keeps else Task.APPROACH, upward, target, reference, reference_kind)


def stand(
    course: Course,
    actual: Quantity,
    term: Term,
    year: FiscalYear,
    *,
    previous: Quantity | None = None,
    interim: Course | None = None,
) -> Standing:
    """Where an actual of the same unit stands on its course."""
    target, start = course.target, course.reference
    approaches = course.task is Task.APPROACH
    return Standing(
        course,
        actual,
        achievement_rate=None
        if target is None
        else achievement_rate(actual.value, target.value, upward=course.upward),
        progress_rate=progress_rate(actual.value, start.value, target.value)
        if approaches and target is not None and start is not None
        else None,
        expected=expected_in(course, term, year),
        previous=previous,
        interim=interim,
    )


def expected_in(course: Course, term: Term, year: FiscalYear) -> Fraction | None:
    """年度の目安 of a year; ``None`` where the target asks for no movement."""
    if course.task is not Task.APPROACH:
        return None
    return expected_progress(year, term.baseline, term.due)


def are_alike(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities measure the same: one unit, and no contradicting prefix.

    What was left unwritten contradicts nothing: departments write ``1,700人`` beside
    ``年間2,100人``.
    """
    return _agree(one.prefix, other.prefix) and (
        _agree(one.unit, other.unit) or same_unit(one.unit, other.unit)
    )


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def find_like(wanted: Quantity, among: tuple[Quantity, ...]) -> Quantity | None:
    """The first quantity that measures the same as ``wanted``."""
    return next((each for each in among if are_alike(each, wanted)), None)


def _nth(quantities: tuple[Quantity, ...], index: int) -> Quantity | None:
    return quantities[index] if index < len(quantities) else None


def _beside(one: Quantity, other: Quantity | None, *, upward: bool) -> int | None:
    """1 where ``one`` is ahead of ``other``, 0 level with it, −1 behind it."""
    if other is None:
        return None
    more = (one.value > other.value) - (one.value < other.value)
    return more if upward else -more
