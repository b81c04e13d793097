"""A folder of kpireport 0.1.0: read as it is and upgraded, it builds the figures that it built."""

from __future__ import annotations

import csv
import shutil
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from kpireport.conductor import build
from kpireport.reports import Report
from kpireport.upgrading import upgrade
from tests.reports import files_in

PREDECESSOR = Path(__file__).parents[1] / "data" / "predecessor"
REPORTS = ("2020", "2021")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(PREDECESSOR, tmp_path / "reports")


def then() -> dict[tuple[str, str, str], tuple[str, ...]]:
    """What 0.1.0 made of the rows of which anything was reported, by report, row and year.

    Years before the first that anybody reported are not told any more, by a later decision.
    """
    with (PREDECESSOR / "figures.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert {each["year"] for each in rows if not each["value"]} == {"2019"}
    return {
        (each["report"], each["id"], each["year"]): (
            *(each["value"], each["mark"]),
            *(each["achievement"], each["progress"], each["expected"]),
        )
        for each in rows
        if each["value"]
    }


def now(folder: Path) -> dict[tuple[str, str, str], tuple[str, ...]]:
    return {key: row for report in REPORTS for key, row in _rows(folder, report)}


def _rows(folder: Path, name: str) -> Iterator[tuple[tuple[str, str, str], tuple[str, ...]]]:
    report = Report.open(folder / name)
    values = {(each.measure_id, each.fiscal_year): each.value for each in report.actuals.entries}
    assert report.evaluation is not None
    for each in report.evaluation.judgements:
        value = values.get((each.measure_id, each.fiscal_year))
        rates = (each.achievement_rate, each.progress_rate, each.expected)
        yield (
            (name, each.measure_id, str(each.fiscal_year.year)),
            (
                value.text if value else "",
                f"{each.mark.symbol} {each.mark.word}",
                *map(_fraction, rates),
            ),
        )


def _fraction(rate: Fraction | None) -> str:
    return "" if rate is None else str(rate)


def test_it_is_judged_as_it_was(folder: Path) -> None:
    assert len(then()) == 45
    assert now(folder) == then()


def test_upgraded_it_is_judged_as_it_was_and_built_to_the_same_bytes(folder: Path) -> None:
    build(folder / "2021")
    before = files_in(folder / "2021" / "out")
    found = upgrade(folder, apply=True)
    assert [each.path.parent.name for each in found.files] == ["2020", "2021", "plan"]
    for name in REPORTS:
        written = tomllib.loads((folder / name / "report.toml").read_text("utf-8"))
        assert written["format"] == 2
        assert written["evaluation"]["scheme"] == "linear"
    assert now(folder) == then()
    build(folder / "2021")
    assert files_in(folder / "2021" / "out") == before
    assert upgrade(folder).files == ()
