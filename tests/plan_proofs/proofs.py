"""A plan with a workbook and an original, and people who tick, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpireport.cli import main
from tests.reports import write_report

BOTH = ("読み手", "聞き手")
SHEET = "読み合わせ"


def town(folder: Path, *changes: tuple[str, Any]) -> Path:
    """Write a report's folder with a plan; return the plan's file."""
    return write_report(folder, *changes) / "catalogue.json"


def prove(plan: Path, *options: object) -> int:
    """Run ``plan proof``."""
    return main(["plan", "proof", str(plan), *map(str, options)])


def proof_of(plan: Path) -> Path:
    """The proof beside a plan's file."""
    return plan.parent / "読み合わせ.xlsx"


def edit(path: Path, change: Callable[[Workbook], object]) -> None:
    """Change a workbook as Excel would save it."""
    book = load_workbook(path)
    change(book)
    book.save(path)


def title_row(sheet: Worksheet, title: str = "記号") -> int:
    """The row of a sheet's titles."""
    tops = enumerate(sheet.iter_rows(values_only=True), 1)
    return next(number for number, texts in tops if title in texts)


def columns(sheet: Worksheet, title: str = "記号") -> dict[str, int]:
    """The columns of a sheet by their titles."""
    return {str(each.value): each.column for each in sheet[title_row(sheet, title)]}


def rows(path: Path, sheet: str = SHEET) -> dict[str, dict[str, str]]:
    """The rows of a proof by their ids, each as its texts by the columns' titles."""
    page = load_workbook(path)[sheet]
    names, first = columns(page), title_row(page) + 1
    read = [
        {title: str(page.cell(row, at).value or "") for title, at in names.items()}
        for row in range(first, page.max_row + 1)
    ]
    return {f"{each['種類']} {each['記号']}": each for each in read}


def write(path: Path, id_: str, texts: Mapping[str, str | None]) -> None:
    """Write into the cells of a proof's row."""

    def change(book: Workbook) -> None:
        page = book[SHEET]
        names = columns(page)
        for row in range(title_row(page) + 1, page.max_row + 1):
            kind, own = (page.cell(row, names[each]).value for each in ("種類", "記号"))
            if f"{kind} {own}" == id_:
                for title, text in texts.items():
                    page.cell(row, names[title]).value = text

    edit(path, change)


def tick_all(path: Path, *titles: str, mark: str = "○") -> None:
    """Tick every row of a proof."""

    def change(book: Workbook) -> None:
        page = book[SHEET]
        names = columns(page)
        for row in range(title_row(page) + 1, page.max_row + 1):
            for title in titles:
                page.cell(row, names[title]).value = mark

    edit(path, change)


def add_original(
    book: Path, cells: Mapping[str, tuple[str, ...]], places: Mapping[str, str]
) -> None:
    """Put an original into a plan's workbook.

    Args:
        book: the plan's workbook.
        cells: what stands at each place.
        places: those of the indicators, by their ids.
    """

    def change(workbook: Workbook) -> None:
        page = workbook["指標"]
        names = columns(page)
        for row in range(title_row(page) + 1, page.max_row + 1):
            if place := places.get(str(page.cell(row, names["記号"]).value)):
                page.cell(row, names["原本"]).value = place
        original = workbook.create_sheet("原本")
        original.append(["場所", "文字"])
        for place, texts in cells.items():
            original.append([place, *texts])

    edit(book, change)
