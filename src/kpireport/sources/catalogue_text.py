"""The canonical text of ``catalogue.json``: one plan, one text.

Comes in: the file as it was read, fitted to its model. Goes out: JSON (RFC 8259) in UTF-8
with its items in the order of the model, without those that say nothing, and what fits on a
line on one line. So two versions of a plan differ in their texts where they differ in what
they say, and a plan that went through a workbook comes back as the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from pydantic.fields import FieldInfo

from kpireport.sources.asked_entries import ChoiceEntry
from kpireport.sources.catalogue_file import CatalogueFile
from kpireport.sources.fields import Entry
from kpireport.sources.json_file import Json
from kpireport.sources.layout_entries import LayoutColumnEntry
from kpireport.sources.measure_entries import IndicatorEntry, PastEntry

_LINE = 100  # characters, with what stands before them
_Parts: TypeAlias = Iterator[tuple[str, Json]]


def canonical_text(file: CatalogueFile) -> str:
    """The text of a plan's file, with a line feed at its end."""
    return _text(canonical(file), 0) + "\n"


def canonical(file: CatalogueFile) -> dict[str, Json]:
    """The values of a plan's file in their canonical form: what :func:`canonical_text` writes."""
    return dict(_items(file))


def in_one_line(value: Json) -> str:
    """The JSON of a value without a line feed, however long that is."""
    return _on_a_line(value, sys.maxsize) or ""


# --- values ----------------------------------------------------------------------


def _items(entry: Entry) -> _Parts:
    """Yield the items that somebody wrote and that say something, as the file names them."""
    for name, field in type(entry).model_fields.items():
        value = getattr(entry, name)
        if name in entry.model_fields_set and not _says_nothing(value, field):
            yield field.alias or name, _plain(value, is_past=_is_past(entry, name))


def _says_nothing(value: object, field: FieldInfo) -> bool:
    """Whether a value is empty, and the same as none at all."""
    if field.is_required() or value:
        return False
    return bool(value == field.get_default(call_default_factory=True))


def _is_past(entry: Entry, name: str) -> bool:
    return isinstance(entry, IndicatorEntry) and name == "past"


def _plain(value: object, *, is_past: bool = False) -> Json:
    match value:
        case Entry():
            return _short(value)
        case list():
            items: list[Json] = [_plain(each) for each in value]
            return _only_text(value, items) if is_past else items
        case Mapping():
            return {str(key): _plain(value[key]) for key in sorted(value)}
        case StrEnum():
            return str(value)
        case bool() | int() | str() | Decimal() | None:
            return value
        case _:  # a day
            return str(value)


_SHORT = {LayoutColumnEntry: "column", ChoiceEntry: "word"}
"""Entries that are written as their one text where they say nothing else."""


def _short(entry: Entry) -> Json:
    items = dict(_items(entry))
    name = _SHORT.get(type(entry))
    return items[name] if name and list(items) == [name] else items


def _only_text(pasts: list[object], items: list[Json]) -> Json:
    """The one earlier value without a label is written as its text alone."""
    if len(pasts) == 1 and isinstance(pasts[0], PastEntry) and not pasts[0].label and pasts[0].text:
        return pasts[0].text
    return items


# --- text ------------------------------------------------------------------------


def _text(value: Json, indent: int) -> str:
    """The value's text; what does not fit on the rest of a line has a line for each item."""
    short = _on_a_line(value, _LINE - indent)
    if short is not None:
        return short
    inner = " " * (indent + 2)
    match value:
        case dict():
            lines = [
                f"{inner}{_scalar(key)}: {_below(key, each, indent)}" for key, each in value.items()
            ]
            return "{\n" + ",\n".join(lines) + "\n" + " " * indent + "}"
        case list():
            lines = [f"{inner}{_text(each, indent + 2)}" for each in value]
            return "[\n" + ",\n".join(lines) + "\n" + " " * indent + "]"
        case _:
            return _scalar(value)


def _below(key: str, value: Json, indent: int) -> str:
    """The value of a named item; its name stands before it on its first line."""
    short = _on_a_line(value, _LINE - indent - len(_scalar(key)) - 4)
    return _text(value, indent + 2) if short is None else short


def _on_a_line(value: Json, room: int) -> str | None:
    """The value on one line; ``None`` where it has parts, and no room for them."""
    match value:
        case dict():
            ends, parts = ("{ ", " }"), [(f"{_scalar(key)}: ", each) for key, each in value.items()]
        case list():
            ends, parts = ("[", "]"), [("", each) for each in value]
        case _:
            return _scalar(value)
    if not parts:
        return "{}" if isinstance(value, dict) else "[]"
    texts, left = [], room - len(ends[0]) - len(ends[1])
    for name, each in parts:
        text = _on_a_line(each, left - len(name))
        if text is None or len(name) + len(text) > left:
            return None
        texts.append(name + text)
        left -= len(name) + len(text) + 2
    return ends[0] + ", ".join(texts) + ends[1]


def _scalar(value: Json) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False)
