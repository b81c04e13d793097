"""What a plan calls its parts is what every table, sheet and sentence calls them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpireport.collection.forms import asked_target
from kpireport.document.answer_columns import laid_out_answers
from kpireport.document.behind import late_title
from kpireport.document.blocks import Cell, Paragraph
from kpireport.document.choices import compose_choices, compose_second_marks
from kpireport.document.headings import mark_heading, part_heading
from kpireport.document.mark_words import brief_name
from kpireport.document.review_cells import earlier_mark_cell, judged_then
from kpireport.document.reviews import Review
from kpireport.document.texts import goal_number
from kpireport.domain.actuals import Actuals, PlanComment
from kpireport.domain.layouts import YearPart
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import scheme_from_settings
from tests.document.test_yearly_targets import _plan as yearly_plan
from tests.layered import layered_data, layered_review
from tests.marked_reports import ABC, CHOSEN, chosen, marked_review, people
from tests.review_reports import PLAN, read_plan, small_review

YEAR = FiscalYear(2021)
LONG = people(
    ("A", "成果を維持して継続して実施する", "on_track"),
    ("B", "見直す", "behind"),
    ("C", "やめる", "late"),
    ("Y", "中止", "not_applicable"),
)


def test_long_words_of_marks_are_left_to_the_foot_of_the_page():
    review = marked_review(CHOSEN, LONG)
    assert late_title(review).startswith("評価が「C」「B」の")
    short = marked_review(CHOSEN)
    assert late_title(short).startswith("評価が「C 遅れ」「B やや遅れ」の")
    assert brief_name(LONG.marks[1], LONG.marks) == "B"


def test_every_mark_that_people_have_is_told_whether_it_was_given_or_not():
    labels = [each.label for each in marked_review(CHOSEN, LONG).marks]
    assert "Y 中止" in labels
    assert "― 対象外" not in labels


def test_a_past_year_in_which_nobody_chose_marks_has_none():
    review = small_review(scheme=ABC, actuals=chosen(CHOSEN, before=""))
    measure = review.measures["share"]
    past = earlier_mark_cell(review, measure, FiscalYear(2020))
    assert [part.text for part in past.content if isinstance(part, Paragraph)] == ["―"]
    assert judged_then(review, "share", YEAR) == review.judgement(measure)


def test_the_years_own_target_is_asked_for_with_the_last_one_behind_it():
    measures = {each.id: each for each in read_plan(yearly_plan()).measures()}
    assert asked_target(measures["a"], YEAR) == "30か所\n（最終 50か所）"
    assert asked_target(measures["b"], YEAR) == "年間180人"


@pytest.mark.parametrize(
    ("goal", "numeral", "expected"),
    [("基本目標", "Ⅰ", "基本目標Ⅰ"), ("章", "第１章", "第１章"), ("分\n野", "１", "分野１")],
)
def test_a_goals_number_says_once_what_it_is(goal: str, numeral: str, expected: str):
    plan = read_plan(PLAN)
    named = replace(plan.labels, goal=goal)
    assert goal_number(named, replace(plan.goals[0], numeral=numeral)) == expected


def header_lines(header: str | Cell) -> list[str]:
    if isinstance(header, str):
        return header.split("\n")
    return [each.text for each in header.content if isinstance(each, Paragraph)]


def _answering(group: str | None) -> Review:
    data = layered_data(
        evaluators=[{"key": "own", "name": "内部評価", "departments": True}],
        answers=[{"key": "eff", "label": "有効性", "choices": ["Ａ", "Ｂ"], "by": "own"}],
        layout={
            "review": [
                "indicator",
                {"column": "actuals", "years": [2022]},
                {"column": "answers.eff", **({"group": group} if group is not None else {})},
                {"column": "mark", "header": "達成度\n自己評価"},
                {"column": "years", "of": ["target"], "words": {"target": "見込量"}},
            ]
        },
    )
    plan = read_plan(data)
    known = layered_review()
    return Review.of(plan, known.actuals, known.evaluation)


@pytest.mark.parametrize(
    ("group", "lines"),
    [
        ("内部評価", ["有効性"]),
        (None, ["有効性", "（内部評価）"]),
        ("評価", ["有効性", "（内部評価）"]),
    ],
)
def test_who_writes_is_not_told_below_a_heading_that_tells_it(group: str | None, lines: list[str]):
    review = _answering(group)
    (column,) = laid_out_answers(review, review.catalogue.layouts.review)["answers.eff"]
    assert header_lines(column.header) == lines


def test_sheets_and_lists_call_the_mark_and_the_years_as_the_layout_does():
    review = _answering(None)
    assert mark_heading(review) == "達成度"
    assert part_heading(review, YearPart.TARGET) == "見込量"
    assert part_heading(review, YearPart.ACTUAL) == "実績"


def test_choices_are_for_the_summary_where_there_are_no_marks():
    column = {"key": "policy-now", "label": "方針", "choices": ["継続", "見直し"]}
    plan = read_plan(layered_data(comments_of="field", comments=[column]))
    known = layered_review()
    said = (PlanComment.of("f1", FiscalYear(2022), {"policy-now": "継続"}),)
    with_marks = Review.of(plan, Actuals(known.actuals.entries, said), known.evaluation)
    assert [title for title, _ in compose_choices(with_marks)] == ["方針"]
    assert not list(compose_second_marks(with_marks))

    none = scheme_from_settings({"scheme": "none"})
    values = Review.of(plan, with_marks.actuals, replace(known.evaluation, scheme=none))
    assert not list(compose_choices(values))
    assert [each.title.partition("（")[0] for each in compose_second_marks(values)] == ["方針"]
