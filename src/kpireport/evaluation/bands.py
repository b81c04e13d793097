"""Bands of a measured rate (80％以上はＡ …): what planners think in, as ladders.

Comes in: what is measured, and bands from the best down. Goes out: the ladder of targets
to move to, and what follows from it where a scheme says no more: the ladder of targets to
hold, that of directions, the marks of states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction

from kpireport.domain.actuals import ReportedState
from kpireport.evaluation.schemes import (
    COMPARISONS,
    LEVELS,
    RATES,
    Against,
    Mark,
    MarkLevel,
    Rung,
    Test,
    Versus,
    unreachable,
)
from kpireport.quickly import dataclass


class Measured(StrEnum):
    """What bands are of."""

    TARGET = "target"  # 達成率
    INTERIM = "interim"  # 達成率 of the year's own target, or the one that is due next
    EXPECTED = "expected"  # the rate as a part of 年度の目安
    PROGRESS = "progress"  # 進捗率, whatever is expected by then
    BASELINE = "baseline"  # by how much it is better than the baseline
    PREVIOUS = "previous"  # by how much it is better than the year before


CHANGES_OF = frozenset({Measured.BASELINE, Measured.PREVIOUS})
"""What may be measured in points, and may be below 0."""

_TESTS = {
    Measured.TARGET: Test.OF_TARGET,
    Measured.INTERIM: Test.OF_TARGET,
    Measured.EXPECTED: Test.OF_EXPECTED,
    Measured.PROGRESS: Test.OF_WAY,
}


@dataclass(frozen=True, slots=True)
class Band:
    """A band: the key of its mark, and from where on it is given.

    ``least`` is a ratio; ``None`` for the last, which has all that is left. ``is_strict``
    where ``least`` itself is none of it.
    """

    mark: str
    least: Fraction | None = None
    is_strict: bool = False


def against_of(measured: Measured) -> Against:
    """The target that a year is held against."""
    return Against.YEARLY if measured is Measured.INTERIM else Against.FINAL


def ladder_of(
    measured: Measured, bands: Iterable[Band], unjudged: str, *, in_points: bool = False
) -> tuple[Rung, ...]:
    """The ladder of bands; ``unjudged`` is the mark where there is nothing to compare with."""
    return tuple(_rungs(measured, bands, unjudged, in_points=in_points))


def _rungs(
    measured: Measured, bands: Iterable[Band], unjudged: str, *, in_points: bool
) -> Iterator[Rung]:
    changed = Test.CHANGED_POINTS if in_points else Test.CHANGED
    test = _TESTS.get(measured, changed)
    versus = Versus.PREVIOUS if measured is Measured.PREVIOUS else Versus.BASELINE
    if measured in CHANGES_OF:
        yield Rung(Test.UNCOMPARED, unjudged, versus=versus)
    for band in bands:
        if band.least is None:
            yield Rung(Test.OTHERWISE, band.mark)
        else:
            yield Rung(test, band.mark, band.least, band.is_strict, versus)


# --- what follows where a scheme says no more -------------------------------------


def keep_of(approach: Sequence[Rung], marks: Sequence[Mark]) -> tuple[Rung, ...]:
    """The ladder of targets to hold: as that of targets to move to, as far as that applies.

    There is no way to go, so that a part of it is one of the target. To be below the baseline
    is no fault, unless changes from it are all that is judged.
    """
    best = Rung(Test.REACHED, nearest(marks, MarkLevel.REACHED).key)
    if any(rung.test in COMPARISONS - {Test.WORSE} for rung in approach):
        paces = (Test.ADVANCED, Test.OF_EXPECTED, Test.OF_WAY)
        left = [rung for rung in approach if rung.test not in (*paces, Test.REACHED)]
        return (best, *left)
    left = [
        replace(rung, test=Test.OF_TARGET) if rung.test in RATES else rung
        for rung in approach
        if rung.test not in (Test.WORSE, Test.ADVANCED)
    ]
    if any(rung.test is Test.REACHED for rung in left):  # which is all of the target
        left = [rung for rung in left if rung.test is not Test.OF_TARGET or rung.share < 1]
    rungs = tuple(left) if len(left) > 1 else (best, *left)
    return tuple(rung for rung in rungs if rung not in tuple(unreachable(rungs)))


def direction_of(marks: Sequence[Mark]) -> tuple[Rung, ...]:
    """The ladder of directions: beyond the reference is all that is asked for."""
    return (
        Rung(Test.BEYOND, nearest(marks, MarkLevel.REACHED).key),
        Rung(Test.EQUAL, nearest(marks, MarkLevel.BEHIND).key),
        Rung(Test.OTHERWISE, nearest(marks, MarkLevel.LATE, is_last=True).key),
    )


def states_of(marks: Sequence[Mark]) -> dict[ReportedState, str]:
    """The marks of states."""
    return {
        ReportedState.NOT_STARTED: nearest(marks, MarkLevel.LATE, is_last=True).key,
        ReportedState.PREPARING: nearest(marks, MarkLevel.BEHIND).key,
        ReportedState.UNDERWAY: nearest(marks, MarkLevel.ON_TRACK).key,
        ReportedState.DONE: nearest(marks, MarkLevel.REACHED).key,
    }


_JUDGED = LEVELS[:4]


def nearest(marks: Sequence[Mark], level: MarkLevel, *, is_last: bool = False) -> Mark:
    """The first mark of a level (or the last), or of the level nearest to it, the worse first."""
    at = LEVELS.index(level)
    judged = [mark for mark in marks if mark.level in _JUDGED] or list(marks)
    return min(
        reversed(judged) if is_last else judged,
        key=lambda mark: (abs(LEVELS.index(mark.level) - at), -LEVELS.index(mark.level)),
    )
