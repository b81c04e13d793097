"""The plan's file as rows that are changed one by one: what a form is made of.

Comes in: the plan's file; what somebody typed into one row's columns. Goes out: the rows, and
the plan's file that they say, by the same functions that take a workbook. A problem is told at
its row and column, in words: ``指標 p01-02「目標値」``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from kpireport.errors import CellError, Problem
from kpireport.findings import Findings
from kpireport.messages import about
from kpireport.ordinary_files import read_ordinary
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn, PlanSheet
from kpireport.plan_books.flattening import FlatSheet, flatten
from kpireport.plan_books.growing import Grown, grow
from kpireport.plan_books.importing import ReadBook
from kpireport.plan_books.measures import columns_titled
from kpireport.plan_books.notations import AsLines
from kpireport.plan_books.proposing import readers_of, settled
from kpireport.plan_books.rereading import stale_titles
from kpireport.plan_books.rows import BookRow, Object
from kpireport.plan_books.taking import TakenPlan, taken_of
from kpireport.plan_books.telling import Places, at_cells
from kpireport.quickly import dataclass
from kpireport.sources.catalogue import PlanFile, read_plan
from kpireport.sources.catalogue_text import canonical
from kpireport.sources.cells import LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem of the plan's file, told at its row: its sheet and key, empty for none."""

    problem: Problem
    sheet: str = ""
    key: str = ""


@dataclass(frozen=True)
class PlanRows:
    """A plan's file as rows.

    Attributes:
        catalogue: the file.
        data: its bytes.
        plan: what it says.
        sheets: its rows, as its workbook has them, changed or not.
    """

    catalogue: Path
    data: bytes
    plan: PlanFile
    sheets: tuple[FlatSheet, ...]

    @cached_property
    def seal(self) -> str:
        """Tells the file from what it becomes."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def raw(self) -> Object:
        """The file's values in their canonical form."""
        return canonical(self.plan.entries)

    def sheet(self, name: str) -> FlatSheet | None:
        """The sheet of a name; ``None`` where there is none."""
        return next((each for each in self.sheets if each.sheet.name == name), None)

    def number(self, sheet: str, key: str) -> int | None:
        """The number of a row, from 1, by its id, or by that number itself; ``None`` for none."""
        found = self.sheet(sheet)
        rows = found.rows if found else ()
        ids = (number for number, row in enumerate(rows, 1) if key and row.text(of.ID) == key)
        if (number := next(ids, None)) is not None:
            return number
        is_number = key.isascii() and key.isdecimal() and len(key) <= _MOST_DIGITS
        return int(key) if is_number and 0 < int(key) <= len(rows) else None

    def row(self, sheet: str, number: int) -> BookRow:
        """A row by its number, from 1; the one after the last is empty."""
        found = self.sheet(sheet)
        rows = found.rows if found else ()
        return rows[number - 1] if 0 < number <= len(rows) else BookRow({})

    def place(self, sheet: str, number: int, title: str = "") -> str:
        """How a problem names a row, or its cell."""
        return _place(sheet, number, self.row(sheet, number).text(of.ID), title)

    def told(self, problem: Problem) -> RowProblem:
        """A problem of the plan's file in the words of its rows."""
        told = next(at_cells((problem,), self._places, ()))
        found = self._places.find(problem.place)
        if found is None:
            return RowProblem(told)
        sheet, row = found[0].sheet, found[0].row
        key = "1" if sheet is of.BASICS else row.text(of.ID) or str(row.number)
        return RowProblem(told, sheet.name, key)

    @cached_property
    def _places(self) -> Places:
        return Places(self._grown(Findings(self.catalogue))[1])

    # --- changes -----------------------------------------------------------------

    def with_texts(self, sheet: str, number: int, typed: Mapping[str, str]) -> PlanRows:
        """The rows with what somebody typed into one of them.

        What was read from a printed text that is another now is read again, unless somebody
        typed that, too.

        Args:
            sheet: the sheet's name.
            number: the row's number, from 1.
            typed: texts by the columns' titles; the other columns stay.
        """
        before = self.row(sheet, number)
        after = _typed(before, typed)
        flat = self.sheet(sheet)
        if flat and flat.sheet in of.MEASURED:
            reader = readers_of(self.raw)[flat.sheet.name]
            left = stale_titles(before, after, flat.columns, reader)
            after = _typed(after, dict.fromkeys(left, ""))
        return self._with_rows(sheet, lambda rows: (*rows[: number - 1], after, *rows[number:]))

    def with_new(self, sheet: str, typed: Mapping[str, str], after: int | None = None) -> PlanRows:
        """The rows with another one below the ``after``-th of its sheet, or below the last."""
        row = _typed(BookRow({}), typed)
        flat = self.sheet(sheet)
        at = len(flat.rows) if after is None and flat else after or 0
        return self._with_rows(sheet, lambda rows: (*rows[:at], row, *rows[at:]))

    def without(self, sheet: str, number: int) -> PlanRows:
        """The rows without one of them; the next says itself what it stands in."""
        return self._with_rows(sheet, lambda rows: (*rows[: number - 1], *rows[number:]))

    def moved(self, sheet: str, number: int, *, up: bool) -> PlanRows:
        """The rows with one of them before the last of its like above it, or below the next.

        Like it are rows that stand in the same: indicators of the same plan and group. The
        same rows where there is none.
        """
        flat = self.sheet(sheet)
        rows = flat.rows if flat else ()
        links = (
            [each.title for each in flat.columns if not each.path and each.names_of] if flat else []
        )
        stands_in = [tuple(map(row.text, links)) for row in rows]
        order = range(number - 2, -1, -1) if up else range(number, len(rows))
        alike = (at for at in order if stands_in[at] == stands_in[number - 1])
        at = next(alike, None)
        if at is None:
            return self
        moved = [*rows[: number - 1], *rows[number:]]
        moved.insert(at, rows[number - 1])
        return self._with_rows(sheet, lambda _: tuple(moved))

    def with_columns(self, sheet: str, titles: Iterable[str]) -> PlanRows:
        """The rows with columns of the plan's own beside the usual ones.

        Args:
            sheet: one of indicators or numeric targets.
            titles: ``令和７年度の目標値``, ``欄：根拠法令``; what is none of these is left out.
        """
        sheets = []
        for flat in self.sheets:
            if flat.sheet.name == sheet and flat.sheet in of.MEASURED:
                own = (each.title for each in flat.columns if each not in flat.sheet.columns)
                columns = columns_titled(flat.sheet, (*own, *titles))
                sheets.append(replace(flat, columns=columns))
            else:
                sheets.append(flat)
        return replace(self, sheets=tuple(sheets))

    def with_departments(self, text: str) -> PlanRows:
        """The rows with the departments that a cell names among those that there are."""
        title = of.DEPARTMENTS.columns[0].title
        flat = self.sheet(of.DEPARTMENTS.name)
        known = {row.text(title) for row in flat.rows} if flat else set()
        names = AsLines("、").read(text)
        new = [each for each in names if each not in known] if isinstance(names, list) else []
        more = tuple(BookRow({title: str(each)}) for each in new)
        return self._with_rows(of.DEPARTMENTS.name, lambda rows: (*rows, *more))

    def _with_rows(
        self, sheet: str, change: Callable[[tuple[BookRow, ...]], tuple[BookRow, ...]]
    ) -> PlanRows:
        sheets = tuple(
            replace(each, rows=change(each.rows)) if each.sheet.name == sheet else each
            for each in self.sheets
        )
        return replace(self, sheets=sheets)

    # --- the plan's file that they say -------------------------------------------

    def taken(self) -> TakenPlan:
        """The plan's file that the rows say, with all that is wrong or asked."""
        log = Findings(self.catalogue)
        sheets, grown = self._grown(log)
        book = ReadBook(b"", {}, "", sheets, grown)
        return taken_of(book, self.catalogue, log, self.plan.entries, self.data)

    def _grown(self, log: Findings) -> tuple[tuple[FlatSheet, ...], Grown]:
        sheets = tuple(_bound(each, log) for each in self.sheets)
        rows = {each.sheet.name: (each.columns, each.rows) for each in sheets}
        return sheets, grow(rows, self.raw)


_MOST_DIGITS = 7


def open_rows(catalogue: Path) -> PlanRows:
    """The rows of a plan's file.

    Raises:
        InputError: with every problem of the file.
    """
    data = read_ordinary(catalogue)  # before reading: what changes meanwhile is not overwritten
    plan = read_plan(catalogue)
    raw = canonical(plan.entries)
    return PlanRows(catalogue, data, plan, tuple(settled(flatten(raw), raw)))


def _typed(row: BookRow, typed: Mapping[str, str]) -> BookRow:
    """The row with texts that are another than those that it has."""
    texts = {**row.texts}
    for title, text in typed.items():
        plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if plain:
            texts[title] = plain
        else:
            texts.pop(title, None)
    return BookRow(texts)


def _place(sheet: str, number: int, id_: str, title: str) -> str:
    row = sheet if sheet == of.BASICS.name else f"{sheet} {id_ or f'{number}行目'}"
    return f"{row}「{title}」" if title else row


def _bound(flat: FlatSheet, log: Findings) -> FlatSheet:
    """The sheet with rows that know their places, and tell what cannot be read of them."""
    rows = tuple(
        _bound_row(flat.sheet, flat.columns, number, row, log)
        for number, row in enumerate(flat.rows, 1)
    )
    return replace(flat, rows=rows)


def _bound_row(
    sheet: PlanSheet, columns: tuple[PlanColumn, ...], number: int, row: BookRow, log: Findings
) -> BookRow:
    place = partial(_place, sheet.name, number, row.text(of.ID))
    name = row.text(of.NAME)
    named = log.about(about(name, row.text(of.ID), row.text(of.IN_CHARGE)) if name else "")

    def fault(title: str, error: CellError) -> None:
        named.fault(place(title), error)

    texts = dict(row.texts)
    for column in columns:
        text = texts.get(column.title, "")
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
            what = f"「{column.title}」の文字が多すぎます。"
            remedy = f"入るのは{LONGEST_TEXT:,}字までです。短くしてください。"
            fault(column.title, CellError(what, remedy))
            del texts[column.title]
    return BookRow(texts, 0 if sheet is of.BASICS else number, place, fault=fault)
