"""Rows of actuals against the plan of their own year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.catalogue import Catalogue
from kpireport.domain.histories import History
from kpireport.domain.years import FiscalYear
from kpireport.sources.actuals import ReadActuals, read_reports
from kpireport.sources.catalogue import load_catalogue
from kpireport.sources.years_in_force import last_year_of
from tests.sources.catalogues import write
from tests.sources.revised import change, places, revised, revision
from tests.sources.workbooks import book, row, save

DECIDED_BEFORE = "年度と記号を確かめ、余分な行は消してください。"


def load(folder: Path, *revisions: Any) -> Catalogue:
    return load_catalogue(write(folder, revised(*revisions)))


def read(folder: Path, year: int, *rows: list[Any], **sheets: Any) -> ReadActuals:
    path = save(book(rows, **sheets), folder)
    return read_reports(path, load(folder), FiscalYear(year))


def told(found: ReadActuals) -> list[str]:
    return [f"{each.place}: {each.what} → {each.remedy}" for each in found.findings.errors]


@pytest.mark.parametrize(
    ("year", "id_", "expected"),
    [
        (
            2020,
            "i4",
            f"「i4」が計画にあるのは令和３年度からです（第1次改定）。 → {DECIDED_BEFORE}",
        ),
        (
            2020,
            "i3a",
            (
                "「i3a」が計画にあるのは令和３年度からです（第1次改定）。 → "
                "分ける前の「i3」の行に書いてください。"
            ),
        ),
        (
            2021,
            "i3",
            (
                "「i3」が計画にあるのは令和２年度までです（第1次改定）。 → "
                "分けた後の「i3a」、「i3b」の行に書いてください。"
            ),
        ),
        (
            2022,
            "i3b",
            f"「i3b」が計画にあるのは令和３年度までです（第2次改定）。 → {DECIDED_BEFORE}",
        ),
    ],
)
def test_a_row_of_a_year_without_its_indicator_says_since_or_until_when(
    year: int, id_: str, expected: str, tmp_path: Path
):
    assert told(read(tmp_path, year, row(id_, 3, year=year))) == [f"実績!A2: {expected}"]


def test_an_override_of_such_a_year_is_refused_alike(tmp_path: Path):
    found = read(tmp_path, 2022, overrides=[["i3b", None, 2022, "○", "理由"]])
    assert [each.partition("（")[0] for each in told(found)] == [
        "評価の修正!A2: 「i3b」が計画にあるのは令和３年度までです"
    ]


def test_an_empty_row_of_such_a_year_is_passed_over(tmp_path: Path):
    assert told(read(tmp_path, 2022, row("i3b", None, year=2022))) == []


def test_actuals_of_ended_indicators_stay_readable_in_later_reports(tmp_path: Path):
    found = read(tmp_path, 2022, row("i3", 1, year=2020), row("i3b", 2, year=2021))
    assert told(found) == []
    assert found.actuals.find("i3", FiscalYear(2020)) is not None


@pytest.mark.parametrize("name", ["指標i2", "新しい名の指標"])
def test_the_old_name_and_the_new_one_are_both_right(name: str, tmp_path: Path):
    found = read(tmp_path, 2021, row("i2", 7, name=name, year=2021))
    assert (told(found), found.findings.warnings) == ([], ())


def test_a_wrong_name_is_still_told(tmp_path: Path):
    found = read(tmp_path, 2021, row("i1", 7, name="新しい名の指標", year=2021))
    assert "指標の名前は「新しい名の指標」のものです" not in told(found)[0]
    assert "指標の名前は「i2」のものです" in told(found)[0]


def test_only_what_is_in_force_can_be_unreported(tmp_path: Path):
    found = {year: read(tmp_path, year).unreported for year in (2020, 2021, 2022)}
    ids = {year: [each.what for each in problems] for year, problems in found.items()}
    assert "3件" in ids[2020][0]
    assert [("i3 " in "".join(each), "i4 " in "".join(each)) for each in ids.values()] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    assert "".join(ids[2022]).count("i3b") == 0


def test_the_department_is_that_of_the_year(tmp_path: Path):
    found = {year: read(tmp_path, year).unreported for year in (2020, 2021)}
    assert not any("企画課" in each.what for each in found[2020])
    assert any("企画課：令和３年度の未報告が1件" in each.what for each in found[2021])


def test_a_part_that_goes_on_is_held_against_its_own_baseline_not_the_whole(tmp_path: Path):
    found = read(tmp_path, 2021, row("i3", 9, year=2020), row("i3a", 4, year=2021))
    assert [each.what for each in found.findings.warnings] == [
        "現状値（令和元年度）の1か所から4か所に、＋300％ 変わっています。"
    ]
    other = read(tmp_path, 2021, row("i3", 9, year=2020), row("i3b", 2, year=2021))
    assert other.findings.warnings == ()


def test_a_comment_on_an_ended_plan_is_refused(tmp_path: Path):
    path = save(book(comments=[["p1", None, 2021, "取組。", None, None]]), tmp_path)
    catalogue = load(tmp_path, revision(1, 2021, change("end", id="p1")))
    found = read_reports(path, catalogue, FiscalYear(2021))
    assert told(found)[0].startswith("計画コメント!A2: 「p1」が計画にあるのは令和２年度までです")


def test_the_plan_lasts_as_long_as_a_revised_target(tmp_path: Path):
    later = change("target", id="i1", target=places(10, kind="at_least", deadline=2027))
    assert last_year_of(History(load(tmp_path, revision(1, 2021, later)))) == FiscalYear(2027)


def test_what_may_be_reported_is_asked_of_the_target_of_the_year(tmp_path: Path):
    state = change("target", id="i1", target={"text": "運用開始", "kind": "state"})
    catalogue = load(tmp_path, revision(1, 2021, state))
    path = save(
        book([row("i1", "7か所", year=2020), row("i1", "運用", year=2021, state="実施中")]),
        tmp_path,
    )
    assert told(read_reports(path, catalogue, FiscalYear(2021))) == []
