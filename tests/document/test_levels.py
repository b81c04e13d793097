"""The levels above an indicator as they are printed: cells beside rows, rows across, chapters."""

from __future__ import annotations

from itertools import product

import pytest

from kpireport.document.blocks import Document, Heading, Table
from kpireport.document.choices import compose_choices
from kpireport.document.kpi_tables import compose_result_table, compose_whole_result_table
from kpireport.document.level_counts import compose_level_counts
from kpireport.document.place_labels import measure_labels
from kpireport.document.plan import compose_plan
from kpireport.document.reviews import Review
from kpireport.document.whys import Whys
from kpireport.domain.actuals import Actuals, PlanComment
from kpireport.domain.years import FiscalYear
from tests.document.test_layouts import assert_filled
from tests.documents import METADATA
from tests.layered import SAID, layered_data, layered_plan, layered_review
from tests.review_reports import chapter, read_plan, row_text, shown, small_document

COLUMN, HEADING = "column", "heading"
FIRST = "Ⅰ　しごとをつくり、安心して働けるようにする"
SECOND = "Ⅱ　結婚・出産・子育ての希望をかなえる"


def review_of(*levels: str, comments_of: str = "policy", **more: object) -> Review:
    return layered_review(plan=read_plan(layered_data(*levels, comments_of=comments_of, **more)))


def table_of(review: Review) -> Table:
    (table,) = compose_whole_result_table(review)
    return table


def texts(table: Table) -> list[str]:
    return [row_text(row).replace("\n", " ") for row in table.rows]


# --- the table -------------------------------------------------------------------


@pytest.mark.parametrize("goal", ["chapter", HEADING, COLUMN])
@pytest.mark.parametrize("inner", list(product((HEADING, COLUMN), repeat=3)))
@pytest.mark.parametrize("of", ["goal", "field", "plan"])
def test_cells_fill_the_table_however_levels_are_shown(
    goal: str, inner: tuple[str, ...], of: str
) -> None:
    review = review_of(goal, *inner, comments_of=of)
    tables = (
        [table_of(review)]
        if review.catalogue.levels.is_one_table
        else [
            table
            for each in review.catalogue.goals
            for table in compose_result_table(review, each, each.plans, is_open=True)
        ]
    )
    for table in tables:
        assert_filled(table)
    assert sum(row.id.startswith("row-") for table in tables for row in table.rows) == 12


def test_a_name_stands_beside_all_rows_of_its_own() -> None:
    table = table_of(review_of(HEADING, COLUMN, COLUMN, COLUMN))
    first, second, _, fourth, *_ = table.rows
    assert row_text(first) == FIRST
    assert first.cells[0].colspan == len(table.columns)
    assert [cell.rowspan for cell in second.cells[:4]] == [6, 3, 2, 1]
    assert [cell.rowspan for cell in fourth.cells[:2]] == [1, 1]  # of ② alone
    header = [row_text(row) for row in table.header_rows]
    assert header[0].startswith("基本施策 | 施策分野 | 個別施策 | 重要業績評価指標")


def test_what_stands_across_leaves_out_the_names_beside_it() -> None:
    table = table_of(review_of(COLUMN, COLUMN, HEADING, COLUMN))
    first, *rows = table.rows
    assert [cell.colspan for cell in first.cells] == [1, 1, len(table.columns) - 2]
    (said,) = [row for row in rows if "給付金" in row_text(row)]
    assert (
        sum(cell.colspan for cell in said.cells) == len(table.columns) - 1
    )  # the goal's is beside
    second = next(row for row in rows if row.headings and row.headings[0].id == "goal-g2")
    assert first.cells[0].rowspan == table.rows.index(second)


def test_comments_stand_below_the_rows_of_their_level() -> None:
    said = texts(table_of(review_of(HEADING, COLUMN, COLUMN, COLUMN)))
    at = next(number for number, text in enumerate(said) if "給付金" in text)
    assert said[at - 1].startswith("商談会に出展した企業の数")
    assert "訪れる人を増やす" in said[at + 1]
    assert sum("主な取組" in text for text in said) == 3


@pytest.mark.parametrize("shown_as", ["chapter", HEADING, COLUMN])
def test_a_goals_comment_stands_at_the_end_of_its_rows(shown_as: str) -> None:
    plan = read_plan(layered_data(shown_as, comments_of="goal"))
    said = (PlanComment.of("g1", FiscalYear(2022), {"initiatives": "雇用の場を広げました。"}),)
    known = layered_review(plan=plan)
    actuals = Actuals(known.actuals.entries, said)
    review = Review.of(plan, actuals, known.evaluation)
    blocks = chapter(
        small_document(2022, review=review), "goal-g1" if shown_as == "chapter" else "indicators"
    )
    lines = shown(blocks)
    at = next(number for number, line in enumerate(lines) if "雇用の場を広げました" in line)
    assert "延べ宿泊者数" in lines[at - 1]


def test_a_layout_places_the_levels_that_it_names_and_the_others_stand_across() -> None:
    layout = {"review": ["field", "number", "goal", "indicator", "actuals"]}
    data = layered_data(COLUMN, HEADING, COLUMN, HEADING, layout=layout)
    table = table_of(layered_review(plan=read_plan(data)))
    assert_filled(table)
    assert row_text(table.header_rows[0]).startswith(
        "施策分野 | 番号 | 基本目標 | 重要業績評価指標"
    )
    assert "１　地域に根ざした産業を育てる〔産業振興課〕" not in texts(table)[0]
    assert any("①　担い手の確保と育成" in text for text in texts(table))


def test_departments_are_said_once_where_all_below_have_the_same() -> None:
    said = texts(table_of(review_of(HEADING, COLUMN, COLUMN, COLUMN)))
    assert sum("〔観光課〕" in text for text in said) == 1
    assert any("訪れる人を増やす〔観光課〕" in text for text in said)
    assert any("教育〔学校教育課〕" in text for text in said)


# --- the document ----------------------------------------------------------------


def document_of(*levels: str) -> Document:
    return small_document(2022, review=review_of(*levels))


def headings(document: Document) -> dict[str, Heading]:
    return {each.id: each for each in document.headings()}


def test_one_table_has_the_bands_before_it_that_say_anything() -> None:
    document = document_of(HEADING, COLUMN, COLUMN, COLUMN)
    _, band = chapter(document, "goals")
    assert "しごとをつくり" in "".join(shown((band,)))
    found = [block for block in chapter(document, "indicators") if isinstance(block, Table)]
    assert len(found) == 1
    assert found[0].caption is not None
    assert found[0].caption.text == (
        "重要業績評価指標の実績　12指標（前年度→今年度）：○4→5 △4→4 ×4→3"
    )
    assert "goal-g1" in headings(document)


def test_the_table_of_actuals_is_not_called_that_twice() -> None:
    data = layered_data(HEADING, COLUMN, COLUMN, COLUMN)
    data["labels"]["indicators"] = "見込量と実績"
    document = small_document(2022, review=layered_review(plan=read_plan(data)))
    found = [block for block in chapter(document, "indicators") if isinstance(block, Table)]
    assert found[0].caption is not None
    assert found[0].caption.text.startswith("見込量と実績　12")


def test_every_level_is_a_heading_with_its_counts() -> None:
    found = headings(document_of(COLUMN, COLUMN, COLUMN, COLUMN))
    said = [
        (found[each].level, found[each].text, found[each].status)
        for each in ("goal-g1", "section-s1", "section-f1", "plan-a1")
    ]
    assert said == [
        (2, FIRST, "○３ △３ ×２"),
        (3, "１　地域に根ざした産業を育てる", "○３ △３"),
        (4, "（１）　農林業", "○２ △１"),
        (5, "①　担い手の確保と育成", "○１ △１"),
    ]


def test_goals_as_chapters_have_their_sections_in_the_contents() -> None:
    found = headings(document_of("chapter", HEADING, COLUMN, COLUMN))
    assert [found[each].level for each in ("goal-g1", "section-s1", "plan-a1")] == [1, 2, 4]
    assert "goals" not in found


def test_labels_that_begin_anew_are_told_apart() -> None:
    labels = measure_labels(layered_plan())
    assert labels["farmers"] == "Ⅰ １（１）①"
    assert labels["starts"] == "Ⅰ １（２）①"
    assert labels["jobs"] == "数値目標（Ⅰ）"


def test_sections_are_counted_in_the_appendix() -> None:
    (policies, (first,)), (fields, (second,)) = compose_level_counts(review_of(HEADING))
    assert (policies, fields) == ("基本施策ごとの評価", "施策分野ごとの評価")
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert texts(first) == [
        f"{FIRST} | １　地域に根ざした産業を育てる | ０ | ３ | ３ | ０ | ０ | ０ | ６",
        "２　訪れる人を増やす | ０ | ０ | ０ | ２ | ０ | ０ | ２",
        f"{SECOND} | １　子どもを産み育てやすい環境をつくる | ０ | ２ | １ | １ | ０ | ０ | ４",
    ]
    assert len(second.rows) == 5


def test_the_introduction_counts_all_levels() -> None:
    text = "".join(shown(chapter(document_of(HEADING), "introduction")))
    assert "２つの基本目標、３つの基本施策、５つの施策分野と７つの個別施策の、12の指標" in text


def test_reasons_are_looked_for_where_departments_write() -> None:
    plan = read_plan(layered_data(comments_of="policy"))
    known = layered_review(plan=plan)
    issue = "観光入込客数は、感染症の影響により回復が遅れた。"
    said = (PlanComment.of("s2", FiscalYear(2022), {"issues": issue}),)
    review = Review.of(plan, Actuals(known.actuals.entries, said), known.evaluation)
    assert Whys.of(review).why(review.judgement(review.measures["visitors"])) == issue


def test_choices_are_counted_by_what_is_commented_on() -> None:
    column = {"key": "policy-now", "label": "方針", "choices": ["継続", "見直し"]}
    plan = read_plan(layered_data(comments_of="field", comments=[column]))
    known = layered_review(plan=plan)
    said = (PlanComment.of("f1", FiscalYear(2022), {"policy-now": "継続"}),)
    review = Review.of(plan, Actuals(known.actuals.entries, said), known.evaluation)
    ((_, (table,)),) = compose_choices(review)
    assert isinstance(table, Table)
    assert table.title == "方針（施策分野の数）"
    assert texts(table)[-1] == "計 | １ | ０ | ４ | ５"


# --- the plan edition ------------------------------------------------------------


@pytest.mark.parametrize("goal", ["chapter", HEADING, COLUMN])
def test_the_plan_edition_has_the_same_levels(goal: str) -> None:
    document = compose_plan(layered_plan(goal, COLUMN, HEADING, COLUMN), METADATA)
    whole = goal != "chapter"
    blocks = chapter(document, "indicators" if whole else "goal-g1")
    table = [each for each in blocks if isinstance(each, Table)][-1]
    assert_filled(table)
    columns = ["基本目標"] * (goal == COLUMN) + ["基本施策", "個別施策", "重要業績評価指標"]
    assert row_text(table.header_rows[0]) == " | ".join(columns)
    assert SAID["s2"]["initiatives"] not in "".join(shown(blocks))
