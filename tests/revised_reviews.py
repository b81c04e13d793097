"""Reviews of a plan that was revised twice, with changes of every kind.

The plan is that of :mod:`tests.review_reports`, fiscal 2020 to 2022; the first revision is
in force from 2021, the second from 2022.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from kpireport.document.blocks import Document
from kpireport.document.plan import compose_plan
from kpireport.document.reviews import Review
from kpireport.domain.actuals import Actuals
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.years import FiscalYear
from tests.review_reports import (
    FIGURES,
    METADATA,
    PLAN,
    actuals_of,
    cell,
    indicator,
    read_plan,
    small_document,
    small_review,
)

FIRST: dict[str, Any] = {
    "id": "r1",
    "decided": "令和３年３月25日",
    "from": 2021,
    "title": "第１次改定",
    "changes": [
        {
            "change": "target",
            "id": "two",
            "target": cell(
                "190所（定員16,500人）",
                (190, "所", ""),
                (16500, "人", "定員"),
                kind="at_least",
            ),
            "reason": "待機児童の見込みが、計画を定めたときを上回ったため。",
        },
        {
            "change": "target",
            "id": "most",
            "target": cell("20.8％以下", (20.8, "％", ""), kind="at_most"),
            "reason": "目標を前倒しで達成したため。",
        },
        {"change": "end", "id": "keep", "reason": "事業を国の制度に移したため。"},
        {
            "change": "add",
            "plan": "p4",
            "indicator": indicator(
                "queue",
                "窓口の待ち時間",
                cell("15分", (15, "分", "")),
                cell("10分以下", (10, "分", ""), kind="at_most"),
                departments=["区民課"],
            ),
            "reason": "窓口の混雑を新しい課題としたため。",
        },
        {
            "change": "rename",
            "id": "share",
            "name": "入所を希望した児童の受入率",
            "reason": "何の率かを明らかにするため。",
        },
        {
            "change": "departments",
            "id": "share",
            "departments": ["保育課", "学務課"],
            "reason": "組織の改正のため。",
        },
    ],
}
SECOND: dict[str, Any] = {
    "id": "r2",
    "decided": "2022-03-24",
    "from": 2022,
    "title": "第２次改定",
    "changes": [
        {
            "change": "split",
            "id": "bed-a",
            "into": [
                indicator(
                    "bed-a1",
                    "東病院（一般病床）",
                    cell("342床", (342, "床", "")),
                    cell("400床", (400, "床", ""), kind="at_least"),
                ),
                indicator(
                    "bed-a2",
                    "東病院（療養病床）",
                    cell("―"),
                    cell("57床", (57, "床", ""), kind="new_count"),
                ),
            ],
            "continues": "bed-a1",
            "reason": "病床の種類ごとに進み具合を見るため。",
        },
        {
            "change": "move",
            "id": "calls",
            "plan": "p2",
            "after": "p2",
            "reason": "相談を端末で受けることにしたため。",
        },
        {
            "change": "baseline",
            "id": "calls",
            "baseline": cell("6,420件", (6420, "件", "")),
            "reason": "集計の誤りが分かったため。",
        },
        {
            "change": "target",
            "id": "survey",
            "target": cell("65％", (65, "％", ""), kind="at_least"),
            "reason": "目指す水準を数で示すため。",
        },
        {"change": "end", "id": "tablets", "reason": "全校への配備を終えたため。"},
        {
            "change": "rename",
            "id": "p2",
            "name": "端末と相談",
            "reason": "相談件数を移したため。",
        },
    ],
}
REVISED: dict[str, Any] = {**copy.deepcopy(PLAN), "revisions": [FIRST, SECOND]}

# id: the actuals of 2020, 2021, 2022; empty where the plan has none
REVISED_FIGURES: Mapping[str, Sequence[str]] = {
    **FIGURES,
    "keep": ("年間190人", "", ""),
    "queue": ("", "14分", "11分"),
    "bed-a": ("342床", "350床", ""),
    "bed-a1": ("", "", "380床"),
    "bed-a2": ("", "", "20床"),
    "tablets": ("準備：仕様の検討", "達成：全校に配備", ""),
}


@cache
def revised_plan() -> Catalogue:
    return read_plan(REVISED)


def revised_actuals(year: int) -> Actuals:
    return actuals_of(year, REVISED_FIGURES, overrides=())


def revised_document(year: int = 2022) -> Document:
    return small_document(year, review=revised_review(year))


def revised_plan_document() -> Document:
    return compose_plan(revised_plan(), METADATA, as_of=FiscalYear(2022))


def revised_review(year: int = 2022, **options: Any) -> Review:
    return small_review(year, plan=revised_plan(), actuals=revised_actuals(year), **options)
