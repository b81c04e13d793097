"""Reports whose sheets are handed out, and departments that fill them in."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.review_reports import PLAN, write_review

# leads and others of the small plan, whose plans have further indicators of 企画課
DEPARTMENTS = {
    "share": ["保育課", "企画課"],
    "two": ["保育課"],
    "tablets": ["教育課"],
    "boards": ["教育課"],
    "calls": ["相談課"],
}
COLLECTION = '\n[collection]\ndeadline = 2022-05-13\ncontact = "企画課（内線1234）"\n'
COLLECTION_YEAR = 2021


def plan_with(departments: Mapping[str, list[str]], *, default: str = "企画課") -> dict[str, Any]:
    """The small plan with departments by indicator's id."""
    data: dict[str, Any] = copy.deepcopy(PLAN)

    def assign(row: dict[str, Any]) -> None:
        for each in row.get("indicators", ()):
            assign(each)
        named = departments.get(row["id"], [default] if default else [])
        if "target" in row and named:
            row["departments"] = named

    for goal in data["goals"]:
        for row in goal["numeric_targets"]:
            assign(row)
        for plan in goal["plans"]:
            for row in plan["indicators"]:
                assign(row)
    return data


def report_with(
    folder: Path,
    departments: Mapping[str, list[str]] = DEPARTMENTS,
    *,
    collection: str = COLLECTION,
    default: str = "企画課",
    **more: Any,
) -> Path:
    """Write a report folder whose plan has departments; return it."""
    plan = plan_with(departments, default=default)
    report = write_review(folder, COLLECTION_YEAR, plan=plan, **more)
    with (report / "report.toml").open("a", encoding="utf-8") as stream:
        stream.write(collection)
    return report


def titles_of(sheet: Worksheet) -> dict[str, int]:
    """The columns (from 1) by the first line of their titles, which are in row 3."""
    return {str(cell.value).split("\n")[0]: cell.column for cell in sheet[3] if cell.value}


def rows_of(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows below the titles, their cells' values by title."""
    titles = titles_of(sheet)
    return [
        {title: sheet.cell(row, column).value for title, column in titles.items()}
        for row in range(4, sheet.max_row + 1)
    ]


def fill_in(path: Path, answers: Mapping[str, Mapping[str, Any]]) -> None:
    """Type into the sheets of a workbook: answers by id and title."""
    book = load_workbook(path)
    for sheet in book.worksheets[1:]:
        titles = titles_of(sheet)
        for row in range(4, sheet.max_row + 1):
            for title, value in answers.get(str(sheet.cell(row, 1).value), {}).items():
                if title in titles:
                    cell = sheet.cell(row, titles[title])
                    assert not cell.protection.locked, f"{cell.coordinate} is locked"
                    cell.value = value
                    if isinstance(value, str):  # in a cell for text "=…" is text, as in Excel
                        cell.data_type = "s"
    book.save(path)
