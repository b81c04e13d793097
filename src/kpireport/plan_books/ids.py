"""Ids for rows that have none (記号).

Comes in: the objects of a plan. Goes out: an id for each that has none: that which it has in
the plan's file already, or one that nobody has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kpireport.plan_books.flattening import BELOW, objects
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
        for entry in _everything(known):
            id_ = str(entry.get("id", ""))
            self._ever.add(id_)
            self._known.setdefault(_called(entry), []).append(id_)
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def take(self, entries: Iterable[Object]) -> None:
        """Learn the ids that rows have."""
        self._taken |= {str(entry["id"]) for entry in entries if "id" in entry}

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
    return str(entry.get("label", entry.get("numeral", ""))), str(
        entry.get("title", entry.get("name", ""))
    )


def _everything(known: Object) -> Iterator[Object]:
    waiting = objects(known.get("goals"))[::-1]
    while waiting:
        entry = waiting.pop()
        yield entry
        for key in reversed(BELOW):
            waiting += [each for each in objects(entry.get(key))[::-1] if "id" in each]
    for revision in objects(known.get("revisions")):
        for change in objects(revision.get("changes")):
            yield from brought(change)


def brought(change: Object) -> list[Object]:
    """The indicators that a change brings."""
    return objects([change.get("indicator")]) + objects(change.get("into"))
