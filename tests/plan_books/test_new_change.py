"""A change of the decided plan, as it becomes a row of the sheets of revisions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kpireport.plan_books.new_change import (
    KINDS,
    NewChange,
    revisable,
    with_change,
    words_of_change,
)
from kpireport.plan_books.plan_rows import PlanRows, open_rows
from tests.plan_books.books import taken, write_plan

HEAD = {
    "改定の名称": "第１次改定",
    "決定日": "令和７年３月25日",
    "適用年度": "2025",
    "理由": "増えた",
}
PART = {"現状値": "10人", "目標値": "20人", "所管課": "保育課"}


@pytest.fixture
def rows(tmp_path: Path) -> PlanRows:
    """The rows of a small plan's file."""
    plan = tmp_path / "catalogue.json"
    plan.write_text(taken(write_plan(tmp_path / "計画.xlsx")).text, encoding="utf-8")
    return open_rows(plan)


def revisions(changed: PlanRows) -> list[dict[str, Any]]:
    """What the plan's file says of revisions."""
    found: list[dict[str, Any]] = json.loads(changed.taken().text)["revisions"]
    return found


def written(rows: PlanRows, change: NewChange) -> PlanRows:
    """The plan with a change, written."""
    text = with_change(rows, change).rows.taken().text
    rows.catalogue.write_text(text, encoding="utf-8")
    return open_rows(rows.catalogue)


def test_a_target_is_changed_as_the_file_has_it(rows: PlanRows) -> None:
    change = NewChange("target", "p01-01", "", {**HEAD, "改めた後": "450人"})
    assert revisions(with_change(rows, change).rows) == [
        {
            "id": "r1",
            "title": "第１次改定",
            "decided": "2025-03-25",
            "from": 2025,
            "changes": [
                {
                    "reason": "増えた",
                    "change": "target",
                    "id": "p01-01",
                    "target": {
                        "text": "450人",
                        "kind": "at_least",
                        "quantities": [{"value": 450, "unit": "人"}],
                    },
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("kind", "id_", "texts", "says"),
    [
        ("baseline", "p01-01", {"改めた後": "360人"}, {"baseline": {"text": "360人"}}),
        ("rename", "p01", {"改めた後": "新しい名"}, {"name": "新しい名"}),
        (
            "departments",
            "p01-01",
            {"改めた後": "企画課、保育課"},
            {"departments": ["企画課", "保育課"]},
        ),
        ("end", "p01-02", {}, {}),
        ("move", "p01-03", {"計画": "p01", "置く所": "p01"}, {"plan": "p01", "after": "p01"}),
    ],
)
def test_each_kind_says_what_it_changes(
    rows: PlanRows, kind: str, id_: str, texts: dict[str, str], says: dict[str, Any]
) -> None:
    changed = with_change(rows, NewChange(kind, id_, "", {**HEAD, **texts})).rows
    ((change,),) = (each["changes"] for each in revisions(changed))
    assert (change["change"], change["id"]) == (kind, id_)
    for key, value in says.items():
        found = change[key]
        assert ({**found, **value} if isinstance(value, dict) else value) == found


def test_texts_beside_an_indicator_are_named_as_staff_name_them(rows: PlanRows) -> None:
    rows = written(rows, NewChange("end", "p01-02", "", HEAD))
    plan = rows.with_texts("指標", 1, {"定義": "年度末の数"}).taken().text
    rows.catalogue.write_text(plan, encoding="utf-8")
    change = NewChange(
        "details", "p01-01", "r1", {"理由": "改めた", "改めた後": "定義：年度初めの数"}
    )
    changed = with_change(open_rows(rows.catalogue), change).rows
    assert revisions(changed)[0]["changes"][1]["texts"] == {"definition": "年度初めの数"}
    changed.catalogue.write_text(changed.taken().text, encoding="utf-8")
    again = open_rows(changed.catalogue)
    assert again.row("改定", 2).text("改めた後") == "定義：年度初めの数"
    assert again.taken().is_same


def test_an_addition_brings_a_row_of_its_own(rows: PlanRows) -> None:
    change = NewChange("add", "", "", {**HEAD, "計画": "p01"}, ({**PART, "名称": "新"},))
    found = with_change(rows, change)
    ((added,),) = (each["changes"] for each in revisions(found.rows))
    assert added["indicator"]["name"] == "新"
    assert added["indicator"]["id"] == "p01-04"
    assert found.brought == (1,)


@pytest.mark.parametrize(("continues", "id_"), [(0, None), (2, "p01-05")])
def test_a_part_that_goes_on_is_named_by_the_id_that_it_is_given(
    rows: PlanRows, continues: int, id_: str | None
) -> None:
    parts = ({**PART, "名称": "一"}, {**PART, "名称": "二"})
    change = NewChange("split", "p01-01", "", HEAD, parts, continues)
    ((split,),) = (each["changes"] for each in revisions(with_change(rows, change).rows))
    assert [each["id"] for each in split["into"]] == ["p01-04", "p01-05"]
    assert split.get("continues") == id_


def test_one_more_change_stands_after_those_of_its_revision(rows: PlanRows) -> None:
    rows = written(rows, NewChange("end", "p01-02", "", HEAD))
    later = {**HEAD, "改定の名称": "第２次改定", "適用年度": "2026", "決定日": "2026-03-01"}
    rows = written(rows, NewChange("end", "p01-03", "", later))
    found = with_change(rows, NewChange("rename", "p01-01", "r1", {"改めた後": "新", "理由": "x"}))
    first, second = revisions(found.rows)
    assert [each["change"] for each in first["changes"]] == ["end", "rename"]
    assert (first["id"], second["id"]) == ("r1", "r2")
    assert found.number == 2


def test_what_is_missing_is_told_at_the_changes_own_cells(rows: PlanRows) -> None:
    found = with_change(rows, NewChange("target", "p01-01", "", {}))
    places = {each.place for each in found.rows.taken().findings.errors}
    titles = ("改定の名称", "決定日", "適用年度", "理由")
    assert places >= {found.rows.place("改定", 1, each) for each in titles}


def test_every_kind_of_a_form_has_words(rows: PlanRows) -> None:
    for kind in KINDS:
        word, explains = words_of_change(kind)
        assert word
        assert explains
    assert [id_ for id_, _ in revisable(rows)] == ["p01", "p01-01", "p01-02", "p01-03"]
