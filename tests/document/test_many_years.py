"""Many years, and marks that are words: what stands side by side, and how it is told."""

from __future__ import annotations

from functools import cache
from typing import Any

from kpireport.document.blocks import Cell, Figure, FigureGrid, Paragraph
from kpireport.document.goal_bands import compose_result_band
from kpireport.document.kpi_columns import result_columns
from kpireport.document.marks import key_of_marks
from kpireport.document.review_cells import mark_width, marks_cell
from kpireport.document.reviews import MOST_YEARS, Review
from kpireport.document.styles import SpanStyle, TextStyle
from kpireport.domain.actuals import Actual, Actuals
from kpireport.domain.settings import Orientation
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from tests.marked_reports import chosen, marked_review, people
from tests.review_reports import (
    PLAN,
    cell,
    chapter,
    indicator,
    read_plan,
    row_text,
    shown,
    small_document,
    small_review,
)

FIRST, LAST = 2015, 2023  # nine years
WORDS = people(
    ("順調", "順調", "on_track"),
    ("遅れている", "遅れている", "behind"),
    ("見直しが必要", "見直しが必要", "late"),
)


@cache
def nine_years(orientation: Orientation = Orientation.AUTO) -> Review:
    aim = cell("100人", (100, "人", ""), kind="at_least")
    start = cell("10人", (10, "人", ""))
    plan = {
        "id": "p1",
        "label": "計画１",
        "title": "名",
        "indicators": [indicator("a", "参加者", start, aim)],
    }
    goal = {
        **PLAN["goals"][0],
        "numeric_targets": [indicator("n", "満足度", start, aim)],
        "plans": [plan],
    }
    years = {"baseline": FIRST - 1, "target": LAST, "numeric_target": LAST}
    entries = tuple(
        Actual(id_, FiscalYear(year), parse_value(f"{10 * (year - FIRST + 1)}人"))
        for id_ in ("a", "n")
        for year in range(FIRST, LAST + 1)
    )
    more: dict[str, Any] = {"orientation": orientation}
    return small_review(
        LAST,
        plan=read_plan({**PLAN, "years": years, "goals": [goal]}),
        actuals=Actuals(entries),
        **more,
    )


def test_tables_show_the_last_years_and_say_so():
    review = nine_years()
    names = [each.key for each in result_columns(review).all if each.key.startswith("actual-")]
    assert names == [f"actual-{year}" for year in range(LAST - MOST_YEARS + 1, LAST + 1)]
    band = [row_text(row) for row in compose_result_band(review, review.catalogue.goals[0]).rows]
    assert any("平成30年度" in row for row in band)
    assert not any("平成29年度" in row for row in band)
    words = "\n".join(shown(chapter(small_document(LAST, review=review), "how-to-read")))
    assert "表には、最近の６年度を示しています。" in words


def test_nothing_is_said_of_years_where_all_are_shown():
    words = "\n".join(shown(chapter(small_document(2021), "how-to-read")))
    assert "最近の" not in words


def test_a_low_page_has_the_bars_of_fewer_years():
    def bars(review: Review) -> tuple[str, ...]:
        blocks = chapter(small_document(LAST, review=review), "glance")
        grids = [block for block in blocks if isinstance(block, FigureGrid)]
        figures = [each for grid in grids for each in grid.figures if isinstance(each, Figure)]
        return figures[0].chart.bars  # type: ignore[union-attr]

    assert bars(nine_years()) == ("令和２年度", "令和３年度", "令和４年度", "令和５年度")
    assert len(bars(nine_years(Orientation.PORTRAIT))) == MOST_YEARS


# --- marks that are words ------------------------------------------------------------


def _lines(made: Cell) -> list[tuple[str, TextStyle, SpanStyle]]:
    paragraphs = [each for each in made.content if isinstance(each, Paragraph)]
    return [
        ("".join(span.text for span in each.spans), each.style, each.spans[0].style)
        for each in paragraphs
    ]


def test_words_have_room_and_stand_one_below_the_other():
    marks = {"share": "順調", "two": "見直しが必要"}
    review = small_review(scheme=WORDS, actuals=chosen(marks, before="順調"))
    assert mark_width(review) == 13
    judgement = review.evaluation.find("share")
    *before, now = _lines(marks_cell(review, judgement))
    assert now == ("順調", TextStyle.DENSE_VALUE, SpanStyle.STRONG)
    assert len(before) == len(review.years) - 1


def test_signs_are_large_and_beside_each_other():
    review = small_review(2022)
    assert mark_width(review) == 6
    before, now = _lines(marks_cell(review, review.evaluation.find("share")))
    assert len(before[0]) == 2
    assert now[1] == TextStyle.DENSE_MARK


def test_the_foot_explains_only_marks_that_do_not_explain_themselves():
    assert "順調" not in key_of_marks(marked_review({"share": "順調"}, WORDS))
    assert "◎ 達成" in key_of_marks(small_review())
