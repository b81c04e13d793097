"""Plans whose years are calendar years (暦年): what was read of them.

Comes in: facts as they were read. Goes out: the same, of calendar years. What our sentences
call such years is known by :mod:`kpireport.domain.wording`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar

from kpireport.domain.years import FiscalYear

_Thing = TypeVar("_Thing")


def of_calendar_years(thing: _Thing) -> _Thing:
    """Return facts whose years, however deep they lie, are calendar years."""
    return _changed(thing, lambda year: year.of_calendar)


def _changed(thing: _Thing, change: Callable[[FiscalYear], FiscalYear]) -> _Thing:
    """Return a value with every year changed; what has none is the same object."""
    return _walk(thing, change)  # type: ignore[return-value]  # each part keeps its type


def _walk(thing: object, change: Callable[[FiscalYear], FiscalYear]) -> object:
    if isinstance(thing, Enum | type):
        return thing
    if isinstance(thing, FiscalYear):
        return change(thing)
    if isinstance(thing, tuple | list | frozenset):
        if type(thing) not in (tuple, list, frozenset):
            return thing
        parts = [_walk(each, change) for each in thing]
        if all(new is old for new, old in zip(parts, thing, strict=True)):
            return thing
        return type(thing)(parts)
    if isinstance(thing, dict):
        return {_walk(key, change): _walk(each, change) for key, each in thing.items()}
    if is_dataclass(thing):
        found = {each.name: (getattr(thing, each.name), each.init) for each in fields(thing)}
        new = {name: _walk(part, change) for name, (part, is_given) in found.items() if is_given}
        new = {name: part for name, part in new.items() if part is not found[name][0]}
        return replace(thing, **new) if new else thing  # type: ignore[type-var]
    return thing
