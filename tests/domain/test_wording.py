"""Sentences of ours in a plan's own words."""

from __future__ import annotations

from dataclasses import replace

from kpireport.domain.catalogue import Labels
from kpireport.domain.wording import USUAL_WORDS, Words

TOWN = Labels(
    goal="政策",
    numeric_targets="政策の\n目標",
    numeric_targets_note="（令和８年度）",
    directions="めざす姿",
    plan="施策",
    indicators="成果指標（ＫＰＩ）",
    indicator="指標名",
    baseline="基準値",
    baseline_note="",
    target="めざす値",
    target_note="",
)


def test_the_plans_words_take_the_place_of_ours() -> None:
    text = "基本目標２、戦略計画３、数値目標４、重要業績評価指標５。現状値から目標値まで。"
    assert Words.of_labels(TOWN).put_into(text) == (
        "政策２、施策３、政策の目標４、成果指標５。基準値からめざす値まで。"
    )


def test_a_columns_heading_is_no_noun() -> None:
    assert Words.of_labels(TOWN).put_into("この指標の行です。") == "この指標の行です。"
    named = replace(TOWN, indicator_noun="ものさし")
    assert Words.of_labels(named).put_into("この指標の行です。") == "このものさしの行です。"


def test_what_is_quoted_stays() -> None:
    words = Words.of_labels(TOWN)
    assert words.put_into("「現状値から『上昇』」は現状値") == "「現状値から『上昇』」は基準値"
    assert words.put_into("「「現状値」の欄」と現状値") == "「「現状値」の欄」と基準値"


def test_a_plan_with_the_usual_words_changes_nothing() -> None:
    assert USUAL_WORDS.put_into("戦略計画の現状値") == "戦略計画の現状値"
