"""The review's chapters in final words: small snapshots of a plan with every kind of indicator.

The figures are worked by hand from the rules; what a test does not look at is left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from kpireport.document.blocks import (
    Bar,
    Block,
    Contents,
    Cover,
    FigureGrid,
    Heading,
    SamplePage,
    Span,
    Sparkline,
    Table,
    TextStyle,
)
from kpireport.document.charts import ChartLimit, LimitKind, LineChart
from kpireport.document.goal_bands import compose_result_band
from kpireport.document.judgements import describe_scheme
from kpireport.document.kpi_tables import compose_result_table, result_columns
from kpireport.document.reviews import measure_labels
from kpireport.document.trends import compose_chart
from kpireport.domain.actuals import Override, PlanComment
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.settings import Orientation
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import LINEAR, SCHEMES, scheme_from_settings
from tests.documents import real_catalogue
from tests.review_reports import (
    COMMENTS,
    DRAFT_NOTICE,
    FIGURES,
    PLAN,
    SAMPLE_NOTICE,
    actuals_of,
    cell,
    chapter,
    indicator,
    pages_of,
    part,
    read_plan,
    row_text,
    sample_document,
    shown,
    small_document,
    small_plan,
    small_review,
)

FIRST, MIDDLE, LAST = 2020, 2021, 2022


def text(blocks: tuple[Block, ...] | list[Block]) -> str:
    return "\n".join(shown(blocks))


def overview(year: int, identifier: str, **options: object) -> str:
    """A part of 総括, without its heading."""
    document = small_document(year, review=small_review(year, **options))  # type: ignore[arg-type]
    return text(part(chapter(document, "overview"), f"overview-{identifier}"))


def headings(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading)]


# --- the whole -------------------------------------------------------------------


def test_the_parts_of_the_document_in_their_order():
    document = small_document(MIDDLE)
    found = [block.text for block in document.blocks() if isinstance(block, Heading)]
    assert found == [
        "目次",
        "はじめに",
        "総括",
        "評価の状況",
        "評価が「× 遅れ」「△ やや遅れ」の指標",
        "実績の報告がない指標",
        "表の見方",
        "図の見方",
        "評価の基準",
        "Ⅰ",
        "数値目標の推移",
        "計画１　居場所",
        "Ⅱ",
        "計画３　窓口",
        "資料編",
        "１　全年度の実績",
        "２　評価の理由",
        "３　評価の修正",
        "４　計画の変更",
    ]
    ids = [block.id for block in document.blocks() if isinstance(block, Heading)]
    assert len(set(ids)) == len(ids)
    assert [block for block in document.blocks() if isinstance(block, Contents)] == [Contents(2)]


def test_the_cover():
    document = small_document(MIDDLE, issued="令和４年９月", is_draft=True, is_sample=True)
    (cover,) = document.sections[0].blocks
    assert cover == Cover(
        title=("みどり市", "総合計画", "令和３年度実績報告書"),
        date="令和４年９月",
        issuer="みどり市",
        notices=("作成中", "見本：数値は架空"),
    )


def test_a_title_that_is_set_stands_as_it_is():
    (cover,) = small_document(MIDDLE, title=("一年の", "あゆみ")).sections[0].blocks
    assert isinstance(cover, Cover)
    assert cover.title == ("一年の", "あゆみ")


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
    assert [section.numbered for section in document.sections] == [False, True, True]


@pytest.mark.parametrize(
    ("year", "orientation", "is_landscape"),
    [
        (FIRST, Orientation.AUTO, False),
        (MIDDLE, Orientation.AUTO, False),
        (LAST, Orientation.AUTO, True),
        (FIRST, Orientation.LANDSCAPE, True),
        (LAST, Orientation.PORTRAIT, False),
    ],
)
def test_the_wide_tables_lie_as_the_years_or_the_settings_ask(
    year: int, orientation: Orientation, is_landscape: bool
):
    document = small_document(year, review=small_review(year, orientation=orientation))
    front, wide = pages_of(document)
    assert (front.landscape, wide.landscape) == (False, is_landscape)
    grids = [b for b in wide.blocks if isinstance(b, FigureGrid)]
    assert {grid.columns for grid in grids} == {4 if is_landscape else 3}


def test_numerals_as_the_settings_ask():
    half = small_document(MIDDLE, review=small_review(MIDDLE, numerals=NumeralStyle.HALF))
    words = text(chapter(half, "overview"))
    assert "令和3年度末における重要業績評価指標13指標の評価は、「◎ 達成」が3指標" in words
    assert "Ⅰ　安心のまち | 1 | 3 | 3 | 1 | 0 | 0 | 8\n" in words
    generated = [
        *part(chapter(half, "overview"), "overview-marks"),
        *part(chapter(half, "how-to-read"), "rules"),
        *chapter(half, "introduction")[2:],
    ]
    assert not set("０１２３４５６７８９") & set(text(generated))
    assert "1　全年度の実績" in headings(chapter(half, "appendix"))
    mixed = text(chapter(small_document(MIDDLE), "overview"))
    assert "令和３年度末における重要業績評価指標13指標の評価は、「◎ 達成」が３指標" in mixed


# --- はじめに ----------------------------------------------------------------------


@pytest.mark.parametrize(("year", "name"), [(FIRST, "２"), (MIDDLE, "３"), (LAST, "４")])
def test_the_introduction_of_each_year(year: int, name: str):
    assert text(chapter(small_document(year), "introduction")[1:]) == (
        "本書は、「みどり市総合計画」（令和２年４月）に掲げた数値目標および重要業績評価指標について、"
        f"令和{name}年度の実績を取りまとめ、進捗状況を評価したものです。\n"
        "対象は、２つの基本目標と４つの戦略計画に掲げた、13の指標および１つの数値目標です。\n"
        "指標の目標は、原則として令和４年度末を期限とし、実績は各年度末の値です。"
        "評価の基準は「表の見方」に、評価の理由は「資料編」に示しました。"
    )


def test_an_introduction_that_is_set_replaces_the_generated_one():
    document = small_document(MIDDLE, introduction=("ひとつ。", "ふたつ。"))
    assert shown(chapter(document, "introduction")) == ["# はじめに", "ひとつ。", "ふたつ。"]


# --- 総括 --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (
            FIRST,
            (
                "令和２年度末における重要業績評価指標13指標の評価は、「◎ 達成」が１指標、"
                "「○ 順調」が１指標、「△ やや遅れ」が６指標、「× 遅れ」が３指標、"
                "「― 対象外」が２指標でした。"
            ),
        ),
        (
            MIDDLE,
            (
                "令和３年度末における重要業績評価指標13指標の評価は、「◎ 達成」が３指標、"
                "「○ 順調」が３指標、「△ やや遅れ」が４指標、「× 遅れ」が２指標、"
                "「… 未報告」が１指標でした。"
            ),
        ),
        (
            LAST,
            (
                "令和４年度末における重要業績評価指標13指標の評価は、「◎ 達成」が５指標、"
                "「△ やや遅れ」が５指標、「× 遅れ」が２指標、「… 未報告」が１指標でした。"
            ),
        ),
    ],
)
def test_one_sentence_says_how_the_indicators_stand(year: int, sentence: str):
    assert shown(chapter(small_document(year), "overview"))[1] == sentence


def test_the_counts_by_goal_as_a_table_and_a_chart():
    assert overview(MIDDLE, "marks") == (
        "表１　基本目標ごとの評価の数\n"
        "= 基本目標 | ◎ / 達成 | ○ / 順調 | △ / やや遅れ | × / 遅れ | ― / 対象外 | … / 未報告"
        " | 合計\n"
        "Ⅰ　安心のまち | １ | ３ | ３ | １ | ０ | ０ | ８\n"
        "Ⅱ　つながるまち | ２ | ０ | １ | １ | ０ | １ | ５\n"
        "合計 | ３ | ３ | ４ | ２ | ０ | １ | 13\n"
        "（参考）数値目標 | １ | ０ | ０ | ０ | ０ | ０ | １\n"
        "図１　基本目標ごとの評価の数\n"
        "図 基本目標ごとの評価の数。"
        "Ⅰ　安心のまちは8指標（◎ 達成 1、○ 順調 3、△ やや遅れ 3、× 遅れ 1）。"
        "Ⅱ　つながるまちは5指標（◎ 達成 2、△ やや遅れ 1、× 遅れ 1、… 未報告 1）。"
        "合計は13指標（◎ 達成 3、○ 順調 3、△ やや遅れ 4、× 遅れ 2、… 未報告 1）。"
    )


def test_sentences_use_the_plans_own_labels():
    labels = {**PLAN["labels"], "baseline": "計画\n策定時", "target": "目指す値"}
    review = small_review(MIDDLE, plan=read_plan({**PLAN, "labels": labels}))
    words = shown(small_document(MIDDLE, review=review).blocks())
    decided = ("現状値から", "現状値より")  # in the plan's own cells
    others = [line for line in words if not any(each in line for each in decided)]
    assert not [line for line in others if "現状値" in line]
    assert not [line for line in words if "目標値" in line]
    assert "・ 進捗率＝（実績－計画策定時）÷（目指す値－計画策定時）" in words
    assert any("計画策定時1,200件と同じ" in line for line in words)


def test_callouts_are_letters_where_the_marks_are_circled_numbers():
    for scheme, marks in (("linear", "①②③④⑤"), ("tama", "ＡＢＣＤＥ")):
        blocks = chapter(small_document(MIDDLE, review=small_review(MIDDLE, scheme)), "how-to-read")
        (sample,) = (block for block in blocks if isinstance(block, SamplePage))
        assert "".join(callout.mark for callout in sample.callouts) == marks


def test_what_is_late_the_worst_first():
    assert overview(MIDDLE, "late") == (
        "表２　評価が「× 遅れ」「△ やや遅れ」の指標と評価の理由\n"
        "= 戦略計画 | 指標 | 目標値 | 実績 | 評価の理由 | 評価\n"
        "計画３ | 窓口の移転 | ３か所移転 | １か所"
        " | 進捗率33.3％は年度の目安66.7％の50.0％（60％未満） | ×（遅れ）\n"
        "計画１ | 就労者数 | 年間200人 | 年間179人 | 達成率89.5％（90％未満） | ×（遅れ）\n"
        "計画２ | 黒板の配備 | 配備（一部） | 業者の選定（準備）"
        " | 進捗状況「準備」 | △（やや遅れ）\n"
        "計画１ | 受入率 | 100％ | 98.6％"
        " | 進捗率50.0％は年度の目安66.7％の75.0％（60％以上） | △（やや遅れ）\n"
        "計画１ | 西病院 | 490床（90床増） | 445床"
        " | 進捗率50.0％は年度の目安66.7％の75.0％（60％以上） | △（やや遅れ）\n"
        "計画３ | 犯罪件数 | 現状値から減少 | 1,200件 | 現状値1,200件と同じ | △（やや遅れ）"
    )


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
    document = small_document(MIDDLE, review=small_review(MIDDLE, scheme))
    assert title in headings(chapter(document, "overview"))


def test_what_was_not_reported_with_the_reasons():
    assert overview(MIDDLE, "unreported") == (
        "表３　実績の報告がない指標および数値目標と理由\n"
        "= 戦略計画 | 指標 | 理由\n数値目標（Ⅰ） | 満足度 | ―\n計画３ | 加入率 | 調査を延期したため"
    )


def test_nothing_late_and_nothing_unreported():
    figures = {**FIGURES, **dict.fromkeys(("tablets", "boards"), ("達成：",))}
    figures |= dict.fromkeys(("bed-a", "bed-b"), ("500床",))
    figures |= {"share": ("100％",), "keep": ("年間200人",), "calls": ("6,403件",)}
    figures |= {"crime": ("1,199件",), "fresh": ("20％",), "new": ("３か所",)}
    review = small_review(FIRST, actuals=actuals_of(FIRST, figures, ()))
    blocks = chapter(small_document(FIRST, review=review), "overview")
    assert text(part(blocks, "overview-late")) == "該当する指標および数値目標はありません。"
    assert "実績の報告がない指標" not in headings(blocks)


# --- 表の見方 ----------------------------------------------------------------------


def rules(scheme: str = "linear") -> str:
    document = small_document(MIDDLE, review=small_review(MIDDLE, scheme))
    return text(part(chapter(document, "how-to-read"), "rules"))


@pytest.mark.parametrize("name", SCHEMES)
def test_the_rules_are_those_of_the_scheme_in_use(name: str):
    words, scheme = rules(name), SCHEMES[name]
    described = describe_scheme(scheme)
    assert words.splitlines()[0] == f"評価の基準は、表４のとおりです（{scheme.title}）。"
    heads = [
        f"{mark.symbol}　（{mark.word}）{mark.word} | " + " | ".join(c or "―" for c in conditions)
        for mark, conditions in ((each.mark, each.conditions) for each in described.marks)
    ]
    assert words.splitlines()[3 : 3 + len(heads)] == heads
    notes = [f"・ {note}" for note in (*described.terms, *described.notes)]
    assert words.splitlines()[3 + len(heads) :] == notes


def test_the_rules_of_the_default_scheme():
    assert rules().splitlines()[2:7] == [
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
        MIDDLE, review=small_review(MIDDLE, scheme, actuals=actuals_of(MIDDLE, overrides=()))
    )
    words = text(part(chapter(document, "how-to-read"), "rules"))
    assert "△　（やや遅れ）やや遅れ | 進捗率が年度の目安の76％以上 | 達成率が85％以上 | " in words
    late = text(part(chapter(document, "overview"), "overview-late"))
    assert (
        "受入率 | 100％ | 98.6％ | 進捗率50.0％は年度の目安66.7％の75.0％（76％未満） | ▼（要改善）"
        in late
    )
    assert "就労者数 | 年間200人 | 年間179人 | 達成率89.5％（85％以上） | △（やや遅れ）" in late


def test_the_callouts_point_at_the_columns():
    (sample,) = (b for b in small_document(LAST).blocks() if isinstance(b, SamplePage))
    (table,) = sample.tables
    # the plan's column, 0, has its title in the row above
    columns = [cell.content[0].text for cell in table.header_rows[1].cells]  # type: ignore[union-attr]
    pointed = [columns[callout.column - 1] for callout in sample.callouts]
    assert pointed == ["現状値", "令和２年度", "目標値", "進捗率", "評価"]
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
        ),
        "③ 「目標値」欄：計画で目指す値です（令和4年度末）。",
        (
            "④ 「進捗率」欄：目標値に向けた進み具合です。進捗率のないものは達成率を、"
            "率のないものは「―」を表示しています。"
        ),
        (
            "⑤ 「評価」欄：次の「評価の基準」による評価です。「＊」は、評価を修正したもので、"
            "理由は「資料編」にあります。"
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


# --- the goals -------------------------------------------------------------------


def kpi_rows(year: int, goal: int = 0) -> list[str]:
    review = small_review(year)
    found = review.catalogue.goals[goal]
    (table,) = compose_result_table(review, found, found.plans)
    return [row_text(row) for row in (*table.header_rows, *table.rows)]


def test_the_kpi_table_of_the_first_year():
    assert kpi_rows(FIRST) == [
        "戦略計画 | 重要業績評価指標",
        "指標 | 現状値 / 令和元年度末 | 令和２年度 / 実績 | 目標値 / 令和4年度末 | 進捗率 | 評価",
        "計画１ / 居場所 | 受入率 | 97.2％ | 97.9％ | 100％ | 25.0％ / 棒0.25 | △（やや遅れ）",
        (
            "保育所 | 165所（定員14,760人） | 171所（定員15,093人） | 181所（定員15,660人）"
            " | 37.5％ / 棒0.375 / 定員⏎37.0％ | ○（順調）"
        ),
        "認定率⏎（年度末） | 20.5％ | 21.0％ | 21.9％以下 | 達成率 / 104.3％ / 棒1 | ◎（達成）",
        "就労者数 | 年間226人 | 年間190人 | 年間200人 | 達成率 / 95.0％ / 棒0.95 | △（やや遅れ）",
        "病床の確保",
        "東病院 | 342床 | 342床 | 457床※令和5年度 | 0.0％ / 棒0 | ×（遅れ）",
        "西病院 | 400床 | 390床 | 490床（90床増） | −11.1％ / 棒0 | ×（遅れ）",
        "計画２ / 端末 | 端末の配備 | 検証 | 仕様の検討（準備） | 全校配備 | ― | △（やや遅れ）",
        "黒板の配備 | 未着手 | 配備（一部） | ― | ×（遅れ）",
    ]


def test_the_kpi_table_of_the_last_year():
    assert kpi_rows(LAST)[2:6] + kpi_rows(LAST)[7:] == [
        (
            "計画１ / 居場所 | 受入率 | 97.2％ | 97.9％ | 98.6％ | 99.9％ | 100％"
            " | 96.4％ / 棒0.964 | △（やや遅れ）"
        ),
        (
            "保育所 | 165所（定員14,760人） | 171所（定員15,093人） | 176所 | 181所（定員15,600人）"
            " | 181所（定員15,660人） | 100.0％ / 棒1 / 定員⏎93.3％ | ◎（達成）"
        ),
        (
            "認定率⏎（年度末） | 20.5％ | 21.0％ | 20.9％ | 22.0％ | 21.9％以下"
            " | 達成率 / 99.5％ / 棒0.995 | △（やや遅れ）"
        ),
        (
            "就労者数 | 年間226人 | 年間190人 | 年間179人 | 年間210人 | 年間200人"
            " | 達成率 / 105.0％ / 棒1 | ◎（達成）"
        ),
        (
            "東病院 | 342床 | 342床 | 342床 | 400床 | 457床※令和5年度"
            " | 50.4％ / 棒0.504 | △（やや遅れ）"
        ),
        ("西病院 | 400床 | 390床 | 445床 | 520床 | 490床（90床増） | 133.3％ / 棒1 | ◎（達成）"),
        (
            "計画２ / 端末 | 端末の配備 | 検証 | 仕様の検討（準備） | 40校に配備（実施中）"
            " | 全校に配備（達成） | 全校配備 | ― | ◎（達成）"
        ),
        "黒板の配備 | 未着手 | 業者の選定（準備） | 未報告 | 配備（一部） | ― | …（未報告）",
    ]


def test_directions_new_things_and_a_plan_without_indicators():
    assert kpi_rows(MIDDLE, goal=1)[2:] == [
        "計画３ / 窓口 | 窓口の移転 | ― | ― | １か所 | ３か所移転 | 33.3％ / 棒0.333 | ×（遅れ）",
        "相談件数 | 6,402件 | 6,402件 | 6,500件 | 現状値から増加 | ― | ◎（達成）",
        "犯罪件数 | 1,200件 | 1,300件 | 1,200件 | 現状値から減少 | ― | △（やや遅れ）",
        "閲覧数 | ― | 10,000件 | 12,000件 | 前年度実績から増加 | ― | ◎（達成）",
        "加入率 | ― | 5％ | 未報告 | 20％ | ― | …（未報告）",
        "計画４ / 検討中 | ― | ― | ― | ― | ― | ― | ―",
    ]


@pytest.mark.parametrize("year", [FIRST, MIDDLE, LAST])
def test_cells_fill_the_kpi_table(year: int):
    review = small_review(year)
    for goal in review.catalogue.goals:
        (table,) = compose_result_table(review, goal, goal.plans)
        columns = len(table.columns)
        assert columns == len(result_columns(review))
        covered: set[tuple[int, int]] = set()
        for number, row in enumerate((*table.header_rows, *table.rows)):
            column = 0
            for each in row.cells:
                while (number, column) in covered:
                    column += 1
                covered |= {
                    (number + down, column + right)
                    for down in range(each.rowspan)
                    for right in range(each.colspan)
                }
        rows = len(table.header_rows) + len(table.rows)
        assert covered == {(r, c) for r in range(rows) for c in range(columns)}


def test_a_rate_short_of_its_target_is_never_shown_as_full():
    figures = {**FIGURES, "share": ("97.9％", "98.6％", "99.9996％")}
    review = small_review(LAST, actuals=actuals_of(LAST, figures))
    (table, *_) = compose_result_table(
        review, review.catalogue.goals[0], small_plan().goals[0].plans
    )
    assert "| 99.9996％ | 100％ | 99.9％ / " in row_text(table.rows[0])


def test_an_overridden_mark_is_starred_and_spoken_as_what_stands():
    row = next(row for row in kpi_rows(MIDDLE) if row.startswith("東病院"))
    assert row.endswith("| 0.0％ / 棒0 | ○（順調）＊")
    review = small_review(MIDDLE)
    assert review.mark(review.evaluation.find("bed-a")) == (
        Span("○", spoken="順調"),
        Span("＊", spoken="修正"),
    )
    assert review.mark(review.evaluation.find("share")) == (Span("△", spoken="やや遅れ"),)


def test_bars_are_as_long_as_the_rates_within_their_frame():
    review = small_review(LAST)
    (table,) = compose_result_table(
        review, review.catalogue.goals[0], review.catalogue.goals[0].plans
    )
    bars = [
        content.share
        for row in table.rows
        for cell in row.cells
        for content in cell.content
        if isinstance(content, Bar)
    ]
    assert all(0 <= share <= 1 for share in bars)
    assert Decimal("0.504") in bars
    marks = [
        content.style
        for row in table.rows
        for content in row.cells[-1].content
        if row.cells[-1].colspan == 1 and not isinstance(content, Bar | Sparkline)
    ]
    assert marks.count(TextStyle.DENSE_MARK) == 8


def test_the_band_has_the_surveys_results_by_year():
    review = small_review(LAST)
    band = compose_result_band(review, review.catalogue.goals[0])
    assert [row_text(row) for row in band.rows] == [
        "基本目標 | 安心のまち",
        (
            "数値目標 / （令和6年度末） | 指標 | 現状値 | 令和２年度 | 令和３年度 | 令和４年度"
            " | 目標 | 評価"
        ),
        "満足度 | 62.1％ | 63.4％ | 調査なし | 62.1％ | 現状値から上昇 | △（やや遅れ）",
        "基本的な / 方向性 | 支えます。",
        "・ 増やす。",
    ]


def test_a_goal_without_numeric_targets_and_directions_has_its_title_alone():
    review = small_review(MIDDLE)
    band = compose_result_band(review, review.catalogue.goals[1])
    assert [row_text(row) for row in band.rows] == ["基本目標 | つながるまち"]


# --- charts ----------------------------------------------------------------------


def chart(id_: str, year: int = LAST) -> LineChart | None:
    review = small_review(year)
    measures = review.catalogue.measures()
    return compose_chart(review, next(each for each in measures if each.id == id_))


@pytest.mark.parametrize(
    ("id_", "points", "limit", "is_count"),
    [
        ("share", "97.2 97.9 98.6 99.9", ("100", "目標 100％", "at_least"), False),
        ("two", "165 171 176 181", ("181", "目標 181所", "at_least"), True),
        ("most", "20.5 21.0 20.9 22.0", ("21.9", "目標 21.9％以下", "at_most"), False),
        ("keep", "226 190 179 210", ("200", "目標 200人", "at_least"), True),
        ("bed-a", "342 342 342 400", ("457", "目標 457床", "at_least"), True),
        ("new", "- - １ ２", ("3", "目標 ３か所", "at_least"), True),
        ("calls", "6,402 6,402 6,500 6,300", ("6402", "現状値 6,402件", "above", "増加"), True),
        ("crime", "1,200 1,300 1,200 1,100", ("1200", "現状値 1,200件", "below", "減少"), True),
        ("visits", "- 10,000 12,000 11,000", None, True),
        ("fresh", "- ５ 未報告 18", ("20", "目標 20％", "at_least"), False),
        ("survey", "62.1 63.4 未報告 62.1", ("62.1", "現状値 62.1％", "above", "上昇"), False),
    ],
)
def test_a_chart(id_: str, points: str, limit: tuple[str, ...] | None, is_count: bool):
    found = chart(id_)
    assert found is not None
    assert [point.label for point in found.points] == ["R1", "R2", "R3", "R4"]
    assert [point.spoken for point in found.points] == [
        "令和元年度",
        "令和２年度",
        "令和３年度",
        "令和４年度",
    ]
    assert [point.text or "-" for point in found.points] == points.split()
    gaps = [each in ("-", "未報告", "調査なし") for each in points.split()]
    assert [point.value is None for point in found.points] == gaps
    expected = None
    if limit:
        number, label, kind, *wanted = limit
        expected = ChartLimit(Decimal(number), label, LimitKind(kind), wanted="".join(wanted))
    assert (found.limit, found.is_count) == (expected, is_count)


def test_a_chart_counts_in_the_scale_that_all_values_are_written_in():
    written = indicator(
        "output",
        "総生産",
        cell("3,456億円", (3456, "億円", "")),
        cell("3,600億円", (3600, "億円", ""), kind="at_least"),
    )
    place = {**PLAN["goals"][0]["plans"][0], "indicators": [written]}
    goal = {**PLAN["goals"][0], "plans": [place]}
    plan = read_plan({**PLAN, "goals": [goal]})
    (measure,) = plan.indicators()
    charts = []
    for last in ("3,512億円", "351,200,000,000円"):
        known = actuals_of(MIDDLE, {"output": ("3,460億円", last, "")})
        charts.append(compose_chart(small_review(MIDDLE, plan=plan, actuals=known), measure))
    scaled, plain = charts
    assert scaled is not None
    assert plain is not None
    assert (scaled.unit, [point.text for point in scaled.points]) == (
        "億円",
        ["3,456", "3,460", "3,512"],
    )
    assert scaled.limit == ChartLimit(Decimal(3600), "目標 3,600億円", LimitKind.AT_LEAST)
    assert (plain.unit, plain.points[-1].text) == ("円", "351,200,000,000")


@pytest.mark.parametrize("id_", ["tablets", "boards"])
def test_an_indicator_without_numbers_has_no_chart(id_: str):
    assert chart(id_) is None


def test_a_new_thing_has_no_chart_before_its_first_number():
    assert chart("new", FIRST) is None
    assert chart("new", MIDDLE) is not None


def test_a_number_of_another_action_is_no_point():
    figures = {**FIGURES, "new": ("２か所選定", "１か所移転", "２か所移転")}
    review = small_review(LAST, actuals=actuals_of(LAST, figures))
    measure = next(each for each in review.catalogue.indicators() if each.id == "new")
    found = compose_chart(review, measure)
    assert found is not None
    assert [point.text for point in found.points] == ["", "", "１", "２"]


def test_a_count_with_a_fraction_has_an_axis_with_fractions():
    figures = {**FIGURES, "two": ("171.5所", "176所", "181所")}
    review = small_review(LAST, actuals=actuals_of(LAST, figures))
    measure = next(each for each in review.catalogue.indicators() if each.id == "two")
    found = compose_chart(review, measure)
    assert found is not None
    assert not found.is_count


def test_a_chart_without_a_report_says_so_as_the_table_does():
    lines = [line for line in shown(chapter(small_document(LAST), "goal-g2")) if "図 " in line]
    assert lines[4] == (
        "図 加入率。令和元年度は数値なし、令和２年度は５％、令和３年度は未報告、令和４年度は18％。"
        "令和４年度は目標20％に達していない。"
    )
    assert lines[0].startswith(
        "図 窓口の移転。令和元年度は数値なし、令和２年度は数値なし、令和３年度は１か所、"
    )


def test_charts_are_explained_as_they_are_drawn():
    assert shown(part(chapter(small_document(MIDDLE), "how-to-read"), "charts")) == [
        "・ 白い点は現状値、黒い点は各年度の実績です。R1は令和元年度、R3は令和３年度です。",
        "・ 破線は目標値、点線は現状値で、矢印は目指す向きを示します。",
        "・ 縦の軸の下に波の印があるものは、０からの目盛りの一部を省いています。",
        "・ 斜線の帯は、目標値を満たさない側を示します。",
        "・ 数値のない年度には、「―」、「未報告」か「調査なし」を示しています。",
    ]


def test_a_chart_is_told_with_its_units():
    lines = [line for line in shown(chapter(small_document(LAST), "goal-g1")) if "図 " in line]
    assert lines[2] == (
        "図 保育所。令和元年度は165所、令和２年度は171所、令和３年度は176所、令和４年度は181所。"
        "目標181所に令和４年度に達した。"
    )
    assert lines[3] == (
        "図 認定率（年度末）。令和元年度は20.5％、令和２年度は21.0％、令和３年度は20.9％、"
        "令和４年度は22.0％。令和４年度は目標21.9％以下を満たしていない。"
    )


def test_the_charts_stand_below_their_plan_and_leave_no_hole():
    blocks = chapter(small_document(MIDDLE), "goal-g1")
    grids = [(type(block).__name__, block) for block in part(blocks, "plan-p1")]
    assert [name for name, _ in grids] == ["FigureGrid", "Table"]
    grid = grids[0][1]
    assert isinstance(grid, FigureGrid)
    titles = [figure.chart.title for figure in grid.figures]
    assert titles == ["受入率", "保育所", "認定率（年度末）", "就労者数", "東病院", "西病院"]
    # only states, and nothing said: no section, so no hole
    assert "計画２　端末" not in headings(blocks)


# --- comments --------------------------------------------------------------------


def test_a_comment_has_the_parts_that_were_written():
    blocks = chapter(small_document(MIDDLE), "goal-g1")
    (comment,) = (b for b in part(blocks, "plan-p1") if isinstance(b, Table))
    assert [row_text(row) for row in comment.rows] == [
        "主な取組 | 増設しました。 / 定員を増やしました。",
        "課題 | 土地がない。",
    ]
    assert comment.title == "計画１　居場所：所管課のコメント"
    assert [row.keep_with_next for row in comment.rows] == [True, False]


def test_comments_stand_side_by_side_on_wide_pages():
    review = small_review(MIDDLE, orientation=Orientation.LANDSCAPE)
    blocks = chapter(small_document(MIDDLE, review=review), "goal-g1")
    (comment,) = (b for b in part(blocks, "plan-p1") if isinstance(b, Table))
    assert [row_text(row) for row in (*comment.header_rows, *comment.rows)] == [
        "主な取組 | 課題",
        "増設しました。 / 定員を増やしました。 | 土地がない。",
    ]
    assert comment.title == "計画１　居場所：所管課のコメント"


def test_up_to_two_rows_of_charts_are_kept_with_the_comment_below_them():
    blocks = tuple(sample_document(2021).blocks())
    grids = [
        (grid, following)
        for grid, following in pairwise(blocks)
        if isinstance(grid, FigureGrid) and isinstance(following, Table)
    ]
    of_plans = [(g, f) for g, f in grids if g.caption and "計画" in g.caption.text]
    rows = {math.ceil(len(grid.figures) / grid.columns) for grid, _ in of_plans}
    assert rows == {1, 2}
    assert all(grid.keep_with_next for grid, _ in of_plans)


def test_what_all_survey_charts_say_in_brackets_stands_in_their_heading():
    names = ("満足度（意識調査）", "安心度\n（意識調査）")
    targets = [
        {**PLAN["goals"][0]["numeric_targets"][0], "id": f"survey{number}", "name": name}
        for number, name in enumerate(names)
    ]
    plan = {**PLAN, "goals": [{**PLAN["goals"][0], "numeric_targets": targets}]}
    values = {f"survey{number}": ("", "63.4％", "") for number in range(2)}
    review = small_review(MIDDLE, plan=read_plan(plan), actuals=actuals_of(MIDDLE, figures=values))
    blocks = chapter(small_document(MIDDLE, review=review), "goal-g1")
    assert "数値目標の推移（意識調査）" in headings(blocks)
    grid = next(b for b in blocks if isinstance(b, FigureGrid))
    assert [figure.chart.title for figure in grid.figures] == ["満足度", "安心度"]


def test_comments_are_the_reported_years():
    assert not any("増設しました" in line for line in shown(small_document(LAST).blocks()))
    plan = "plan-p3"
    assert text(part(chapter(small_document(MIDDLE), "goal-g2"), plan)).endswith(
        "今後の方向 | 広げます。"
    )


def test_a_comment_makes_a_section_where_there_are_no_charts():
    known = replace(
        actuals_of(MIDDLE),
        comments=(*COMMENTS, PlanComment("p2", FiscalYear(MIDDLE), "配備しました。")),
    )
    review = small_review(MIDDLE, actuals=known)
    blocks = chapter(small_document(MIDDLE, review=review), "goal-g1")
    assert text(part(blocks, "plan-p2")) == "主な取組 | 配備しました。"


def test_explanations_of_single_actuals_stand_below_the_plan():
    known = actuals_of(MIDDLE)
    entries = tuple(
        replace(each, comment="窓口を分けました。") if each.measure_id == "calls" else each
        for each in known.entries
    )
    review = small_review(MIDDLE, actuals=replace(known, entries=entries))
    blocks = chapter(small_document(MIDDLE, review=review), "goal-g2")
    assert shown(part(blocks, "plan-p3"))[-2:] == [
        "= 指標 | 実績の説明",
        "相談件数 | 窓口を分けました。",
    ]


def test_an_empty_comment_leaves_nothing():
    known = replace(actuals_of(MIDDLE), comments=(PlanComment("p2", FiscalYear(MIDDLE)),))
    review = small_review(MIDDLE, actuals=known)
    assert "計画２　端末" not in headings(chapter(small_document(MIDDLE, review=review), "goal-g1"))


# --- 資料編 ------------------------------------------------------------------------


def appendix(number: int) -> list[str]:
    document = small_document(MIDDLE)
    caption, *lines = shown(part(chapter(document, "appendix"), f"appendix-{number}"))
    return lines if caption.startswith("表") else [caption, *lines]


def test_all_years_in_one_table():
    lines = appendix(1)
    assert lines[0] == (
        "= 戦略計画 | 指標 | 現状値 / 令和元年度末 | 令和２年度 / 実績［評価］"
        " | 令和３年度 / 実績［評価］ | 目標値 / 令和4年度末"
    )
    assert len(lines) == 1 + 14
    years = "63.4％［◎（達成）］ | 調査なし⏎（令和２年度調査 63.4％）［◎（達成）］"
    assert lines[1] == f"数値目標（Ⅰ） | 満足度 | 62.1％ | {years} | 現状値から上昇"
    assert lines[6] == (
        "計画１ | 東病院 | 342床 | 342床［×（遅れ）］ | 342床［○（順調）＊］ | 457床※令和5年度"
    )
    # the cell that spans two rows in the goal's table is told for both here
    assert lines[9].startswith("計画２ | 黒板の配備 | 検証 | ")


def test_every_judgement_has_its_reason():
    assert appendix(2) == [
        "= 戦略計画 | 指標 | 評価の理由 | 評価",
        "数値目標（Ⅰ） | 満足度 | 報告がない | …（未報告）",
        "計画１ | 受入率 | 進捗率50.0％は年度の目安66.7％の75.0％（60％以上） | △（やや遅れ）",
        "計画１ | 保育所 | 進捗率68.8％ ≥ 年度の目安66.7％ | ○（順調）",
        "計画１ | 認定率（年度末） | 実績20.9％ ≤ 目標値21.9％ | ◎（達成）",
        "計画１ | 就労者数 | 達成率89.5％（90％未満） | ×（遅れ）",
        (
            "計画１ | 東病院 | 進捗率0.0％（年度の目安50.0％の60％未満）（× 遅れ）を修正："
            "開院のときに一度に増えるため。 | ○（順調）＊"
        ),
        "計画１ | 西病院 | 進捗率50.0％は年度の目安66.7％の75.0％（60％以上） | △（やや遅れ）",
        "計画２ | 端末の配備 | 進捗状況「実施中」 | ○（順調）",
        "計画２ | 黒板の配備 | 進捗状況「準備」 | △（やや遅れ）",
        "計画３ | 窓口の移転 | 進捗率33.3％は年度の目安66.7％の50.0％（60％未満） | ×（遅れ）",
        "計画３ | 相談件数 | 実績6,500件 ＞ 現状値6,402件 | ◎（達成）",
        "計画３ | 犯罪件数 | 現状値1,200件と同じ | △（やや遅れ）",
        "計画３ | 閲覧数 | 実績12,000件 ＞ 前年度実績10,000件 | ◎（達成）",
        "計画３ | 加入率 | 報告がない（調査を延期したため） | …（未報告）",
    ]


def test_overrides_of_all_years_with_their_reasons():
    assert appendix(3) == [
        "= 年度 | 戦略計画 | 指標 | 計算による評価 | 修正した評価 | 理由",
        "令和３年度 | 計画１ | 東病院 | × 遅れ | ○ 順調 | 開院のときに一度に増えるため。",
        "令和２年度 | 計画３ | 犯罪件数 | × 遅れ | △ やや遅れ | 数え方が変わったため。",
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
    known = actuals_of(MIDDLE, overrides=())
    document = small_document(MIDDLE, review=small_review(MIDDLE, actuals=known))
    found = part(chapter(document, "appendix"), "appendix-3")
    assert shown(found) == ["修正した評価はありません。"]


def test_survey_and_contact_where_they_are_set():
    document = small_document(MIDDLE, survey=("毎年度の調査です。", "郵送です。"), contact="企画課")
    found = chapter(document, "appendix")
    assert headings(found)[-2:] == ["５　調査の概要", "６　問い合わせ先"]
    assert shown(part(found, "appendix-5")) == ["毎年度の調査です。", "郵送です。"]
    assert shown(part(found, "appendix-6")) == ["企画課"]
    alone = chapter(small_document(MIDDLE, contact="企画課"), "appendix")
    assert headings(alone)[-1] == "５　問い合わせ先"


# --- unusual plans ---------------------------------------------------------------


def test_an_override_may_take_a_mark_by_its_word():
    known = actuals_of(MIDDLE, overrides=(Override("keep", FiscalYear(MIDDLE), "順調", "理由。"),))
    document = small_document(MIDDLE, review=small_review(MIDDLE, actuals=known))
    assert any(
        line.startswith("就労者数") and line.endswith("○（順調）＊")
        for line in shown(chapter(document, "goal-g1"))
    )


def test_a_plan_of_one_indicator_and_no_numeric_target():
    only = {**PLAN["goals"][0], "numeric_targets": [], "plans": [PLAN["goals"][0]["plans"][1]]}
    only["plans"] = [{**only["plans"][0], "indicators": only["plans"][0]["indicators"][:1]}]
    plan = read_plan({**PLAN, "goals": [only]})
    figures = {"tablets": FIGURES["tablets"]}
    review = small_review(FIRST, plan=plan, actuals=actuals_of(FIRST, figures, ()))
    document = small_document(FIRST, review=review)
    words = text(list(document.blocks()))
    assert "対象は、１つの基本目標と１つの戦略計画に掲げた、１つの指標です。" in words
    assert "重要業績評価指標１指標の評価は、「△ やや遅れ」が１指標でした。" in words
    assert "数値目標の推移" not in words
    assert "動いた指標" not in words


def test_a_plan_without_any_indicator():
    goals = [{**goal, "plans": []} for goal in PLAN["goals"]]
    review = small_review(
        FIRST, plan=read_plan({**PLAN, "goals": goals}), actuals=actuals_of(FIRST, {}, ())
    )
    document = small_document(FIRST, review=review)
    words = text(list(document.blocks()))
    assert "評価する重要業績評価指標はありません。" in words
    assert "Ⅰ　安心のまちは0指標。" in words
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
    assert "= 項目 | 基準値 | 令和２年度 / 実績 | 令和３年度 / 実績 | 目標 | 進捗率 | 評価" in words
    assert chart_limits(document.blocks()) >= {"基準値 6,402件", "目標 181所"}


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
