"""What plans and measures are called in tables of all goals (計画１, 数値目標（Ⅰ）).

Comes in: the plan. Goes out: labels by id, with as much before them as tells them apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpireport.document.texts import one_line
from kpireport.domain.catalogue import Catalogue, Section
from kpireport.domain.places import Place, all_places, place_of


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
        labels |= {each.id: f"{surveyed}（{goal.short}）" for each in goal.numeric_targets}
        for plan in goal.plans:
            labels |= {each.id: plans[plan.id] for each in plan.indicators()}
    return labels


def plan_labels(catalogue: Catalogue) -> Mapping[str, str]:
    """Return what a table of all goals calls the plans: with as much before as tells them apart."""
    placed = [
        (plan.id, goal.short, "".join(each.label for each in plan.sections), plan.short)
        for goal in catalogue.goals
        for plan in goal.plans
    ]
    return _told_apart(placed)


def place_labels(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the same of plans and of what they stand in; names where there are no numbers."""
    labels = dict(plan_labels(catalogue))
    levels: dict[str, list[tuple[str, str, str, str]]] = {}
    for goal in catalogue.goals:
        labels[goal.id] = goal.short
        _add_sections(levels, place_of(catalogue.levels, goal), "")
    for placed in levels.values():
        labels |= _told_apart(placed)
    titles = {each.id: one_line(each.title) for each in all_places(catalogue)}
    return {id_: label.strip() or titles[id_] for id_, label in labels.items()}


def _add_sections(
    levels: dict[str, list[tuple[str, str, str, str]]], place: Place, outer: str
) -> None:
    """Add the sections of a place to those of their level, each with what it stands in."""
    for each in place.below:
        if isinstance(each.unit, Section):
            placed = (each.id, each.goal.short, outer, each.label)
            levels.setdefault(each.level.key, []).append(placed)
            _add_sections(levels, each, outer + each.label)


def _told_apart(placed: Sequence[tuple[str, str, str, str]]) -> dict[str, str]:
    """Return labels by id, of ids, goals' numerals, outer labels and own labels."""
    for labels in (
        {id_: own for id_, _, _, own in placed},
        {id_: f"{numeral} {own}" for id_, numeral, _, own in placed},
    ):
        if len({*labels.values()}) == len(labels):
            return labels
    return {id_: f"{numeral} {outer}{own}" for id_, numeral, outer, own in placed}
