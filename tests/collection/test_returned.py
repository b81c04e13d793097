"""Sheets that come back in every state: what is good is taken, the rest told by its cell."""

from __future__ import annotations

import json
import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpireport.collection import ReturnOutcome, hand_out
from kpireport.errors import InputError
from kpireport.status import board
from kpireport.status.accepting import accept
from tests.collection.answering import (
    HOIKU,
    KIKAKU,
    KYOIKU,
    Asked,
    asked,
    edited,
    put,
    row_of,
    told,
    warned,
    with_part,
)
from tests.collection.handing_out import titles_of
from tests.review_reports import write_review

SHARE: dict[str, dict[str, Any]] = {"share": {"実績": 98.6}}
BOTH: dict[str, dict[str, Any]] = {
    "share": {"実績": 98.6},
    "two": {"実績": "176所（定員15,300人）"},
}


def damaged(folder: Path, edit: Callable[[Workbook], None], answers: Any = None) -> Asked:
    """A case whose only answer was damaged after it was filled in."""
    case = asked(folder)
    edited(case.answer(HOIKU, answers or BOTH), edit)
    return case


def drop_properties(book: Workbook) -> None:
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]


def set_property(book: Workbook, name: str, value: str) -> None:
    book.custom_doc_props[name].value = value


# --- whose form it is ------------------------------------------------------------


def test_an_old_years_form_is_refused_as_such(tmp_path: Path):
    case = damaged(tmp_path, lambda book: set_property(book, "kpireport-fiscal-year", "2020"))
    collected = case.collect()
    assert told(collected) == [
        "保育課.xlsx: : 令和２年度の記入用のブックです。この報告書は令和３年度のものです。"
    ]
    assert (case.fact("share"), collected.files[0].outcome) == (None, ReturnOutcome.REFUSED)


def test_an_old_years_form_is_known_by_its_rows_too(tmp_path: Path):
    def edit(book: Workbook) -> None:
        drop_properties(book)
        sheet = book["実績"]
        for row in range(4, sheet.max_row + 1):
            if sheet.cell(row, 1).value:
                sheet.cell(row, titles_of(sheet)["年度"]).value = "令和２年度"

    (fault,) = told(damaged(tmp_path, edit).collect())
    assert "令和２年度の記入用のブックです" in fault


def test_a_form_of_a_later_version_is_refused(tmp_path: Path):
    case = damaged(tmp_path, lambda book: set_property(book, "kpireport-form", "2"))
    assert "この版の kpireport では読めないブック（2）です" in told(case.collect())[0]


def test_another_plans_form_is_refused(tmp_path: Path):
    def edit(book: Workbook) -> None:
        sheet = book["実績"]
        for row in range(4, sheet.max_row + 1):
            if sheet.cell(row, 1).value:
                sheet.cell(row, 2).value = f"ほかの市の指標{row}"

    (fault,) = told(damaged(tmp_path, edit).collect())
    assert "この計画の記入用のブックではありません" in fault


def test_some_other_workbook_is_refused(tmp_path: Path):
    case = asked(tmp_path)
    Workbook().save(case.inbox / "家計簿.xlsx")
    assert told(case.collect()) == [
        "家計簿.xlsx: : 配ったブックではありません（シート「実績」がありません）。"
    ]


def test_rows_copied_into_a_new_workbook_are_read_by_their_department(tmp_path: Path):
    case = damaged(tmp_path, drop_properties)
    assert case.collect().is_complete
    assert case.text("share") == "98.6％"


def test_a_workbook_that_does_not_say_whose_it_is_is_refused(tmp_path: Path):
    def edit(book: Workbook) -> None:
        drop_properties(book)
        sheet = book["実績"]
        sheet.delete_cols(titles_of(sheet)["所管課"])

    assert "どの課の回答か、わかりません" in told(damaged(tmp_path, edit).collect())[0]


def test_a_department_that_the_plan_has_not_is_refused(tmp_path: Path):
    def edit(book: Workbook) -> None:
        drop_properties(book)
        sheet = book["実績"]
        for row in range(4, sheet.max_row + 1):
            sheet.cell(row, titles_of(sheet)["所管課"]).value = "保育"

    collected = damaged(tmp_path, edit).collect()
    assert "所管課「保育」は、計画にありません" in told(collected)[0]
    assert "もしかして 「保育課」 ですか" in collected.errors[0].remedy


def renamed(case: Asked, names: dict[str, str]) -> None:
    """Rename the departments of indicators in the plan, after the sheets were handed out."""
    path = next(case.report.parent.glob("*.json"))
    plan = json.loads(path.read_text("utf-8"))

    def rename(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            if row["id"] in names:
                row["departments"] = [names[row["id"]]]
            rename(row.get("indicators", []))

    for goal in plan["goals"]:
        for each in goal["plans"]:
            rename(each["indicators"])
    path.write_text(json.dumps(plan), "utf-8")


def test_the_book_of_a_department_that_was_renamed_is_its_successors(tmp_path: Path):
    case = asked(tmp_path)
    renamed(case, {"share": "こども課", "two": "こども課"})
    case.answer(HOIKU, BOTH)
    collected = case.collect()
    assert collected.is_complete
    (notice,) = collected.warnings
    assert "「保育課」に配ったブックですが" in notice.what
    assert "こども課の回答とします" in notice.what
    fact = case.fact("share")
    assert fact is not None
    assert (case.text("share"), fact.department) == ("98.6％", "こども課")


def test_a_department_that_was_split_is_handed_out_to_anew(tmp_path: Path):
    case = asked(tmp_path)
    renamed(case, {"share": "こども課", "two": "施設課"})
    case.answer(HOIKU, BOTH)
    (fault,) = case.collect().errors
    assert "主管課は、計画では「こども課」、「施設課」です" in fault.what
    assert "いまの課に配り" in fault.remedy
    assert case.fact("share") is None


def test_a_sheet_with_another_name_is_told(tmp_path: Path):
    def edit(book: Workbook) -> None:
        book["実績"].title = "実績 (2)"

    assert (
        "シート「実績」がありません（あるのは「はじめにお読みください」、「実績 (2)」"
        in (told(damaged(tmp_path, edit).collect())[0])
    )


def test_a_lost_sheet_of_comments_is_told_and_the_rest_taken(tmp_path: Path):
    case = damaged(tmp_path, lambda book: book.remove(book["計画コメント"]))
    collected = case.collect()
    assert (collected.is_complete, case.text("share")) == (True, "98.6％")
    assert "シート「計画コメント」がありません" in warned(collected)[0]


# --- rows ------------------------------------------------------------------------


def test_a_deleted_row_is_told(tmp_path: Path):
    def edit(book: Workbook) -> None:
        sheet = book["実績"]
        sheet.delete_rows(row_of(sheet, "two"))

    collected = damaged(tmp_path, edit).collect()
    assert warned(collected) == ["保育課.xlsx: 実績: 保育課の指標の行がありません（two 保育所）。"]


def copied(book: Workbook, value: Any = None) -> None:
    sheet = book["実績"]
    row, end = row_of(sheet, "two"), sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(end, column).value = sheet.cell(row, column).value
    if value:
        sheet.cell(end, titles_of(sheet)["実績"]).value = value


def test_a_copied_row_is_one(tmp_path: Path):
    case = damaged(tmp_path, copied)
    collected = case.collect()
    assert (collected.is_complete, case.text("two")) == (True, "176所（定員15,300人）")
    assert "同じ行が2つ以上あります（実績!F6と実績!F7）" in warned(collected)[0]


def test_of_two_rows_that_differ_none_is_taken(tmp_path: Path):
    case = damaged(tmp_path, lambda book: copied(book, "177所（定員15,300人）"))
    assert "どれも使いません" in told(case.collect())[0]
    assert (case.fact("two"), case.text("share")) == (None, "98.6％")


def test_a_row_of_another_year_is_told(tmp_path: Path):
    case = asked(tmp_path)
    put(case.answer(HOIKU, BOTH), "share", "年度", 2020)
    (fault,) = told(case.collect())
    assert fault == (
        "保育課.xlsx: 実績!K5: 令和２年度の行です。"
        "このファイルの令和２年度の行は、どれも使いません。"
    )
    assert case.text("two") == "176所（定員15,300人）"


def test_another_year_in_every_row_is_told_once(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, BOTH)
    for id_ in BOTH:
        put(path, id_, "年度", 2020)
    (problem,) = case.collect().errors
    assert "今年度に配ったブックに記入して" in problem.remedy


def test_a_fault_in_one_row_hides_no_other(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": "98.6人"}, "two": {"実績": "176所（定員15,300人）"}})
    collected = case.collect()
    assert told(collected) == [
        "保育課.xlsx: 実績!F5: 「98.6人」の単位が、計画の単位（％）と違います。"
    ]
    assert collected.files[0].outcome is ReturnOutcome.PARTLY
    assert case.text("two") == "176所（定員15,300人）"


@pytest.mark.parametrize(
    ("bad", "name"),
    [("😊", "「😊」（U+1F60A）"), ("𠮷", "「𠮷」（U+20BB7）"), ("\u200b", "（U+200B）")],
)
def test_a_character_that_no_font_draws_is_told_at_once(tmp_path: Path, bad: str, name: str):
    case = asked(tmp_path)
    case.answer(HOIKU, {**BOTH, "p1": {"主な取組": f"増設した{bad}。"}})
    (fault,) = case.collect().errors
    assert fault.place.startswith("計画コメント!")
    assert f"書体にない文字があります: {name}" in fault.what
    assert (case.text("share"), case.comment("p1")) == ("98.6％", ("", "", ""))


def test_merged_cells_are_told_and_their_rows_left_out(tmp_path: Path):
    def edit(book: Workbook) -> None:
        sheet = book["実績"]
        column = titles_of(sheet)["実績"]
        sheet.merge_cells(start_row=6, end_row=7, start_column=column, end_column=column)

    case = damaged(tmp_path, edit)
    assert "セルが結合されています" in told(case.collect())[0]
    assert (case.text("share"), case.fact("two")) == ("98.6％", None)


def shown_as(folder: Path, value: Any, number_format: str, id_: str = "share") -> Asked:
    """A case whose answer stands in a cell with a number format."""

    def edit(book: Workbook) -> None:
        sheet = book["実績"]
        sheet.cell(row_of(sheet, id_), titles_of(sheet)["実績"]).number_format = number_format

    case = asked(folder)
    edited(case.answer(HOIKU, {id_: {"実績": value}}), edit)
    return case


@pytest.mark.parametrize(
    ("value", "number_format", "seen", "held"),
    [
        (0.618, "0%", "62％", "61.8％"),
        (0.9853, "0.0%", "98.5％", "98.53％"),
        (98.47, "0.0", "98.5", "98.47％"),
        (98.47, '0"%"', "98%", "98.47%"),
    ],
)
def test_a_cell_that_shows_fewer_digits_is_taken_as_it_holds_them(
    tmp_path: Path, value: float, number_format: str, seen: str, held: str
):
    case = shown_as(tmp_path, value, number_format)
    collected = case.collect()
    assert not collected.errors
    (notice,) = collected.warnings
    assert notice.place.startswith("実績!F")
    assert f"セルに見えるのは「{seen}」ですが" in notice.what
    assert notice.what.endswith(f"実績は「{held}」とします。")
    fact = case.fact("share")
    assert fact is not None
    assert fact.value is not None
    assert fact.value.text == held
    assert f"{fact.value.quantities[0].value}" == held.rstrip("％%")
    assert not case.collect().changes


def test_digits_that_only_a_calculation_leaves_are_asked_for(tmp_path: Path):
    case = shown_as(tmp_path, 8 / 13, "0.0%")
    (fault,) = case.collect().errors
    assert "見えるのは「61.5％」ですが、入っている数は「61.5384615384615％」です" in fault.what
    assert "「61.5％」" in fault.remedy
    assert (fault.measure_id, case.fact("share")) == ("share", None)


def test_a_formula_counts_by_its_saved_result_and_is_told(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, {"share": {"実績": 98}})
    path.write_bytes(
        with_part(
            path.read_bytes(),
            "xl/worksheets/sheet2.xml",
            lambda xml: xml.replace(b"<v>98</v>", b"<f>[1]Sheet1!A1*2</f><v>98</v>"),
        )
    )
    collected = case.collect()
    assert (collected.is_complete, case.text("share")) == (True, "98％")
    assert warned(collected) == [
        "保育課.xlsx: 実績!F5: 数式のセルです。保存されている結果「98」を使います。"
    ]


# --- locked cells ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "value", "what"),
    [
        ("目標値", "50％", "「目標値」が、「50％」になっています。計画や記録の「100％」を使います"),
        ("現状値", None, "「現状値」が、空になっています。計画や記録の「97.2％」を使います"),
        ("令和２年度の実績", "10％", "「令和２年度の実績」が、「10％」になっています。"),
        ("単位", "人", "「単位」が、「人」になっています。計画や記録の「％」を使います"),
        (
            "所管課",
            "総務課",
            "「所管課」が、「総務課」になっています。計画や記録の「保育課」を使います",
        ),
        ("指標", "受入の割合", "指標の名前が、計画の「受入率」と違います。"),
    ],
)
def test_a_locked_cell_that_was_changed_is_told_and_not_used(
    tmp_path: Path, title: str, value: Any, what: str
):
    case = asked(tmp_path)
    put(case.answer(HOIKU, BOTH), "share", title, value)
    collected = case.collect()
    (warning,) = warned(collected)
    assert what in warning
    assert collected.is_complete
    assert case.text("share") == "98.6％"


def test_an_id_that_was_changed_is_told_with_the_right_one(tmp_path: Path):
    case = asked(tmp_path)
    put(case.answer(HOIKU, BOTH), "share", "記号", "shear")
    collected = case.collect()
    assert "記号が「shear」の指標は、計画にありません" in told(collected)[0]
    assert collected.errors[0].remedy == "この指標の記号は「share」です。"


def test_rows_that_are_as_handed_out_are_not_told(tmp_path: Path):
    case = asked(tmp_path)
    for department in case.handed:
        case.answer(department, {})
    assert warned(case.collect()) == []


# --- other departments -----------------------------------------------------------


def test_what_another_department_types_into_its_row_is_told(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, SHARE)

    def edit(book: Workbook) -> None:
        sheet = book["実績"]
        assert sheet["B5"].value == "受入率"
        sheet.cell(5, titles_of(sheet)["実績"]).value = 97.0

    edited(case.answer(KIKAKU, {"most": {"実績": 20.9}}), edit)
    collected = case.collect()
    assert told(collected) == [
        "企画課.xlsx: 実績!F5: 保育課が記入する欄に、「97」とあります。使いません。"
    ]
    assert (case.text("share"), case.text("most")) == ("98.6％", "20.9％")


@pytest.mark.parametrize(
    ("value", "is_error", "what"),
    [(97.0, True, "「97％」は使わず、「98.6％」とします。"), (98.6, False, "保育課の回答と同じ")],
)
def test_the_lead_and_another_both_answer(
    tmp_path: Path, value: float, *, is_error: bool, what: str
):
    case = asked(tmp_path)
    case.answer(HOIKU, SHARE)

    def edit(book: Workbook) -> None:
        sheet = book["実績"]
        sheet["A5"].value = "share"
        sheet.cell(5, titles_of(sheet)["実績"]).value = value

    edited(case.answer(KIKAKU, {}), edit)
    collected = case.collect()
    assert any(what in each for each in (told if is_error else warned)(collected))
    assert collected.is_complete is not is_error
    assert case.text("share") == "98.6％"


def test_anybody_answers_where_nobody_is_named(tmp_path: Path):
    report = write_review(tmp_path, 2021, rows=[["share", None, 2021, None]])
    handed = asked(tmp_path / "other").handed[HOIKU]
    (report / "inbox").mkdir()
    path = report / "inbox" / "保育課.xlsx"
    shutil.copy(handed, path)
    put(path, "share", "実績", 98.6)
    case = Asked(report, {})
    assert case.collect().is_complete
    assert case.text("share") == "98.6％"


# --- files that are none ---------------------------------------------------------

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
OTHERS = {
    "古い.xls": "古い形式（.xls）のブックです。",
    "表.csv": "CSVのファイルです。配ったブックと照らし合わせられないので、読みません。",
    "紙.pdf": "紙の形のファイルです。",
    "文.docx": "文書のファイルです。",
    "束.zip": "まとめたファイルです。",
    "RE 回答.msg": "メールのファイルです。添付は読みません。",
    "RE 回答.eml": "メールのファイルです。添付は読みません。",
    "回答.xlsx.lnk": "ほかの場所を指すリンクです。",
    "回答.xlsx.exe": "プログラムのファイルです。開きません。",
}
IGNORED = (".DS_Store", "._保育課.xlsx", "Thumbs.db", "desktop.ini", "~$保育課.xlsx", "メモ.txt")


def test_other_files_are_told_with_how_to_mend_them_or_passed_over(tmp_path: Path):
    case = asked(tmp_path)
    for name in (*OTHERS, *IGNORED):
        (case.inbox / name).write_bytes(b"x")
    (case.inbox / "__MACOSX").mkdir()
    (case.inbox / "__MACOSX" / "a.xlsx").write_bytes(b"x")
    collected = case.collect()
    assert {Path(each.file).name: each.what for each in collected.errors} == OTHERS
    assert {each.name for each in collected.ignored} == {*IGNORED, "__MACOSX"}


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "ファイルが空です。"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "パスワードで保護されています。"),
        (OLE, "古い形式（.xls）のブックです。拡張子を変えても読めません。"),
        (b"PK\x03\x04" + b"x" * 99, "ファイルが壊れています。"),
        (b"<html>", "Excelのブック（.xlsx）ではありません。"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_the_others_taken(
    tmp_path: Path, data: bytes, what: str
):
    case = asked(tmp_path)
    case.answer(HOIKU, BOTH)
    (case.inbox / "教育課.xlsx").write_bytes(data)
    assert told(case.collect()) == [f"教育課.xlsx: : {what}"]
    assert case.text("share") == "98.6％"


def test_half_a_file_is_damaged(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(KYOIKU, {})
    path.write_bytes(path.read_bytes()[:-3000])
    assert told(case.collect()) == ["教育課.xlsx: : ファイルが壊れています。"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_the_longest_names_that_a_file_can_have_are_taken(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, SHARE, f"{'あ' * 83}.xlsx")
    case.answer(KIKAKU, {"most": {"実績": 21.0}}, f"{'x' * 250}.xlsx")
    assert case.collect().is_complete
    assert (case.text("share"), case.text("most")) == ("98.6％", "21％")
    names = sorted(path.name for path in (case.report / "received").glob("*.xlsx"))
    assert all(len(name.encode()) < 255 for name in names)
    assert sum("-ああ" in name or "-xx" in name for name in names) == 2
    assert case.collect().written == ()


def test_links_and_pipes_are_not_followed(tmp_path: Path):
    case = asked(tmp_path)
    elsewhere = case.answer(HOIKU, BOTH).rename(tmp_path / "ほか.xlsx")
    (case.inbox / "リンク.xlsx").symlink_to(elsewhere)
    (case.inbox / "輪").symlink_to(case.inbox)
    os.mkfifo(case.inbox / "管.xlsx")
    assert told(case.collect()) == [
        "リンク.xlsx: : ほかの場所を指すリンクです。たどりません。",
        "管.xlsx: : ふつうのファイルではありません。",
        "輪: : ほかの場所を指すリンクです。たどりません。",
    ]


def test_the_reports_own_files_are_no_answers(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, BOTH)
    case.collect()
    collected = case.collect(inbox=case.report)
    assert [each.name for each in collected.files] == ["inbox/保育課.xlsx"]
    assert collected.is_complete


@pytest.mark.parametrize(
    "lines", ['received = "inbox"', 'received = "./inbox/done"', 'inbox = "received/new"']
)
def test_copies_do_not_go_where_things_come_back(tmp_path: Path, lines: str):
    case = asked(tmp_path)
    with (case.report / "report.toml").open("a", encoding="utf-8") as stream:
        stream.write(f"{lines}\n")
    case.answer(HOIKU, BOTH)
    before = case.workbook.read_bytes()
    with pytest.raises(InputError, match="2つを別々のフォルダーに"):
        case.collect()
    assert case.workbook.read_bytes() == before


def test_the_copies_of_what_was_taken_are_no_inbox(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, BOTH)
    case.collect()
    (case.report / "received" / "more").mkdir()
    for name in ("received", "received/more"):
        with pytest.raises(InputError, match="控えを置くフォルダー"):
            case.collect(inbox=case.report / name)


def test_the_folder_of_handed_out_sheets_can_be_the_inbox(tmp_path: Path):
    case = asked(tmp_path)
    shared = tmp_path / "handed"
    put(case.handed[HOIKU], "share", "実績", 98.6)
    collected = case.collect(inbox=shared)
    assert collected.is_complete
    assert len(collected.files) == len(case.handed)
    assert case.text("share") == "98.6％"


def test_sheets_handed_out_again_carry_what_was_taken(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, BOTH)
    case.answer(KYOIKU, {"tablets": {"実績": "40校", "進捗状況": "実施中"}})
    case.collect()
    for path in case.inbox.iterdir():
        path.unlink()
    for each in hand_out(case.report, output=tmp_path / "again"):
        shutil.copy(each.path, case.inbox)
    before = case.workbook.read_bytes()
    collected = case.collect()
    assert (collected.is_complete, collected.changes) == (True, ())
    assert case.workbook.read_bytes() == before


def test_an_inbox_that_is_not_there_is_told(tmp_path: Path):
    case = asked(tmp_path)
    case.inbox.rmdir()
    with pytest.raises(InputError, match="受付のフォルダーがありません"):
        case.collect()
    case.inbox.write_bytes(b"")
    with pytest.raises(InputError, match="フォルダーではありません"):
        case.collect()


def test_copying_a_report_keeps_the_register_in_its_year(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, BOTH)
    case.collect()
    settings = case.report / "report.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("fiscal_year = 2021", "fiscal_year = 2022"), encoding="utf-8")
    with pytest.raises(InputError, match="2021年度の受付簿です"):
        case.collect()


ANSWERS: dict[str, dict[str, Any]] = {
    "i1": {"実績": 9, "コメント": "増設した。"},
    "share": {"実績": 98.6},
}


# --- what stands beside the cells -------------------------------------------------


def test_notes_pictures_and_lines_below_the_table_are_told(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, ANSWERS)

    def add(book: Workbook) -> None:
        sheet = book["実績"]
        sheet["H5"].comment = Comment("速報値です。", "担当")
        sheet.cell(sheet.max_row + 2, 4, "※ i1は集計中です。")

    edited(path, add)
    told = [each.what for each in case.collect().problems]
    assert "セルのメモ「速報値です。」は、読みません。" in told
    assert "表の下の「※ i1は集計中です。」は、読みません。" in told


@pytest.mark.parametrize("name", ["保育課", "保育課.xlsx.download", "保育課.html"])
def test_a_workbook_under_another_name_is_told(tmp_path: Path, name: str):
    case = asked(tmp_path)
    case.answer(HOIKU, ANSWERS).rename(case.inbox / name)
    collected = case.collect()
    assert not collected.is_complete
    assert [each.what for each in collected.problems] == [
        "Excelのブックのようですが、名前の終わりが .xlsx ではありません。"
    ]


def test_a_file_to_use_is_found_however_its_letters_are_composed(tmp_path: Path):
    case = asked(tmp_path)
    path = case.answer(HOIKU, ANSWERS)
    path.rename(case.inbox / unicodedata.normalize("NFD", "ほいくか（ガイド）.xlsx"))
    case.answer(HOIKU, {"i1": {"実績": 9}}, "別.xlsx")
    assert case.collect(use=["ほいくか（ガイド）.xlsx"]).is_complete


def test_what_a_department_struck_out_is_told_of_its_indicator(tmp_path: Path):
    def strike(book: Workbook) -> None:
        sheet = book["実績"]
        for id_ in ("share", "two"):
            cell = sheet.cell(row_of(sheet, id_), titles_of(sheet)["実績"])
            cell.font = Font(strike=True)

    case = damaged(tmp_path, strike)
    problems = [each for each in case.collect().warnings if "取り消し線" in each.what]
    assert [(each.measure_id, each.department) for each in problems] == [
        ("share", "保育課"),
        ("two", "保育課"),
    ]
    assert "「176所（定員15,300人）」は、使いません。取り下げとみて" in problems[1].what
    assert case.fact("two") is None

    def asked_about() -> list[str]:
        warnings = board(case.report).warnings
        return [each.settled_by for each in warnings if "取り消し線" in each.what]

    assert asked_about() == ["share", "two"]
    accept(case.report, ["two"])
    assert asked_about() == ["share"]
    accept(case.report, ["share"])
    assert not any("取り消し線" in each for each in warned(case.collect()))
    assert asked_about() == []


@pytest.mark.parametrize("written", ["こども部保育課", "保 育課", "保・育課"])
def test_a_department_in_another_spelling_is_asked_about(tmp_path: Path, written: str):
    case = damaged(tmp_path, lambda book: set_property(book, "kpireport-department", written))
    collected = case.collect()
    assert collected.files[0].department == "保育課"
    (asked_about,) = (each for each in warned(collected) if "同じ部署ですか" in each)
    assert f"「{written}」と「保育課」は、同じ部署ですか。保育課の回答とします。" in asked_about
    assert case.text("share") == "98.6％"


@pytest.mark.parametrize("year", ["令和２年度", "令和４年度", 2031])
def test_a_form_of_another_year_is_one_fault_whatever_else_is_wrong_with_it(
    tmp_path: Path, year: object
):
    def edit(book: Workbook) -> None:
        drop_properties(book)
        for name in ("実績", "計画コメント"):
            sheet = book[name]
            for row in range(4, sheet.max_row + 1):
                sheet.cell(row, titles_of(sheet)["年度"]).value = year
        put_into(book["実績"], "two", "実績", "多数")

    (fault,) = told(damaged(tmp_path, edit).collect())
    assert "年度の記入用のブックです。この報告書は令和３年度のものです。" in fault


def put_into(sheet: Worksheet, id_: str, title: str, value: object) -> None:
    sheet.cell(row_of(sheet, id_), titles_of(sheet)[title]).value = value


def test_rows_of_another_year_are_one_fault_whatever_they_say(tmp_path: Path):
    def edit(book: Workbook) -> None:
        for id_, value in (("share", 98.6), ("two", "多数")):
            put_into(book["実績"], id_, "年度", 2022)
            put_into(book["実績"], id_, "実績", value)

    (fault,) = told(damaged(tmp_path, edit).collect())
    assert "令和４年度の行です。このファイルの令和４年度の行は、どれも使いません。" in fault


def set_inbox(case: Asked, inbox: str) -> None:
    with (case.report / "report.toml").open("a", encoding="utf-8") as stream:
        stream.write(f'inbox = "{inbox}"\n')


@pytest.mark.parametrize("inbox", ["..", ".", "inbox/..", "../.."])
def test_an_inbox_has_no_report_in_it(tmp_path: Path, inbox: str):
    case = asked(tmp_path / "報告")
    case.answer(HOIKU, BOTH)
    set_inbox(case, inbox)
    with pytest.raises(InputError, match="報告書のフォルダーか、その上のフォルダーです"):
        case.collect()
    assert not (case.report / "received").exists()


def test_no_folder_above_a_report_or_with_another_one_in_it_is_an_inbox(tmp_path: Path):
    case = asked(tmp_path / "報告")
    case.answer(HOIKU, BOTH)
    with pytest.raises(InputError, match="報告書のフォルダーの上にあるフォルダーです"):
        case.collect(inbox=tmp_path)
    other = asked(tmp_path / "ほか")
    other.answer(HOIKU, BOTH)
    with pytest.raises(InputError, match="中に、報告書のフォルダー"):
        case.collect(inbox=tmp_path / "ほか")
    assert case.fact("share") is None


def test_an_inbox_elsewhere_is_asked_about_once(tmp_path: Path):
    case = asked(tmp_path / "報告")
    shared = tmp_path / "共有"
    case.answer(HOIKU, BOTH)
    shutil.move(case.inbox, shared)
    set_inbox(case, "../../共有")
    with pytest.raises(InputError, match="報告書のフォルダーの外にあります"):
        case.collect()
    assert case.collect(inbox=shared).is_complete
    assert case.text("share") == "98.6％"
    assert case.collect().written == ()
