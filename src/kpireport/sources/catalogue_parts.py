"""The parts of a catalogue that can be read, each with its place in the file.

Comes in: the file fitted to its model, or its raw values where something is wrong
with it. Goes out: the parts that fit their models. So a fault in one row does not
hide what the checks have to say about the others: staff mend the file in one go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from kpireport.messages import PathStep, path_text
from kpireport.quickly import dataclass
from kpireport.sources.asked_entries import AnswerEntry, CommentEntry, EvaluatorEntry
from kpireport.sources.catalogue_file import (
    CatalogueFile,
    CategoryEntry,
    HowToReadEntry,
    LabelsEntry,
    LayoutEntry,
    LevelEntry,
    YearsEntry,
)
from kpireport.sources.fields import Entry
from kpireport.sources.json_file import Json
from kpireport.sources.layout_entries import LayoutColumnEntry
from kpireport.sources.measure_entries import (
    IndicatorEntry,
    MeasureEntry,
    NumericTargetEntry,
)
from kpireport.sources.revision_entries import ChangeEntry, RevisionHead, change_model
from kpireport.sources.validation import fit

_Model = TypeVar("_Model", bound=Entry)


@dataclass(frozen=True, slots=True)
class PlacedMeasure:
    """An indicator or a numeric target; ``entry`` is ``None`` where it does not fit its model."""

    place: str
    id: str | None
    entry: MeasureEntry | None


@dataclass(frozen=True, slots=True)
class Placed(Generic[_Model]):
    """An entry of a list that fits its model."""

    place: str
    entry: _Model


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The columns of one edition that can be read; ``is_whole`` where they are all."""

    place: str
    columns: tuple[Placed[LayoutColumnEntry], ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """A goal or section: its place, and the lists that it has, each with how long it is."""

    place: str
    depth: int
    lists: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PlacedLevel:
    """A level that fits its model."""

    place: str
    entry: LevelEntry


class PartKind(StrEnum):
    """What a part with an id is; the value names it in messages."""

    GOAL = "基本目標"
    NUMERIC_TARGET = "数値目標"
    SECTION = "中間の階層"
    PLAN = "戦略計画"
    GROUP = "指標のまとまり"
    INDICATOR = "指標"


@dataclass(frozen=True, slots=True)
class Part:
    """A part with an id, what it stands below, and its entry where it is measured."""

    id: str
    kind: PartKind
    parent: str | None
    entry: MeasureEntry | None = None


@dataclass(frozen=True, slots=True)
class ChangePart:
    """A change of a revision; ``entry`` is ``None`` where it does not fit its model.

    ``ids`` are those that it may bring.
    """

    place: str
    entry: ChangeEntry | None
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class RevisionPart:
    """A revision; ``head`` is ``None`` where what stands above its changes is faulty."""

    place: str
    head: RevisionHead | None
    changes: tuple[ChangePart, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the checks of meaning look at.

    ``ids`` has every id with its place, in the file's order. ``indicator_lists``
    has the indicators that stand directly below one another: those of a plan
    without its groups, and those of each group; a group's heading parts them.
    ``goal_ids``, and by goal ``plan_ids``, are ``None`` where not all can be read: then
    it cannot be said that one is missing. ``decided`` has all that revisions can change,
    in the file's order. ``levels`` are ``None`` where the file says nothing of them, or
    not all can be read.
    """

    years: YearsEntry | None
    how_to_read: HowToReadEntry | None
    layouts: tuple[LaidOut, ...]
    ids: tuple[tuple[str, str], ...]
    numeric_targets: tuple[PlacedMeasure, ...]
    indicator_lists: tuple[tuple[PlacedMeasure, ...], ...]
    goal_ids: frozenset[str] | None
    plan_ids: dict[str, frozenset[str] | None]
    decided: tuple[Part, ...]
    revisions: tuple[RevisionPart, ...]
    labels: LabelsEntry | None
    evaluators: tuple[Placed[EvaluatorEntry], ...]
    comments: tuple[Placed[CommentEntry], ...]
    answers: tuple[Placed[AnswerEntry], ...]
    branches: tuple[Branch, ...]
    levels: tuple[PlacedLevel, ...] | None
    comments_of: str | None
    categories: tuple[Placed[CategoryEntry], ...]
    has_all_categories: bool


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

    def items(self, name: str) -> list[object]:
        """What stands in the list ``name``, readable or not."""
        items = self.item(name)
        return items if isinstance(items, list) else []

    def listed(self, name: str, model: type[_Model]) -> tuple[Placed[_Model], ...]:
        """The objects in the list ``name`` that fit the model."""
        return tuple(
            Placed(path_text(node.steps), entry)
            for node in self.children(name)
            if (entry := node.fitted(model)) is not None
        )

    def child_nodes(self, name: str) -> tuple[_Node, ...]:
        """The object under ``name``, if it is one."""
        item = self.item(name)
        return (_Node((*self.steps, name), item),) if isinstance(item, dict | Entry) else ()

    def ids(self, name: str) -> frozenset[str] | None:
        """The ids in the list ``name``; ``None`` unless all of them can be read."""
        items = self.item(name)
        ids = frozenset(child.id for child in self.children(name) if child.id is not None)
        return ids if isinstance(items, list) and len(ids) == len(items) else None


def readable_parts(file: CatalogueFile | Json) -> Parts:
    """Take from the file, or from its raw values where it is faulty, what can be checked."""
    root = _Node((), file if isinstance(file, dict | CatalogueFile) else {})
    goals = root.children("goals")
    plans = [plan for goal in goals for plan in _plans(goal)]
    return Parts(
        years=root.child("years", YearsEntry),
        how_to_read=root.child("how_to_read", HowToReadEntry),
        layouts=tuple(_laid_out(root)),
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
        plan_ids={goal.id: _plan_ids(goal) for goal in goals if goal.id is not None},
        decided=tuple(part for goal in goals for part in _parts(goal, PartKind.GOAL, None)),
        revisions=tuple(_revision(node) for node in root.children("revisions")),
        labels=root.child("labels", LabelsEntry),
        evaluators=root.listed("evaluators", EvaluatorEntry),
        comments=root.listed("comments", CommentEntry),
        answers=root.listed("answers", AnswerEntry),
        branches=tuple(branch for goal in goals for branch in _branches(goal, 0)),
        levels=_levels(root),
        comments_of=of if isinstance(of := root.item("comments_of"), str) else None,
        categories=(found := root.listed("categories", CategoryEntry)),
        has_all_categories=len(found) == len(root.items("categories")),
    )


def _laid_out(root: _Node) -> Iterator[LaidOut]:
    """Yield the layouts; of one with a faulty column, the others."""
    for node in root.child_nodes("layout"):
        for name in LayoutEntry.model_fields:
            items = node.item(name)
            if isinstance(items, list):
                place = path_text((*node.steps, name))
                columns = tuple(
                    Placed(f"{place}[{index}]", column)
                    for index, item in enumerate(items)
                    if (column := _column(item)) is not None
                )
                yield LaidOut(place, columns, is_whole=len(columns) == len(items))


def _column(item: object) -> LayoutColumnEntry | None:
    if isinstance(item, LayoutColumnEntry):
        return item
    fitted = fit(LayoutEntry, {"plan": [item]})
    return fitted.plan[0] if fitted and fitted.plan else None


def _plans(node: _Node) -> Iterator[_Node]:
    """Yield the plans of a goal or section, and of the sections in it."""
    yield from node.children("plans")
    for section in node.children("sections"):
        yield from _plans(section)


def _plan_ids(node: _Node) -> frozenset[str] | None:
    """The ids of the plans below a goal or section; ``None`` unless all can be read."""
    sections = node.item("sections")
    if not isinstance(sections, list):
        return node.ids("plans")
    below = [_plan_ids(each) for each in node.children("sections")]
    known = [each for each in below if each is not None]
    return frozenset().union(*known) if len(known) == len(sections) else None


def _branches(node: _Node, depth: int) -> Iterator[Branch]:
    found = {name: node.item(name) for name in ("sections", "plans")}
    lists = {name: len(items) for name, items in found.items() if isinstance(items, list)}
    if all(items is None or isinstance(items, list) for items in found.values()):
        yield Branch(path_text(node.steps), depth, lists)
    for each in node.children("sections"):
        yield from _branches(each, depth + 1)


def _levels(root: _Node) -> tuple[PlacedLevel, ...] | None:
    nodes, items = root.children("levels"), root.item("levels")
    placed = tuple(
        PlacedLevel(path_text(node.steps), entry)
        for node in nodes
        if (entry := node.fitted(LevelEntry)) is not None
    )
    return placed if isinstance(items, list) and len(placed) == len(items) else None


_BELOW = {
    PartKind.GOAL: (
        ("numeric_targets", PartKind.NUMERIC_TARGET),
        ("sections", PartKind.SECTION),
        ("plans", PartKind.PLAN),
    ),
    PartKind.SECTION: (("sections", PartKind.SECTION), ("plans", PartKind.PLAN)),
    PartKind.PLAN: (("indicators", PartKind.INDICATOR),),
    PartKind.GROUP: (("indicators", PartKind.INDICATOR),),
}
_MEASURES: dict[PartKind, type[MeasureEntry]] = {
    PartKind.NUMERIC_TARGET: NumericTargetEntry,
    PartKind.INDICATOR: IndicatorEntry,
}


def _parts(node: _Node, kind: PartKind, parent: str | None) -> Iterator[Part]:
    if kind is PartKind.INDICATOR and node.item("indicators") is not None:
        kind = PartKind.GROUP
    if node.id is not None:
        entry = node.fitted(_MEASURES[kind]) if kind in _MEASURES else None
        yield Part(node.id, kind, parent, entry)
    for name, below in _BELOW.get(kind, ()):
        for child in node.children(name):
            yield from _parts(child, below, node.id)


def _revision(node: _Node) -> RevisionPart:
    head = node.value if isinstance(node.value, RevisionHead) else None
    if isinstance(node.value, dict):
        above = {name: item for name, item in node.value.items() if name != "changes"}
        head = fit(RevisionHead, above)
    changes = tuple(_change(each) for each in node.children("changes"))
    return RevisionPart(path_text(node.steps), head, changes)


def _change(node: _Node) -> ChangePart:
    entry = node.value if isinstance(node.value, ChangeEntry) else None
    model = change_model(node.value)
    if entry is None and model is not None:
        entry = node.fitted(model)
    brought = (*node.children("into"), *node.child_nodes("indicator"))
    ids = frozenset(each.id for each in brought if each.id is not None)
    return ChangePart(path_text(node.steps), entry, ids)


def _with_descendants(node: _Node) -> Iterator[_Node]:
    yield node
    for name in ("numeric_targets", "sections", "plans", "indicators"):
        for child in node.children(name):
            yield from _with_descendants(child)


def _indicator_lists(plan: _Node) -> Iterator[tuple[PlacedMeasure, ...]]:
    together: list[PlacedMeasure] = []
    for row in plan.children("indicators"):
        if row.item("indicators") is None:
            together.append(_measure(row, IndicatorEntry))
            continue
        yield tuple(together)
        together = []
        yield tuple(_measure(each, IndicatorEntry) for each in row.children("indicators"))
    yield tuple(together)


def _measure(node: _Node, model: type[MeasureEntry]) -> PlacedMeasure:
    return PlacedMeasure(path_text(node.steps), node.id, node.fitted(model))
