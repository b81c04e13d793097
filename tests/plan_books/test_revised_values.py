"""Values of revisions are read and asked of as those of the plan's own rows are."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl

from tests.plan_books.books import ROWS, TITLE_ROW, Rows, put, shown, taken, write_plan

_CHANGE = {
    "改定の記号": "r1",
    "改定の名称": "第１次改定",
    "決定日": "令和７年３月25日",
    "適用年度": "2025",
    "変更の種類": "目標値",
    "どれを": "p01-01",
    "理由": "需要の増による",
}


_SECOND = {
    "改定の記号": "r2",
    "改定の名称": "第２次改定",
    "決定日": "令和８年３月25日",
    "適用年度": "2026",
}


def _book(path: Path, *changes: dict[str, object]) -> Path:
    rows: Rows = [{"記号": f"p01-0{number}", **row} for number, row in enumerate(ROWS, 1)]
    return write_plan(path / "計画.xlsx", rows, 改定=[{**_CHANGE, **each} for each in changes])


def test_a_revised_target_has_its_number_and_kind_and_the_workbook_too(tmp_path: Path) -> None:
    book = _book(tmp_path, {"改めた後": "500人（令和11年度）"}, {**_SECOND, "改めた後": "520人"})
    plan = taken(book)
    assert plan.findings.problems == ()
    first, second = (each["changes"][0] for each in json.loads(plan.text)["revisions"])
    assert first["target"] == {
        "text": "500人（令和11年度）",
        "kind": "at_least",
        "quantities": [{"value": 500, "unit": "人"}],
        "deadline": 2029,
    }
    assert second["target"]["kind"] == "at_least"
    book.write_bytes(plan.with_readings())
    assert shown(book, "改定", "数量") == ["500人", "520人"]
    assert shown(book, "改定", "目標の種類") == ["目標値以上にする"] * 2
    assert taken(book).text == plan.text


def test_a_revised_target_is_held_against_the_baseline_in_force(tmp_path: Path) -> None:
    book = _book(tmp_path, {"変更の種類": "現状値", "改めた後": "380人"}, {"改めた後": "370人"})
    (asked,) = taken(book).findings.problems
    letters = {
        each.value: each.column_letter for each in openpyxl.load_workbook(book)["改定"][TITLE_ROW]
    }
    assert asked.place == f"改定!{letters['目標の種類']}6"
    assert asked.what.startswith("要確認：目標値「370人」が現状値「380人」より小さい")
    put(book, "改定", 6, {"目標の種類": "目標値以下にする"})
    changes = json.loads(taken(book).text)["revisions"][0]["changes"]
    assert changes[0]["baseline"]["quantities"] == [{"value": 380, "unit": "人"}]
    assert changes[1]["target"]["quantities"] == [{"value": 370, "unit": "人"}]


def test_an_unclear_number_of_a_revision_is_asked_at_its_cell(tmp_path: Path) -> None:
    book = _book(tmp_path, {"改めた後": "500～600人", "目標の種類": "目標値以上にする"})
    (asked,) = taken(book).findings.problems
    assert "「数量」を、「500人」、「600人」" in asked.remedy
    put(book, "改定", 5, {"数量": "500人"})
    assert taken(book).findings.problems == ()
