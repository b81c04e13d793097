"""What the plan was in which year, by its revisions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.catalogue import Catalogue, Indicator, IndicatorGroup
from kpireport.domain.histories import History, in_force
from kpireport.domain.years import FiscalYear
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import ROWS, write
from tests.sources.revised import change, places, revised, revision, row


def load(folder: Path, data: Any) -> Catalogue:
    return load_catalogue(write(folder, data))


def history(folder: Path, *changes: dict[str, Any]) -> History:
    """The plan's history by the changes of one revision in force from 2021, or by both."""
    return History(load(folder, revised(revision(1, 2021, *changes)) if changes else revised()))


def shown(catalogue: Catalogue) -> str:
    """Plans with their rows: ``p1: i1 8か所, gr(i3 2か所)``."""
    return "\n".join(
        f"{plan.id}: {', '.join(_row(each) for each in plan.rows)}".rstrip()
        for plan in catalogue.plans()
    )


def _row(item: Indicator | IndicatorGroup) -> str:
    if isinstance(item, Indicator):
        return f"{item.id} {item.target.text}"
    return f"{item.id}({', '.join(map(_row, item.indicators))})"


def at(found: History, year: int) -> str:
    return shown(found.in_force(FiscalYear(year)))


# --- the plan by years -----------------------------------------------------------


def test_each_year_has_the_plan_that_was_in_force_then(tmp_path: Path):
    found = history(tmp_path)
    assert at(found, 2020) == "p1: i1 8か所, i2 9か所, gr(i3 2か所)\np2:"
    assert at(found, 2021) == "p1: i1 10か所, i2 9か所, gr(i3a 3か所, i3b 2か所)\np2: i4 8か所"
    assert at(found, 2022) == "p1: i1 12か所, gr(i3a 3か所)\np2: i2 9か所, i4 8か所"
    assert at(found, 2030) == at(found, 2022)


def test_the_decided_plan_stays_as_it_was(tmp_path: Path):
    found = history(tmp_path)
    decided = load(tmp_path, {**revised(), "revisions": []})
    assert found.in_force(FiscalYear(2020)) == decided
    assert found.decided.goals == decided.goals


def test_a_plan_without_revisions_is_the_same_in_all_years(tmp_path: Path):
    decided = load(tmp_path, {**revised(), "revisions": []})
    assert in_force(decided, FiscalYear(2021)) is decided


def test_of_two_revisions_of_one_year_the_later_is_in_force(tmp_path: Path):
    first = revision(1, 2021, change("target", id="i1", target=places(10, kind="at_least")))
    second = revision(2, 2021, change("target", id="i1", target=places(11, kind="at_least")))
    found = History(load(tmp_path, revised(first, second)))
    assert at(found, 2021).startswith("p1: i1 11か所")


# --- single kinds ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (None, "p1: i1 8か所, i2 9か所, gr(i3 2か所), new 2か所"),
        ("p1", "p1: new 2か所, i1 8か所, i2 9か所, gr(i3 2か所)"),
        ("i1", "p1: i1 8か所, new 2か所, i2 9か所, gr(i3 2か所)"),
        ("gr", "p1: i1 8か所, i2 9か所, gr(i3 2か所), new 2か所"),
        ("i3", "p1: i1 8か所, i2 9か所, gr(i3 2か所, new 2か所)"),
    ],
)
def test_an_addition_goes_below_the_row_that_it_names(
    tmp_path: Path, after: str | None, expected: str
):
    below = {} if after is None else {"after": after}
    found = history(tmp_path, change("add", plan="p1", indicator=row("new", 1, 2), **below))
    assert at(found, 2021).splitlines()[0] == expected


def test_a_group_that_is_left_empty_goes_with_its_last_row(tmp_path: Path):
    found = history(tmp_path, change("end", id="i3"))
    assert at(found, 2021) == "p1: i1 8か所, i2 9か所\np2:"
    moved = history(tmp_path, change("move", id="i3", plan="p2"))
    assert at(moved, 2021) == "p1: i1 8か所, i2 9か所\np2: i3 2か所"


def test_a_group_moves_with_its_rows_and_a_plan_ends_with_them(tmp_path: Path):
    found = history(tmp_path, change("move", id="gr", plan="p2"), change("end", id="p1"))
    assert at(found, 2021) == "p2: gr(i3 2か所)"
    assert [id_ for id_ in found.ids() if found.ended_by(id_)] == ["i1", "i2"]


def test_the_sample_page_does_without_an_ended_plan(tmp_path: Path):
    found = history(tmp_path, change("end", id="p1"))
    how = found.in_force(FiscalYear(2021)).how_to_read
    assert how is not None
    assert how.plan_ids == ("p2",)
    none = history(tmp_path, change("end", id="p1"), change("end", id="p2"))
    assert none.in_force(FiscalYear(2021)).how_to_read is None


def test_a_plan_and_a_group_are_renamed(tmp_path: Path):
    renamed = (change("rename", id=id_, name=f"新しい{id_}") for id_ in ("p1", "gr", "n1"))
    catalogue = history(tmp_path, *renamed).in_force(FiscalYear(2021))
    goal = catalogue.goals[0]
    group = goal.plans[0].rows[2]
    assert (goal.plans[0].title, goal.numeric_targets[0].name) == ("新しいp1", "新しいn1")
    assert isinstance(group, IndicatorGroup)
    assert group.name == "新しいgr"


def test_a_baseline_cell_is_no_longer_shared_when_what_was_above_has_gone(tmp_path: Path):
    shared = (f"{ROWS}[1].baseline.shared_with", "i1")
    data = revised(revision(1, 2021, change("end", id="i1")), changes=(shared,))
    found = History(load(tmp_path, data))
    before, after = (
        next(each for each in found.in_force(FiscalYear(year)).indicators() if each.id == "i2")
        for year in (2020, 2021)
    )
    assert (before.baseline.shared_with, after.baseline.shared_with) == ("i1", None)
    assert before.baseline.text == after.baseline.text


# --- single rows -----------------------------------------------------------------


def test_a_row_keeps_its_id_and_has_its_form_of_each_year(tmp_path: Path):
    found = history(tmp_path)
    forms = {year: found.find("i2", FiscalYear(year)) for year in (2020, 2021, 2022)}
    assert {year: form and form.name for year, form in forms.items()} == {
        2020: "指標i2",
        2021: "新しい名の指標",
        2022: "新しい名の指標",
    }
    assert [form.target.text for form in found.forms("i1")] == [
        *("8か所", "10か所", "12か所"),
    ]


def test_a_row_is_not_in_force_before_it_came_and_after_it_ended(tmp_path: Path):
    found = history(tmp_path)
    years = (2020, 2021, 2022)
    seen = {
        id_: [found.find(id_, FiscalYear(year)) is not None for year in years]
        for id_ in found.ids()
    }
    assert seen == {
        "n1": [True, True, True],
        "i1": [True, True, True],
        "i2": [True, True, True],
        "i3": [True, False, False],
        "i3a": [False, True, True],
        "i3b": [False, True, False],
        "i4": [False, True, True],
    }  # fmt: skip
    last = found.last_form("i3b", FiscalYear(2022))
    assert last is not None
    assert found.last_form("i4", FiscalYear(2020)) is None


def test_only_the_part_that_goes_on_with_the_whole_has_its_earlier_years(tmp_path: Path):
    found = history(tmp_path)
    assert found.id_in("i3a", FiscalYear(2020)) == "i3"
    assert found.id_in("i3a", FiscalYear(2021)) == "i3a"
    assert found.id_in("i3b", FiscalYear(2020)) is None


def test_progress_counts_from_the_year_before_an_indicator_came(tmp_path: Path):
    found = history(tmp_path)
    year = FiscalYear(2022)
    years = {id_: form.baseline.year for id_ in found.ids() if (form := found.last_form(id_, year))}
    assert years == {
        **dict.fromkeys(("n1", "i1", "i2", "i3"), None),
        "i3a": None,  # goes on with i3
        "i3b": FiscalYear(2020),
        "i4": FiscalYear(2020),
    }


def test_a_baseline_may_state_its_own_year(tmp_path: Path):
    stated = row("new", 1, 2)
    stated["baseline"]["year"] = 2018
    found = history(
        tmp_path,
        change("add", plan="p1", indicator=stated),
        change("baseline", id="i1", baseline=places(7, year=2020)),
    )
    new, i1 = (found.find(id_, FiscalYear(2021)) for id_ in ("new", "i1"))
    assert new is not None
    assert i1 is not None
    assert (new.baseline.year, i1.baseline.year) == (FiscalYear(2018), FiscalYear(2020))


# --- the changes -----------------------------------------------------------------


def test_every_change_knows_what_it_found_and_where(tmp_path: Path):
    found = history(tmp_path)
    told = [
        (
            each.number,
            type(each.change).__name__,
            each.before.id if each.before else None,
            each.place.plan.id if each.place.plan else None,
            each.new_place.plan.id if each.new_place.plan else None,
        )
        for each in found.applied
    ]
    assert told == [
        (1, "TargetChange", "i1", "p1", "p1"),
        (2, "Renaming", "i2", "p1", "p1"),
        (3, "Split", "i3", "p1", "p1"),
        (4, "Addition", None, "p2", "p2"),
        (5, "DepartmentChange", "i1", "p1", "p1"),
        (6, "Move", "i2", "p1", "p2"),
        (7, "BaselineChange", "i4", "p2", "p2"),
        (8, "TargetChange", "i1", "p1", "p1"),
        (9, "Ending", "i3b", "p1", "p1"),
        (10, "TargetChange", "n1", None, None),
    ]
    assert [each.number for each in found.changes_by(FiscalYear(2021))] == [1, 2, 3, 4, 5]
