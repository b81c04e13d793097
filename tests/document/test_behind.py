"""What is behind, worst first; whose mark changed; what nobody reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from kpireport.document.blocks import Block, Heading, Paragraph, Span, Table
from kpireport.document.reviews import Review
from kpireport.domain.actuals import Actuals
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import SCHEMES
from tests.review_reports import (
    FIGURES,
    PLAN,
    actuals_of,
    chapter,
    part,
    read_plan,
    row_text,
    shown,
    small_document,
    small_review,
)
from tests.said import said

FIRST, MIDDLE, LAST = 2020, 2021, 2022


def behind(review: Review) -> tuple[Block, ...]:
    year = review.evaluation.fiscal_year.year
    return chapter(small_document(year, review=review), "behind")


def lines(identifier: str, review: Review | None = None) -> list[str]:
    return shown(part(behind(review or small_review(MIDDLE)), f"behind-{identifier}"))


def titles(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading)]


# --- the late --------------------------------------------------------------------


def test_reasons_have_no_column_where_nobody_wrote_anything():
    known = actuals_of(MIDDLE)
    silent = tuple(replace(each, comment="") for each in known.entries)
    nothing = small_review(MIDDLE, actuals=replace(known, entries=silent, comments=()))
    assert " 理由 " not in lines("late", nothing)[1]
    late = {each.measure_id for each in nothing.summary.late}
    spoken = tuple(
        replace(each, comment="来年度も続けます。") if each.measure_id in late else each
        for each in silent
    )
    something = small_review(MIDDLE, actuals=replace(known, entries=spoken, comments=()))
    assert " 理由 " in lines("late", something)[1]


def test_what_is_late_the_worst_first_with_what_is_missing():
    assert lines("late", small_review(MIDDLE, shows_departments=False)) == [
        "表１　評価が「× 遅れ」「△ やや遅れ」の指標（遅れの大きいものから）",
        "= 指標 | 目標値 | 実績 | 目標まで | 評価 | 理由 | 頁",
        (
            "計画３　窓口の移転 | ３か所移転 | １か所 | あと２か所"
            " | ―（令和２年度は対象外、） / ×（遅れ） | ― | "
        ),
        (
            "計画１　就労者数 | 年間200人 | 年間179人 | あと21人"
            " | △（令和２年度はやや遅れ、） / ×（遅れ） | ― | "
        ),
        (
            "計画２　黒板の配備 | 配備（一部） | 業者の選定（準備） | 準備（期限 令和４年度末）"
            " | ×（令和２年度は遅れ、） / △（やや遅れ） | ― | "
        ),
        (
            "計画１　受入率 | 100％ | 98.6％ | あと1.4ポイント"
            " | △（令和２年度はやや遅れ、） / △（やや遅れ） | ― | "
        ),
        (
            "計画１　病床の確保　西病院 | 490床（90床増） | 445床 | あと45床"
            " | ×（令和２年度は遅れ、） / △（やや遅れ） | ― | "
        ),
        (
            "計画３　犯罪件数 | 現状値から減少 | 1,200件 | 現状値と同じ"
            " | △（令和２年度はやや遅れ、） / △（やや遅れ） | ― | "
        ),
    ]


def test_the_rows_are_in_the_order_of_lateness_in_every_year_and_scheme():
    for year in (FIRST, MIDDLE, LAST):
        for scheme in SCHEMES:
            review = small_review(year, scheme)
            names = [review.names[each.measure_id] for each in review.summary.late]
            rows = [line.split(" | ")[0] for line in lines("late", review)[2:]]
            assert [row.partition("　")[2] for row in rows] == names


@pytest.mark.parametrize(
    ("scheme", "title"),
    [
        ("linear", "評価が「× 遅れ」「△ やや遅れ」の指標"),
        ("tama", "評価が「③ 改善や工夫が必要」「② 概ね進んでいる」の指標"),
        ("ino", "評価が「× 進捗なし・事業終了」「△ 目標値未達成」の指標"),
        ("nagayo", "評価が「C 現状値より下落」「B 現状値と同水準」の指標"),
        ("kitsuki", "評価が「D 注視を継続」「C 改善や工夫が必要」の指標"),
    ],
)
def test_what_lags_is_named_by_the_marks_of_the_scheme(scheme: str, title: str):
    assert title in titles(behind(small_review(MIDDLE, scheme)))


def test_nothing_late_and_nothing_unreported():
    figures = {**FIGURES, **dict.fromkeys(("tablets", "boards"), ("達成：",))}
    figures |= dict.fromkeys(("bed-a", "bed-b"), ("500床",))
    figures |= {"share": ("100％",), "keep": ("年間200人",), "calls": ("6,403件",)}
    figures |= {"crime": ("1,199件",), "fresh": ("20％",), "new": ("３か所",)}
    review = small_review(FIRST, actuals=actuals_of(FIRST, figures, ()))
    assert lines("late", review) == ["該当する指標および数値目標はありません。"]
    assert titles(behind(review)) == [
        "遅れている指標",
        "評価が「× 遅れ」「△ やや遅れ」の指標および数値目標",
    ]


def spans(blocks: Sequence[Block]) -> Iterator[Span]:
    for block in blocks:
        for row in block.rows if isinstance(block, Table) else ():
            for cell in row.cells:
                for content in cell.content:
                    yield from content.spans if isinstance(content, Paragraph) else ()


@pytest.mark.parametrize("year", [FIRST, MIDDLE, LAST])
def test_every_row_says_the_page_of_its_own_row(year: int):
    figures = {**FIGURES, "survey": ("61％", "60％", "59％")}
    review = small_review(year, actuals=actuals_of(year, figures, ()))
    document = small_document(year, review=review)
    late = part(chapter(document, "behind"), "behind-late")
    pages = [span.target or "" for span in spans(late) if span.is_page]
    assert pages == [f"row-{each.measure_id}" for each in review.summary.late]
    rows = [row for block in document.blocks() if isinstance(block, Table) for row in block.rows]
    named = {row.id: row_text(row) for row in rows if row.id}
    assert "row-survey" in pages
    own = {each: review.measures[each.removeprefix("row-")].name for each in pages}
    assert all(name.partition("\n")[0] in named[each] for each, name in own.items())


# --- why -------------------------------------------------------------------------


def with_words(comments: Mapping[str, str], issues: Mapping[str, str]) -> Review:
    """What departments say of indicators, and as 課題 of plans."""
    known = actuals_of(MIDDLE)
    entries = tuple(
        replace(each, comment=comments.get(each.measure_id, ""))
        if each.fiscal_year == FiscalYear(MIDDLE)
        else each
        for each in known.entries
    )
    problems = tuple(said(id_, FiscalYear(MIDDLE), issues=text) for id_, text in issues.items())
    return small_review(MIDDLE, actuals=Actuals(entries, problems, known.overrides))


def reasons(review: Review) -> dict[str, str]:
    rows = [line.split(" | ") for line in lines("late", review)[2:]]
    return {row[0].split("　")[-1]: row[5] for row in rows}


def test_the_reason_is_of_the_plans_problems_or_of_the_explanation():
    review = with_words(
        {"keep": "雇用の契約が減りました。求人の不足が続きました。", "new": "用地がない"},
        {"p3": "人手が足りません。窓口の移転先が決まりません。\n相談が増えています。"},
    )
    assert reasons(review) == {
        **dict.fromkeys(("黒板の配備", "受入率", "西病院", "犯罪件数"), "―"),
        "窓口の移転": "窓口の移転先が決まりません。",
        "就労者数": "求人の不足が続きました。",
    }


def test_what_is_said_of_others_is_no_reason():
    """The plan's first problem may be of another of its indicators."""
    issues = {"p1": "定員の増加に保育士の確保が追いつきません。", "p2": "予算がありません。"}
    assert set(reasons(with_words({}, issues)).values()) == {"―"}


def test_a_reason_of_an_earlier_year_is_none():
    known = actuals_of(MIDDLE)
    past = tuple(
        replace(each, comment="昨年のこと。") if each.fiscal_year == FiscalYear(FIRST) else each
        for each in known.entries
    )
    comments = (
        said("p3", FiscalYear(FIRST), issues="窓口の移転先が決まりません。"),
        said("p3", FiscalYear(MIDDLE), issues="相談が増えています。"),
    )
    review = small_review(MIDDLE, actuals=Actuals(past, comments, known.overrides))
    assert set(reasons(review).values()) == {"―"}


# --- who -------------------------------------------------------------------------


def owned(**departments: list[str]) -> dict[str, Any]:
    """The plan with the departments of its indicators by their ids."""

    def of(entry: dict[str, Any]) -> dict[str, Any]:
        if "indicators" in entry:
            return {**entry, "indicators": [of(each) for each in entry["indicators"]]}
        found = departments.get(entry["id"])
        return {**entry, "departments": found} if found else entry

    return {
        **PLAN,
        "goals": [
            {**goal, "plans": [of(plan) for plan in goal["plans"]]} for goal in PLAN["goals"]
        ],
    }


def test_who_is_responsible_for_what_is_late():
    plan = read_plan(owned(new=["窓口課", "企画課"], keep=["福祉課"]))
    table = lines("late", small_review(MIDDLE, plan=plan))
    assert table[1] == "= 指標 | 目標値 | 実績 | 目標まで | 評価 | 理由 | 所管課 | 頁"
    assert [line.split(" | ")[-2] for line in table[2:5]] == ["窓口課、企画課", "福祉課", "―"]
    off = lines("late", small_review(MIDDLE, plan=plan, shows_departments=False))
    assert "所管課" not in off[1]
    assert not any("窓口課" in line for line in off)


# --- whose mark changed ----------------------------------------------------------


def test_whose_mark_changed_what_fell_first_and_each_way_once():
    assert lines("changes") == [
        "表２　前年度から評価が変わった指標（下がったものから）",
        "= 前年度 → 今年度 | 数 | 指標",
        "△ やや遅れ → × 遅れ | 1 | 計画１　「就労者数」",
        "△ やや遅れ → ◎ 達成 | 1 | 計画３　「相談件数」",
        "× 遅れ → ○ 順調 | 1 | 計画１　「病床の確保　東病院」",
        "× 遅れ → △ やや遅れ | 2 | 計画１　「病床の確保　西病院」⏎計画２　「黒板の配備」",
        "△ やや遅れ → ○ 順調 | 1 | 計画２　「端末の配備」",
    ]


@pytest.mark.parametrize("year", [MIDDLE, LAST])
def test_all_changes_are_told_once(year: int):
    review = small_review(year)
    changed = review.summary.changed
    rows = [line.split(" | ") for line in lines("changes", review)[2:]]
    told = [name for row in rows for name in row[2].split("⏎")]
    expected = [
        f"{review.plan_label(each.measure_id)}　「{review.names[each.measure_id]}」"
        for each in (*changed.down, *changed.up)
    ]
    assert sorted(told) == sorted(expected)
    assert len({row[0] for row in rows}) == len(rows)
    assert [int(row[1]) for row in rows] == [len(row[2].split("⏎")) for row in rows]


def test_in_the_first_year_there_is_nothing_to_compare_with():
    assert not any("変わった" in title for title in titles(behind(small_review(FIRST))))


def test_no_change_is_said_so():
    figures = {id_: (values[0],) * 2 for id_, values in FIGURES.items()}
    figures |= {"new": ("２か所", "２か所"), "visits": ("―", "―"), "fresh": ("5％", "10％")}
    review = small_review(MIDDLE, "nagayo", actuals=actuals_of(MIDDLE, figures, ()))
    assert review.summary.changed.up == review.summary.changed.down == ()
    assert lines("changes", review) == ["該当する指標および数値目標はありません。"]


# --- the unreported --------------------------------------------------------------


def test_what_was_not_reported_with_the_reasons():
    assert lines("unreported") == [
        "表３　実績の報告がない指標と理由",
        "= 戦略計画 | 指標 | 理由",
        "計画３ | 加入率 | 調査を延期したため",
    ]


def test_a_numeric_target_that_was_not_reported_is_named_so():
    figures = {**FIGURES, "survey": ("63.4％", "!集計中")}
    review = small_review(MIDDLE, actuals=actuals_of(MIDDLE, figures, ()))
    assert lines("unreported", review) == [
        "表３　実績の報告がない指標および数値目標と理由",
        "= 戦略計画 | 指標 | 理由",
        "数値目標（Ⅰ） | 満足度 | 集計中",
        "計画３ | 加入率 | 調査を延期したため",
    ]


def test_when_nobody_has_reported_nothing_is_late():
    review = small_review(MIDDLE, actuals=actuals_of(MIDDLE, {}, ()))
    assert lines("late", review) == ["該当する指標および数値目標はありません。"]
    assert len(lines("unreported", review)) == 2 + 13
