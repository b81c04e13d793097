"""資料編: what was changed by hand, the survey, who has what; the long tables where asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from kpireport.document.blocks import Document, Heading, Paragraph, Span, Table
from kpireport.evaluation import LINEAR
from tests.documents import real_catalogue
from tests.review_reports import (
    PLAN,
    actuals_of,
    cell,
    chapter,
    indicator,
    part,
    read_plan,
    sample_document,
    shown,
    small_document,
    small_review,
)

FIRST, MIDDLE, LAST = 2020, 2021, 2022
LONG: Mapping[str, Any] = {"lists_all_years": True, "lists_reasons": True}


def titles(document: Document) -> list[str]:
    return [block.text for block in chapter(document, "appendix") if isinstance(block, Heading)][1:]


def lines(title: str, year: int = MIDDLE, **words: Any) -> list[str]:
    """The part below a title, without its caption."""
    document = small_document(year, **words)
    blocks = chapter(document, "appendix")
    (heading,) = (b for b in blocks if isinstance(b, Heading) and b.text.endswith(f"　{title}"))
    first, *found = shown(part(blocks, heading.id))
    return found if first.startswith("表") else [first, *found]


def test_only_the_parts_that_are_asked_for_or_have_content():
    assert titles(small_document(MIDDLE)) == ["１　評価の修正", "２　計画の変更"]
    assert titles(small_document(MIDDLE, survey=("調査。",), contact="企画課", **LONG)) == [
        "１　評価の修正",
        "２　計画の変更",
        "３　調査の概要",
        "４　問い合わせ先",
        "５　全年度の実績",
        "６　評価の理由",
    ]


def test_survey_and_contact_where_they_are_set():
    words: Mapping[str, Any] = {"survey": ("毎年度の調査です。", "郵送です。"), "contact": "企画課"}
    assert lines("調査の概要", **words) == ["毎年度の調査です。", "郵送です。"]
    assert lines("問い合わせ先", **words) == ["企画課"]


# --- overrides -------------------------------------------------------------------


def test_overrides_of_all_years_with_what_was_computed_and_why():
    assert lines("評価の修正") == [
        "= 年度 | 戦略計画 | 指標 | 修正とその理由",
        (
            "令和３年度 | 計画１ | 病床の確保　東病院 | 計算では「× 遅れ」。"
            "開院のときに一度に増えるため。（「○ 順調」に修正）"
        ),
        (
            "令和２年度 | 計画３ | 犯罪件数 | 計算では「× 遅れ」。数え方が変わったため。"
            "（「△ やや遅れ」に修正）"
        ),
    ]


def test_an_override_is_counted_as_what_stands():
    without = small_review(MIDDLE, actuals=actuals_of(MIDDLE, overrides=()))
    ordered = {each.mark.key: each.count for each in without.summary.overall.counts}
    known = small_review(MIDDLE).summary.overall.counts
    assert {each.mark.key: each.count - ordered[each.mark.key] for each in known} == {
        **dict.fromkeys((mark.key for mark in LINEAR.marks), 0),
        "on_track": 1,
        "late": -1,
    }


def test_no_override_is_said_so():
    review = small_review(MIDDLE, actuals=actuals_of(MIDDLE, overrides=()))
    assert lines("評価の修正", review=review) == ["修正した評価はありません。"]


# --- the long tables -------------------------------------------------------------


def test_all_years_in_one_table():
    found = lines("全年度の実績", **LONG)
    assert found[0] == (
        "= 戦略計画 | 指標 | 現状値 / 令和元年度末 | 令和２年度 / 実績［評価］"
        " | 令和３年度 / 実績［評価］ | 目標値 / 令和4年度末"
    )
    assert len(found) == 1 + 14
    years = "63.4％［◎（達成）］ | 調査なし⏎（令和２年度調査 63.4％）［◎（達成）］"
    assert found[1] == f"数値目標（Ⅰ） | 満足度 | 62.1％ | {years} | 現状値から上昇"
    assert found[6] == (
        "計画１ | 病床の確保　東病院 | 342床 | 342床［×（遅れ）］ | 342床［○（順調）＊］"
        " | 457床※令和5年度"
    )
    # the cell that spans two rows in the goal's table is told for both here
    assert found[9].startswith("計画２ | 黒板の配備 | 検証 | ")


def test_every_judgement_has_its_reason():
    assert lines("評価の理由", **LONG) == [
        "= 戦略計画 | 指標 | 評価の理由 | 評価",
        (
            "数値目標（Ⅰ） | 満足度 | 調査のない年度。令和２年度調査：実績63.4％ ＞ 現状値62.1％"
            " | ◎（達成）"
        ),
        "計画１ | 受入率 | 進捗率50.0％は年度の目安66.7％の75.0％（60％以上） | △（やや遅れ）",
        "計画１ | 保育所 | 進捗率68.8％ ≥ 年度の目安66.7％ | ○（順調）",
        "計画１ | 認定率（年度末） | 実績20.9％ ≤ 目標値21.9％ | ◎（達成）",
        "計画１ | 就労者数 | 達成率89.5％（90％未満） | ×（遅れ）",
        (
            "計画１ | 病床の確保　東病院 | 進捗率0.0％（年度の目安50.0％の60％未満）（× 遅れ）"
            "を修正：開院のときに一度に増えるため。 | ○（順調）＊"
        ),
        (
            "計画１ | 病床の確保　西病院 | 進捗率50.0％は年度の目安66.7％の75.0％（60％以上）"
            " | △（やや遅れ）"
        ),
        "計画２ | 端末の配備 | 進捗状況「実施中」 | ○（順調）",
        "計画２ | 黒板の配備 | 進捗状況「準備」 | △（やや遅れ）",
        "計画３ | 窓口の移転 | 進捗率33.3％は年度の目安66.7％の50.0％（60％未満） | ×（遅れ）",
        "計画３ | 相談件数 | 実績6,500件 ＞ 現状値6,402件 | ◎（達成）",
        "計画３ | 犯罪件数 | 現状値1,200件と同じ | △（やや遅れ）",
        "計画３ | 閲覧数 | 実績12,000件 ＞ 前年度実績10,000件 | ◎（達成）",
        "計画３ | 加入率 | 報告がない（調査を延期したため） | …（未報告）",
    ]


def test_a_plan_without_anything_to_judge_has_no_such_tables():
    goals = [{**goal, "plans": [], "numeric_targets": []} for goal in PLAN["goals"]]
    review = small_review(
        FIRST, plan=read_plan({**PLAN, "goals": goals}), actuals=actuals_of(FIRST, {}, ())
    )
    assert titles(small_document(FIRST, review=review, **LONG)) == [
        "１　評価の修正",
        "２　計画の変更",
    ]


# --- who has what ----------------------------------------------------------------

NUMBER = (10, "件", "")


def index_plan() -> Mapping[str, Any]:
    """Two plans and a numeric target; departments share some of it, lead or not."""

    def row(id_: str, name: str, *departments: str) -> dict[str, Any]:
        cells = cell("5件", (5, "件", "")), cell("10件", NUMBER, kind="at_least")
        more = {"departments": list(departments)} if departments else {}
        return indicator(id_, name, *cells, **more)

    first, second = PLAN["goals"][0]["plans"][0], PLAN["goals"][1]["plans"][0]
    beds = {"id": "beds", "name": "病床の確保", "indicators": [row("bed", "東病院", "福祉課")]}
    goals = [
        {
            **PLAN["goals"][0],
            "numeric_targets": [row("survey", "満足度", "企画課")],
            "plans": [{**first, "indicators": [row("a", "甲", "福祉課", "企画課"), beds]}],
        },
        {
            **PLAN["goals"][1],
            "plans": [{**second, "indicators": [row("b", "乙", "福祉課"), row("c", "丙")]}],
        },
    ]
    return {**PLAN, "goals": goals}


def index_document(**options: Any) -> Document:
    figures = {"a": ("10件",), "bed": ("5件",), "b": ("7件",), "survey": ("11件",)}
    actuals = actuals_of(FIRST, figures, ())
    review = small_review(FIRST, plan=read_plan(index_plan()), actuals=actuals, **options)
    return small_document(FIRST, review=review)


def index_of(document: Document) -> Table:
    blocks = chapter(document, "appendix")
    (table,) = (
        b
        for b in blocks
        if isinstance(b, Table) and b.caption and b.caption.id.endswith("departments")
    )
    return table


def test_every_department_has_its_indicators_plan_by_plan():
    assert shown([index_of(index_document())]) == [
        "表６　所管課ごとの指標と評価",
        "= 所管課 | 戦略計画 | 評価と指標 | 頁",
        "企画課 | 数値目標（Ⅰ） | ◎（達成：） 満足度 | ",
        "計画１ | ◎（達成：） 甲 | ",
        "福祉課 | 計画１ | ◎（達成：） 甲　×（遅れ：） 病床の確保　東病院 | ",
        "計画３ | ○（順調：） 乙 | ",
    ]


def spans_of(table: Table) -> Iterator[Span]:
    for row in table.rows:
        for each in row.cells:
            for content in each.content:
                yield from content.spans if isinstance(content, Paragraph) else ()


def test_it_points_at_the_places_in_the_goals():
    document = index_document()
    pages = [span.target for span in spans_of(index_of(document)) if span.is_page]
    rows = [row for block in document.blocks() if isinstance(block, Table) for row in block.rows]
    assert all(each.startswith("row-") for each in pages if each)
    assert len(pages) == 4
    assert set(pages) <= {row.id for row in rows}


def test_indicators_of_one_plan_may_stand_on_several_pages():
    """The last is told too: the writers know whether that is another page."""
    spans = [span for span in spans_of(index_of(index_document())) if span.is_page]
    assert [bool(span.until) for span in spans] == [False, False, True, False]
    assert all(span.until.startswith("row-") and span.until != span.target for span in spans[2:3])


def test_a_departments_name_is_continued_on_a_further_page():
    row = index_of(index_document()).rows[0]
    name = row.cells[0]
    assert (name.rowspan, name.continued[0].text) == (2, "企画課（続き）")  # type: ignore[union-attr]


def test_no_index_where_the_settings_or_the_plan_do_not_have_departments():
    assert "所管課ごとの指標" not in "".join(titles(index_document(shows_departments=False)))
    assert "所管課ごとの指標" not in "".join(titles(small_document(MIDDLE)))


@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_the_samples_index_has_every_indicator_of_every_department(year: int):
    catalogue = real_catalogue()
    expected = {
        (department, each.id) for each in catalogue.measures() for department in each.departments
    }
    texts: dict[str, str] = {}
    name = ""
    for row in index_of(sample_document(year)).rows:
        *head, _, indicators, _ = [
            "".join(c.text for c in each.content if isinstance(c, Paragraph)) for each in row.cells
        ]
        (name,) = head or (name,)
        texts[name] = texts.get(name, "") + indicators
    assert texts.keys() == {department for department, _ in expected}
    marks = sum(sum(text.count(f"{sign} ") for sign in "◎○△×―…") for text in texts.values())
    assert marks == len(expected)
