"""Texts put into the cells of a workbook or a CSV file; every other byte stays.

Comes in: the file's bytes and the new texts by cell. Goes out: the bytes with them.
Readers and writers of whole workbooks lose what they do not know (openpyxl: pictures'
details, extensions, the rich text of other cells); so only the cells' own elements are
cut out of the sheet and replaced, as strings: ``=1+1`` is then no formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from kpireport.sources.cells import cell_name, parse_cell_name
from kpireport.sources.csv_file import decode_csv
from kpireport.sources.findings import CellError
from kpireport.sources.problems import quoted

Cell = tuple[int, int]

_TAG = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_TYPE = re.compile(rb"\s+t\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_SAVE_AGAIN = "Excelで開いて保存し直してから、もう一度実行してください。"


# --- workbooks -------------------------------------------------------------------


def with_cells(book: bytes, part: str, texts: Mapping[Cell, str]) -> bytes:
    """Return a workbook with other texts in cells of one sheet, ``part`` of its package.

    Raises:
        CellError: a cell has a formula, or the sheet is in an unusual encoding.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w") as new:
        new.comment = old.comment
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == part:
                content = _with_cells(content, texts)
            new.writestr(entry, content)
    return made.getvalue()


def _with_cells(sheet: bytes, texts: Mapping[Cell, str]) -> bytes:
    places = _find_cells(sheet, texts)
    for cell, place in sorted(places.items(), key=lambda each: each[1].first, reverse=True):
        if place.has_formula:
            raise CellError(
                f"{cell_name(*cell)} は数式のセルなので、書き換えません。",
                "数式の代わりに文を書いてから、もう一度実行してください。",
            )
        element = _string_cell(sheet[place.first : place.last], texts[cell])
        sheet = sheet[: place.first] + element + sheet[place.last :]
    return sheet


@dataclass(slots=True)
class _Place:
    """Where a cell's element is among the bytes of its sheet."""

    first: int
    last: int = 0
    has_formula: bool = False


@dataclass(slots=True)
class _Finder:
    """Follows rows and cells; both may leave out where they are (18.3.1.4, 18.3.1.73)."""

    parser: expat.XMLParserType
    sheet: bytes
    wanted: Mapping[Cell, str]
    found: dict[Cell, _Place] = field(default_factory=dict)
    _row: int = 0
    _column: int = 0
    _open: _Place | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a row or a cell."""
        match name.rpartition(":")[2]:
            case "row":
                number = attributes.get("r", "")
                self._row = int(number) if number.isdigit() else self._row + 1
                self._column = 0
            case "c":
                beside = (self._row, self._column + 1)
                cell = parse_cell_name(attributes.get("r", "")) or beside
                self._column = cell[1]
                if cell in self.wanted:
                    self._open = _Place(self.parser.CurrentByteIndex)
                    self.found[cell] = self._open
            case "f" if self._open:
                self._open.has_formula = True

    def end(self, name: str) -> None:
        """End a cell: with its closing tag, which begins here, or with its only one."""
        if name.rpartition(":")[2] == "c" and self._open:
            self._open.last = self._tag_end(self._open.first)
            if not self.sheet.endswith(b"/>", 0, self._open.last):
                self._open.last = self._tag_end(self.parser.CurrentByteIndex)
            self._open = None

    def _tag_end(self, at: int) -> int:
        tag = _TAG.match(self.sheet, at)
        return tag.end() if tag else at


def _find_cells(sheet: bytes, wanted: Mapping[Cell, str]) -> dict[Cell, _Place]:
    parser = expat.ParserCreate()
    finder = _Finder(parser, sheet, wanted)
    encodings: list[str] = []
    parser.XmlDeclHandler = lambda _, encoding, __: encodings.append(encoding or "utf-8")
    parser.StartElementHandler = finder.start
    parser.EndElementHandler = finder.end
    parser.Parse(sheet, True)  # noqa: FBT003 - the parser's own signature
    if sheet.startswith((b"\xff\xfe", b"\xfe\xff")) or {each.lower() for each in encodings} - {
        "utf-8",
        "us-ascii",
    }:
        raise CellError("シートの文字コードがUTF-8ではありません。", _SAVE_AGAIN)
    missing = [cell_name(*cell) for cell in wanted if cell not in finder.found]
    if missing:
        raise CellError(f"セル{'、'.join(missing)}がありません。", _SAVE_AGAIN)
    return finder.found


def _string_cell(element: bytes, text: str) -> bytes:
    """Return a cell with its own name and attributes and a string in it (18.3.1.53)."""
    opening = _TAG.match(element)
    assert opening is not None  # noqa: S101 - the parser found it there
    tag = opening.group()
    name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0].decode()
    prefix = name.rpartition(":")[0]
    prefix = f"{prefix}:" if prefix else ""
    attributes = _TYPE.sub(b"", tag[1:].removesuffix(b">").removesuffix(b"/").rstrip())
    # what looks like an escape would be read as one (22.9.2.19)
    content = escape(_ESCAPED.sub("_x005F_", text))
    string = f'<{prefix}is><{prefix}t xml:space="preserve">{content}</{prefix}t></{prefix}is>'
    return b"<" + attributes + b' t="inlineStr">' + f"{string}</{name}>".encode()


# --- CSV -------------------------------------------------------------------------

_FIELD = re.compile(r'("(?:[^"]|"")*"[^,\r\n]*|[^,\r\n]*)(,|\r\n|\r|\n|$)')


def with_fields(data: bytes, texts: Mapping[Cell, str]) -> bytes:
    """Return a CSV file with other texts in fields; encoding, mark and line ends stay.

    Raises:
        CellError: the file's encoding lacks a character of a text.
    """
    text, encoding = decode_csv(data)
    has_mark = data.startswith(b"\xef\xbb\xbf")
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
    return places


def _field(old: str, new: str) -> str:
    """Return a field with the new text, quoted where it must be or where it was."""
    if "\r\n" in old:
        new = new.replace("\n", "\r\n")
    if old.startswith('"') or re.search(r'[",\r\n]|^\s|\s$', new):
        return '"' + new.replace('"', '""') + '"'
    return new
