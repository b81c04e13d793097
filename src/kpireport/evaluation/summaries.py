"""The year at a glance (総括): counts of marks, what moved most, what is late.

Comes in: the catalogue and an evaluation. Goes out: frozen figures for the summary
page, in the catalogue's printed order wherever nothing else decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from kpireport.domain.catalogue import Catalogue
from kpireport.domain.histories import in_force
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.judgements import Evaluation, Judgement
from kpireport.evaluation.reasons import RateKind
from kpireport.evaluation.schemes import Mark, MarkLevel, Scheme


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
    def total(self) -> int:
        """How many there are in all."""
        return sum(each.count for each in self.counts)

    def at(self, *levels: MarkLevel) -> int:
        """How many stand at marks of these levels."""
        return sum(each.count for each in self.counts if each.mark.level in levels)


@dataclass(frozen=True, slots=True)
class GoalCounts:
    """The counts of one goal's indicators."""

    goal_id: str
    counts: MarkCounts


@dataclass(frozen=True, slots=True)
class Move:
    """How a row's rate moved from the year before; rates are ratios.

    In the plan's first year ``before`` is 0, which is the baseline's own 進捗率.
    """

    measure_id: str
    kind: RateKind
    before: Fraction
    after: Fraction

    @property
    def change(self) -> Fraction:
        """The difference; 0.1 is ten points (ポイント)."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Moves:
    """The greatest steps in one direction, and those that are as great as the last of them."""

    shown: tuple[Move, ...]
    tied: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """One year of the plan at a glance; numeric targets are counted by themselves.

    Attributes:
        fiscal_year: the year.
        overall: the counts of all indicators.
        by_goal: those of each goal, in printed order.
        numeric_targets: those of the goals' numeric targets.
        advances: the indicators that moved forward most, the greatest step first; without
            those that a person judged to be beyond comparison (対象外).
        setbacks: those that moved back most, likewise.
        behind: the numeric targets and indicators with a mark of the level 「やや遅れ」.
        late: those with a mark of the level 「遅れ」.
        unreported: those of which nothing was reported.
    """

    fiscal_year: FiscalYear
    overall: MarkCounts
    by_goal: tuple[GoalCounts, ...]
    numeric_targets: MarkCounts
    advances: Moves
    setbacks: Moves
    behind: tuple[Judgement, ...]
    late: tuple[Judgement, ...]
    unreported: tuple[Judgement, ...]


def summarize(
    catalogue: Catalogue,
    evaluation: Evaluation,
    fiscal_year: FiscalYear | None = None,
    *,
    most: int = 5,
) -> Summary:
    """Sum up a year, the report's unless another of the evaluation's is named.

    Args:
        catalogue: the plan that was evaluated; summed up is what was in force in the year.
        evaluation: its judgements.
        fiscal_year: one of ``evaluation.years``.
        most: how many advances and how many setbacks are listed at most.
    """
    year = fiscal_year or evaluation.fiscal_year
    catalogue = in_force(catalogue, year)
    judged = [evaluation.find(each.id, year) for each in catalogue.indicators()]
    surveyed = [evaluation.find(each.id, year) for each in catalogue.numeric_targets()]
    moves = [
        move for each in judged if _is_comparable(each) and (move := move_of(evaluation, each))
    ]
    return Summary(
        year,
        overall=count_marks(evaluation.scheme, judged),
        by_goal=tuple(
            GoalCounts(
                goal.id,
                count_marks(
                    evaluation.scheme,
                    (evaluation.find(each.id, year) for each in goal.indicators()),
                ),
            )
            for goal in catalogue.goals
        ),
        numeric_targets=count_marks(evaluation.scheme, surveyed),
        advances=_greatest((move for move in moves if move.change > 0), most),
        setbacks=_greatest((move for move in moves if move.change < 0), most),
        behind=_at_level((*surveyed, *judged), MarkLevel.BEHIND),
        late=_at_level((*surveyed, *judged), MarkLevel.LATE),
        unreported=_at_level((*surveyed, *judged), MarkLevel.UNREPORTED),
    )


def count_marks(scheme: Scheme, judgements: Iterable[Judgement]) -> MarkCounts:
    """Count the marks that stand: where a person set one, that one."""
    counted = Counter(each.mark.key for each in judgements)
    return MarkCounts(tuple(MarkCount(mark, counted[mark.key]) for mark in scheme.marks))


def move_of(evaluation: Evaluation, judgement: Judgement) -> Move | None:
    """How a row moved from the year before, by 進捗率 or else by 達成率.

    Both years' rates are by the target of the later one. ``None`` where one of the two
    has no rate, or the earlier one's is beyond comparison or of a whole that was split.
    """
    year_before = judgement.fiscal_year.previous
    if year_before not in evaluation.years:
        return _move(judgement, RateKind.PROGRESS, Fraction(0), judgement.progress_rate)
    judged = evaluation.get(judgement.measure_id, year_before)
    before = evaluation.comparable_before(judgement)
    if judged is None or before is None or not _is_comparable(judged):
        return None
    if judged.measure_id != judgement.measure_id:  # of the whole, which is more than its part
        return None
    if judgement.progress_rate is not None:
        return _move(judgement, RateKind.PROGRESS, before.progress_rate, judgement.progress_rate)
    return _move(
        judgement, RateKind.ACHIEVEMENT, before.achievement_rate, judgement.achievement_rate
    )


def _is_comparable(judgement: Judgement) -> bool:
    """Tell whether the mark that stands is a judgement (not 対象外)."""
    return judgement.mark.level is not MarkLevel.NOT_APPLICABLE


def _move(
    judgement: Judgement, kind: RateKind, before: Fraction | None, after: Fraction | None
) -> Move | None:
    if before is None or after is None:
        return None
    return Move(judgement.measure_id, kind, before, after)


def _greatest(moves: Iterable[Move], most: int) -> Moves:
    found = sorted(moves, key=lambda move: -abs(move.change))
    shown, others = found[:most], found[most:]
    tied = (each for each in others if shown and abs(each.change) == abs(shown[-1].change))
    return Moves(tuple(shown), tuple(tied))


def _at_level(judgements: Iterable[Judgement], level: MarkLevel) -> tuple[Judgement, ...]:
    return tuple(each for each in judgements if each.mark.level is level)
