"""The plan's workbook, read: the plan's file that it says, or all that is wrong with it.

Comes in: the workbook's path. Goes out: the values of ``catalogue.json``, each with the cell
that it comes from; problems name sheet and cell, never a path of JSON.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kpireport.domain.numerals import NumeralStyle
from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import about, quoted, similar
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn, PlanSheet
from kpireport.plan_books.exporting import CONTENT, ITEM
from kpireport.plan_books.flattening import FlatSheet
from kpireport.plan_books.front_sheets import OF_READING, PASSED_OVER
from kpireport.plan_books.growing import Grown, grow
from kpireport.plan_books.measures import columns_titled
from kpireport.plan_books.rereading import Stale, without_stale
from kpireport.plan_books.rows import BookRow, Object
from kpireport.quickly import dataclass
from kpireport.sources.cell_numbers import A_TIME
from kpireport.sources.cells import CalendarDay, Content, Number, SheetCells, text_of, usable_text
from kpireport.sources.formats import FileKind, fault_of_book
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
    title_row,
)
from kpireport.sources.workbook import read_workbook


@dataclass(frozen=True, slots=True)
class ReadBook:
    """The plan's workbook, as it was read.

    Attributes:
        data: the workbook.
        parts: which part of its package has a sheet, by its name.
        styles_part: likewise the looks of cells; empty for none.
        sheets: the rows of each of its sheets.
        grown: the plan's file that they say.
        others: its sheets that are none of rows: those whose titles were not found, and those
            that say what was read of a document, and how.
        own: the names of those that somebody added.
        stale: cells that say what was read from texts that are others now.
    """

    data: bytes
    parts: Mapping[str, str]
    styles_part: str
    sheets: tuple[FlatSheet, ...]
    grown: Grown
    others: tuple[SheetCells, ...] = ()
    own: tuple[str, ...] = ()
    stale: tuple[Stale, ...] = ()

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
        InputError: it cannot be used as a plan's workbook at all.
    """
    try:
        data = read_package(path, WORKBOOK)
        book = read_workbook(data, {*(each.name for each in of.SHEETS), *OF_READING})
    except CellError as error:
        log.fail("", error.what, error.remedy)
    if fault := fault_of_book(FileKind.PLAN_BOOK, book.properties):
        log.fail("", *fault)
    found = {sheet.name: sheet for sheet in book.sheets}
    _refuse_other_books(found, log)
    own = _tell_strange(book.names, log)
    _tell_lacking(found, log)
    tables = {
        each.name: _read_sheet(each, found[each.name], log)
        for each in of.SHEETS
        if each.name in found
    }
    unread = [name for name, rows in tables.items() if rows is None]
    flat = {name: rows for name, rows in tables.items() if rows is not None}
    flat, stale = without_stale(flat, known) if known else (flat, ())
    read = tuple(flat.get(each.name) or FlatSheet(each, each.columns, ()) for each in of.SHEETS)
    lost = {*unread, *(each.name for each in of.NEEDED if each.name not in found)}
    rows = {each.sheet.name: (each.columns, each.rows) for each in read}
    grown = grow({name: below for name, below in rows.items() if name not in lost}, known)
    others = tuple(found[name] for name in (*unread, *OF_READING) if name in found)
    return ReadBook(data, book.parts, book.styles_part, read, grown, others, own, stale)


def _refuse_other_books(found: Collection[str], log: Findings) -> None:
    if not any(each.name in found for each in of.NEEDED):
        log.fail(
            "",
            "計画のブックではありません。",
            "空の計画のブックに書いたものか、計画を書き出して直したブックを指定してください。"
            "計画の文書から始めるときは、先に読み取って、計画のブックにします。",
        )


def _tell_lacking(found: Collection[str], log: Findings) -> None:
    """Tell which sheets that every plan needs are not there."""
    for sheet in of.NEEDED:
        if sheet.name not in found:
            what = f"シート「{sheet.name}」がありません。"
            log.add(sheet.name, what, "シートの名前を、書き出したときの名前に戻してください。")


def is_plan_book(sheets: Collection[str]) -> bool:
    """Whether a workbook with these sheets is a plan's, with all that it needs."""
    return all(each.name in sheets for each in of.NEEDED)


# --- sheets ----------------------------------------------------------------------


def _read_sheet(sheet: PlanSheet, cells: SheetCells, log: Findings) -> FlatSheet | None:
    """The sheet's rows; ``None`` where its titles were not found, which is noted."""
    if sheet is of.BASICS:
        return _basics(cells, log)
    columns = _columns(sheet, cells)
    table = find_table(_form(sheet.name, columns), cells, log)
    if table is None:
        return None
    notes = _notes(table, log)
    table = replace(table, columns={**table.columns, **notes})
    for record in table.records():
        _tell_ungrouped(record, columns, log)
    rows = [_row(record, columns, log) for record in table.records()]
    told = tuple(row for row in rows if not notes.keys() >= row.texts.keys())
    if sheet.is_needed and not told:
        what = f"シート「{sheet.name}」に、まだ何も書いてありません。"
        log.warn(sheet.name, what, sheet.explains)
    memos = tuple(row for row in rows if row.texts and notes.keys() >= row.texts.keys())
    return FlatSheet(sheet, (*columns, *map(PlanColumn, notes)), told, memos)


def _columns(sheet: PlanSheet, cells: SheetCells) -> tuple[PlanColumn, ...]:
    """The sheet's columns, those of the plan's own among them that its titles name."""
    if sheet not in of.MEASURED:
        return sheet.columns
    row = title_row(_form(sheet.name, sheet.columns), cells)
    return columns_titled(sheet, map(usable_text, cells.rows[row].values()) if row else ())


def _form(name: str, columns: Iterable[PlanColumn]) -> Form:
    return Form(name, tuple(Column(each.title, each.others, each.is_needed) for each in columns))


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
        what = f"{quoted(title)}の列は、計画のファイルに入りません。"
        remedy = _mend_title(title, (each.title for each in table.form.columns))
        log.warn(table.sheet.place(table.title_row, number), what, remedy)
    return notes


def _mend_title(title: str, known: Iterable[str]) -> str:
    if of_year := _OF_YEAR.fullmatch(title):
        meant = f"{of_year[1]}の{of.TARGET}"
        if columns_titled(of.INDICATORS, (meant,)) != of.INDICATORS.columns:
            return f"もしかして {quoted(meant)} ですか。見出しを直してください。{_NOTES_STAY}"
    if title.endswith(of.TARGET):
        return (
            "年度ごとの目標値なら、「令和７年度の目標値」のように、見出しに年度を書いてください。"
        )
    near = similar(title, known)
    return f"{quoted(near[0])}のことなら、見出しを直してください。" if near else _NOTES_STAY


_OF_YEAR = re.compile(r"(.+年度?)(?:末?の)?(?:目標|見込|計画値)[値み]?")
"""Titles of columns with a target for a year, as people write them."""
_NOTES_STAY = "覚え書きなら、そのままでかまいません。"


def _tell_strange(names: Iterable[str], log: Findings) -> tuple[str, ...]:
    """Tell which sheets are none of the plan's; return their names."""
    known = [each.name for each in of.SHEETS]
    own = tuple(each for each in names if each not in (*known, *PASSED_OVER))
    for name in own:
        near = similar(name, known, cutoff=0.4)
        remedy = (
            f"{quoted(near[0])}のことなら、シートの名前を直してください。" if near else _NOTES_STAY
        )
        log.warn(name, f"シート{quoted(name)}は、計画のファイルに入りません。", remedy)
    return own


def _row(record: Record, columns: Iterable[PlanColumn], log: Findings) -> BookRow:
    note_passed_over(record, log)
    takes_text = {each.title for each in columns if not each.takes_days}
    texts = {
        title: text
        for title in record.columns
        if (text := _text(record, title, log, takes_days=title not in takes_text))
    }

    name, departments = texts.get(of.NAME, ""), texts.get(of.IN_CHARGE, "")
    named = log.about(about(name, texts.get(of.ID, ""), departments) if name else "")

    def fault(title: str, error: CellError) -> None:
        named.fault(record.place(title), error)

    def cell(title: str) -> tuple[int, int] | None:
        return (record.row, record.columns[title]) if title in record.columns else None

    return BookRow(texts, record.row, record.place, cell, fault)


def _text(record: Record, title: str, log: Findings, *, takes_days: bool) -> str:
    content = record.content(title)
    try:
        if not takes_days:
            _refuse_times(content)
        return _as_shown(content)
    except CellError as error:
        log.fault(record.place(title), error)
        return ""


def _refuse_times(content: Content | None) -> None:
    if content == A_TIME:
        raise CellError(A_TIME.what, _AS_TYPED)
    if isinstance(content, CalendarDay):
        raise CellError(f"{quoted(text_of(content))}という日付になっています。", _AS_TYPED)


_AS_TYPED = (
    "Excel が、打った文字を読み替えました。セルの表示形式を「文字列」にしてから、"
    "印刷のとおりに打ち直してください。"
)


def _as_shown(content: Content | None) -> str:
    """The text as the cell shows it: a number that it does not group stands ungrouped.

    A day is written as the plan's documents write one, whatever its format.
    """
    is_day = isinstance(content, CalendarDay)
    text = text_of(content, NumeralStyle.MIXED if is_day else NumeralStyle.HALF)
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


def _basics(cells: SheetCells, log: Findings) -> FlatSheet | None:
    """The sheet of two columns, as the one row that it is."""
    table = find_table(Form(cells.name, (Column(ITEM), Column(CONTENT))), cells, log)
    if table is None:
        return None
    records = {record.shown(ITEM): record for record in table.records()}
    takes_text = {each.title for each in of.BASICS.columns if not each.takes_days}
    texts = {
        title: text
        for title, each in records.items()
        if (text := _text(each, CONTENT, log, takes_days=title not in takes_text))
    }

    def place(title: str) -> str:
        return records[title].place(CONTENT) if title in records else cells.place_of()

    def fault(title: str, error: CellError) -> None:
        log.fault(place(title), error)

    row = BookRow(texts, 0, place, fault=fault)
    return FlatSheet(of.BASICS, of.BASICS.columns, (row,))
