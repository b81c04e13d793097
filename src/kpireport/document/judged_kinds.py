"""What kinds of targets a plan has, as far as the rules of judgement speak of them.

Comes in: a plan and its judgements. Goes out: facts, so that 表の見方 says nothing of what
the plan has none of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kpireport.domain.catalogue import Measure
from kpireport.evaluation.judgements import Evaluation
from kpireport.evaluation.reasons import Nothing, NothingToJudge
from kpireport.evaluation.schemes import Task


@dataclass(frozen=True, slots=True)
class JudgedKinds:
    """The kinds; where nothing is known, all there may be.

    Attributes:
        tasks: what the targets ask.
        has_new: whether anything counts from 0.
        has_shares: whether any number is asked for without a baseline to count from.
        has_pairs: whether any target has two quantities.
        has_yearly: whether years have targets of their own.
    """

    tasks: tuple[Task, ...] = tuple(Task)
    has_new: bool = True
    has_shares: bool = True
    has_pairs: bool = True
    has_yearly: bool = True

    @classmethod
    def of(cls, measures: Iterable[Measure], evaluation: Evaluation) -> JudgedKinds:
        """The kinds of a plan's rows."""
        rows = [each for each in measures if not each.target.is_none]
        judged = {
            each.task
            for each in evaluation.judgements
            if each.reason != NothingToJudge(Nothing.NOT_SET)
        }
        from_zero = [each.target.kind.facts.counts_from_zero or each.is_cumulative for each in rows]
        return cls(
            tuple(task for task in Task if task in judged) or tuple(Task),
            any(from_zero),
            any(
                each.target.quantities and not each.baseline.quantities and not is_new
                for each, is_new in zip(rows, from_zero, strict=True)
            ),
            any(len(each.target.quantities) > 1 for each in rows),
            any(each.yearly_targets for each in rows),
        )

    @property
    def has_numbers(self) -> bool:
        """Whether any target is a number, so that there are rates."""
        return Task.APPROACH in self.tasks or Task.KEEP in self.tasks


ALL_KINDS = JudgedKinds()
