"""Short goals follow each other on a page; longer ones do not, nor where the plan says so."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from kpireport.document.blocks import Block, Contents, FigureGrid, Heading, PageBreak, Table
from kpireport.document.plan import compose_plan
from kpireport.document.side_by_side import side_by_side
from kpireport.document.styles import TableStyle, TextStyle
from kpireport.document.texts import bullets, paragraph, section
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.goal_pages import MOST_FLOWING, goals_flow
from tests.review_reports import METADATA, small_document, small_plan, small_review


def plan_that_says(*, page: bool | None) -> Catalogue:
    plan = small_plan()
    goal = replace(plan.levels.goal, begins_page=page)
    return replace(plan, levels=replace(plan.levels, goal=goal))


@pytest.mark.parametrize(("page", "flows"), [(None, True), (False, True), (True, False)])
def test_a_plan_says_it_or_its_length_does(page: bool | None, flows: bool) -> None:
    assert goals_flow(plan_that_says(page=page)) is flows


def test_goals_of_many_indicators_begin_pages() -> None:
    plan = plan_that_says(page=None)
    first = plan.goals[0]
    many = replace(first, plans=first.plans * MOST_FLOWING)
    assert not goals_flow(replace(plan, goals=(many,)))


def test_the_review_is_one_run_of_pages_behind_its_first() -> None:
    review = small_review(plan=plan_that_says(page=None))
    _, front, *rest = small_document(review=review).sections
    assert not any(isinstance(each, PageBreak | Contents) for each in front.blocks)
    assert len(rest) == 1
    chapters = [each for each in rest[0].blocks if isinstance(each, Heading) and each.level == 1]
    assert [each.id for each in chapters[:3]] == ["contents", "introduction", "behind"]
    assert all(each.is_apart for each in chapters)


@pytest.mark.parametrize(("page", "breaks"), [(False, 0), (True, 1)])
def test_the_plan_edition_has_no_breaks_between_goals(page: bool, breaks: int) -> None:
    document = compose_plan(plan_that_says(page=page), METADATA)
    found = [each for each in document.sections[1].blocks if isinstance(each, PageBreak)]
    assert len(found) == breaks


def test_a_goals_band_stays_with_its_table_in_both_editions() -> None:
    """In pages that flow, too: a goal's name does not end one."""
    plan = plan_that_says(page=None)
    editions = (compose_plan(plan, METADATA), small_document(review=small_review(plan=plan)))
    for document in editions:
        blocks = list(document.blocks())
        bands = [each for each in blocks if isinstance(each, Table) and is_band(each)]
        assert len(bands) == len(plan.goals)
        assert all(row.keep_with_next for band in bands for row in band.rows)


def is_band(table: Table) -> bool:
    return table.style is TableStyle.BAND and not table.header_rows


def test_charts_of_goals_that_flow_leave_the_tables_last_rows_where_they_fit() -> None:
    """What follows them fills the page that they begin."""
    kept = {}
    for page in (True, False):
        document = small_document(2021, review=small_review(2021, plan=plan_that_says(page=page)))
        blocks = list(document.blocks())
        kept[page] = [
            table.rows[-1].keep_with_next
            for table, grid in pairwise(blocks)
            if isinstance(table, Table)
            and isinstance(grid, FigureGrid)
            and table.style is TableStyle.KPI
        ]
    assert set(kept[True]) == {True}
    assert set(kept[False]) == {False}


def test_brief_sections_stand_side_by_side_and_others_below() -> None:
    items = bullets("・", ("長い言葉の説明をする項目", "い"), TextStyle.BAND_ITEM)
    brief: list[Block] = [
        section("a", "甲"),
        items,
        section("b", "乙"),
        paragraph("文。", TextStyle.BODY),
    ]
    (table,) = side_by_side(brief)
    assert isinstance(table, Table)
    assert [len(row.cells) for row in (*table.header_rows, *table.rows)] == [2, 2]
    assert table.columns[0] > table.columns[1]
    assert list(side_by_side(brief[:2])) == brief[:2]
