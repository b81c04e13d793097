"""Revisions of a plan of four levels: sections end and are renamed, rows change their class."""

from __future__ import annotations

from typing import Any

import pytest

from kpireport.document.blocks import Paragraph, Table
from kpireport.document.reviews import Review
from kpireport.document.styles import TextStyle
from kpireport.domain.years import FiscalYear
from tests.layered import layered_data, layered_review
from tests.review_reports import chapter, read_plan, shown, small_document
from tests.sources.revised import change, revision


def review_of(*changes: dict[str, Any], year: int = 2022, **more: Any) -> Review:
    data = layered_data("heading", "column", "column", "column", **more)
    revised = {**data, "revisions": [revision(1, 2022, *changes)]}
    return layered_review(year, plan=read_plan(revised))


def listed(review: Review) -> str:
    document = small_document(review.evaluation.fiscal_year.year, review=review)
    return "\n".join(shown(chapter(document, "appendix")))


def ids_of(review: Review, year: int) -> list[str]:
    return [each.id for each in review.history.in_force(FiscalYear(year)).indicators()]


def test_a_section_ends_with_all_that_is_in_it():
    review = review_of(change("end", id="s2"), change("end", id="f1"))
    assert ids_of(review, 2021)[:3] == ["farmers", "firms", "sales"]
    assert "visitors" in ids_of(review, 2021)
    left = ["starts", "advice", "fairs", "places", "helpers", "books", "hours"]
    assert ids_of(review, 2022) == left
    assert [each.id for each in review.catalogue.measures()] == ["jobs", *left]
    gone = [each.gone for each in review.history.applied]
    assert gone == [("visitors", "nights"), ("farmers", "firms", "sales")]


def test_the_list_of_changes_says_which_section_it_is():
    text = listed(review_of(change("end", id="f3"), change("rename", id="f4", name="保育と教育")))
    assert "※１ | Ⅰ ２（１） | 観光 | 終了 | 観光 | ― | endの理由。" in text
    assert "※２ | Ⅱ １（１） | 保育 | 名称の変更 | 保育 | 保育と教育 | renameの理由。" in text


def test_plans_of_the_same_number_are_told_apart_in_the_list_of_changes():
    target = {
        "text": "25件",
        "kind": "at_least",
        "quantities": [{"value": 25, "unit": "件"}],
    }
    text = listed(review_of(change("target", id="starts", target=target), change("end", id="a1")))
    assert "Ⅰ １（２）① | 創業の件数 | 目標値の変更 | 20件 | 25件" in text
    assert "Ⅰ １（１）① | （計画の全体） | 終了 | 担い手の確保と育成 | ―" in text


def test_a_row_that_was_added_ends_with_its_plan():
    added = {
        "id": "schools",
        "name": "農業塾の数",
        "baseline": {"text": "1", "quantities": [{"value": 1}], "year": 2020},
        "target": {"text": "3", "kind": "at_least", "quantities": [{"value": 3}]},
    }
    data = layered_data("heading", "column", "column", "column")
    data["revisions"] = [
        revision(1, 2021, change("add", plan="a1", indicator=added)),
        revision(2, 2022, change("end", id="s1")),
    ]
    review = layered_review(plan=read_plan(data))
    (ended,) = (each for each in review.history.applied if each.gone)
    assert "schools" in ended.gone
    marked = review.changes.marked_as_ended("農業塾の数", TextStyle.DENSE_TEXT, "schools")
    span, mark = marked.spans
    assert (span.text, mark.text) == ("農業塾の数", review.changes.label(ended))


CATEGORIES = [{"key": "hard", "label": "客観"}, {"key": "felt", "label": "主観"}]


@pytest.mark.parametrize("has_column", [True, False])
def test_a_row_changes_its_class(has_column: bool):
    columns = ["indicator", *(["category"] if has_column else []), "baseline", "target", "mark"]
    review = review_of(
        change("category", id="books", category="felt"),
        categories=CATEGORIES,
        layout={"review": columns},
    )
    assert {each.id: each.category for each in review.catalogue.indicators()}["books"] == "felt"
    before = review.history.in_force(FiscalYear(2021)).indicators()
    assert {each.id: each.category for each in before}["books"] == ""
    row = row_of(review, "児童1人当たりの貸出冊数")
    assert ("※１" in row[0], row[1] == "主観※１") == (not has_column, has_column)
    assert "区分の変更 | ― | 主観 | categoryの理由。" in listed(review)


def row_of(review: Review, name: str) -> list[str]:
    document = small_document(review.evaluation.fiscal_year.year, review=review)
    tables = (each for each in document.blocks() if isinstance(each, Table))
    for table in tables:
        for row in table.rows:
            texts = ["".join(spoken(part) for part in cell.content) for cell in row.cells]
            found = [at for at, text in enumerate(texts) if text.startswith(name)]
            if found and any("※" in text for text in texts):
                return texts[found[0] :]
    raise AssertionError(name)


def spoken(part: object) -> str:
    return "".join(span.text for span in part.spans) if isinstance(part, Paragraph) else ""
