"""The review of a plan that was revised: what is marked, noted, listed, and said."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from kpireport.document.blocks import Document, Note, Paragraph, SamplePage, Span, Table
from kpireport.document.charts import (
    ChartLimit,
    LimitKind,
    LimitStep,
    LineChart,
    describe_chart,
)
from kpireport.document.indicator_charts import compose_chart
from kpireport.document.plan import compose_plan
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.years import FiscalYear
from tests.review_reports import (
    METADATA,
    PLAN,
    cell,
    chapter,
    part,
    read_plan,
    shown,
    small_document,
    small_review,
)
from tests.revised_reviews import (
    FIRST,
    REVISED,
    SECOND,
    revised_actuals,
    revised_plan,
    revised_review,
)
from tests.writers.charts.samples import line_chart, stepped


def document(year: int, **words: Any) -> Document:
    return small_document(year, review=revised_review(year), **words)


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
        "保育所 | 165所（定員14,760人）" in each and "190所（定員16,500人）※３" in each
        for each in found
    )
    note = "※３ 目標値を「181所（定員15,660人）」から変更（第１次改定、令和３年度から）。"
    assert note in found


def test_what_was_first_decided_stands_below_what_was_revised_where_the_layout_asks():
    layout = {"review": ["plan", "indicator", "actuals", {"column": "target", "former": True}]}
    plan = read_plan(copy.deepcopy(REVISED) | {"layout": layout})
    review = small_review(2022, plan=plan, actuals=revised_actuals(2022))
    found = shown(chapter(small_document(2022, review=review), "goal-g1"))
    (row,) = (each for each in found if "保育所" in each)
    assert "190所（定員16,500人）※４ / （改定前）181所（定員15,660人）" in row
    assert sum("改定前" in each for each in found) == 2  # a third is a numeric target, in the band


def test_every_kind_of_change_is_noted_in_its_goal():
    notes = [each for each in lines(2022, "goal-g1") if each.startswith("※")]
    assert notes == [  # as the rows come, then what is in none of them
        "※１ 目標値を「現状値から上昇」から変更（第２次改定、令和４年度から）。",
        "※２ 名称を「受入率」から変更（第１次改定、令和３年度から）。",
        "※３ 所管課を変更（第１次改定、令和３年度から）。",
        "※４ 目標値を「181所（定員15,660人）」から変更（第１次改定、令和３年度から）。",
        "※５ 目標値を「21.9％以下」から変更（第１次改定、令和３年度から）。",
        (
            "※６ 「東病院」を「東病院（一般病床）」と「東病院（療養病床）」に分割"
            "（第２次改定、令和４年度から）。"
            "「東病院（一般病床）」の令和３年度までの実績は、分割前の値です。"
        ),
        "※７ 名称を「端末」から変更（第２次改定、令和４年度から）。",
        "※８ 計画３から移動（第２次改定、令和４年度から）。",
        "※９ 現状値を「6,402件」から訂正（第２次改定、令和４年度から）。",
        "※10 「就労者数」を令和２年度をもって終了（第１次改定）。",
        "※11 「端末の配備」を令和３年度をもって終了（第２次改定）。",
    ]
    assert [each for each in lines(2022, "goal-g2") if each.startswith("※")] == [
        (
            "※12 「窓口の待ち時間」を追加（第１次改定、令和３年度から）。"
            "現状値は、令和２年度末の値です。"
        )
    ]


def twice_changed() -> Catalogue:
    """The plan with a target that both revisions changed, in its first, sampled, rows."""
    second = copy.deepcopy(SECOND)
    target = cell("195所（定員16,900人）", (195, "所", ""), (16900, "人", "定員"), kind="at_least")
    change = {"change": "target", "id": "two", "target": target, "reason": "理由。"}
    second["changes"].insert(0, change)
    return read_plan({**REVISED, "revisions": [FIRST, second]})


def test_two_marks_of_a_cell_are_told_apart():
    review = small_review(2022, plan=twice_changed())
    found = shown(chapter(small_document(2022, review=review), "goal-g1"))
    assert any("195所（定員16,900人）※４・※５" in each for each in found)


def test_samples_have_no_marks_for_their_notes_are_elsewhere():
    plan = compose_plan(twice_changed(), METADATA, as_of=FiscalYear(2022))
    review = small_document(2022, review=small_review(2022, plan=twice_changed()))
    for composed in (plan, review):
        for block in composed.blocks():
            if isinstance(block, SamplePage):
                assert not any(span.target for span in spans(block.tables))


def test_names_and_values_in_quotation_marks_have_inner_ones():
    first = copy.deepcopy(FIRST)
    first["changes"] = [
        {"change": "rename", "id": "share", "name": "「保育」の受入率", "reason": "理由。"},
        {"change": "end", "id": "share", "reason": "理由。"},
    ]
    plan = read_plan({**REVISED, "revisions": [first]})
    found = shown(chapter(small_document(2021, review=small_review(2021, plan=plan)), "goal-g1"))
    assert "※１ 「『保育』の受入率」を令和２年度をもって終了（第１次改定）。" in found


def test_every_mark_refers_to_a_note():
    second = copy.deepcopy(SECOND)
    second["changes"].append({"change": "end", "id": "most", "reason": "理由。"})
    ended = read_plan({**REVISED, "revisions": [FIRST, second]})  # its target was changed before
    for plan in (revised_plan(), ended):
        blocks = tuple(small_document(2022, review=small_review(2022, plan=plan)).blocks())
        notes = {block.id: block.label for block in blocks if isinstance(block, Note)}
        marks = {span.target: span.text for span in spans(blocks) if span.target and span.text}
        assert marks
        assert marks.items() <= notes.items()


def test_what_is_marked_in_two_goals_is_noted_in_both_and_once_below_the_one_table_of_all():
    second = copy.deepcopy(SECOND)
    move = {"change": "move", "id": "bed-a1", "plan": "p4", "after": "p4", "reason": "理由。"}
    second["changes"].append(move)  # what came of the split stands in two goals
    raw = {**REVISED, "revisions": [FIRST, second]}
    review = small_document(2022, review=small_review(2022, plan=read_plan(raw)))
    split = "「東病院」を「東病院（一般病床）」と"
    for goal in ("goal-g1", "goal-g2"):
        assert sum(split in each for each in shown(chapter(review, goal))) == 1
    levels = [{"key": "goal", "show": "column"}, {"key": "plan"}]
    layout = {each: ["goal", "plan", "indicator", "target"] for each in ("plan", "review")}
    whole = read_plan({**raw, "levels": levels, "layout": layout})
    in_one = small_document(2022, review=small_review(2022, plan=whole))
    edition = compose_plan(whole, METADATA, as_of=FiscalYear(2022))
    for made in (review, in_one, edition):
        notes = [block for block in made.blocks() if isinstance(block, Note)]
        ids = [each.id for each in notes]
        assert len(ids) == len(set(ids))
        told = sum(split in shown((each,))[0] for each in notes)
        assert told == (2 if made is review else 1)


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
    assert [each[:3] for each in found if "から変更" in each] == ["注１ ", "注３ ", "注４ "]


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


def test_all_years_list_what_was_ended_or_split_in_its_plans_place():
    found = shown(part(chapter(document(2022, lists_all_years=True), "appendix"), "appendix-4"))
    rows = [each.split(" | ") for each in found]
    ended = [each for each in rows if {"終了", "分割"} & set(each)]
    assert [(each[0], each[1], *each[3:6]) for each in ended] == [
        ("計画１", "就労者数※10", "年間190人［△（やや遅れ）］", "終了", "終了"),
        ("計画１", "病床の確保　東病院※６", "342床［×（遅れ）］", "350床［×（遅れ）］", "分割"),
        (
            "計画２",
            "端末の配備※11",
            "仕様の検討（準備）［△（やや遅れ）］",
            "全校に配備（達成）［◎（達成）］",
            "終了",
        ),
    ]


def test_all_years_say_by_which_plan_each_was_judged():
    said = "各年度の評価は、その年度に適用されていた計画によるものです。"
    found = shown(part(chapter(document(2022, lists_all_years=True), "appendix"), "appendix-4"))
    assert found[0].startswith(f"{said}「※」と番号の付いたものの変更の内容と理由は、「計画の変更」")
    assert found[0].endswith("分割前の指標の値を示しています。")
    before = chapter(document(2020, lists_all_years=True), "appendix")
    assert not any(said in each for each in shown(before))


def test_ended_indicators_are_neither_counted_nor_unreported():
    found = lines(2022, "introduction")
    assert "に掲げた２つの基本目標と４つの戦略計画の、13の指標および１つの数値目標に" in found[1]
    words = (*lines(2022, "glance"), *lines(2022, "behind"))
    assert not any("就労者数" in each or "端末の配備" in each for each in words)


# --- words -----------------------------------------------------------------------


def test_the_introduction_names_the_revisions_in_force():
    said = (
        "計画の決定後の改定（{}）を反映し、{}の実績は、同年度に適用されている計画によって"
        "評価しています。{}までの評価は、それぞれの年度に適用されていた計画によるものです。"
    )
    for year, titles, name, before in (
        (2021, "「第１次改定」", "令和３年度", "令和２年度"),
        (2022, "「第１次改定」、「第２次改定」", "令和４年度", "令和３年度"),
    ):
        found = lines(year, "introduction")
        assert any(each.startswith(said.format(titles, name, before)) for each in found)
    assert not any("改定" in each for each in lines(2020, "introduction"))


def test_how_to_read_explains_the_marks_where_there_are_any():
    found = "\n".join(lines(2022, "how-to-read"))
    assert "「※」と番号の付いたものは、計画の改定で変わったもので、" in found
    assert "計画に加わる前の年度は「―」としています。" in found
    assert "計画に後から加わったものは、加わる前の年度末などの値で、" in found
    assert "破線や点線に段があるものは、計画の改定で目標値や現状値が変わったもので、" in found
    assert "分割した指標の実績を引き継ぐものは、分割前の年度に、" in found
    assert "に段がある" not in "\n".join(lines(2020, "how-to-read"))
    assert "改定" not in "\n".join(lines(2020, "how-to-read"))


# --- the list of changes ---------------------------------------------------------


def test_the_appendix_lists_every_change_with_its_reason():
    found = shown(part(chapter(document(2022), "appendix"), "appendix-2"))
    assert found[0].endswith("　第１次改定（令和３年３月25日決定、令和３年度から適用）")
    assert found[0].startswith("表")
    assert found[4] == (
        "※４ | 計画１ | 保育所 | 目標値の変更 | 181所（定員15,660人） | 190所（定員16,500人） | "
        "待機児童の見込みが、計画を定めたときを上回ったため。"
    )
    kinds = [each.split(" | ")[3] for each in found if each.startswith("※")]
    assert kinds == [
        *("名称の変更", "所管課の変更", "目標値の変更", "目標値の変更", "終了", "追加"),
        *("目標値の変更", "分割", "名称の変更", "移動", "現状値の訂正", "終了"),
    ]
    assert "（実績を引き継ぐ）" in next(each for each in found if "| 分割 |" in each)
    assert (
        "※７ | 計画２ | （計画の全体） | 名称の変更 | 端末 | 端末と相談 | 相談件数を移したため。"
        in found
    )


def test_only_what_is_in_force_is_listed():
    found = shown(part(chapter(document(2021), "appendix"), "appendix-2"))
    assert sum(each.startswith("※") for each in found) == len(FIRST["changes"])
    assert shown(part(chapter(document(2020), "appendix"), "appendix-2")) == [
        "計画の決定後、指標および目標値の変更はありません。"
    ]


# --- charts ----------------------------------------------------------------------


def chart(year: int, id_: str) -> tuple[LineChart, str]:
    review = revised_review(year)
    found = compose_chart(review, review.measures[id_])
    assert found is not None
    return found, describe_chart(found)


def test_the_target_line_is_what_was_in_force_each_year():
    found, words = chart(2022, "two")
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
    found, _ = chart(2022, "queue")
    assert [(point.label, point.value) for point in found.points] == [
        ("R2", Decimal(15)),
        ("R3", Decimal(14)),
        ("R4", Decimal(11)),
    ]


def test_a_target_of_another_kind_begins_where_it_is_in_force():
    found, _ = chart(2022, "survey")
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
    assert "第１次改定および第２次改定を反映（令和４年度の計画）" in found
    assert "令和２年４月策定（令和４年３月24日改定）" in found
    assert any(
        each.startswith("この計画は、決定後の改定（「第１次改定」、「第２次改定」）を反映し、")
        for each in found
    )
    assert any("190所（定員16,500人）※４" in each for each in found)
    assert "※４ 目標値を「181所（定員15,660人）」から変更（第１次改定、令和３年度から）。" in found
    assert "# 計画の変更" in found
    assert not any("※８" in each for each in plan_lines(2021))
