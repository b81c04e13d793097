"""What a year collected tells on its board: no command, no option, no item of the settings."""

from __future__ import annotations

from pathlib import Path

from tests.collection.answering import HOIKU, KIKAKU, asked, by_hand
from tests.test_words_of_rooms import TYPED
from tests.workbench.windows import Window, said


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
    assert "使うブックを選んで、もう一度取り込んでください" in page
    assert not TYPED.search(page)
    assert "report.toml" not in page


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
    assert "いまのまま残すことを選んで" in page
    assert not TYPED.search(page)
