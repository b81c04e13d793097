"""How rows of the plan's workbook name one another: by what people read, or by ids.

Comes in: the objects of a kind, in order. Goes out: the name that a cell gives to each, and
which object a cell names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpireport.domain.numerals import fold_width
from kpireport.errors import CellError
from kpireport.messages import did_you_mean, quoted
from kpireport.plan_books.parts import full_name, id_of, label_of, name_of
from kpireport.plan_books.rows import Object


class Names:
    """The names of some objects that have ids.

    A cell may give an object's id, its number with its name, or either alone, as long as
    that is nobody else's.
    """

    def __init__(self, entries: Iterable[Object], *, is_whole: bool = True) -> None:
        """Learn the names of the objects.

        Args:
            entries: the objects.
            is_whole: there are no others; that some could not be read is told already.
        """
        self.is_whole = is_whole
        self._entries = tuple(entries)
        self._known: dict[str, list[Object]] = {}
        for entry in self._entries:
            for spelling in {_plain(each) for each in _spellings(entry)} - {""}:
                self._known.setdefault(spelling, []).append(entry)

    @property
    def first(self) -> Object | None:
        """The first of the objects."""
        return next(iter(self._entries), None)

    def name(self, entry: Object) -> str:
        """The name that cells give to an object: one that people read, or its id."""
        full = full_name(entry)
        if "\n" not in full and len(full) <= 255 and self._known.get(_plain(full)) == [entry]:
            return full
        return id_of(entry)

    def find(self, text: str) -> Object:
        """The object that a cell names.

        Raises:
            CellError: there is none, or more than one.
        """
        found = self._known.get(_plain(text), [])
        by_id = [each for each in found if id_of(each) == text.strip()]
        if len(by_id) == 1 or len(found) == 1:
            return (by_id or found)[0]
        if found:
            what = f"{quoted(text)}という名前のものが、{len(found)}つあります。"
            raise CellError(what, "記号で書いてください。")
        what = f"{quoted(text)}という名前のものがありません。"
        raise CellError(what, did_you_mean(text, map(full_name, self._entries)))


def _spellings(entry: Object) -> tuple[str, ...]:
    return id_of(entry), full_name(entry), label_of(entry), name_of(entry)


def _plain(text: str) -> str:
    """A name as it is compared: without white space and width."""
    return re.sub(r"\s", "", fold_width(text))
