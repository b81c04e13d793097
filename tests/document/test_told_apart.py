"""What stands side by side is told apart, and everything is found where a reader looks for it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from kpireport.document.behind import compose_behind
from kpireport.document.blocks import Paragraph, SamplePage
from kpireport.document.columns import names_of
from kpireport.document.indicator_charts import compose_chart
from kpireport.document.kpi_columns import plan_columns
from kpireport.document.review_cells import marks_cell
from kpireport.document.reviews import Review
from kpireport.domain.actuals import Override
from kpireport.domain.years import FiscalYear
from tests.layered import layered_plan, layered_review
from tests.review_reports import (
    FIGURES,
    PLAN,
    actuals_of,
    chapter,
    part,
    read_plan,
    shown,
    small_document,
    small_review,
    with_yearly_targets,
)
from tests.revised_reviews import revised_review

SPACE = " "


def reported(year: int, *overrides: Override, **figures: tuple[str, ...]) -> Review:
    known = actuals_of(year, {**FIGURES, **figures}, overrides=overrides)
    return small_review(year, actuals=known)


def marks_of(review: Review, id_: str, sign: str = "") -> list[str]:
    cell = marks_cell(review, review.judgement(review.measures[id_]), sign)
    return [each.text for each in cell.content if isinstance(each, Paragraph)]


def test_dashes_beside_each_other_are_two_and_run_into_no_sign() -> None:
    review = reported(2022, new=("―", "―", "―"))
    assert marks_of(review, "new") == [
        "―",
        "―",
        review.judgement(review.measures["new"]).mark.symbol,
    ]
    unjudged = Override("keep", FiscalYear(2022), "―", "数え方が変わったため。")
    changed = reported(2022, unjudged)
    assert marks_of(changed, "keep", "＊３")[-2:] == ["―", "＊３"]
    spans = changed.mark(changed.judgement(changed.measures["keep"]))
    assert [each.text for each in spans] == ["―", SPACE, "＊"]
    # what is no dash stands as before
    assert marks_of(changed, "share", "＊１")[-1] == "△＊１"


def test_what_changed_alike_stands_in_the_order_of_the_plan() -> None:
    calls, crime = ("6,402件", "6,500件", "6,400件"), ("1,300件", "1,100件", "1,900件")
    review = reported(2022, calls=calls, crime=crime)
    fell = [each.measure_id for each in review.summary.changed.down]
    assert fell.index("crime") < fell.index("calls")  # it fell further
    lines = shown(part(compose_behind(review), "behind-changes"))
    row = next(line for line in lines if line.startswith("◎ 達成 → × 遅れ"))
    names = [review.names[id_] for id_ in ("calls", "crime")]
    assert row.index(names[0]) < row.index(names[1])


@pytest.mark.parametrize("word", ["対象外", "該当なし", ""])
def test_a_word_in_the_place_of_an_actual_is_explained_where_it_stands(word: str) -> None:
    review = reported(2022, visits=("10,000件", word or "12,000件", "11,000件"))
    text = "".join(shown(chapter(small_document(2022, review=review), "how-to-read")))
    said = f"「{word}」は、その年度に測るものがないものです。"
    assert (said in text) is bool(word)
    assert "測るもの" in text or not word


def test_a_change_of_departments_is_marked_in_its_row() -> None:
    document = small_document(2021, review=revised_review(2021))
    lines = shown(document.blocks())
    noted = [line for line in lines if "所管課を変更（" in line]
    assert len(noted) == 1
    label, _ = noted[0].split(" ", maxsplit=1)
    name = revised_review(2021).names["share"]
    assert any(name in line and label in line and line != noted[0] for line in lines)


def test_a_specimen_has_no_box_that_no_page_has() -> None:
    def box(review: Review) -> str:
        year = review.evaluation.fiscal_year.year
        blocks = chapter(small_document(year, review=review), "how-to-read")
        return next(each.numeral for each in blocks if isinstance(each, SamplePage))

    assert box(small_review()) == "Ⅰ"
    in_one = layered_plan("column")
    assert in_one.levels.is_one_table
    assert box(layered_review(plan=in_one)) == ""


def test_rates_have_the_plans_minus_wherever_they_stand() -> None:
    review = small_review()
    signed = replace(review, words=replace(review.words, minus="▲"))
    assert signed.rate_text(Fraction(-176, 1000)) == "▲17.6％"


def test_a_description_tells_the_years_of_targets() -> None:
    plan = read_plan(with_yearly_targets(PLAN, {"share": "98％"}))
    named = names_of(plan_columns(plan).all)
    assert "令和３年度の目標値、目標値" in named


@pytest.mark.parametrize(("text", "label"), [("０％", "目標 ０％"), ("０％以下", "目標 ０％以下")])
def test_a_target_of_nought_is_named_as_the_plan_does(text: str, label: str) -> None:
    data: dict[str, Any] = read_with_target(text)
    review = small_review(plan=read_plan(data))
    chart = compose_chart(review, review.measures["most"])
    assert chart is not None
    assert chart.limit is not None
    assert chart.limit.label == label


def read_with_target(text: str) -> dict[str, Any]:
    data = with_yearly_targets(PLAN, {})
    rows = [row for goal in data["goals"] for plan in goal["plans"] for row in plan["indicators"]]
    row = next(each for each in rows if each["id"] == "most")
    row["target"] = {
        "text": text,
        "kind": "at_most",
        "quantities": [{"value": 0, "unit": "％"}],
    }
    return data
