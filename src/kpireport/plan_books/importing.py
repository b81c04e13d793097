"""The plan's workbook, read: the plan's file that it says, or all that is wrong with it.

Comes in: the workbook's path. Goes out: the values of ``catalogue.json``, each with the cell
that it comes from; problems name sheet and cell, never a path of JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kpireport.domain.target_kinds import TargetKind
from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import PathStep, path_text
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn, PlanSheet
from kpireport.plan_books.exporting import CONTENT, ITEM
from kpireport.plan_books.flattening import FlatSheet
from kpireport.plan_books.growing import Grown, Origin, grow
from kpireport.plan_books.measures import columns_titled
from kpireport.plan_books.rows import BookRow, Object
from kpireport.sources.cells import SheetCells, text_of, usable_text
from kpireport.sources.json_file import Json
from kpireport.sources.package_kinds import WORKBOOK
from kpireport.sources.packages import read_package
from kpireport.sources.titled_tables import (
    Column,
    Form,
    Record,
    find_table,
    note_passed_over,
)
from kpireport.sources.workbook import read_workbook

MEASURED = (of.INDICATORS, of.TARGETS, of.BROUGHT)
_NEEDED = (of.BASICS, of.GOALS, of.PLANS, of.INDICATORS)
_NEEDED_TITLES = frozenset(("名称", "目標値", "課の名前", "名", "文", "列", "変更の種類", "説明"))
_LOOKED_AT = 20  # rows in which the titles may stand


@dataclass(frozen=True, slots=True)
class ReadBook:
    """The plan's workbook, as it was read.

    Attributes:
        data: the workbook.
        parts: which part of its package has a sheet, by its name.
        styles_part: likewise the looks of cells; empty for none.
        sheets: the rows of each of its sheets.
        grown: the plan's file that they say.
    """

    data: bytes
    parts: Mapping[str, str]
    styles_part: str
    sheets: tuple[FlatSheet, ...]
    grown: Grown


def read_plan_book(path: Path, log: Findings, known: Object | None = None) -> ReadBook:
    """Read the plan's workbook.

    Args:
        path: the workbook.
        log: where problems are noted; from now on it tells places of the workbook.
        known: the plan's file as it is so far: rows without an id that are in it keep theirs.

    Raises:
        InputError: it cannot be used as a workbook at all.
    """
    try:
        data = read_package(path, WORKBOOK)
        book = read_workbook(data, {each.name for each in of.SHEETS})
    except CellError as error:
        log.fail("", error.what, error.remedy)
    found = {sheet.name: sheet for sheet in book.sheets}
    for sheet in _NEEDED:
        if sheet.name not in found:
            what = f"シート「{sheet.name}」がありません。"
            log.add(sheet.name, what, "シートの名前を、書き出したときの名前に戻してください。")
    read = tuple(_read_sheet(sheet, found.get(sheet.name), log) for sheet in of.SHEETS)
    grown = grow({each.sheet.name: (each.columns, each.rows) for each in read}, known)
    log.placing = _Places(grown)
    log.wording = _in_words_of_the_book
    return ReadBook(data, book.parts, book.styles_part, read, grown)


# --- sheets ----------------------------------------------------------------------


def _read_sheet(sheet: PlanSheet, cells: SheetCells | None, log: Findings) -> FlatSheet:
    if cells is None:
        return FlatSheet(sheet, sheet.columns, ())
    if sheet is of.BASICS:
        return FlatSheet(sheet, sheet.columns, tuple(_basics(cells, log)))
    columns = sheet.columns
    if sheet in MEASURED:
        columns = columns_titled(sheet, _titles(cells))
    form = Form(
        sheet.name, tuple(Column(each.title, is_required=_is_needed(each)) for each in columns)
    )
    table = find_table(form, cells, log)
    rows = [_row(record, log) for record in table.records()] if table else []
    return FlatSheet(sheet, columns, tuple(row for row in rows if row.texts))


def _is_needed(column: PlanColumn) -> bool:
    return column.title in _NEEDED_TITLES


def _titles(cells: SheetCells) -> Iterator[str]:
    """Yield the texts of the rows that the titles may stand in."""
    for row in sorted(cells.rows)[:_LOOKED_AT]:
        yield from filter(None, map(usable_text, cells.rows[row].values()))


def _row(record: Record, log: Findings) -> BookRow:
    note_passed_over(record, log)
    texts = {title: text for title in record.columns if (text := _text(record, title, log))}

    def fault(title: str, error: CellError) -> None:
        log.fault(record.place(title), error)

    return BookRow(texts, record.row, record.place, fault)


def _text(record: Record, title: str, log: Findings) -> str:
    try:
        return text_of(record.content(title))
    except CellError as error:
        log.fault(record.place(title), error)
        return ""


def _basics(cells: SheetCells, log: Findings) -> Iterator[BookRow]:
    """Yield the one row that the sheet of two columns is."""
    table = find_table(Form(cells.name, (Column(ITEM), Column(CONTENT))), cells, log)
    if table is None:
        return
    records = {record.shown(ITEM): record for record in table.records()}
    texts = {title: text for title, each in records.items() if (text := _text(each, CONTENT, log))}

    def place(title: str) -> str:
        return records[title].place(CONTENT) if title in records else cells.place_of()

    def fault(title: str, error: CellError) -> None:
        log.fault(place(title), error)

    yield BookRow(texts, 0, place, fault)


# --- places ----------------------------------------------------------------------


class _Places:
    """The cells of the workbook, by the paths of JSON that are made of them."""

    def __init__(self, grown: Grown) -> None:
        self._grown = grown
        self._known: dict[str, str] | None = None

    def __call__(self, path: str) -> str:
        """The cell that a path is made of; the path itself where it is a place already."""
        if self._known is None:
            self._known = dict(self._places())
        tried = path
        while tried and tried not in self._known:
            tried = re.sub(r"(?:\[[^\[\]]*\]|\.?[^.\[\]]+)$", "", tried)
        return self._known.get(tried, path)

    def _places(self) -> Iterator[tuple[str, str]]:
        for steps, entry in _walk(self._grown.raw):
            origin = self._grown.origins.get(id(entry))
            if origin is not None:
                yield from _cells(steps, origin)


def _cells(steps: tuple[PathStep, ...], origin: Origin) -> Iterator[tuple[str, str]]:
    if steps:
        yield path_text(steps), origin.row.place("")
    for column in origin.columns:
        if column.path:
            for end in range(len(column.path), 0, -1):
                yield path_text((*steps, *column.path[:end])), origin.row.place(column.title)


def _walk(value: Json) -> Iterator[tuple[tuple[PathStep, ...], Object]]:
    waiting: list[tuple[tuple[PathStep, ...], Json]] = [((), value)]
    while waiting:
        steps, item = waiting.pop()
        if isinstance(item, dict):
            yield steps, item
            waiting += [((*steps, key), each) for key, each in item.items()]
        elif isinstance(item, list):
            waiting += [((*steps, index), each) for index, each in enumerate(item)]


# --- words -----------------------------------------------------------------------

_ITEMS = {
    "quantities": "数量の列",
    "shared_with": "「上の行と共通」の列",
    "as_of": "「現状値の時点」の列",
    "first_known": "「最初の実績が起点」の列",
    "yearly_targets": "年度ごとの目標値の列",
}


def _in_words_of_the_book(text: str) -> str:
    """What is said of the plan's file, said of the workbook."""
    for kind in TargetKind:
        word = kind.facts.in_short
        text = text.replace(f'"kind": "{kind}"', f"目標の種類「{word}」")
        text = text.replace(f'"{kind}"', f"「{word}」").replace(f"（{kind}）", f"（{word}）")
    text = re.sub(r'"deadline": ([0-9]+)', r"期限「\1」", text)
    for item, words in _ITEMS.items():
        text = text.replace(item, words)
    return text
