"""Where indicators stand: goals, sections and plans as one tree, whichever levels a plan has.

Comes in: goals of a plan and its levels. Goes out: each goal, section and plan with what
stands in it. Whoever asks for one level alone need not know how deep it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeAlias

from kpireport.domain.catalogue import Catalogue, Goal, Indicator, Plan, Section
from kpireport.domain.levels import GOAL, PLAN, Level, Levels
from kpireport.domain.names import labelled
from kpireport.domain.wording import Words
from kpireport.quickly import dataclass

Unit: TypeAlias = Goal | Section | Plan


@dataclass(frozen=True, slots=True)
class Place:
    """A goal, section or plan.

    Attributes:
        level: the level that it is of.
        unit: itself.
        goal: what it stands in, or itself.
        plans: all plans in it, or itself.
        below: what stands in it one level further in; nothing in a plan.
    """

    level: Level
    unit: Unit
    goal: Goal
    plans: tuple[Plan, ...]
    below: tuple[Place, ...] = ()

    @property
    def id(self) -> str:
        """Its id."""
        return self.unit.id

    @property
    def label(self) -> str:
        """Its number as the plan prints it; empty where it has none."""
        return self.unit.numeral if isinstance(self.unit, Goal) else self.unit.label

    @property
    def title(self) -> str:
        """Its name."""
        return self.unit.title

    @property
    def head(self) -> str:
        """Its number and name."""
        return labelled(self.label, self.title)

    def indicators(self) -> Iterator[Indicator]:
        """Yield all indicators in it."""
        for plan in self.plans:
            yield from plan.indicators()

    def all_below(self) -> Iterator[Place]:
        """Yield what stands in it, each before what stands in that."""
        for each in self.below:
            yield each
            yield from each.all_below()


def place_of(levels: Levels, goal: Goal, plans: Sequence[Plan] | None = None) -> Place:
    """Return a goal with what stands in it, or with some of its ``plans`` alone."""
    own = goal.plans if plans is None else tuple(plans)
    return Place(levels.goal, goal, goal, own, tuple(_below(levels, goal, own, 0)))


def _below(levels: Levels, goal: Goal, plans: Iterable[Plan], depth: int) -> Iterator[Place]:
    if depth == len(levels.sections):
        yield from (Place(levels.plan, plan, goal, (plan,)) for plan in plans)
        return
    for _, together in groupby(plans, key=lambda plan: plan.sections[depth].id):
        own = tuple(together)
        section, below = own[0].sections[depth], tuple(_below(levels, goal, own, depth + 1))
        yield Place(levels.sections[depth], section, goal, own, below)


def all_places(catalogue: Catalogue) -> Iterator[Place]:
    """Yield all goals, sections and plans, each before what stands in it."""
    for goal in catalogue.goals:
        place = place_of(catalogue.levels, goal)
        yield place
        yield from place.all_below()


def places_at(catalogue: Catalogue, key: str) -> Iterator[Place]:
    """Yield what stands at a level, in printed order."""
    return (each for each in all_places(catalogue) if each.level.key == key)


def commented(catalogue: Catalogue) -> Iterator[Place]:
    """Yield what is commented on: nothing in a plan that asks for no comments."""
    return places_at(catalogue, catalogue.levels.comments_of) if catalogue.comments else iter(())


def comment_words(catalogue: Catalogue) -> Words:
    """Return the plan's words, of which that for a plan is what departments comment on."""
    words, of = Words.of(catalogue), catalogue.levels.comments_of
    if of == PLAN:
        return words
    return replace(words, plan="".join(named_levels(catalogue)[of].split("\n")))


def named_levels(catalogue: Catalogue) -> Mapping[str, str]:
    """Return what each level is called, by its key: its name, or the plan's word for it."""
    labels = catalogue.labels
    usual = {GOAL: labels.goal, PLAN: labels.plan}
    return {each.key: each.name or usual.get(each.key, "") for each in catalogue.levels}
