"""No value in the plan's year: the document says which actual serves instead."""

from __future__ import annotations

from typing import Any

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
    more = cell("現状値から増加", kind="above_baseline")
    rows = [indicator("a", "満足度", cell("―", first_known=True), more)]
    plan = {"id": "p1", "label": "計画１", "title": "居場所", "indicators": rows}
    return {**PLAN, "goals": [{**PLAN["goals"][0], "numeric_targets": [], "plans": [plan]}]}


REVIEW = small_review(
    2021, plan=read_plan(_plan()), actuals=actuals_of(2021, {"a": ("20.9％", "26.7％")}, ())
)


def test_it_stands_below_the_baseline_and_in_the_reason():
    document = small_document(2021, review=REVIEW)
    (row, *_) = plan_rows(chapter(document, "goal-g1"), "p1")
    assert "満足度 | ― / （令和２年度 20.9％） | 20.9％ | 26.7％ | 現状値から増加" in row
    assert REVIEW.reason(REVIEW.evaluation.find("a")) == "最初の実績の20.9％を5.8ポイント上回る"
    words = "計画の年度に現状値のないものは、括弧の中の最初の実績を起点とし、"
    assert words in "".join(shown(chapter(document, "how-to-read")))
