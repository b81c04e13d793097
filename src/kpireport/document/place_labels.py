"""What plans and measures are called in tables of all goals (計画１, 数値目標（Ⅰ）).

Comes in: the plan. Goes out: labels by id, with as much before them as tells them apart.
"""

from __future__ import annotations

from collections.abc import Mapping

from kpireport.document.texts import one_line
from kpireport.domain.catalogue import Catalogue


def measure_labels(catalogue: Catalogue) -> Mapping[str, str]:
    """Return where every measure stands, as a table of all goals names it.

    That is ``計画１`` for an indicator, ``数値目標（Ⅰ）`` for a goal's numeric target; where
    the plans' labels begin anew in each goal, ``Ⅰ 計画１``, and where they do so in each
    section, ``Ⅰ １（１）①``.
    """
    plans = plan_labels(catalogue)
    surveyed = one_line(catalogue.labels.numeric_targets)
    labels: dict[str, str] = {}
    for goal in catalogue.goals:
        labels |= {each.id: f"{surveyed}（{goal.numeral}）" for each in goal.numeric_targets}
        for plan in goal.plans:
            labels |= {each.id: plans[plan.id] for each in plan.indicators()}
    return labels


def plan_labels(catalogue: Catalogue) -> Mapping[str, str]:
    """Return what a table of all goals calls the plans: with as much before as tells them apart."""
    placed = [(goal, plan) for goal in catalogue.goals for plan in goal.plans]
    within = {plan.id: "".join(each.label for each in plan.sections) for _, plan in placed}
    for labels in (
        {plan.id: plan.label for _, plan in placed},
        {plan.id: f"{goal.numeral} {plan.label}" for goal, plan in placed},
    ):
        if len({*labels.values()}) == len(labels):
            return labels
    return {plan.id: f"{goal.numeral} {within[plan.id]}{plan.label}" for goal, plan in placed}
