"""Sheets as tables: what stands together, as Excel shows it."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from kpireport.findings import Findings
from kpireport.plan_documents.excel_tables import read_excel_tables
from kpireport.plan_documents.tables import SourceDocument, SourceText
from tests.plan_documents.words import shown, texts


def read_sheet(
    folder: Path, fill: Callable[[Worksheet], None], log: Findings | None = None
) -> SourceDocument:
    """Return what is read of a workbook with one sheet, ``計画``."""
    book = Workbook()
    book.active.title = "計画"
    fill(book.active)
    path = folder / "計画.xlsx"
    book.save(path)
    return read_excel_tables(path, log or Findings())


def put(sheet: Worksheet, first: str, *rows: list[object]) -> None:
    """Write rows from a cell on; ``None`` leaves a cell empty."""
    begin = sheet[first]
    for down, values in enumerate(rows):
        for along, value in enumerate(values):
            if value is not None:
                sheet.cell(begin.row + down, begin.column + along, value)


def test_a_table_has_its_title_above_and_its_remarks_below(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, "A1", ["基本目標１　子育て"], ["指標", "目標"], ["ａ", "１人"], ["※ 年度末"])
        sheet.merge_cells("A1:B1")

    found = read_sheet(tmp_path, fill)
    assert shown(found) == ["基本目標１　子育て", [["指標", "目標"], ["ａ", "１人"]], "※ 年度末"]
    (table,) = found.tables()
    assert table.place(1) == "計画!3行目"


def test_the_upper_row_of_a_header_is_no_title(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, "A1", [None, "目標値"], ["指標", "令和５", "令和６"], ["ａ", "１", "２"])
        sheet.merge_cells("B1:C1")

    (table,) = read_sheet(tmp_path, fill).tables()
    assert texts(table) == [
        ["-", "目標値", "目標値"],
        ["指標", "令和５", "令和６"],
        ["ａ", "１", "２"],
    ]


def test_empty_rows_and_columns_part_tables(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, "A1", ["目標１"], ["指標", "値"], ["ａ", "１"])
        put(sheet, "D2", ["指標", "値"], ["ｂ", "２"])
        put(sheet, "A6", ["指標", "値"], ["ｃ", "３"])

    found = read_sheet(tmp_path, fill)
    assert shown(found) == [
        "目標１",
        [["指標", "値"], ["ａ", "１"]],
        [["指標", "値"], ["ｂ", "２"]],
        [["指標", "値"], ["ｃ", "３"]],
    ]
    first, beside, below = found.tables()
    assert (first.lefts, beside.lefts, below.lefts) == ((0.0, 0.2), (0.6, 0.8), (0.0, 0.2))
    assert [each.number for each in (first, beside, below)] == [1, 2, 3]
    assert below.place(1) == "計画!7行目"


def test_a_column_alone_belongs_to_the_table_beside_it(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, "A1", ["番号", None, "指標", "値"], [1, None, "ａ", "１"])

    (table,) = read_sheet(tmp_path, fill).tables()
    assert texts(table) == [["番号", "指標", "値"], ["1", "ａ", "１"]]


def test_merged_cells_reach_over_rows_and_columns(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, "A1", ["計画", "指標", "値"], ["計画１", "ａ", "１"], [None, "ｂ", "２"])
        sheet.merge_cells("A2:A3")

    (table,) = read_sheet(tmp_path, fill).tables()
    assert texts(table)[1:] == [["計画１", "ａ", "１"], ["計画１", "ｂ", "２"]]


def test_sheets_of_squared_paper_have_the_columns_that_people_see(tmp_path: Path) -> None:
    """方眼紙: many narrow columns and rows, merged for every cell."""

    def fill(sheet: Worksheet) -> None:
        for row, values in enumerate((("指標", "値"), ("ａ", "１"), ("ｂ", "２"))):
            for column, value in enumerate(values):
                top, left = 2 * row + 1, 5 * column + 1
                sheet.cell(top, left, value)
                sheet.merge_cells(
                    start_row=top, end_row=top + 1, start_column=left, end_column=left + 4
                )

    (table,) = read_sheet(tmp_path, fill).tables()
    assert texts(table) == [["指標", "値"], ["ａ", "１"], ["ｂ", "２"]]
    assert [table.place(row) for row in range(3)] == ["計画!1行目", "計画!3行目", "計画!5行目"]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (2016, "General", "2016"),
        (14760, "#,##0", "14,760"),
        (14760, '#,##0"人"', "14,760人"),
        (0.219, "0.0%", "21.9%"),
        (0.9, "General", "0.9"),
        (3, '"約"0', "約3"),
        (-5, "0", "-5"),
        (dt.date(2022, 3, 31), 'yyyy"年"m"月"d"日"', "令和4年3月31日"),
        ("６か所\n（累計）", "General", "６か所\n（累計）"),
    ],
)
def test_values_are_read_as_excel_shows_them(
    tmp_path: Path, value: object, number_format: str, text: str
) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, "A1", ["指標", "値"], ["ａ", value])
        sheet["B2"].number_format = number_format

    (table,) = read_sheet(tmp_path, fill).tables()
    assert texts(table)[1] == ["ａ", text]


def test_looks_are_told(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, "A1", ["目標１"], ["指標", "値"], ["ａ", "１"])
        sheet["A1"].font = sheet["A2"].font = Font(bold=True)

    found = read_sheet(tmp_path, fill)
    title = found.parts[0]
    assert isinstance(title, SourceText)
    assert title.is_large
    (table,) = found.tables()
    assert [each.is_bold for each in table.cells] == [True, False, False, False]


def test_notes_on_cells_follow_the_table(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, "A1", ["指標", "値"], ["ａ", "１"])
        sheet["B2"].comment = Comment("速報値", "企画課")

    assert shown(read_sheet(tmp_path, fill))[1] == "※B2のメモ：速報値"


def test_the_words_of_shapes_stand_where_they_begin(tmp_path: Path) -> None:
    path = tmp_path / "計画.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("計画")
    for row, values in enumerate((("指標", "値"), ("ａ", "１"))):
        sheet.write_row(row + 3, 0, values)
    sheet.insert_textbox("A12", "おわり")
    sheet.insert_textbox("A1", "基本目標１\n子育て")
    book.close()

    log = Findings()
    assert shown(read_excel_tables(path, log)) == [
        "基本目標１\n子育て",
        [["指標", "値"], ["ａ", "１"]],
        "おわり",
    ]
    assert "画像やグラフの中の文字は読めません" in log.warnings[0].what


def test_all_sheets_are_read_and_what_is_hidden_is_told(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "目標１"
    put(book.active, "A1", ["指標", "値", "内部"], ["ａ", "１", "ｘ"])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = True
    hidden = book.create_sheet("目標２")
    put(hidden, "A1", ["指標", "値"], ["ｂ", "２"])
    hidden.sheet_state = "hidden"
    book.create_sheet("空")
    book.save(tmp_path / "計画.xlsx")

    log = Findings()
    found = list(read_excel_tables(tmp_path / "計画.xlsx", log).tables())
    assert [(each.sheet, texts(each)[1]) for each in found] == [
        ("目標１", ["ａ", "１", "ｘ"]),
        ("目標２", ["ｂ", "２"]),
    ]
    assert [(each.place, each.what.partition("。")[0]) for each in log.warnings] == [
        ("目標１!2行目", "非表示の行に文字があります"),
        ("目標１!C列", "非表示の列に文字があります"),
        ("目標２", "シートが非表示です"),
    ]


def test_cells_that_cannot_be_read_are_told_with_their_place(tmp_path: Path) -> None:
    log = Findings()

    def fill(sheet: Worksheet) -> None:
        put(sheet, "A1", ["指標", "値"], ["ａ", "=1+1"])
        for number in range(25):
            put(sheet, f"A{number + 3}", [f"ｂ{number}", "=1"])

    (table,) = read_sheet(tmp_path, fill, log).tables()
    assert texts(table)[1] == ["ａ", ""]
    assert log.warnings[0].place == "計画!B2"
    assert "数式の結果が保存されていません" in log.warnings[0].what
    assert log.warnings[-1].what == "読めないセルが、ほかに6個あります。"


def test_struck_out_words_are_told(tmp_path: Path) -> None:
    log = Findings()

    def fill(sheet: Worksheet) -> None:
        put(sheet, "A1", ["指標", "値"], ["ａ", "60件"], ["ｂ", "80件"])
        sheet["B2"].font = Font(strike=True)

    (table,) = read_sheet(tmp_path, fill, log).tables()
    assert texts(table)[1] == ["ａ", "-"]
    assert [(each.place, each.what) for each in log.warnings] == [
        ("計画!B2", "取り消し線の付いた「60件」は、使いません。")
    ]


def test_a_list_in_one_column_is_text(tmp_path: Path) -> None:
    found = read_sheet(tmp_path, lambda sheet: put(sheet, "B2", ["一"], ["二"]))
    assert shown(found) == ["一", "二"]


def test_an_area_that_is_merged_to_the_sheets_end_takes_no_time(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, "A1", ["題"], ["指標", "値"], ["ａ", "１"])
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("C5:C6")

    read_sheet(tmp_path, fill)
    wide = tmp_path / "広い.xlsx"
    with zipfile.ZipFile(tmp_path / "計画.xlsx") as old, zipfile.ZipFile(wide, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b'"A1:B1"', b'"A1:XFD1"')
            new.writestr(name, data.replace(b'"C5:C6"', b'"C5:XFD1048576"'))
    found = read_excel_tables(wide, Findings())
    assert shown(found) == ["題", [["指標", "値"], ["ａ", "１"]]]
