"""The levels above an indicator (階層), and how each is shown: data of the plan.

Goals are the outermost, plans the innermost; up to two levels of sections stand between
them (:class:`~kpireport.domain.catalogue.Section`). Frozen facts without behaviour.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from kpireport.quickly import dataclass

GOAL, PLAN = "goal", "plan"
"""The keys of the levels that every plan has."""

MOST_SECTIONS = 2
"""The most levels between goals and plans."""


class Shown(StrEnum):
    """How a level is shown."""

    CHAPTER = "chapter"
    HEADING = "heading"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Level:
    """One level.

    Attributes:
        key: names it for the program, and its column in a layout.
        name: what the plan calls it (基本施策); empty where its labels say it.
        shown: a chapter (goals alone), a row across the table, or a cell beside its rows.
        begins_page: whether a chapter begins a page; ``None`` where its length decides.
    """

    key: str
    name: str
    shown: Shown
    begins_page: bool | None = None


@dataclass(frozen=True, slots=True)
class Levels:
    """All levels of a plan.

    Attributes:
        goal: the outermost.
        plan: the innermost.
        sections: those between them, outermost first.
        comments_of: the key of the level that departments comment on.
    """

    goal: Level = Level(GOAL, "", Shown.CHAPTER)
    plan: Level = Level(PLAN, "", Shown.COLUMN)
    sections: tuple[Level, ...] = ()
    comments_of: str = PLAN

    @property
    def are_usual(self) -> bool:
        """Whether there is a chapter for each goal, a cell for each plan, and nothing else."""
        shown = (self.goal.shown, self.plan.shown)
        return not self.sections and shown == (Shown.CHAPTER, Shown.COLUMN)

    @property
    def is_one_table(self) -> bool:
        """Whether the indicators of all goals stand in one table."""
        return self.goal.shown is not Shown.CHAPTER

    def __iter__(self) -> Iterator[Level]:
        """Yield the levels, outermost first."""
        yield self.goal
        yield from self.sections
        yield self.plan


USUAL_LEVELS = Levels()
"""A chapter for each goal, a cell for each plan."""
