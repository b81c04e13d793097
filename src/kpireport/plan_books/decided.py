"""What is decided, and a workbook says otherwise: a revision (改定), or a slip that is mended.

Comes in: the values of the plan's file as it is so far, and as the workbook says them. Goes
out: what differs in what only a revision changes. A blank that is filled in changes nothing
that was decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpireport.plan_books import columns as of
from kpireport.plan_books.parts import name_of, parts
from kpireport.plan_books.rows import Object
from kpireport.quickly import dataclass
from kpireport.sources.catalogue_text import in_one_line
from kpireport.sources.json_file import Json
from kpireport.sources.settings import SETTINGS_FILE, names_year

_ROW, _PLACE = "行", "置く所"
_NAMES = {
    "name": of.NAME,
    "title": of.NAME,
    "baseline": of.BASELINE,
    "target": of.TARGET,
    "yearly_targets": "年度ごとの目標値",
    "departments": of.IN_CHARGE,
    "category": "区分",
    "details": "欄の文",
}
"""What revisions can change, as their sheet calls it."""
_DETAILS = {each.path[0]: each.title for each in of.OF_INDICATORS if each.path[0] != "past"}
_MAY_BE_BLANK = ("departments", "details", *_DETAILS)
"""What a plan may leave blank, and is filled in later without a revision."""


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
    old, new = ({each.id: each for each in parts(raw)} for raw in (before, after))
    for id_, part in old.items():
        name, found = name_of(part.entry), new.get(id_)
        if found is None:
            yield DecidedChange(id_, name, _ROW, "あり", "なし")
            continue
        if found.place != part.place:
            yield DecidedChange(id_, name, _PLACE, part.place, found.place)
        for item, said, now in _changes(part.entry, found.entry):
            yield DecidedChange(id_, name, item, said, now)
    for id_, part in new.items():
        if id_ not in old:
            yield DecidedChange(id_, name_of(part.entry), _ROW, "なし", "あり")


def _changes(before: Object, after: Object) -> Iterator[tuple[str, str, str]]:
    for key, word in {**_NAMES, **_DETAILS}.items():
        old, new = before.get(key), after.get(key)
        if old != new and not (key in _MAY_BE_BLANK and _is_filled(old, new)):
            yield word, _shown(old), _shown(new)


def _is_filled(before: Json, after: Json) -> bool:
    """Whether what was said still stands, and something was blank."""
    if isinstance(before, dict) and isinstance(after, dict):
        return all(not text or after.get(name) == text for name, text in before.items())
    return not before


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


def is_reported(catalogue: Path) -> bool:
    """Whether years have been reported by a plan's file: what it says is decided by then."""
    folder = catalogue.absolute().parent
    found = (*folder.glob(f"*/{SETTINGS_FILE}"), *folder.glob(f"*/*/{SETTINGS_FILE}"))
    return any(names_year(each.parent.name) for each in found)
