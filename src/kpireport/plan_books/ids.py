"""Ids for rows that have none (記号).

Comes in: the objects of a plan. Goes out: an id for each that has none: that which it has in
the plan's file already, or one that nobody has.
"""

from __future__ import annotations

from collections.abc import Iterable

from kpireport.plan_books.parts import all_brought, id_of, label_of, name_of, parts
from kpireport.plan_books.rows import Object

_DIGITS = {"p": 2, "s": 2, "-": 2}
"""How many an id's number has at least, by what stands before it: ``g1``, ``p01``, ``p01-01``."""


class Ids:
    """The ids that are taken, and those that the plan's file gave before.

    An id names the same thing for years: a row that lost it gets it back, found by what it is
    called; one that an ended row had is not used again.
    """

    def __init__(self, known: Object) -> None:
        """Learn the ids of the plan's file as it is so far."""
        self._known: dict[tuple[str, str], list[str]] = {}
        self._ever: set[str] = set()
        for entry in (*(each.entry for each in parts(known)), *all_brought(known)):
            self._ever.add(id_of(entry))
            self._known.setdefault(_called(entry), []).append(id_of(entry))
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def take(self, entries: Iterable[Object]) -> None:
        """Learn the ids that rows have."""
        self._taken |= {id_of(entry) for entry in entries}

    def give(self, entry: Object, stem: str) -> str:
        """An id for an object: its own from before, or a new one that begins with ``stem``."""
        for known in self._known.get(_called(entry), ()):
            if known not in self._taken:
                return self._took(known)
        digits = _DIGITS.get(stem[-1:], 1)
        while True:
            number = self._last[stem] = self._last.get(stem, 0) + 1
            new = f"{stem}{number:0{digits}}"
            if new not in self._taken and new not in self._ever:
                return self._took(new)

    def _took(self, id_: str) -> str:
        self._taken.add(id_)
        return id_


def _called(entry: Object) -> tuple[str, str]:
    return label_of(entry), name_of(entry)
