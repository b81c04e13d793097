"""A plan whose goals and plans have no numbers is taken: they are numbered, and that is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from kpireport.cli import main
from kpireport.plan_books.taking import take_plan

_ROWS = {
    "基本目標": ("番号", "名称"),
    "戦略計画": ("上の階層", "番号", "名称"),
    "指標": ("戦略計画", "名称", "現状値", "目標値", "所管課"),
}


def _typed(
    folder: Path, goals: Sequence[tuple[str, ...]], plans: Sequence[tuple[str, ...]]
) -> Path:
    assert main(["init", str(folder)]) == 0
    path = folder / "計画.xlsx"
    book = openpyxl.load_workbook(path)
    basics = {row[0].value: row[1] for row in book["基本情報"].iter_rows()}
    said = {"自治体名": "みどり市", "表紙の題名": "計画", "表紙の日付": "令和６年３月"}
    for item, text in {**said, "現状値の年度": "2023", "目標値の年度": "2028"}.items():
        basics[item].value = text
    indicators = [(plans[0][2], "保育所の定員", "350人", "420人", "保育課")]
    indicators += [(plan[2], "利用者数", "10人", "20人", "保育課") for plan in plans[1:]]
    for name, rows in (("基本目標", goals), ("戦略計画", plans), ("指標", indicators)):
        sheet = book[name]
        columns = {sheet.cell(4, each.column).value: each.column for each in sheet[4]}
        for number, row in enumerate(rows, 5):
            for title, text in zip(_ROWS[name], row, strict=True):
                sheet.cell(number, columns[title]).value = text or None
    book.save(path)
    return path


def _numbers(path: Path, sheet: str) -> list[object]:
    page = openpyxl.load_workbook(path)[sheet]
    column = next(each.column for each in page[4] if each.value == "番号")
    return [page.cell(row, column).value for row in (5, 6)]


_PLANS = [("健やか", "", "子育て"), ("にぎわい", "", "観光")]


def test_rows_without_numbers_are_numbered_in_their_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _typed(tmp_path / "市", [("", "健やか"), ("", "にぎわい")], _PLANS)

    assert main(["plan", "import", str(path), str(tmp_path / "市/catalogue.json")]) == 0

    said = "番号を付けた行: 4（計画に番号がないので、順に付けました。印刷します）"
    assert said in capsys.readouterr().out
    assert _numbers(path, "基本目標") == _numbers(path, "戦略計画") == ["１", "２"]


def test_a_number_that_is_left_out_among_others_is_told(tmp_path: Path) -> None:
    path = _typed(tmp_path / "市", [("Ⅰ", "健やか"), ("", "にぎわい")], _PLANS)

    taken = take_plan(path, tmp_path / "市/catalogue.json")

    assert [each.place for each in taken.findings.errors] == ["基本目標!B6"]
    assert taken.counts.numbered == 2


def test_a_plan_with_numbers_keeps_them(tmp_path: Path) -> None:
    plans = [("健やか", "施策１", "子育て"), ("にぎわい", "施策２", "観光")]
    path = _typed(tmp_path / "市", [("Ⅰ", "健やか"), ("Ⅱ", "にぎわい")], plans)

    taken = take_plan(path, tmp_path / "市/catalogue.json")

    assert taken.counts.numbered == 0
    assert [each.label for goal in taken.plans()[1].goals for each in goal.plans] == [
        "施策１",
        "施策２",
    ]
