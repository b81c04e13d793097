"""The plan's file as the rows of its workbook.

Comes in: the values of ``catalogue.json`` in their canonical form. Goes out: the rows of
each sheet. :mod:`kpireport.plan_books.growing` is the way back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn, PlanSheet
from kpireport.plan_books.measures import measure_columns, measure_row
from kpireport.plan_books.names import Names
from kpireport.plan_books.parts import (
    BELOW,
    GOALS,
    INDICATORS,
    KINDS,
    PLANS,
    SECTIONS,
    TARGETS,
    Part,
    all_brought,
    changes,
    id_of,
    items,
    objects,
    parts,
)
from kpireport.plan_books.prose import direction_rows, introduction_rows
from kpireport.plan_books.revision_rows import brought_by, revision_rows
from kpireport.plan_books.rows import BookRow, Object, item_at, row_of
from kpireport.quickly import dataclass
from kpireport.sources.json_file import Json

LISTS = (
    ("evaluators", of.EVALUATORS),
    ("comments", of.COMMENTS),
    ("answers", of.ANSWERS),
    ("levels", of.LEVELS),
    ("categories", of.CATEGORIES),
)
"""Lists of the file that are sheets of their own, as they stand."""

EDITIONS = tuple(of.EDITIONS.words.items())


@dataclass(frozen=True, slots=True)
class FlatSheet:
    """A sheet with its columns, those of this plan's own among them, and its rows.

    ``memos`` are rows that say nothing of the plan: something stands in people's own columns alone.
    """

    sheet: PlanSheet
    columns: tuple[PlanColumn, ...]
    rows: tuple[BookRow, ...]
    memos: tuple[BookRow, ...] = ()


def flatten(raw: Object) -> tuple[FlatSheet, ...]:
    """The sheets of a plan's file, in the workbook's order.

    Args:
        raw: its values, in their canonical form.
    """
    rows = _Flattening(raw).rows
    return tuple(
        FlatSheet(sheet, *rows[sheet.name])
        if sheet.name in rows
        else FlatSheet(sheet, sheet.columns, ())
        for sheet in of.SHEETS
    )


_Placed = tuple[Object, dict[str, str]]
"""An object, and what its row says beside its items."""


class _Flattening:
    """The rows of each sheet, by its name, with its columns."""

    def __init__(self, raw: Object) -> None:
        self.rows: dict[str, tuple[tuple[PlanColumn, ...], tuple[BookRow, ...]]] = {}
        tree, calendar = _Tree(raw), item_at(raw, ("years", "kind")) == "calendar"
        self._goals(tree.goals, tree.goal_names)
        self._add(of.SECTIONS, tree.sections)
        self._add(of.PLANS, tree.plans)
        self._add(of.GROUPS, tree.groups)
        self._measures(of.INDICATORS, tree.indicators, calendar=calendar)
        self._measures(of.TARGETS, tree.targets, calendar=calendar)
        revisions = objects(raw.get("revisions"))
        self._put(of.REVISIONS, of.REVISIONS.columns, revision_rows(revisions, tree.revisable()))
        self._measures(of.BROUGHT, brought_by(revisions), calendar=calendar)
        for key, sheet in LISTS:
            self._add(sheet, [(each, {}) for each in objects(raw.get(key))])
        self._add(of.LAYOUT, list(_layout(raw)))
        departments = dict.fromkeys((*tree.departments(), *_of_changes(raw)))
        named = [BookRow({of.DEPARTMENTS.columns[0].title: each}) for each in departments]
        self._put(of.DEPARTMENTS, of.DEPARTMENTS.columns, named)
        self._introduction(raw.get("introduction"))
        self._add(
            of.CALLOUTS, [(each, {}) for each in objects(item_at(raw, ("how_to_read", "callouts")))]
        )
        basics = [row_of(_basics(raw, self), of.BASICS.columns)]
        self._put(of.BASICS, of.BASICS.columns, basics)

    def _goals(self, goals: list[Object], names: Names) -> None:
        """The goals, and the rows of their directions; what no row can say stays with the goal."""
        heads, rows = [], []
        for goal in goals:
            directions = items(goal.get("directions"))
            below = direction_rows(directions, names.name(goal))
            unsaid = {"directions": goal["directions"]} if directions and not below else {}
            heads.append(row_of({**_without_rows(goal), **unsaid}, of.GOALS.columns))
            rows += below
        self._put(of.GOALS, of.GOALS.columns, heads)
        self._put(of.DIRECTIONS, of.DIRECTIONS.columns, rows)

    def _introduction(self, introduction: Json) -> None:
        if isinstance(introduction, dict):
            self._put(of.INTRODUCTION, of.INTRODUCTION.columns, introduction_rows(introduction))

    def _measures(self, sheet: PlanSheet, placed: list[_Placed], *, calendar: bool) -> None:
        columns = measure_columns(sheet, (entry for entry, _ in placed), calendar=calendar)
        self._put(sheet, columns, [measure_row(entry, columns, links) for entry, links in placed])

    def _add(self, sheet: PlanSheet, placed: list[_Placed]) -> None:
        rows = [row_of(_without_rows(entry), sheet.columns, links) for entry, links in placed]
        self._put(sheet, sheet.columns, rows)

    def _put(self, sheet: PlanSheet, columns: tuple[PlanColumn, ...], rows: list[BookRow]) -> None:
        self.rows[sheet.name] = (columns, tuple(rows))


class _Tree:
    """The parts of the goals, each with the name of what it stands in."""

    def __init__(self, raw: Object) -> None:
        known: dict[str, list[Part]] = {kind: [] for kind in KINDS}
        for part in parts(raw):
            known[part.kind].append(part)
        self.goals = [each.entry for each in known[GOALS]]
        self.goal_names = Names(self.goals)
        above = Names([*self.goals, *(each.entry for each in known[SECTIONS])])
        self._plan_names = Names(each.entry for each in known[PLANS])
        self.targets = _linked(known[TARGETS], of.GOAL, self.goal_names)
        self.sections = _linked(known[SECTIONS], of.ABOVE, above)
        self.plans = _linked(known[PLANS], of.ABOVE, above)
        self.groups: list[_Placed] = []
        self.indicators: list[_Placed] = []
        for part in known[PLANS]:
            self._rows(part.entry)

    def _rows(self, plan: Object) -> None:
        rows, link = objects(plan.get(INDICATORS)), {of.PLAN: self._plan_names.name(plan)}
        names = Names(each for each in rows if INDICATORS in each)
        for row in rows:
            if INDICATORS not in row:
                self.indicators.append((row, link))
                continue
            self.groups.append((row, link))
            below = objects(row[INDICATORS]) or [{}]
            self.indicators += [(each, {**link, of.GROUP: names.name(row)}) for each in below]

    def revisable(self) -> dict[str, Object]:
        """What a revision can name, by ids."""
        placed = (*self.sections, *self.plans, *self.groups, *self.indicators, *self.targets)
        return {id_of(entry): entry for entry, _ in placed}

    def departments(self) -> Iterator[str]:
        """Yield the departments, in the order in which they come."""
        placed = (*self.sections, *self.plans, *self.indicators, *self.targets)
        for entry in (*self.goals, *(each for each, _ in placed)):
            yield from (each for each in items(entry.get("departments")) if isinstance(each, str))


def _linked(below: list[Part], title: str, names: Names) -> list[_Placed]:
    return [(each.entry, {title: names.name(each.above.entry)}) for each in below if each.above]


def _of_changes(raw: Object) -> Iterator[str]:
    """Yield the departments that revisions bring."""
    for entry in (*(change for _, change in changes(raw)), *all_brought(raw)):
        yield from (each for each in items(entry.get("departments")) if isinstance(each, str))


def _layout(raw: Object) -> Iterator[_Placed]:
    for key, edition in EDITIONS:
        for each in items(item_at(raw, ("layout", key))):
            column: Object = each if isinstance(each, dict) else {"column": each}
            yield column, {of.EDITION: edition}


def _without_rows(entry: Object) -> Object:
    """The object without what are rows of other sheets; an empty list is no row, and stays."""
    return {
        key: value
        for key, value in entry.items()
        if key not in BELOW or not (value and isinstance(value, list))
    }


def _basics(raw: Object, flat: _Flattening) -> Object:
    """What the file says once."""
    apart = {"format", "goals", "revisions", *(key for key, _ in LISTS)}
    basics = {key: value for key, value in raw.items() if key not in apart or not value}
    inner: Mapping[str, tuple[str, ...]] = {
        "layout": tuple(key for key, _ in EDITIONS),
        "how_to_read": ("callouts",),
        "introduction": ("paragraphs", "points", "notes")
        if flat.rows.get("はじめに", ((), ()))[1]
        else (),
    }
    for key, lists in inner.items():
        if isinstance(below := raw.get(key), dict):
            left = {name: value for name, value in below.items() if name not in lists or not value}
            basics[key] = left
            if not left and below:
                del basics[key]
    return basics
