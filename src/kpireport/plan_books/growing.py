"""The rows of the plan's workbook as the plan's file.

Comes in: the rows of each sheet. Goes out: the values of ``catalogue.json``, and which row
each of its objects comes from, so that what is wrong with one is told at its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field

from kpireport.errors import CellError
from kpireport.messages import quoted
from kpireport.plan_books import columns as of
from kpireport.plan_books.column_words import ColumnWords
from kpireport.plan_books.columns import PlanColumn, PlanSheet
from kpireport.plan_books.flattening import LISTS
from kpireport.plan_books.ids import Ids
from kpireport.plan_books.measures import measure_of
from kpireport.plan_books.names import Names
from kpireport.plan_books.notations import NONE
from kpireport.plan_books.parts import brought, id_of, name_of, objects
from kpireport.plan_books.prose import directions_of, introduction_of
from kpireport.plan_books.revision_rows import HEAD_COLUMNS, columns_of, revisions_of
from kpireport.plan_books.rows import BookRow, Object, entry_of
from kpireport.quickly import dataclass
from kpireport.sources.catalogue_file import FORMAT
from kpireport.sources.json_file import Json

_NEEDED = ("cover", "years", "labels")
Rows = Mapping[str, tuple[tuple[PlanColumn, ...], tuple[BookRow, ...]]]
"""The columns and rows of each sheet, by its name."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The row that an object of the plan's file comes from."""

    sheet: PlanSheet
    columns: tuple[PlanColumn, ...]
    row: BookRow


@dataclass(slots=True)
class Grown:
    """The plan's file, as rows say it.

    Attributes:
        raw: its values.
        origins: where its objects come from, by the objects' identity.
        given: the ids that were given to rows without one, by sheet and row.
    """

    raw: Object = field(default_factory=dict)
    origins: dict[int, Origin] = field(default_factory=dict)
    given: dict[tuple[str, int], str] = field(default_factory=dict)


def grow(rows: Rows, known: Object | None = None) -> Grown:
    """The plan's file that the rows say.

    Args:
        rows: those of each sheet that could be read.
        known: the plan's file as it is so far: a row without an id that is in it has its id.
    """
    return _Growing(rows, known or {}).grown


_Read = list[tuple[BookRow, Object]]


class _Growing:
    def __init__(self, rows: Rows, known: Object) -> None:
        self._rows = rows
        self._ids = Ids(known)
        self._brought: _Read = []
        self._above: dict[int, Object] = {}
        self.grown = Grown()
        raw = self._basics()
        self._brought = self._read(of.BROUGHT, measure_of)
        goals = self._goals()
        raw["goals"] = [*goals]
        for key, sheet in LISTS:
            if listed := [entry for _, entry in self._read(sheet)]:
                raw[key] = [*listed]
        self._layout(raw)
        self._prose(raw)
        if revisions := self._revisions():
            raw["revisions"] = revisions
        self.grown.raw = raw

    # --- reading -----------------------------------------------------------------

    def _has(self, *sheets: PlanSheet) -> bool:
        """Whether the rows of sheets were read."""
        return all(each.name in self._rows for each in sheets)

    def _read(
        self,
        sheet: PlanSheet,
        made: Callable[[BookRow, tuple[PlanColumn, ...]], Object] = entry_of,
    ) -> _Read:
        columns, rows = self._rows.get(sheet.name, (sheet.columns, ()))
        read = [(row, made(row, columns)) for row in rows]
        for row, entry in read:
            self._from(sheet, columns, row, entry)
        return read

    def _from(
        self, sheet: PlanSheet, columns: tuple[PlanColumn, ...], row: BookRow, entry: Object
    ) -> None:
        self.grown.origins[id(entry)] = Origin(sheet, columns, row)

    def _identify(self, sheet: PlanSheet, row: BookRow, entry: Object, stem: str) -> None:
        if "id" not in entry:
            given = self._ids.give(entry, stem)
            self.grown.given[sheet.name, row.number] = given
            rest = dict(entry)
            entry.clear()
            entry |= {"id": given, **rest}

    # --- what the file says once ---------------------------------------------------

    def _basics(self) -> Object:
        raw: Object = {"format": FORMAT}
        for row, basics in self._read(of.BASICS):
            raw |= {**{key: {} for key in _NEEDED}, **basics}
            self._from(of.BASICS, of.BASICS.columns, row, raw)
        cover = raw.get("cover")
        if isinstance(cover, dict):  # without either, only the municipality is missed
            cover.setdefault("issuer", raw.get("municipality", NONE))
        return raw

    # --- the goals and what is below them ------------------------------------------

    def _goals(self) -> list[Object]:
        goals, sections, plans = self._read(of.GOALS), self._read(of.SECTIONS), self._read(of.PLANS)
        targets = self._read(of.TARGETS, measure_of)
        groups, indicators = self._read(of.GROUPS), self._read(of.INDICATORS, measure_of)
        every = (goals, sections, plans, targets, groups, indicators, self._brought)
        self._ids.take(entry for read in every for _, entry in read)
        for row, goal in goals:
            self._identify(of.GOALS, row, goal, "g")
        names = Names([goal for _, goal in goals], is_whole=self._has(of.GOALS))
        self._hang(of.TARGETS, targets, names, of.GOAL, "numeric_targets", "{}-")
        self._directions(names)
        self._levels(goals, sections, plans)
        self._indicators(plans, groups, indicators)
        return [goal for _, goal in goals]

    def _hang(
        self, sheet: PlanSheet, read: _Read, names: Names, title: str, key: str, stem: str
    ) -> None:
        """Put each row's object below the one that it names, or that the row above named."""
        above: Object | None = None
        for row, entry in read:
            above = _found(row, title, names, above)
            if above is not None and self._is_within(above, entry):
                what = f"{quoted(name_of(entry))}が、自分の下に置かれています。"
                row.fault(title, CellError(what, f"{title}に、外の階層の名称を書いてください。"))
                above = names.first
            self._identify(sheet, row, entry, stem.format(id_of(above) if above else ""))
            if above is not None:
                self._above[id(entry)] = above
                _append(above, key, entry)

    def _is_within(self, node: Object | None, entry: Object) -> bool:
        """Whether something stands in an object, or is it."""
        while node is not None and node is not entry:
            node = self._above.get(id(node))
        return node is entry

    def _directions(self, names: Names) -> None:
        _, rows = self._rows.get(of.DIRECTIONS.name, ((), ()))
        above: Object | None = None
        by_goal: dict[int, tuple[Object, list[BookRow]]] = {}
        for row in rows:
            above = _found(row, of.GOAL, names, above)
            if above is not None:
                by_goal.setdefault(id(above), (above, []))[1].append(row)
        for goal, below in by_goal.values():
            goal["directions"] = directions_of(below)

    def _levels(self, goals: _Read, sections: _Read, plans: _Read) -> None:
        for row, section in sections:
            self._identify(of.SECTIONS, row, section, "s")
        above = [entry for _, entry in (*goals, *sections)]
        names = Names(above, is_whole=self._has(of.GOALS, of.SECTIONS))
        self._hang(of.SECTIONS, sections, names, of.ABOVE, "sections", "s")
        self._hang(of.PLANS, plans, names, of.ABOVE, "plans", "p")

    def _indicators(self, plans: _Read, groups: _Read, indicators: _Read) -> None:
        names = Names([plan for _, plan in plans], is_whole=self._has(of.PLANS))
        by_plan: dict[int, list[Object]] = {}
        plan: Object | None = None
        for row, group in groups:
            plan = _found(row, of.PLAN, names, plan)
            self._identify(of.GROUPS, row, group, f"{_id(plan)}-")
            if plan is not None:
                by_plan.setdefault(id(plan), []).append(group)
        has_groups = self._has(of.GROUPS)
        group_names = {key: Names(below, is_whole=has_groups) for key, below in by_plan.items()}
        plan = None
        for row, entry in indicators:
            plan = _found(row, of.PLAN, names, plan)
            groups_here = group_names.get(id(plan), Names((), is_whole=has_groups))
            within = _found(row, of.GROUP, groups_here, None, is_needed=False)
            if entry:
                self._identify(of.INDICATORS, row, entry, f"{_id(plan)}-")
            if plan is not None:
                _place(plan, within, entry)

    # --- the rest --------------------------------------------------------------------

    def _layout(self, raw: Object) -> None:
        measured, _ = self._rows.get(of.INDICATORS.name, ((), ()))
        words = ColumnWords(raw, measured)
        for row, column in self._read(of.LAYOUT):
            try:
                key = str(of.EDITIONS.read(row.text(of.EDITION)))
            except CellError as error:
                row.fault(of.EDITION, error)
                continue
            if isinstance(name := column.get("column"), str):
                column["column"] = words.name(name)
            layout = raw.setdefault("layout", {})
            if isinstance(layout, dict):
                _append(layout, key, column)

    def _prose(self, raw: Object) -> None:
        _, rows = self._rows.get(of.INTRODUCTION.name, ((), ()))
        introduction = raw.get("introduction")
        if rows:
            raw["introduction"] = {**_object(introduction), **introduction_of(rows)}
        callouts = [entry for _, entry in self._read(of.CALLOUTS)]
        how_to_read = raw.get("how_to_read")
        if callouts:
            raw["how_to_read"] = {**_object(how_to_read), "callouts": [*callouts]}

    def _revisions(self) -> list[Json]:
        _, rows = self._rows.get(of.REVISIONS.name, ((), ()))
        waiting = [
            (row.text(of.REVISION_ID), row.text(of.SOURCE), entry) for row, entry in self._brought
        ]
        revisions: list[Json] = []
        for head, revision, changes in revisions_of(rows, waiting):
            self._from(of.REVISIONS, HEAD_COLUMNS, head, revision)
            for row, change in changes:
                self._from(of.REVISIONS, columns_of(change.get("change")), row, change)
                self._identify_brought(change)
            revisions.append(revision)
        return revisions

    def _identify_brought(self, change: Object) -> None:
        """Give ids to the indicators of a change: as those of the plan that they come to have."""
        plan = change.get("plan") or re.sub(r"-?[0-9]*$", "", str(change.get("id", "x")))
        for entry in brought(change):
            if origin := self.grown.origins.get(id(entry)):
                self._identify(of.BROUGHT, origin.row, entry, f"{plan}-")


def _found(
    row: BookRow, title: str, names: Names, above: Object | None, *, is_needed: bool = True
) -> Object | None:
    """What the row stands in: what its cell names, or the same as the row above."""
    text = row.text(title)
    if not text:
        if above is None and is_needed and names.is_whole:
            what = "何の下に置くかが書いてありません。"
            row.fault(title, CellError(what, f"{title}の名称か記号を書いてください。"))
            return names.first
        return above
    try:
        return names.find(text)
    except CellError as error:
        if names.is_whole:
            row.fault(title, error)
        return (
            above or names.first if is_needed else None
        )  # so that the row is checked all the same


def _place(plan: Object, group: Object | None, entry: Object) -> None:
    """Put an indicator into its group or plan; a group stands where its first one does."""
    rows = objects(plan.get("indicators"))
    if group is None:
        _append(plan, "indicators", entry)
        return
    if not any(each is group for each in rows):
        _append(plan, "indicators", group)
    if entry:
        _append(group, "indicators", entry)
    else:
        group.setdefault("indicators", [])


def _append(above: Object, key: str, entry: Object) -> None:
    items = above.setdefault(key, [])
    if isinstance(items, list):
        items.append(entry)


def _object(value: Json) -> Object:
    return value if isinstance(value, dict) else {}


def _id(entry: Object | None) -> str:
    return id_of(entry) if entry else "x"
