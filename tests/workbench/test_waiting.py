"""What takes a while is told at once where a person looks on, and made only once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from kpireport.workbench.asking import address
from tests.status.reports import half_reported, write
from tests.workbench.windows import Window, said

BOARD = "/reports/2021/board"
OPENED = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
TOLD = "ファイルを読んでいます。"


@pytest.fixture
def hurried(town: Path) -> Iterator[Window]:
    """A window of somebody who is told at once that a page is being made."""
    window = Window(town, patience=0)
    with window.client:  # one loop for all that is asked, as the server has it
        yield window
    window.close()


def test_a_page_that_takes_a_while_says_so_and_is_shown_when_it_is_there(hurried: Window) -> None:
    first = hurried.client.get(BOARD, headers=OPENED)
    assert (first.status_code, TOLD in said(first)) == (200, True)
    assert f'<meta http-equiv="refresh" content="0; url={BOARD}">' in first.text
    assert "令和３年度" in said(hurried.client.get(BOARD, headers=OPENED))
    # it is made anew, not kept
    assert TOLD in said(hurried.client.get(BOARD, headers=OPENED))


def test_without_scripts_it_is_asked_for_under_its_own_name(tmp_path: Path) -> None:
    write(tmp_path / "市" / "100%#みどり市", rows=half_reported(), review="draft = true\n")
    window = Window(tmp_path / "市", patience=0)
    path = address("reports", "100%#みどり市/2021", "board")
    with window.client:
        answer = window.client.get(f"{path}?kind=要修正", headers=OPENED)
        (meta,) = html.fromstring(answer.text).xpath("//meta[@http-equiv='refresh']/@content")
        asked = meta.removeprefix("0; url=")
        assert "令和３年度" in said(window.client.get(asked, headers=OPENED))
    window.close()


def test_each_address_has_its_own(hurried: Window) -> None:
    assert TOLD in said(hurried.client.get(BOARD, headers=OPENED))
    assert TOLD in said(hurried.client.get(f"{BOARD}?kind=x", headers=OPENED))
    assert TOLD not in said(hurried.client.get(BOARD, headers=OPENED))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"hx-request": "true", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
        {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
    ],
)
def test_what_no_window_shows_is_waited_for(hurried: Window, headers: dict[str, str]) -> None:
    assert TOLD not in said(hurried.client.get(BOARD, headers=headers))


def test_files_are_waited_for(hurried: Window) -> None:
    answer = hurried.client.get("/plans/catalogue.json/export", headers=OPENED)
    assert "attachment" in answer.headers["content-disposition"]


def test_what_was_done_is_told_by_the_page_itself(hurried: Window) -> None:
    hurried.desk.note("3件を確認済みにしました。")
    assert "3件を" not in said(hurried.client.get(BOARD, headers=OPENED))
    assert "3件を" in said(hurried.client.get(BOARD, headers=OPENED))


def test_an_address_that_leads_nowhere_is_told_in_the_end(hurried: Window) -> None:
    path = "/reports/2020/board"
    assert TOLD in said(hurried.client.get(path, headers=OPENED))
    assert hurried.client.get(path, headers=OPENED).status_code == 404


def test_a_page_that_is_there_soon_comes_at_once(town: Path) -> None:
    window = Window(town, patience=60)
    with window.client:
        assert TOLD not in said(window.client.get(BOARD, headers=OPENED))
    window.close()
