"""The plan's parts by id, while revisions are applied to it.

Comes in: the decided catalogue, then one change after the other. Goes out: the catalogue
as it is after them. A change costs no more than the rows of the plan that it is in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar, assert_never

from kpireport.domain.catalogue import (
    Baseline,
    Catalogue,
    Goal,
    HowToRead,
    Indicator,
    IndicatorGroup,
    Measure,
    NumericTarget,
    Plan,
    Section,
    Target,
    YearlyTarget,
    unit_of,
)
from kpireport.domain.revisions import (
    Addition,
    BaselineChange,
    CategoryChange,
    Change,
    DepartmentChange,
    DetailChange,
    Ending,
    Move,
    Renaming,
    Split,
    TargetChange,
    YearlyTargetChange,
)
from kpireport.domain.steps import units_around, with_asked_numbers
from kpireport.domain.values import counted_in, parse_in_unit
from kpireport.domain.years import FiscalYear

_Cell = TypeVar("_Cell", Baseline, Target)

Item: TypeAlias = Goal | Section | Plan | IndicatorGroup | Measure


class PlanTree:
    """The plan as goals, plans, groups and rows by id.

    Attributes:
        items: all that there is; what an item contains is told by the tree alone.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.items: dict[str, Item] = {}
        self._decided = catalogue
        self._parents: dict[str, str] = {}
        self._children: dict[str, list[str]] = {}  # a goal's plans, a plan's or group's rows
        self._surveyed: dict[str, list[str]] = {}  # a goal's numeric targets
        self._touched: dict[str, None] = {}
        for goal in catalogue.goals:
            self.items[goal.id] = goal
            self._surveyed[goal.id] = [each.id for each in goal.numeric_targets]
            for target in goal.numeric_targets:
                self.items[target.id], self._parents[target.id] = target, goal.id
            for section in (each for plan in goal.plans for each in plan.sections):
                self.items[section.id], self._parents[section.id] = section, goal.id
            self._take(goal.id, goal.plans)

    def _take(self, parent: str, items: Sequence[Plan | IndicatorGroup | Indicator]) -> None:
        """Take in what stands below ``parent``, with all that stands below it."""
        self._children[parent] = [each.id for each in items]
        for each in items:
            self.items[each.id], self._parents[each.id] = each, parent
            if isinstance(each, Plan):
                self._take(each.id, each.rows)
            elif isinstance(each, IndicatorGroup):
                self._take(each.id, each.indicators)

    def take_touched(self) -> tuple[str, ...]:
        """The ids of what was changed, brought or taken away since this was last asked."""
        touched = tuple(self._touched)
        self._touched.clear()
        return touched

    # --- what changes find -------------------------------------------------------

    def before(self, change: Change) -> Item | None:
        """What a change is about, as it is now; ``None`` for an addition."""
        return None if isinstance(change, Addition) else self.items[change.id]

    def gone_by(self, change: Change) -> tuple[str, ...]:
        """The ids of what is measured that a change takes away: itself, or all that is in it."""
        return tuple(self._measured(change.id)) if isinstance(change, Ending | Split) else ()

    def _measured(self, id_: str) -> Iterator[str]:
        if isinstance(self.items.get(id_), Measure):
            yield id_
        for child in self._below_it(id_):
            yield from self._measured(child)

    def _below_it(self, id_: str) -> tuple[str, ...]:
        """The ids of what stands in an item; of a section its plans, however deep they are."""
        if not isinstance(self.items.get(id_), Section):
            return tuple(self._children.get(id_, ()))
        plans = (self.items[each] for each in self._children[self._parents[id_]])
        return tuple(
            plan.id
            for plan in plans
            if isinstance(plan, Plan) and any(each.id == id_ for each in plan.sections)
        )

    def place_of(self, change: Change) -> tuple[str, Plan | None, IndicatorGroup | None]:
        """The goal, and the plan and group if it is in one, of a change, as it is now."""
        return self._place(change.plan_id if isinstance(change, Addition) else change.id)

    def new_place_of(self, change: Change) -> tuple[str, Plan | None, IndicatorGroup | None]:
        """The same of what a change left, after it."""
        match change:
            case Addition():
                return self._place(change.plan_id)
            case Split():
                return self._place(change.parts[0].id)
            case _:
                return self._place(change.id)

    def _place(self, id_: str) -> tuple[str, Plan | None, IndicatorGroup | None]:
        plan, group, first = None, None, id_
        while id_ in self._parents:
            item = self.items.get(id_)
            plan = item if isinstance(item, Plan) else plan
            group = item if isinstance(item, IndicatorGroup) and id_ != first else group
            id_ = self._parents[id_]
        return id_, plan, group

    # --- changing ----------------------------------------------------------------

    def apply(self, change: Change, first_year: FiscalYear) -> None:
        """Apply a change that is in force from ``first_year``.

        What it names has to be there: that is checked where the file is read.
        """
        match change:
            case Ending():
                self._end(change.id)
            case Addition():
                row = replace(
                    change.indicator,
                    baseline=_counted_from(change.indicator.baseline, first_year.previous),
                )
                self._insert(row, *self._below(change.plan_id, change.after))
            case Split():
                self._split(change, first_year)
            case Move():
                self._move(change)
            case (
                TargetChange()
                | YearlyTargetChange()
                | DetailChange()
                | BaselineChange()
                | CategoryChange()
                | Renaming()
                | DepartmentChange()
            ):
                self.items[change.id] = _changed(self.items[change.id], change)
                self._touched[change.id] = None
            case _:
                assert_never(change)

    def _split(self, change: Split, first_year: FiscalYear) -> None:
        whole = self.items[change.id]
        parent = self._parents[change.id]
        index = self._children[parent].index(change.id)
        for number, part in enumerate(change.parts):
            year: FiscalYear | None = first_year.previous
            if part.id == change.continues and isinstance(whole, Indicator):
                year = whole.baseline.year
            row = replace(part, baseline=_counted_from(part.baseline, year))
            self._insert(row, parent, index + 1 + number)
        self._end(change.id)

    def _move(self, change: Move) -> None:
        if change.after != change.id:
            self._detach(change.id)
            parent, index = self._below(change.plan_id, change.after)
            self._children[parent].insert(index, change.id)
            self._parents[change.id] = parent

    def _below(self, plan_id: str, after: str | None) -> tuple[str, int]:
        """Where a row goes that stands below ``after``: its parent, and its index there."""
        if after is None:
            return plan_id, len(self._children[plan_id])
        if after == plan_id:
            return plan_id, 0
        parent = self._parents[after]
        return parent, self._children[parent].index(after) + 1

    def _insert(self, row: Indicator, parent: str, index: int) -> None:
        self._parents[row.id] = parent
        self.items[row.id] = replace(row, departments=row.departments or self._asked(parent))
        self._children[parent].insert(index, row.id)
        self._touched[row.id] = None

    def _asked(self, parent: str) -> tuple[str, ...]:
        """The departments of what stands below ``parent``, where it names none itself."""
        goal_id, plan, _ = self._place(parent)
        goal, sections = self.items.get(goal_id), self._sections(plan) if plan else ()
        above = (plan, *reversed(sections), goal)
        named = (each.departments for each in above if isinstance(each, Plan | Section | Goal))
        return next(filter(None, named), ())

    def _end(self, id_: str) -> None:
        """Take away an item and what stands below it; its place stays known."""
        if isinstance(self.items.get(id_), Section):
            for plan in self._below_it(id_):
                self._end(plan)
            self._forget(id_)
            return
        for child in list(self._children.get(id_, ())):
            self._forget(child)
        self._forget(id_)
        self._detach(id_)

    def _forget(self, id_: str) -> None:
        for child in self._children.get(id_, ()):
            self._forget(child)
        self.items.pop(id_, None)
        self._touched[id_] = None

    def _detach(self, id_: str) -> None:
        """Take an item out of its list; a group that is left without rows goes with it."""
        parent = self._parents[id_]
        siblings = self._children[parent]
        if id_ not in siblings:
            siblings = self._surveyed[parent]
        siblings.remove(id_)
        if not siblings and isinstance(self.items.get(parent), IndicatorGroup):
            del self.items[parent]
            self._detach(parent)

    # --- the catalogue -----------------------------------------------------------

    def catalogue(self) -> Catalogue:
        """The catalogue as it is now, without revisions."""
        goals = tuple(self._goal(goal) for goal in self._decided.goals)
        how = self._decided.how_to_read
        return replace(
            self._decided,
            goals=goals,
            how_to_read=_sample(how, goals) if how else None,
            revisions=(),
        )

    def _goal(self, goal: Goal) -> Goal:
        plans = (self.items[each] for each in self._children[goal.id])
        targets = (self.items[each] for each in self._surveyed[goal.id])
        return replace(
            goal,
            numeric_targets=tuple(each for each in targets if isinstance(each, NumericTarget)),
            plans=tuple(
                replace(each, rows=tuple(self._rows(each.id)), sections=self._sections(each))
                for each in plans
                if isinstance(each, Plan)
            ),
        )

    def _sections(self, plan: Plan) -> tuple[Section, ...]:
        """The sections that a plan stands in, as they are now."""
        now = (self.items[each.id] for each in plan.sections)
        return tuple(each for each in now if isinstance(each, Section))

    def _rows(self, plan_id: str) -> Iterator[Indicator | IndicatorGroup]:
        above: Indicator | None = None
        for id_ in self._children[plan_id]:
            row = self.items[id_]
            if isinstance(row, Indicator):
                above = _beside_what_is_above(row, above)
                yield above
            elif isinstance(row, IndicatorGroup):
                yield replace(row, indicators=tuple(self._indicators(id_)))
                above = None

    def _indicators(self, group_id: str) -> Iterator[Indicator]:
        return (row for row in self._rows(group_id) if isinstance(row, Indicator))


_ChangeOfItem: TypeAlias = (
    TargetChange
    | YearlyTargetChange
    | DetailChange
    | BaselineChange
    | CategoryChange
    | Renaming
    | DepartmentChange
)


def _changed(item: Item, change: _ChangeOfItem) -> Item:
    """The item with what a change says of it instead of what it was."""
    match change, item:
        case Renaming(name=name), Plan() | Section() | Goal():
            return replace(item, title=name)
        case Renaming(name=name), IndicatorGroup() | Measure():
            return replace(item, name=name)
        case TargetChange(target=target), Measure():
            return with_asked_numbers(replace(item, target=_in_unit_of(item, target)))
        case BaselineChange(baseline=baseline), Measure():
            baseline = _in_unit_of(item, baseline)
            baseline = _counted_from(baseline, item.baseline.year)
            return with_asked_numbers(replace(item, baseline=baseline))
        case YearlyTargetChange(yearly_targets=targets), Measure():
            return _with_yearly_targets(item, targets)
        case DetailChange(texts=texts), Indicator():
            return replace(item, details=item.details.saying(dict(texts)))
        case CategoryChange(category=category), Measure():
            return replace(item, category=category)
        case DepartmentChange(departments=departments), Measure():
            return replace(item, departments=departments)
        case _:
            raise TypeError(f"{type(change).__name__} of a {type(item).__name__}")


def _with_yearly_targets(measure: Measure, changed: Sequence[YearlyTarget]) -> Measure:
    """The row with other targets for some years, their numbers read in its units."""
    unit, units = unit_of(measure), units_around(measure)

    def read(each: YearlyTarget) -> YearlyTarget:
        stated = counted_in(each.quantities, unit)
        return replace(
            each, quantities=stated or parse_in_unit(each.text, unit, units=units).quantities
        )

    by_year = {each.fiscal_year: each for each in measure.yearly_targets}
    by_year |= {each.fiscal_year: read(each) for each in changed}
    targets = tuple(by_year[year] for year in sorted(by_year))
    return with_asked_numbers(replace(measure, yearly_targets=targets))


def _in_unit_of(measure: Measure, cell: _Cell) -> _Cell:
    """The cell, its number in the unit that its indicator states, where it has none."""
    return replace(cell, quantities=counted_in(cell.quantities, unit_of(measure)))


def _counted_from(baseline: Baseline, year: FiscalYear | None) -> Baseline:
    """The baseline with its year: the one that it states comes first."""
    return replace(baseline, year=baseline.year or year)


def _beside_what_is_above(row: Indicator, above: Indicator | None) -> Indicator:
    """The row with a baseline cell of its own, where the cell above is no longer the same."""
    shared_with = row.baseline.shared_with
    if shared_with is None:
        return row
    if above and above.id == shared_with and above.baseline.text == row.baseline.text:
        return row
    return replace(row, baseline=replace(row.baseline, shared_with=None))


def _sample(how: HowToRead, goals: Sequence[Goal]) -> HowToRead | None:
    """The sample page with what is left of its plans, else with the goal's first."""
    goal = next(each for each in goals if each.id == how.goal_id)
    known = [plan.id for plan in goal.plans]
    kept = tuple(each for each in how.plan_ids if each in known) or tuple(known[:1])
    if not kept and how.plan_ids:
        return None
    return replace(how, plan_ids=kept if how.plan_ids else ())
