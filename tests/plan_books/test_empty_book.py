"""The workbook to fill in tells what every row has from what it may have."""

from __future__ import annotations

import io

import openpyxl

from kpireport.plan_books.taking import empty_workbook
from tests.plan_books.books import MOMENT, TITLE_ROW


def test_headers_of_columns_that_every_row_has_are_darker() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(empty_workbook(MOMENT)))["指標"]
    colors: dict[str, list[str]] = {}
    for cell in sheet[TITLE_ROW]:
        colors.setdefault(cell.fill.fgColor.rgb, []).append(str(cell.value))
    dark, light = sorted(colors, key=lambda each: int(each, 16))
    assert colors[dark] == ["戦略計画", "名称", "現状値", "目標値", "所管課"]
    assert {"記号", "単位", "備考"} <= {*colors[light]}
