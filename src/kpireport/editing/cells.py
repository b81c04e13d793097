"""Texts and numbers put into the cells of a workbook or a CSV file; every other byte stays.

Comes in: the file's bytes and the new contents by cell. Goes out: the bytes with them.
Readers and writers of whole workbooks lose what they do not know (openpyxl: pictures'
details, extensions, the rich text of other cells); so only the cells' own elements are
cut out of the sheet and replaced, texts as strings: ``=1+1`` is then no formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias
from xml.sax.saxutils import escape

from kpireport.editing.quoting import QuotedFormats
from kpireport.editing.sheet_scan import SAVE_AGAIN, TAG, Cell, RowPlace, SheetScan, scan_sheet
from kpireport.errors import CellError
from kpireport.messages import quoted
from kpireport.quickly import dataclass
from kpireport.sources.cells import cell_name
from kpireport.sources.csv_file import decode_csv
from kpireport.sources.packages import whole_number
from kpireport.writers.spreadsheets import is_like_formula

CellValue: TypeAlias = str | Decimal | None
"""A text, a number as the cell stores it, or nothing."""

_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_TYPE = re.compile(rb"\s+t\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_STYLE = re.compile(rb"(\ss\s*=\s*[\"'])([0-9]+)")
_SPANS = re.compile(rb"\s+spans\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_HEIGHT = re.compile(rb"\s+(?:ht|customHeight)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_DIMENSION = re.compile(rb"(<(?:\w+:)?dimension\s[^>]*?ref=[\"'][A-Z]+[0-9]+:[A-Z]+)([0-9]+)")


# --- workbooks -------------------------------------------------------------------


def with_cells(
    book: bytes,
    part: str,
    values: Mapping[Cell, CellValue],
    *,
    below: int | None = None,
    styles: str = "",
    heights: Mapping[int, float] | None = None,
) -> bytes:
    """Return a workbook with other contents in cells of one sheet, ``part`` of its package.

    A cell keeps its style; with ``styles``, one with a text like a formula gets a twin of it.

    Args:
        book: the workbook.
        part: the sheet's part of the package.
        values: the new contents by row and column.
        below: the row of the titles, where cells and rows that are not there may be added;
            they look like the last of their column below it. Rows that get a text lose the
            height that somebody gave them, for it may be too small now.
        styles: the styles' part of the package, which may be changed; empty for none.
        heights: how high such rows are to be, in points, for programs that do not find out by
            themselves; not for good: they grow with what is typed into them.

    Raises:
        CellError: a cell has a formula, is not there and may not be added, or the sheet is
            in an unusual encoding.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w") as new:
        new.comment = old.comment
        formats = QuotedFormats(old.read(styles) if styles else b"")
        changed = {part: _with_cells(old.read(part), values, below, formats, heights or {})}
        if styles:
            changed[styles] = formats.styles
        for entry in old.infolist():
            content = changed.get(entry.filename)
            new.writestr(entry, old.read(entry) if content is None else content)
    return made.getvalue()


def _with_cells(
    sheet: bytes,
    values: Mapping[Cell, CellValue],
    below: int | None,
    formats: QuotedFormats,
    heights: Mapping[int, float],
) -> bytes:
    scan = scan_sheet(sheet, values, styles_below=below or 0)
    absent = {cell: value for cell, value in values.items() if cell not in scan.cells}
    if absent and below is None:
        names = "、".join(cell_name(*cell) for cell in absent)
        raise CellError(f"セル{names}がありません。", SAVE_AGAIN)
    changes = [
        *_replaced(sheet, scan, values, formats),
        *_added(sheet, scan, absent, formats, heights),
    ]
    if below is not None:
        changes += _opened_rows(sheet, scan, values, heights)
    parts, at = [], 0
    for change in sorted(changes, key=lambda each: (each.first, each.last)):
        parts += [sheet[at : change.first], change.new]
        at = change.last
    made = b"".join([*parts, sheet[at:]])
    return _with_dimension(made, max((row for row, _ in values), default=0))


@dataclass(frozen=True, slots=True)
class _Change:
    """The bytes from ``first`` to before ``last`` become others; an insertion has none."""

    first: int
    last: int
    new: bytes


def _replaced(
    sheet: bytes, scan: SheetScan, values: Mapping[Cell, CellValue], formats: QuotedFormats
) -> Iterable[_Change]:
    for cell, place in scan.cells.items():
        if place.has_formula:
            raise CellError(
                f"{cell_name(*cell)} は数式のセルなので、書き換えません。",
                "数式の代わりに文を書いてから、もう一度試してください。",
            )
        element = _changed_cell(sheet[place.first : place.last], values[cell], formats)
        yield _Change(place.first, place.last, element)


def _added(
    sheet: bytes,
    scan: SheetScan,
    values: Mapping[Cell, CellValue],
    formats: QuotedFormats,
    heights: Mapping[int, float],
) -> Iterable[_Change]:
    """Put cells into rows that are there, each in its place, and rows where there are none."""
    rows: dict[int, dict[int, bytes]] = {}
    for cell, value in sorted(values.items(), key=lambda item: item[0]):
        if value is None:
            continue
        rows.setdefault(cell[0], {})[cell[1]] = _new_cell(scan, cell, value, formats)
    new_rows: dict[int, list[bytes]] = {}
    for number, cells in rows.items():
        if place := scan.rows.get(number):
            height = _height(heights.get(number))
            yield from _added_to_row(sheet, place, cells, f"{scan.prefix}row", height)
        else:
            new_rows.setdefault(_row_position(scan, number), []).append(
                f'<{scan.prefix}row r="{number}"'.encode()
                + _height(heights.get(number))
                + b">"
                + b"".join(cells.values())
                + f"</{scan.prefix}row>".encode()
            )
    if new_rows:
        yield from _added_rows(sheet, scan, new_rows)


def _added_to_row(
    sheet: bytes, place: RowPlace, cells: Mapping[int, bytes], name: str, height: bytes
) -> Iterable[_Change]:
    if place.is_closed:
        tag = _without_hints(sheet[place.first : place.start_tag_end])
        opened = tag.removesuffix(b"/>").rstrip() + height + b">"
        closed = f"</{name}>".encode()
        yield _Change(place.first, place.last, opened + b"".join(cells.values()) + closed)
        return
    columns = [column for column, _ in place.cells]
    at: dict[int, bytes] = {}
    for column, element in cells.items():
        after = bisect_left(columns, column)
        where = place.cells[after][1] if after < len(columns) else place.end_tag
        at[where] = at.get(where, b"") + element
    yield from (_Change(where, where, elements) for where, elements in at.items())


def _opened_rows(
    sheet: bytes,
    scan: SheetScan,
    values: Mapping[Cell, CellValue],
    heights: Mapping[int, float],
) -> Iterable[_Change]:
    """Take from rows what says how wide they were, and from those that get a text how high."""
    with_text = {row for (row, _), value in values.items() if isinstance(value, str)}
    for number, place in scan.rows.items():
        tag = sheet[place.first : place.start_tag_end]
        new = _SPANS.sub(b"", tag)
        if number in with_text:
            new = _without_hints(tag).removesuffix(b">").rstrip()
            new += _height(heights.get(number)) + b">"
        if not place.is_closed and new != tag:
            yield _Change(place.first, place.start_tag_end, new)


def _height(points: float | None) -> bytes:
    """A row's height (18.3.1.73), without ``customHeight``: it is nobody's decision."""
    return b"" if points is None else f' ht="{points:g}"'.encode()


def _without_hints(row: bytes) -> bytes:
    return _HEIGHT.sub(b"", _SPANS.sub(b"", row))


def _row_position(scan: SheetScan, number: int) -> int:
    """Where a row that is not there belongs: before the first with a greater number."""
    data = _data(scan)
    return next((first for row, first in data.cells if row > number), data.end_tag)


def _added_rows(
    sheet: bytes, scan: SheetScan, rows: Mapping[int, list[bytes]]
) -> Iterable[_Change]:
    data = _data(scan)
    for where, elements in rows.items():
        if data.is_closed:
            opened = sheet[data.first : data.last].removesuffix(b"/>").rstrip() + b">"
            closed = f"</{scan.prefix}sheetData>".encode()
            yield _Change(data.first, data.last, opened + b"".join(elements) + closed)
        else:
            yield _Change(where, where, b"".join(elements))


def _data(scan: SheetScan) -> RowPlace:
    if scan.data is None:
        raise CellError("シートに行がありません。", SAVE_AGAIN)
    return scan.data


def _with_dimension(sheet: bytes, row: int) -> bytes:
    """Return the sheet with the area that it says it uses (18.3.1.35) down to a row."""
    match = _DIMENSION.search(sheet)
    if match is None or whole_number(match[2].decode()) >= row:
        return sheet
    return sheet[: match.start(2)] + str(row).encode() + sheet[match.end(2) :]


def _new_cell(scan: SheetScan, cell: Cell, value: CellValue, formats: QuotedFormats) -> bytes:
    style = scan.styles.get(cell[1])
    look = f' s="{style}"' if style and style.isdigit() else ""
    element = f'<{scan.prefix}c r="{cell_name(*cell)}"{look}/>'
    return _changed_cell(element.encode(), value, formats)


def _changed_cell(element: bytes, value: CellValue, formats: QuotedFormats) -> bytes:
    """Return a cell with its own name and attributes, and other content."""
    opening = TAG.match(element)
    assert opening is not None  # noqa: S101 - the parser found it there
    tag = opening.group()
    name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0].decode()
    prefix = name.rpartition(":")[0]
    prefix = f"{prefix}:" if prefix else ""
    attributes = b"<" + _TYPE.sub(b"", tag[1:].removesuffix(b">").removesuffix(b"/").rstrip())
    if isinstance(value, str) and is_like_formula(value):
        attributes = _with_twin(attributes, formats)
    match value:
        case None:
            return attributes + b"/>"
        case Decimal():
            return attributes + f"><{prefix}v>{value:f}</{prefix}v></{name}>".encode()
        case str():
            return attributes + b' t="inlineStr">' + f"{_string(value, prefix)}</{name}>".encode()


def _with_twin(attributes: bytes, formats: QuotedFormats) -> bytes:
    style = _STYLE.search(attributes)
    old = style[2].decode() if style else ""
    twin = formats.twin(old)
    if twin == old:
        return attributes
    if style is None:
        return attributes + f' s="{twin}"'.encode()
    return attributes[: style.start(2)] + twin.encode() + attributes[style.end(2) :]


def _string(text: str, prefix: str) -> str:
    """Return a string within a cell (18.3.1.53)."""
    # what looks like an escape would be read as one (22.9.2.19)
    content = escape(_ESCAPED.sub("_x005F_", text))
    return f'<{prefix}is><{prefix}t xml:space="preserve">{content}</{prefix}t></{prefix}is>'


# --- CSV -------------------------------------------------------------------------

_FIELD = re.compile(r'("(?:[^"]|"")*"[^,\r\n]*|[^,\r\n]*)(,|\r\n|\r|\n|$)')


def with_fields(data: bytes, values: Mapping[Cell, CellValue]) -> bytes:
    """Return a CSV file with other contents in fields; encoding, mark and line ends stay.

    A field that is not there is added to its row, and a row below the last one.

    Raises:
        CellError: the file's encoding lacks a character of a text.
    """
    text, encoding = decode_csv(data)
    has_mark = data.startswith(b"\xef\xbb\xbf")
    texts = {cell: "" if each is None else str(each) for cell, each in values.items()}
    text = _with_room(text, texts)
    places = _find_fields(text)
    for cell, new in sorted(texts.items(), reverse=True):
        first, last = places[cell]
        text = text[:first] + _field(text[first:last], new) + text[last:]
    target = "cp932" if encoding == "cp932" else "utf-8-sig" if has_mark else "utf-8"
    try:
        return text.encode(target)
    except UnicodeEncodeError as error:
        raise CellError(
            f"このCSVの文字コード（Shift_JIS）にない文字{quoted(text[error.start])}があります。",
            "Excelで「CSV UTF-8（コンマ区切り）」を選んで保存し直すか、別の字にしてください。",
        ) from None


def _with_room(text: str, cells: Collection[Cell]) -> str:
    """Return the file with fields, empty ones too, wherever there is to be a text."""
    places = _find_fields(text)
    wanted: dict[int, int] = {}
    for row, column in cells:
        wanted[row] = max(column, wanted.get(row, 0))
    ends = {row: end for (row, _), (_, end) in places.items()}
    widths = Counter(row for row, _ in places)
    last = max(ends, default=0)
    for row in sorted(wanted, reverse=True):
        if row <= last:
            room = "," * max(0, wanted[row] - widths[row])
            text = text[: ends[row]] + room + text[ends[row] :]
    return text + _new_rows(text, last, wanted)


def _new_rows(text: str, last: int, wanted: Mapping[int, int]) -> str:
    """Return what is to follow the ``last`` row: so many fields in each."""
    news = [row for row in wanted if row > last]
    if not news:
        return ""
    line_end = "\r\n" if "\r\n" in text else "\n"
    begin = "" if text.endswith(("\r", "\n")) else line_end
    rows = ("," * (wanted.get(row, 1) - 1) + line_end for row in range(last + 1, max(news) + 1))
    return begin + "".join(rows)


def _find_fields(text: str) -> dict[Cell, tuple[int, int]]:
    places = {}
    at, row, column = 0, 1, 1
    while at < len(text):
        match = _FIELD.match(text, at)
        if match is None:  # a reader has read it before: it cannot be
            break
        places[row, column] = match.span(1)
        row, column = (row, column + 1) if match[2] == "," else (row + 1, 1)
        at = match.end()
    if text.endswith(",") and column > 1:
        places[row, column] = (at, at)
    return places


def _field(old: str, new: str) -> str:
    """Return a field with the new text, quoted where it must be or where it was."""
    if "\r\n" in old:
        new = new.replace("\n", "\r\n")
    if old.startswith('"') or re.search(r'[",\r\n]|^\s|\s$', new):
        return '"' + new.replace('"', '""') + '"'
    return new
