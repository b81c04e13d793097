"""二つを比べる: years, plans and Word files of the folder, and files from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpireport.archiving import archive
from kpireport.comparing import compare
from kpireport.conductor import build
from kpireport.workbench.jobs import JobState
from tests.review_reports import write_review
from tests.workbench.test_differences import is_told
from tests.workbench.windows import Files, Window, said

COMPARE = "/compare"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town with two years, of which the first is kept."""
    folder = tmp_path / "あおい市"
    write_review(folder, 2020)
    write_review(folder, 2021, review="draft = true\n")
    return folder


@pytest.fixture
def window(town: Path) -> Iterator[Window]:
    opened = Window(town)
    yield opened
    opened.close()


def found(window: Window, old: str = "", new: str = "", files: Files = ()) -> str:
    """Have two compared, and return the address of what was found."""
    job = window.get(window.post(COMPARE, {"old": old, "new": new}, files).url.path)
    assert JobState.DONE in said(job), said(job)
    return f"{COMPARE}/{job.url.path.rpartition('/')[2]}"


def keys(window: Window) -> list[str]:
    """What may be chosen."""
    options: list[str] = window.page(COMPARE).xpath("//select[@id='old']//option/@value")
    return options


def test_two_years_are_compared_as_diff_compares_them(window: Window, town: Path) -> None:
    assert {"report 2020", "report 2021", "plan catalogue.json"} <= set(keys(window))
    address = found(window, "report 2020", "report 2021")
    expected = compare(town / "2020", town / "2021")
    assert is_told(said(window.page(address)), expected)
    sheet = window.get(f"{address}/workbook")
    assert sheet.status_code == 200
    assert sheet.content[:2] == b"PK"


def test_what_was_kept_and_built_may_be_chosen(window: Window, town: Path) -> None:
    build(town / "2020")
    archive(town / "2020")
    named = keys(window)
    assert "kept 2020/archive" in named
    (word,) = (each for each in named if each.startswith("word 2020/"))
    page = said(window.page(found(window, "kept 2020/archive", "report 2020")))
    assert "違いはありません" in page
    assert "違いはありません" in said(window.page(found(window, word, "report 2020")))


def test_a_plan_from_elsewhere_is_compared_by_its_name(window: Window, town: Path) -> None:
    other = json.loads((town / "catalogue.json").read_bytes())
    other["goals"][0]["title"] = "前の題"
    files = [("old_file", ("去年の計画.json", json.dumps(other).encode()))]
    page = said(window.page(found(window, new="plan catalogue.json", files=files)))
    assert "去年の計画.json" in page
    assert "前の題" in page
    assert "/tmp/kpireport" not in page


def test_what_is_missing_is_told_and_what_was_chosen_stays(window: Window) -> None:
    answer = window.post(COMPARE, {"old": "report 2020"})
    assert "前と後に一つずつ選んで" in said(answer)
    assert answer.url.query == b"old=report+2020"


@pytest.mark.parametrize("key", ["report ../..", "plan /etc/passwd", "word 2020/report.toml", "x"])
def test_only_what_is_offered_is_compared(window: Window, key: str) -> None:
    answer = window.post(COMPARE, {"old": key, "new": "report 2021"})
    assert answer.url.path == COMPARE


def test_what_cannot_be_compared_is_refused_in_words(window: Window) -> None:
    files = [("old_file", ("x.json", b"{}")), ("new_file", ("y.docx", b"no word"))]
    job = window.get(window.post(COMPARE, files=files).url.path)
    assert JobState.FAILED in said(job)
    assert "x.json" in said(job)
    assert "/tmp/" not in said(job).replace("開いているフォルダー：/tmp/", "")


def test_a_result_of_elsewhere_is_none_here(window: Window) -> None:
    assert window.get(f"{COMPARE}/nothing").status_code == 404
    address = found(window, "report 2020", "report 2021").rpartition("/")[2]
    assert window.get(f"/reports/2021/differences/{address}").status_code == 404
