"""A workbook taken for the plan's file: what it says, what is told, what goes back into it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from kpireport.plan_books.taking import empty_workbook
from tests.plan_books.books import (
    MOMENT,
    ROWS,
    TITLE_ROW,
    basics,
    places,
    put,
    shown,
    taken,
    write_plan,
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_plan(tmp_path / "計画.xlsx")


def _indicators(text: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(text)["goals"][0]["plans"][0]["indicators"]
    return found


def test_a_filled_in_workbook_says_the_plan_with_ids_and_readings(book: Path) -> None:
    plan = taken(book)
    assert plan.findings.problems == ()
    assert json.loads(plan.text)["cover"]["issuer"] == "みどり市"
    assert json.loads(plan.text)["years"] == {"baseline": 2023, "target": 2028}
    assert _indicators(plan.text) == [
        {
            "id": "p01-01",
            "name": "保育所の定員",
            "baseline": {"text": "350人", "quantities": [{"value": 350, "unit": "人"}]},
            "target": {
                "text": "420人",
                "kind": "at_least",
                "quantities": [{"value": 420, "unit": "人"}],
            },
            "departments": ["保育課"],
        },
        {
            "id": "p01-02",
            "name": "待機児童数",
            "baseline": {"text": "12人", "quantities": [{"value": 12, "unit": "人"}]},
            "target": {
                "text": "０人",
                "kind": "at_most",
                "quantities": [{"value": 0, "unit": "人"}],
            },
            "departments": ["保育課"],
        },
        {
            "id": "p01-03",
            "name": "拠点の設置",
            "baseline": {"text": "検討"},
            "target": {"text": "設置", "kind": "state"},
            "departments": ["企画課", "保育課"],
        },
    ]
    assert (plan.counts.read, plan.counts.asked, plan.counts.given) == (3, 0, 5)


def test_what_empty_cells_stand_for_goes_back_into_them(book: Path) -> None:
    plan = taken(book)
    text = plan.text
    book.write_bytes(plan.with_readings())

    assert shown(book, "指標", "記号") == ["p01-01", "p01-02", "p01-03"]
    assert shown(book, "指標", "目標の種類") == [
        "目標値以上にする",
        "目標値以下にする",
        "状態になる",
    ]
    again = taken(book)
    assert again.text == text
    assert again.counts.given == again.counts.read == 0
    assert again.with_readings() == book.read_bytes()


def test_an_empty_workbook_tells_what_is_missing_in_the_order_of_its_sheets(
    tmp_path: Path,
) -> None:
    path = tmp_path / "計画.xlsx"
    path.write_bytes(empty_workbook(MOMENT))
    problems = taken(path).findings.problems
    assert [each.what for each in problems] == [
        "「自治体名」が書いてありません。",
        "「表紙の題名」が書いてありません。",
        "「表紙の日付」が書いてありません。",
        "「現状値の年度」が書いてありません。",
        "「目標値の年度」が書いてありません。",
        "シート「基本目標」に、まだ何も書いてありません。",
        "シート「戦略計画」に、まだ何も書いてありません。",
        "シート「指標」に、まだ何も書いてありません。",
    ]
    assert places(problems)[:2] == ["基本情報!B6", "基本情報!B7"]


# --- what is told -------------------------------------------------------------------


def test_what_is_missing_is_told_at_its_own_cell_and_once(book: Path) -> None:
    put(book, "指標", 6, {"現状値": None, "目標値": None})
    put(book, "指標", 7, {"名称": None})
    problems = taken(book).findings.problems
    assert [(each.place[:3], each.what) for each in problems] == [
        ("指標!", "「現状値」が書いてありません。"),
        ("指標!", "「目標値」が書いてありません。"),
        ("指標!", "「名称」が書いてありません。"),
    ]
    assert problems[0].about == "待機児童数、記号 p01-02"
    assert all(re.fullmatch("指標![A-Z]+[67]", each.place) for each in problems)


def test_a_cell_that_cannot_be_read_is_told_once_and_kept_in_the_marked_copy(
    book: Path, tmp_path: Path
) -> None:
    put(book, "指標", 5, {"目標の種類": "目標以上", "期限": "来年", "区分": "客観"})
    plan = taken(book)
    told = [each.what for each in plan.findings.problems]
    assert told == [
        "「目標以上」は選べません。",
        "「来年」は年度として読めません。",
        "「客観」という区分がありません。",
    ]
    copy = tmp_path / "指摘.xlsx"
    copy.write_bytes(plan.marked(MOMENT))
    assert shown(copy, "指標", "目標の種類")[0] == "目標以上"
    assert [each.what for each in taken(copy).findings.problems] == told


def test_a_row_below_an_unknown_plan_is_checked_all_the_same(book: Path) -> None:
    put(book, "指標", 5, {"戦略計画": "子育", "目標値": None})
    told = [each.what for each in taken(book).findings.problems]
    assert told == ["「子育」という名前のものがありません。", "「目標値」が書いてありません。"]


def test_copied_ids_are_told_at_both_cells(book: Path) -> None:
    put(book, "指標", 5, {"記号": "x1"})
    put(book, "指標", 7, {"記号": "x1"})
    problems = taken(book).findings.problems
    assert places(problems) == ["指標!A5", "指標!A7"]
    assert [each.what for each in problems] == [
        "記号「x1」は 指標!A7 でも使われています。",
        "記号「x1」は 指標!A5 でも使われています。",
    ]
    assert [each.about for each in problems] == ["保育所の定員、記号 x1", "拠点の設置、記号 x1"]


def test_columns_and_sheets_of_ones_own_are_told_and_kept(book: Path, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    cells = workbook["指標"]
    own = cells.max_column + 1
    cells.cell(TITLE_ROW, own).value = "会議のメモ"
    cells.cell(TITLE_ROW + 1, own).value = "次回に確認"
    workbook.create_sheet("指標２")
    workbook.save(book)

    plan = taken(book)
    assert plan.findings.errors == ()
    assert [each.what for each in plan.findings.warnings] == [
        "「会議のメモ」の列は、計画のファイルに入りません。",
        "シート「指標２」は、計画のファイルに入りません。",
    ]
    assert "会議のメモ" not in plan.text
    copy = tmp_path / "写し.xlsx"
    copy.write_bytes(plan.marked(MOMENT))
    assert shown(copy, "指標", "会議のメモ") == ["次回に確認"]


def test_a_renamed_sheet_and_a_merged_cell_are_told(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook["戦略計画"].title = "施策"
    workbook["指標"].merge_cells("B5:B6")
    workbook.save(book)
    told = {each.what for each in taken(book).findings.errors}
    assert "シート「戦略計画」がありません。" in told
    assert "セルが結合されています。どの行の値か決まりません。" in told


def test_a_lacking_first_sheet_is_told_once_and_not_in_words_of_json(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook["基本情報"].title = "はじめの表"
    workbook.save(book)
    told = [each.what for each in taken(book).findings.errors]
    assert told == ["シート「基本情報」がありません。"]


def test_cells_are_read_as_they_are_seen(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    cells = workbook["指標"]
    columns = {cell.value: cell.column for cell in cells[TITLE_ROW]}
    for number, (value, code) in enumerate(
        ((350, '0"人"'), (0.125, "0.0%"), (1234, '#,##0"人"')), 5
    ):
        cell = cells.cell(number, columns["現状値"])
        cell.value, cell.number_format = value, code
    cells.cell(5, columns["期限"]).value = 2026
    workbook.save(book)
    put(book, "指標", 6, {"目標値": "20％"})
    put(book, "指標", 7, {"目標値": "2,000人", "目標の種類": "目標値以上にする"})
    plan = taken(book)
    assert plan.findings.problems == ()
    first, second, _ = _indicators(plan.text)
    assert first["baseline"] == {"text": "350人", "quantities": [{"value": 350, "unit": "人"}]}
    assert first["target"]["deadline"] == 2026  # type: ignore[index]
    assert second["baseline"]["text"] == "12.5％"  # type: ignore[index]


# --- doubts and the marked copy -------------------------------------------------------


def test_what_allows_two_readings_is_asked_and_stands_in_the_copy(
    tmp_path: Path,
) -> None:
    row = {**ROWS[0], "名称": "満足度", "現状値": "54.3％", "目標値": "50％"}
    book = write_plan(tmp_path / "計画.xlsx", [row])
    plan = taken(book)
    (problem,) = plan.findings.problems
    asked = (
        "要確認：目標値「50％」が現状値「54.3％」より小さいので、減らすのか保つのかが決まりません。"
    )
    assert problem.what == asked
    assert plan.counts.asked == 1

    copy = tmp_path / "指摘.xlsx"
    copy.write_bytes(plan.marked(MOMENT))
    workbook = openpyxl.load_workbook(copy)
    assert workbook.sheetnames[0] == "指摘"
    assert [cell.value for cell in workbook["指摘"][5]][1:4] == [
        problem.place,
        "満足度、記号 p01-01",
        asked,
    ]
    assert shown(copy, "指標", "確認") == [asked]

    put(copy, "指標", 5, {"目標の種類": "目標値以上を保つ"})
    mended = taken(copy)
    assert mended.findings.problems == ()
    assert _indicators(mended.text)[0]["target"]["kind"] == "keep_at_least"  # type: ignore[index]


def test_places_in_the_copy_are_those_of_the_copy(tmp_path: Path) -> None:
    book = write_plan(tmp_path / "計画.xlsx", [ROWS[0]])
    later = {"名称": "後の行", "現状値": "―", "所管課": "保育課"}
    put(book, "指標", 9, later)  # behind empty rows
    (problem,) = taken(book).findings.problems
    assert problem.place.endswith("9")
    copy = tmp_path / "指摘.xlsx"
    copy.write_bytes(taken(book).marked(MOMENT))
    (there,) = taken(copy).findings.problems
    assert openpyxl.load_workbook(copy)["指摘"]["B5"].value == there.place
    assert there.place.endswith("6")


def test_basics_in_the_copy_are_marked_where_they_stand(tmp_path: Path) -> None:
    book = write_plan(tmp_path / "計画.xlsx")
    basics(book, {"目標値の年度": "いつか"})
    copy = tmp_path / "指摘.xlsx"
    copy.write_bytes(taken(book).marked(MOMENT))
    (there,) = taken(copy).findings.problems
    workbook = openpyxl.load_workbook(copy)
    assert workbook["指摘"]["B5"].value == there.place == "基本情報!B11"
    assert workbook["基本情報"]["B11"].value == "いつか"


def test_sheets_that_somebody_added_stand_in_the_copy_with_their_texts(tmp_path: Path) -> None:
    book = write_plan(tmp_path / "計画.xlsx", [{**ROWS[0], "目標値": "300人"}])
    workbook = openpyxl.load_workbook(book)
    memo = workbook.create_sheet("会議メモ")
    memo["B2"], memo["C4"] = "次の会議で決める", 1200
    workbook.save(book)
    plan = taken(book)
    copy = tmp_path / "指摘.xlsx"
    copy.write_bytes(plan.marked(MOMENT))
    carried = openpyxl.load_workbook(copy)
    assert carried["会議メモ"]["B2"].value == "次の会議で決める"
    assert carried["会議メモ"]["C4"].value == "1,200"
    assert {str(each) for each in carried["指摘"].merged_cells.ranges} == {"A2:E2", "A3:E3"}
    assert "コメント、図、書式" in carried["指摘"]["A3"].value
    assert taken(copy).counts == plan.counts


def test_rows_with_nothing_but_notes_stand_where_they_stood_in_the_copy(tmp_path: Path) -> None:
    book = write_plan(tmp_path / "計画.xlsx", [{**ROWS[0], "目標値": "300人"}])
    workbook = openpyxl.load_workbook(book)
    cells = workbook["指標"]
    own = cells.max_column + 1
    cells.cell(TITLE_ROW, own).value = "会議のメモ"
    cells.cell(6, own).value = "次に確かめる"
    workbook.save(book)
    copy = tmp_path / "指摘.xlsx"
    copy.write_bytes(taken(book).marked(MOMENT))
    assert shown(copy, "指標", "会議のメモ") == [None, "次に確かめる"]


def test_what_is_told_of_a_measure_names_the_titles_that_its_sheet_has(tmp_path: Path) -> None:
    row = {**ROWS[0], "目標値": "420人", "目標の種類": "状態になる"}
    (problem,) = taken(write_plan(tmp_path / "計画.xlsx", [row])).findings.errors
    assert "「目標の種類」を「目標値以上にする」" in problem.remedy
    assert "「種類」" not in problem.remedy
