"""Plans whose years are calendar years (暦年): their facts, and our words about them.

Comes in: facts as they were read, or finished texts of ours. Goes out: the same, of
calendar years. Our sentences are written of fiscal years (前年度, 年度の目安); the one
place that knows their words for calendar years is here. What people wrote stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Self, TypeVar

from kpireport.domain.catalogue import Catalogue
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear

_Thing = TypeVar("_Thing")
_FISCAL = "年度"
_SHORT = 5
"""Of a text that people wrote and that is no longer, only the whole is known as theirs."""
_QUOTED = re.compile("(「[^「」]*」)")
_PACE = re.compile(r"(?<![各前同この今])年度の目安")


def of_calendar_years(thing: _Thing) -> _Thing:
    """Return facts whose years, however deep they lie, are calendar years."""
    return _changed(thing, lambda part: part.of_calendar if isinstance(part, FiscalYear) else part)


def in_calendar_words(text: str) -> str:
    """Return a text of ours in the words for calendar years.

    >>> in_calendar_words("前年度は、年度の目安に届きませんでした（各年度末の値）。")
    '前年は、その年の目安に届きませんでした（各年末の値）。'
    """
    return _PACE.sub("その年の目安", text).replace(_FISCAL, "年")


def wording_of(plan: Catalogue) -> Callable[[str], str]:
    """Return what puts our sentences into a plan's words; what they quote stays."""
    put_into = Words.of(plan.labels).put_into
    if not plan.years.target.is_calendar:
        return put_into
    return lambda text: "".join(
        part if part.startswith("「") else in_calendar_words(part)
        for part in _QUOTED.split(put_into(text))
    )


def in_year_words(thing: _Thing, year: FiscalYear, *written: object) -> _Thing:
    """Return finished texts in the words for years of a kind.

    Args:
        thing: a text, or whatever has texts: a document, a workbook.
        year: a year of the kind; fiscal years change nothing.
        written: the facts, as they were read: what people wrote in them stays.
    """
    return CalendarWords.beside(*written).put_into(thing) if year.is_calendar else thing


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Our words for calendar years, around what people wrote.

    Attributes:
        whole: texts of theirs, and their lines.
        within: the longer ones of these, which are known in the midst of ours as well.
    """

    whole: frozenset[str]
    within: re.Pattern[str] | None

    @classmethod
    def beside(cls, *things: object) -> Self:
        """Return the words beside the texts of facts as they were read."""
        whole = frozenset(
            part
            for text in _texts(things)
            if _FISCAL in text
            for part in (text, "".join(text.split("\n")), *text.split("\n"))
            if _FISCAL in part
        )
        long = sorted((each for each in whole if len(each) > _SHORT), key=len, reverse=True)
        return cls(whole, re.compile(f"({'|'.join(map(re.escape, long))})") if long else None)

    def put_into(self, thing: _Thing) -> _Thing:
        """Return finished texts, however deep they lie, in these words."""
        return _changed(thing, lambda part: self._text(part) if isinstance(part, str) else part)

    def _text(self, text: str) -> str:
        if _FISCAL not in text or text in self.whole:
            return text
        if self.within is None:
            return in_calendar_words(text)
        parts = self.within.split(text)
        return "".join(
            part if number % 2 else in_calendar_words(part) for number, part in enumerate(parts)
        )


def _texts(thing: object) -> Iterator[str]:
    if isinstance(thing, Enum):
        return
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        yield from _texts(tuple(thing.values()))
    elif isinstance(thing, Collection):
        for each in thing:
            yield from _texts(each)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from _texts(getattr(thing, field.name))


def _changed(thing: _Thing, change: Callable[[object], object]) -> _Thing:
    """Return a value with every part changed; what has no changed part is the same object."""
    return _walk(thing, change)  # type: ignore[return-value]  # each part keeps its type


def _walk(thing: object, change: Callable[[object], object]) -> object:
    if isinstance(thing, Enum | type):
        return thing
    if isinstance(thing, FiscalYear | str):
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
