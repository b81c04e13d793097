"""Rows that lost both their id and their name: new ones, or old ones renamed (要確認).

Comes in: the plan as it is so far and as rows say it. Goes out: questions, where an id of the
plan is gone and a row without one stands where it stood.
"""

from __future__ import annotations

from kpireport.findings import Findings
from kpireport.messages import about, quoted
from kpireport.plan_books import columns as of
from kpireport.plan_books.importing import ReadBook
from kpireport.plan_books.parts import id_of, name_of, parts
from kpireport.plan_books.proposing import ASKED
from kpireport.plan_books.rows import Object

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
                log.about(about(name_of(entry))).add(
                    origin.row.place(of.ID), _asked(entry, gone), _remedy(id_)
                )


def _asked(entry: Object, gone: list[Object]) -> str:
    listed = "、".join(f"{quoted(name_of(each))}（{id_of(each)}）" for each in gone[:_MOST_LISTED])
    return (
        f"{ASKED}{quoted(name_of(entry))}に記号がなく、"
        f"計画のファイルにある {listed} がブックにありません。"
    )


def _remedy(given: str) -> str:
    return (
        "名称を改めたものなら、元の記号を書いてください。"
        f"新しいものなら、新しい記号（{given} など）を書いてください。"
    )


def _children(raw: Object) -> dict[tuple[str, str], dict[str, Object]]:
    """What stands in each thing that has an id: by that and the kind, by ids."""
    children: dict[tuple[str, str], dict[str, Object]] = {}
    for part in parts(raw):
        children.setdefault((part.place, part.kind), {})[part.id] = part.entry
    return children
