"""What the inputs' own words are called in the frames that Word shows around them.

Comes in: the plan, a document, and the facts that were read. Goes out: ``計画１ 課題`` by
source; the document without frames around words that nobody may edit there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import cast

from kpireport.document.blocks import Document, Paragraph, Section, Span
from kpireport.document.sources import SourceKind, editable_texts
from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.catalogue import Catalogue

_KINDS = {
    SourceKind.INITIATIVES: "主な取組",
    SourceKind.ISSUES: "課題",
    SourceKind.OUTLOOK: "今後の方向",
    SourceKind.EXPLANATION: "実績の説明",
    SourceKind.REASON: "報告できない理由",
    SourceKind.OVERRIDE: "評価の修正の理由",
    SourceKind.INTRODUCTION: "はじめに",
    SourceKind.SURVEY: "調査の概要",
}
FACTS = MappingProxyType(
    {
        PlanComment: (SourceKind.INITIATIVES, SourceKind.ISSUES, SourceKind.OUTLOOK),
        Actual: (SourceKind.EXPLANATION, SourceKind.REASON),
        Override: (SourceKind.OVERRIDE,),
    }
)
"""Which texts a fact has."""


def with_source_names(document: Document, catalogue: Catalogue) -> Document:
    """Return ``document`` with the names of the texts that may be edited in it."""
    about = {plan.id: plan.label for plan in catalogue.plans()}
    about |= {measure.id: measure.name for measure in catalogue.measures()}
    names = {}
    for source, _ in editable_texts(document):
        kind, _, place = source.partition(":")
        subject = about.get(place.rpartition(":")[0], "").replace("\n", "")
        names[source] = f"{subject} {_KINDS[SourceKind(kind)]}".strip()
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
