"""Departments that answer: sheets handed out, filled in, damaged, put into the inbox."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpireport.collection import Collected, collect, hand_out
from kpireport.collection.inputs import read_inputs
from kpireport.domain.actuals import Actual
from kpireport.domain.years import FiscalYear
from tests.collection.handing_out import fill_in, report_with, titles_of
from tests.reports import files_in, put_files
from tests.review_reports import small_rows

YEAR = FiscalYear(2021)
HOIKU, KIKAKU, KYOIKU, SODAN = "保育課", "企画課", "教育課", "相談課"

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A report whose year is empty, and its handed-out sheets by department."""

    report: Path
    handed: Mapping[str, Path]

    @property
    def inbox(self) -> Path:
        return self.report / "inbox"

    @property
    def workbook(self) -> Path:
        return self.report / "actuals.xlsx"

    def answer(self, department: str, answers: Answers, name: str = "") -> Path:
        """Put a department's filled sheet into the inbox."""
        path = self.inbox / (name or f"{department}.xlsx")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.handed[department], path)
        fill_in(path, answers)
        return path

    def collect(self, **options: Any) -> Collected:
        return collect(self.report, **options)

    def fact(self, id_: str) -> Actual | None:
        """What the report's workbook says of the year, read as a build reads it."""
        return read_inputs(self.report).actuals.find(id_, YEAR)

    def text(self, id_: str) -> str:
        fact = self.fact(id_)
        return fact.value.text if fact and fact.value else ""

    def comment(self, plan_id: str) -> tuple[str, str, str]:
        found = read_inputs(self.report).actuals.find_comment(plan_id, YEAR)
        return (
            (found.text("initiatives"), found.text("issues"), found.text("outlook"))
            if found
            else ("", "", "")
        )


def asked(folder: Path, **more: Any) -> Asked:
    """A report with last year's actuals alone, whose sheets have been handed out.

    Those with the same wishes are handed out once, and put into the folder after that.
    """
    wishes = repr(more)
    if wishes not in _handed_out:
        with TemporaryDirectory() as place:
            _handed_out[wishes] = _hand_out(Path(place), **more)
    handed, files = _handed_out[wishes]
    put_files(folder, files)
    report = folder / str(YEAR.year)
    (report / "inbox").mkdir()
    return Asked(report, {department: folder / name for department, name in handed.items()})


_handed_out: dict[str, tuple[dict[str, str], dict[str, bytes]]] = {}
"""By wishes: each department's file, and all files."""


def _hand_out(place: Path, **more: Any) -> tuple[dict[str, str], dict[str, bytes]]:
    rows = [row for row in small_rows(2021) if row[2] == 2020]
    report = report_with(place, rows=rows, **more)
    (report / "inbox").mkdir()
    handed = hand_out(report, output=place / "handed")
    names = {each.department: each.path.relative_to(place).as_posix() for each in handed}
    return names, files_in(place)


def edited(path: Path, edit: Callable[[Workbook], None]) -> Path:
    """Change a workbook in a way that its protection would have kept people from."""
    book = load_workbook(path, keep_vba=path.suffix == ".xlsm")
    edit(book)
    book.save(path)
    return path


def put(path: Path, id_: str, title: str, value: Any, sheet: str = "実績") -> Path:
    """Type into any cell of a row, locked or not."""

    def edit(book: Workbook) -> None:
        page = book[sheet]
        page.cell(row_of(page, id_), titles_of(page)[title]).value = value

    return edited(path, edit)


def row_of(sheet: Worksheet, id_: str) -> int:
    return next(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 1).value == id_)


def told(collected: Collected) -> list[str]:
    """All errors: ``file: place: what``."""
    return [f"{Path(each.file).name}: {each.place}: {each.what}" for each in collected.errors]


def warned(collected: Collected) -> list[str]:
    return [f"{Path(each.file).name}: {each.place}: {each.what}" for each in collected.warnings]


def by_hand(path: Path, id_: str, title: str, value: Any, sheet: str = "実績") -> None:
    """Write into the report's own workbook, whose titles are in row 1."""
    book = load_workbook(path)
    page = book[sheet]
    titles = {cell.value: cell.column for cell in page[1]}
    year = titles["年度"]
    rows = [
        row
        for row in range(2, page.max_row + 1)
        if (page.cell(row, 1).value, page.cell(row, year).value) == (id_, YEAR.year)
    ]
    row = rows[0] if rows else page.max_row + 1
    page.cell(row, 1).value = id_
    page.cell(row, year).value = YEAR.year
    page.cell(row, titles[title]).value = value
    book.save(path)


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part of its package changed; made where it is not there."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            new.writestr(each, change(content) if each == name else content)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return made.getvalue()
