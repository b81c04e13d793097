"""Numbers for goals and plans, where a plan has none of its own.

Comes in: the values of a plan's file, from rows. Goes out: the same with numbers in the order
of the rows. Contents, notes and lists name goals and plans by them. Where some rows have
numbers, an empty one is a slip, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.domain.numerals import write_numerals
from kpireport.plan_books.flattening import objects
from kpireport.plan_books.growing import Grown, Origin
from kpireport.plan_books.proposals import Reading
from kpireport.plan_books.rows import Object


def number_rows(grown: Grown) -> Iterator[tuple[Origin, Reading]]:
    """Number the goals and the plans that have no numbers; yield what was given to which row."""
    goals = objects(grown.raw.get("goals"))
    plans = [plan for goal in goals for plan in _plans(goal)]
    for entries, item in ((goals, "numeral"), (plans, "label")):
        if any(item in each for each in entries):
            continue
        for number, entry in enumerate(entries, 1):
            if origin := grown.origins.get(id(entry)):
                entry[item] = write_numerals(str(number))
                yield origin, Reading(entry, ((item,),), ())


def _plans(node: Object) -> Iterator[Object]:
    yield from objects(node.get("plans"))
    for section in objects(node.get("sections")):
        yield from _plans(section)
