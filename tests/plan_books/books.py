"""Plan's workbooks for tests, filled in as people fill them in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from kpireport.errors import Problem
from kpireport.plan_books.taking import TakenPlan, empty_workbook, take_plan

MOMENT = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
TITLE_ROW = 4
BASICS = {
    "自治体名": "みどり市",
    "表紙の題名": "みどり市総合計画",
    "表紙の日付": "令和６年３月",
    "現状値の年度": "令和５年度",
    "目標値の年度": 2028,
}
Rows = list[dict[str, object]]
GOALS: Rows = [{"番号": "Ⅰ", "名称": "子どもが育つまち"}]
PLANS: Rows = [{"上の階層": "子どもが育つまち", "番号": "施策１", "名称": "子育ての支え"}]
ROWS: Rows = [
    {
        "戦略計画": "子育ての支え",
        "名称": "保育所の定員",
        "現状値": "350人",
        "目標値": "420人",
        "所管課": "保育課",
    },
    {"名称": "待機児童数", "現状値": "12人", "目標値": "０人", "所管課": "保育課"},
    {"名称": "拠点の設置", "現状値": "検討", "目標値": "設置", "所管課": "企画課、保育課"},
]


def write_plan(path: Path, rows: Rows | None = None, **sheets: Rows) -> Path:
    """A workbook as ``init`` makes it, filled in with a plan of one goal."""
    if rows is None and not sheets:
        path.write_bytes(_usual_plan())
        return path
    book = _filled({"指標": ROWS if rows is None else rows, **sheets})
    book.save(path)
    return path


def basics(path: Path, contents: Mapping[str, object]) -> None:
    """Fill in the sheet of what a plan says once."""
    with _edited(path) as book:
        _write_basics(book, contents)


def put(path: Path, sheet: str, number: int, texts: Mapping[str, object]) -> None:
    """Write into cells of a row."""
    with _edited(path) as book:
        _write_row(book, sheet, number, texts)


@cache
def _usual_plan() -> bytes:
    """The workbook that most tests begin with: opening and saving one takes a third of a second."""
    made = BytesIO()
    _filled({"指標": ROWS}).save(made)
    return made.getvalue()


def _filled(sheets: Mapping[str, Rows]) -> Workbook:
    book = openpyxl.load_workbook(BytesIO(_empty()))
    _write_basics(book, BASICS)
    for name, below in {"基本目標": GOALS, "戦略計画": PLANS, **sheets}.items():
        for number, texts in enumerate(below, TITLE_ROW + 1):
            _write_row(book, name, number, texts)
    return book


@cache
def _empty() -> bytes:
    return empty_workbook(MOMENT)


@contextmanager
def _edited(path: Path) -> Iterator[Workbook]:
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)


def _write_basics(book: Workbook, contents: Mapping[str, object]) -> None:
    for row in book["基本情報"].iter_rows(min_row=TITLE_ROW):
        if row[0].value in contents:
            row[1].value = contents[str(row[0].value)]


def _write_row(book: Workbook, sheet: str, number: int, texts: Mapping[str, object]) -> None:
    cells = book[sheet]
    columns = {cell.value: cell.column for cell in cells[TITLE_ROW]}
    for title, value in texts.items():
        cells.cell(number, columns[title]).value = value


def shown(path: Path, sheet: str, title: str) -> list[object]:
    """What a column's cells say, from the first row on."""
    cells = openpyxl.load_workbook(path)[sheet]
    column = next(cell.column for cell in cells[TITLE_ROW] if cell.value == title)
    values = [row[column - 1] for row in cells.iter_rows(min_row=TITLE_ROW + 1, values_only=True)]
    while values and values[-1] is None:
        values.pop()
    return values


def taken(path: Path) -> TakenPlan:
    """The workbook, taken for a plan's file beside it, which need not be there."""
    return take_plan(path, path.with_name("catalogue.json"))


def places(problems: tuple[Problem, ...]) -> list[str]:
    """Where the problems are."""
    return [each.place for each in problems]
