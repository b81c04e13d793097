"""Make the sample workbooks of the yearly actuals: ``reports/<fiscal year>/actuals.xlsx``.

Comes in: the plan and the invented figures of ``tools/samples``. Goes out: one workbook
per fiscal year, as departments would have filled it in, byte for byte the same at every
run. Run it from the repository's root::

    python tools/make_samples.py
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kpireport.domain.actuals import ReportedState
from kpireport.domain.catalogue import Catalogue, Indicator, NumericTarget
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.evaluation.presets import LINEAR
from kpireport.sources import actuals_forms as forms
from kpireport.sources.catalogue import load_catalogue

ROOT = Path(__file__).parents[1]
SAMPLES = Path(__file__).with_name("samples")
YEARS = (2019, 2020, 2021)
NOTICE = "見本：数値は架空"
MADE = dt.datetime(2019, 7, 1, tzinfo=dt.UTC)

_STATE = re.compile(rf"({'|'.join(ReportedState)})：(.*)")
_NUMBER = re.compile(r"[0-9]+")
_PERCENTAGE = re.compile(r"([0-9.]+)%")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_FONT = "BIZ UDPゴシック"
_EDGE = Side(style="thin", color="A6A6A6")
_TO_FILL_IN = {
    *(forms.VALUE, forms.STATE, forms.REASON, forms.COMMENT),
    *(forms.INITIATIVES, forms.ISSUES, forms.OUTLOOK, forms.MARK, forms.OVERRIDE_REASON),
}
# fmt: off
_WIDTHS = {
    forms.ID: 9, forms.NAME: 44, forms.DEPARTMENT: 20, forms.YEAR: 8, "現状値": 22,
    "目標値": 24, forms.VALUE: 32, forms.STATE: 11, forms.REASON: 32, forms.COMMENT: 48,
    forms.PLAN: 40, forms.INITIATIVES: 56, forms.ISSUES: 56, forms.OUTLOOK: 56,
    forms.MARK: 10, forms.OVERRIDE_REASON: 72,
}
# fmt: on

Row = dict[str, str]


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
    return {
        ROOT / "reports" / str(year) / "actuals.xlsx": _same_bytes(book)
        for year, book in books.items()
    }


# --- what the rows say -----------------------------------------------------------


def _figures() -> dict[str, Row]:
    with (SAMPLES / "actuals.tsv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream, delimiter="\t")}


def _subjects(catalogue: Catalogue) -> Iterable[Indicator | NumericTarget]:
    for goal in catalogue.goals:
        yield from goal.numeric_targets
        yield from goal.indicators()


def _actual_rows(
    catalogue: Catalogue, figures: Mapping[str, Row], notes: Mapping[str, Any], year: int
) -> list[Row]:
    """One row per subject, and below them those that came late."""
    comments = notes["comments"][str(year)]
    by_id = {subject.id: subject for subject in _subjects(catalogue)}
    rows = [
        _actual_row(subject, year, figures[id_]["所管課"], figures[id_][str(year)])
        | {forms.COMMENT: comments.get(id_, "")}
        for id_, subject in by_id.items()
    ]
    for late in notes["late"]:
        if late["report"] == year:
            id_ = late["id"]
            department = figures[id_]["所管課"]
            rows.append(_actual_row(by_id[id_], late["fiscal_year"], department, late["value"]))
    return rows


def _actual_row(
    subject: Indicator | NumericTarget, year: int, department: str, written: str
) -> Row:
    state, value = "", written
    if match := _STATE.fullmatch(written):
        state, value = match.groups()
    reason = written.removeprefix("!") if written.startswith("!") else ""
    return {
        forms.ID: subject.id,
        forms.NAME: subject.name,
        forms.DEPARTMENT: department,
        forms.YEAR: str(year),
        "現状値": subject.baseline.text,
        "目標値": subject.target.text,
        forms.VALUE: "" if reason else value,
        forms.STATE: state,
        forms.REASON: reason,
        forms.COMMENT: "",
    }


def _comment_rows(catalogue: Catalogue, comments: Mapping[str, Any], year: int) -> list[Row]:
    rows = []
    for plan in (plan for goal in catalogue.goals for plan in goal.plans):
        comment = comments.get(plan.id, {}).get(str(year))
        if comment is None:
            continue
        rows.append(
            {
                forms.ID: plan.id,
                forms.PLAN: f"{plan.label}　{plan.title}",
                forms.YEAR: str(year),
                forms.INITIATIVES: comment["initiatives"],
                forms.ISSUES: comment["issues"],
                forms.OUTLOOK: comment["outlook"],
            }
        )
    return rows


def _override_rows(catalogue: Catalogue, notes: Mapping[str, Any], year: int) -> list[Row]:
    names = {subject.id: subject.name for subject in _subjects(catalogue)}
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


# --- how the workbook looks ------------------------------------------------------


def _workbook(year: int, actuals: list[Row], comments: list[Row], overrides: list[Row]) -> Workbook:
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = "kpireport"
    book.properties.title = f"{format_fiscal_year(FiscalYear(year))} 実績（{NOTICE}）"
    book.properties.created = MADE.replace(tzinfo=None)
    explanation = book.active
    assert isinstance(explanation, Worksheet)  # noqa: S101 - a new workbook has one
    _fill_explanation(explanation, year)
    _fill(book.create_sheet(forms.ACTUALS.name), actuals, frozen_columns=2)
    _offer(book[forms.ACTUALS.name], forms.STATE, list(ReportedState))
    _fill(book.create_sheet(forms.COMMENTS.name), comments, frozen_columns=2)
    _fill(book.create_sheet(forms.OVERRIDES.name), overrides, frozen_columns=2)
    _offer(book[forms.OVERRIDES.name], forms.MARK, [mark.symbol for mark in LINEAR.marks])
    return book


def _fill_explanation(sheet: Worksheet, year: int) -> None:
    sheet.title = "説明"
    sheet.column_dimensions["A"].width = 100
    sheet.sheet_view.showGridLines = False
    for row, line in enumerate(_explanation(year), start=1):
        cell = sheet.cell(row, 1, line)
        cell.font = Font(name=_FONT, size=14 if row == 1 else 11, bold=row == 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _explanation(year: int) -> tuple[str, ...]:
    text = f"""\
{format_fiscal_year(FiscalYear(year))}　実績報告（{NOTICE}）

このブックの実績、コメント、評価の修正、所管課の名前は、操作を試すための見本です。実際の数値ではありません。

シート「{forms.ACTUALS.name}」：黄色の欄に書きます。
数で報告する指標は、実績に数だけを書いてもかまいません（単位は計画のものを補います）。まだないものは「―」とします。
状態の目標（運用開始、充実など）は、実績に言葉で書き、{forms.STATE}を選びます。
報告できないときは、実績を空欄にして「{forms.REASON}」に書きます。
シート「{forms.COMMENTS.name}」：戦略計画ごとに、{forms.INITIATIVES}、{forms.ISSUES}、{forms.OUTLOOK}を書きます。
シート「{forms.OVERRIDES.name}」：自動の評価を改めるものだけ、{forms.MARK}と{forms.OVERRIDE_REASON}を書きます。
列の順は変えてもかまいません。見出しの言葉は変えないでください。"""
    return tuple(text.splitlines())


def _fill(sheet: Worksheet, rows: list[Row], *, frozen_columns: int) -> None:
    titles = list(rows[0])
    for column, title in enumerate(titles, start=1):
        cell = sheet.cell(1, column, title)
        cell.font = Font(name=_FONT, size=11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color="2F5D50")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = Border(_EDGE, _EDGE, _EDGE, _EDGE)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[title]
    for number, row in enumerate(rows, start=2):
        for column, title in enumerate(titles, start=1):
            _fill_cell(sheet.cell(number, column), title, row[title])
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = sheet.cell(2, frozen_columns + 1)
    sheet.auto_filter.ref = sheet.dimensions
    _set_up_printing(sheet)


def _fill_cell(cell: Cell, title: str, text: str) -> None:
    cell.font = Font(name=_FONT, size=11)
    cell.border = Border(_EDGE, _EDGE, _EDGE, _EDGE)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if title in _TO_FILL_IN:
        cell.fill = PatternFill("solid", start_color="FFF9E5")
    if not text:
        return
    if title == forms.YEAR or (title == forms.VALUE and _NUMBER.fullmatch(text)):
        cell.value = int(text)
        cell.number_format = "0" if title == forms.YEAR else "#,##0"
    elif title == forms.VALUE and (match := _PERCENTAGE.fullmatch(text)):
        cell.value = round(float(match[1]) / 100, 6)
        cell.number_format = "0.0%"
    elif title == forms.VALUE and _DAY.fullmatch(text):
        cell.value = dt.date.fromisoformat(text)
        cell.number_format = '[$-411]ggge"年"m"月"d"日"'
    else:
        cell.value = text


def _offer(sheet: Worksheet, title: str, choices: Iterable[str]) -> None:
    """Put a drop-down list of choices to a column."""
    column = next(cell.column_letter for cell in sheet[1] if cell.value == title)
    validation = DataValidation(
        "list", formula1='"' + ",".join(choices) + '"', allow_blank=True, showErrorMessage=True
    )
    validation.errorTitle, validation.error = title, "一覧から選んでください。"
    validation.add(f"{column}2:{column}{max(sheet.max_row, 50)}")
    sheet.add_data_validation(validation)


def _set_up_printing(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddHeader.center.text = NOTICE
    sheet.oddFooter.center.text = "&P / &N"


def _same_bytes(book: Workbook) -> bytes:
    """The workbook's file without the time of day: fixed dates inside and on the entries."""
    buffer, fixed = io.BytesIO(), io.BytesIO()
    book.save(buffer)
    stamp = MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return fixed.getvalue()


if __name__ == "__main__":
    main()
