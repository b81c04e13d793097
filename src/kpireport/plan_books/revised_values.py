"""What the printed values of revisions mean: read as those of the plan's own rows are.

Comes in: the values of a plan's file, who reads its rows. Goes out: each change of a target or
baseline, with what its texts say beside what stands in force when it comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kpireport.plan_books import columns as of
from kpireport.plan_books.open_numbers import Doubt
from kpireport.plan_books.parts import changes, first_text, id_of
from kpireport.plan_books.proposals import Proposals, Reading
from kpireport.plan_books.rows import Object, item_at, put

_READ = {
    "target": (("target", "kind"), ("target", "quantities"), ("target", "deadline")),
    "baseline": (("baseline", "quantities"),),
}
"""Which items of a change are read from its text, by the cell that it changes."""
_TITLES = {of.KIND: of.KIND, "期限": "期限"}


def changes_read(
    raw: Object, measures: Mapping[str, tuple[Object, Proposals]]
) -> Iterator[tuple[Object, Reading | None]]:
    """Yield all changes of the revisions in their order, each with its reading if it has one.

    Args:
        raw: the values of the plan's file.
        measures: what revisions can change, by ids, with who reads it.
    """
    in_force = dict(measures)
    for _, change in changes(raw):
        cell, id_ = first_text(change, "change"), id_of(change)
        value = change.get(cell)
        if cell not in _READ or id_ not in in_force or not isinstance(value, dict):
            yield change, None
            continue
        measure, reader = in_force[id_]
        revised = {**measure, cell: value}
        read = reader.read(revised)
        in_force[id_] = ({**revised, cell: read.entry[cell]}, reader)
        yield change, _of_change(cell, change, read)


def _of_change(cell: str, change: Object, read: Reading) -> Reading:
    """The part of a reading that is the change's own, at its columns."""
    filled = tuple(each for each in read.filled if each in _READ[cell])
    entry: Object = {**change, cell: {**_object(change.get(cell))}}
    for path in filled:
        put(entry, path, item_at(read.entry, path))
    titles = {**(_TITLES if cell == "target" else {}), of.QUANTITY_TITLES[cell]: of.QUANTITY}
    after = {of.CELL_TITLES[cell]: of.AFTER_TITLE}
    return replace(
        read,
        entry=entry,
        filled=filled,
        doubts=tuple(_at(titles, read.doubts)),
        notices=tuple(_at(after, read.notices)),
    )


def _at(titles: Mapping[str, str], doubts: tuple[Doubt, ...]) -> Iterator[Doubt]:
    for each in doubts:
        if each.title in titles:
            yield replace(each, title=titles[each.title])


def _object(value: object) -> Object:
    return value if isinstance(value, dict) else {}
