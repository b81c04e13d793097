"""Counts by class of indicators (区分), and of part of a mark (うち100％以上).

Comes in: the plan of the report's year and an evaluation. Goes out: figures.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.domain.catalogue import Catalogue
from kpireport.evaluation.judgements import Evaluation
from kpireport.evaluation.ladders import holds
from kpireport.evaluation.summaries import MarkCounts, count_marks

OTHERS = "そのほか"
"""The indicators of no class, where others have one."""


def counts_of_classes(
    plan: Catalogue, evaluation: Evaluation
) -> tuple[tuple[str, MarkCounts], ...]:
    """How many indicators of each class stand at each mark; nothing without classes."""
    indicators = list(plan.indicators())
    if not any(each.category for each in indicators):
        return ()
    classes = [(each.key, each.label) for each in plan.categories]
    found = []
    for key, label in (*classes, ("", OTHERS)):
        judged = [evaluation.find(each.id) for each in indicators if each.category == key]
        if judged or key:
            found.append((label, count_marks(evaluation.scheme, judged)))
    return tuple(found)


def of_which_counts(plan: Catalogue, evaluation: Evaluation) -> Iterator[tuple[str, str, int]]:
    """Yield a mark's label, what is counted of it, and how many indicators that are."""
    scheme = evaluation.scheme
    for each in scheme.of_which:
        mark = scheme.mark(each.mark)
        judged = [evaluation.find(one.id) for one in plan.indicators()]
        standings = [one.standing for one in judged if one.mark == mark and one.standing]
        count = sum(holds(each.rung, standing, scheme.basis) for standing in standings)
        yield mark.label, each.title, count
