"""The register as a workbook that people read (受付簿.xlsx), made from ``register.json``.

Comes in: the register. Goes out: two sheets: the files, and every cell that was taken with
its origin. It is for the eye alone; nothing reads it back.
"""

from __future__ import annotations

import datetime as dt

from kpireport.collection.register import ReceivedFile, Register
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.writers.xlsx import write_book
from kpireport.writers.xlsx.book import Book, Cell, CellLook, Row, Sheet

BOOK = "受付簿.xlsx"

_FILES = (
    "所管課",
    "ファイル名",
    "保存日時",
    "結果",
    "大きさ（バイト）",
    "控え",
    "照合値（SHA-256）",
)
_CELLS = ("シート", "記号", "所管課", "欄", "取り込んだ内容", "ファイル名", "セル")


def register_book(register: Register, author: str, date: dt.date, year: FiscalYear) -> bytes:
    """Return the workbook; the same register makes the same bytes.

    Args:
        register: everything that was received.
        author: for the file's properties.
        date: likewise.
        year: the report's.
    """
    title = f"{format_fiscal_year(year)}　実績の受付簿"
    book = Book(title, author, (_file_sheet(register, title), _cell_sheet(register, title)))
    return write_book(book, moment=dt.datetime.combine(date, dt.time(), dt.UTC))


def _file_sheet(register: Register, title: str) -> Sheet:
    return _sheet(
        "受付簿",
        title,
        _FILES,
        (16.0, 40.0, 18.0, 18.0, 12.0, 40.0, 68.0),
        [
            (
                each.department or "不明",
                "\n".join(each.names),
                each.modified.replace("T", " ").partition("+")[0],
                each.outcome,
                each.size,
                each.copy_name,
                each.sha256,
            )
            for each in register.files
        ],
    )


def _cell_sheet(register: Register, title: str) -> Sheet:
    files = {each.sha256: each for each in register.files}
    return _sheet(
        "取り込んだ内容",
        title,
        _CELLS,
        (12.0, 9.0, 16.0, 16.0, 60.0, 40.0, 18.0),
        [
            (
                each.sheet,
                each.id,
                each.department,
                each.title,
                each.text,
                _name(files.get(each.sha256)),
                each.place,
            )
            for each in register.cells
        ],
    )


def _name(file: ReceivedFile | None) -> str:
    return file.names[0] if file else ""


def _sheet(
    name: str,
    title: str,
    titles: tuple[str, ...],
    widths: tuple[float, ...],
    rows: list[tuple[str | int, ...]],
) -> Sheet:
    return Sheet(
        name=name,
        widths=widths,
        rows=(
            Row((Cell(title, CellLook.TITLE),)),
            Row(tuple(Cell(each, CellLook.HEADER) for each in titles)),
            *(Row(tuple(map(_cell, row))) for row in rows),
        ),
        title_rows=2,
        header=title,
        filter_row=1,
    )


def _cell(value: str | int) -> Cell:
    if isinstance(value, int):
        return Cell(value, CellLook.NUMBER, number_format="#,##0")
    return Cell(value or None)
