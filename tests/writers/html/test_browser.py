"""The page in a browser: what axe finds, narrow windows, the keyboard, the printed page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pdfplumber
import pytest

from tests.browser import shown, violations
from tests.review_reports import sample_file
from tests.writers.html.reader import tables_of, text_of
from tests.writers.html.samples import sample
from tests.writers.pdf.reader import sample_pages

pytestmark = pytest.mark.tools

# those that differ most: a plan, a review, one with marks of its own, sheets, a digest
EACH = pytest.mark.parametrize("name", ["plan", "2021", "kirarazawa/2023", "sheets", "digest"])
PHONE, ZOOMED, REFLOWED = 360, 683, 320  # pixels; 1366 at 200 %, 1280 at 400 % (WCAG 1.4.10)
_FOLDER = TemporaryDirectory()


@cache
def file_of(name: str) -> Path:
    path = Path(_FOLDER.name) / f"{name.replace('/', '-')}.html"
    path.write_bytes(sample(name).data)
    return path


@EACH
def test_axe_finds_nothing_wrong(name: str) -> None:
    with shown(file_of(name)) as page:
        assert violations(page) == []


def test_axe_finds_nothing_wrong_on_a_phone() -> None:
    with shown(file_of("2021"), PHONE, 740) as page:
        assert violations(page) == []


def test_axe_sees_what_is_wrong(tmp_path: Path) -> None:
    spoilt = sample("digest").data.replace(b' lang="ja"', b"")
    path = tmp_path / "spoilt.html"
    path.write_bytes(spoilt)
    with shown(path) as page:
        assert [each.partition(":")[0] for each in violations(page)] == ["html-has-lang"]


@EACH
@pytest.mark.parametrize("width", [REFLOWED, ZOOMED])
def test_nothing_but_what_scrolls_is_wider_than_a_narrow_window(name: str, width: int) -> None:
    with shown(file_of(name), width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(_CUT) == []


# texts that reach beyond what holds them, where nothing scrolls
_CUT = """
() => [...document.querySelectorAll('main td, main th, main p, main h2, main h3, main a')]
  .filter(each => !each.closest('.unseen, [hidden]') && each.scrollWidth > each.clientWidth + 1
    && getComputedStyle(each).display !== 'inline')
  .map(each => each.outerHTML.slice(0, 120))
"""


def test_tables_are_scrolled_with_the_keyboard() -> None:
    with shown(file_of("2021"), PHONE) as page:
        region = page.locator(".scrolled:has(table)").first
        region.focus()
        before = region.evaluate("each => each.scrollLeft")
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        page.wait_for_function(
            "before => document.activeElement.scrollLeft > before", arg=before, timeout=5000
        )


def test_the_first_stop_of_the_keyboard_leads_past_the_top() -> None:
    with shown(file_of("2021")) as page:
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent")
        box = page.locator(":focus").bounding_box()
        assert (first, box["y"] >= 0) == ("本文へ", True)  # it is seen when it is there
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "MAIN"
        color = "getComputedStyle(document.querySelector('main')).backgroundColor"
        assert page.evaluate(color) == "rgba(0, 0, 0, 0)"  # not marked as a row would be


def test_what_a_link_leads_to_is_not_below_the_notices() -> None:
    with shown(file_of("2021")) as page:
        page.locator("nav.contents a").last.click()
        target = page.locator(":target").bounding_box()
        notices = page.locator(".notices").bounding_box()
        assert target["y"] >= notices["y"] + notices["height"]


@cache
def printed(name: str) -> list[Any]:
    with shown(file_of(name)) as page:
        data = page.pdf(prefer_css_page_size=True)
    with pdfplumber.open(BytesIO(data)) as pdf:
        return [(round(page.width), round(page.height), page.extract_text()) for page in pdf.pages]


def test_it_prints_on_a4_with_its_notices_and_numbers() -> None:
    pages = printed("2021")
    assert {page[:2] for page in pages} == {(595, 842)}
    for number, (_, _, text) in enumerate(pages, start=1):
        lines = text.splitlines()
        assert lines[0].endswith("見本：数値は架空")
        assert lines[-1] == str(number)


def test_it_prints_on_about_as_many_pages_as_the_pdf() -> None:
    in_pdf = len(sample_pages(sample_file(2021, "pdf")))
    assert abs(len(printed("2021")) - in_pdf) <= in_pdf // 10


def test_headers_are_printed_again_on_every_page_of_a_table() -> None:
    header = "重要業績評価指標（ＫＰＩ）"
    tables = [each for each in tables_of(sample("2021").page) if header in text_of(each)]
    headed = [text for *_, text in printed("2021") if header in text]
    assert len(headed) > len(tables)  # some go on over a page


@pytest.fixture(autouse=True, scope="module")
def _tidied() -> Iterator[None]:
    yield
    _FOLDER.cleanup()
