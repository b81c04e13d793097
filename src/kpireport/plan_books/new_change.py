"""A change of the decided plan (改定) as it is written into the sheets of revisions.

Comes in: what is changed, and what somebody typed of it. Goes out: the plan's rows with it,
a row of its own in 改定, with a row for each indicator that it brings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn
from kpireport.plan_books.parts import all_brought, full_name, id_of, parts
from kpireport.plan_books.plan_rows import PlanRows
from kpireport.plan_books.revision_rows import HEAD_COLUMNS, columns_of
from kpireport.quickly import dataclass
from kpireport.sources.revision_entries import change_model

CHANGE, OF, REASON = "変更の種類", "どれを", "理由"
"""Titles that every change has a cell under; one that adds is of nothing yet."""
CONTINUES = "引き継ぐ指標"
HEAD = tuple(each.title for each in HEAD_COLUMNS if each.title != of.REVISION_ID)
"""Titles of what is said once for all changes of a revision."""

_OWN: Mapping[str, tuple[str, ...]] = {
    "target": (of.AFTER_TITLE, of.KIND, of.QUANTITY, "期限", *of.RARELY_REVISED["target"]),
    "yearly_targets": (of.AFTER_TITLE,),
    "baseline": (of.AFTER_TITLE, of.QUANTITY, *of.RARELY_REVISED["baseline"]),
    "rename": (of.AFTER_TITLE,),
    "departments": (of.AFTER_TITLE,),
    "details": (of.AFTER_TITLE,),
    "category": (of.AFTER_TITLE,),
    "move": ("計画", "置く所"),
    "add": ("計画", "置く所"),
    "split": (),
    "end": (),
}
"""Which columns a change fills in, by its kind, beside those that all have."""

KINDS = tuple(_OWN)
"""The kinds of change that a form can say: all that there are."""

MOST_BROUGHT = 6
"""Into so many indicators one is split in a form."""


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change that somebody decided on.

    Attributes:
        kind: as the plan's file writes it: ``target``.
        id: of what is changed; empty for an addition.
        revision: the id of a revision that it is one more change of; empty for a new one.
        texts: what was typed, by the titles of the sheet 改定.
        brought: what was typed for each new indicator, by the titles of its sheet.
        continues: which of them goes on with what was split, from 1; 0 for none.
    """

    kind: str
    id: str
    revision: str
    texts: Mapping[str, str]
    brought: tuple[Mapping[str, str], ...] = ()
    continues: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """The plan's rows with a change.

    Attributes:
        rows: they.
        revision: the id of the change's revision.
        number: of its row in 改定, from 1.
        brought: of the rows of its new indicators, in their sheet.
    """

    rows: PlanRows
    revision: str
    number: int
    brought: tuple[int, ...]


def own_columns(kind: str) -> tuple[PlanColumn, ...]:
    """The columns of 改定 that a change fills in, without those that all changes have."""
    titles = _OWN.get(kind, ())
    return tuple(each for each in columns_of(kind) if each.title in titles)


def words_of_change(kind: str) -> tuple[str, str]:
    """What a kind of change is called, and what it changes."""
    model = change_model({"change": kind})
    extra = model.model_config.get("json_schema_extra") if model else None
    explains = extra.get("description") if isinstance(extra, dict) else ""
    return of.CHANGES.words[kind], str(explains)


def revisable(rows: PlanRows) -> Iterator[tuple[str, str]]:
    """Yield what a revision can name, by ids, each with its number and name."""
    yield from ((each.id, full_name(each.entry)) for each in parts(rows.raw) if each.above)
    yield from ((id_of(each), full_name(each)) for each in all_brought(rows.raw))


def with_change(rows: PlanRows, change: NewChange) -> Changed:
    """The plan's rows with a change, after all of its revision or as a new one, the last."""
    id_ = change.revision or _new_id(rows)
    flat = rows.sheet(of.REVISIONS.name)
    below = flat.rows if flat else ()
    own = [number for number, row in enumerate(below, 1) if row.text(of.REVISION_ID) == id_]
    after = own[-1] if own else len(below)
    head = {title: below[own[0] - 1].text(title) for title in HEAD} if own else {}
    texts = {
        **change.texts,
        **{title: text for title, text in head.items() if text},
        of.REVISION_ID: id_,
        CHANGE: of.CHANGES.words.get(change.kind, change.kind),
        OF: change.id,
    }
    numbers = []
    for each in change.brought:
        source = change.id if change.kind == "split" else ""
        typed = {**each, of.REVISION_ID: id_, of.SOURCE: source}
        rows = rows.with_new(of.BROUGHT.name, typed)
        brought = rows.sheet(of.BROUGHT.name)
        numbers.append(len(brought.rows) if brought else 0)
    changed = rows.with_new(of.REVISIONS.name, texts, after)
    if 0 < change.continues <= len(numbers):
        given = changed.taken().book.grown.given
        part = given.get((of.BROUGHT.name, numbers[change.continues - 1]), "")
        changed = changed.with_texts(of.REVISIONS.name, after + 1, {CONTINUES: part})
    return Changed(changed, id_, after + 1, tuple(numbers))


def _new_id(rows: PlanRows) -> str:
    """An id that no revision has, and none of the rows."""
    taken = {each.id for each in rows.plan.catalogue.revisions}
    number = len(taken) + 1
    while f"r{number}" in taken:
        number += 1
    return f"r{number}"
