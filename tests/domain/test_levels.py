"""Sections while the plan is revised."""

from __future__ import annotations

from pathlib import Path

from kpireport.domain.catalogue import Plan
from kpireport.domain.histories import in_force
from kpireport.domain.years import FiscalYear
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import write
from tests.sources.levels import layered
from tests.sources.revised import change, revision, row


def _revised(folder: Path, *changes: dict[str, object]) -> tuple[Plan, ...]:
    data = layered()
    data["goals"][0]["sections"][1]["departments"] = ["観光課"]
    data["revisions"] = [revision(1, 2021, *changes)]
    return in_force(load_catalogue(write(folder, data)), FiscalYear(2021)).goals[0].plans


def test_a_section_is_renamed_in_all_its_plans(tmp_path: Path) -> None:
    first, second = _revised(tmp_path, change("rename", id="s1", name="新しい名"))
    assert [each.title for each in first.sections] == ["新しい名"]
    assert [each.title for each in second.sections] == ["別の施策"]


def test_a_row_that_is_added_has_the_departments_of_its_section(tmp_path: Path) -> None:
    _, second = _revised(tmp_path, change("add", plan="p2", indicator=row("i9", 1, 2)))
    assert [each.departments for each in second.indicators()] == [("観光課",)]
