"""The plan's workbook (計画のブック) as data, for :mod:`kpireport.writers.xlsx`.

Comes in: the rows of each sheet, remarks on their cells. Goes out: the workbook, with lists to
choose from and examples, and empty rows to fill in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kpireport.domain.catalogue import YearKind
from kpireport.domain.layouts import COLUMN_WORDS
from kpireport.errors import Problem
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn, PlanSheet
from kpireport.plan_books.flattening import FlatSheet
from kpireport.plan_books.front_sheets import guide_sheet, remarks_sheet
from kpireport.plan_books.notations import AsChoice, AsColumn, AsFlag
from kpireport.plan_books.rows import BookRow, Object, item_at
from kpireport.sources.cells import cell_name
from kpireport.sources.formats import FileKind, book_properties
from kpireport.writers.xlsx.book import (
    AS_TEXT,
    Book,
    Cell,
    CellLook,
    Choice,
    ChoiceFrom,
    Row,
    Sheet,
    Validation,
)

TITLE_ROWS = 4
"""What stands above the first row: the sheet's title, its explanation, examples, headers."""

_LEGIBLE = 210.0
"""As many characters of half width are read on a page of A4 that lies, scaled to fit."""

ITEM, CONTENT, HOW = "項目", "内容", "書き方"
"""The columns of 基本情報."""

CellKey = tuple[str, int, str]
"""Which cell: the sheet, the row's number in it as it was read, the column's title."""

Remarks = Mapping[CellKey, str]
"""What is to be said of cells."""

_YEARS = (1980, 2108)  # that the files of a zip can bear: from the first, before the last
_FROM_LIST = "一覧から選んでください。"


def usual_moment(raw: Object) -> dt.datetime:
    """When a workbook of a plan says that it was made, unless somebody tells.

    The first day of the baseline's year; where that is no year that files can bear, the
    earliest that they can.
    """
    year = item_at(raw, ("years", "baseline"))
    if not isinstance(year, int) or not _YEARS[0] < year < _YEARS[1]:
        return dt.datetime(_YEARS[0], 1, 1, tzinfo=dt.UTC)
    month = 1 if item_at(raw, ("years", "kind")) == YearKind.CALENDAR else 4
    return dt.datetime(year, month, 1, tzinfo=dt.UTC)


def plan_book(
    sheets: Iterable[FlatSheet],
    title: str,
    author: str,
    remarks: Remarks | None = None,
    problems: Sequence[Problem] = (),
) -> Book:
    """The workbook.

    Args:
        sheets: the rows of each sheet.
        title: of the plan, for the file's properties.
        author: likewise.
        remarks: what is told beside cells, which are marked.
        problems: what a first sheet lists.
    """
    flat = {each.sheet.name: each for each in sheets}
    lists = _Lists(flat)
    return Book(
        title,
        author,
        (
            remarks_sheet(problems) if problems else guide_sheet(),
            *(_sheet(each, lists, remarks or {}) for each in flat.values()),
        ),
        book_properties(FileKind.PLAN_BOOK),
    )


class _Lists:
    """Where the names stand that cells may choose from."""

    def __init__(self, flat: Mapping[str, FlatSheet]) -> None:
        self._flat = flat

    def of(self, column: PlanColumn) -> Validation | None:
        """What may be entered into a column's cells."""
        match column.notation:
            case AsChoice(words):
                return Choice(tuple(words.values()), _FROM_LIST)
            case AsFlag(yes):
                return Choice((yes,), f"当てはまるなら「{yes}」と書き、でなければ空けてください。")
            case AsColumn():
                return Choice(tuple(COLUMN_WORDS.values()), "", takes_others=True)
        if column.names_of:
            return self._names(column)
        return None

    def _names(self, column: PlanColumn) -> Validation | None:
        name = column.names_of
        if column.title == of.ABOVE and self._rows(of.SECTIONS):
            name = of.SECTIONS.name
        sheet = self._flat[name]
        title = sheet.columns.index(sheet.sheet.naming)
        last = TITLE_ROWS + len(sheet.rows) + sheet.sheet.empty_rows - 1
        return ChoiceFrom(name, title, (TITLE_ROWS, last))

    def _rows(self, sheet: PlanSheet) -> tuple[BookRow, ...]:
        return self._flat[sheet.name].rows if sheet.name in self._flat else ()


def cells_of(sheets: Iterable[FlatSheet]) -> dict[CellKey, str]:
    """Where the cells of rows stand in a workbook made of them.

    Args:
        sheets: the rows, with the numbers that they had where they were read.

    Returns:
        By sheet, row number and title, the cell as a message names it.
    """
    return {
        (flat.sheet.name, number, title): f"{flat.sheet.name}!{cell_name(*cell)}"
        for flat in sheets
        for (number, title), cell in _cells(flat)
    }


_Cells = Iterator[tuple[tuple[int, str], tuple[int, int]]]


def _cells(flat: FlatSheet) -> _Cells:
    return _basic_cells(flat) if flat.sheet is of.BASICS else _row_cells(flat)


def _row_cells(flat: FlatSheet) -> _Cells:
    for below, row in enumerate(flat.rows, TITLE_ROWS + 1):
        for beside, column in enumerate(flat.columns, 1):
            yield (row.number, column.title), (below, beside)


def _basic_cells(flat: FlatSheet) -> _Cells:
    for below, line in enumerate(_basic_lines(flat.columns), TITLE_ROWS + 1):
        if isinstance(line, PlanColumn):
            yield (0, line.title), (below, 2)


def _basic_lines(columns: Iterable[PlanColumn]) -> Iterator[PlanColumn | str]:
    """Yield what stands below the titles of 基本情報: columns, and what is above some."""
    for column in columns:
        if column.heading:
            yield column.heading
        yield column


def empty_plan_book() -> Book:
    """A workbook to fill in: the words that most plans' tables have are in it."""
    usual = BookRow(of.USUAL_TEXTS)
    sheets = (
        FlatSheet(sheet, sheet.columns, (usual,) if sheet is of.BASICS else ())
        for sheet in of.SHEETS
    )
    return plan_book(sheets, "計画", "")


def _sheet(flat: FlatSheet, lists: _Lists, remarks: Remarks) -> Sheet:
    if flat.sheet is of.BASICS:
        return _basics(flat, lists, remarks)
    columns = flat.columns
    rows: Sequence[Row] = (
        *_head(flat.sheet, [Cell(each.example or None, CellLook.MUTED) for each in columns]),
        Row(tuple(_header(each) for each in columns)),
        *(
            _row(flat.sheet.name, row, columns, lists, remarks)
            for row in (*flat.rows, *(BookRow({}) for _ in range(flat.sheet.empty_rows)))
        ),
    )
    return Sheet(
        name=flat.sheet.name,
        widths=tuple(each.width for each in columns),
        rows=rows,
        title_rows=TITLE_ROWS,
        title_columns=1 if columns[0].title == of.ID else 0,
        pages_wide=-int(-sum(each.width for each in columns) // _LEGIBLE),
        header=flat.sheet.name,
        filter_row=TITLE_ROWS - 1,
    )


def _head(sheet: PlanSheet, examples: list[Cell]) -> tuple[Row, ...]:
    return (
        Row((Cell(sheet.name, CellLook.TITLE),)),
        Row((Cell(sheet.explains, CellLook.NOTE, span=len(examples)),)),
        Row(tuple(examples)),
    )


def _header(column: PlanColumn) -> Cell:
    return Cell(
        column.title,
        CellLook.HEADER if column.is_needed or column.is_always_filled else CellLook.OPTIONAL,
        prompt_title=column.title if column.explains else "",
        prompt=column.explains,
    )


def _row(
    sheet: str,
    row: BookRow,
    columns: tuple[PlanColumn, ...],
    lists: _Lists,
    remarks: Remarks,
) -> Row:
    return Row(
        tuple(
            _input(row.text(each.title), each, lists, remarks.get((sheet, row.number, each.title)))
            for each in columns
        )
    )


def _input(text: str, column: PlanColumn, lists: _Lists, remark: str | None) -> Cell:
    """A cell to fill in; one that something is said of is marked, and says it beside."""
    return Cell(
        text or None,
        CellLook.ALERT if remark else CellLook.INPUT,
        validation=lists.of(column),
        prompt_title="直すところ" if remark else "",
        prompt=remark or "",
        number_format=AS_TEXT,
    )


def _basics(flat: FlatSheet, lists: _Lists, remarks: Remarks) -> Sheet:
    """The sheet of what the file says once: its columns are rows."""
    texts = flat.rows[0] if flat.rows else BookRow({})
    name = flat.sheet.name
    lines: list[Row] = []
    for line in _basic_lines(flat.columns):
        if isinstance(line, str):
            lines.append(Row((Cell(line, CellLook.GROUP), *(Cell(look=CellLook.GROUP),) * 2)))
            continue
        remark = remarks.get((name, 0, line.title))
        content = _input(texts.text(line.title), line, lists, remark)
        how = Cell(_how(line) or None, CellLook.NOTE)
        lines.append(Row((Cell(line.title, CellLook.LABEL), content, how)))
    rows = (
        *_head(flat.sheet, [Cell(), Cell(), Cell()]),
        Row(tuple(Cell(each, CellLook.HEADER) for each in (ITEM, CONTENT, HOW))),
        *lines,
    )
    return Sheet(name=name, widths=(26, 60, 44), rows=rows, title_rows=TITLE_ROWS, header=name)


def _how(column: PlanColumn) -> str:
    example = f"例：{column.example}" if column.example else ""
    return "　".join(filter(None, (column.explains, example)))
