"""The review of a plan that was revised: what is marked, noted, listed, and said."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from kpireport.document.blocks import Document, FigureGrid, Note, Paragraph, Span, Table
from kpireport.document.charts import (
    ChartLimit,
    LimitKind,
    LimitStep,
    LineChart,
    describe_chart,
)
from kpireport.document.plan import compose_plan
from kpireport.domain.years import FiscalYear
from tests.review_reports import (
    METADATA,
    PLAN,
    chapter,
    part,
    read_plan,
    shown,
    small_document,
    small_review,
)
from tests.revised_reviews import FIRST, REVISED, SECOND, revised_plan, revised_review
from tests.writers.charts.samples import line_chart, stepped


def document(year: int) -> Document:
    return small_document(year, review=revised_review(year))


def lines(year: int, identifier: str) -> list[str]:
    return shown(chapter(document(year), identifier))


def spans(blocks: Any) -> Iterator[Span]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    for each in cell.content:
                        if isinstance(each, Paragraph):
                            yield from each.spans


# --- the tables ------------------------------------------------------------------


def test_a_changed_target_is_marked_and_noted_with_what_it_was():
    found = lines(2021, "goal-g1")
    assert any(
        "保育所 | 165所（定員14,760人）" in each and "190所（定員16,500人）※１" in each
        for each in found
    )
    note = "※１ 目標値を「181所（定員15,660人）」から変更（第１次改定、令和３年度から）。"
    assert note in found


def test_every_kind_of_change_is_noted_in_its_goal():
    notes = [each for each in lines(2022, "goal-g1") if each.startswith("※")]
    assert notes == [
        "※１ 目標値を「181所（定員15,660人）」から変更（第１次改定、令和３年度から）。",
        "※２ 目標値を「21.9％以下」から変更（第１次改定、令和３年度から）。",
        "※３ 「就労者数」を終了（第１次改定、令和３年度から）。",
        "※５ 名称を「受入率」から変更（第１次改定、令和３年度から）。",
        "※７ 「東病院」を分割（第２次改定、令和４年度から）。",
        "※８ 計画３から移動（第２次改定、令和４年度から）。",
        "※９ 現状値を「6,402件」から訂正（第２次改定、令和４年度から）。",
        "※10 目標値を「現状値から上昇」から変更（第２次改定、令和４年度から）。",
        "※11 「端末の配備」を終了（第２次改定、令和４年度から）。",
        "※12 名称を「端末」から変更（第２次改定、令和４年度から）。",
    ]
    assert [each for each in lines(2022, "goal-g2") if each.startswith("※")] == [
        "※４ 追加（第１次改定、令和３年度から）。"
    ]


def test_every_mark_refers_to_a_note():
    second = copy.deepcopy(SECOND)
    second["changes"].append({"change": "end", "id": "most", "reason": "理由。"})
    ended = read_plan({**REVISED, "revisions": [FIRST, second]})  # its target was changed before
    for plan in (revised_plan(), ended):
        blocks = tuple(small_document(2022, review=small_review(2022, plan=plan)).blocks())
        notes = {block.id: block.label for block in blocks if isinstance(block, Note)}
        marks = {span.target: span.text for span in spans(blocks) if span.target}
        assert marks
        assert marks.items() <= notes.items()


def test_before_a_revision_the_review_is_that_of_the_decided_plan():
    revised, decided = (
        shown(small_document(2020, review=small_review(2020, plan=plan)).blocks())
        for plan in (revised_plan(), read_plan(PLAN))
    )
    assert revised == decided


def test_a_plan_with_numbered_notes_of_its_own_has_other_marks():
    notes = [{"label": "※１", "lines": ["注。"]}]
    introduction = {"title": "はじめに", "paragraphs": ["文※１。"], "notes": notes}
    data = {**REVISED, "introduction": introduction}
    review = small_review(2021, plan=read_plan(data))
    found = shown(chapter(small_document(2021, review=review), "goal-g1"))
    assert [each[:3] for each in found if "から変更" in each] == ["注１ ", "注２ ", "注５ "]


# --- years before and after ------------------------------------------------------


def test_a_year_before_an_indicator_was_added_is_no_missing_report():
    (row,) = (each for each in lines(2022, "goal-g2") if "窓口の待ち時間" in each and "|" in each)
    assert row.split(" | ")[-7:-3] == ["15分", "―", "14分", "11分"]


def test_a_part_that_goes_on_shows_the_actuals_of_the_whole():
    found = lines(2022, "goal-g1")
    assert [each.split(" | ")[2:5] for each in found if each.startswith("東病院")] == [
        ["342床", "350床", "380床"],
        ["―", "―", "20床"],
    ]


def test_all_years_list_what_was_ended():
    found = shown(part(chapter(document(2022), "appendix"), "appendix-1"))
    ended = [each.split(" | ") for each in found if "終了" in each]
    assert [(each[0], each[1], *each[3:6]) for each in ended] == [
        ("計画１", "就労者数", "年間190人［△（やや遅れ）］", "終了", "終了"),
        ("計画１", "東病院", "342床［×（遅れ）］", "350床［×（遅れ）］", "終了"),
        (
            "計画２",
            "端末の配備",
            "仕様の検討（準備）［△（やや遅れ）］",
            "全校に配備（達成）［◎（達成）］",
            "終了",
        ),
    ]


def test_ended_indicators_are_neither_counted_nor_unreported():
    found = lines(2022, "introduction")
    assert (
        "対象は、２つの基本目標と４つの戦略計画に掲げた、13の指標および１つの数値目標です。"
        in found
    )
    overview = lines(2022, "overview")
    assert not any("就労者数" in each or "端末の配備" in each for each in overview)


# --- words -----------------------------------------------------------------------


def test_the_introduction_names_the_revisions_in_force():
    said = "計画の決定後の改定（{}）を反映し、{}に適用される計画によって評価しています。"
    for year, titles, name in (
        (2021, "「第１次改定」", "令和３年度"),
        (2022, "「第１次改定」、「第２次改定」", "令和４年度"),
    ):
        found = lines(year, "introduction")
        assert any(each.startswith(said.format(titles, name)) for each in found)
    assert not any("改定" in each for each in lines(2020, "introduction"))


def test_how_to_read_explains_the_marks_where_there_are_any():
    found = "\n".join(lines(2022, "how-to-read"))
    assert "「※」と番号の付いたものは、計画の改定で変わったもので、" in found
    assert "計画に加わる前の年度は「―」としています。" in found
    assert "計画に後から加わったものなどは、その前の値です。" in found
    assert "改定" not in "\n".join(lines(2020, "how-to-read"))


def test_moves_are_by_the_new_target_and_say_so():
    found = lines(2022, "overview")
    (row,) = (each for each in found if "東病院（一般病床）" in each and "＋" in each)
    assert row.split(" | ")[2:5] == ["350床 / 進捗率13.8％", "380床 / 進捗率65.5％", "＋51.7"]
    assert any("前年度の率も改めた後の値で計算しています" in each for each in found)
    assert not any("改めた後の値" in each for each in lines(2020, "overview"))


# --- the list of changes ---------------------------------------------------------


def test_the_appendix_lists_every_change_with_its_reason():
    found = shown(part(chapter(document(2022), "appendix"), "appendix-4"))
    assert found[0].endswith("　第１次改定（令和３年３月25日決定、令和３年度から適用）")
    assert found[0].startswith("表")
    assert found[2] == (
        "※１ | 計画１ | 保育所 | 目標値の変更 | 181所（定員15,660人） | 190所（定員16,500人） | "
        "待機児童の見込みが、計画を定めたときを上回ったため。"
    )
    kinds = [each.split(" | ")[3] for each in found if each.startswith("※")]
    assert kinds == [
        *("目標値の変更", "目標値の変更", "終了", "追加", "名称の変更", "所管課の変更"),
        *("分割", "移動", "現状値の訂正", "目標値の変更", "終了", "名称の変更"),
    ]
    assert "（実績を引き継ぐ）" in next(each for each in found if "| 分割 |" in each)
    assert (
        "※12 | 計画２ | （計画の全体） | 名称の変更 | 端末 | 端末と相談 | 相談件数を移したため。"
        in found
    )


def test_only_what_is_in_force_is_listed():
    found = shown(part(chapter(document(2021), "appendix"), "appendix-4"))
    assert sum(each.startswith("※") for each in found) == len(FIRST["changes"])
    assert shown(part(chapter(document(2020), "appendix"), "appendix-4")) == [
        "計画の決定後、指標および目標値の変更はありません。"
    ]


# --- charts ----------------------------------------------------------------------


def chart(year: int, title: str) -> tuple[LineChart, str]:
    for block in document(year).blocks():
        if isinstance(block, FigureGrid):
            for figure in block.figures:
                if isinstance(figure.chart, LineChart) and figure.chart.title == title:
                    return figure.chart, figure.alternative_text
    raise LookupError(title)


def test_the_target_line_is_what_was_in_force_each_year():
    found, words = chart(2022, "保育所")
    assert found.limit == ChartLimit(
        Decimal(190),
        "目標 190所",
        LimitKind.AT_LEAST,
        first=2,
        earlier=(LimitStep(Decimal(181), "目標 181所", 0, 1),),
    )
    assert words.endswith(
        "令和元年度から令和２年度までは目標181所、令和３年度からは目標190所。"
        "令和４年度は目標190所に達していない。"
    )


def test_an_added_indicators_chart_begins_in_the_year_before_it_came():
    found, _ = chart(2022, "窓口の待ち時間")
    assert [(point.label, point.value) for point in found.points] == [
        ("R2", Decimal(15)),
        ("R3", Decimal(14)),
        ("R4", Decimal(11)),
    ]


def test_a_target_of_another_kind_begins_where_it_is_in_force():
    found, _ = chart(2022, "満足度")
    assert found.limit is not None
    assert (found.limit.label, found.limit.first, found.limit.earlier) == ("目標 65％", 3, ())


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("8 9 12", "目標12校に令和２年度に達した。"),
        ("8 10 11", "令和２年度は目標12校に達していない。"),
        ("11 11 13", "目標12校を満たしている。"),
    ],
)
def test_what_the_text_says_of_a_stepped_target(values: str, expected: str):
    made = stepped(line_chart(values, "12"), (0, 1, "10"))
    assert describe_chart(made).endswith(expected)


# --- the plan edition ------------------------------------------------------------


def plan_lines(as_of: int | None) -> list[str]:
    year = FiscalYear(as_of) if as_of else None
    return shown(compose_plan(revised_plan(), METADATA, as_of=year).blocks())


def test_the_plan_edition_is_as_decided_unless_a_year_is_asked_for():
    decided = shown(compose_plan(read_plan(PLAN), METADATA).blocks())
    assert plan_lines(None) == decided
    assert plan_lines(2020) == decided


def test_the_plan_edition_as_revised_marks_and_lists_the_changes():
    found = plan_lines(2022)
    assert "第２次改定（令和４年３月24日）反映" in found
    assert any("190所（定員16,500人）※１" in each for each in found)
    assert "※１ 目標値を「181所（定員15,660人）」から変更（第１次改定、令和３年度から）。" in found
    assert "# 計画の変更" in found
    assert not any("※７" in each for each in plan_lines(2021))
