"""When workbooks say that they were made: never when the clock says."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from kpireport.plan_books.conducting import export_plan
from kpireport.plan_books.exporting import usual_moment

CATALOGUE = Path(__file__).parents[2] / "catalogue.json"


def test_an_exported_plan_bears_the_first_day_of_its_baseline(tmp_path: Path) -> None:
    book = export_plan(CATALOGUE, tmp_path / "計画.xlsx")
    year = json.loads(CATALOGUE.read_text(encoding="utf-8"))["years"]["baseline"]
    assert openpyxl.load_workbook(book).properties.created == dt.datetime(year, 4, 1)  # noqa: DTZ001
    assert book.read_bytes() == export_plan(CATALOGUE, tmp_path / "again.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("years", "day"),
    [
        ({"baseline": 2023}, (2023, 4, 1)),
        ({"baseline": 2023, "kind": "calendar"}, (2023, 1, 1)),
        ({"baseline": 1}, (1980, 1, 1)),
        ({"baseline": 99_999}, (1980, 1, 1)),
        ({"baseline": "いつか"}, (1980, 1, 1)),
        ("いつか", (1980, 1, 1)),
    ],
)
def test_the_moment_is_one_that_files_can_bear(years: object, day: tuple[int, int, int]) -> None:
    assert usual_moment({"years": years}).date() == dt.date(*day)  # type: ignore[dict-item]
