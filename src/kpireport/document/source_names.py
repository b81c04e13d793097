"""What the inputs' own words are called in the frames that Word shows around them.

Comes in: the plan, a document, and the facts that were read. Goes out: ``計画１ 課題`` by
source; the document without frames around words that nobody may edit there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import assert_never, cast

from kpireport.document.blocks import Document, Paragraph, Section, Span
from kpireport.document.sources import SourceKind, editable_texts, source_of
from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.layouts import ANSWERS
from kpireport.domain.levels import PLAN
from kpireport.domain.places import all_places

_KINDS: dict[str, str] = {
    SourceKind.EXPLANATION: "実績の説明",
    SourceKind.REASON: "報告できない理由",
    SourceKind.OVERRIDE: "評価の修正の理由",
    SourceKind.INTRODUCTION: "はじめに",
    SourceKind.SURVEY: "調査の概要",
}


def sources_of(fact: Actual | PlanComment | Override, plan: Catalogue) -> Iterator[str]:
    """Yield the names of the texts that a fact has or may have."""
    match fact:
        case PlanComment(plan_id, year):
            yield from (source_of(each.key, plan_id, year) for each in plan.comments)
        case Actual(id_, year):
            yield source_of(SourceKind.EXPLANATION, id_, year)
            yield source_of(SourceKind.REASON, id_, year)
            yield from (source_of(f"{ANSWERS}{each.key}", id_, year) for each in plan.answers)
        case Override(id_, year):
            yield source_of(SourceKind.OVERRIDE, id_, year)
        case _:
            assert_never(fact)


def with_source_names(document: Document, catalogue: Catalogue) -> Document:
    """Return ``document`` with the names of the texts that may be edited in it."""
    about = {
        each.id: each.label or each.head if each.level.key == PLAN else each.head
        for each in all_places(catalogue)
    }
    about |= {measure.id: measure.name for measure in catalogue.measures()}
    kinds = {**_KINDS, **{each.key: each.title for each in catalogue.comments}}
    kinds |= {f"{ANSWERS}{each.key}": each.title for each in catalogue.answers}
    names = {}
    for source, _ in editable_texts(document):
        kind, _, place = source.partition(":")
        subject = about.get(place.rpartition(":")[0], "").replace("\n", "")
        names[source] = f"{subject} {kinds[kind]}".strip()
    return replace(document, source_names=names)


def without_sources(document: Document, fixed: Collection[str]) -> Document:
    """Return ``document`` with the texts of the sources ``fixed`` not to be edited."""
    shown = {source for source, _ in editable_texts(document)}
    if shown.isdisjoint(fixed):
        return document
    sections = cast("tuple[Section, ...]", _without(document.sections, fixed))
    return replace(document, sections=sections)


def _without(value: object, fixed: Collection[str]) -> object:
    """Return ``value`` without those sources; itself where it has none of them."""
    if isinstance(value, tuple):
        parts = [_without(each, fixed) for each in value]
        is_same = all(new is old for new, old in zip(parts, value, strict=True))
        return value if is_same else tuple(parts)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, object] = {}
    for each in fields(value):
        old = getattr(value, each.name)
        if (new := _without(old, fixed)) is not old:
            changes[each.name] = new
    if isinstance(value, Paragraph | Span) and value.source in fixed:
        changes["source"] = ""
    return replace(value, **changes) if changes else value
