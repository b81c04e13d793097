"""What is decided, and a workbook says otherwise: a revision (改定), or a slip that is mended.

Comes in: the values of the plan's file as it is so far, and as the workbook says them. Goes
out: what differs in what only a revision changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kpireport.plan_books import columns as of
from kpireport.plan_books.flattening import BELOW, objects
from kpireport.plan_books.rows import Object
from kpireport.sources.catalogue_text import in_one_line
from kpireport.sources.json_file import Json
from kpireport.sources.settings import SETTINGS_FILE, names_year

_ROW, _PLACE = "行", "置く所"
_NAMES = {
    "name": "名称",
    "title": "名称",
    "baseline": "現状値",
    "target": "目標値",
    "yearly_targets": "年度ごとの目標値",
    "departments": "所管課",
    "category": "区分",
    "details": "欄の文",
}
"""What revisions can change, as their sheet calls it."""
_DETAILS = {each.path[0]: each.title for each in of.OF_INDICATORS if each.path[0] != "past"}


@dataclass(frozen=True, slots=True)
class DecidedChange:
    """Something of the decided plan that a workbook says otherwise."""

    id: str
    name: str
    item: str
    before: str
    after: str


def changes_between(before: Object, after: Object) -> Iterator[DecidedChange]:
    """Yield what differs in what only a revision changes."""
    old, new = dict(_placed(before)), dict(_placed(after))
    for id_, (entry, place) in old.items():
        found = new.get(id_)
        if found is None:
            yield DecidedChange(id_, _name(entry), _ROW, "あり", "なし")
            continue
        if found[1] != place:
            yield DecidedChange(id_, _name(entry), _PLACE, place, found[1])
        yield from _changes(id_, entry, found[0])
    for id_ in new.keys() - old.keys():
        yield DecidedChange(id_, _name(new[id_][0]), _ROW, "なし", "あり")


def _placed(raw: Object) -> Iterator[tuple[str, tuple[Object, str]]]:
    """Yield everything that has an id, by it, with the id of what it stands in."""
    waiting = [(each, "") for each in objects(raw.get("goals"))[::-1]]
    while waiting:
        entry, place = waiting.pop()
        id_ = str(entry.get("id", ""))
        yield id_, (entry, place)
        for key in reversed(BELOW):
            waiting += [(each, id_) for each in objects(entry.get(key))[::-1] if "id" in each]


def _changes(id_: str, before: Object, after: Object) -> Iterator[DecidedChange]:
    for key, word in {**_NAMES, **_DETAILS}.items():
        old, new = before.get(key), after.get(key)
        if old != new:
            yield DecidedChange(id_, _name(before), word, _shown(old), _shown(new))


def _shown(value: Json) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case {"text": str(text)}:
            return text
        case list() if all(isinstance(each, str) for each in value):
            return "、".join(map(str, value))
        case _:
            return in_one_line(value)


def _name(entry: Object) -> str:
    return str(entry.get("name", entry.get("title", "")))


def is_reported(catalogue: Path) -> bool:
    """Whether years have been reported by a plan's file: what it says is decided by then."""
    folder = catalogue.absolute().parent
    found = (*folder.glob(f"*/{SETTINGS_FILE}"), *folder.glob(f"*/*/{SETTINGS_FILE}"))
    return any(names_year(each.parent.name) for each in found)
