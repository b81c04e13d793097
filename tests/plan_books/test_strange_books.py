"""Workbooks as people leave them: titles, sheets and cells that nobody asked for."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.plan_books.books import (
    MOMENT,
    ROWS,
    TITLE_ROW,
    Rows,
    places,
    put,
    shown,
    taken,
    write_plan,
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_plan(tmp_path / "計画.xlsx")


def _add_columns(path: Path, sheet: str, *titles: str) -> None:
    """Columns behind the last, each with a text in the first row."""
    workbook = openpyxl.load_workbook(path)
    cells = workbook[sheet]
    for title in titles:
        column = cells.max_column + 1
        cells.cell(TITLE_ROW, column).value = title
        cells.cell(TITLE_ROW + 1, column).value = "380人"
    workbook.save(path)


# --- titles -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["最終年度の目標値", "３年の目標値", "0年度の目標値", "99999年度の目標値"]
)
def test_a_title_that_names_no_year_is_a_note_and_told(book: Path, title: str) -> None:
    text = taken(book).text
    _add_columns(book, "指標", title)
    plan = taken(book)
    (warning,) = plan.findings.problems
    assert warning.what == f"「{title}」の列は、計画のファイルに入りません。"
    assert "「令和７年度の目標値」のように" in warning.remedy
    assert plan.text == text


def test_a_field_without_a_name_is_a_note(book: Path) -> None:
    _add_columns(book, "指標", "欄：")
    (warning,) = taken(book).findings.problems
    assert warning.what == "「欄：」の列は、計画のファイルに入りません。"


@pytest.mark.parametrize(
    "titles",
    [
        ("令和７年度の目標値", "2025年度の目標値"),
        ("令和７年度の目標値", "令和７年度の目標値"),
        ("欄：定義", "欄：定義"),
    ],
)
def test_two_columns_of_the_same_are_told_once(book: Path, titles: tuple[str, str]) -> None:
    _add_columns(book, "指標", *titles)
    (problem,) = taken(book).findings.problems
    assert problem.what.startswith(f"見出し「{titles[0]}」の列が2つ以上あります")


def test_a_year_may_have_a_remark_beside_it(book: Path) -> None:
    _add_columns(book, "指標", "令和７年度の目標値（中間）")
    (first, *_) = json.loads(taken(book).text)["goals"][0]["plans"][0]["indicators"]
    assert first["yearly_targets"] == [{"fiscal_year": 2025, "text": "380人"}]


def test_only_the_row_of_titles_names_columns(tmp_path: Path) -> None:
    row = {**ROWS[0], "名称": "欄：指標の名前"}
    book = write_plan(tmp_path / "計画.xlsx", [row])
    copy = tmp_path / "写し.xlsx"
    copy.write_bytes(taken(book).marked(MOMENT))
    titles = [cell.value for cell in openpyxl.load_workbook(copy)["指標"][TITLE_ROW]]
    assert "欄：指標の名前" not in titles


# --- sheets -----------------------------------------------------------------------


def test_a_sheet_whose_titles_are_lost_is_not_empty_and_stays_in_the_copy(
    book: Path, tmp_path: Path
) -> None:
    _add_columns(book, "指標", "名称")
    plan = taken(book)
    (problem,) = plan.findings.problems
    assert problem.what.startswith("見出し「名称」の列が2つ以上あります")
    copy = tmp_path / "写し.xlsx"
    copy.write_bytes(plan.marked(MOMENT))
    before, after = (openpyxl.load_workbook(each)["指標"] for each in (book, copy))
    assert [cell.value for cell in after[TITLE_ROW + 1]] == [
        cell.value for cell in before[TITLE_ROW + 1]
    ]
    assert places(taken(copy).findings.problems) == places(plan.findings.problems)


def test_a_missing_sheet_is_told_and_not_once_more_for_each_row_that_names_it(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    del workbook["基本目標"]
    workbook.save(book)
    told = [each.what for each in taken(book).findings.problems]
    assert told == ["シート「基本目標」がありません。"]


def test_rows_below_an_empty_sheet_are_not_lost(book: Path) -> None:
    put(book, "基本目標", 5, {"番号": None, "名称": None})
    told = [each.what for each in taken(book).findings.errors]
    assert told == ["「子どもが育つまち」という名前のものがありません。"]


@pytest.mark.parametrize(
    "levels",
    [
        [{"上の階層": "甲", "番号": "一", "名称": "甲"}],
        [
            {"上の階層": "乙", "番号": "一", "名称": "甲"},
            {"上の階層": "甲", "番号": "二", "名称": "乙"},
        ],
    ],
)
def test_levels_that_stand_in_themselves_are_told(tmp_path: Path, levels: Rows) -> None:
    plans: Rows = [{"上の階層": "甲", "番号": "施策１", "名称": "子育ての支え"}]
    book = write_plan(tmp_path / "計画.xlsx", 中間の階層=levels, 戦略計画=plans)
    told = {each.place: each.what for each in taken(book).findings.errors}
    what = f"「{levels[-1]['名称']}」が、自分の下に置かれています。"
    assert told[f"中間の階層!B{TITLE_ROW + len(levels)}"] == what


# --- cells ------------------------------------------------------------------------


def test_a_reading_whose_column_is_gone_stands_in_no_other(book: Path, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    cells = workbook["指標"]
    gone = ("目標の種類", "目標値の数量", "期限", "定義")
    for column in sorted((c.column for c in cells[TITLE_ROW] if c.value in gone), reverse=True):
        cells.delete_cols(column)
    workbook.save(book)
    put(book, "指標", 7, {"名称": None})
    copy = tmp_path / "写し.xlsx"
    copy.write_bytes(taken(book).marked(MOMENT))
    assert shown(copy, "指標", "目標の種類")[:1] == ["目標値以上にする"]
    assert shown(copy, "指標", "目標値の数量")[:1] == ["420人"]
    assert shown(copy, "指標", "期限") == shown(copy, "指標", "定義") == []


@pytest.mark.parametrize(
    ("rest", "place"),
    [
        ('{"yearly_targets": {"x": "1人"}}', "指標!5行目"),
        ('{"a": 1e99999999999999999999}', "指標!AF5"),
        ('{"a": ' * 4_000, "指標!AF5"),
    ],
)
def test_other_items_that_cannot_be_are_told_at_their_row(
    book: Path, rest: str, place: str
) -> None:
    put(book, "指標", 5, {"その他の項目": rest})
    assert set(places(taken(book).findings.errors)) == {place}
