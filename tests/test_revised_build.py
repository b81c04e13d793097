"""A revised plan through the conductor: settings, actuals, the year's plan, both files."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.conductor import build, check
from kpireport.errors import InputError
from tests.review_reports import OUTPUTS, small_rows, write_review
from tests.revised_reviews import REVISED, REVISED_FIGURES
from tests.sources import catalogues

PLAN_SETTINGS = """\
edition = "plan"
catalogue = "../catalogue.json"
date = 2022-04-01
as_of = {year}

[output]
name = "計画"
"""


def write(folder: Path, year: int, review: str = "draft = true") -> Path:
    rows = small_rows(year, REVISED_FIGURES)
    return write_review(folder, year, plan=REVISED, rows=rows, review=review)


def problems(report: Path) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as error:
        check(report)
    return [(each.place, each.what) for each in error.value.problems]


@pytest.mark.parametrize("charts", ["image", "native"])
def test_a_review_of_a_revised_plan_is_built_in_both_formats(tmp_path: Path, charts: str):
    report = write(tmp_path, 2022)
    settings = report / "report.toml"
    settings.write_text(f'{settings.read_text()}\n[docx]\ncharts = "{charts}"\n')
    assert [path.relative_to(report).as_posix() for path in build(report)] == list(OUTPUTS)


def test_contents_are_those_in_force(tmp_path: Path):
    counts = {year: check(write(tmp_path, year)).indicators for year in (2020, 2021, 2022)}
    assert counts == {2020: 13, 2021: 13, 2022: 13}  # one ended and one came; two and two
    decided = write_review(tmp_path / "decided", 2022, review="draft = true")
    assert check(decided).indicators == 13


def test_a_final_build_asks_only_for_what_is_in_force(tmp_path: Path):
    found = problems(write(tmp_path, 2022, review="draft = false"))
    assert [what.partition("：")[2] for _, what in found] == [
        "令和４年度の未報告が1件あります（boards 黒板の配備）。"
    ]


def test_a_row_of_an_ended_indicator_is_refused(tmp_path: Path):
    rows = [*small_rows(2022, REVISED_FIGURES), ["keep", None, 2022, "年間200人"]]
    report = write_review(tmp_path, 2022, plan=REVISED, rows=rows, review="draft = true")
    assert problems(report)[0][1] == "「keep」が計画にあるのは令和２年度までです（第１次改定）。"


def plan_report(folder: Path, year: int) -> Path:
    catalogues.write(folder, REVISED)
    report = folder / "plan"
    report.mkdir()
    (report / "report.toml").write_text(PLAN_SETTINGS.format(year=year), encoding="utf-8")
    return report


def test_the_plan_edition_can_be_built_as_revised(tmp_path: Path):
    report = plan_report(tmp_path, 2022)
    assert [path.name for path in build(report)] == ["計画.docx", "計画.pdf"]
    assert check(report).indicators == 13


def test_the_year_of_the_plan_edition_is_one_of_the_plans(tmp_path: Path):
    assert problems(plan_report(tmp_path, 2031)) == [
        ("as_of", "令和13年度（2031）は、計画の年度ではありません。")
    ]


def test_a_review_has_no_year_of_the_plan_beside_its_own(tmp_path: Path):
    report = write(tmp_path, 2022)
    settings = report / "report.toml"
    settings.write_text(f"as_of = 2021\n{settings.read_text()}")
    assert problems(report) == [("as_of", "as_of は計画版（plan）だけのものです。")]
