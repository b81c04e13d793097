"""A workbook that was put into the inbox by mistake: taken out, kept, put back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.collection import books_aside, put_back, set_aside
from kpireport.errors import InputError
from kpireport.reports import Report
from kpireport.status import board_of
from tests.collection.answering import HOIKU, KYOIKU, Asked, asked, told
from tests.reports import files_in

ANSWER = {"share": {"実績": 98.6}}


def aside(case: Asked) -> tuple[Path, ...]:
    return books_aside(Report.open(case.report).collection_settings)


def refused_in_board(case: Asked) -> list[str]:
    board = board_of(Report.open(case.report, with_notices=True))
    return [Path(each.file).name for each in board.refusals]


def test_it_is_kept_to_the_byte_and_put_back_under_its_name(tmp_path: Path) -> None:
    case = asked(tmp_path)
    path = case.answer(HOIKU, ANSWER)
    before = files_in(case.report)
    kept = set_aside(case.report, path.name)
    assert not path.exists()
    assert aside(case) == (kept,)
    assert kept.read_bytes() == before[path.relative_to(case.report).as_posix()]
    assert put_back(case.report, kept.name) == path
    assert files_in(case.report) == before


def test_nothing_of_it_is_taken_in(tmp_path: Path) -> None:
    case = asked(tmp_path)
    case.answer(HOIKU, ANSWER, "a.xlsx")
    case.answer(HOIKU, {"share": {"実績": 99.1}}, "b.xlsx")
    assert case.collect(dry_run=True).choices
    set_aside(case.report, "b.xlsx")
    assert not case.collect().choices
    assert case.text("share") == "98.6％"


def test_one_that_is_damaged_can_be_taken_out(tmp_path: Path) -> None:
    case = asked(tmp_path)
    (case.inbox / "壊れた.xlsx").write_bytes(b"PK\x03\x04 broken")
    assert told(case.collect())
    set_aside(case.report, "壊れた.xlsx")
    assert not told(case.collect())


def test_what_was_taken_of_it_stays(tmp_path: Path) -> None:
    case = asked(tmp_path)
    case.answer(HOIKU, ANSWER)
    case.collect()
    set_aside(case.report, f"{HOIKU}.xlsx")
    case.collect()
    assert case.text("share") == "98.6％"


def test_the_board_does_not_ask_for_it_to_be_mended_any_more(tmp_path: Path) -> None:
    case = asked(tmp_path)
    other = case.answer(KYOIKU, {}, "隣の町.xlsx")
    other.write_bytes((case.report / "actuals.xlsx").read_bytes())
    case.collect()
    assert refused_in_board(case) == ["隣の町.xlsx"]
    kept = set_aside(case.report, "隣の町.xlsx")
    assert refused_in_board(case) == []
    put_back(case.report, kept.name)
    assert refused_in_board(case) == ["隣の町.xlsx"]


def test_a_name_that_is_taken_meanwhile_is_numbered(tmp_path: Path) -> None:
    case = asked(tmp_path)
    kept = set_aside(case.report, case.answer(HOIKU, ANSWER).name)
    case.answer(HOIKU, {"share": {"実績": 99.1}})
    assert put_back(case.report, kept.name).name == f"{HOIKU}（2）.xlsx"
    assert len(list(case.inbox.iterdir())) == 2


@pytest.mark.parametrize("name", ["../report.toml", "../actuals.xlsx", "", ".", "ない.xlsx", "a\0"])
def test_what_is_no_workbook_of_the_inbox_stays_where_it_is(tmp_path: Path, name: str) -> None:
    case = asked(tmp_path)
    case.answer(HOIKU, ANSWER)
    before = files_in(tmp_path)
    with pytest.raises(InputError, match="受付のフォルダーにありません"):
        set_aside(case.report, name)
    with pytest.raises(InputError, match="ありません"):
        put_back(case.report, name)
    assert files_in(tmp_path) == before
