"""Make the sample workbooks of the yearly actuals: ``reports/<fiscal year>/actuals.xlsx``.

Comes in: the plan and the invented figures of ``tools/samples``. Goes out: one workbook
per fiscal year, as departments would have filled it in, byte for byte the same at every
run. Run it from the repository's root::

    python tools/make_samples.py
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from kpireport.collection.fresh_book import BookRow, Content, FreshBook
from kpireport.domain.actuals import ReportedState
from kpireport.domain.catalogue import Catalogue, Measure
from kpireport.domain.comment_columns import USUAL_COMMENTS
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.presets import LINEAR
from kpireport.sources import actuals_forms as forms
from kpireport.sources.catalogue import load_catalogue
from kpireport.writers.xlsx import write_book

ROOT = Path(__file__).parents[1]
SAMPLES = Path(__file__).with_name("samples")
YEARS = (2019, 2020, 2021)
NOTICE = "見本：数値は架空"
REMARK = (
    "このブックの実績、コメント、評価の修正、所管課の名前は、操作を試すための見本です。"
    "実際の数値ではありません。"
)
MADE = dt.datetime(2019, 7, 1, tzinfo=dt.UTC)

_STATE = re.compile(rf"({'|'.join(ReportedState)})：(.*)")
_NUMBER = re.compile(r"[0-9]+")
_PERCENTAGE = re.compile(r"([0-9.]+)%")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_EPOCH = dt.date(1899, 12, 30)  # from which Excel counts days

Texts = dict[str, str]


def main() -> None:
    """Write the workbooks of all years."""
    for path, content in sample_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")


def sample_files() -> dict[Path, bytes]:
    """The workbook of each year and where it belongs."""
    catalogue = load_catalogue(ROOT / "catalogue.json")
    figures = _figures()
    notes = tomllib.loads((SAMPLES / "notes.toml").read_text(encoding="utf-8"))
    comments = tomllib.loads((SAMPLES / "comments.toml").read_text(encoding="utf-8"))
    books = {
        year: _workbook(
            year,
            _actual_rows(catalogue, figures, notes, year),
            _comment_rows(catalogue, comments, year),
            _override_rows(catalogue, notes, year),
        )
        for year in YEARS
    }
    return {ROOT / "reports" / str(year) / "actuals.xlsx": book for year, book in books.items()}


# --- what the rows say -----------------------------------------------------------


def _figures() -> dict[str, Texts]:
    with (SAMPLES / "actuals.tsv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream, delimiter="\t")}


def _actual_rows(
    catalogue: Catalogue, figures: Mapping[str, Texts], notes: Mapping[str, Any], year: int
) -> list[Texts]:
    """One row per measure, and below them those that came late."""
    comments = notes["comments"][str(year)]
    by_id = {measure.id: measure for measure in catalogue.measures()}
    rows = [
        _actual_row(measure, year, figures[id_]["所管課"], figures[id_][str(year)])
        | {forms.COMMENT: comments.get(id_, "")}
        for id_, measure in by_id.items()
    ]
    for late in notes["late"]:
        if late["report"] == year:
            id_ = late["id"]
            department = figures[id_]["所管課"]
            rows.append(_actual_row(by_id[id_], late["fiscal_year"], department, late["value"]))
    return rows


def _actual_row(measure: Measure, year: int, department: str, written: str) -> Texts:
    state, value = "", written
    if match := _STATE.fullmatch(written):
        state, value = match.groups()
    reason = written.removeprefix("!") if written.startswith("!") else ""
    return {
        forms.ID: measure.id,
        forms.NAME: measure.name,
        forms.DEPARTMENT: department,
        forms.YEAR: str(year),
        "現状値": measure.baseline.text,
        "目標値": measure.target.text,
        forms.VALUE: "" if reason else value,
        forms.STATE: state,
        forms.REASON: reason,
        forms.COMMENT: "",
    }


def _comment_rows(catalogue: Catalogue, comments: Mapping[str, Any], year: int) -> list[Texts]:
    rows = []
    for plan in catalogue.plans():
        comment = comments.get(plan.id, {}).get(str(year))
        if comment is None:
            continue
        rows.append(
            {
                forms.ID: plan.id,
                forms.PLAN: f"{plan.label}　{plan.title}",
                forms.YEAR: str(year),
                **{each.label: comment[each.key] for each in USUAL_COMMENTS},
            }
        )
    return rows


def _override_rows(catalogue: Catalogue, notes: Mapping[str, Any], year: int) -> list[Texts]:
    names = {measure.id: measure.name for measure in catalogue.measures()}
    return [
        {
            forms.ID: each["id"],
            forms.NAME: names[each["id"]],
            forms.YEAR: str(year),
            forms.MARK: each["mark"],
            forms.OVERRIDE_REASON: each["reason"],
        }
        for each in notes["overrides"]
        if each["fiscal_year"] == year
    ]


# --- the workbook ----------------------------------------------------------------


def _workbook(
    year: int, actuals: Sequence[Texts], comments: Sequence[Texts], overrides: Sequence[Texts]
) -> bytes:
    book = FreshBook(
        FiscalYear(year),
        [mark.symbol for mark in LINEAR.marks],
        [_typed(row) for row in actuals],
        [_typed(row) for row in comments],
        [_typed(row) for row in overrides],
        NOTICE,
        REMARK,
    )
    return write_book(book.book("kpireport"), moment=MADE)


def _typed(row: Texts) -> BookRow:
    """The row as departments would have typed it: numbers, percentages, days, words."""
    return {title: _content(title, text) for title, text in row.items()}


def _content(title: str, text: str) -> Content | None:
    if not text:
        return None
    if title == forms.YEAR:
        return Content(int(text), "0")
    if title != forms.VALUE:
        return Content(text)
    if _NUMBER.fullmatch(text):
        return Content(int(text), "#,##0")
    if match := _PERCENTAGE.fullmatch(text):
        return Content(Decimal(match[1]) / 100, "0.0%")
    if _DAY.fullmatch(text):
        days = (dt.date.fromisoformat(text) - _EPOCH).days
        return Content(days, '[$-411]ggge"年"m"月"d"日"')
    return Content(text)


if __name__ == "__main__":
    main()
