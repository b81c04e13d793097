"""違い: to the last build and to the last year, as diff finds them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kpireport.comparing import Comparison, compare
from kpireport.workbench.jobs import JobState
from tests.review_reports import small_rows, write_review
from tests.workbench.windows import Window, said

DIFFERENCES = "/reports/2021/differences"
DRAFT = "draft = true\n"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town with two years."""
    folder = tmp_path / "あおい市"
    write_review(folder, 2020, review=DRAFT)
    write_review(folder, 2021, review=DRAFT)
    return folder


@pytest.fixture
def window(town: Path) -> Iterator[Window]:
    """A window on it."""
    opened = Window(town)
    yield opened
    opened.close()


def found(window: Window, with_: str) -> str:
    """Have differences looked for, and return the address of what was found."""
    job = window.get(window.post(DIFFERENCES, {"with": with_}).url.path)
    assert JobState.DONE in said(job), said(job)
    return f"{DIFFERENCES}/{job.url.path.rpartition('/')[2]}"


def is_told(page: str, comparison: Comparison) -> bool:
    texts = (text for each in comparison.differences for text in (each.old, each.new) if text)
    return all("".join(text.split()) in "".join(page.split()) for text in texts)


def test_those_to_the_last_year_are_those_of_diff(window: Window, town: Path) -> None:
    assert "令和２年度と比べる" in said(window.page("/reports/2021/document"))
    page = said(window.page(found(window, "year")))
    expected = compare(town / "2020", town / "2021")
    assert expected.differences
    assert f"違い（{len(expected.differences)}件）" in page
    assert is_told(page, expected)


def test_those_to_the_last_build_are_those_of_diff(window: Window, town: Path) -> None:
    assert "比べるもの" in said(window.post("/reports/2020/differences", {"with": "build"}))
    window.post("/reports/2021/build")
    word = town / "2021" / "out" / "実績.docx"
    assert "違いはありません" in said(window.page(found(window, "build")))
    rows = small_rows(2021)
    for row in rows:
        if row[0] == "share" and row[2] == 2021:
            row[3] = "98.1％"
    write_review(town, 2021, review=DRAFT, rows=rows)
    page = said(window.page(found(window, "build")))
    expected = compare(word, town / "2021")
    assert expected.differences
    assert is_told(page, expected)
    assert "いまの入力から作られる Word として比べました" in page
    assert str(town) not in page.replace(f"開いているフォルダー：{town}", "")


def test_differences_are_filtered_by_kind(window: Window, town: Path) -> None:
    address = found(window, "year")
    kind, count = compare(town / "2020", town / "2021").counts()[0]
    page = window.page(f"{address}?kind={kind}")
    rows = page.xpath("//table[contains(@class, 'sides')]//tr[td]")
    assert len(rows) == count
    assert {said(row[1]) for row in rows} == {str(kind)}


def test_differences_are_sent_as_the_workbook_of_diff(window: Window, town: Path) -> None:
    answer = window.get(f"{found(window, 'year')}/workbook")
    assert "%E9%81%95%E3%81%84.xlsx" in answer.headers["content-disposition"]
    sheets = load_workbook(io.BytesIO(answer.content)).worksheets
    expected = compare(town / "2020", town / "2021").differences
    assert sum(sheet.max_row for sheet in sheets) > len(expected)


def test_without_an_earlier_year_there_is_nothing_to_compare(window: Window) -> None:
    page = said(window.page("/reports/2020/document"))
    assert "比べるものが、まだありません" in page
    answer = window.post("/reports/2020/differences", {"with": "year"})
    assert "比べるものが、まだありません" in said(answer)
    assert window.desk.jobs.unfinished == ()


def test_what_was_found_is_of_one_report_and_one_page(window: Window) -> None:
    address = found(window, "year")
    assert window.get(address.replace("2021", "2020")).status_code == 404
    assert window.get(address.replace("differences", "edits")).status_code == 404
    assert window.get(f"{DIFFERENCES}/nothing").status_code == 404
