"""Targets of earlier years (年度ごとの目標値) in print: cells, reasons, sentences, rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from kpireport.document.charts import describe_chart
from kpireport.document.indicator_charts import compose_chart
from kpireport.document.plan import compose_plan
from kpireport.document.reviews import Review
from kpireport.evaluation.presets import LINEAR
from kpireport.evaluation.schemes import Against
from tests.review_reports import (
    METADATA,
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

YEARLY = replace(LINEAR, against=Against.YEARLY)
FIGURES = {"a": ("18か所", "25か所"), "b": ("年間110人", "年間120人")}


def _plan() -> dict[str, Any]:
    """Due in 2023, from 2019: one row with a target for each year, one with one midway."""
    each_year = [(2020, "20か所"), (2021, "30か所"), (2022, "40か所")]
    rows = [
        indicator(
            "a",
            "窓口",
            cell("10か所", (10, "か所", "")),
            cell("50か所", (50, "か所", ""), kind="at_least"),
            yearly_targets=[{"fiscal_year": year, "text": text} for year, text in each_year],
        ),
        indicator(
            "b",
            "受講者",
            cell("年間100人", (100, "人", "年間")),
            cell("年間180人", (180, "人", "年間"), kind="at_least"),
            yearly_targets=[{"fiscal_year": 2022, "text": "年間160人"}],
        ),
    ]
    plan = {"id": "p1", "label": "計画１", "title": "居場所", "indicators": rows}
    goal = {**PLAN["goals"][0], "numeric_targets": [], "plans": [plan]}
    years = {"baseline": 2019, "target": 2023, "numeric_target": 2024}
    return {**PLAN, "years": years, "goals": [goal]}


@cache
def review(against: Against = Against.YEARLY) -> Review:
    figures = actuals_of(2021, FIGURES, ())
    return small_review(
        2021, replace(LINEAR, against=against), plan=read_plan(_plan()), actuals=figures
    )


def test_a_years_target_stands_above_its_actual_and_the_next_below_the_target():
    document = small_document(2021, review=review())
    windows, courses = plan_rows(chapter(document, "goal-g1"), "p1")[:2]
    assert "目標 20か所 / 18か所 | 目標 30か所 / 25か所 | 50か所 |" in windows
    assert "年間110人 | 年間120人 | 年間180人 / （令和４年度 年間160人） |" in courses


def test_the_plan_has_a_column_for_each_year():
    lines = shown(
        block
        for section in compose_plan(read_plan(_plan()), METADATA).sections
        for block in section.blocks
    )
    assert any("窓口 | 10か所 | 20か所 | 30か所 | 40か所 | 50か所" in line for line in lines)
    assert any("受講者 | 年間100人 | ― | ― | 年間160人 | 年間180人" in line for line in lines)


def test_reasons_and_what_is_missing_name_the_year():
    # 25 of 10 → 30; 120 of 100 → 160, of which two of three years ask for 140
    found = [review().judgement(each) for each in review().catalogue.indicators()]
    assert [review().reason(each) for each in found] == [
        "令和３年度の目標の30か所まであと５か所",
        "令和４年度の目標に向けた年度の目安の年間140人まであと20人",
    ]
    assert [review().missing(each) for each in found] == [
        "令和３年度の目標まであと５か所",
        "令和４年度の目標まであと40人",
    ]


def test_the_list_of_what_is_late_has_the_years_target():
    lines = shown(chapter(small_document(2021, review=review()), "behind"))
    assert any("30か所⏎（令和３年度） | 25か所 | あと５か所" in line for line in lines)


def test_the_rules_say_it_where_it_is_so():
    words = "年度ごとの目標値があるものは、達成率、進捗率、目標値の達成を、その年度の目標値"
    for against in Against:
        document = small_document(2021, review=review(against))
        text = "".join(shown(chapter(document, "how-to-read")))
        assert (words in text) == (against is Against.YEARLY)
        assert "実績の上の「目標」は、その年度の目標値です。" in text


def test_a_step_stands_in_its_own_words_and_its_number_below_and_in_the_reason():
    data = _plan()
    row = data["goals"][0]["plans"][0]["indicators"][0]
    row["target"] = {"text": "現状値から40か所増加", "kind": "at_least"}
    del row["yearly_targets"]
    figures = actuals_of(2021, FIGURES, ())
    found = small_review(2021, plan=read_plan(data), actuals=figures)
    document = small_document(2021, review=found)
    windows, *_ = plan_rows(chapter(document, "goal-g1"), "p1")
    assert "| 現状値から40か所増加 / （50か所） |" in windows
    judgement = found.judgement(found.measures["a"])
    assert judgement.progress_rate == Fraction(25 - 10, 50 - 10)
    assert found.missing(judgement) == "あと25か所"
    assert found.reason(judgement) == "年度の目安の30か所まであと５か所"


def test_a_chart_has_the_targets_of_its_years():
    found = compose_chart(review(), review().measures["a"])
    assert found is not None
    assert found.aims == (None, Decimal(20), Decimal(30))
    assert "令和３年度は25か所。年度ごとの目標は、令和２年度20か所、令和３年度30か所。" in (
        describe_chart(found)
    )
    words = "\n".join(shown(chapter(small_document(2021, review=review()), "how-to-read")))
    assert "ひし形は、年度ごとの目標です。" in words
    midway = compose_chart(review(), review().measures["b"])
    assert midway is not None
    assert midway.aims == ()
