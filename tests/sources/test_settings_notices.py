"""Years in a review's settings that do not fit each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.collection import hand_out
from kpireport.errors import Problem
from kpireport.findings import Findings
from kpireport.reports import Report
from kpireport.sources.settings import load_settings
from kpireport.sources.settings_notices import note_odd_years, note_without_effect
from tests.collection.handing_out import report_with
from tests.review_reports import PLAN, with_yearly_targets, write_review
from tests.sources.revised import change, revision


def notices(report: Path) -> list[str]:
    found = Findings(report / "report.toml")
    note_odd_years(load_settings(report), report, found)
    return [each.what for each in found.warnings]


def misnamed(folder: Path) -> Path:
    report = write_review(folder, 2021)
    return report.rename(folder / "2022")


def test_years_that_fit_are_not_spoken_of(tmp_path: Path):
    write_review(tmp_path, 2020)
    assert not notices(write_review(tmp_path, 2021))


def test_a_folder_of_another_year_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    report = misnamed(tmp_path)
    assert [each[:36] for each in notices(report)] == [
        "令和３年度（2021）の報告書が、フォルダー「2022」にあります。前の"
    ]
    assert notices(report)[0] in [
        each.what for each in Report.open(report).inspected().findings.warnings
    ]
    monkeypatch.chdir(report)
    assert notices(Path())


def test_two_folders_of_one_year_are_told(tmp_path: Path):
    misnamed(tmp_path)
    assert notices(write_review(tmp_path, 2021)) == [
        "隣のフォルダー「2022」も、同じ令和３年度（2021）の報告書です。"
    ]


def test_a_folder_that_is_named_by_no_year_may_hold_any(tmp_path: Path):
    write_review(tmp_path, 2021)
    other = write_review(tmp_path / "x", 2021).rename(tmp_path / "案")
    assert not notices(other)


@pytest.mark.parametrize(("day", "is_odd"), [("2022-03-31", True), ("2022-04-01", False)])
def test_a_deadline_before_the_end_of_the_year_is_told(tmp_path: Path, day: str, is_odd: bool):
    report = write_review(tmp_path, 2021, review=f"\n[collection]\ndeadline = {day}\n")
    assert bool(notices(report)) == is_odd


def test_who_hands_out_hears_of_it(tmp_path: Path):
    report = report_with(tmp_path)
    settings = report / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace("2022-05-13", "2021-05-13"), "utf-8")
    told: list[Problem] = []
    hand_out(report, warn=told.append)
    assert [each.remedy for each in told] == [
        "年を確かめ、deadline = 2022-05-13 のように直してください。"
    ]


def test_a_neighbour_before_the_plans_years_is_one_sentence(tmp_path: Path):
    """The plan before was kept in the same file: its last year is no earlier year of this one."""
    write_review(tmp_path, 2015)
    write_review(tmp_path, 2020)
    report = Report.open(write_review(tmp_path, 2021))
    assert [path.parent.name for path in report.review_settings.earlier] == ["2020", "2015"]
    findings = report.inspected().findings
    assert [path.parent.name for path in report.review_settings.earlier] == ["2020"]
    assert not findings.errors
    assert [each.what for each in findings.warnings if each.place == "review.earlier"] == [
        "隣のフォルダー「2015」は、この計画の年度ではないので、前の年度の実績として使いません。"
    ]


def test_an_earlier_report_that_is_written_is_read_whatever_its_year(tmp_path: Path):
    write_review(tmp_path, 2015)
    folder = write_review(tmp_path, 2021)
    settings = folder / "report.toml"
    written = settings.read_text(encoding="utf-8")
    named = 'earlier = ["../2015/actuals.xlsx"]'
    settings.write_text(written.replace("[review]", f"[review]\n{named}", 1), encoding="utf-8")
    report = Report.open(folder)
    report.inspected()
    assert [path.parent.name for path in report.review_settings.earlier] == ["2015"]


# --- what cannot have an effect ----------------------------------------------------


@pytest.mark.parametrize(("has_rules", "told"), [(False, ["review.reasons"]), (True, [])])
def test_reasons_are_no_use_where_nothing_is_computed(
    has_rules: bool, told: list[str], tmp_path: Path
):
    report = write_review(tmp_path, 2021, review="reasons = true")
    found = Findings(report / "report.toml")
    note_without_effect(load_settings(report), found, has_rules=has_rules, has_yearly=True)
    assert [each.place for each in found.warnings] == told


@pytest.mark.parametrize(("has_yearly", "places"), [(True, []), (False, ["evaluation.against"])])
def test_rules_of_yearly_targets_are_told_where_the_plan_has_none(
    tmp_path: Path, has_yearly: bool, places: list[str]
):
    report = write_review(tmp_path, evaluation='scheme = "linear"\nagainst = "yearly"')
    found = Findings(report)
    note_without_effect(load_settings(report), found, has_rules=True, has_yearly=has_yearly)
    assert [each.place for each in found.warnings] == places


@pytest.mark.parametrize(
    ("evaluation", "is_told"),
    [
        ('scheme = "linear"', True),
        ('scheme = "tama"', True),
        ('scheme = "linear"\nagainst = "final"', False),  # as somebody has decided
        ('scheme = "linear"\nagainst = "yearly"', False),
        ('scheme = "kitsuki"', False),  # of no even course
        ('scheme = "none"', False),
    ],
)
def test_targets_by_year_that_decide_nothing_are_told(
    tmp_path: Path, evaluation: str, is_told: bool
):
    """The mark beside 702 of the year's 700 would be 「遅れ」, and nobody has asked for that."""
    plan = with_yearly_targets(PLAN, {"share": "61.0％"})
    report = write_review(tmp_path, 2021, plan=plan, evaluation=evaluation)
    warnings = Report.open(report).inspected().findings.warnings
    told = [each.place for each in warnings if "年度の目安" in each.what]
    assert told == ["evaluation.against"] * is_told


def test_targets_by_year_are_told_of_where_a_revision_brought_them(tmp_path: Path):
    """They are the plan's only in the years in which that is in force."""
    targets = [{"fiscal_year": 2021, "text": "61.0％"}]
    added = revision(1, 2021, change("yearly_targets", id="share", yearly_targets=targets))
    plan = {**PLAN, "revisions": [added]}
    told = [
        [each.place for each in Report.open(report).inspected().findings.warnings]
        for year in (2020, 2021)
        for report in [write_review(tmp_path / str(year), year, plan=plan)]
    ]
    assert ["evaluation.against" in each for each in told] == [False, True]
