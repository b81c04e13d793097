"""The parts of a plan's file: its goals, what is below them, what revisions bring.

Comes in: the values of the plan's file, which need not be sound yet. Goes out: its parts in
the document's order, each with what it stands in. Whoever walks a plan's values walks here.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.plan_books.rows import Object
from kpireport.quickly import dataclass
from kpireport.sources.json_file import Json

GOALS, TARGETS, SECTIONS = "goals", "numeric_targets", "sections"
PLANS, INDICATORS = "plans", "indicators"
"""The lists that parts stand in: what each is. A heading's row (まとまり) is among the
indicators, and has the list of its own."""

_BELOW = (TARGETS, SECTIONS, PLANS, INDICATORS)
KINDS = (GOALS, *_BELOW)
BELOW = (TARGETS, "directions", SECTIONS, PLANS, INDICATORS)
"""Items of an object that are rows of other sheets."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the plan's goals.

    Attributes:
        kind: the list that it stands in.
        entry: it.
        above: what it stands in; ``None`` for a goal.
    """

    kind: str
    entry: Object
    above: Part | None = None

    @property
    def id(self) -> str:
        """Its id; empty where it has none."""
        return id_of(self.entry)

    @property
    def place(self) -> str:
        """The id of what it stands in; empty for a goal."""
        return self.above.id if self.above else ""

    @property
    def is_group(self) -> bool:
        """Whether it is a heading's row, with indicators below it."""
        return self.kind == INDICATORS and INDICATORS in self.entry

    @property
    def is_measure(self) -> bool:
        """Whether it is an indicator or a numeric target."""
        return self.kind == TARGETS or (self.kind == INDICATORS and not self.is_group)


def parts(raw: Object) -> Iterator[Part]:
    """Yield the goals of a plan and all that is below each, in the document's order."""
    waiting = [Part(GOALS, each) for each in reversed(objects(raw.get(GOALS)))]
    while waiting:
        part = waiting.pop()
        yield part
        for kind in reversed(_BELOW):
            if kind in part.entry:
                below = reversed(objects(part.entry[kind]))
                waiting += [Part(kind, each, part) for each in below]


def changes(raw: Object) -> Iterator[tuple[Object, Object]]:
    """Yield the revisions of a plan with each of their changes."""
    for revision in objects(raw.get("revisions")):
        for change in objects(revision.get("changes")):
            yield revision, change


def brought(change: Object) -> list[Object]:
    """The indicators that a change brings: the one that it adds, those that one is split into."""
    return objects([change.get("indicator")]) + objects(change.get("into"))


def all_brought(raw: Object) -> Iterator[Object]:
    """Yield the indicators that revisions bring."""
    for _, change in changes(raw):
        yield from brought(change)


def measures(raw: Object) -> Iterator[Object]:
    """Yield the indicators and numeric targets of a plan, then those that revisions bring."""
    yield from (each.entry for each in parts(raw) if each.is_measure)
    yield from all_brought(raw)


# --- values ----------------------------------------------------------------------


def items(value: Json) -> list[Json]:
    """The items of a list; none of what is no list."""
    return value if isinstance(value, list) else []


def objects(value: Json) -> list[Object]:
    """The objects of a list."""
    return [each for each in items(value) if isinstance(each, dict)]


def id_of(entry: Object) -> str:
    """The id of an object."""
    return first_text(entry, "id")


def label_of(entry: Object) -> str:
    """The number that people know an object by: ``計画１``."""
    return first_text(entry, "numeral", "label")


def name_of(entry: Object) -> str:
    """What an object is called."""
    return first_text(entry, "title", "name")


def full_name(entry: Object) -> str:
    """An object's number and name: ``計画１　子育ての支え``."""
    return "　".join(filter(None, (label_of(entry), name_of(entry))))


def first_text(entry: Object, *keys: str) -> str:
    """The first text that one of the items has; empty for none."""
    found = (value for key in keys if isinstance(value := entry.get(key), str))
    return next(filter(None, found), "")
