"""Evaluation sheets (評価シート): what stands on a sheet, where it stands, how many there are."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kpireport.document.blocks import (
    Block,
    Document,
    FigureGrid,
    Heading,
    Note,
    Paragraph,
    Section,
    Table,
)
from kpireport.document.choice_words import said_by
from kpireport.document.reviews import Review
from kpireport.document.sheets import compose_sheets
from kpireport.document.styles import HeadingStyle
from kpireport.domain.actuals import Actual, Actuals
from kpireport.domain.comment_columns import CommentColumn, Evaluator
from kpireport.domain.settings import ChartScope, DocumentKind, ReviewSettings, SheetOf
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import scheme_from_settings
from kpireport.reports import Report
from kpireport.writers.pdf import lay_out
from tests.documents import ROOT
from tests.marked_reports import marked_review
from tests.review_reports import METADATA, read_plan, row_text, shown, small_plan, small_review
from tests.revised_reviews import revised_review
from tests.said import said
from tests.sheet_reports import DEFINITION, PLAN, ROWS, YEAR

ANSWERED = (
    ("budget", "12,500"),
    ("effect", "Ｂ"),
    ("finding", "道の駅が寄与した。"),
    ("grade", "妥当"),
    ("opinion", "周遊の経路を示されたい。"),
)


@cache
def own_review(**options: Any) -> Review:
    """The review of the plan of four levels, with answers on its first indicator."""
    entries = [
        Actual(row[0], FiscalYear(row[2]), parse_value(row[3]), comment=row[6] or "")
        for row in ROWS
    ]
    own = next(each for each in entries if each.measure_id == "visitors" and each.comment)
    entries[entries.index(own)] = own.answering(dict(ANSWERED))
    comments = (said("p1", YEAR, "案内板を整えた。", "二次交通が足りない。", ""),)
    actuals = Actuals(tuple(entries), comments)
    return small_review(YEAR.year, plan=read_plan(PLAN), actuals=actuals, **options)


def sheets(review: Review | None = None, of: SheetOf = SheetOf.INDICATOR, **words: Any) -> Document:
    settings = ReviewSettings(YEAR, Path("actuals.xlsx"), **words)
    return compose_sheets(review or own_review(), settings, METADATA, of)


def sheet(document: Document, name: str) -> Section:
    """The section of the sheet with this name."""
    found = [
        section
        for section in document.sections[2:]
        if any(isinstance(each, Heading) and each.text == name for each in section.blocks)
    ]
    (one,) = found
    return one


def tables(blocks: Sequence[Block]) -> list[list[str]]:
    """The rows of each table, its header's first."""
    return [
        [row_text(row) for row in (*each.header_rows, *each.rows)]
        for each in blocks
        if isinstance(each, Table)
    ]


# --- which sheets there are ------------------------------------------------------


def test_there_is_one_for_each_indicator_and_numeric_target():
    names = [
        [each.text for each in section.blocks if isinstance(each, Heading)][-1]
        for section in sheets().sections[2:]
    ]
    assert names == [
        *("転入超過数", "①　観光客数", "宿泊客の割合", "新規就農者"),
        "イ　検討中の施策",  # which has no indicator, and may have a comment
    ]


def test_there_is_one_for_each_plan_and_one_for_a_goals_numeric_targets():
    document = sheets(of=SheetOf.PLAN)
    heads = [section.head for section in document.sections[2:]]
    assert heads == [
        *("１　人が集うまち", "基本目標１　⑴ア　周遊する観光"),
        *("基本目標１　⑵ア　担い手の確保", "基本目標１　⑵イ　検討中の施策"),
    ]


def test_the_headings_are_three_levels_deep_and_each_place_has_one():
    found = [(each.level, each.outline or each.text) for each in sheets().headings()][2:]
    explained = ("評価の基準", "有効性の区分", "図の見方")  # a mark beside the first is, too
    assert [each[1] for each in found if each[1] in explained] == list(explained)
    assert [each for each in found if each[1] not in explained] == [
        (1, "基本目標　１　人が集うまち"),
        (2, "転入超過数"),
        (2, "個別施策　ア　周遊する観光（⑴　観光の振興）"),
        (3, "①　観光客数"),
        (3, "宿泊客の割合"),
        (2, "個別施策　ア　担い手の確保（⑵　農業の振興）"),
        (3, "新規就農者"),
        (2, "イ　検討中の施策"),
    ]


def test_every_level_stands_at_the_head_of_every_sheet():
    lines = ("基本目標　１　人が集うまち", "基本施策　⑴　観光の振興", "個別施策　ア　周遊する観光")
    for name in ("①　観光客数", "宿泊客の割合"):
        blocks = shown(sheet(sheets(), name).blocks)
        assert [each.lstrip("# ").partition("（⑴")[0] for each in blocks[:3]] == [*lines]


def test_what_is_read_further_on_says_whose_it_is():
    assert sheet(sheets(), "①　観光客数").head == "基本目標１　⑴ア　観光客数"
    long = copy.deepcopy(PLAN)
    plan = long["goals"][0]["sections"][0]["plans"][0]
    plan["indicators"] = [{**plan["indicators"][0], "name": "観光" * 30}]
    (head,) = {
        each.head
        for each in sheets(small_review(YEAR.year, plan=read_plan(long))).sections
        if "観光観光" in each.head
    }
    assert head == f"基本目標１　⑴ア　{'観光' * 30}"[:39] + "…"


# --- what stands on one ----------------------------------------------------------


def test_the_facts_are_those_that_the_plan_has_short_ones_side_by_side():
    facts, *_ = tables(sheet(sheets(), "①　観光客数").blocks)
    assert facts == [
        "現状値 / （令和元年度） | 120万人 | 目標値 / （令和６年度） | 150万人",
        "所管課 | 観光推進課、国際課 | 単位 | 人",
        "方向性 | 増加を目指す | 設定根拠 | 過去５年の伸びから。",
        "出典 | 観光統計 | 数値確定の時期 | 翌年度の６月",
        f"定義・計算方法 | {DEFINITION}",
    ]
    others, *_ = tables(sheet(sheets(), "新規就農者").blocks)
    assert others == ["現状値 / （令和元年度） | ３人 | 目標値 / （令和６年度） | 10人"]


def test_the_years_run_to_the_targets_with_what_is_known_of_each():
    _, years, *_ = tables(sheet(sheets(), "①　観光客数").blocks)
    middle = ("令和２年度", "令和３年度", "令和４年度", "令和５年度")
    assert years == [
        f"年度 | 現状値 / 令和元年度 | {' | '.join(middle)} | 令和６年度 / （目標年度）",
        "目標 |  | 125万人 | 130万人 |  | 145万人 | 150万人",
        "実績 | 120万人 | 118万人 | 131万人 |  |  | ",
        "進捗率 |  | −6.7％ | 36.7％ |  |  | ",
        "達成率 |  | 78.7％ | 87.3％ |  |  | ",
        "予算額（千円） |  |  | 12,500 |  |  | ",
        "有効性 |  |  | Ｂ |  |  | ",
        "評価 |  | ×（遅れ） | △（やや遅れ） |  |  | ",
    ]


def test_more_years_than_a_page_is_wide_stand_in_several_tables():
    far = copy.deepcopy(PLAN)
    far["years"] = {"baseline": 2019, "target": 2035, "numeric_target": 2035}
    visitors = far["goals"][0]["sections"][0]["plans"][0]["indicators"][0]
    visitors["yearly_targets"] = [
        {**visitors["yearly_targets"][0], "fiscal_year": year} for year in range(2022, 2032)
    ]
    review = small_review(YEAR.year, plan=read_plan(far), actuals=own_review().actuals)
    _, first, second, *_ = tables(sheet(sheets(review), "①　観光客数").blocks)
    assert [len(each[0].split(" | ")) for each in (first, second)] == [9, 7]
    assert second[0].endswith("令和17年度 / （目標年度）")
    _, only, *_ = tables(sheet(sheets(review), "新規就農者").blocks)
    assert only[0].split(" | ")[2:] == ["令和２年度", "令和３年度", "令和17年度 / （目標年度）"]


def test_the_mark_stands_with_its_reason_in_words_and_in_figures():
    figures = "進捗率6.7％は年度の目安40.0％の16.7％（60％未満）"
    *_, judged = tables(sheet(sheets(), "宿泊客の割合").blocks)
    assert judged[:3] == [
        "令和３年度の評価",
        "評価 | ×（遅れ）　遅れ",
        f"評価の理由 | 年度の目安の15.5％まであと2.5ポイント / {figures}",
    ]


def test_who_says_what_stands_in_boxes_of_its_own():
    _, _, said = tables(sheet(sheets(), "①　観光客数").blocks)
    assert said[3:] == [
        "実績の説明 | 道の駅が開業した。",
        "有効性 | □ Ａ　（ ）■ Ｂ　（Ｂ ）□ Ｃ　（ ）□ Ｄ　（ ）",
        "所見 | 道の駅が寄与した。",
        "外部有識者会議",
        "意見 | 周遊の経路を示されたい。",
        "総合評価 | ■ 妥当　（妥当 ）□ 要改善　（ ）",
        "ア　周遊する観光",
        "主な取組 | 案内板を整えた。",
        "課題 | 二次交通が足りない。",
    ]


def test_comments_on_a_level_above_stand_on_the_first_sheet_below_it_and_others_lead_there():
    above = {**copy.deepcopy(PLAN), "comments_of": "policy"}
    comments = (said("s1", YEAR, "広域で取り組んだ。", "", ""),)
    actuals = Actuals(own_review().actuals.entries, comments)
    document = sheets(small_review(YEAR.year, plan=read_plan(above), actuals=actuals))
    said_of = ["⑴　観光の振興", "主な取組 | 広域で取り組んだ。"]
    led_to = ["⑴　観光の振興", "コメント | 「観光客数」のシート（頁）にあります。"]
    for name, expected in (("①　観光客数", said_of), ("宿泊客の割合", led_to)):
        *_, rows = tables(sheet(document, name).blocks)
        assert rows[-2:] == expected
    *_, rows = tables(sheet(document, "新規就農者").blocks)
    assert not set(rows) & {*said_of, *led_to}


def test_a_plan_without_indicators_leads_to_the_first_sheet_of_an_indicator():
    above = {**copy.deepcopy(PLAN), "comments_of": "policy"}
    (policy,) = (each for each in above["goals"][0]["sections"] if each["id"] == "s1")
    policy["plans"].append({"id": "p99", "label": "ケ", "title": "景観", "indicators": []})
    comments = (said("s1", YEAR, "広域で取り組んだ。", "", ""),)
    actuals = Actuals(own_review().actuals.entries, comments)
    document = sheets(small_review(YEAR.year, plan=read_plan(above), actuals=actuals))
    *_, rows = tables(sheet(document, "ケ　景観").blocks)
    assert rows[-1] == "コメント | 「観光客数」のシート（頁）にあります。"


@pytest.mark.parametrize(("scope", "count"), [(ChartScope.MAIN, 4), (ChartScope.NONE, 0)])
def test_the_course_is_drawn_where_charts_are_wanted(scope: ChartScope, count: int):
    document = sheets(own_review(charts=scope))
    charts = [each for each in document.blocks() if isinstance(each, FigureGrid)]
    assert len(charts) == count
    assert all(each.columns == 1 for each in charts)


def test_a_chart_is_large_where_the_words_leave_room():
    document = sheets()

    def is_large(name: str) -> bool:
        blocks = sheet(document, name).blocks
        (chart,) = (each for each in blocks if isinstance(each, FigureGrid))
        return chart.is_large

    assert is_large("転入超過数")
    assert not is_large("①　観光客数")


def test_a_plans_sheet_has_the_reviews_table_without_the_plans_column():
    blocks = sheet(sheets(of=SheetOf.PLAN), "ア　周遊する観光").blocks
    rows, comment = tables(blocks)
    assert rows[1].startswith("KPI | 現状値 / 令和元年度 | 令和２年度")
    assert rows[2].startswith("観光客数")
    assert "＊１　道の駅が開業した。" in rows[3]
    assert comment[0] == "ア　周遊する観光"
    assert any(isinstance(each, FigureGrid) for each in blocks)


def test_a_plan_without_indicators_says_so():
    blocks = shown(sheet(sheets(of=SheetOf.PLAN), "イ　検討中の施策").blocks)
    assert blocks[-1] == "重要業績評価指標はありません。"


# --- before and behind the sheets ------------------------------------------------


def test_the_list_has_every_measure_with_its_mark_and_page():
    (listed, *_) = tables(sheets().sections[1].blocks)
    assert listed[0] == "個別施策 | KPI | 所管課 | 評価 | 頁"
    assert [each.rsplit(" | ", 1)[0] for each in listed[2:]] == [
        "数値目標（１） | 転入超過数 |  | ○（順調）",
        "１ ⑴ア | 観光客数 | 観光推進課、国際課 | △（やや遅れ）",
        "１ ⑴ア | 宿泊客の割合 | 観光推進課 | ×（遅れ）",
        "１ ⑵ア | 新規就農者 |  | ○（順調）",
    ]


def test_the_second_marks_are_told_with_the_first():
    lines = shown(sheets().sections[1].blocks)
    at = lines.index("## 有効性の区分")
    assert lines[at + 1].endswith("所管課が指標ごとに選んだものです。")


@pytest.mark.parametrize(
    ("name", "said"), [("外部評価", "外部評価で"), ("有識者会議", "有識者会議が")]
)
def test_an_evaluation_is_no_person_that_chooses(name: str, said: str):
    column = CommentColumn("view", "評価", ("A", "B"), by=Evaluator("board", name))
    assert said_by(column, "指標") == f"「評価」は、{said}指標ごとに選んだものです。"


@pytest.mark.parametrize("of", SheetOf)
def test_every_page_that_is_listed_is_there(of: SheetOf):
    document = sheets(of=of)
    pages = lay_out(document).page_numbers
    spans = [
        span
        for block in document.sections[1].blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        for part in cell.content
        if isinstance(part, Paragraph)
        for span in part.spans
        if span.is_page
    ]
    assert len(spans) == 4
    assert all(span.target and pages[span.target] for span in spans)


def test_what_was_changed_in_the_plan_is_noted_on_the_sheet_that_has_its_mark():
    document = sheets(revised_review(2022))
    notes = [each for each in document.blocks() if isinstance(each, Note)]
    assert notes
    assert len({each.id for each in notes}) == len(notes)
    targets = {
        span.target
        for table in document.blocks()
        if isinstance(table, Table)
        for row in table.rows
        for cell in row.cells
        for part in cell.content
        if isinstance(part, Paragraph)
        for span in part.spans
        if span.target and span.target.startswith("change-")
    }
    assert targets <= {each.id for each in notes}


def test_where_there_are_no_marks_nothing_speaks_of_them():
    scheme = scheme_from_settings({"scheme": "none"})
    review = small_review(YEAR.year, scheme, plan=read_plan(PLAN), actuals=own_review().actuals)
    document = sheets(review)
    lines = shown(sheet(document, "宿泊客の割合").blocks)
    assert not any("評価" in each for each in lines)
    assert not any("進捗率" in each for each in lines)
    assert tables(document.sections[1].blocks)[0][0] == "個別施策 | KPI | 所管課 | 頁"


def test_marks_that_people_choose_have_no_reason_computed():
    lines = shown(sheet(sheets(marked_review()), "受入率").blocks)
    assert any(each.startswith("評価 | ") for each in lines)
    assert not any(each.startswith("評価の理由") for each in lines)


@pytest.mark.parametrize("of", SheetOf)
def test_the_lines_above_a_sheets_heading_are_as_close_whether_they_are_headings_or_not(
    of: SheetOf,
):
    """Those of a goal's first sheet are headings, those of the next only say the same."""
    document = sheets(of=of)
    heads = [
        block
        for each in document.sections[2:]
        for block in each.blocks
        if isinstance(block, Heading) and block.style is HeadingStyle.PLAIN
    ]
    deepest = max(each.level for each in heads)
    own = {each.id for each in heads if each.level == deepest}
    pages = lay_out(document).pages
    tops = [top for page in pages for mark, top in page.bookmarks if mark.id in own]
    before = [
        len(page.bookmarks) for page in pages if {mark.id for mark, _ in page.bookmarks} & own
    ]
    assert len(set(before)) > 1
    assert max(tops) - min(tops) < 0.01


# --- the samples -----------------------------------------------------------------


@pytest.mark.parametrize("year", [2019, 2021])
def test_every_sheet_of_the_samples_is_one_page(year: int):
    document = Report.open(ROOT / "reports" / str(year)).as_document(DocumentKind.SHEETS).document
    before, last = document.sections[:2], document.sections[-1]
    others = lay_out(Document(document.metadata, (*before, last))).pages
    pages = lay_out(document).pages
    assert len(pages) - len(others) == len(document.sections) - 3


def test_any_plan_has_sheets():
    for of in SheetOf:
        document = sheets(small_review(YEAR.year, plan=small_plan()), of)
        assert lay_out(document).pages


# --- what the review's own tables have -------------------------------------------


def laid_out(*columns: str) -> Document:
    """The sheets of the plan whose review's table has these columns; with a value of before."""
    data = copy.deepcopy(PLAN) | {"layout": {"review": ["indicator", *columns]}}
    text = json.dumps(data, ensure_ascii=False)
    data = json.loads(text.replace('"source": "観光統計"', '"source": "観光統計", "past": "98万"'))
    known = own_review().actuals
    return sheets(small_review(YEAR.year, plan=read_plan(data), actuals=known))


@pytest.mark.parametrize(("columns", "has_rates"), [(("mark",), False), (("rate", "mark"), True)])
def test_rates_stand_where_the_reviews_table_has_them(columns: tuple[str, ...], has_rates: bool):
    rows = [
        row for each in tables(sheet(laid_out(*columns), "宿泊客の割合").blocks) for row in each
    ]
    assert any(row.startswith("実績 | 12.5％") for row in rows)
    found = {name: any(row.startswith(name) for row in rows) for name in ("進捗率", "達成率")}
    assert found == {"進捗率": has_rates, "達成率": has_rates}


def test_a_value_of_before_has_its_unit_too():
    rows = [row for each in tables(sheet(laid_out("mark"), "①　観光客数").blocks) for row in each]
    assert any("98万人" in row for row in rows)
