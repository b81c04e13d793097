"""Sheets that were handed out before the plan was revised: told once, nobody is to blame."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from kpireport.collection import ReturnOutcome, hand_out
from kpireport.errors import Problem
from kpireport.status import board
from tests.collection.answering import HOIKU, KIKAKU, SODAN, Asked, asked, edited, put, told
from tests.review_reports import cell, indicator

REVISION: dict[str, Any] = {
    "id": "r1",
    "decided": "令和４年３月25日",
    "from": 2021,
    "title": "第１次改定",
}


def change(kind: str, **more: Any) -> dict[str, Any]:
    return {"change": kind, **more, "reason": "見直し。"}


TARGET = change(
    "target",
    id="two",
    target=cell("190所（定員16,500人）", (190, "所", ""), (16500, "人", "定員"), kind="at_least"),
)
RENAMED = change("rename", id="share", name="入所の受入率")
ENDED = change("end", id="keep")
MINUTES = (
    change("baseline", id="calls", baseline=cell("500分", (500, "分", ""))),
    change("target", id="calls", target=cell("600分", (600, "分", ""), kind="at_least")),
)
ADDED = change(
    "add",
    plan="p1",
    indicator=indicator(
        "queue",
        "待ち時間",
        cell("15分", (15, "分", "")),
        cell("10分以下", (10, "分", ""), kind="at_most"),
        departments=[HOIKU],
    ),
)


def revise(case: Asked, *changes: dict[str, Any]) -> None:
    """Revise the plan after its sheets were handed out."""
    path = next(case.report.parent.glob("*.json"))
    data = json.loads(path.read_text("utf-8"))
    data["revisions"] = [{**REVISION, "changes": list(changes)}]
    path.write_text(json.dumps(data), "utf-8")


def without_stamp(book: Workbook) -> None:
    del book.custom_doc_props["kpireport-plan"]


BOTH: dict[str, dict[str, Any]] = {
    "share": {"実績": 98.6},
    "two": {"実績": "176所（定員15,300人）"},
}


@pytest.mark.parametrize("has_stamp", [True, False])
def test_what_the_revision_changed_is_told_once_and_blames_nobody(tmp_path: Path, has_stamp: bool):
    case = asked(tmp_path)
    path = case.answer(HOIKU, BOTH)
    if not has_stamp:
        edited(path, without_stamp)
    revise(case, TARGET, RENAMED)
    collected = case.collect()
    (notice,) = collected.warnings
    assert notice.what == (
        "改定の前に配ったブックです（第１次改定）。"
        "変わったところ：share の指標、two の目標値。いまの計画のとおりに読みました。"
    )
    assert "配り直す必要はありません" in notice.remedy
    assert notice.is_ours
    assert collected.files[0].outcome is ReturnOutcome.TAKEN
    assert (case.text("share"), case.text("two")) == ("98.6％", "176所（定員15,300人）")


def test_a_years_own_target_is_called_so(tmp_path: Path):
    """目標値 of a sheet has it before the last one: which of the two was changed is said."""
    yearly = [{"fiscal_year": 2021, "text": "176所（定員15,300人）"}]
    case = asked(tmp_path)
    case.answer(HOIKU, BOTH)
    revise(case, change("yearly_targets", id="two", yearly_targets=yearly))
    (notice,) = case.collect().warnings
    assert "変わったところ：two の令和３年度の目標値。" in notice.what


def test_nobody_is_blamed_where_the_plan_has_words_of_its_own(tmp_path: Path):
    case = asked(tmp_path)
    path = next(case.report.parent.glob("*.json"))
    data = json.loads(path.read_text("utf-8"))
    data["labels"]["target"] = "めざす値"
    path.write_text(json.dumps(data), "utf-8")
    case.handed.update(  # type: ignore[attr-defined]
        {each.department: each.path for each in hand_out(case.report, output=tmp_path / "new")}
    )
    case.answer(HOIKU, BOTH)
    revise(case, TARGET)
    (notice,) = case.collect().warnings
    assert "変わったところ：two のめざす値。" in notice.what
    assert notice.is_ours


def test_answers_for_what_was_ended_are_not_used_and_what_was_added_is_asked_for(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(KIKAKU, {"keep": {"実績": "年間179人"}, "most": {"実績": 20.9}})
    case.answer(HOIKU, BOTH)
    revise(case, ENDED, ADDED)
    collected = case.collect()
    assert told(collected) == []
    by_department = {each.department: each for each in collected.warnings}
    assert set(by_department) == {KIKAKU, HOIKU}
    assert (
        "計画からなくなったもの：keep（「年間179人」は使いません）。" in by_department[KIKAKU].what
    )
    assert "記入用のブックに欄のない指標：queue 待ち時間。" in by_department[HOIKU].what
    assert "記入用のブックを作り直し、配り直して" in by_department[HOIKU].remedy
    assert "消されていないか" not in "".join(map(str, collected.warnings))
    assert case.text("most") == "20.9％"


def test_a_bare_number_typed_for_another_unit_is_not_taken_for_todays(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(SODAN, {"calls": {"実績": 640}})
    revise(case, *MINUTES)
    collected = case.collect()
    (fault,) = collected.errors
    assert (fault.place.startswith("実績!"), fault.measure_id, fault.is_ours) == (
        True,
        "calls",
        True,
    )
    assert "配ったときは「件」、いまの計画では「分」なので" in fault.what
    assert "使いません" in fault.what
    assert case.fact("calls") is None
    (department,) = (each for each in board(case.report).departments if each.name == SODAN)
    assert department.to_mend == ()


def test_a_number_with_its_unit_is_todays_or_asked_about(tmp_path: Path):
    case = asked(tmp_path)
    put(case.answer(SODAN, {}), "calls", "実績", "640分")
    revise(case, *MINUTES)
    assert case.collect().errors == ()
    assert case.text("calls") == "640分"
    other = asked(tmp_path / "other")
    put(other.answer(SODAN, {}), "calls", "実績", "6,500件")
    revise(other, *MINUTES)
    (fault,) = other.collect().errors
    assert fault.is_ours


def test_who_changes_a_locked_cell_of_todays_sheet_is_told_as_before(tmp_path: Path):
    case = asked(tmp_path)
    revise(case, TARGET)
    case.handed.update(  # type: ignore[attr-defined]
        {each.department: each.path for each in hand_out(case.report, output=tmp_path / "new")}
    )
    put(case.answer(HOIKU, BOTH), "two", "目標値", "181所（定員15,660人）")
    (warning,) = case.collect().warnings
    assert "書き換えない欄の「目標値」が" in warning.what


def test_a_sheet_that_the_revision_does_not_touch_is_as_any_other(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, BOTH)
    revise(case, *MINUTES)
    assert case.collect().warnings == ()


def test_a_measure_that_was_given_to_another_department_is_asked_for_there(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, BOTH)
    revise(case, change("departments", id="share", departments=[SODAN]))
    problems: tuple[Problem, ...] = case.collect().errors
    (fault,) = problems
    assert "配った後に、この指標の主管課が相談課に変わりました" in fault.what
    assert fault.is_ours
    assert case.text("two") == "176所（定員15,300人）"
