"""The review as a whole: its parts, its cover, はじめに, 表の見方, unusual plans.

What the other chapters say is tested beside this file. The figures are worked by hand from
the rules; what a test does not look at is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from kpireport.document.blocks import Block, Contents, Cover, FigureGrid, SamplePage
from kpireport.document.charts import LineChart
from kpireport.document.place_labels import measure_labels
from kpireport.document.plan_kinds import ALL_KINDS
from kpireport.document.scheme_rules import describe_scheme
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.settings import Orientation
from kpireport.evaluation import SCHEMES, scheme_from_settings
from kpireport.evaluation.reasons import RateKind
from tests.documents import real_catalogue
from tests.review_reports import (
    DRAFT_NOTICE,
    FIGURES,
    PLAN,
    SAMPLE_NOTICE,
    actuals_of,
    chapter,
    charts_of,
    pages_of,
    part,
    read_plan,
    shown,
    small_document,
    small_plan,
    small_review,
)

FIRST, MIDDLE, LAST = 2020, 2021, 2022


def text(blocks: Iterable[Block]) -> str:
    return "\n".join(shown(blocks))


# --- the whole -------------------------------------------------------------------


def test_the_parts_of_the_document_in_their_order():
    document = small_document(MIDDLE)
    assert [heading.text for heading in document.headings()] == [
        "令和３年度の結果",
        "目次",
        "遅れている指標と評価の変化",
        "評価が「× 遅れ」「△ やや遅れ」の指標",
        "前年度から評価が変わった指標",
        "実績の報告がない指標",
        "はじめに",
        "表の見方",
        "図の見方",
        "評価の基準",
        "Ⅰ",
        "計画１　居場所",
        "計画２　端末",
        "Ⅱ",
        "計画３　窓口",
        "計画４　検討中",
        "資料編",
        "１　評価の修正",
        "２　計画の変更",
    ]
    ids = [heading.id for heading in document.headings()]
    assert len(set(ids)) == len(ids)
    assert [block for block in document.blocks() if isinstance(block, Contents)] == [Contents(2)]


def test_the_cover():
    document = small_document(MIDDLE, issued="令和４年９月", is_draft=True, is_sample=True)
    (cover,) = document.sections[0].blocks
    assert cover == Cover(
        title=("みどり市", "総合計画"),
        year="令和３年度実績報告書",
        date="令和４年９月",
        issuer="みどり市",
        notices=("作成中", "見本：数値は架空"),
    )


def test_a_title_that_is_set_stands_as_it_is():
    (cover,) = small_document(MIDDLE, title=("一年の", "あゆみ")).sections[0].blocks
    assert isinstance(cover, Cover)
    assert (cover.title, cover.year) == (("一年の", "あゆみ"), "")


@pytest.mark.parametrize(
    ("is_draft", "is_sample", "notices"),
    [
        (False, False, ()),
        (True, False, (DRAFT_NOTICE,)),
        (False, True, (SAMPLE_NOTICE,)),
        (True, True, (DRAFT_NOTICE, SAMPLE_NOTICE)),
    ],
)
def test_notices_are_on_the_cover_and_in_every_section(
    is_draft: bool, is_sample: bool, notices: tuple[str, ...]
):
    document = small_document(MIDDLE, is_draft=is_draft, is_sample=is_sample)
    cover = document.sections[0].blocks[0]
    assert isinstance(cover, Cover)
    assert cover.notices == notices
    assert {section.notices for section in pages_of(document)} == {notices}
    assert [section.numbered for section in document.sections] == [False, *[True] * 5]


@pytest.mark.parametrize(
    ("year", "orientation", "is_landscape"),
    [
        (FIRST, Orientation.AUTO, False),
        (MIDDLE, Orientation.AUTO, False),
        (LAST, Orientation.AUTO, False),  # three years find room beside each other
        (FIRST, Orientation.LANDSCAPE, True),
        (LAST, Orientation.PORTRAIT, False),
    ],
)
def test_the_document_keeps_one_orientation(
    year: int, orientation: Orientation, is_landscape: bool
):
    document = small_document(year, review=small_review(year, orientation=orientation))
    cover, front, *wide = document.sections
    assert not cover.landscape
    assert not front.landscape  # the result is one page, whichever way the tables lie
    assert {section.landscape for section in wide} == {is_landscape}
    charts = [
        (len(grid.figures), grid.columns)
        for section in document.sections
        for grid in section.blocks
        if isinstance(grid, FigureGrid) and isinstance(grid.figures[0].chart, LineChart)
    ]
    beside = 4 if is_landscape else 3
    assert all(columns == min(beside, max(2, count)) for count, columns in charts)
    assert bool(charts) == (year != FIRST)


def test_numerals_as_the_settings_ask():
    half = small_document(MIDDLE, review=small_review(MIDDLE, numerals=NumeralStyle.HALF))
    words = text(chapter(half, "glance"))
    assert "令和3年度末に、13指標のうち評価した12指標では、6指標（50.0％）の評価が" in words
    assert "◎2（前年度＋2）" in words
    generated = [
        *chapter(half, "glance")[:3],
        *part(chapter(half, "behind"), "behind-changes"),
        *part(chapter(half, "how-to-read"), "rules"),
        *chapter(half, "introduction")[2:],
        *chapter(half, "appendix"),
    ]
    said = re.sub("計画[１２３４]", "", text(generated))  # the plan's own
    assert not set("０１２３４５６７８９") & set(said)
    statuses = "".join(heading.status for heading in half.headings())
    assert "◎1 ○2 △2 ×1" in statuses
    mixed = text(chapter(small_document(MIDDLE), "glance"))
    assert "令和３年度末に、13指標のうち評価した12指標では、６指標（50.0％）の評価が" in mixed


# --- はじめに ----------------------------------------------------------------------


@pytest.mark.parametrize(("year", "name"), [(FIRST, "２"), (MIDDLE, "３"), (LAST, "４")])
def test_the_introduction_of_each_year(year: int, name: str):
    assert text(chapter(small_document(year), "introduction")[1:]) == (
        "本書は、「みどり市総合計画」（令和２年４月）に掲げた２つの基本目標と４つの戦略計画の、"
        "13の指標および１つの数値目標について、"
        f"令和{name}年度の実績を取りまとめ、進捗状況を評価したものです。"
        "指標の目標は、原則として令和４年度末を期限とし、実績は各年度末の値です。"
    )


def test_what_a_plan_has_none_of_is_not_counted():
    goals = [{**goal, "plans": [], "numeric_targets": []} for goal in PLAN["goals"]]
    review = small_review(
        FIRST, plan=read_plan({**PLAN, "goals": goals}), actuals=actuals_of(FIRST, {}, ())
    )
    words = text(chapter(small_document(FIRST, review=review), "introduction"))
    assert "（令和２年４月）に掲げた２つの基本目標について、令和２年度の実績を" in words


def test_an_introduction_that_is_set_replaces_the_generated_one():
    document = small_document(MIDDLE, introduction=("ひとつ。", "ふたつ。"))
    assert shown(chapter(document, "introduction")) == ["# はじめに", "ひとつ。", "ふたつ。"]


def test_sentences_use_the_plans_own_labels():
    labels = {**PLAN["labels"], "baseline": "計画\n策定時", "target": "目指す値"}
    review = small_review(MIDDLE, plan=read_plan({**PLAN, "labels": labels}))
    words = shown(small_document(MIDDLE, review=review).blocks())
    decided = ("現状値から", "現状値より")  # in the plan's own cells
    others = [line for line in words if not any(each in line for each in decided)]
    assert not [line for line in others if "現状値" in line]
    assert not [line for line in words if "目標値" in line]
    assert "・ 進捗率＝（実績－計画策定時の値）÷（目指す値－計画策定時の値）" in words
    assert any("計画策定時の値1,200件と同じ" in line for line in words)


def test_callouts_are_letters_where_the_marks_are_circled_numbers():
    for scheme, marks in (("linear", "①②③④⑤"), ("tama", "ＡＢＣＤＥ")):
        blocks = chapter(small_document(MIDDLE, review=small_review(MIDDLE, scheme)), "how-to-read")
        (sample,) = (block for block in blocks if isinstance(block, SamplePage))
        assert "".join(callout.mark for callout in sample.callouts) == marks


# --- 表の見方 ----------------------------------------------------------------------


def rules(scheme: str = "linear") -> str:
    document = small_document(MIDDLE, review=small_review(MIDDLE, scheme))
    return text(part(chapter(document, "how-to-read"), "rules"))


@pytest.mark.parametrize("name", SCHEMES)
def test_the_rules_are_those_of_the_scheme_in_use(name: str):
    words, scheme = rules(name), SCHEMES[name]
    achieved = frozenset({RateKind.ACHIEVEMENT})
    described = describe_scheme(
        scheme,
        kinds=replace(ALL_KINDS, has_yearly=False, lacks_achievement=False),
        shown=achieved if scheme.shows_achievement else frozenset(RateKind),
    )
    number = "５" if scheme.of_which else "４"
    assert words.splitlines()[0] == f"表{number}　評価の記号ごとの条件（{scheme.title}）"
    heads = [
        f"{mark.symbol}　（{mark.word}）{mark.word} | " + " | ".join(c or "―" for c in conditions)
        for mark, conditions in ((each.mark, each.conditions) for each in described.marks)
    ]
    assert words.splitlines()[2 : 2 + len(heads)] == heads
    notes = [f"・ {note}" for note in (*described.terms, *described.notes)]
    assert words.splitlines()[2 + len(heads) :] == notes


def test_the_rules_of_the_default_scheme():
    assert rules().splitlines()[1:6] == [
        (
            "= 評価 | 目標値に向けて増やす（減らす）もの | 目標値の水準を保つもの"
            " | 現状値や前年度より増やす・上げる（減らす・下げる）もの"
            " | 実施や整備などの状態を求めるもの"
        ),
        (
            "◎　（達成）達成 | 目標値を達成 | 目標値を達成"
            " | 現状値（前年度実績）を上回る（下回る） | 「達成」と報告"
        ),
        "○　（順調）順調 | 進捗率が年度の目安以上 | ― | ― | 期限の年度より前に「実施中」と報告",
        (
            "△　（やや遅れ）やや遅れ | 進捗率が年度の目安の60％以上 | 達成率が90％以上"
            " | 現状値（前年度実績）と同じ"
            " | 「準備」と報告、または期限の年度以降に「実施中」と報告"
        ),
        (
            "×　（遅れ）遅れ | 現状値より悪化、または進捗率が年度の目安の60％未満"
            " | 達成率が90％未満 | 現状値（前年度実績）を下回る（上回る） | 「未着手」と報告"
        ),
    ]


def test_thresholds_and_words_that_are_set_are_in_the_rules_and_the_reasons():
    scheme = scheme_from_settings(
        {
            "thresholds": {"approach": {"behind": 76}, "keep": {"behind": 85}},
            "marks": {"late": {"symbol": "▼", "word": "要改善"}},
        }
    )
    document = small_document(
        MIDDLE,
        review=small_review(MIDDLE, scheme, actuals=actuals_of(MIDDLE, overrides=())),
        lists_reasons=True,
    )
    words = text(part(chapter(document, "how-to-read"), "rules"))
    assert "△　（やや遅れ）やや遅れ | 進捗率が年度の目安の76％以上 | 達成率が85％以上 | " in words
    reasons = text(chapter(document, "appendix"))
    assert "受入率 | 進捗率50.0％は年度の目安66.7％の75.0％（76％未満） | ▼（要改善）" in reasons
    assert "就労者数 | 達成率89.5％（85％以上） | △（やや遅れ）" in reasons
    late = text(part(chapter(document, "behind"), "behind-late"))
    assert "計画１　受入率 | 100％ | 98.6％ | あと1.4ポイント | ▼（令和２年度は要改善、）" in late


def test_the_callouts_point_at_the_columns():
    (sample,) = (b for b in small_document(LAST).blocks() if isinstance(b, SamplePage))
    (table,) = sample.tables
    # the plan's column, 0, has its title in the row above
    columns = [cell.content[0].text for cell in table.header_rows[1].cells]  # type: ignore[union-attr]
    pointed = [columns[callout.column - 1] for callout in sample.callouts]
    assert pointed == ["現状値", "令和２年度", "目標値", "推移", "評価"]
    assert sample.numeral == "Ⅰ"
    assert len(table.rows) <= 7


def test_callouts_explain_the_columns_in_sentences():
    lines = [
        line for line in shown(chapter(small_document(MIDDLE), "how-to-read")) if line[0] in "①②③④⑤"
    ]
    assert lines == [
        "① 「現状値」欄：計画を定めたときの値です（令和元年度末）。",
        (
            "② 「実績」欄：各年度末の実績を、所管課の報告のとおり表示しています。"
            "「未報告」は報告がないものです。「調査なし」は、その年度に調査のないもので、"
            "直近の調査の実績を、その調査の年度の評価のまま示しています"
            "（期限の年度からは、目標そのものと比べます）。"
            "「＊」と番号の付いたものの説明は、その行の下に示しています。"
        ),
        "③ 「目標値」欄：計画で目指す値です（令和4年度末）。",
        (
            "④ 「進捗率」欄：目標値に向けた進み具合です。進捗率のないものは達成率を、"
            "率のないものは「―」を表示しています。"
            "棒の縦線は年度の目安で、棒に収まらない率は矢印で示しています。"
        ),
        (
            "⑤ 「評価」欄：次の「評価の基準」による評価です。"
            "上の小さな記号は、前の年度までの評価です。"
            "「＊」と番号の付いたものは、評価を修正したもので、理由をその行の下に示しています。"
        ),
    ]


def test_the_plans_own_callouts_come_first_and_columns_without_notes_are_explained():
    callout = {"mark": "①", "column": "target", "label": "「目標値」欄", "text": "目標の値。"}
    plan = {
        **PLAN,
        "how_to_read": {"title": "見方", "goal": "g1", "plans": ["p1"], "callouts": [callout]},
        "labels": {**PLAN["labels"], "baseline_note": "", "target_note": "（原則）"},
    }
    review = small_review(MIDDLE, plan=read_plan(plan))
    words = shown(chapter(small_document(MIDDLE, review=review), "how-to-read"))
    assert "① 「現状値」欄：計画を定めたときの値です。" in words
    assert "③ 「目標値」欄：目標の値。" in words


# --- unusual plans ---------------------------------------------------------------


def test_a_plan_of_one_indicator_and_no_numeric_target():
    only = {**PLAN["goals"][0], "numeric_targets": [], "plans": [PLAN["goals"][0]["plans"][1]]}
    only["plans"] = [{**only["plans"][0], "indicators": only["plans"][0]["indicators"][:1]}]
    plan = read_plan({**PLAN, "goals": [only]})
    figures = {"tablets": FIGURES["tablets"]}
    review = small_review(FIRST, plan=plan, actuals=actuals_of(FIRST, figures, ()))
    document = small_document(FIRST, review=review)
    words = text(list(document.blocks()))
    assert "に掲げた１つの基本目標と１つの戦略計画の、１つの指標について、" in words
    assert "初年度である令和２年度末に、１指標の評価は「やや遅れ」でした。" in words
    assert "数値目標" not in words
    assert charts_of(document.blocks()) == []


def test_a_plan_without_any_indicator():
    goals = [{**goal, "plans": []} for goal in PLAN["goals"]]
    review = small_review(
        FIRST, plan=read_plan({**PLAN, "goals": goals}), actuals=actuals_of(FIRST, {}, ())
    )
    document = small_document(FIRST, review=review)
    words = text(list(document.blocks()))
    assert "重要業績評価指標" not in words
    assert "は、でした" not in words
    assert not any(isinstance(block, SamplePage) for block in document.blocks())


def test_labels_are_the_plans_everywhere():
    labels = {
        "goal": "柱",
        "numeric_targets": "成果目標",
        "directions": "方針",
        "plan": "施策",
        "indicators": "指標一覧",
        "indicator": "項目",
        "indicator_noun": "項目",
        "baseline": "基準値",
        "target": "目標",
    }
    review = small_review(MIDDLE, plan=read_plan({**PLAN, "labels": labels}))
    document = small_document(MIDDLE, review=review)
    words = text([block for block in document.blocks() if not isinstance(block, FigureGrid)])
    for name in ("基本目標", "戦略計画", "重要業績評価指標", "方向性"):
        assert name not in words
    assert (
        "= 項目 | 基準値 | 令和２年度 / 実績 | 令和３年度 / 実績 | 目標 | 推移 / 進捗率 | 評価"
        in words
    )
    assert chart_limits(document.blocks()) >= {"基準値 6,402件", "目標 490床"}


def chart_limits(blocks: Iterable[Block]) -> set[str]:
    return {
        figure.chart.limit.label
        for block in blocks
        if isinstance(block, FigureGrid)
        for figure in block.figures
        if isinstance(figure.chart, LineChart) and figure.chart.limit
    }


def test_nothing_of_the_samples_municipality_is_in_another_ones_review():
    words = text(list(small_document(LAST).blocks()))
    assert "練馬" not in words
    assert "区民" not in words
    assert small_plan().issuer in words


def test_plan_labels_that_begin_anew_in_each_goal_are_told_apart():
    catalogue = real_catalogue()
    goals = tuple(
        replace(goal, plans=tuple(replace(plan, label="施策１") for plan in goal.plans[:1]))
        for goal in catalogue.goals
    )
    labels = measure_labels(replace(catalogue, goals=goals))
    assert (labels["p01-01"], labels["p05-01"]) == ("Ⅰ 施策１", "Ⅱ 施策１")
    assert labels["g1-01"] == "数値目標（Ⅰ）"
    assert measure_labels(catalogue)["p01-01"] == "計画１"
