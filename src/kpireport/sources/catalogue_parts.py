"""The parts of a catalogue that can be read, each with its place in the file.

Comes in: the file fitted to its model, or its raw values where something is wrong
with it. Goes out: the parts that fit their models. So a fault in one row does not
hide what the checks have to say about the others: staff mend the file in one go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from kpireport.sources.catalogue_file import (
    CatalogueFile,
    HowToReadEntry,
    IndicatorEntry,
    MeasureEntry,
    NumericTargetEntry,
    YearsEntry,
)
from kpireport.sources.fields import Entry
from kpireport.sources.json_file import Json
from kpireport.sources.problems import PathStep, path_text
from kpireport.sources.validation import fit

_Model = TypeVar("_Model", bound=Entry)


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator or a numeric target; ``entry`` is ``None`` where it does not fit its model."""

    place: str
    id: str | None
    entry: MeasureEntry | None


@dataclass(frozen=True, slots=True)
class Parts:
    """What the checks of meaning look at.

    ``ids`` has every id with its place, in the file's order. ``indicator_lists``
    has the indicators that stand directly below one another: those of a plan
    without its groups, and those of each group; a group's heading parts them.
    ``goal_ids``, and by goal ``plan_ids``, are ``None`` where not all can be read: then
    it cannot be said that one is missing.
    """

    years: YearsEntry | None
    how_to_read: HowToReadEntry | None
    ids: tuple[tuple[str, str], ...]
    numeric_targets: tuple[Measure, ...]
    indicator_lists: tuple[tuple[Measure, ...], ...]
    goal_ids: frozenset[str] | None
    plan_ids: dict[str, frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class _Node:
    """An object of the file, raw or fitted to its model, and the steps that lead to it."""

    steps: tuple[PathStep, ...]
    value: dict[str, Json] | Entry

    @property
    def id(self) -> str | None:
        value = self.item("id")
        return value if isinstance(value, str) else None

    def item(self, name: str) -> object:
        """The item's value; ``None`` where there is none."""
        items = self.value if isinstance(self.value, dict) else vars(self.value)
        return items.get(name)

    def child(self, name: str, model: type[_Model]) -> _Model | None:
        """The object under ``name`` as an instance of the model; ``None`` unless it fits."""
        value = self.item(name)
        return _Node((), value).fitted(model) if isinstance(value, dict | Entry) else None

    def fitted(self, model: type[_Model]) -> _Model | None:
        """The object as an instance of the model; ``None`` where it does not fit."""
        return self.value if isinstance(self.value, model) else fit(model, self.value)

    def children(self, name: str) -> tuple[_Node, ...]:
        """The objects in the list ``name``; none where there is no such list."""
        items = self.item(name)
        if not isinstance(items, list):
            return ()
        return tuple(
            _Node((*self.steps, name, index), item)
            for index, item in enumerate(items)
            if isinstance(item, dict | Entry)
        )

    def ids(self, name: str) -> frozenset[str] | None:
        """The ids in the list ``name``; ``None`` unless all of them can be read."""
        items = self.item(name)
        ids = frozenset(child.id for child in self.children(name) if child.id is not None)
        return ids if isinstance(items, list) and len(ids) == len(items) else None


def readable_parts(file: CatalogueFile | Json) -> Parts:
    """Take from the file, or from its raw values where it is faulty, what can be checked."""
    root = _Node((), file if isinstance(file, dict | CatalogueFile) else {})
    goals = root.children("goals")
    plans = [plan for goal in goals for plan in goal.children("plans")]
    return Parts(
        years=root.child("years", YearsEntry),
        how_to_read=root.child("how_to_read", HowToReadEntry),
        ids=tuple(
            (path_text((*node.steps, "id")), node.id)
            for goal in goals
            for node in _with_descendants(goal)
            if node.id is not None
        ),
        numeric_targets=tuple(
            _measure(node, NumericTargetEntry)
            for goal in goals
            for node in goal.children("numeric_targets")
        ),
        indicator_lists=tuple(rows for plan in plans for rows in _indicator_lists(plan)),
        goal_ids=root.ids("goals"),
        plan_ids={goal.id: goal.ids("plans") for goal in goals if goal.id is not None},
    )


def _with_descendants(node: _Node) -> Iterator[_Node]:
    yield node
    for name in ("numeric_targets", "plans", "indicators"):
        for child in node.children(name):
            yield from _with_descendants(child)


def _indicator_lists(plan: _Node) -> Iterator[tuple[Measure, ...]]:
    together: list[Measure] = []
    for row in plan.children("indicators"):
        if row.item("indicators") is None:
            together.append(_measure(row, IndicatorEntry))
            continue
        yield tuple(together)
        together = []
        yield tuple(_measure(each, IndicatorEntry) for each in row.children("indicators"))
    yield tuple(together)


def _measure(node: _Node, model: type[MeasureEntry]) -> Measure:
    return Measure(path_text(node.steps), node.id, node.fitted(model))
