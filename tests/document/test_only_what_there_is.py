"""Nothing speaks of what a plan has none of; what it has is shown, when it is of too."""

from __future__ import annotations

from typing import Any

import pytest

from kpireport.document.plan import compose_plan
from kpireport.document.reviews import Review
from kpireport.document.scheme_tables import rules_of
from kpireport.document.scheme_terms import ALL_RATES
from kpireport.evaluation import LINEAR, SCHEMES, VALUES_ONLY, Scheme
from tests.marked_reports import marked_review, people
from tests.review_reports import (
    METADATA,
    PLAN,
    actuals_of,
    cell,
    chapter,
    indicator,
    read_plan,
    shown,
    small_document,
    small_review,
)


def target(id_: str, baseline: Any, **more: Any) -> dict[str, Any]:
    aim = cell("65％", (65, "％", ""), kind="at_least")
    return indicator(id_, f"満足度 {id_}", baseline, aim, **more)


def plan_of(*goals: dict[str, Any], **labels: str) -> dict[str, Any]:
    own = {**PLAN["labels"], **labels}
    made = [
        {"id": f"g{n}", "numeral": str(n), "title": f"まち{n}", **goal}
        for n, goal in enumerate(goals, start=1)
    ]
    return {**PLAN, "labels": own, "goals": made}


def plan(label: str, *rows: Any) -> dict[str, Any]:
    return {"id": f"p{label}", "label": f"施策{label}", "title": "名", "indicators": [*rows]}


# --- numeric targets' baselines in the plan edition ----------------------------------


def printed(decided: dict[str, Any]) -> list[str]:
    return shown(compose_plan(read_plan(decided), METADATA).blocks())


@pytest.mark.parametrize(
    ("baseline", "line"),
    [
        (cell("62.1％", (62.1, "％", "")), "（現状値　62.1％）"),
        (
            cell("62.1％", (62.1, "％", ""), as_of="平成30年度調査"),
            "（現状値　62.1％、平成30年度調査）",
        ),
        (cell("未調査"), "（現状値　未調査）"),
    ],
)
def test_a_plan_shows_the_baseline_of_a_numeric_target(baseline: Any, line: str):
    words = printed(plan_of({"numeric_targets": [target("a", baseline)], "plans": []}))
    assert any(line in each for each in words)


@pytest.mark.parametrize(
    ("text", "baseline"),
    [("65％", cell("―")), ("62.1％から65％", cell("62.1％", (62.1, "％", "")))],
)
def test_nothing_where_there_is_none_or_the_target_says_it(text: str, baseline: Any):
    row = target("a", baseline)
    row["target"]["text"] = text
    words = printed(plan_of({"numeric_targets": [row], "plans": []}))
    assert not any("現状値" in each for each in words)


# --- a baseline's own time --------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"as_of": "平成26年"}, "（平成26年）"),
        ({"year": 2014}, "（平成26年度）"),
        ({"as_of": "平成26年", "year": 2014}, "（平成26年）"),
    ],
)
def test_an_indicators_baseline_says_when_it_is_of(more: Any, line: str):
    aim = cell("40人", (40, "人", ""), kind="at_least")
    row = indicator("a", "出生数", cell("30人", (30, "人", ""), **more), aim)
    words = printed(plan_of({"plans": [plan("1", row)]}))
    assert any(f"30人 / {line}" in each for each in words)


def test_the_rules_tell_of_added_rows_only_where_one_was_added():
    aim = cell("40人", (40, "人", ""), kind="at_least")
    row = indicator("a", "出生数", cell("30人", (30, "人", ""), year=2014), aim)
    assert "後から加わった" not in rules_chapter(plan_of({"plans": [plan("1", row)]}), a="35人")


# --- no indicators -------------------------------------------------------------------


def without_indicators(scheme: Scheme) -> Review:
    decided = plan_of(
        {
            "numeric_targets": [target("a", cell("62.1％", (62.1, "％", "")))],
            "plans": [plan("1"), plan("2")],
        }
    )
    figures = actuals_of(2021, {"a": ("63％", "64％")}, ())
    return small_review(2021, scheme, plan=read_plan(decided), actuals=figures)


@pytest.mark.parametrize("scheme", [VALUES_ONLY, LINEAR])
def test_a_plan_without_indicators_has_no_tables_rows_or_words_of_them(scheme: Scheme):
    words = shown(small_document(2021, review=without_indicators(scheme)).blocks())
    text = "\n".join(words)
    assert "0指標" not in text
    assert "指標および" not in text
    assert "重要業績評価指標" not in text
    assert "指標のうち" not in text
    assert "施策1　名" in text
    assert "数値目標は、原則として令和６年度末を期限とし" in text
    assert "計画の決定後、数値目標および目標値の変更はありません。" in text


def test_a_plan_edition_without_indicators_lists_its_plans():
    words = printed(plan_of({"plans": [plan("1"), plan("2")]}))
    assert [each for each in words if "施策" in each] == ["戦略計画 | 施策1　名", "施策2　名"]
    assert not any("―" in each for each in words)


# --- rules ---------------------------------------------------------------------------


def rules_chapter(decided: dict[str, Any], **values: str) -> str:
    figures = actuals_of(2021, {key: (text, text) for key, text in values.items()}, ())
    review = small_review(2021, LINEAR, plan=read_plan(decided), actuals=figures)
    return "\n".join(shown(chapter(small_document(2021, review=review), "how-to-read")))


def test_rules_are_told_of_the_kinds_that_the_plan_has():
    aim = cell("40人", (40, "人", ""), kind="at_least")
    rows = [indicator("a", "出生数", cell("30人", (30, "人", "")), aim)]
    text = rules_chapter(plan_of({"plans": [plan("1", *rows)]}), a="35人")
    for absent in (
        "状態を求める",
        "前年度より増やす",
        "水準を保つ",
        "新しく始める",
        "数量が",
        "以下にする",
    ):
        assert absent not in text
    assert "目標値に向けて増やす（減らす）もの" in text
    assert "期限は、別に定めのない" not in text


def test_a_plan_of_every_kind_has_all_rules():
    found = rules_of(small_review(), ALL_RATES)
    assert len(found.tasks) == 4
    assert any("新しく始める" in each for each in found.notes)
    assert any("はじめの数量" in each for each in found.notes)


NO_RATES: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("scheme", "has_column", "explained"),
    [
        ("linear", True, ("達成率", "進捗率")),  # 達成率 stands in for 進捗率
        ("linear", False, ("進捗率",)),  # the rules ask for it
        ("takamatsu", True, ("達成率",)),
        ("takamatsu", False, ("達成率",)),
        ("health", True, ("達成率", "進捗率")),
        ("health", False, NO_RATES),
    ],
)
def test_rates_are_explained_where_they_are_shown_or_asked_for(
    scheme: str, has_column: bool, explained: tuple[str, ...]
):
    aim = cell("40人", (40, "人", ""), kind="at_least")
    rows = [indicator("a", "出生数", cell("30人", (30, "人", "")), aim)]
    names = ["plan", "indicator", "baseline", "actuals", "target", *["rate"] * has_column, "mark"]
    decided = plan_of({"plans": [plan("1", *rows)]}) | {"layout": {"review": names}}
    figures = actuals_of(2021, {"a": ("35人", "35人")}, ())
    review = small_review(2021, SCHEMES[scheme], plan=read_plan(decided), actuals=figures)
    text = "\n".join(shown(chapter(small_document(2021, review=review), "how-to-read")))
    assert [each for each in ("達成率", "進捗率") if f"{each}＝" in text] == list(explained)
    assert ("率は小数" in text) is bool(explained)
    assert ("率でなく「悪化」" in text) is ("進捗率" in explained)


def test_marks_that_are_words_are_told_in_one_sentence():
    scheme = people(("順調", "順調", "on_track"), ("遅れている", "遅れている", "behind"))
    review = marked_review({"share": "順調"}, scheme)
    text = "\n".join(shown(chapter(small_document(2021, review=review), "how-to-read")))
    assert "評価は、所管課が、「順調」「遅れている」" in text
    assert "・ 順調" not in text


# --- of what time values are -----------------------------------------------------------


@pytest.mark.parametrize("period", ["", "暦年"])
def test_what_is_of_another_time_is_not_said_to_be_of_the_years_end(period: str):
    texts = written_of(period=period)
    assert ("実績は、期間の示された指標を除き、各年度末の値です。" in texts) is bool(period)
    assert ("期間の示された指標の実績は、その期間のものです。" in texts) is bool(period)
    assert ("実績は各年度末の値です。" in texts) is not bool(period)


def written_of(year: int = 2021, **details: str) -> str:
    """The words of a review of one indicator, 出生率 1.25."""
    aim = cell("1.45", (1.45, "", ""), kind="at_least")
    row = indicator("a", "出生率", cell("1.28", (1.28, "", "")), aim, **details)
    decided = read_plan(plan_of({"plans": [plan("1", row)]}))
    review = small_review(year, plan=decided, actuals=actuals_of(year, {"a": ("1.31",) * 3}))
    return "\n".join(shown(small_document(year, review=review).blocks()))


@pytest.mark.parametrize("said", ["－", "ー", "なし"])
def test_a_unit_that_is_none_is_nobodys_unit(said: str):
    """Cities write － in their column of units: 1.28 is not 「1.28－」."""
    assert written_of(unit=said) == written_of()
