"""A year's CSV becomes a workbook that says the same; the CSV stays."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kpireport.collection import write_values
from kpireport.collection.csv_book import move_csv_to_book
from kpireport.collection.typed import TypedRow
from kpireport.errors import InputError, OutputError
from kpireport.reports import Report
from kpireport.sources.actuals_forms import ACTUALS, COMMENTS, OVERRIDES
from tests.review_reports import small_rows, write_review

SHEETS = (ACTUALS.name, COMMENTS, OVERRIDES.name)


def as_csv(folder: Path, source: Path) -> None:
    """Write a workbook's sheets as CSV files of a folder."""
    from openpyxl import load_workbook

    folder.mkdir()
    sheets = load_workbook(source)
    for name in SHEETS:
        if name in sheets.sheetnames:
            with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                rows = sheets[name].iter_rows(values_only=True)
                csv.writer(file).writerows(
                    ["" if each is None else each for each in row] for row in rows
                )


def csv_report(tmp_path: Path, **options: Any) -> Path:
    """Write a report whose actuals are a folder of CSV files."""
    report = write_review(tmp_path, rows=small_rows(2021), **options)
    as_csv(report / "実績", report / "actuals.xlsx")
    (report / "actuals.xlsx").unlink()
    settings = report / "report.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("[review]", '[review]\nactuals = "実績" # CSV', 1), "utf-8")
    return report


def test_the_workbook_says_what_the_csv_said(tmp_path: Path) -> None:
    report = csv_report(tmp_path)
    before, files = Report.open(report), {p: p.read_bytes() for p in (report / "実績").iterdir()}
    made = move_csv_to_book(report)
    after = Report.open(report)
    assert made == after.settings.review.actuals == report / "actuals.xlsx"  # type: ignore[union-attr]
    assert after.actuals == before.actuals
    assert after.read is not None
    assert before.read is not None
    assert after.read.unreported == before.read.unreported
    assert {p: p.read_bytes() for p in (report / "実績").iterdir()} == files
    assert 'actuals = "actuals.xlsx" # CSV' in (report / "report.toml").read_text("utf-8")


def test_values_are_typed_into_it(tmp_path: Path) -> None:
    report = csv_report(tmp_path)
    move_csv_to_book(report)
    assert write_values(report, [TypedRow(ACTUALS.name, "share", {"実績": "98.7％"})])
    found = Report.open(report).actuals.find(
        "share", Report.open(report).review_settings.fiscal_year
    )
    assert found is not None
    assert found.value is not None
    assert found.value.text == "98.7％"


def test_earlier_years_that_were_found_by_its_name_are_still_read(tmp_path: Path) -> None:
    report = csv_report(tmp_path)
    earlier = report.parent / "2020"
    earlier.mkdir()
    (report / "実績").rename(earlier / "実績")
    as_csv(report / "実績", write_review(tmp_path / "same", rows=small_rows(2021)) / "actuals.xlsx")
    _keep(report / "実績" / "実績.csv", "2021")
    _keep(earlier / "実績" / "実績.csv", "2020")
    before = Report.open(report)
    assert before.review_settings.earlier == (earlier / "実績",)
    move_csv_to_book(report)
    assert tomllib.loads((report / "report.toml").read_text("utf-8"))["review"]["earlier"] == [
        "../2020/実績"
    ]
    assert Report.open(report).actuals == before.actuals


def _keep(path: Path, year: str) -> None:
    """Leave the rows of a year in a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        titles, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([titles, *(each for each in rows if each[2] == year)])


def test_faults_of_the_csv_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    report = csv_report(tmp_path)
    path = report / "実績" / "実績.csv"
    path.write_text(path.read_text("utf-8-sig").replace("98.6％", "たくさん"), "utf-8-sig")
    settings = (report / "report.toml").read_bytes()
    with pytest.raises(InputError):
        move_csv_to_book(report)
    assert not (report / "actuals.xlsx").exists()
    assert (report / "report.toml").read_bytes() == settings


def test_a_workbook_that_is_there_stays(tmp_path: Path) -> None:
    report = csv_report(tmp_path)
    (report / "actuals.xlsx").write_bytes(b"mine")
    with pytest.raises(OutputError, match="もうあります"):
        move_csv_to_book(report)
    assert (report / "actuals.xlsx").read_bytes() == b"mine"


def test_a_later_year_that_reads_the_csv_keeps_it(tmp_path: Path) -> None:
    report = csv_report(tmp_path)
    later = report.parent / "2022"
    later.mkdir()
    text = (report / "report.toml").read_text("utf-8")
    (later / "report.toml").write_text(text.replace("2021", "2022"), "utf-8")
    with pytest.raises(InputError, match="2022 の報告書が"):
        move_csv_to_book(report)


def test_what_is_no_csv_is_left_alone(tmp_path: Path) -> None:
    report = write_review(tmp_path, rows=small_rows(2021))
    with pytest.raises(InputError, match="CSV ではありません"):
        move_csv_to_book(report)
