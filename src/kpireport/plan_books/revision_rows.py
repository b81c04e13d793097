"""Revisions (改定) as rows: one for each change.

Comes in: the revisions of the plan's file, or rows. Goes out: the other of the two. An
indicator that a change brings is a row of a sheet of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from kpireport.errors import CellError
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import AFTER, QUANTITIES, PlanColumn
from kpireport.plan_books.notations import AsQuantities, AsYear
from kpireport.plan_books.parts import brought, id_of, objects
from kpireport.plan_books.rows import BookRow, Object, entry_of, item_at, row_of
from kpireport.sources.json_file import Json

_HEAD = ((of.REVISION_ID, "id"), ("改定の名称", "title"), ("決定日", "decided"))
_FROM = ("適用年度", "from")
HEAD_COLUMNS = tuple(PlanColumn(title, (key,)) for title, key in (*_HEAD, _FROM))
"""The columns that say something of a revision as a whole."""
_AFTER, _QUANTITY, _KIND = of.AFTER_TITLE, of.QUANTITY, "変更の種類"
_HEAD_ITEM = "revision"
_BROUGHT = ("indicator", "into")


def revision_rows(revisions: list[Object], decided: Mapping[str, Object]) -> list[BookRow]:
    """The rows of the revisions.

    Args:
        revisions: those of the plan's file.
        decided: what they can change, by ids: to show what was there before.
    """
    rows = []
    for revision in revisions:
        head, unsaid = _head(revision)
        own = _telling_apart(revision)
        for change in objects(revision.get("changes")):
            apart = _BROUGHT if id(change) in own else ()
            entry = {key: value for key, value in change.items() if key not in apart}
            texts = {**head, of.BEFORE: _before(change, decided)}
            rows.append(row_of({**entry, **unsaid}, columns_of(change.get("change")), texts))
            unsaid = {}
    return rows


def _head(revision: Object) -> tuple[dict[str, str], Object]:
    """What each row of a revision says of it; and what cells would not keep, for the first."""
    texts = {title: str(revision.get(key, "")) for title, key in _HEAD}
    lost = {key: revision[key] for title, key in _HEAD if texts[title] != texts[title].strip()}
    texts = {title: text.strip() for title, text in texts.items()}
    return {**texts, _FROM[0]: str(revision.get(_FROM[1], ""))}, {_HEAD_ITEM: lost} if lost else {}


def _before(change: Object, decided: Mapping[str, Object]) -> str:
    entry = decided.get(id_of(change))
    kind = change.get("change")
    if entry is None or not isinstance(kind, str) or kind not in AFTER:
        return ""
    path, notation = AFTER[kind]
    before = item_at(entry, path if kind != "rename" or "name" in entry else ("title",))
    return "" if before is None else notation.write(before).strip()


def departments_of(row: BookRow) -> Iterator[str]:
    """Yield the title of the cell that names departments, if a change has one."""
    if row.text(_KIND) in (of.CHANGES.words["departments"], "departments"):
        yield _AFTER


def columns_of(kind: Json) -> tuple[PlanColumn, ...]:
    """The columns of a change; which item stands in some of them depends on its kind."""
    kind = kind if isinstance(kind, str) else ""
    after, quantities = AFTER.get(kind), QUANTITIES.get(kind)
    columns = []
    for column in of.REVISIONS.columns:
        if column.title == _AFTER and after:
            path, notation = after
            columns.append(replace(column, path=path, notation=notation))
        elif column.title == _QUANTITY and quantities:
            columns.append(replace(column, path=quantities, notation=AsQuantities()))
        else:
            columns.append(column)
    return tuple(columns)


def brought_by(revisions: list[Object]) -> list[tuple[Object, dict[str, str]]]:
    """The indicators that changes bring, each with the revision and what was split."""
    return [
        (
            entry,
            {of.REVISION_ID: id_of(revision), of.SOURCE: id_of(change) if "into" in change else ""},
        )
        for revision in revisions
        if (own := _telling_apart(revision))
        for change in objects(revision.get("changes"))
        if id(change) in own
        for entry in brought(change)
    ]


def _telling_apart(revision: Object) -> set[int]:
    """The changes whose indicators their rows can tell whose they are, by identity.

    What is split twice in a revision has the same words in both: it stays with the change.
    """
    changes = objects(revision.get("changes"))
    splits = Counter(id_of(each) for each in changes if "into" in each)
    return {id(each) for each in changes if "into" not in each or splits[id_of(each)] == 1}


# --- the way back ----------------------------------------------------------------


def revisions_of(
    rows: Iterable[BookRow], brought: Iterable[tuple[str, str, Object]]
) -> list[tuple[BookRow, Object, list[tuple[BookRow, Object]]]]:
    """The revisions of rows: the first row of each, it, and its changes with their rows.

    Args:
        rows: those of the sheet.
        brought: the indicators that changes bring: revision, what is split, the indicator.
    """
    waiting: dict[tuple[str, str], list[Object]] = {}
    for id_, source, entry in brought:
        waiting.setdefault((id_, source), []).append(entry)
    found = []
    for below in _by_revision(rows):
        head = below[0]
        revision: Object = {key: head.text(title) for title, key in _HEAD if head.text(title)}
        if year := head.text(_FROM[0]):
            revision[_FROM[1]] = _year(head, year)
        changes = [(row, _change(row, head.text(_HEAD[0][0]), waiting)) for row in below]
        for _, change in changes:
            if isinstance(more := change.pop(_HEAD_ITEM, None), dict):
                revision |= more
        revision["changes"] = [change for _, change in changes]
        found.append((head, revision, changes))
    return found


def _by_revision(rows: Iterable[BookRow]) -> Iterator[list[BookRow]]:
    """Yield the rows of each revision; one without an id is of the one above."""
    last = ""

    def revision(row: BookRow) -> str:
        nonlocal last
        last = row.text(_HEAD[0][0]) or last
        return last

    for _, below in groupby(rows, key=revision):
        yield list(below)


def _change(row: BookRow, revision: str, waiting: dict[tuple[str, str], list[Object]]) -> Object:
    kind = entry_of(row, [each for each in of.REVISIONS.columns if each.path == ("change",)])
    change = entry_of(row, columns_of(kind.get("change")))
    match change.get("change"):
        case "add":
            added = waiting.get((revision, ""), [])
            if added:
                change["indicator"] = added.pop(0)
        case "split":
            parts = waiting.pop((revision, id_of(change)), [])
            if parts or "into" not in change:
                change["into"] = [*parts]
    return change


def _year(row: BookRow, text: str) -> Json:
    try:
        return AsYear().read(text)
    except CellError as error:
        row.fault(_FROM[0], error)
        return None
