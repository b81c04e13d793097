"""Indicators that a document says twice: in the plans' tables, and in a list of them all (一覧).

Comes in: indicators as they are read, the words above their tables. Goes out: the indicator
that a row says again.
"""

from __future__ import annotations

import re

from kpireport.plan_books.rows import Object, item_at
from kpireport.plan_documents.vocabulary import SUMMARIES, squeezed
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class _Known:
    entry: Object
    above: Object
    table: int
    is_of_summary: bool


class Repeats:
    """What was read so far, table by table."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._known: dict[str, list[_Known]] = {}
        self._table = 0
        self._is_summary = False

    def begin(self, words: str) -> None:
        """Begin a table.

        Args:
            words: what stands above it.
        """
        self._table += 1
        self._is_summary = bool(re.search(SUMMARIES, squeezed(words)))

    def know(self, entry: Object, above: Object) -> None:
        """Know an indicator, with what it stands in."""
        known = _Known(entry, above, self._table, self._is_summary)
        self._known.setdefault(_name(entry), []).append(known)

    def known(self, entry: Object, above: Object | None = None) -> Object | None:
        """The indicator of another table that a row says again.

        Args:
            entry: the row's.
            above: what it stands in; ``None`` asks for those that lists of all indicators
                repeat, wherever they stand.
        """
        return next(
            (
                each.entry
                for each in self._others(entry)
                if _values(each.entry) == _values(entry)
                and (self._is_summary or each.is_of_summary or each.above is above)
            ),
            None,
        )

    def unlike(self, entry: Object, above: Object) -> Object | None:
        """The indicator of another table that has the name of this one, and other values."""
        return next(
            (
                each.entry
                for each in self._others(entry)
                if self._is_summary or each.is_of_summary or each.above is above
            ),
            None,
        )

    def _others(self, entry: Object) -> list[_Known]:
        return [each for each in self._known.get(_name(entry), []) if each.table != self._table]


def _name(entry: Object) -> str:
    return squeezed(str(entry.get("name", "")))


def _values(entry: Object) -> tuple[str, ...]:
    paths = (("baseline", "text"), ("target", "text"))
    return tuple(squeezed(str(item_at(entry, path) or "")) for path in paths)
