"""Answers that came back and could not be used: the board and the mails say what to mend."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from kpireport.sources.packages import OLE
from kpireport.status import Board, DepartmentState, MeasureState, board
from kpireport.status.boards import DepartmentStatus
from kpireport.status.grids import department_grid
from kpireport.status.reminders import reminders
from kpireport.status.words import facts
from tests.collection.answering import HOIKU, SODAN, Answers, Asked, asked, by_hand, edited, put

BAD = {"share": {"実績": "98.6人"}}
GOOD = {"share": {"実績": 98.6}}


def department(made: Board, name: str) -> DepartmentStatus:
    return next(each for each in made.departments if each.name == name)


def mail(made: Board, name: str) -> str:
    return next(each.body for each in reminders(made) if each.department == name)


def refused_cell(folder: Path) -> Asked:
    case = asked(folder)
    put(case.answer(HOIKU, {}), "share", "実績", "98.6人")
    case.collect()
    return case


def refused_book(folder: Path) -> Asked:
    case = asked(folder)

    def rename(book: Workbook) -> None:
        book["実績"].title = "実績（写し）"

    edited(case.answer(HOIKU, GOOD), rename)
    case.collect()
    return case


def test_a_refused_cell_is_to_be_mended_not_missing(tmp_path: Path):
    made = board(refused_cell(tmp_path).report)
    found = department(made, HOIKU)
    assert found.state is DepartmentState.REFUSED
    assert [each.id for each in found.of(MeasureState.REFUSED)] == ["share"]
    assert not made.is_complete
    assert "返ってきたブックに、取り込めなかったところが１か所あります" in facts(made)


def test_the_reminder_asks_to_mend_the_cell_and_for_the_rest(tmp_path: Path):
    text = mail(board(refused_cell(tmp_path).report), HOIKU)
    assert "まだいただいていません" not in text
    assert "場所：実績!F5（保育課.xlsx）" in text
    assert "「98.6人」の単位が、計画の単位（％）と違います。" in text
    assert "■ ご報告をお願いするもの（２件のうち１件）" in text


def test_a_whole_book_is_asked_for_again_and_nothing_of_it_is_called_missing(tmp_path: Path):
    made = board(refused_book(tmp_path).report)
    assert department(made, HOIKU).state is DepartmentState.REFUSED
    text = mail(made, HOIKU)
    assert "・保育課.xlsx\n　　シート「実績」がありません" in text
    assert "ご報告をお願いするもの" not in text
    assert "まだいただいていません" not in text


def test_a_register_without_what_was_told_still_tells_that_something_came(tmp_path: Path):
    case = refused_cell(tmp_path)
    path = case.report / "received" / "register.json"
    register = json.loads(path.read_text("utf-8"))
    for each in register["files"]:
        del each["problems"]
    path.write_text(json.dumps(register), "utf-8")
    assert "取り込めなかったところがあります" in mail(board(case.report), HOIKU)


def test_who_sent_nothing_is_reminded_as_before(tmp_path: Path):
    made = board(refused_cell(tmp_path).report)
    assert department(made, SODAN).state is DepartmentState.UNREPORTED
    assert "まだいただいていません" in mail(made, SODAN)


def test_a_good_answer_ends_the_refusal(tmp_path: Path):
    case = refused_cell(tmp_path)
    case.answer(HOIKU, GOOD)
    case.collect()
    made = board(case.report)
    assert not made.refusals
    assert department(made, HOIKU).state is DepartmentState.INCOMPLETE


def test_a_later_book_under_another_name_ends_it_too(tmp_path: Path):
    case = refused_cell(tmp_path)
    put(case.handed[HOIKU], "share", "実績", 98.6)
    (case.inbox / "保育課.xlsx").unlink()
    case.answer(HOIKU, {}, "直した.xlsx")
    case.collect()
    assert not board(case.report).refusals


@pytest.mark.parametrize(("name", "is_open"), [(f"{HOIKU}.xlsx", False), ("回答.xlsx", True)])
def test_a_damaged_book_ends_with_the_answer_of_the_department_in_its_name(
    tmp_path: Path, name: str, is_open: bool
):
    case = asked(tmp_path)
    (case.inbox / name).write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    case.collect()
    assert board(case.report).refusals
    two = {"実績": "176所（定員15,300人）"}
    case.answer(HOIKU, {**GOOD, "two": two, "p1": {"課題": "土地がない。"}}, "再送.xlsx")
    case.collect()
    assert bool(board(case.report).refusals) == is_open


def test_several_versions_are_not_told_as_silence(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, GOOD)
    case.answer(HOIKU, {"share": {"実績": 97.1}}, "保育課2.xlsx")
    case.collect()
    made = board(case.report)
    assert department(made, HOIKU).is_undecided
    assert HOIKU not in {each.department for each in reminders(made)}
    assert [each.department for each in made.refusals] == [HOIKU]


# --- what concerns no indicator, and what is nobody's to mend but ours -----------


def line(made: Board, name: str) -> dict[str, object]:
    grid = department_grid(made)
    (found,) = [each for each in grid.lines if each.data[0] == name]
    return dict(zip((each.title for each in grid.columns), found.data, strict=True))


def test_a_comment_that_cannot_be_used_leaves_its_department_open(tmp_path: Path):
    case = asked(tmp_path)
    answers: Answers = {"share": {"実績": 98.6}, "two": {"実績": "176所（定員15,300人）"}}
    case.answer(HOIKU, {**answers, "p1": {"主な取組": "増設した。\ufdd0"}})
    case.collect()
    made = board(case.report)
    assert department(made, HOIKU).state is DepartmentState.REFUSED
    found = line(made, HOIKU)
    assert (found["報告済"], found["要修正"], found["その他"]) == (2, 0, 1)
    assert any(fact.endswith("。その他１か所") for fact in facts(made))
    assert "場所：計画コメント!" in mail(made, HOIKU)


def test_what_the_department_cannot_mend_is_not_sent_to_it(tmp_path: Path):
    case = asked(tmp_path)
    book = load_workbook(case.workbook)
    book["実績"].delete_cols([cell.value for cell in book["実績"][1]].index("報告できない理由") + 1)
    book.save(case.workbook)
    case.answer(
        HOIKU,
        {"share": {"報告できない理由": "集計中"}, "two": {"実績": "176所（定員15,300人）"}},
    )
    (fault,) = case.collect().errors
    assert fault.is_ours
    made = board(case.report)
    assert [each.id for each in department(made, HOIKU).of(MeasureState.REFUSED)] == ["share"]
    assert line(made, HOIKU)["要修正"] == 1
    assert HOIKU not in {each.department for each in reminders(made)}


# --- what a newer book leaves empty ----------------------------------------------


def left_empty(folder: Path, answers: Answers) -> Asked:
    """A case whose department gave everything once, and less in a newer book."""
    case = asked(folder)
    everything: Answers = {"share": {"実績": 98.6}, "two": {"実績": "176所（定員15,300人）"}}
    path = case.answer(HOIKU, {**everything, "p1": {"主な取組": "増設した。"}})
    case.collect()
    path.unlink()
    case.answer(HOIKU, {**everything, "p1": {"主な取組": "増設した。"}, **answers})
    case.collect()
    return case


def test_an_answer_that_may_be_withdrawn_is_to_be_confirmed(tmp_path: Path):
    case = left_empty(tmp_path, {"share": {}})
    made = board(case.report)
    found = department(made, HOIKU)
    assert found.state is DepartmentState.DOUBTFUL
    assert [each.id for each in found.doubtful] == ["share"]
    (warning,) = [each for each in made.warnings if each.measure_id == "share"]
    assert "前に取り込んだ「98.6％」が、新しく届いたブックでは空欄です。" in warning.what
    assert "actuals.xlsx の 実績!D16 を手で空に" in warning.remedy
    assert "空欄です。取り下げか、記入もれか" in mail(made, HOIKU)


def test_a_comment_that_may_be_withdrawn_is_to_be_confirmed(tmp_path: Path):
    made = board(left_empty(tmp_path, {"p1": {}}).report)
    assert department(made, HOIKU).state is DepartmentState.DOUBTFUL
    assert line(made, HOIKU)["その他"] == 1
    assert "「増設した。」が、新しく届いたブックでは空欄です。" in mail(made, HOIKU)


def test_it_is_settled_by_emptying_the_cell_or_by_keeping_it(tmp_path: Path):
    case = left_empty(tmp_path, {"share": {}})
    case.collect(keep=["share"])
    assert department(board(case.report), HOIKU).state is DepartmentState.DONE

    case = left_empty(tmp_path / "other", {"share": {}})
    by_hand(case.workbook, "share", "実績", None)
    found = department(board(case.report), HOIKU)
    assert (found.state, found.doubtful) == (DepartmentState.INCOMPLETE, ())


def test_it_stays_open_when_the_newer_book_has_left_the_inbox(tmp_path: Path):
    case = left_empty(tmp_path, {"share": {}})
    (case.inbox / "保育課.xlsx").unlink()
    case.answer(SODAN, {"calls": {"報告できない理由": "集計中"}})
    case.collect()
    assert department(board(case.report), HOIKU).state is DepartmentState.DOUBTFUL
