"""What the plan was in each fiscal year (計画の履歴): the decided plan and its revisions.

Comes in: the catalogue as decided. Goes out: the catalogue that was in force in a year,
what a row was in a year, and every change with what it found and what it left. Ids live
on: the same id is the same row in all years. Building a history takes time in proportion
to the plan's rows and the changes; asking what a row was in a year, to its own changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kpireport.domain.catalogue import (
    Catalogue,
    IndicatorGroup,
    Measure,
    Plan,
)
from kpireport.domain.plan_trees import Item, PlanTree
from kpireport.domain.revisions import Change, Ending, Revision, Split
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its goal, its plan unless it is a numeric target, its group if any."""

    goal_id: str
    plan: Plan | None
    group: IndicatorGroup | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """A change as it was applied.

    Attributes:
        number: counts all changes of all revisions from 1, in the order of application.
        revision: what it is part of.
        change: what was decided.
        before: what was changed, as it had been; ``None`` for an addition.
        place: where that had been; where it is put, for an addition.
        new_place: where it is now: another than ``place`` after a move alone.
        gone: the ids of what is measured that it took away.
    """

    number: int
    revision: Revision
    change: Change
    before: Item | None
    place: Place
    new_place: Place
    gone: tuple[str, ...] = ()


class History:
    """The plan through the years.

    Attributes:
        decided: the catalogue as decided.
        applied: all changes, in the order of application.
        continued: by the id of a part of a split indicator, the id whose actuals it goes on
            with.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.decided = catalogue
        self.applied: tuple[Applied, ...] = ()
        self.continued: Mapping[str, str] = {}
        self._states: list[tuple[FiscalYear, Catalogue]] = []
        self._decided_measures = {each.id: each for each in catalogue.measures()}
        self._later_forms: dict[str, list[tuple[Revision, Measure | None]]] = {}
        if catalogue.revisions:
            self._apply_revisions()

    @classmethod
    def of(cls, plan: Catalogue | History) -> History:
        """The history of a plan; where it is known already, that itself."""
        return plan if isinstance(plan, History) else cls(plan)

    def _apply_revisions(self) -> None:
        tree = PlanTree(self.decided)
        applied: list[Applied] = []
        for revision in self.decided.revisions:
            for change in revision.changes:
                applied.append(_apply(tree, revision, change, len(applied) + 1))
            for id_ in tree.take_touched():
                item = tree.items.get(id_)
                if isinstance(item, Measure):
                    self._later_forms.setdefault(id_, []).append((revision, item))
                elif item is None and self.forms(id_):  # else a plan or group
                    self._later_forms.setdefault(id_, []).append((revision, None))
            self._states.append((revision.first_year, tree.catalogue()))
        self.applied = tuple(applied)
        splits = (each.change for each in applied if isinstance(each.change, Split))
        self.continued = {each.continues: each.id for each in splits if each.continues}

    # --- the plan ----------------------------------------------------------------

    def in_force(self, year: FiscalYear) -> Catalogue:
        """The catalogue that was in force in a fiscal year; it has no revisions itself."""
        found = None
        for first_year, catalogue in self._states:
            if first_year <= year:
                found = catalogue
        if found is not None:
            return found
        return replace(self.decided, revisions=()) if self.decided.revisions else self.decided

    def plans_until(self, year: FiscalYear) -> tuple[Catalogue, ...]:
        """The decided plan, and the plan after every revision that is in force in a year."""
        later = (catalogue for first_year, catalogue in self._states if first_year <= year)
        return (self.decided, *later)

    def changes_by(self, year: FiscalYear) -> tuple[Applied, ...]:
        """The changes that were in force in a year, of that and all earlier years."""
        return tuple(each for each in self.applied if each.revision.first_year <= year)

    # --- its rows ----------------------------------------------------------------

    def ids(self) -> tuple[str, ...]:
        """The ids of all rows that ever were, in the order in which they came to be."""
        return (*self._decided_measures, *self._added())

    def _added(self) -> Iterator[str]:
        return (id_ for id_ in self._later_forms if id_ not in self._decided_measures)

    def find(self, id_: str, year: FiscalYear) -> Measure | None:
        """What a row was in a year; ``None`` where it was not in force, or never was."""
        found = self._decided_measures.get(id_)
        for revision, form in self._later_forms.get(id_, ()):
            if revision.first_year <= year:
                found = form
        return found

    def forms(self, id_: str) -> tuple[Measure, ...]:
        """All that a row was over the years, earliest first."""
        later = (form for _, form in self._later_forms.get(id_, ()))
        first = self._decided_measures.get(id_)
        return tuple(form for form in (first, *later) if form is not None)

    def last_form(self, id_: str, year: FiscalYear) -> Measure | None:
        """What a row was in a year, or when it was ended before; ``None`` before it was."""
        found = self._decided_measures.get(id_)
        for revision, form in self._later_forms.get(id_, ()):
            if revision.first_year <= year and form is not None:
                found = form
        return found

    def begun_by(self, id_: str) -> Revision | None:
        """The revision that brought a row; ``None`` for those of the decided plan."""
        if id_ in self._decided_measures:
            return None
        return next((revision for revision, _ in self._later_forms.get(id_, ())), None)

    def ended_by(self, id_: str) -> Revision | None:
        """The revision that ended a row; ``None`` where none has."""
        forms = self._later_forms.get(id_)
        return forms[-1][0] if forms and forms[-1][1] is None else None

    def id_in(self, id_: str, year: FiscalYear) -> str | None:
        """The id under which a row was reported in a year; ``None`` where it was under none.

        That is its own, or that of the whole that it was split from and goes on with.
        """
        at: str | None = id_
        while at is not None and self.find(at, year) is None:
            at = self.continued.get(at)
        return at


def in_force(catalogue: Catalogue, year: FiscalYear) -> Catalogue:
    """The catalogue that was in force in a fiscal year."""
    return History(catalogue).in_force(year) if catalogue.revisions else catalogue


def _apply(tree: PlanTree, revision: Revision, change: Change, number: int) -> Applied:
    before, place = tree.before(change), Place(*tree.place_of(change))
    gone = tree.gone_by(change)
    tree.apply(change, revision.first_year)
    is_gone = isinstance(change, Ending)
    new_place = place if is_gone else Place(*tree.new_place_of(change))
    return Applied(number, revision, change, before, place, new_place, gone)
