"""A copy of the plan's workbook with remarks (指摘).

Comes in: the rows as they were read, what was read into them, problems at their cells. Goes
out: a workbook that can be mended and imported in its stead: its first sheet lists what is
wrong or asked, the cells are marked and say it beside them, and what is asked stands in the
row's 確認 too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kpireport.errors import Problem
from kpireport.plan_books import columns as of
from kpireport.plan_books.exporting import CellKey, cells_of, plan_book
from kpireport.plan_books.flattening import FlatSheet
from kpireport.plan_books.front_sheets import copied_sheet
from kpireport.plan_books.proposing import ASKED
from kpireport.sources.cells import SheetCells
from kpireport.writers.xlsx.book import Book


def marked_book(
    sheets: tuple[FlatSheet, ...],
    filled: Mapping[CellKey, str],
    problems: tuple[Problem, ...],
    author: str,
    others: Iterable[SheetCells] = (),
) -> Book:
    """The copy.

    Args:
        sheets: the rows as they were read.
        filled: what was read into cells.
        problems: what is wrong or asked, at the cells of the workbook that was read.
        author: for the file's properties.
        others: sheets that stay as they are: beside the plan's, or in the place of one.
    """
    said: dict[str, list[Problem]] = {}
    for each in problems:
        said.setdefault(each.place, []).append(each)
    marked = tuple(_marked(each, filled, said) for each in sheets)
    keys = _keys(sheets)
    remarks = {
        keys[place]: "\n".join(f"{each.what}{each.remedy}" for each in below)
        for place, below in said.items()
        if place in keys
    }
    cells = cells_of(marked)
    listed = [
        replace(each, place=cells[keys[each.place]]) if each.place in keys else each
        for each in problems
    ]
    book = plan_book(marked, "計画（指摘入り）", author, remarks, listed)
    copies = {each.name: copied_sheet(each) for each in others}
    drawn = [copies.pop(each.name, each) for each in book.sheets]
    return replace(book, sheets=(*drawn, *copies.values()))


def _keys(sheets: Iterable[FlatSheet]) -> dict[str, CellKey]:
    """Which cell is meant by a place; a row as a whole is its first cell."""
    keys: dict[str, CellKey] = {}
    for sheet in sheets:
        for row in sheet.rows:
            keys[row.place("")] = (sheet.sheet.name, row.number, sheet.columns[0].title)
            for column in sheet.columns:
                key = (sheet.sheet.name, row.number, column.title)
                keys.setdefault(row.place(column.title), key)
    return keys


def _marked(
    sheet: FlatSheet, filled: Mapping[CellKey, str], said: Mapping[str, list[Problem]]
) -> FlatSheet:
    has_doubts = any(each.title == of.DOUBT for each in sheet.columns)
    rows = []
    for row in sorted((*sheet.rows, *sheet.memos), key=lambda each: each.number):
        texts = {
            each.title: filled[key]
            for each in sheet.columns
            if (key := (sheet.sheet.name, row.number, each.title)) in filled
            and not row.text(each.title)  # what cannot be read stands to be mended
        }
        doubts = [
            problem.what
            for place in dict.fromkeys(row.place(each.title) for each in sheet.columns)
            for problem in said.get(place, ())
            if problem.what.startswith(ASKED)
        ]
        if has_doubts:
            texts[of.DOUBT] = _with_doubts(row.text(of.DOUBT), doubts)
        rows.append(replace(row, texts={**row.texts, **texts}))
    return FlatSheet(sheet.sheet, sheet.columns, tuple(rows))


def _with_doubts(before: str, doubts: Iterable[str]) -> str:
    """What 確認 says: what somebody wrote there, and what is asked now."""
    own = [line for line in before.split("\n") if line and not line.startswith(ASKED)]
    return "\n".join((*own, *doubts))
