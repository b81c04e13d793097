"""Schemes without rules: marks that people choose, and a report of values alone.

Comes in: the marks that a municipality has. Goes out: a
:class:`~kpireport.evaluation.schemes.Scheme` without ladders.
"""

from __future__ import annotations

from collections.abc import Iterable

from kpireport.evaluation.schemes import (
    LEVELS,
    ByPeople,
    Mark,
    MarkLevel,
    NoMarks,
    Scheme,
)
from kpireport.evaluation.usual_marks import NOT_APPLICABLE, UNREPORTED

GIVEN, NONE = "given", "none"
"""The names by which settings ask for them."""

UNMARKED = Mark("unmarked", "□", "未評価", MarkLevel.NOT_APPLICABLE)
"""Of what was reported, but has no mark yet; behind the other marks of its level."""

VALUES_ONLY = Scheme(
    name=NONE,
    title="評価のない報告",
    marks=(NOT_APPLICABLE, UNREPORTED),  # never shown: they tell who has reported
    approach=(),
    keep=(),
    direction=(),
    states={},
    marking=NoMarks(),
)
"""A report that tells values alone."""


_USUAL = ByPeople()


def scheme_of_people(marks: Iterable[Mark], marking: ByPeople = _USUAL) -> Scheme:
    """The scheme of marks that people choose.

    Args:
        marks: theirs, best first within each level; what is not judged, not marked yet or
            not reported has marks of its own, 対象外 unless there is one of that level.
        marking: who chooses them.
    """
    own = tuple(marks)
    known = {mark.level for mark in own}
    always = () if MarkLevel.NOT_APPLICABLE in known else (NOT_APPLICABLE,)
    ordered = sorted((*own, *always, UNMARKED), key=lambda mark: LEVELS.index(mark.level))
    return Scheme(
        name=GIVEN,
        title=f"{marking.who}による評価",
        marks=(*ordered, UNREPORTED),
        approach=(),
        keep=(),
        direction=(),
        states={},
        marking=marking,
    )
