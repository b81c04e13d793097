"""Rows that lost both their id and their name: new ones, or old ones renamed (要確認).

Comes in: the plan as it is so far and as rows say it. Goes out: questions, where an id of the
plan is gone and a row without one stands where it stood.
"""

from __future__ import annotations

from kpireport.findings import Findings
from kpireport.messages import about, quoted
from kpireport.plan_books import columns as of
from kpireport.plan_books.flattening import objects
from kpireport.plan_books.importing import ReadBook
from kpireport.plan_books.proposing import ASKED
from kpireport.plan_books.rows import Object

_KEYS = ("plans", "sections", "numeric_targets", "indicators")
_MOST_LISTED = 5


def ask_of_renamed(book: ReadBook, known: Object, log: Findings) -> None:
    """Note a question for each row that may be one of the plan's that is gone.

    Args:
        book: what rows say, with the ids that were given.
        known: the plan's file as it is so far; empty for none.
        log: where to note it.
    """
    before = _children(known)
    now = _children(book.grown.raw)
    kept = {id_ for below in now.values() for id_ in below}
    ever = {id_ for below in before.values() for id_ in below}
    given = set(book.grown.given.values())
    for parent, below in now.items():
        gone = [entry for id_, entry in before.get(parent, {}).items() if id_ not in kept]
        for id_, entry in below.items():
            origin = book.grown.origins.get(id(entry))
            if gone and origin and id_ in given and id_ not in ever:
                log.about(about(_name(entry))).add(
                    origin.row.place(of.ID), _asked(entry, gone), _remedy(id_)
                )


def _asked(entry: Object, gone: list[Object]) -> str:
    listed = "、".join(f"{quoted(_name(each))}（{each['id']}）" for each in gone[:_MOST_LISTED])
    return (
        f"{ASKED}{quoted(_name(entry))}に記号がなく、"
        f"計画のファイルにある {listed} がブックにありません。"
    )


def _remedy(given: str) -> str:
    return (
        "名称を改めたものなら、元の記号を書いてください。"
        f"新しいものなら、新しい記号（{given} など）を書いてください。"
    )


def _children(raw: Object) -> dict[tuple[str, str], dict[str, Object]]:
    """What stands in each thing that has an id: by that and the kind, by ids."""
    children: dict[tuple[str, str], dict[str, Object]] = {
        ("", "goals"): _by_id(objects(raw.get("goals")))
    }
    waiting = list(objects(raw.get("goals")))
    while waiting:
        entry = waiting.pop()
        for key in _KEYS:
            below = objects(entry.get(key))
            if below:
                children.setdefault((str(entry.get("id", "")), key), {}).update(_by_id(below))
            waiting += below
    return children


def _by_id(entries: list[Object]) -> dict[str, Object]:
    return {str(each["id"]): each for each in entries if "id" in each}


def _name(entry: Object) -> str:
    return str(entry.get("name", entry.get("title", "")))
