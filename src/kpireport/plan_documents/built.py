"""What became of a document, while it is read and when it is.

Comes in: goals, notes, what is left, as they come. Goes out: them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TypeAlias

from kpireport.plan_books.rows import Object
from kpireport.plan_documents.captions import Assigned
from kpireport.plan_documents.levels import Heading
from kpireport.plan_documents.measures import Measure
from kpireport.plan_documents.outline import Note, Outline, append
from kpireport.plan_documents.stretches import Stretch
from kpireport.plan_documents.tables import SourceText
from kpireport.quickly import dataclass

TableColumns: TypeAlias = tuple[Stretch, tuple[Assigned, ...]]
"""A table's lines below one header, and what its columns are."""


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not placed: where it stands, what it is, what it says, why."""

    place: str
    kind: str
    text: str
    why: str


@dataclass(slots=True)
class Built:
    """What became of a document.

    Attributes:
        outline: the goals.
        notes: what is told of objects, by their identity.
        left: what was not placed.
        went: what the rows of tables became, by their places.
        band_labels: the words of bands, by what stood beside them.
        front: texts before the first goal.
        table_notes: texts behind it that begin as notes do.
        tables: those that rows of plans were read from.
        goal_tables: those that numeric targets were read from.
        shared: the object whose baseline's cell an object shares, by its identity.
    """

    outline: Outline
    notes: dict[int, Note]
    left: list[Left] = field(default_factory=list)
    went: dict[str, list[Object]] = field(default_factory=dict)
    band_labels: dict[str, str] = field(default_factory=dict)
    front: list[SourceText] = field(default_factory=list)
    table_notes: list[SourceText] = field(default_factory=list)
    tables: list[TableColumns] = field(default_factory=list)
    goal_tables: list[TableColumns] = field(default_factory=list)
    shared: dict[int, Object] = field(default_factory=dict)

    def add(self, entry: Object, measure: Measure, above: Object, key: str) -> None:
        """Put a measure below what it stands in."""
        append(above, key, entry)
        self.notes[id(entry)] = Note(measure.places, measure.doubts)
        self.go(measure.places[0], entry)

    def go(self, place: str, entry: Object) -> None:
        """Note what the row at a place became."""
        gone = self.went.setdefault(place, [])
        if not any(each is entry for each in gone):
            gone.append(entry)

    def leave(self, place: str, kind: str, text: str, why: str) -> None:
        """Note what is not placed."""
        self.left.append(Left(place, kind, text, why))

    def plan(self, levels: Sequence[tuple[str, Heading, str]]) -> Object:
        """The plan of a row."""
        return self.outline.plan(levels)

    def goal(self, levels: Sequence[tuple[str, Heading, str]]) -> Object:
        """The goal of a row."""
        if any(kind == "goal" for kind, _, _ in levels):
            return self.outline.goal_named(levels[0][1], levels[0][2])
        return self.outline.goal()
