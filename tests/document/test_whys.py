"""Whose reason a sentence is: another plan's names and words than the samples'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from kpireport.document.whys import Names, Whys
from kpireport.domain.actuals import Actuals, Override, PlanComment
from kpireport.domain.comment_columns import ISSUES
from kpireport.domain.years import FiscalYear
from tests.review_reports import PLAN, actuals_of, read_plan, small_review

YEAR = 2021
NAMES = {
    "new": "森の図書館の開館",
    "calls": "森の図書館の来館者数",
    "crime": "川べりマルシェの出店数",
    "visits": "川べり周遊バスの路線再編",
    "fresh": "川べり周遊バスの乗客数",
    "survey": "「商店街のにぎわい」に対する満足度",
}


def named(entry: dict[str, Any]) -> dict[str, Any]:
    inner: dict[str, Any] = {
        key: [named(each) for each in entry[key]]
        for key in ("goals", "plans", "indicators", "numeric_targets")
        if key in entry
    }
    name = {"name": NAMES[entry["id"]]} if entry.get("id") in NAMES else {}
    return {**entry, **inner, **name}


def whys(
    issues: str = "",
    comments: Mapping[str, str] | None = None,
    overrides: tuple[Override, ...] = (),
    place: str = "p3",
    key: str = ISSUES,
) -> dict[str, str]:
    """The reason of every indicator of the third plan, and of the first goal's target."""
    known = actuals_of(YEAR)
    entries = tuple(
        replace(each, comment=(comments or {}).get(each.measure_id, ""))
        if each.fiscal_year == FiscalYear(YEAR)
        else each
        for each in known.entries
    )
    words = (PlanComment.of(place, FiscalYear(YEAR), {key: issues}),)
    review = small_review(
        YEAR, plan=read_plan(named(PLAN)), actuals=Actuals(entries, words, overrides)
    )
    finder = Whys.of(review)
    ids = ("new", "calls", "crime", "visits", "fresh", "survey")
    found = {id_: finder.why(review.evaluation.find(id_)) for id_ in ids}
    return {id_: text for id_, text in found.items() if text}


# --- whose it is -----------------------------------------------------------------


def test_a_sentence_is_of_whose_name_it_has_most():
    text = "川べり周遊バスの乗客数は、運転士の不足により減りました。"
    assert whys(text) == {"fresh": text}
    text = "森の図書館の開館は、用地の取得が難しい状況です。"
    assert whys(text) == {"new": text}


def test_only_the_text_called_issues_tells_why():
    text = "森の図書館の開館は、用地の取得が難しい状況です。"
    assert whys(text, key="issues") == {"new": text}
    assert whys(text, key="results") == {}


def test_what_several_have_in_common_is_of_all_of_them():
    text = "森の図書館は、用地の取得が難しい状況です。"
    assert whys(text) == {"new": text, "calls": text}


def test_of_two_in_one_sentence_each_has_it():
    text = "工事の影響により、森の図書館の開館と川べりマルシェの出店数は伸びません。"
    assert whys(text) == {"new": text, "crime": text}


def test_of_two_in_two_clauses_each_has_it():
    text = "周遊バスの路線再編は運転士の不足により遅れ、乗客数も戻りません。"
    assert whys(text) == {"visits": text, "fresh": text}


def test_words_that_many_plans_names_have_tell_little():
    by_id = {"a": "学習支援の実施", "b": "移動図書館の実施", "c": "就労支援の実施"}
    sentence = "訪問での支援の実施が困難です。"
    assert Names(by_id, {"a": "p1", "b": "p1", "c": "p1"}).owners(sentence, ["a"]) == {"a"}
    assert Names(by_id, {"a": "p1", "b": "p2", "c": "p3"}).owners(sentence, ["a"]) == set()


@pytest.mark.parametrize("name", ["人口", "空き家"])
def test_a_short_name_is_known_as_a_whole(name: str):
    names = Names({"a": name}, {"a": "p1"})
    assert names.owners(f"{name}が減っています。", ["a"]) == {"a"}
    assert names.owners(f"{name[0]}が減っています。", ["a"]) == set()


@pytest.mark.parametrize(
    "text",
    ["職員の不足が続いています。", "図書が足りません。", "隣町のバスは、運転士の不足が続きます。"],
)
def test_what_is_of_nobody_is_no_reason(text: str):
    assert whys(text) == {}


def test_a_numeric_target_has_what_its_goals_plans_say_of_it():
    text = "商店街のにぎわいは、空き店舗の影響により戻りません。"
    assert whys(text, place="p1") == {"survey": text}
    assert whys(text, place="p3") == {}  # a plan of another goal


# --- what follows ----------------------------------------------------------------


def test_the_cause_stands_in_the_sentence_after_the_value():
    text = "川べりマルシェの出店数は1,200件でした。会場が狭いことが影響しています。"
    assert whys(text) == {"crime": "会場が狭いことが影響しています。"}


@pytest.mark.parametrize(
    "after",
    [
        "森の図書館の開館は、工事の遅れにより延びました。",  # another's
        "\n担い手が不足しています。",  # another paragraph
        "また、担い手が不足しています。",
        "避難所は職員が不足しています。",  # a topic of its own
        "会場を広げました。",  # no cause
    ],
)
def test_what_is_not_about_it_is_not_its_reason(after: str):
    assert "crime" not in whys(f"川べりマルシェの出店数は1,200件でした。{after}")


def test_what_follows_may_have_a_topic_of_the_name():
    text = "川べりマルシェの出店数は1,200件でした。出店は手続に時間を要します。"
    assert whys(text) == {"crime": "出店は手続に時間を要します。"}


def test_a_cause_goes_before_what_is_not_done():
    text = "川べりマルシェの出店数は伸びません。会場が狭いことが要因です。"
    assert whys(text) == {"crime": "会場が狭いことが要因です。"}


def test_a_short_reason_goes_before_a_long_one():
    long = f"川べりマルシェの出店数は、{'とても' * 20}雨の影響により減りました。"
    assert whys(f"{long}会場の不足が続きました。") == {"crime": "会場の不足が続きました。"}
    assert whys(long) == {"crime": long}


def test_what_refers_back_has_its_reason_before():
    text = "大雨が続き、会場が使えませんでした。そのため、マルシェの出店数が減りました。"
    assert whys(text) == {"crime": "大雨が続き、会場が使えませんでした。"}


def test_what_ties_it_to_another_is_left_out():
    text = "森の図書館の開館は、用地の取得が課題です。また、マルシェは雨の影響を受けました。"
    assert whys(text)["crime"] == "マルシェは雨の影響を受けました。"


def test_what_only_tells_the_value_is_no_reason():
    assert whys("川べりマルシェの出店数は1,200件と、目標に届きませんでした。") == {}


# --- for want of 課題 ------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("雨により２日を中止した。", "雨により２日を中止した。"),
        ("再開した。雨の日が多かったため、出店が減った。", "雨の日が多かったため、出店が減った。"),
        ("６か所に広げた。", ""),
        ("再開した。", ""),
        ("大雨により取り消した出店を含む。", ""),
        ("新たな会場を探している。", ""),
    ],
)
def test_an_explanation_is_a_reason_only_if_it_names_one(comment: str, expected: str):
    assert whys(comments={"crime": comment}).get("crime", "") == expected


def test_what_the_plan_says_goes_before_the_explanation():
    text = "川べりマルシェの出店数は、雨の影響により減りました。"
    assert whys(text, {"crime": "用地の不足による。"}) == {"crime": text}


def test_the_reason_of_an_override_is_the_last():
    override = Override("crime", FiscalYear(YEAR), "△", "数え方が変わったため。出店は続いている。")
    assert whys(overrides=(override,)) == {"crime": "数え方が変わったため。"}
    said = whys(comments={"crime": "雨の影響による。"}, overrides=(override,))
    assert said == {"crime": "雨の影響による。"}
