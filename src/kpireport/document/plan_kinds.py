"""Which kinds of targets a plan has: rules of kinds that it has none of are not told.

Comes in: a review. Goes out: what of the kinds occurs in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self, TypeVar

from kpireport.domain.catalogue import Measure
from kpireport.domain.target_kinds import HeldAgainst
from kpireport.evaluation import Evaluation
from kpireport.evaluation.courses import course_of
from kpireport.evaluation.schemes import Task
from kpireport.quickly import dataclass

_Of = TypeVar("_Of")


@dataclass(frozen=True, slots=True)
class PlanKinds:
    """What occurs among a plan's rows that are judged.

    Attributes:
        tasks: what judging them comes to.
        has_new: whether any counts from 0.
        has_downward: whether any is to stay at or below a number.
        has_several: whether any has a second number.
        has_yearly: whether any has targets of years before its own.
        lacks_achievement: whether any way is to nought or below, of which 達成率 says nothing.
        lacks_baselines: whether any goes to a number without a like one to start from.
    """

    tasks: frozenset[Task] = frozenset(Task)
    has_new: bool = True
    has_downward: bool = True
    has_several: bool = True
    has_yearly: bool = True
    lacks_achievement: bool = True
    lacks_baselines: bool = True

    @classmethod
    def of(cls, measures: Iterable[Measure], evaluation: Evaluation) -> Self:
        """Return what occurs among the rows in force, and among those judged in any year."""
        rows = [each for each in measures if not each.target.is_none]
        courses = [course_of(each) for each in rows]
        judged = (each.standing for each in evaluation.judgements)
        tasks = {each.task for each in courses} | {each.course.task for each in judged if each}
        facts = [each.target.kind.facts for each in rows]
        return cls(
            frozenset(tasks),
            has_new=any(each.is_cumulative for each in rows)
            or any(each.counts_from_zero for each in facts),
            has_downward=any(
                not each.upward and each.held_against is HeldAgainst.NUMBER for each in facts
            ),
            has_several=any(len(each.target.quantities) > 1 for each in rows),
            has_yearly=any(each.yearly_targets for each in rows),
            lacks_achievement=any(
                each.target and each.target.value <= 0 and each.task is Task.APPROACH
                for each in courses
            ),
            lacks_baselines=any(
                each.task is Task.APPROACH and each.reference is None for each in courses
            ),
        )

    @property
    def has_numbers(self) -> bool:
        """Whether any goes to a number, or holds one: then there are rates."""
        return not self.tasks or not self.tasks.isdisjoint((Task.APPROACH, Task.KEEP))

    def of_tasks(self, of_each: Sequence[_Of]) -> tuple[_Of, ...]:
        """Return of what there is for each task that for the plan's; all where it has none."""
        kept = self.tasks or frozenset(Task)
        return tuple(each for task, each in zip(Task, of_each, strict=True) if task in kept)


ALL_KINDS = PlanKinds()
"""Of a scheme that is told of by itself."""
