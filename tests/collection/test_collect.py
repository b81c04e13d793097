"""What comes back is taken in: once, from wherever it lies, and nothing of anybody's is lost."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpireport.collection import ChangeKind, Choice, Collected, ReturnOutcome
from kpireport.domain.actuals import ReportedState
from kpireport.errors import InputError
from kpireport.sources.workbook import read_workbook
from tests.collection.answering import (
    HOIKU,
    KIKAKU,
    KYOIKU,
    SODAN,
    Asked,
    asked,
    by_hand,
    edited,
    told,
    warned,
    with_part,
)
from tests.reports import files_in

ANSWERS: dict[str, dict[str, Any]] = {
    "share": {"実績": 98.6},
    "two": {"実績": "176所（定員15,300人）", "コメント": "増設した。"},
}


def kinds(collected: Collected) -> list[tuple[str, str, str, str]]:
    return [(each.kind, each.id, each.old, each.new) for each in collected.changes]


def outcomes(collected: Collected) -> dict[str, ReturnOutcome]:
    return {each.name: each.outcome for each in collected.files}


# --- what is taken ---------------------------------------------------------------


def test_answers_are_read_from_the_workbook_as_the_department_wrote_them(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, ANSWERS)
    case.answer(KYOIKU, {"tablets": {"実績": "40校に配備", "進捗状況": "実施中"}})
    case.answer(SODAN, {"calls": {"報告できない理由": "集計中"}}, "深い/所/相談.xlsx")

    collected = case.collect()

    assert collected.is_complete
    assert case.text("share") == "98.6％"
    two = case.fact("two")
    assert two is not None
    assert (two.comment, two.department) == ("増設した。", HOIKU)
    tablets = case.fact("tablets")
    assert tablets is not None
    assert (tablets.state, case.text("tablets")) == (ReportedState.UNDERWAY, "40校に配備")
    calls = case.fact("calls")
    assert calls is not None
    assert (calls.is_reported, calls.reason) == (False, "集計中")
    assert kinds(collected) == [
        ("取り込み", "share", "（空）", "98.6％"),
        ("取り込み", "two", "（空）", "176所（定員15,300人）"),
        ("取り込み", "two", "（空）", "増設した。"),
        ("取り込み", "tablets", "（空）", "実施中：40校に配備"),
        ("取り込み", "calls", "（空）", "（報告なし：集計中）"),
    ]


@pytest.mark.parametrize(
    ("typed", "number_format", "text"),
    [
        (98.6, "General", "98.6％"),
        (0.986, "0.0%", "98.6％"),
        (98, "0.00", "98.00％"),
        ("９８．６", "@", "98.6％"),
        ("９８．６％", "@", "９８．６％"),
        (" 98.6% ", "@", "98.6%"),
        ("―", "@", "―"),
        (0, "General", "０％"),
    ],
)
def test_a_number_means_what_the_department_saw(
    tmp_path: Path, typed: Any, number_format: str, text: str
):
    case = asked(tmp_path)
    path = case.answer(HOIKU, {"share": {"実績": typed}})
    book = load_workbook(path)
    (cell,) = [each for row in book["実績"] for each in row if each.value == typed and row[0].value]
    cell.number_format = number_format
    book.save(path)

    assert case.collect().is_complete
    assert case.text("share") == text


def test_a_row_that_is_not_there_is_added_at_the_end_in_the_look_of_the_others(tmp_path: Path):
    case = asked(tmp_path)
    before = load_workbook(case.workbook)["実績"].max_row
    case.answer(HOIKU, {"two": {"実績": "176所（定員15,300人）"}, "share": {"実績": 98.6}})
    case.collect()

    sheet = load_workbook(case.workbook)["実績"]
    added = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=before + 1)]
    assert added == [
        ["share", "受入率", 2021, 98.6, None, None, None, HOIKU],
        ["two", "保育所", 2021, "176所（定員15,300人）", None, None, None, HOIKU],
    ]


def test_a_row_that_is_there_is_filled_and_every_other_byte_stays(tmp_path: Path):
    case = asked(tmp_path)
    by_hand(case.workbook, "share", "コメント", None)
    old = load_workbook(case.workbook)["実績"].max_row
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect()

    sheet = load_workbook(case.workbook)["実績"]
    assert sheet.max_row == old
    assert [cell.value for cell in sheet[old]][3] == 98.6


def test_rows_are_as_high_as_what_they_say(tmp_path: Path):
    case = asked(tmp_path, comments=[["p1", None, 2021, None, None, "見通し"]])
    case.answer(HOIKU, {"p1": {"主な取組": "増設しました。" * 100}})
    case.collect()
    heights = load_workbook(case.workbook)["計画コメント"].row_dimensions
    assert heights[2].height > 200  # points; 700 characters take some 15 lines


def test_the_same_inbox_again_changes_no_byte(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, ANSWERS)
    case.answer(KYOIKU, {"tablets": {"実績": "？？？"}})
    first = case.collect()
    assert first.written
    before = files_in(case.report)
    again = case.collect()

    assert again.written == ()
    assert files_in(case.report) == before
    assert [each.unchanged for each in again.files] == [2, 0]


def test_nothing_is_written_by_a_dry_run(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, ANSWERS)
    before = files_in(case.report)
    trial = case.collect(dry_run=True)

    assert files_in(case.report) == before
    assert (trial.is_trial, trial.written, len(trial.changes)) == (True, (), 3)


def test_the_order_in_which_files_come_makes_no_difference(tmp_path: Path):
    results = []
    for folder, names in (("1", ("a.xlsx", "b.xlsx")), ("2", ("z.xlsx", "a.xlsx"))):
        case = asked(tmp_path / folder)
        for department, answers, name in zip(
            (HOIKU, KYOIKU),
            (ANSWERS, {"tablets": {"実績": "40校", "進捗状況": "実施中"}}),
            names,
            strict=True,
        ):
            case.answer(department, answers, name)
        case.collect()
        sheet = load_workbook(case.workbook)["実績"]
        results.append([[cell.value for cell in row] for row in sheet])
    assert results[0] == results[1]


def test_sheets_and_columns_may_stand_elsewhere_and_further_ones_are_told(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, ANSWERS, "名前を変えた（最終）.xlsx")
    book = load_workbook(path)
    book.move_sheet("計画コメント", -2)
    sheet = book["実績"]
    sheet.insert_cols(4)
    sheet.cell(3, 4).value = "係の備考"
    sheet.cell(5, 4).value = "要確認"
    book.create_sheet("メモ")
    book.save(path)

    collected = case.collect()
    assert case.text("share") == "98.6％"
    assert told(collected) == []
    assert sorted(warned(collected)) == [
        "名前を変えた（最終）.xlsx: : 加えられたシート「メモ」は、読みません。",
        "名前を変えた（最終）.xlsx: 実績!D3: 加えられた列「係の備考」は、読みません。",
    ]


def test_who_has_not_reported_is_told_with_what_is_missing(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.answer(KYOIKU, {})
    collected = case.collect()

    missing = {each.department: each for each in collected.missing}
    assert [*missing] == [KIKAKU, KYOIKU, SODAN, HOIKU]
    assert missing[HOIKU].measures == (("two", "保育所"),)
    assert (missing[HOIKU].has_answered, missing[KYOIKU].has_answered) == (True, False)
    assert outcomes(collected) == {
        "保育課.xlsx": ReturnOutcome.TAKEN,
        "教育課.xlsx": ReturnOutcome.BLANK,
    }


# --- corrections, and what people wrote by hand ----------------------------------


def test_a_correction_replaces_what_came_before_and_says_so(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect()
    path.unlink()
    case.answer(HOIKU, {"share": {"実績": 99.1, "コメント": "再集計"}}, "訂正.xlsx")
    collected = case.collect()

    assert collected.is_complete
    assert kinds(collected) == [
        (ChangeKind.CORRECTED, "share", "98.6％", "99.1％"),
        (ChangeKind.TAKEN, "share", "（空）", "再集計"),
    ]
    assert case.text("share") == "99.1％"


def test_a_value_that_becomes_a_reason_leaves_no_value_behind(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect()
    path.unlink()
    case.answer(HOIKU, {"share": {"報告できない理由": "誤りがあり、集計し直し"}})
    assert case.collect().is_complete
    fact = case.fact("share")
    assert fact is not None
    assert (fact.value, fact.reason) == (None, "誤りがあり、集計し直し")


def test_a_blank_new_version_takes_nothing_away(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, ANSWERS)
    case.collect()
    path.unlink()
    case.answer(HOIKU, {"share": {"実績": 98.7}})
    case.collect()
    assert (case.text("share"), case.text("two")) == ("98.7％", "176所（定員15,300人）")


def test_what_people_wrote_by_hand_is_never_overwritten(tmp_path: Path):
    case = asked(tmp_path)
    by_hand(case.workbook, "share", "実績", 97.0)
    case.answer(HOIKU, ANSWERS)
    collected = case.collect()

    (fault,) = told(collected)
    assert fault == (
        "保育課.xlsx: 実績!F5: 回答は「98.6％」ですが、actuals.xlsx の 実績!D16 に、"
        "手で書いた「97％」があります。書き換えていません。"
    )
    (problem,) = collected.errors
    assert problem.remedy.startswith("回答に差し替えるか、actuals.xlsx のほうを残すかを選んで")
    (conflict,) = collected.conflicts
    assert (conflict.cell, conflict.told) == ("share:実績", problem)
    assert (case.text("share"), case.text("two")) == ("97％", "176所（定員15,300人）")


def test_a_reason_by_hand_is_not_overwritten_by_a_value(tmp_path: Path):
    case = asked(tmp_path)
    by_hand(case.workbook, "share", "報告できない理由", "集計中")
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    assert len(case.collect().errors) == 1
    assert case.collect(replace=["share"]).is_complete
    fact = case.fact("share")
    assert fact is not None
    assert (case.text("share"), fact.reason) == ("98.6％", "")


def test_replace_takes_the_answer_and_later_corrections_of_it(tmp_path: Path):
    case = asked(tmp_path)
    by_hand(case.workbook, "share", "実績", 97.0)
    path = case.answer(HOIKU, {"share": {"実績": 98.6}})
    assert kinds(case.collect(replace=["share"])) == [
        (ChangeKind.REPLACED, "share", "97％", "98.6％")
    ]
    path.unlink()
    case.answer(HOIKU, {"share": {"実績": 98.7}})
    assert kinds(case.collect()) == [(ChangeKind.CORRECTED, "share", "98.6％", "98.7％")]


def test_keep_holds_until_the_department_says_something_else(tmp_path: Path):
    case = asked(tmp_path)
    by_hand(case.workbook, "share", "実績", 97.0)
    path = case.answer(HOIKU, {"share": {"実績": 98.6}})
    assert case.collect(keep=["share"]).is_complete
    again = case.collect()
    assert (again.is_complete, len(again.kept), again.written) == (True, 1, ())
    path.unlink()
    case.answer(HOIKU, {"share": {"実績": 98.7}})
    assert len(case.collect().errors) == 1


def test_what_people_correct_after_a_collection_is_theirs(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect()
    by_hand(case.workbook, "share", "実績", 98.5)
    collected = case.collect()
    (edited,) = collected.edited
    assert (edited.title, edited.own, edited.answer) == ("実績", "98.5％", "98.6％")
    assert edited.department == HOIKU
    assert (collected.is_complete, collected.changes) == (True, ())
    assert case.text("share") == "98.5％"

    path.unlink()
    case.answer(HOIKU, {"share": {"実績": 98.7}})
    assert "手で書いた「98.5％」" in told(case.collect())[0]
    assert case.text("share") == "98.5％"


@pytest.mark.parametrize("title", ["実績", "コメント"])
def test_an_answer_that_is_left_empty_later_stays_and_is_told(tmp_path: Path, title: str):
    case = asked(tmp_path)
    answers = {"share": {"実績": 98.6, "コメント": "増えた。"}}
    path = case.answer(HOIKU, answers)
    case.collect()
    path.unlink()
    case.answer(HOIKU, {"share": {**answers["share"], title: None}})
    collected = case.collect()

    text, place = {"実績": ("98.6％", "D16"), "コメント": ("増えた。", "G16")}[title]
    (warning,) = collected.warnings
    assert f"前に取り込んだ「{text}」が、新しく届いたブックでは空欄です" in warning.what
    assert f"actuals.xlsx の 実績!{place} を手で空に" in warning.remedy
    assert collected.changes == ()
    fact = case.fact("share")
    assert fact is not None
    assert (case.text("share"), fact.comment) == ("98.6％", "増えた。")

    kept = case.collect(keep=["share"])
    assert (kept.warnings, len(kept.kept), len(case.collect().kept)) == ((), 1, 1)

    by_hand(case.workbook, "share", title, None)
    assert (case.collect().warnings, case.collect().changes) == ((), ())


def test_a_comment_that_is_left_empty_later_stays_and_is_told(tmp_path: Path):
    case = asked(tmp_path)
    paths = [
        case.answer(KIKAKU, {"p1": {"主な取組": "調整した。", "課題": "土地"}}),
        case.answer(HOIKU, {"p1": {"主な取組": "増設した。"}}),
    ]
    case.collect()
    before = case.comment("p1")
    for path in paths:
        path.unlink()
    case.answer(KIKAKU, {"p1": {"課題": "土地"}})
    case.answer(HOIKU, {})
    collected = case.collect()
    assert [each.what[:18] for each in collected.warnings] == [
        "前に取り込んだ「調整した。」が、新し",
        "前に取り込んだ「増設した。」が、新し",
    ]
    assert (collected.changes, case.comment("p1")) == ((), before)


def test_comments_that_people_edited_after_they_were_taken_are_no_conflict(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(KIKAKU, {"p1": {"主な取組": "調整した。"}})
    case.collect()
    by_hand(case.workbook, "p1", "主な取組", "念入りに調整した。", "計画コメント")
    collected = case.collect()
    assert (collected.is_complete, len(collected.edited)) == (True, 1)

    case.answer(HOIKU, {"p1": {"主な取組": "増設した。"}})
    (fault,) = told(case.collect())
    assert "回答は「増設した。」ですが" in fault
    assert "手で書いた「念入りに調整した。」" in fault
    assert case.comment("p1")[0] == "念入りに調整した。"


def test_the_same_value_in_another_spelling_is_no_difference(tmp_path: Path):
    case = asked(tmp_path)
    by_hand(case.workbook, "share", "実績", "９８．６ ％")
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    collected = case.collect()
    assert (collected.is_complete, collected.changes) == (True, ())


def test_a_formula_in_the_reports_workbook_is_left_alone(tmp_path: Path):
    case = asked(tmp_path)
    by_hand(case.workbook, "share", "コメント", "古い文")
    formula = b'<c r="G16" t="str"><f>A1</f><v>x</v></c>'
    case.workbook.write_bytes(
        with_part(
            case.workbook.read_bytes(),
            "xl/worksheets/sheet1.xml",
            lambda xml: re.sub(rb'<c r="G16"[^>]*>.*?</c>', formula, xml),
        )
    )
    case.answer(HOIKU, {"share": {"実績": 98.6, "コメント": "文"}})
    collected = case.collect(replace=["share"])
    assert any("は数式のセルなので" in each for each in told(collected))
    assert case.text("share") == "98.6％"


def test_ids_of_replace_and_keep_have_to_be_the_plans(tmp_path: Path):
    case = asked(tmp_path)
    with pytest.raises(InputError) as caught:
        case.collect(replace=["sharre", "two"], keep=["two"])
    assert [(each.file, each.what) for each in caught.value.problems] == [
        ("差し替えるもの", "記号が「sharre」のものは、計画にありません。"),
        ("残すもの", "「two」は、差し替えるものにもあります。"),
    ]


# --- several versions ------------------------------------------------------------


def two_versions(case: Asked) -> tuple[Path, Path]:
    one = case.answer(HOIKU, {"share": {"実績": 98.6}}, "保育課.xlsx")
    return one, case.answer(HOIKU, {"share": {"実績": 99.1}}, "保育課（修正）.xlsx")


def test_which_of_two_versions_counts_is_never_guessed(tmp_path: Path):
    case = asked(tmp_path)
    two_versions(case)
    case.answer(KYOIKU, {"tablets": {"実績": "40校", "進捗状況": "実施中"}})
    collected = case.collect()

    (choice,) = collected.choices
    assert choice.department == HOIKU
    assert [each.name for each in choice.versions] == ["保育課.xlsx", "保育課（修正）.xlsx"]
    assert [(each.what, each.said) for each in choice.differences] == [
        ("受入率", ("98.6％", "99.1％"))
    ]
    assert (collected.is_complete, case.fact("share")) == (False, None)
    assert case.text("tablets") == "40校"


def test_a_stated_choice_is_remembered(tmp_path: Path):
    case = asked(tmp_path)
    two_versions(case)
    collected = case.collect(use=["保育課（修正）.xlsx"])
    assert outcomes(collected) == {
        "保育課.xlsx": ReturnOutcome.SUPERSEDED,
        "保育課（修正）.xlsx": ReturnOutcome.TAKEN,
    }
    before = files_in(case.report)
    assert case.collect().is_complete
    assert files_in(case.report) == before
    assert case.text("share") == "99.1％"

    case.answer(HOIKU, {"share": {"実績": 99.2}}, "再修正.xlsx")
    (choice,) = case.collect().choices
    assert [(each.name, each.is_in_use) for each in choice.versions] == [
        ("保育課（修正）.xlsx", True),
        ("再修正.xlsx", False),
    ]


def test_what_says_the_same_as_a_version_shares_its_fate(tmp_path: Path):
    case = asked(tmp_path)
    first, second = two_versions(case)
    same = Path(shutil.copy(first, case.inbox / "保存し直し.xlsx"))
    edited(same, lambda book: setattr(book.properties, "title", "保存し直した"))
    (choice,) = case.collect().choices
    assert len(choice.versions) == 2
    assert set(outcomes(case.collect()).values()) == {ReturnOutcome.UNDECIDED}
    assert outcomes(case.collect(use=[second])) == {
        "保存し直し.xlsx": ReturnOutcome.SUPERSEDED,
        "保育課.xlsx": ReturnOutcome.SUPERSEDED,
        "保育課（修正）.xlsx": ReturnOutcome.TAKEN,
    }
    assert case.collect().is_complete


def test_the_version_in_use_is_known_while_nothing_is_decided(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}}, "a.xlsx")
    case.collect()
    case.answer(HOIKU, {"share": {"実績": 99.1}}, "b.xlsx")
    for _ in range(2):
        (choice,) = case.collect().choices
        assert [each.is_in_use for each in choice.versions] == [True, False]
    assert case.text("share") == "98.6％"


def test_a_choice_can_be_revoked(tmp_path: Path):
    case = asked(tmp_path)
    first, _ = two_versions(case)
    case.collect(use=["保育課（修正）.xlsx"])
    assert case.collect(use=[first]).is_complete
    assert case.text("share") == "98.6％"
    assert case.collect().written == ()


def test_the_version_that_was_put_aside_does_not_come_back_by_itself(tmp_path: Path):
    case = asked(tmp_path)
    _, second = two_versions(case)
    case.collect(use=[second])
    second.unlink()
    collected = case.collect()
    assert outcomes(collected) == {"保育課.xlsx": ReturnOutcome.SUPERSEDED}
    assert case.text("share") == "99.1％"


def test_somebody_can_be_asked(tmp_path: Path):
    case = asked(tmp_path)
    two_versions(case)
    shown: list[Choice] = []

    def choose(choice: Choice) -> Path | None:
        shown.append(choice)
        return choice.versions[1].path

    assert case.collect(choose=choose).is_complete
    assert len(shown) == 1
    assert case.text("share") == "99.1％"


def test_files_that_are_stated_together_are_joined_unless_they_contradict(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}}, "a.xlsx")
    case.answer(HOIKU, {"two": {"実績": "176所（定員15,300人）"}}, "b.xlsx")
    assert len(case.collect().choices) == 1
    assert case.collect(use=["a.xlsx", "b.xlsx"]).is_complete
    assert (case.text("share"), case.text("two")) == ("98.6％", "176所（定員15,300人）")

    case = asked(tmp_path / "contradicting")
    two_versions(case)
    collected = case.collect(use=["保育課.xlsx", "保育課（修正）.xlsx"])
    assert (
        "ここでは「99.1％」ですが、保育課.xlsx の 実績!F5 では「98.6％」です" in told(collected)[0]
    )
    assert case.fact("share") is None


def test_copies_and_versions_that_say_the_same_are_one(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, ANSWERS)
    shutil.copy(path, case.inbox / "コピー.xlsx")
    again = Path(shutil.copy(path, case.inbox / "保存し直し.xlsx"))
    edited(again, lambda book: setattr(book.properties, "title", "保存し直した"))
    collected = case.collect()
    assert collected.is_complete
    assert sorted(each.same_as for each in collected.files) == ["", "コピー.xlsx", "コピー.xlsx"]
    assert len(files_in(case.report / "received")) == 5  # two files, two registers, what was before


def test_a_file_to_use_has_to_be_in_the_inbox(tmp_path: Path):
    case = asked(tmp_path)
    two_versions(case)
    with pytest.raises(InputError, match="というブックは、受付のフォルダーにありません"):
        case.collect(use=["保育.xlsx"])


# --- comments on plans -----------------------------------------------------------


def test_one_departments_comment_is_taken_as_it_is(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, {"p1": {"主な取組": "増設した。\n定員も。", "課題": "=土地"}})
    assert case.collect().is_complete
    assert case.comment("p1") == ("増設した。\n定員も。", "=土地", "")


def test_comments_of_several_departments_are_joined_in_order(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(KIKAKU, {"p1": {"主な取組": "調整した。"}}, "1.xlsx")
    assert case.collect().is_complete
    (case.inbox / "1.xlsx").unlink()  # what came before is known from the register
    case.answer(HOIKU, {"p1": {"主な取組": "増設した。", "課題": "土地"}}, "2.xlsx")
    collected = case.collect()
    assert case.comment("p1") == ("（保育課）増設した。\n（企画課）調整した。", "土地", "")
    assert kinds(collected) == [
        (ChangeKind.ADDED, "p1", "（空）", "増設した。"),
        (ChangeKind.TAKEN, "p1", "（空）", "土地"),
    ]
    assert collected.changes[0].department == HOIKU
    assert case.collect().written == ()

    (case.inbox / "2.xlsx").unlink()
    case.answer(HOIKU, {"p1": {"主な取組": "二つ増設した。", "課題": "土地"}}, "3.xlsx")
    assert case.collect().is_complete
    assert case.comment("p1")[0] == "（保育課）二つ増設した。\n（企画課）調整した。"


def test_the_joined_comment_comes_back_with_changes_in_ones_own_part(tmp_path: Path):
    case = asked(tmp_path)
    joined = "（保育課）増設した。\n（企画課）調整した。"
    case.answer(KIKAKU, {"p1": {"主な取組": "調整した。"}}, "1.xlsx")
    case.answer(HOIKU, {"p1": {"主な取組": "増設した。"}}, "2.xlsx")
    case.collect()
    assert case.comment("p1")[0] == joined
    for path in case.inbox.iterdir():
        path.unlink()
    mine = joined.replace("調整した。", "念入りに調整した。").replace("増設した", "何もしなかった")
    case.answer(KIKAKU, {"p1": {"主な取組": mine}}, "3.xlsx")
    case.answer(HOIKU, {"p1": {"主な取組": joined}}, "4.xlsx")
    collected = case.collect()
    # whose words those are nobody can know: nothing of them is lost, and it is told
    assert case.comment("p1")[0] == f"（保育課）増設した。\n（企画課）{mine}"
    (warning,) = warned(collected)
    assert warning.startswith(
        "3.xlsx: 計画コメント!C4: 企画課の文に、（保育課）で始まる行があります。"
    )
    assert case.collect().is_complete
    assert case.comment("p1")[0] == f"（保育課）増設した。\n（企画課）{mine}"


@pytest.mark.parametrize(
    "text",
    [
        "（保育課）健診をした。\n（企画課）相談員を置いた。",
        "（企画課）と調整した。\n（保育課）と調整した。",
        "（企画課）と調整した。",
    ],
)
def test_text_that_looks_like_anothers_is_ones_own_again_and_again(tmp_path: Path, text: str):
    case = asked(tmp_path)
    case.answer(HOIKU, {"p1": {"主な取組": text}}, "1.xlsx")
    case.answer(KIKAKU, {"p1": {"課題": "土地"}}, "2.xlsx")
    case.collect()
    assert case.comment("p1")[0] == text
    state = {path: path.read_bytes() for path in case.report.rglob("*") if path.is_file()}
    case.collect()
    assert state == {path: path.read_bytes() for path in case.report.rglob("*") if path.is_file()}
    (case.inbox / "2.xlsx").unlink()
    case.answer(KIKAKU, {"p1": {"主な取組": "調整した。"}}, "3.xlsx")
    case.collect()
    for words in (*text.split("\n"), "調整した。"):
        assert words in case.comment("p1")[0]


def test_a_comment_by_hand_stays(tmp_path: Path):
    comments = [["p1", None, 2021, "企画課で書いた。", None, None]]
    case = asked(tmp_path, comments=comments)
    case.answer(HOIKU, {"p1": {"主な取組": "増設した。", "課題": "土地"}})
    collected = case.collect()
    assert len(collected.errors) == 1
    assert [each.cell for each in collected.conflicts] == ["p1:主な取組"]
    assert case.comment("p1") == ("企画課で書いた。", "土地", "")
    assert case.collect(replace=["p1"]).is_complete
    assert case.comment("p1") == ("増設した。", "土地", "")


def test_joined_comments_have_their_limit(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, {"p1": {"主な取組": "あ" * 1_500}})
    case.answer(KIKAKU, {"p1": {"主な取組": "い" * 1_500}})
    assert "つなぐと3,011字になります" in told(case.collect())[0]


def test_who_has_nothing_in_a_plan_cannot_comment_on_it(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(SODAN, {"p3": {"主な取組": "相談"}})
    book = load_workbook(path)
    book["計画コメント"]["A4"] = "p1"
    book.save(path)
    assert "相談課の指標がない計画への、コメントです" in told(case.collect())[0]


# --- the register ----------------------------------------------------------------


def test_originals_are_kept_with_their_sums_and_every_cell_with_its_origin(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, ANSWERS, "中/保育課.xlsx")
    os.utime(path, (1_652_142_600, 1_652_142_600))
    data = path.read_bytes()
    sum_ = hashlib.sha256(data).hexdigest()
    case.collect()

    assert path.read_bytes() == data
    received = case.report / "received"
    copy = received / f"{sum_[:12]}-保育課.xlsx"
    assert copy.read_bytes() == data
    register = json.loads((received / "register.json").read_text(encoding="utf-8"))
    assert register["files"] == [
        {
            "sha256": sum_,
            "size": len(data),
            "names": ["中/保育課.xlsx"],
            "modified": "2022-05-10T09:30:00+09:00",
            "department": HOIKU,
            "copy_name": copy.name,
            "outcome": "取り込み",
            "problems": [],
        }
    ]
    assert [
        (each["id"], each["title"], each["text"], each["place"]) for each in register["cells"]
    ] == [
        ("share", "実績", "98.6％", "実績!F5"),
        ("two", "コメント", "増設した。", "実績!J6"),
        ("two", "実績", "176所（定員15,300人）", "実績!F6"),
    ]
    sheet = load_workbook(received / "受付簿.xlsx")["受付簿"]
    assert [cell.value for cell in sheet[3]][:4] == [
        *(HOIKU, "中/保育課.xlsx", "2022-05-10 09:30:00", "取り込み")
    ]


def test_a_damaged_register_is_not_written_over(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, ANSWERS)
    case.collect()
    (case.report / "received" / "register.json").write_text("{", encoding="utf-8")
    before = files_in(case.report)
    with pytest.raises(InputError, match="受付簿が壊れているか"):
        case.collect()
    assert files_in(case.report) == before


def test_a_lost_copy_is_made_again(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, ANSWERS)
    case.collect()
    (copy,) = (case.report / "received").glob("*-保育課.xlsx")
    copy.write_bytes(b"")
    assert case.collect().written == (copy,)


# --- the reports own workbook ----------------------------------------------------


def test_a_workbook_that_is_not_there_is_made_and_what_was_taken_is_taken_again(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect()
    case.workbook.unlink()
    with pytest.raises(InputError, match="取り込むときに、空のものができます"):
        case.collect(dry_run=True)
    assert not case.workbook.exists()

    collected = case.collect()
    assert (collected.is_new_workbook, collected.is_complete) == (True, True)
    assert case.text("share") == "98.6％"
    assert load_workbook(case.workbook).sheetnames == ["説明", "実績", "計画コメント", "評価の修正"]
    assert not case.collect().is_new_workbook


def test_a_faulty_workbook_is_told_before_anything_is_taken(tmp_path: Path):
    case = asked(tmp_path)
    by_hand(case.workbook, "share", "実績", "９７人")
    case.answer(HOIKU, ANSWERS)
    with pytest.raises(InputError, match="単位が、計画の単位（％）と違います"):
        case.collect()


def test_a_column_that_is_needed_and_missing_is_told(tmp_path: Path):
    case = asked(tmp_path)
    book = load_workbook(case.workbook)
    book["実績"].delete_cols(7)  # コメント
    book.save(case.workbook)
    case.answer(HOIKU, ANSWERS)
    (problem,) = told(case.collect())
    assert "見出し「コメント」の列がありません" in problem
    assert case.text("two") == "176所（定員15,300人）"


def test_a_text_that_looks_like_a_formula_stays_text(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6, "コメント": '=HYPERLINK("http://x","y")'}})
    case.answer(KYOIKU, {"tablets": {"実績": "-5校", "進捗状況": "準備"}})
    assert case.collect().is_complete
    for id_, value in (("share", '=HYPERLINK("http://x","y")'), ("tablets", "-5校")):
        sheet = load_workbook(case.workbook)["実績"]
        (cell,) = [each for row in sheet for each in row if each.value == value]
        assert cell.data_type != "f", id_
        assert cell.quotePrefix
    assert read_workbook(case.workbook, ["実績"]).sheets[0].formulas == frozenset()
