"""The levels above an indicator: what the catalogue says of them, and what it may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.catalogue import Section
from kpireport.domain.levels import USUAL_LEVELS, Level, Shown
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import problems_of, sound, write
from tests.sources.levels import layered


def test_a_plan_that_says_nothing_has_chapters_of_goals_and_cells_of_plans(tmp_path: Path) -> None:
    assert load_catalogue(write(tmp_path, sound())).levels == USUAL_LEVELS


def test_plans_know_their_sections_from_outside_in(tmp_path: Path) -> None:
    catalogue = load_catalogue(write(tmp_path, _deep()))
    outer = Section("s0", "", "大施策", ("企画課",))
    assert [plan.sections for plan in catalogue.goals[0].plans] == [
        (outer, Section("s1", "１", "施策の名")),
        (outer, Section("s2", "２", "別の施策")),
    ]
    assert list(catalogue.levels) == [
        Level("goal", "", Shown.COLUMN),
        Level("field", "大施策", Shown.HEADING),
        Level("policy", "基本施策", Shown.COLUMN),
        Level("plan", "", Shown.COLUMN),
    ]


def _deep() -> dict[str, Any]:
    catalogue = layered()
    catalogue["levels"].insert(1, {"key": "field", "name": "大施策", "show": "heading"})
    goal = catalogue["goals"][0]
    below = goal["sections"]
    goal["sections"] = [
        {"id": "s0", "title": "大施策", "departments": ["企画課"], "sections": below}
    ]
    return catalogue


def test_an_indicator_without_departments_has_the_nearest_ones(tmp_path: Path) -> None:
    data = _deep()
    goal = data["goals"][0]
    goal["departments"] = ["総務課"]
    first = goal["sections"][0]["sections"][0]
    first["plans"][0]["indicators"][0]["departments"] = ["福祉課"]
    assert _departments(tmp_path, data) == {
        "n1": ("総務課",),
        "i1": ("福祉課",),
        "i2": ("企画課",),
        "i3": ("企画課",),
    }
    first["departments"] = ["税務課"]
    assert _departments(tmp_path, data)["i3"] == ("税務課",)
    first["plans"][0]["departments"] = ["観光課", "農政課"]
    assert _departments(tmp_path, data)["i3"] == ("観光課", "農政課")


def _departments(folder: Path, data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    catalogue = load_catalogue(write(folder, data))
    return {each.id: each.departments for each in catalogue.measures()}


# --- what may not be -------------------------------------------------------------


def _spoilt(**changes: Any) -> dict[str, Any]:
    return {**layered(), **changes}


def _with_levels(*levels: dict[str, Any]) -> dict[str, Any]:
    return _spoilt(levels=list(levels))


GOAL, PLAN = {"key": "goal"}, {"key": "plan"}
POLICY = {"key": "policy", "name": "基本施策"}


@pytest.mark.parametrize(
    ("catalogue", "expected"),
    [
        (_spoilt(levels=None), "goals[0].sections: 「s1」"),
        (_with_levels(GOAL, PLAN), "goals[0].sections: 階層が levels より多くあります。"),
        (_with_levels(PLAN, POLICY, GOAL), "levels[0].key: 初めの階層が「plan」です。"),
        (_with_levels(PLAN, POLICY, GOAL), "levels[2].key: 終わりの階層が「goal」です。"),
        (
            _with_levels(GOAL, POLICY, {"key": "field", "name": "分野"}, PLAN),
            "levels[2]: 階層「field」のある計画がありません。",
        ),
        (
            _with_levels(GOAL, POLICY, POLICY, PLAN),
            "levels[2].key: 名「policy」は levels[1].key でも使われています。",
        ),
        (
            _with_levels(GOAL, {"key": "unit", "name": "単位"}, PLAN),
            "levels[1].key: 「unit」は、ほかの列の名なので、間の階層には使えません。",
        ),
        (
            _with_levels(GOAL, {**POLICY, "show": "chapter"}, PLAN),
            "levels[1].show: 章（「chapter」）にできるのは、「goal」だけです。",
        ),
        (_with_levels(GOAL, {"key": "policy"}, PLAN), "levels[1]: 階層「policy」の呼び名（name）"),
        (_spoilt(comments_of="polcy"), "comments_of: 「polcy」という階層はありません。"),
        (
            _with_levels(GOAL, *({"key": f"l{n}", "name": "段"} for n in range(3)), PLAN),
            "levels[3]: 「goal」と「plan」の間の階層が2つより多くあります。",
        ),
    ],
)
def test_levels_that_cannot_be_are_refused(
    tmp_path: Path, catalogue: dict[str, Any], expected: str
) -> None:
    if catalogue["levels"] is None:
        del catalogue["levels"]
        expected = "goals[0].sections: この階層が levels にありません。"
    problems = problems_of(write(tmp_path, catalogue))
    assert any(each.startswith(expected) for each in problems), problems


def test_a_level_that_has_a_columns_name_is_told_once(tmp_path: Path) -> None:
    data = _with_levels(GOAL, {"key": "plan", "name": "段"}, PLAN)
    assert [each for each in problems_of(write(tmp_path, data)) if "「plan」" in each] == [
        (
            "levels[1].key: 「plan」は、ほかの列の名なので、間の階層には使えません。"
            " → 別の名にしてください。"
        )
    ]


def test_every_plan_is_in_all_levels(tmp_path: Path) -> None:
    catalogue = layered()
    plan = {"id": "p9", "label": "計画９", "title": "外の計画", "indicators": []}
    catalogue["goals"][1]["plans"] = [plan]
    catalogue["goals"][0]["sections"][1] = {"id": "s2", "title": "空", "plans": []}
    problems = problems_of(write(tmp_path, catalogue))
    assert [each.split("。")[0] for each in problems] == [
        "goals[0].sections[1].plans: 中に何もありません",
        "goals[1].plans: ほかの計画にある階層が、ここの計画にありません",
    ]


def test_plans_stand_beside_no_sections(tmp_path: Path) -> None:
    catalogue = layered()
    catalogue["goals"][0]["plans"] = []
    (problem,) = problems_of(write(tmp_path, catalogue))
    assert problem.startswith("goals[0]: sections と plans の両方があります。")


def test_what_is_below_a_section_is_checked_like_any_row(tmp_path: Path) -> None:
    catalogue = layered()
    rows = catalogue["goals"][0]["sections"][0]["plans"][0]["indicators"]
    rows[1]["id"] = "i1"
    catalogue["how_to_read"]["plans"] = ["p7"]
    problems = problems_of(write(tmp_path, catalogue))
    place = "goals[0].sections[0].plans[0].indicators"
    assert len(problems) == 2
    assert f"記号「i1」は {place}[0].id でも使われています。" in problems[0]
    assert problems[1].startswith("how_to_read.plans[0]")


def test_only_a_chapter_may_begin_pages(tmp_path: Path) -> None:
    data = sound()
    data["levels"] = [{"key": "goal", "page": False}, {"key": "plan"}]
    assert load_catalogue(write(tmp_path, data)).levels.goal.begins_page is False
    data["levels"] = [
        {"key": "goal", "show": "column", "page": True},
        {"key": "plan", "page": True},
    ]
    found = [each.partition(": ")[0] for each in problems_of(write(tmp_path, data))]
    places = [each for each in found if each.endswith(".page")]
    assert len(places) == len(data["levels"])
