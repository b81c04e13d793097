"""What rooms say of commands is said of pages: no option is left in what collecting tells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpireport.collection.outdated import _HAND_OUT
from kpireport.findings import ACCEPT
from kpireport.pulling.pulling import _OTHER_TEMPLATE
from kpireport.status.refusals import _UNDECIDED, _UNTOLD
from kpireport.workbench.page_words import in_pages
from kpireport.writers.docx.templates import _GET_STYLES
from tests.collection.answering import HOIKU, KIKAKU, asked, by_hand
from tests.workbench.windows import Window, said

TYPED = re.compile(r"--[a-z]|kpireport [a-z]|report\.toml")


@pytest.mark.parametrize(
    "text",
    [
        _HAND_OUT,
        ACCEPT.format(id="p01-02"),
        _UNDECIDED[1],
        _UNTOLD[1],
        _OTHER_TEMPLATE,
        _GET_STYLES,
    ],
)
def test_commands_become_pages(text: str) -> None:
    assert TYPED.search(text)
    assert not TYPED.search(in_pages(text))
    assert "の画面" in in_pages(text)


def test_what_speaks_of_no_command_stays() -> None:
    text = "「1,200件」のように、数と単位だけを書いてください。－－を消します。"
    assert in_pages(text) == text


def test_the_board_speaks_of_pages(tmp_path: Path) -> None:
    case = asked(tmp_path / "みどり市")
    by_hand(case.workbook, "share", "実績", 97)
    case.answer(HOIKU, {"share": {"実績": 98.6}, "two": {"コメント": "増設した。"}}, "1.xlsx")
    case.answer(KIKAKU, {"most": {"実績": 20.9}}, "a.xlsx")
    case.answer(KIKAKU, {"most": {"実績": 21.9}}, "b.xlsx")
    case.collect()
    window = Window(case.report.parent)
    page = said(window.page("/reports/2021/board"))
    window.close()
    assert "使うブックを選んでください" in page
    assert not TYPED.search(page)


def test_an_answer_that_was_withdrawn_is_told_of_pages(tmp_path: Path) -> None:
    case = asked(tmp_path / "みどり市")
    case.answer(HOIKU, {"share": {"実績": 98.6}, "two": {"コメント": "増設した。"}}, "1.xlsx")
    case.collect()
    (case.inbox / "1.xlsx").unlink()
    case.answer(HOIKU, {"two": {"コメント": "増設した。"}}, "2.xlsx")
    case.collect()
    window = Window(case.report.parent)
    page = said(window.page("/reports/2021/board"))
    window.close()
    assert "「いまのまま残す」を選んでください" in page
    assert not TYPED.search(page)
