"""A board as a workbook: the sums, by department, by measure, what to look at, mails that remind.

Comes in: a board. Goes out: the workbook as data, or its bytes, the same for the same
board. Tables can be filtered; what is ticked as confirmed is read back (``ticks``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from kpireport.document.editions import SAMPLE_NOTICE
from kpireport.status.boards import Board
from kpireport.status.grids import (
    Column,
    Datum,
    Grid,
    Line,
    department_grid,
    mark_grid,
    measure_grid,
    problem_grid,
    problems_in_order,
)
from kpireport.status.reminders import reminders
from kpireport.status.words import (
    BOARD_PROPERTY,
    CONFIRMED,
    PROBLEMS,
    REMARK,
    facts,
    heading,
)
from kpireport.writers.xlsx import write_book
from kpireport.writers.xlsx.book import (
    AS_TEXT,
    Book,
    Cell,
    CellLook,
    Choice,
    Row,
    Sheet,
    TextLength,
)

SUMMARY, DEPARTMENTS, MEASURES = "まとめ", "課別", "指標別"
REMINDERS = "催促文"


def write_workbook(board: Board) -> bytes:
    """Return the board as an .xlsx file, dated by the board's day."""
    return write_book(board_book(board), moment=dt.datetime.combine(board.date, dt.time(), dt.UTC))


def board_book(board: Board) -> Book:
    """Return the board as a workbook."""
    return Book(
        title=heading(board),
        author=board.issuer,
        sheets=(
            _summary(board),
            _sheet(DEPARTMENTS, board, department_grid(board)),
            _sheet(MEASURES, board, measure_grid(board)),
            _problems(board),
            _sheet(REMINDERS, board, _reminder_grid(board)),
        ),
        properties=((BOARD_PROPERTY, str(board.fiscal_year.year)),),
    )


def _summary(board: Board) -> Sheet:
    """What the board is about, and the marks to come."""
    notes = (*facts(board), *([f"照会先　{board.contact}"] if board.contact else []))
    marks = mark_grid(board)
    columns = marks.columns if marks else (Column("", 100),)
    rows = [
        Row((Cell(heading(board), CellLook.TITLE, span=len(columns)),)),
        *(Row((Cell(note, CellLook.NOTE, span=len(columns)),)) for note in notes),
    ]
    if marks:
        rows += [
            Row(),
            Row((Cell(marks.title, CellLook.GROUP, span=len(columns)),)),
            _titles(marks),
            *(_row(marks, line) for line in marks.lines),
        ]
    return Sheet(SUMMARY, tuple(column.width for column in columns), rows, header=_header(board))


def _reminder_grid(board: Board) -> Grid:
    return Grid(
        "催促文",
        (Column("所管課", 22), Column("件名", 34), Column("本文", 110)),
        tuple(Line((each.department, each.subject, each.body)) for each in reminders(board)),
        note="件名と本文を、それぞれメールに写して使います。",
    )


def _sheet(name: str, board: Board, grid: Grid) -> Sheet:
    """A sheet with its title and one table that can be filtered."""
    above = [
        Row((Cell(text, look, span=len(grid.columns)),))
        for text, look in (
            (f"{heading(board)}：{grid.title}", CellLook.TITLE),
            (grid.note, CellLook.NOTE),
        )
        if text
    ]
    return Sheet(
        name=name,
        widths=tuple(column.width for column in grid.columns),
        rows=(*above, _titles(grid), *(_row(grid, line) for line in grid.lines)),
        title_rows=len(above) + 1,
        filter_row=len(above),
        header=_header(board),
    )


def _problems(board: Board) -> Sheet:
    """The sheet of what is to be mended or confirmed, with cells to tick what is confirmed.

    All else in it is locked: what is ticked has to be what was asked.
    """
    grid = problem_grid(board)
    sheet = _sheet(PROBLEMS, board, replace(grid, note=f"{grid.note}{_HOW_TO_TICK}"))
    head, titles, lines = sheet.rows[: sheet.title_rows - 1], *_parted(sheet)
    added = tuple(Cell(title, CellLook.HEADER) for title in (CONFIRMED, REMARK))
    rows = [
        Row((*row.cells, *(_TICK if problem.settled_by else _NO_TICK)))
        for row, problem in zip(lines, problems_in_order(board), strict=True)
    ]
    return replace(
        sheet,
        widths=(*sheet.widths, 10, 30),
        rows=(*head, Row((*titles.cells, *added)), *rows),
        is_locked=True,
    )


_HOW_TO_TICK = (
    f"確かめて正しければ、「{CONFIRMED}」に○を付けて保存し、このブックを取り込むと、次からは"
    "知らせません。"
)
_TICK = (
    Cell(
        None,
        CellLook.INPUT,
        Choice(("○",), "一覧から選んでください。"),
        CONFIRMED,
        "確かめて、このとおりでよければ○を付けます。",
        AS_TEXT,
    ),
    Cell(
        None,
        CellLook.INPUT,
        TextLength(100, "この欄は100字までです。"),
        REMARK,
        "誰にどう確かめたかを書いておけます。",
        AS_TEXT,
    ),
)
_NO_TICK = (Cell(None, CellLook.UNUSED), Cell(None, CellLook.UNUSED))


def _parted(sheet: Sheet) -> tuple[Row, Sequence[Row]]:
    return sheet.rows[sheet.title_rows - 1], sheet.rows[sheet.title_rows :]


def _titles(grid: Grid) -> Row:
    return Row(tuple(Cell(column.title, CellLook.HEADER) for column in grid.columns))


def _header(board: Board) -> str:
    return f"{board.title}　{SAMPLE_NOTICE}" if board.is_sample else board.title


def _row(grid: Grid, line: Line) -> Row:
    return Row(
        tuple(
            _cell(column, datum, is_open=line.is_open and at == grid.names)
            for at, (column, datum) in enumerate(zip(grid.columns, line.data, strict=True))
        )
    )


def _cell(column: Column, datum: Datum, *, is_open: bool) -> Cell:
    if is_open:
        return Cell(datum, CellLook.ALERT)
    return Cell(datum, CellLook.NUMBER if column.is_number else CellLook.TEXT)
