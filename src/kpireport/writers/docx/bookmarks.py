"""Bookmarks: the places in the document that links and contents point to (17.13.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kpireport.writers.docx.markup import Xml, join

_LONGEST_NAME = 40  # Word cuts longer names, and then finds two alike


@dataclass(slots=True)
class Bookmarks:
    """Gives every block id a bookmark name that Word accepts; the same id, the same name.

    ``texts`` are the headings, labels and numbers that bookmarks stand around, by their ids.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _placed: int = 0

    def name(self, block_id: str) -> str:
        """Return the bookmark's name: letters, digits and ``_``, begun by a letter, unique."""
        if block_id not in self._names:
            name = self._names[block_id] = self._unused(_allowed(block_id))
            self._taken.add(name)
        return self._names[block_id]

    def _unused(self, wanted: str) -> str:
        name, count = wanted, 1
        while name in self._taken:
            count += 1
            name = f"{wanted[: _LONGEST_NAME - 1 - len(str(count))]}_{count}"
        return name

    def around(self, block_id: str, content: Xml) -> Xml:
        """Return ``content`` between ``w:bookmarkStart`` and ``w:bookmarkEnd``."""
        begins, ends = self.pair(block_id)
        return join((begins, content, ends))

    def pair(self, block_id: str) -> tuple[Xml, Xml]:
        """Return ``w:bookmarkStart`` and ``w:bookmarkEnd``, for what lies further apart."""
        name, number = self.name(block_id), self._placed
        self._placed += 1
        begins = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'  # a name needs no escape
        return Xml(begins), Xml(f'<w:bookmarkEnd w:id="{number}"/>')


_NOT_ALLOWED = re.compile(r"\W")


def _allowed(block_id: str) -> str:
    name = _NOT_ALLOWED.sub("_", block_id)
    return (name if name[:1].isalpha() else f"b_{name}")[:_LONGEST_NAME]
