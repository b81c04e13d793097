"""Which ids there are while a catalogue's revisions are checked, and where they stand.

Comes in: the parts of the decided plan. Goes out: what is known of an id after the
changes up to now, or why it cannot be named. Unlike
:class:`~kpireport.domain.plan_trees.PlanTree`, this goes on where the file is faulty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from kpireport.findings import Findings
from kpireport.messages import did_you_mean, quoted
from kpireport.sources.catalogue_parts import Part, PartKind, RevisionPart

_NAMES = "か".join


class Standing:
    """The parts that there are.

    Attributes:
        parts: by id, as they are now; ended ones are gone from here.
        used: all ids that the file has had up to now.
    """

    def __init__(self, decided: Iterable[Part], revisions: Iterable[RevisionPart]) -> None:
        self.parts = {part.id: part for part in decided}
        self.used = set(self.parts)
        self._below: dict[str, set[str]] = {}
        for part in self.parts.values():
            self._below.setdefault(part.parent or "", set()).add(part.id)
        self._ended: dict[str, str] = {}
        self._coming: dict[str, str] = {}
        for revision in revisions:
            title = revision.head.title if revision.head else revision.place
            for change in revision.changes:
                self._coming |= dict.fromkeys(change.ids - self._coming.keys(), title)

    def find(self, id_: str, kinds: Collection[PartKind], place: str, log: Findings) -> Part | None:
        """The part of one of the ``kinds``; ``None`` where there is none, which is logged.

        Of an id that a faulty change brings nothing is known, and nothing is said.
        """
        part = self.parts.get(id_)
        if part is not None and part.kind in kinds:
            return part
        if part is not None:
            log.add(
                place,
                f"{quoted(id_)}は{part.kind}の記号です。",
                f"{_NAMES(kinds)}の記号を書いてください。",
            )
        elif id_ in self._ended:
            log.add(
                place,
                f"{quoted(id_)}は、{quoted(self._ended[id_])}で終わっています。",
                "終わったものは改められません。記号を確かめてください。",
            )
        elif id_ in self._coming and id_ not in self.used:
            log.add(
                place,
                f"{quoted(id_)}が加わるのは、この後（{quoted(self._coming[id_])}）です。",
                "加えるよりも後に書くか、記号を確かめてください。",
            )
        elif id_ not in self.used:
            valid = [each.id for each in self.parts.values() if each.kind in kinds]
            log.add(
                place,
                f"記号が{quoted(id_)}の{_NAMES(kinds)}は、計画にありません。",
                did_you_mean(id_, valid),
            )
        return None

    def plan_of(self, id_: str) -> str | None:
        """The plan that a row stands in; ``None`` for what stands in none."""
        at = self.parts.get(id_)
        while at is not None and at.kind is not PartKind.PLAN:
            at = self.parts.get(at.parent or "")
        return at.id if at else None

    def put(self, part: Part) -> None:
        """Put a part in its place, or in another place or form than before."""
        old = self.parts.get(part.id)
        if old is not None and old.parent != part.parent:
            self._leave(old)
        self.parts[part.id] = part
        self.used.add(part.id)
        self._below.setdefault(part.parent or "", set()).add(part.id)

    def revise(self, part: Part, **items: object) -> None:
        """Give the row of a part other ``items``, if it can be read."""
        if part.entry is not None:
            self.put(replace(part, entry=part.entry.model_copy(update=items)))

    def end(self, id_: str, title: str) -> None:
        """Take away a part with all below it; ``title`` names the revision that ends it."""
        for child in tuple(self._below.get(id_, ())):
            self.end(child, title)
        part = self.parts.pop(id_, None)
        if part is not None:
            self._ended[id_] = title
            self._leave(part)

    def _leave(self, part: Part) -> None:
        """Take a part from its place; a group that is left empty goes with it."""
        siblings = self._below.get(part.parent or "", set())
        siblings.discard(part.id)
        parent = self.parts.get(part.parent or "")
        if parent is not None and parent.kind is PartKind.GROUP and not siblings:
            del self.parts[parent.id]
            self._leave(parent)
