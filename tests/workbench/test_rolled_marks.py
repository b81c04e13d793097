"""Marks of plans and goals in the grid: set otherwise with a reason, or given by people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from kpireport.domain.years import FiscalYear
from kpireport.evaluation.rollups import Rolled
from kpireport.reports import Report
from tests.review_reports import small_rows, write_review
from tests.rollups import GIVEN, SHARES, evaluation_table
from tests.workbench.test_values import VALUES, book, fields_of, part
from tests.workbench.windows import Window, said

YEAR = FiscalYear(2021)
TYPED = {"o:評価": "A よい", "o:修正の理由": "基準の年に工事で休んだため"}


def town(folder: Path, rollup: str) -> Path:
    """A town whose marks are rolled up."""
    evaluation = evaluation_table(rollup)
    write_review(
        folder, rows=small_rows(2021), review="draft = true\n", evaluation=f"\n{evaluation}"
    )
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return town(tmp_path / "あおい市", SHARES)


@pytest.fixture
def at(folder: Path) -> Iterator[Window]:
    opened = Window(folder)
    yield opened
    opened.close()


def rolled(folder: Path, id_: str = "p1") -> Rolled:
    """The mark of a place as the report has it."""
    review = Report.open(folder / "2021").sound().review
    assert review is not None
    found = review.rollup.get(id_, YEAR)
    assert found is not None
    return found


def mark_form(page: html.HtmlElement, id_: str = "p1") -> html.HtmlElement:
    """The form that sets a place's mark."""
    (form,) = page.xpath(f"//form[@action='{VALUES}/{id_}/mark']")
    return form


def test_each_place_has_its_mark_and_what_it_is_made_of(at: Window, folder: Path) -> None:
    page = at.page(VALUES)
    for id_ in ("p1", "g1"):
        found = rolled(folder, id_)
        assert found.computed is not None
        words = said(mark_form(page, id_).getparent())
        assert f"評価：{found.computed.label}。" in words
        assert f"計算では{found.computed.label}（" in words
    assert not page.xpath(f"//form[@action='{VALUES}/share/mark']")


def test_a_mark_is_told_while_it_is_typed_and_saved_with_its_reason(
    at: Window, folder: Path
) -> None:
    sent = {**fields_of(mark_form(at.page(VALUES))), **TYPED}
    assert "A よい（修正）" in said(part(at, f"{VALUES}/p1/mark/check", sent))
    assert rolled(folder).override is None
    answer = part(at, f"{VALUES}/p1/mark", sent)
    assert "保存しました" in said(answer)
    found = rolled(folder)
    assert found.mark is not None
    assert found.mark.symbol == "A"
    assert found.override is not None
    assert found.override.reason == TYPED["o:修正の理由"]
    assert "（修正）" in said(mark_form(at.page(VALUES)).getparent())


def test_without_scripts_a_mark_is_saved_and_taken_back(at: Window, folder: Path) -> None:
    answer = at.post(f"{VALUES}/p1/mark", {**fields_of(mark_form(at.page(VALUES))), **TYPED})
    assert "評価の修正を保存しました" in said(answer)
    sent = {**fields_of(mark_form(at.page(VALUES))), "o:評価": "", "o:修正の理由": ""}
    at.post(f"{VALUES}/p1/mark", sent)
    assert rolled(folder).override is None


def test_a_mark_without_a_reason_is_told_and_not_written(at: Window, folder: Path) -> None:
    before = book(folder).read_bytes()
    sent = {**fields_of(mark_form(at.page(VALUES))), "o:評価": "A よい"}
    answer = at.post(f"{VALUES}/p1/mark", sent)
    assert answer.status_code == 422
    (reason,) = html.fromstring(answer.text).xpath("//*[@aria-invalid='true']/@name")
    assert reason == "o:修正の理由"
    assert book(folder).read_bytes() == before


def test_what_somebody_set_meanwhile_is_told_and_stays(at: Window, folder: Path) -> None:
    sent = {**fields_of(mark_form(at.page(VALUES))), **TYPED}
    made = load_workbook(book(folder))
    made["評価の修正"].append(["p1", None, 2021, "C", "ほかの人が書いた"])
    made.save(book(folder))
    answer = at.post(f"{VALUES}/p1/mark", sent)
    assert answer.status_code == 422
    assert "書き換えられています" in said(answer)
    assert rolled(folder).override.reason == "ほかの人が書いた"  # type: ignore[union-attr]


@pytest.mark.parametrize("id_", ["share", "nothing", "g1/"])
def test_what_has_no_mark_leads_nowhere(at: Window, folder: Path, id_: str) -> None:
    before = book(folder).read_bytes()
    for action in ("mark", "mark/check"):
        assert at.post(f"{VALUES}/{id_}/{action}", TYPED).status_code == 404
    assert book(folder).read_bytes() == before


def test_marks_that_people_give_are_chosen_among_the_comments(tmp_path: Path) -> None:
    folder = town(tmp_path / "みどり市", GIVEN)
    made = load_workbook(book(folder))
    made["計画コメント"].cell(1, made["計画コメント"].max_column + 1).value = "評価"
    made.save(book(folder))
    window = Window(folder)
    page = window.page(VALUES)
    assert not page.xpath("//form[contains(@action, '/mark')]")
    (form,) = page.xpath(f"//form[@action='{VALUES}/p1/comment']")
    assert "B 注意" in form.xpath(".//select[@name='c:評価']/option/text()")
    sent = {**fields_of(form), "c:評価": "B 注意", "c:課題": "人手が足りない"}
    assert "保存しました" in said(part(window, f"{VALUES}/p1/comment", sent))
    window.close()
    found = rolled(folder)
    assert found.mark is not None
    assert found.mark.symbol == "B"


def test_a_report_without_such_marks_has_no_place_to_set_them(tmp_path: Path) -> None:
    folder = tmp_path / "みどり市"
    write_review(folder, rows=small_rows(2021), review="draft = true\n")
    window = Window(folder)
    assert not window.page(VALUES).xpath("//form[contains(@action, '/mark')]")
    assert window.post(f"{VALUES}/p1/mark", TYPED).status_code == 404
    window.close()
