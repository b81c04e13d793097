"""計画の変更: every change of the plan with its reason, revision by revision.

Comes in: the changes that are in force. Goes out: a sentence and a table per revision,
for 資料編 of the review and for the plan edition as revised.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import assert_never

from kpireport.document.blocks import Block, Cell
from kpireport.document.captions import table_caption
from kpireport.document.change_words import (
    baseline_text,
    category_text,
    deadlines,
    detail_name,
    detail_text,
    name_of,
    place_text,
    target_text,
    yearly_texts,
)
from kpireport.document.changes import Changes
from kpireport.document.columns import Column, compose_table, rows_of
from kpireport.document.styles import TextStyle
from kpireport.document.table_cells import NOTHING, name_cell, text_cell, value_cell
from kpireport.document.texts import one_line, paragraph, quoted
from kpireport.domain.catalogue import Labels, Measure, Plan, Section, Target
from kpireport.domain.histories import Applied, Place
from kpireport.domain.names import in_one_line
from kpireport.domain.plan_trees import Item
from kpireport.domain.revisions import (
    Addition,
    BaselineChange,
    CategoryChange,
    DepartmentChange,
    DetailChange,
    Ending,
    Move,
    Renaming,
    Revision,
    Split,
    TargetChange,
    YearlyTargetChange,
)
from kpireport.domain.years import format_date


def compose_changes(
    changes: Changes, labels: Labels, *, has_indicators: bool = True
) -> tuple[Block, ...]:
    """Return all changes, a table per revision; one sentence where there are none."""
    if not changes:
        words = changes.words
        measured = words.indicator if has_indicators else words.numeric_targets
        text = f"計画の決定後、{measured}および{words.target}の変更はありません。"
        return (paragraph(text, TextStyle.BODY),)
    blocks: list[Block] = []
    columns = _columns(changes, labels)
    for _, group in groupby(changes.applied, key=lambda each: each.revision.id):
        together = changes.in_order(group)
        revision = together[0].revision
        title = _title(changes, revision)
        caption = table_caption(f"revision-{revision.id}", title)
        blocks.append(compose_table(columns, rows_of(columns, together), title, caption=caption))
    return tuple(blocks)


def _columns(changes: Changes, labels: Labels) -> tuple[Column[Applied], ...]:
    def place(each: Applied) -> Cell:
        return value_cell(_place(changes, each) or one_line(labels.numeric_targets))

    def kind(each: Applied) -> Cell:
        return value_cell(_described(changes, each)[0])

    def before(each: Applied) -> Cell:
        return text_cell(_described(changes, each)[1])

    def after(each: Applied) -> Cell:
        return text_cell(_described(changes, each)[2])

    return (
        Column("number", 6, "番号", lambda each: value_cell(changes.label(each))),
        Column("plan", 10, labels.plan, place),
        Column("indicator", 18, labels.indicator, lambda each: name_cell(_name(each))),
        Column("kind", 13, "変更の種類", kind),
        Column("before", 17, "変更前", before),
        Column("after", 18, "変更後", after),
        Column("reason", 18, "変更の理由", lambda each: text_cell(each.change.reason)),
    )


def _title(changes: Changes, revision: Revision) -> str:
    """Return ``第１次改定（令和３年３月25日決定、令和３年度から適用）``."""
    decided = format_date(revision.decided, changes.numerals)
    since = changes.words.year_name(revision.first_year, changes.numerals)
    return f"{revision.title}（{decided}決定、{since}から適用）"


def _name(each: Applied) -> str:
    return "（計画の全体）" if isinstance(each.before, Plan) else name_of(each)


def _place(changes: Changes, each: Applied) -> str:
    """Return what the plan or section is called that a change is in; nothing without one."""
    if isinstance(each.before, Section):
        return changes.places[each.before.id]
    return place_text(each.place, changes)


def _described(  # noqa: C901 a flat list
    changes: Changes, each: Applied
) -> tuple[str, str, str]:
    """Return what kind of change it is, what was before, and what is after it."""
    change, before, words = each.change, each.before, changes.words
    match change:
        case TargetChange():
            old, new = _targets(changes, before, change.target)
            return f"{words.target}の変更", old, new
        case YearlyTargetChange(yearly_targets=targets):
            pairs = list(yearly_texts(before, targets, changes))
            was = "\n".join(f"{year}：{text}" for year, text, _ in pairs)
            now = "\n".join(f"{year}：{text}" for year, _, text in pairs)
            return f"{words.year}ごとの目標の変更", was, now
        case DetailChange(texts=texts):
            named = [(detail_name(name), name, text) for name, text in texts]
            was = "\n".join(f"{word}：{detail_text(before, name)}" for word, name, _ in named)
            return "欄の変更", was, "\n".join(f"{word}：{text}" for word, _, text in named)
        case BaselineChange():
            return f"{words.baseline}の訂正", baseline_text(before), change.baseline.text
        case CategoryChange(category=category):
            now = changes.categories.get(category, category) or NOTHING
            return "区分の変更", category_text(before, changes), now
        case Ending():
            is_place = isinstance(before, Plan | Section)
            ended = name_of(each) if is_place else _cells(changes, before)
            return "終了", ended, NOTHING
        case Addition():
            return "追加", NOTHING, _cells(changes, change.indicator)
        case Renaming():
            return "名称の変更", name_of(each), in_one_line(change.name)
        case Split():
            return "分割", _cells(changes, before), "\n".join(_parts(changes, change))
        case Move():
            return "移動", _where(changes, each.place), _where(changes, each.new_place)
        case DepartmentChange():
            old_departments = getattr(before, "departments", ())
            return "所管課の変更", _listed(old_departments), _listed(change.departments)
        case _:
            assert_never(change)


def _targets(changes: Changes, before: Item | None, after: Target) -> tuple[str, str]:
    """Return both targets, with their deadlines where these were changed."""
    old, new = target_text(before), after.text
    was, now = deadlines(before, after, changes)
    return (f"{old}\n（期限：{was}）", f"{new}\n（期限：{now}）") if now else (old, new)


def _cells(changes: Changes, item: Item | None) -> str:
    """Return a row's baseline and target; nothing of what has none."""
    if not isinstance(item, Measure):
        return NOTHING
    words = changes.words
    return f"{words.baseline}：{item.baseline.text}\n{words.target}：{item.target.text}"


def _parts(changes: Changes, change: Split) -> Iterator[str]:
    for part in change.parts:
        goes_on = "（実績を引き継ぐ）" if part.id == change.continues else ""
        yield f"{quoted(part.name)}{goes_on}\n{_cells(changes, part)}"


def _where(changes: Changes, place: Place) -> str:
    """Return ``計画９``, or ``計画９ 「病床の整備」`` within a group."""
    group = f" {quoted(place.group.name)}" if place.group else ""
    return f"{place_text(place, changes)}{group}" if place.plan else NOTHING


def _listed(departments: tuple[str, ...]) -> str:
    return "、".join(departments) or NOTHING
