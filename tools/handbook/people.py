"""What people do in the handbook outside the program: fill in, spoil, correct, send.

Comes in: a deed as a page writes it, its name and its words as on a command line
(``write_cell reports/2021/actuals.xlsx 実績 p03-01 実績 35人``), and the folder where it is
done. Goes out: changed files there.
"""

from __future__ import annotations

import shlex
import shutil
import zipfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpireport.cli import main as kpireport
from tools.handbook.samples import copy_samples

_WORD_BODY = "word/document.xml"


def do(deed: str, place: Path) -> None:
    """Do below ``place`` what a page says.

    Raises:
        ValueError: nobody has taught it.
    """
    name, *words = shlex.split(deed)
    if name not in _DEEDS:
        raise ValueError(f"nobody knows how to {name}")
    _DEEDS[name](place, *words)


def write_cell(place: Path, file: str, sheet: str, id_: str, column: str, written: str) -> None:
    """Write into the row of an id, as typed; numbers become numbers as in Excel."""
    book = load_workbook(place / file)
    page = book[sheet]
    value = float(written) if _is_number(written) else written or None
    page.cell(row_of(page, id_), column_of(page, column)).value = value
    book.save(place / file)


def type_rows(file: Path, sheet: str, rows: Sequence[Sequence[str]]) -> None:
    """Type rows into a sheet, the titles first: below its titles, or beside what a row names."""
    book = load_workbook(file)
    page = book[sheet]
    titles, *typed = rows
    columns = [column_of(page, title) for title in titles]
    first = row_of(page, titles[0]) + 1
    for row in typed:
        number = next(
            number
            for number in range(first, page.max_row + 2)
            if page.cell(number, columns[0]).value in (row[0], None)
            and all(page.cell(number, column).value is None for column in columns[1:])
        )
        for column, written in zip(columns, row, strict=True):
            page.cell(number, column).value = written or None
        first = number if row[0] else number + 1
    book.save(file)


def row_of(page: Worksheet, id_: str) -> int:
    """Return the number of the first row that has the id in some cell."""
    rows = page.iter_rows(values_only=True)
    return next(number for number, cells in enumerate(rows, start=1) if id_ in cells)


def column_of(page: Worksheet, title: str) -> int:
    """Return the number of the column under a title."""
    for number, cells in enumerate(page.iter_cols(values_only=True), start=1):
        if title in {str(cell).partition("\n")[0] for cell in cells}:
            return number
    raise ValueError(f"{page.title} has no {title}")


def _is_number(written: str) -> bool:
    return written.replace(".", "", 1).isdigit()


def replace_text(place: Path, file: str, old: str, new: str) -> None:
    """Replace words in a text file, which has them."""
    text = (place / file).read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{file} has no {old}")
    (place / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def edit_word(place: Path, file: str, old: str, new: str) -> None:
    """Replace words in a Word file, as in Word's window."""
    with zipfile.ZipFile(place / file) as package:
        parts = {info: package.read(info) for info in package.infolist()}
    if not any(escape(old).encode() in parts[each] for each in parts):
        raise ValueError(f"{file} has no {old}")
    with zipfile.ZipFile(place / file, "w", zipfile.ZIP_DEFLATED) as package:
        for info, content in parts.items():
            is_body = info.filename == _WORD_BODY
            changed = content.replace(escape(old).encode(), escape(new).encode(), 1)
            package.writestr(info, changed if is_body else content)


def copy(place: Path, source: str, target: str) -> None:
    """Copy a file or folder."""
    if (place / source).is_dir():
        shutil.copytree(place / source, place / target)
    else:
        shutil.copy(place / source, place / target)


def remove(place: Path, file: str) -> None:
    """Remove a file or folder."""
    if (place / file).is_dir():
        shutil.rmtree(place / file)
    else:
        (place / file).unlink()


def return_sheets(place: Path, sheets: str, inbox: str, *late: str) -> None:
    """Fill in all handed-out sheets as the samples have it, and send them; some are late."""
    (place / inbox).mkdir(parents=True, exist_ok=True)
    for sheet in sorted((place / sheets).glob("*.xlsx")):
        if sheet.stem.rpartition("_")[2] not in late:
            _return_sheet(sheet, place / inbox / sheet.name)


def return_sheet(place: Path, sheet: str, target: str) -> None:
    """Fill in one handed-out sheet as the samples have it, and send it under some name."""
    _return_sheet(place / sheet, place / target)


def _return_sheet(sheet: Path, target: Path) -> None:
    book = load_workbook(sheet)
    _fill_in(book, load_workbook(BytesIO(_sheets_of_samples()[sheet.name])))
    book.save(target)


def send(place: Path, year: str, department: str, target: str) -> None:
    """Send a department's sheet of a sample year, filled in, under some name."""
    (place / target).parent.mkdir(parents=True, exist_ok=True)
    sheets = _sheets_of_samples(year)
    content = next(sheets[name] for name in sheets if name.endswith(f"_{department}.xlsx"))
    (place / target).write_bytes(content)


def cut_short(place: Path, file: str) -> None:
    """Lose the second half of a file, as a broken transfer does."""
    content = (place / file).read_bytes()
    (place / file).write_bytes(content[: len(content) // 2])


@cache
def _sheets_of_samples(year: str = "2021") -> dict[str, bytes]:
    """The sheets that the program makes of the samples: they show what is reported already."""
    with TemporaryDirectory() as folder:
        copy_samples(Path(folder) / "samples")
        report = Path(folder) / "samples/reports" / year
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            kpireport(["sheets", str(report), "--quiet"])
        return {path.name: path.read_bytes() for path in (report / "sheets").glob("*.xlsx")}


def _fill_in(book: Workbook, filled: Workbook) -> None:
    """Write into the cells for filling in what the other workbook has for the same id."""
    for sheet in book.worksheets:
        known = {row[0].value: row for row in filled[sheet.title].iter_rows() if row[0].value}
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.protection.locked and row[0].value in known:
                    cell.value = known[row[0].value][cell.column - 1].value


def empty_sheets(place: Path, file: str) -> None:
    """Take away all rows of a workbook of actuals, but the titles."""
    book = load_workbook(place / file)
    for sheet in book.worksheets[1:]:
        sheet.delete_rows(2, sheet.max_row)
    book.save(place / file)


_DEEDS: dict[str, Callable[..., None]] = {
    each.__name__: each
    for each in (
        *(write_cell, replace_text, edit_word, copy, remove),
        *(return_sheets, return_sheet, empty_sheets, send, cut_short),
    )
}
