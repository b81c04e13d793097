"""What a review prints of classes of indicators, earlier schemes and marks beside the first."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kpireport.collection.inputs import read_inputs
from kpireport.document.blocks import Table
from kpireport.document.class_counts import compose_classes
from kpireport.document.judgements import describe_reason
from kpireport.document.level_counts import compose_level_counts
from kpireport.document.plan_kinds import PlanKinds
from kpireport.document.reviews import Review
from kpireport.document.scheme_rules import describe_scheme
from kpireport.document.scheme_tables import compose_rule_tables
from kpireport.document.scheme_terms import ALL_RATES
from kpireport.document.year_sentences import year_sentences
from kpireport.domain.settings import ReviewSettings
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError
from kpireport.evaluation import SCHEMES, criteria_from_settings
from kpireport.evaluation.schemes import Task
from kpireport.stages.data_book import data_book
from tests.evaluation.rows import indicator, judged
from tests.review_reports import (
    PLAN,
    actuals_of,
    chapter,
    read_plan,
    row_text,
    shown,
    small_document,
    small_review,
    write_review,
)

TOML = """
[[earlier]]
until = 2021
scheme = "ino"
[category.survey.thresholds.approach]
behind = 50
[[further]]
key = "trend"
title = "方向性"
scheme = "trend"
"""
CLASSES = {"categories": [{"key": "survey", "label": "主観"}, {"key": "plain", "label": "客観"}]}


def classed() -> dict[str, Any]:
    """The small plan, its first indicator of one class and its second of the other."""
    plan: dict[str, Any] = json.loads(json.dumps({**PLAN, **CLASSES}))
    first, second, *_ = plan["goals"][0]["plans"][0]["indicators"]
    first["category"], second["category"] = "survey", "plain"
    return plan


def review() -> Review:
    criteria = criteria_from_settings(tomllib.loads(TOML))
    return small_review(2022, criteria, plan=read_plan(classed()), actuals=actuals_of(2022))


def test_classes_and_further_marks_are_counted_in_tables_of_their_own():
    words = "\n".join(shown(compose_classes(review())))
    assert "区分ごとの指標の評価" in words
    assert "主観" in words
    assert "客観" in words
    assert "指標の方向性" in words
    assert "方向性 | " in words


def test_the_rules_of_all_that_judges_are_told():
    words = "\n".join(shown(compose_rule_tables(review(), ALL_RATES)))
    for title in (
        "評価の記号ごとの条件（年度の目安に対する進捗による評価）",
        "評価の記号ごとの条件（区分「主観」）",
        "評価の記号ごとの条件（令和３年度まで：目標値との比較による評価）",
        "評価の記号ごとの条件（方向性：前年度からの動きによる評価）",
    ):
        assert title in words
    assert "令和３年度までの評価は、その年度の基準（目標値との比較による評価）による" in words


def test_a_further_mark_stands_beside_the_first():
    document = small_document(2022, review=review())
    words = "\n".join(shown(chapter(document, "goal-g1")))
    assert "評価 | 方向性" in words


def test_the_data_have_classes_and_further_marks():
    settings = ReviewSettings(FiscalYear(2022), Path("actuals.xlsx"))
    measures, counts = data_book(review(), settings, title="", author="").sheets
    heads = [cell.value for cell in measures.rows[1].cells]
    assert {"区分", "方向性"} <= set(heads)
    titles = [row.cells[0].value for row in counts.rows if row.cells]
    assert "指標（区分ごと）" in " ".join(map(str, titles)).replace("重要業績評価指標", "指標")


@pytest.mark.parametrize("kind", ["state", "direction"])
def test_nothing_is_said_of_kinds_that_the_plan_does_not_have(kind: str):
    kinds = PlanKinds(frozenset({Task(kind)}), *[False] * 6)
    rules = describe_scheme(SCHEMES["linear"], kinds=kinds)
    said = "".join((*rules.terms, *rules.notes))
    assert len(rules.tasks) == 1
    assert "率" not in said
    assert "0から" not in said
    assert ("期限" in said) == (kind == "state")


def test_criteria_and_plan_are_held_against_each_other(tmp_path: Path):
    plan = {**classed(), "layout": {"review": ["plan", "indicator", "category", "further.way"]}}
    report = write_review(
        tmp_path, plan=plan, evaluation='scheme = "linear"\n[evaluation.category.plan]'
    )
    with pytest.raises(InputError) as caught:
        read_inputs(report).sound()
    assert [(each.place, each.what) for each in caught.value.problems] == [
        ("evaluation.category.plan", "計画に「plan」という区分がありません。"),
        ("layout.review[3]", "設定の [[evaluation.further]] に、key が「way」のものがありません。"),
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "fukuoka_survey",
            {
                "a": "進捗率が年度の目安以上（現状値との差が±３ポイント未満のものを除く）",
                "b": "現状値との差が±３ポイント未満、または現状値より３ポイント以上改善",
                "c": "現状値より３ポイント以上悪化",
            },
        ),
        (
            "fukuoka",
            {
                "a": "進捗率が年度の目安以上",
                "b": "現状値より改善、または現状値と同じ",
                "c": "現状値より悪化",
            },
        ),
        (
            "health",
            {
                "B": "現状値より５％以上改善",
                "C": "現状値との差が±５％未満",
                "D": "現状値より５％以上悪化",
            },
        ),
        ("nanto", {"A": "進捗率が100％以上", "F": "進捗率が20％未満"}),
    ],
)
def test_rules_do_not_contradict_each_other(name: str, said: dict[str, str]):
    rules = describe_scheme(SCHEMES[name])
    found = {each.mark.symbol: each.conditions[0] for each in rules.marks}
    assert {symbol: found[symbol] for symbol in said} == said


def test_a_tolerance_is_told_as_what_it_is():
    rows = [("35.9％", "50％", "34.3％"), ("100人", "200人", "98人")]
    said = [
        describe_reason(
            judged(
                indicator(was, aim, "at_least"), 2019, now, scheme=SCHEMES["fukuoka_survey"]
            ).reason
        )
        for was, aim, now in rows
    ]
    assert said == [
        "現状値35.9％との差－1.6ポイント（±３ポイント未満）",
        "現状値100人との差－2.0％（±３％未満）",
    ]
    row = indicator("35.9％", "50％", "at_least")
    reason = judged(row, 2019, "35.0％", scheme=SCHEMES["health"]).reason
    assert describe_reason(reason) == "現状値35.9％より2.5％悪化（５％未満）"


def test_a_further_mark_stands_beside_the_first_of_a_numeric_target_too():
    (band,) = (
        table
        for block in chapter(small_document(2022, review=review()), "goal-g1")
        for table in [shown([block])]
        if any(line.startswith("= 数値目標") or "数値目標" in line for line in table)
    )
    assert any("評価 | 方向性" in line for line in band)


def test_the_share_of_upper_marks_is_of_what_was_judged():
    criteria = criteria_from_settings({"scheme": "linear", "share_of": ["◎", "順調"]})
    found = small_review(2021, criteria, plan=read_plan(classed()), actuals=actuals_of(2021))
    # 3 ◎ and 3 ○ of 12; the thirteenth is not reported
    overall = found.summary.overall
    assert (overall.total, overall.judged) == (13, 12)
    said = year_sentences(found).of_indicators
    assert "このほか、「未報告」が１指標です。" in said
    count = sum(overall.of(mark) for mark in found.scheme.upper_marks)
    assert count == 6
    assert "◎・○の割合は50.0％です。" in said
    (classes,) = compose_classes(found)
    assert row_text(classes.header_rows[0]).endswith("計 | ◎・○の割合")
    tables = dict(compose_level_counts(found))
    ((plans,),) = tables.values()
    assert isinstance(plans, Table)
    lines = [row_text(row) for row in plans.rows]
    assert lines == [
        "Ⅰ　安心のまち | 計画１　居場所 | １ | ２ | ２ | １ | ０ | ０ | ６ | 50.0％",
        "計画２　端末 | ０ | １ | １ | ０ | ０ | ０ | ２ | 50.0％",
        "Ⅱ　つながるまち | 計画３　窓口 | ２ | ０ | １ | １ | ０ | １ | ５ | 50.0％",
        "計画４　検討中 | ０ | ０ | ０ | ０ | ０ | ０ | ０ | ―",
    ]


def test_marks_whose_share_is_told_are_those_of_the_scheme():
    with pytest.raises(InputError) as caught:
        criteria_from_settings({"scheme": "linear", "share_of": ["◎", "A", "達成", "対象外"]})
    assert [(each.place, each.what) for each in caught.value.problems] == [
        ("evaluation.share_of[1]", "「A」という評価はありません。"),
        ("evaluation.share_of[2]", "「達成」が２度あります。"),
        ("evaluation.share_of[3]", "「対象外」という評価はありません。"),
    ]
