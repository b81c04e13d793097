"""A plan's file as rows that are changed one by one, without a workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kpireport.plan_books.plan_rows import PlanRows, open_rows
from kpireport.plan_books.taking import plan_workbook
from kpireport.sources.cells import LONGEST_TEXT
from tests.plan_books.books import MOMENT, put, taken, write_plan

ROOT = Path(__file__).parents[2]
PLANS = (*sorted(ROOT.glob("reports/towns/*/catalogue.json")), ROOT / "catalogue.json")


@pytest.fixture
def rows(tmp_path: Path) -> PlanRows:
    """The rows of a small plan's file."""
    plan = tmp_path / "catalogue.json"
    plan.write_text(taken(write_plan(tmp_path / "計画.xlsx")).text, encoding="utf-8")
    return open_rows(plan)


def indicators(text: str) -> list[dict[str, Any]]:
    """The indicators of the small plan."""
    plan: dict[str, Any] = json.loads(text)["goals"][0]["plans"][0]
    found: list[dict[str, Any]] = plan["indicators"]
    return found


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.parent.name)
def test_rows_that_nobody_changes_say_the_plan_as_it_is(plan: Path) -> None:
    found = open_rows(plan).taken()
    assert not found.findings.errors
    assert found.is_same


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.parent.name)
def test_every_row_typed_again_as_it_stands_says_the_plan_as_it_is(plan: Path) -> None:
    rows = open_rows(plan)
    for flat in rows.sheets:
        for number in range(1, len(flat.rows) + 1):
            typed = {
                each.title: rows.row(flat.sheet.name, number).text(each.title)
                for each in flat.columns
            }
            typed = {title: text.replace("\n", "\r\n") for title, text in typed.items()}
            rows = rows.with_texts(flat.sheet.name, number, typed)
    assert rows.taken().is_same


def test_what_was_read_of_a_text_is_read_again_with_it(rows: PlanRows) -> None:
    changed = rows.with_texts("指標", 1, {"目標値": "430人以下"}).taken()
    target = indicators(changed.text)[0]["target"]
    assert target["quantities"] == [{"value": 430, "unit": "人"}]
    assert target["kind"] == "at_most"


def test_what_somebody_types_beside_it_stands(rows: PlanRows) -> None:
    typed = {"目標値": "３人", "目標の種類": "0から数える"}
    target = indicators(rows.with_texts("指標", 2, typed).taken().text)[1]["target"]
    assert target["kind"] == "new_count"
    assert target["quantities"] == [{"value": 3, "unit": "人"}]


def test_a_number_that_the_text_does_not_have_is_told_where_it_was_typed(rows: PlanRows) -> None:
    typed = {"目標値": "430人", "目標値の数量": "440人"}
    (found,) = rows.with_texts("指標", 1, typed).taken().findings.errors
    assert found.place == "指標 p01-01「目標値の数量」"


def test_a_kind_that_somebody_chose_stays_when_the_text_changes(rows: PlanRows) -> None:
    chosen = rows.with_texts("指標", 2, {"目標の種類": "0から数える"})
    plan = rows.catalogue
    plan.write_text(chosen.taken().text, encoding="utf-8")
    later = open_rows(plan).with_texts("指標", 2, {"目標値": "３人"})
    assert indicators(later.taken().text)[1]["target"]["kind"] == "new_count"


def test_what_is_wrong_is_told_at_row_and_column(rows: PlanRows) -> None:
    found = rows.with_texts("指標", 1, {"名称": "", "期限": "いつか"}).taken().findings.errors
    places = {each.place for each in found}
    assert places == {"指標 p01-01「名称」", "指標 p01-01「期限」"}
    assert rows.place("指標", 1, "名称") in places
    assert "$" not in "".join(str(each) for each in found)
    assert "goals" not in "".join(str(each) for each in found)


def test_a_question_is_told_at_its_column(rows: PlanRows) -> None:
    (asked,) = rows.with_texts("指標", 1, {"現状値": "―"}).taken().findings.errors
    assert asked.what.startswith("要確認")
    assert asked.place == "指標 p01-01「目標の種類」"


def test_a_text_that_no_cell_holds_is_refused(rows: PlanRows) -> None:
    found = rows.with_texts("指標", 1, {"備考": "あ" * (LONGEST_TEXT + 1)}).taken().findings.errors
    assert [each.place for each in found] == ["指標 p01-01「備考」"]


@pytest.mark.parametrize("text", ["\x00", "a\x1bb", "\ud800"])
def test_characters_that_nothing_prints_are_refused(rows: PlanRows, text: str) -> None:
    assert rows.with_texts("指標", 1, {"備考": text}).taken().findings.errors


def test_a_department_that_nobody_has_is_asked_of_until_it_is_added(rows: PlanRows) -> None:
    changed = rows.with_texts("指標", 1, {"所管課": "保育課、新しい課"})
    (asked,) = changed.taken().findings.errors
    assert asked.place == "指標 p01-01「所管課」"
    known = changed.with_departments("保育課、新しい課").taken()
    assert indicators(known.text)[0]["departments"] == ["保育課", "新しい課"]


def test_a_new_row_stands_below_the_one_that_it_was_begun_at(rows: PlanRows) -> None:
    typed = {"戦略計画": "施策１　子育ての支え", "名称": "新", "現状値": "1件", "目標値": "2件"}
    found = rows.with_new("指標", typed, after=1).taken()
    assert [each["name"] for each in indicators(found.text)] == [
        *("保育所の定員", "新"),
        *("待機児童数", "拠点の設置"),
    ]
    assert indicators(found.text)[1]["id"] == "p01-04"


def test_a_row_that_is_taken_out_leaves_the_others_where_they_are(rows: PlanRows) -> None:
    found = rows.without("指標", 1).taken()
    assert [each["id"] for each in indicators(found.text)] == ["p01-02", "p01-03"]


@pytest.mark.parametrize("key", ["", "0", "-1", "4", "p99-99", "１", "9" * 5000])
def test_keys_of_no_row_lead_nowhere(rows: PlanRows, key: str) -> None:
    assert rows.number("指標", key) is None
    assert rows.number("ないシート", "1") is None


def test_rows_are_found_by_ids_and_by_numbers(rows: PlanRows) -> None:
    assert rows.number("指標", "p01-02") == 2
    assert rows.number("課", "1") == 1


def test_several_changes_say_what_the_workbook_with_them_says(
    rows: PlanRows, tmp_path: Path
) -> None:
    book = tmp_path / "二冊目.xlsx"
    book.write_bytes(plan_workbook(rows.catalogue, MOMENT))
    put(book, "指標", 5, {"目標値": "500人", "目標の種類": None, "目標値の数量": None})
    put(book, "基本目標", 5, {"名称": "新"})
    put(book, "戦略計画", 5, {"上の階層": "g1"})
    changed = rows.with_texts("指標", 1, {"目標値": "500人"})
    changed = changed.with_texts("基本目標", 1, {"名称": "新"})
    assert changed.with_texts("戦略計画", 1, {"上の階層": "g1"}).taken().text == taken(book).text
