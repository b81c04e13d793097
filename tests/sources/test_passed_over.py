"""What stands in a cell and is not its value: struck out, the mark of a note, unseen."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from kpireport.domain.names import composed
from kpireport.sources.cells import Number, SheetCells
from kpireport.sources.workbook import read_workbook
from tests.sources.workbooks import book, load, row, save

STRUCK = InlineFont(strike=True)
RAISED, LOWERED = InlineFont(vertAlign="superscript"), InlineFont(vertAlign="subscript")
RED, WHITE = InlineFont(color="FFFF0000"), InlineFont(color="FFFFFFFF")


def rich(*parts: str | tuple[InlineFont, str]) -> CellRichText:
    return CellRichText(*(each if isinstance(each, str) else TextBlock(*each) for each in parts))


def sheet_with(folder: Path, value: object, **looks: object) -> SheetCells:
    """The sheet 実績 with ``value`` in D2, as it is read."""
    workbook = book([row("i1", value)])
    cell = workbook["実績"]["D2"]
    for name, look in looks.items():
        setattr(cell, name, look)
    (sheet,) = read_workbook(save(workbook, folder), {"実績"}).sheets
    return sheet


@pytest.mark.parametrize(
    ("runs", "left"),
    [
        (((STRUCK, "1"), (RED, "2"), "校"), "2校"),
        (("9", (STRUCK, "2"), "4校"), "94校"),
        (((STRUCK, "7校"), (RED, "8校")), "8校"),
        (("8", (RAISED, "2"), "か所"), "8か所"),
        (("8か所", (RAISED, "※１")), "8か所"),
        (("12", (LOWERED, "注")), "12"),
        (("120m", (RAISED, "2")), "120m2"),
        (("30t-CO", (LOWERED, "2")), "30t-CO2"),
        (("8校", (WHITE, "9校")), "8校"),
    ],
)
def test_runs_that_are_not_the_value(tmp_path: Path, runs: tuple[object, ...], left: str):
    sheet = sheet_with(tmp_path, rich(*runs))  # type: ignore[arg-type]
    assert sheet.rows[2].get(4) == left
    kept = "".join(each if isinstance(each, str) else each[1] for each in runs)  # type: ignore[index]
    assert ((2, 4) in sheet.passed_over) == (kept != left)


@pytest.mark.parametrize("value", [8, "8校", 0.5])
def test_a_cell_that_is_struck_out_is_withdrawn(tmp_path: Path, value: object):
    sheet = sheet_with(tmp_path, value, font=Font(strike=True))
    assert 4 not in sheet.rows[2]
    assert sheet.passed_over[2, 4].struck


def test_a_value_in_the_colour_of_its_cell_is_nobodys_answer(tmp_path: Path):
    white = sheet_with(tmp_path, 8, font=Font(color="FFFFFFFF"))
    assert 4 not in white.rows[2]
    assert white.passed_over[2, 4].unseen == "8"
    fill = PatternFill("solid", fgColor="FF003366")
    assert sheet_with(tmp_path, 8, font=Font(color="FFFFFFFF"), fill=fill).rows[2][4]
    hidden = sheet_with(tmp_path, 8, font=Font(color="FF003366"), fill=fill)
    assert hidden.passed_over[2, 4].unseen == "8"


def test_what_is_passed_over_is_told_with_its_place(tmp_path: Path):
    workbook = book([row("i1", rich((STRUCK, "1"), (RED, "2"), "か所")), row("i2", 5)])
    workbook["実績"]["D3"].font = Font(strike=True)
    _, problems = load(save(workbook, tmp_path))
    told = [each.what for each in problems if "取り消し線" in each.what]
    assert told[0] == "取り消し線の付いた「1」は、使いません。残りの「2か所」と読みます。"
    assert told[1].startswith("取り消し線の付いた「5」は、使いません。")


def test_formats_of_conditional_formats_are_no_cells_own(tmp_path: Path):
    workbook = book([row("i1", 0.5)])
    workbook["実績"]["D2"].number_format = "0.0%"
    path = save(workbook, tmp_path)
    # a number that the cell's own format also has
    styles = zipfile.ZipFile(path).read("xl/styles.xml").decode()
    number = re.search(r'numFmtId="(\d+)"', styles)
    own = re.search(r'<numFmt numFmtId="(\d+)" formatCode="0.0%"', styles) or number
    assert own
    dxf = f'<dxfs count="1"><dxf><numFmt numFmtId="{own[1]}" formatCode="yyyy/m/d"/></dxf></dxfs>'
    changed = styles.replace("<tableStyles", f"{dxf}<tableStyles")
    assert changed != styles
    (sheet,) = read_workbook(_with_part(path, "xl/styles.xml", changed), {"実績"}).sheets
    content = sheet.rows[2][4]
    assert isinstance(content, Number)
    assert content.is_percentage


def test_a_conditional_format_that_changes_what_is_seen_is_asked_about(tmp_path: Path):
    workbook = book([row("i1", 0.992)])
    rule = CellIsRule(operator="lessThan", formula=["1"])
    rule.dxf = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode="0.0%"))
    workbook["実績"].conditional_formatting.add("D2:D9", rule)
    (sheet,) = read_workbook(save(workbook, tmp_path), {"実績"}).sheets
    assert "条件付き書式" in str(sheet.rows[2][4])


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="D2"><is><t>8校</t></is></c>',
        '<c r="D2" t="inlineStr"><v>8校</v></c>',
        '<c r="D2" t="inlineStr"><is><r><t>8</t></r><r><t>校</t></r></is></c>',
    ],
)
def test_texts_within_their_cells(tmp_path: Path, cell: str):
    path = save(book([row("i1", 8)]), tmp_path)
    part = "xl/worksheets/sheet1.xml"
    xml = zipfile.ZipFile(path).read(part).decode()
    changed = re.sub(r'<c r="D2".*?</c>', cell, xml)
    assert changed != xml
    (sheet,) = read_workbook(_with_part(path, part, changed), {"実績"}).sheets
    assert sheet.rows[2][4] == "8校"


def test_decomposed_letters_are_put_together(tmp_path: Path):
    sheet = sheet_with(tmp_path, "カ\u3099イト\u3099を配\u00ad布")
    assert sheet.rows[2][4] == "ガイドを配布"
    for kept in ("﨑", "\ufa19", "\ufa1c", "隆\ufa1c"):
        assert composed(kept) == kept


def _with_part(path: Path, name: str, text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, text if entry == name else old.read(entry))
    return buffer.getvalue()


def test_what_is_struck_out_is_told_of_its_indicator_until_somebody_accepts_it(tmp_path: Path):
    workbook = book([row("i1", rich((STRUCK, "7か所"), "8か所")), row("i2", 5, department="甲課")])
    workbook["実績"]["D3"].font = Font(strike=True)
    path = save(workbook, tmp_path)

    _, (partly, wholly) = load(path)
    assert (partly.place, partly.measure_id, partly.settled_by) == ("実績!D2", "i1", "i1")
    assert partly.what == "取り消し線の付いた「7か所」は、使いません。残りの「8か所」と読みます。"
    assert (wholly.place, wholly.measure_id, wholly.department) == ("実績!D3", "i2", "甲課")
    assert wholly.what == "取り消し線の付いた「5」は、使いません。取り下げとみて、空欄とします。"

    actuals, left = load(path, accepted=["i1"])
    assert [each.measure_id for each in left] == ["i2"]
    assert actuals.entries[0].value
    assert actuals.entries[0].value.text == "8か所"
    assert load(path, accepted=["i1", "i2"])[1] == ()


def test_a_row_that_is_struck_out_is_told_once(tmp_path: Path):
    workbook = book([row("i1", 8), row("i2", 5, comment="訂正")])
    for cell in workbook["実績"][3]:
        cell.font = Font(strike=True)
    actuals, (problem,) = load(save(workbook, tmp_path))
    assert [each.measure_id for each in actuals.entries] == ["i1"]
    assert (problem.place, problem.measure_id) == ("実績!A3", "i2")
    assert problem.what == (
        "取り消し線の付いた行（「i2、2,021、5、訂正」）は、取り下げられたものとみて、使いません。"
    )


def test_a_struck_sentence_of_a_plan_is_settled_by_the_plans_id(tmp_path: Path):
    words = rich("窓口を開設した。", (STRUCK, "２回開いた。"))
    path = save(book(comments=[["p1", None, 2021, words, None, None]]), tmp_path)
    actuals, (problem,) = load(path)
    assert actuals.comments[0].text("initiatives") == "窓口を開設した。"
    assert (problem.place, problem.settled_by) == ("計画コメント!D2", "p1")
    assert "「２回開いた。」は、使いません。残りの「窓口を開設した。」と読みます。" in problem.what
    assert load(path, accepted=["p1"])[1] == ()
