"""The tables' columns may be laid out in the plan's own words."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.plan_books.books import ROWS, TITLE_ROW, basics, put, taken, write_plan


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("No.", "number"),
        ("担当部署", "department"),
        ("施策", "plan"),
        ("基準年の値", "baseline"),
        ("めざす値", "target"),
        ("戦略計画", "plan"),
        ("指標名", "indicator"),
        ("財源", "details.財源"),
        ("remarks", "remarks"),
    ],
)
def test_the_plan_s_own_words_are_understood(tmp_path: Path, word: str, name: str) -> None:
    book = write_plan(tmp_path / "計画.xlsx")
    basics(book, {"見出し：現状値": "基準年の値", "見出し：目標値": "めざす値"})
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["指標"]
    sheet.cell(TITLE_ROW, sheet.max_column + 1).value = "欄：財源"
    sheet.cell(TITLE_ROW + 1, sheet.max_column).value = "国"
    workbook.save(book)
    put(book, "表の列", 5, {"版": "計画版", "列": word})
    if word != "指標名":
        put(book, "表の列", 6, {"版": "計画版", "列": "指標"})
    raw = json.loads(taken(book).text)
    first = raw["layout"]["plan"][0]
    assert (first if isinstance(first, str) else first["column"]) == name


def test_what_no_column_is_called_is_answered_in_japanese(tmp_path: Path) -> None:
    book = write_plan(tmp_path / "計画.xlsx", [*ROWS])
    put(book, "表の列", 5, {"版": "計画版", "列": "謎"})
    problem = next(each for each in taken(book).findings.errors if "謎" in each.what)
    assert problem.place.startswith("表の列!")
    assert "「現状値」" in problem.remedy
    assert not any(each.isascii() and each.isalpha() for each in problem.remedy)
