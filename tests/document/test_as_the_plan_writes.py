"""A document writes as its plan does: minus signs, units, marks, names; headings are no nouns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from kpireport.document.charts import LineChart
from kpireport.document.indicator_charts import compose_chart
from kpireport.document.marks import goal_counts
from kpireport.document.reviews import Review
from kpireport.domain.catalogue import Labels
from kpireport.domain.wording import Words
from kpireport.evaluation import scheme_from_settings
from kpireport.evaluation.presets import LINEAR
from kpireport.writers.charts.plots import lay_plot
from kpireport.writers.docx.native_charts.numbers import axis_format, printed_format
from tests.marked_reports import marked_review, people
from tests.review_reports import (
    PLAN,
    actuals_of,
    cell,
    indicator,
    read_plan,
    shown,
    small_document,
    small_review,
)

FIGURES: Mapping[str, Any] = {
    "moves": ("△1,900人", "△2,100人"),
    "places": ("12箇所", "18箇所"),
    "rooms": ("8カ所", "9カ所"),
    "founded": ("4件", "5件"),
}


def _plan(sign: str = "△") -> dict[str, Any]:
    rows = [
        indicator(
            "moves",
            "転入超過",
            cell(f"{sign}1,577人", (-1577, "人", "")),
            cell("0人", (0, "人", ""), kind="at_least"),
        ),
        indicator(
            "places",
            "集いの場",
            cell("―"),
            cell("40", (40, "", ""), kind="at_least"),
            unit="箇所",
        ),
        indicator(
            "rooms",
            "相談室",
            cell("６カ所", (6, "カ所", "")),
            cell("10カ所", (10, "カ所", ""), kind="at_least"),
        ),
        indicator(
            "founded",
            "創業の件数（累計）",
            cell("―"),
            cell("30件", (30, "件", ""), kind="at_least"),
            cumulative=True,
        ),
    ]
    plan = {"id": "p1", "label": "計画１", "title": "まち", "indicators": rows}
    goal = {**PLAN["goals"][0], "numeric_targets": [], "plans": [plan]}
    return {**PLAN, "goals": [goal]}


@cache
def review(sign: str = "△") -> Review:
    return small_review(
        2021, LINEAR, plan=read_plan(_plan(sign)), actuals=actuals_of(2021, FIGURES, ())
    )


def chart(id_: str) -> LineChart:
    found = compose_chart(review(), review().measures[id_])
    assert found is not None
    return found


# --- minus -----------------------------------------------------------------------


def test_numbers_below_nought_have_the_plans_sign_wherever_they_stand():
    drawn = chart("moves")
    assert [point.text for point in drawn.points] == ["△1,577", "△1,900", "△2,100"]
    labels = lay_plot(drawn, (200.0, 120.0)).scale.labels
    assert labels[0].startswith("△")
    words = shown(small_document(2021, review=review()).blocks())
    assert any("△33.2％" in line for line in words)  # (−2,100 + 1,577) ÷ 1,577
    assert not [line for line in words if "−" in line]


@pytest.mark.parametrize(("sign", "written"), [("▲", "▲"), ("-", "−"), ("－", "－")])
def test_the_sign_is_the_plans_and_a_hyphen_is_a_minus(sign: str, written: str):
    assert review(sign).words.minus == written


def test_a_chart_that_word_draws_writes_the_sign_too():
    form = printed_format(((Decimal(-5), "△5"), (Decimal(-7), "△7")), "", "△")
    assert form.write(Decimal(-5)) == "△5"
    assert axis_format([Decimal(-10), Decimal(0)], "△") == '#,##0;"△"#,##0;0'


# --- units, names ----------------------------------------------------------------


def test_charts_spell_units_as_the_plan_does():
    places, rooms = chart("places"), chart("rooms")
    assert (places.unit, rooms.unit) == ("箇所", "カ所")
    assert places.limit
    assert places.limit.label == "目標 40箇所"
    assert rooms.limit
    assert rooms.limit.label == "目標 10カ所"


def test_reasons_spell_units_as_the_plans_column_does():
    judgement = review().evaluation.find("places")
    assert review().missing(judgement) == "あと22箇所"


def test_a_name_that_says_that_it_adds_up_is_not_told_so_twice():
    assert chart("founded").title == "創業の件数（累計）"


# --- marks -----------------------------------------------------------------------


def test_marks_keep_their_digits_in_any_numerals_and_are_told_apart_from_counts():
    scheme = people(("A-1", "1 達成", "reached"), ("2", "2", "behind"))
    found = marked_review({"share": "A-1", "two": "A-1", "most": "2"}, scheme)
    goal = found.catalogue.goals[0]
    assert [*found.counted_marks(goal.indicators())][:2] == ["A-1：２", "2：１"]
    assert "A-1：0→2 2：0→1" in goal_counts(found, goal)
    assert found.numbers("「A-1 1 達成」が2つ、「2」が1つ") == "「A-1 1 達成」が２つ、「2」が１つ"


# --- headings are no nouns ---------------------------------------------------------


def _labels(**own: str) -> Labels:
    return replace(review().catalogue.labels, **own)


def test_a_heading_that_names_no_value_is_no_word_for_one():
    words = Words.of_labels(_labels(baseline="計画策定時", target="令和５年度"))
    assert words.put_into("現状値より悪化") == "計画策定時の値より悪化"
    # 年度ごとの令和５年度の値 would be none
    assert words.put_into("年度ごとの目標値を達成") == "年度ごとの目標値を達成"
    assert Words.of_labels(_labels(target="Ｒ５年度末")).target == "目標値"
    assert Words.of_labels(_labels(target="見込量")).put_into("目標値を達成") == "見込量を達成"


def test_a_heading_that_is_the_name_of_something_is_its_noun():
    words = Words.of_labels(_labels(goal="政策の名称", plan="施策名"))
    assert words.put_into("基本目標2つ、戦略計画5つ") == "政策2つ、施策5つ"


def test_rules_speak_of_values_not_of_headings():
    labels = {**_plan()["labels"], "baseline": "計画策定時"}
    found = small_review(
        2021,
        scheme_from_settings({"scheme": "linear"}),
        plan=read_plan({**_plan(), "labels": labels}),
        actuals=actuals_of(2021, FIGURES, ()),
    )
    words = "\n".join(shown(small_document(2021, review=found).blocks()))
    assert "（実績－計画策定時の値）" in words
    assert "計画策定時より" not in words
