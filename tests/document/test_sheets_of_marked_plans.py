"""Evaluation sheets of plans whose marks are rolled up, or that have marks beside the first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from kpireport.document.blocks import Document
from kpireport.domain.actuals import Override, PlanComment
from kpireport.domain.levels import Level, Levels, Shown
from kpireport.domain.settings import SheetOf
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.rollups import GIVEN_KEY
from kpireport.writers.docx import write_docx
from kpireport.writers.pdf import write_pdf
from tests.document.test_criteria import review as criteria_review
from tests.document.test_sheets import sheet, sheets, tables
from tests.random_plans import sheet_documents
from tests.review_reports import actuals_of, chapter, shown, small_plan, small_review
from tests.rollups import GIVEN, rolled_review
from tests.said import said

YEAR = FiscalYear(2021)
OVERRIDE = Override("p3", YEAR, "A", "窓口の移転が早まったため。")


def _rolled(of: SheetOf, **more) -> Document:
    return sheets(rolled_review(overrides=[OVERRIDE], **more), of=of)


def _lines(document: Document) -> list[str]:
    return [line for each in document.sections for line in shown(each.blocks)]


def test_a_plans_sheet_has_its_mark_in_full_and_what_it_is_made_of():
    (*_, boxes) = tables(sheet(_rolled(SheetOf.PLAN), "計画３　窓口").blocks)
    assert boxes[:3] == [
        "戦略計画の評価",
        "評価 | A（よい）＊　よい",
        (
            "内訳 | ◎２・△１・×１＝７点（満点12点の58.3％、未報告１件を除く）。"
            "求めた評価は「B 注意」。窓口の移転が早まったため。（「A よい」に修正）"
        ),
    ]


@pytest.mark.parametrize("of", SheetOf)
def test_each_place_above_a_sheet_has_its_mark(of: SheetOf):
    headings = [each.text for each in _rolled(of).headings()]
    assert "基本目標　Ⅱ　つながるまち　評価B" in headings
    assert ("戦略計画　計画３　窓口　評価A＊" in headings) == (of is SheetOf.INDICATOR)


def test_the_list_has_the_marks_of_goals_and_of_plans():
    listed = shown(chapter(_rolled(SheetOf.INDICATOR), "contents"))
    assert [each.rpartition("　")[2] for each in listed if each.startswith(("Ⅰ", "Ⅱ"))] == [
        "評価C",
        "評価B",
    ]
    marked = [each.split(" | ")[0] for each in listed if each.startswith("計画") and " | " in each]
    assert [each for each in marked if "評価" in each] == [
        "計画１⏎評価C",
        "計画２⏎評価C",
        "計画３⏎評価A＊",
    ]
    assert len(marked) > 3  # the other indicators of a plan do not say it again


def test_how_the_marks_are_made_stands_before_the_sheets():
    assert "## 基本目標・戦略計画の評価の求め方" in _lines(_rolled(SheetOf.INDICATOR))


def test_a_further_mark_stands_in_the_years_of_an_indicators_sheet():
    document = sheets(criteria_review())
    lines = [line for each in document.sections for table in tables(each.blocks) for line in table]
    assert "方向性 |  | ↗（改善） | ↗（改善） | ↗（改善）" in lines


def test_what_is_said_of_a_goal_stands_on_the_sheet_of_its_numeric_targets():
    """A goal without plans has no other sheet."""
    levels = Levels(Level("goal", "", Shown.CHAPTER), Level("plan", "", Shown.COLUMN), (), "goal")
    plan = small_plan()
    goal = replace(plan.goals[0], plans=())
    known = replace(actuals_of(2021), comments=(said(goal.id, YEAR, "道を直した。", "", ""),))
    alone = replace(plan, goals=(goal,), levels=levels)
    review = small_review(plan=alone, actuals=known)
    (own,) = sheets(review, SheetOf.PLAN).sections[2:]
    assert any("道を直した。" in line for table in tables(own.blocks) for line in table)


def test_a_mark_that_people_give_is_asked_once():
    """It stands with the plan's name once it is given, and is no comment beside it."""
    given = PlanComment("p3", YEAR, ((GIVEN_KEY, "A よい"),))
    document = sheets(rolled_review(GIVEN, comments=[given]), SheetOf.PLAN)
    words = [line for table in tables(sheet(document, "計画３　窓口").blocks) for line in table]
    assert [each for each in words if each.startswith("評価 |")] == ["評価 | A（よい）　よい"]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheet_documents())
def test_sheets_of_any_plan_are_written_in_both_formats(document: Document) -> None:
    assert write_pdf(document).startswith(b"%PDF")
    assert write_docx(document).startswith(b"PK")
