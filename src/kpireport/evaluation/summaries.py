"""The year at a glance (総括): counts of marks, what changed, what is late.

Comes in: the plan and an evaluation. Goes out: frozen figures for the summary page. What
is ranked is ranked by marks first, then by values, never by points of 進捗率: these are the
greater, the shorter the way from the baseline to the target is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from kpireport.domain.actuals import ReportedState
from kpireport.domain.catalogue import Catalogue, Measure
from kpireport.domain.histories import History
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.courses import Standing, are_alike
from kpireport.evaluation.judgements import Evaluation, Judgement
from kpireport.evaluation.reasons import NoneAtDeadline, StateReported
from kpireport.evaluation.schemes import LATENESS, LEVELS, Mark, MarkLevel, Scheme
from kpireport.quickly import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class MarkCount:
    """How many stand at one mark."""

    mark: Mark
    count: int


@dataclass(frozen=True, slots=True)
class MarkCounts:
    """How many stand at each of a scheme's marks, best first, zeros included."""

    counts: tuple[MarkCount, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks, best first."""
        return tuple(each.mark for each in self.counts)

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(each.count for each in self.counts)

    @property
    def judged(self) -> int:
        """How many were judged: what shares are shares of."""
        return sum(each.count for each in self.counts if each.mark.level.is_judgement)

    def of(self, mark: Mark) -> int:
        """How many stand at a mark."""
        return sum(each.count for each in self.counts if each.mark == mark)

    def at(self, *levels: MarkLevel) -> int:
        """How many stand at marks of these levels."""
        return sum(each.count for each in self.counts if each.mark.level in levels)

    def share(self, marks: Collection[Mark]) -> Fraction:
        """How much of what was judged stands at one of some marks; 0 where nothing was."""
        found = sum(each.count for each in self.counts if each.mark in marks)
        return Fraction(found, self.judged or 1)


@dataclass(frozen=True, slots=True)
class GoalCounts:
    """The counts of one goal's indicators."""

    goal_id: str
    counts: MarkCounts


@dataclass(frozen=True)  # without slots: each goal asks for its own
class YearCounts:
    """One year's counts of what was in force in it; numeric targets are counted by themselves.

    Attributes:
        fiscal_year: the year.
        overall: the counts of all indicators.
        by_goal: those of each goal, in printed order.
        numeric_targets: those of the goals' numeric targets.
    """

    fiscal_year: FiscalYear
    overall: MarkCounts
    by_goal: tuple[GoalCounts, ...]
    numeric_targets: MarkCounts

    @cached_property
    def of_goal(self) -> Mapping[str, MarkCounts]:
        """The counts of each goal by its id."""
        return {each.goal_id: each.counts for each in self.by_goal}


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A row whose mark is another than the year before.

    Attributes:
        before: the judgement of the year before, as it stood then.
        after: that of the year.
        steps: how many levels the mark went up, or down where it is negative; 0 between
            two marks of one level.
        relative: the change of the value as a share of what it was (of what it is, where it
            was 0), above 0 in the direction that is asked for; ``None`` where there are not
            two numbers of one kind.
    """

    before: Judgement
    after: Judgement
    steps: int
    relative: Fraction | None

    @property
    def measure_id(self) -> str:
        """The row's id."""
        return self.after.measure_id


@dataclass(frozen=True, slots=True)
class ChangedMarks:
    """All rows whose mark is another than the year before; in the first year there are none.

    Attributes:
        up: those with a better mark, the greatest change first: by levels, then by value.
        down: those with a worse one, likewise.
        incomparable: those that went to or from a mark that is no judgement (対象外, 未報告),
            in printed order.
        new: those that had no mark of their own the year before, in printed order: what was
            not in the plan, or part of a whole that was split.
    """

    up: tuple[MarkChange, ...] = ()
    down: tuple[MarkChange, ...] = ()
    incomparable: tuple[MarkChange, ...] = ()
    new: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """One year of the plan at a glance.

    Marks are those that stand: where a person set one, that one. Lists have indicators and
    numeric targets.

    Attributes:
        years: the counts of the years so far, earliest first; the last is the year's own.
        changed: whose mark is another than the year before.
        late: those with marks of lateness, the worst first: by level, then by how much of
            the year's share is missing.
        not_applicable: those that were not judged (対象外), in printed order.
        unreported: those of which nothing was reported, in printed order.
    """

    years: tuple[YearCounts, ...]
    changed: ChangedMarks
    late: tuple[Judgement, ...]
    not_applicable: tuple[Judgement, ...]
    unreported: tuple[Judgement, ...]

    @property
    def now(self) -> YearCounts:
        """The year's own counts."""
        return self.years[-1]

    @property
    def before(self) -> YearCounts | None:
        """The counts of the year before; ``None`` in the plan's first year.

        Nor are there any where that year had other marks.
        """
        alike = self.alike
        return alike[-2] if len(alike) > 1 else None

    @property
    def alike(self) -> tuple[YearCounts, ...]:
        """The years up to this one that had its marks throughout, earliest first."""
        alike: list[YearCounts] = []
        for each in reversed(self.years):
            if each.overall.marks != self.now.overall.marks:
                break
            alike.append(each)
        return tuple(reversed(alike))

    @property
    def fiscal_year(self) -> FiscalYear:
        """The year."""
        return self.now.fiscal_year

    @property
    def overall(self) -> MarkCounts:
        """The counts of all indicators in the year."""
        return self.now.overall

    @property
    def by_goal(self) -> tuple[GoalCounts, ...]:
        """Those of each goal, in printed order."""
        return self.now.by_goal

    @property
    def numeric_targets(self) -> MarkCounts:
        """Those of the goals' numeric targets."""
        return self.now.numeric_targets


def summarize(
    plan: Catalogue | History, evaluation: Evaluation, fiscal_year: FiscalYear | None = None
) -> Summary:
    """Sum up a year, the report's unless another of the evaluation's is named.

    Args:
        plan: the plan that was evaluated, with its revisions, or its history where that is
            known; every year is summed up by what was in force in it.
        evaluation: its judgements.
        fiscal_year: one of ``evaluation.years``.
    """
    year = fiscal_year or evaluation.fiscal_year
    history = History.of(plan)
    judged = tuple(evaluation.find(each.id, year) for each in history.in_force(year).measures())
    return Summary(
        tuple(
            _count_year(history.in_force(each), evaluation, each)
            for each in evaluation.years
            if each <= year
        ),
        changed=_changed(evaluation, judged) if year != evaluation.years[0] else ChangedMarks(),
        late=tuple(
            sorted((each for each in judged if each.mark.level in LATENESS), key=_worst_first)
        ),
        not_applicable=_at_level(judged, MarkLevel.NOT_APPLICABLE),
        unreported=_at_level(judged, MarkLevel.UNREPORTED),
    )


def count_marks(scheme: Scheme, judgements: Iterable[Judgement]) -> MarkCounts:
    """Count the marks that stand: where a person set one, that one."""
    counted = Counter(each.mark.key for each in judgements)
    return MarkCounts(tuple(MarkCount(mark, counted[mark.key]) for mark in scheme.marks))


def _count_year(catalogue: Catalogue, evaluation: Evaluation, year: FiscalYear) -> YearCounts:
    def count(measures: Iterable[Measure]) -> MarkCounts:
        judged = (evaluation.find(each.id, year) for each in measures)
        return count_marks(evaluation.scheme_in(year), judged)

    return YearCounts(
        year,
        count(catalogue.indicators()),
        tuple(GoalCounts(goal.id, count(goal.indicators())) for goal in catalogue.goals),
        count(catalogue.numeric_targets()),
    )


def _at_level(judgements: Iterable[Judgement], level: MarkLevel) -> tuple[Judgement, ...]:
    return tuple(each for each in judgements if each.mark.level is level)


# --- changes ---------------------------------------------------------------------


def _changed(evaluation: Evaluation, judged: Iterable[Judgement]) -> ChangedMarks:
    changes: list[MarkChange] = []
    incomparable: list[MarkChange] = []
    new: list[Judgement] = []
    for after in judged:
        before = evaluation.get(after.measure_id, after.fiscal_year.previous)
        if before is None or before.measure_id != after.measure_id:  # of a whole that was split
            new.append(after)
        elif _differ(evaluation, before, after):
            is_judged = all(each.mark.level.is_judgement for each in (before, after))
            (changes if is_judged else incomparable).append(_change(before, after))
    up = [each for each in changes if _is_better(evaluation, each)]
    down = [each for each in changes if not _is_better(evaluation, each)]
    return ChangedMarks(
        tuple(sorted(up, key=lambda each: (-each.steps, -(each.relative or 0)))),
        tuple(sorted(down, key=lambda each: (each.steps, each.relative or 0))),
        tuple(incomparable),
        tuple(new),
    )


def _differ(evaluation: Evaluation, before: Judgement, after: Judgement) -> bool:
    """Whether two years' marks differ; of two ways of judging, whether their levels do."""
    if evaluation.has_marks_of(before.fiscal_year, after.fiscal_year):
        return before.mark != after.mark
    return before.mark.level != after.mark.level


def _is_better(evaluation: Evaluation, change: MarkChange) -> bool:
    before, after = change.before, change.after
    if not evaluation.has_marks_of(before.fiscal_year, after.fiscal_year):
        return change.steps > 0
    rank = evaluation.scheme_in(after.fiscal_year).rank
    return rank(after.mark) < rank(before.mark)


def _change(before: Judgement, after: Judgement) -> MarkChange:
    steps = LEVELS.index(before.mark.level) - LEVELS.index(after.mark.level)
    return MarkChange(before, after, steps, _relative(before.standing, after.standing))


def _relative(before: Standing | None, after: Standing | None) -> Fraction | None:
    if before is None or after is None or not are_alike(before.actual, after.actual):
        return None
    was, now = Fraction(before.actual.value), Fraction(after.actual.value)
    whole = abs(was or now)
    change = (now - was) / whole if whole else Fraction(0)
    return change if after.course.upward else -change


# --- lateness --------------------------------------------------------------------


def _worst_first(judgement: Judgement) -> tuple[int, Fraction, int]:
    """By level, by what is missing, then what has been due for longest; else as printed."""
    return -LEVELS.index(judgement.mark.level), -_shortness(judgement), judgement.due.year


def _shortness(judgement: Judgement) -> Fraction:
    """How much of what the year asks for is missing: 0 nothing, 1 all, more than 1 worse."""
    if isinstance(judgement.reason, NoneAtDeadline):
        return Fraction(1)
    if isinstance(judgement.reason, StateReported):
        states = tuple(ReportedState)
        return 1 - Fraction(states.index(judgement.reason.state), len(states) - 1)
    standing = judgement.standing
    if standing is None:
        return Fraction(0)
    if judgement.rate is None:
        return _distance(standing)
    share = 1 if judgement.expected is None else judgement.expected
    return 1 - judgement.rate / share if share else -judgement.rate


def _distance(standing: Standing) -> Fraction:
    """How far an actual is short of what it is held against, as a share of that."""
    aim = standing.course.target or standing.course.reference
    if aim is None:
        return Fraction(0)
    goal, actual = Fraction(aim.value), Fraction(standing.actual.value)
    missing = goal - actual if standing.course.upward else actual - goal
    return missing / abs(goal) if goal else missing
