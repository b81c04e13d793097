"""Workbooks as they are written: read back by openpyxl, which did not write them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpireport.writers.xlsx import write_book
from kpireport.writers.xlsx.book import (
    AS_TEXT,
    Book,
    Cell,
    CellLook,
    CellValue,
    Choice,
    NumberRange,
    Row,
    Sheet,
    TextLength,
)
from kpireport.writers.xlsx.names import sheet_name

MOMENT = dt.datetime(2022, 4, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=9)))


def book(*rows: Row, **options: object) -> Book:
    sheet = Sheet("実績", widths=(12.0, 12.0, 12.0), rows=rows)
    return Book("題名", "緑市", (replace(sheet, **options),))  # type: ignore[arg-type]


def opened(made: Book) -> Workbook:
    return load_workbook(io.BytesIO(write_book(made, moment=MOMENT)))


def sheet_of(*rows: Row, **options: object) -> Worksheet:
    return opened(book(*rows, **options)).worksheets[0]


def cell_of(value: CellValue, **options: object) -> object:
    return sheet_of(Row((Cell(value, **options),)))["A1"]  # type: ignore[arg-type]


def xml_of(made: Book, name: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(write_book(made, moment=MOMENT))) as package:
        return package.read(name).decode()


@pytest.mark.parametrize("text", ["=1+1", "+81", "-検討中", "@SUM(A1)", "＝1", "\t=1"])
def test_what_looks_like_a_formula_is_text(text: str):
    cell = cell_of(text)

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["001", "1e5", "https://example.com/", "8か所", "2021-04-01"])
def test_texts_stay_texts(text: str):
    cell = cell_of(text)

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)  # type: ignore[attr-defined]


def test_numbers_are_numbers():
    page = sheet_of(Row((Cell(Decimal("62.10")), Cell(2021, number_format="0"), Cell(None))))

    assert [cell.value for cell in page[1]] == [62.1, 2021, None]
    assert page["B1"].number_format == "0"


def test_characters_that_xml_lacks_are_replaced():
    assert cell_of("a\x00b\ud800c\uffff\nd").value == "a\ufffdb\ufffdc\ufffd\nd"  # type: ignore[attr-defined]


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    value = cell_of("𠮷" * 20_000).value  # type: ignore[attr-defined]

    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    assert value.endswith("𠮷…（以下は長すぎるため省略）")


def test_only_inputs_can_be_changed_and_everything_can_be_selected():
    page = sheet_of(
        Row((Cell("a"), Cell(None, CellLook.INPUT), Cell("", CellLook.UNUSED))), is_locked=True
    )

    assert page.protection.sheet
    assert page.protection.password is None
    # these attributes tell what is forbidden
    assert not page.protection.selectLockedCells
    assert not page.protection.formatColumns
    assert page.protection.formatCells
    assert [cell.protection.locked for cell in page[1]] == [True, False, True]


def test_a_sheet_that_is_not_locked_has_no_protection():
    assert not sheet_of(Row((Cell("a"),))).protection.sheet


def test_prints_on_a4_one_page_wide_with_titles_and_page_numbers():
    page = sheet_of(Row((Cell("a"),)), title_rows=1, title_columns=2, header="令和 & 実績")

    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.page_setup.fitToWidth in (None, 1)  # as without the attribute
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$1:$1"
    assert page.freeze_panes == "C2"
    assert page.oddFooter.center.text == "&P / &N"
    assert "&L令和 && 実績" in xml_of(book(Row(), header="令和 & 実績")).replace("&amp;", "&")


def test_hides_columns_and_filters():
    page = sheet_of(Row((Cell("a"),)), Row(), hidden_columns=(1,), filter_row=0)

    assert page.column_dimensions["B"].hidden
    assert page.auto_filter.ref == "A1:C2"


@pytest.mark.parametrize(
    ("validation", "kind", "style"),
    [
        (Choice(("準備", "達成"), "一覧から"), "list", "stop"),
        (NumberRange("数だけを"), "decimal", "warning"),
        (TextLength(500, "500字まで"), "textLength", "stop"),
    ],
    ids=["choice", "number", "length"],
)
def test_rules_say_in_japanese_what_is_asked_for(
    validation: Choice | NumberRange | TextLength, kind: str, style: str
):
    cell = Cell(None, CellLook.INPUT, validation, "見出し", "例：8", AS_TEXT)
    (rule,) = sheet_of(Row((cell,)), Row((cell,))).data_validations.dataValidation

    assert (rule.type, rule.errorStyle or "stop") == (kind, style)
    assert (rule.promptTitle, rule.prompt) == ("見出し", "例：8")
    assert rule.error == validation.message
    assert str(rule.sqref) == "A1:A2"
    assert rule.showErrorMessage
    assert rule.showInputMessage


def test_messages_that_excel_would_refuse_are_cut():
    cell = Cell(None, CellLook.INPUT, NumberRange("文" * 400), "題" * 50, "例" * 300)
    (rule,) = sheet_of(Row((cell,))).data_validations.dataValidation

    assert (len(rule.promptTitle), len(rule.prompt), len(rule.error)) == (32, 255, 225)


@pytest.mark.parametrize("options", [("a,b",), ("長い言葉" * 10,) * 10, ()], ids=["comma", "", "0"])
def test_choices_that_excel_cannot_list_are_not_listed(options: Sequence[str]):
    page = sheet_of(Row((Cell(None, CellLook.INPUT, Choice(tuple(options), "選ぶ"), "", "例"),)))
    (rule,) = page.data_validations.dataValidation

    assert (rule.type or "none", rule.prompt) == ("none", "例")


def test_rows_are_high_enough_and_those_with_inputs_can_grow():
    long = "区民意識意向調査の結果" * 10
    made = book(
        Row((Cell("短い"),)),
        Row((Cell(long),)),
        Row((Cell(long, span=3),)),
        Row((Cell("a"), Cell(None, CellLook.INPUT)), lines=4),
    )
    heights = [opened(made).worksheets[0].row_dimensions[row].height for row in (1, 2, 3, 4)]
    fixed = re.findall(r'<row r="(\d)"[^>]* customHeight="1"', xml_of(made))

    assert heights[0] < 25
    assert heights[1] > 2.5 * heights[2] > 60
    assert heights[3] > 60
    assert fixed == ["1", "2", "3"]


def test_a_row_is_never_higher_than_excel_takes():
    assert sheet_of(Row((Cell("字" * 5_000),))).row_dimensions[1].height == 408.75


def test_properties_tell_programs_what_the_file_is():
    made = replace(book(Row()), properties=(("kpireport-department", "課" * 300),))
    properties = opened(made).custom_doc_props

    assert properties["kpireport-department"].value == "課" * 254 + "…"
    assert opened(made).properties.title == "題名"
    assert opened(made).properties.created == dt.datetime(2022, 4, 1, 0, 30)  # noqa: DTZ001


def test_the_same_book_makes_the_same_bytes():
    made = book(Row((Cell("a", CellLook.INPUT, NumberRange("数")),)), header="頁")

    assert write_book(made, moment=MOMENT) == write_book(made, moment=MOMENT)


def test_a_moment_needs_its_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        write_book(book(Row()), moment=dt.datetime(2022, 4, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("実績", "実績"),
        ("a/b\\c[d]:*?", "a／b＼c［d］：＊？"),
        ("'引用'", "引用"),
        ("", "シート"),
        ("  \n ", "シート"),
        ("History", "History_"),
        ("長" * 40, "長" * 30 + "…"),
        ("𠮷" * 20, "𠮷" * 15 + "…"),
        ("Ａ課", "Ａ課（3）"),
    ],
    ids=str,
)
def test_names_of_sheets_are_valid_and_new(text: str, name: str):
    made = sheet_name(text, ["ａ課", "Ａ課（2）"])

    assert made == name
    opened(book(Row(), name=made))
