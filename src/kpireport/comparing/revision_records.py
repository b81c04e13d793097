"""The records of what was decided about a plan since (計画の変更).

Comes in: a catalogue with its revisions. Goes out: a record of every revision, and of every
change in it with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from kpireport.comparing.plan_records import (
    baseline_facts,
    category_label,
    departments_fact,
    measure_facts,
    target_facts,
)
from kpireport.comparing.records import Fact, Record
from kpireport.document.change_words import detail_name, name_of
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.histories import Applied, History
from kpireport.domain.revisions import (
    Addition,
    BaselineChange,
    CategoryChange,
    Change,
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
from kpireport.domain.wording import Words
from kpireport.domain.years import format_date, format_fiscal_year

_PLACE = "計画の変更"
_KINDS: dict[type[Change], str] = {
    TargetChange: "目標値の変更",
    YearlyTargetChange: "年度ごとの目標の変更",
    DetailChange: "欄の変更",
    BaselineChange: "現状値の訂正",
    CategoryChange: "区分の変更",
    Ending: "終了",
    Addition: "追加",
    Renaming: "名称の変更",
    Split: "分割",
    Move: "移動",
    DepartmentChange: "所管課の変更",
}


def revision_records(history: History) -> Iterator[Record]:
    """Yield the records of all revisions, earliest first, each with its changes."""
    for revision in history.decided.revisions:
        yield _revision(revision)
    seen: Counter[str] = Counter()
    for each in history.applied:
        record = _change(each, history.decided)
        seen[record.key] += 1
        yield replace(record, key=f"{record.key}:{seen[record.key]}")


def _revision(revision: Revision) -> Record:
    return Record(
        f"revision:{revision.id}",
        "改定",
        _place(revision),
        "revisions",
        id=revision.id,
        facts=(
            Fact("title", "名称", revision.title),
            Fact("decided", "決定した日", format_date(revision.decided)),
            Fact(
                "first_year",
                f"適用する{revision.first_year.word}",
                format_fiscal_year(revision.first_year),
            ),
        ),
    )


def _place(revision: Revision) -> tuple[str, ...]:
    return (_PLACE, revision.title)


def _change(each: Applied, plan: Catalogue) -> Record:
    change = each.change
    kind = Words.of(plan).put_into(_KINDS[type(change)])
    id_ = change.indicator.id if isinstance(change, Addition) else change.id
    parent = f"revision:{each.revision.id}"
    return Record(
        f"{parent}:{kind}:{id_}",
        kind,
        _place(each.revision),
        parent,
        id_,
        name_of(each),
        (*_facts(change, plan), Fact("reason", f"{kind}の理由", change.reason)),
    )


def _facts(  # noqa: C901 a flat list
    change: Change, plan: Catalogue
) -> Iterator[Fact]:
    match change:
        case TargetChange():
            yield from target_facts(change.target, plan.labels)
        case YearlyTargetChange(yearly_targets=targets):
            for each in targets:
                year = format_fiscal_year(each.fiscal_year)
                yield Fact(f"target:{each.fiscal_year.year}", f"{year}の目標", each.text)
        case DetailChange(texts=texts):
            for name, text in texts:
                yield Fact(f"text:{name}", detail_name(name), text)
        case BaselineChange():
            yield from baseline_facts(change.baseline, plan)
        case CategoryChange(category=category):
            yield Fact("category", "新しい区分", category_label(category, plan))
        case Ending():
            return
        case Addition():
            yield Fact("name", "名前", change.indicator.name)
            yield from measure_facts(change.indicator, plan)
            yield from _where(change)
        case Renaming():
            yield Fact("name", "新しい名前", change.name)
        case Split():
            yield from _parts(change, plan)
        case Move():
            yield from _where(change)
        case DepartmentChange():
            yield departments_fact(change.departments)
        case _:
            assert_never(change)


def _parts(change: Split, plan: Catalogue) -> Iterator[Fact]:
    yield Fact("parts", "分けた後の記号", "、".join(part.id for part in change.parts))
    yield Fact("continues", "実績を引き継ぐ記号", change.continues or "")
    for part in change.parts:
        yield Fact(f"{part.id}:name", f"{part.id}の名前", part.name)
        for fact in measure_facts(part, plan):
            yield replace(fact, key=f"{part.id}:{fact.key}", item=f"{part.id}の{fact.item}")


def _where(change: Addition | Move) -> Iterator[Fact]:
    yield Fact("plan", "置く計画の記号", change.plan_id)
    yield Fact("after", "すぐ上の記号", change.after or "")
