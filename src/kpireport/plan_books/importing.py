"""The plan's workbook, read: the plan's file that it says, or all that is wrong with it.

Comes in: the workbook's path. Goes out: the values of ``catalogue.json``, each with the cell
that it comes from; problems name sheet and cell, never a path of JSON.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import about, quoted
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn, PlanSheet
from kpireport.plan_books.exporting import CONTENT, ITEM
from kpireport.plan_books.flattening import FlatSheet
from kpireport.plan_books.front_sheets import OF_READING, PASSED_OVER
from kpireport.plan_books.growing import Grown, grow
from kpireport.plan_books.measures import columns_titled
from kpireport.plan_books.rows import BookRow, Object
from kpireport.sources.cells import Content, Number, SheetCells, text_of, usable_text
from kpireport.sources.package_kinds import WORKBOOK
from kpireport.sources.packages import read_package
from kpireport.sources.titled_tables import (
    Column,
    Form,
    Record,
    Table,
    find_table,
    note_passed_over,
    plain_title,
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
        others: its sheets that say what was read of a document, and how.
        own: the names of those that somebody added.
    """

    data: bytes
    parts: Mapping[str, str]
    styles_part: str
    sheets: tuple[FlatSheet, ...]
    grown: Grown
    others: tuple[SheetCells, ...] = ()
    own: tuple[str, ...] = ()

    def kept(self) -> tuple[SheetCells, ...]:
        """The sheets that say nothing of the plan: of what was read, and people's own."""
        own = read_workbook(self.data, set(self.own)).sheets if self.own else ()
        return (*self.others, *own)


def read_plan_book(path: Path, log: Findings, known: Object | None = None) -> ReadBook:
    """Read the plan's workbook.

    Args:
        path: the workbook.
        log: where problems of cells are noted.
        known: the plan's file as it is so far: rows without an id that are in it keep theirs.

    Raises:
        InputError: it cannot be used as a workbook at all.
    """
    try:
        data = read_package(path, WORKBOOK)
        book = read_workbook(data, {*(each.name for each in of.SHEETS), *OF_READING})
    except CellError as error:
        log.fail("", error.what, error.remedy)
    found = {sheet.name: sheet for sheet in book.sheets}
    own = _tell_strange(book.names, log)
    for sheet in _NEEDED:
        if sheet.name not in found:
            what = f"シート「{sheet.name}」がありません。"
            log.add(sheet.name, what, "シートの名前を、書き出したときの名前に戻してください。")
    read = tuple(_read_sheet(sheet, found.get(sheet.name), log) for sheet in of.SHEETS)
    _tell_empty(read, found, log)
    grown = grow({each.sheet.name: (each.columns, each.rows) for each in read}, known)
    others = tuple(found[name] for name in OF_READING if name in found)
    return ReadBook(data, book.parts, book.styles_part, read, grown, others, own)


def _tell_empty(read: tuple[FlatSheet, ...], found: Collection[str], log: Findings) -> None:
    """Tell which sheets that every plan needs have nothing in them yet."""
    for each in read:
        if each.sheet in _NEEDED and each.sheet.name in found and not each.rows:
            what = f"シート「{each.sheet.name}」に、まだ何も書いてありません。"
            log.warn(each.sheet.name, what, each.sheet.explains)


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
    if table is None:
        return FlatSheet(sheet, columns, ())
    notes = _notes(table, log)
    table = replace(table, columns={**table.columns, **notes})
    for record in table.records():
        _tell_ungrouped(record, columns, log)
    rows = [_row(record, log) for record in table.records()]
    told = tuple(row for row in rows if not notes.keys() >= row.texts.keys())
    memos = tuple(row for row in rows if row.texts and notes.keys() >= row.texts.keys())
    return FlatSheet(sheet, (*columns, *map(PlanColumn, notes)), told, memos)


def _notes(table: Table, log: Findings) -> dict[str, int]:
    """The columns that somebody added, told as what they are: notes beside the plan."""
    known = {plain_title(each.title) for each in table.form.columns}
    notes: dict[str, int] = {}
    for number, content in table.sheet.rows[table.title_row].items():
        title = usable_text(content)
        if not plain_title(title) or plain_title(title) in known or title in notes:
            continue
        notes[title] = number
        if title in (of.DOUBT, of.ORIGIN):  # that reading a document adds
            continue
        near = difflib.get_close_matches(title, (each.title for each in table.form.columns), n=1)
        remedy = f"{quoted(near[0])}のことなら、見出しを直してください。" if near else _NOTES_STAY
        what = f"{quoted(title)}の列は、計画のファイルに入りません。"
        log.warn(table.sheet.place(table.title_row, number), what, remedy)
    return notes


_NOTES_STAY = "覚え書きなら、そのままでかまいません。"


def _tell_strange(names: Iterable[str], log: Findings) -> tuple[str, ...]:
    """Tell which sheets are none of the plan's; return their names."""
    known = [each.name for each in of.SHEETS]
    own = tuple(each for each in names if each not in (*known, *PASSED_OVER))
    for name in own:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
        remedy = (
            f"{quoted(near[0])}のことなら、シートの名前を直してください。" if near else _NOTES_STAY
        )
        log.warn(name, f"シート{quoted(name)}は、計画のファイルに入りません。", remedy)
    return own


def _is_needed(column: PlanColumn) -> bool:
    return column.title in _NEEDED_TITLES


def _titles(cells: SheetCells) -> Iterator[str]:
    """Yield the texts of the rows that the titles may stand in."""
    for row in sorted(cells.rows)[:_LOOKED_AT]:
        yield from filter(None, map(usable_text, cells.rows[row].values()))


def _row(record: Record, log: Findings) -> BookRow:
    note_passed_over(record, log)
    texts = {title: text for title in record.columns if (text := _text(record, title, log))}

    name, departments = texts.get("名称", ""), texts.get("所管課", "")
    named = log.about(about(name, texts.get(of.ID, ""), departments) if name else "")

    def fault(title: str, error: CellError) -> None:
        named.fault(record.place(title), error)

    return BookRow(texts, record.row, record.place, fault)


def _text(record: Record, title: str, log: Findings) -> str:
    try:
        return _as_shown(record.content(title))
    except CellError as error:
        log.fault(record.place(title), error)
        return ""


def _as_shown(content: Content | None) -> str:
    """The text as the cell shows it: a number that it does not group stands ungrouped."""
    text = text_of(content)
    is_ungrouped = isinstance(content, Number) and not content.is_grouped
    return text.replace(",", "") if is_ungrouped else text


def _tell_ungrouped(record: Record, columns: Iterable[PlanColumn], log: Findings) -> None:
    """Tell of printed values that are numbers without commas, as Excel shows what is typed."""
    for column in columns:
        content = record.content(column.title)
        is_printed = column.path[-1:] == ("text",) or column.path[:1] == ("yearly_targets",)
        if not is_printed or not isinstance(content, Number) or content.is_grouped:
            continue
        grouped, shown = text_of(content), _as_shown(content)
        if grouped != shown:
            what = f"{quoted(shown)}は、桁の区切りのない数です。このまま印刷します。"
            remedy = f"計画の印刷が{quoted(grouped)}なら、そのとおりに文字で書いてください。"
            log.warn(
                record.place(column.title), what, f"{remedy}でなければ、そのままでかまいません。"
            )


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
