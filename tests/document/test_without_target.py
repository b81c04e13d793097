"""Rows without a target (設定しない): printed, not judged, and missed by nobody."""

from __future__ import annotations

from typing import Any

import pytest

from kpireport.domain.actuals import Actuals
from kpireport.domain.reporting import unreported
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.reasons import Nothing, NothingToJudge
from tests.review_reports import (
    PLAN,
    actuals_of,
    cell,
    chapter,
    indicator,
    plan_rows,
    read_plan,
    shown,
    small_document,
    small_review,
)


def _plan() -> dict[str, Any]:
    rows = [
        indicator("a", "相談件数", cell("120件", (120, "件", "")), cell("設定しない", kind="none")),
        indicator("b", "利用者数", cell("―"), cell("―", kind="none")),
        indicator(
            "c",
            "窓口",
            cell("10か所", (10, "か所", "")),
            cell("13か所", (13, "か所", ""), kind="at_least"),
        ),
    ]
    plan = {"id": "p1", "label": "計画１", "title": "居場所", "indicators": rows}
    return {**PLAN, "goals": [{**PLAN["goals"][0], "numeric_targets": [], "plans": [plan]}]}


FIGURES = {"a": ("130件", "90件"), "b": ("", ""), "c": ("11か所", "12か所")}
REVIEW = small_review(2021, plan=read_plan(_plan()), actuals=actuals_of(2021, FIGURES, ()))


@pytest.mark.parametrize("id_", ["a", "b"])
def test_nothing_is_judged_reported_or_not(id_: str):
    found = REVIEW.evaluation.find(id_)
    assert (found.mark.symbol, found.rate, found.expected) == ("―", None, None)
    assert found.reason == NothingToJudge(Nothing.NOT_SET)


def test_what_was_reported_is_printed():
    document = small_document(2021, review=REVIEW)
    first, second, *_ = plan_rows(chapter(document, "goal-g1"), "p1")
    assert "相談件数 | 120件 | 130件 | 90件 | 設定しない | " in first
    assert second.startswith("利用者数 | ― | ― | ― | ― | ― | ")
    words = "目標値を定めていないものは、実績だけを示し、評価の対象外とします。"
    assert words in "".join(shown(chapter(document, "how-to-read")))


def test_it_is_neither_late_nor_missed():
    summary = REVIEW.summary
    assert {each.measure_id for each in (*summary.late, *summary.unreported)} == set()
    assert unreported(Actuals(), read_plan(_plan()), FiscalYear(2021)) == {"": ("c",)}
