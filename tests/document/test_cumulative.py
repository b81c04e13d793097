"""What adds up over the years (累計) in print: the year's amount and the sum."""

from __future__ import annotations

from typing import Any

from kpireport.document.indicator_charts import compose_chart
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
    """Due in 2022, from 2019."""
    rows = [
        indicator(
            "a",
            "創業支援",
            cell("4カ所", (4, "か所", "")),
            cell("30カ所", (30, "か所", ""), kind="at_least"),
            cumulative=True,
        )
    ]
    plan = {"id": "p1", "label": "計画１", "title": "居場所", "indicators": rows}
    return {**PLAN, "goals": [{**PLAN["goals"][0], "numeric_targets": [], "plans": [plan]}]}


REVIEW = small_review(
    2021, plan=read_plan(_plan()), actuals=actuals_of(2021, {"a": ("8カ所", "7カ所")}, ())
)
DOCUMENT = small_document(2021, review=REVIEW)


def test_the_sum_stands_below_the_years_amount():
    (row, *_) = plan_rows(chapter(DOCUMENT, "goal-g1"), "p1")
    cells = "4カ所 | 8カ所⏎（累計８カ所） | 7カ所⏎（累計15カ所） | 30カ所"
    assert cells in row
    assert "50.0％" in row  # 15 of 30
    words = "「（累計…）」のあるものは、各年度だけの値の下に、計画の始まりからの累計を示し、"
    assert words in "".join(shown(chapter(DOCUMENT, "how-to-read")))


def test_reasons_speak_of_the_sum():
    found = REVIEW.evaluation.find("a")
    assert REVIEW.reason(found) == "年度の目安の20カ所まであと５カ所"  # two thirds of 30
    assert REVIEW.missing(found) == "あと15カ所"


def test_the_chart_shows_the_sums_and_no_baseline():
    chart = compose_chart(REVIEW, REVIEW.measures["a"])
    assert chart is not None
    assert chart.title == "創業支援（累計）"
    assert [point.value for point in chart.points] == [None, 8, 15]
