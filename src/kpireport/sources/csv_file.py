"""CSV files saved by Excel or other systems: one sheet of text cells.

Comes in: a path; UTF-8 with or without byte order mark, or cp932 (what Excel in Japan
saves as 「CSV」). Goes out: a :class:`~kpireport.sources.cells.SheetCells`
whose rows and columns are those that Excel shows when it opens the file.
"""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from kpireport.domain.names import composed
from kpireport.errors import CellError
from kpireport.sources.cells import LONGEST_TEXT, TOO_LONG, Content, SheetCells
from kpireport.sources.whole_file import read_whole
from kpireport.sources.workbook import MOST_ROWS

_LARGEST_FILE = 20 * 2**20
_SAVE_AS = "Excelで「CSV UTF-8（コンマ区切り）」を選んで保存し直してください。"


def read_csv(path: Path, name: str = "") -> SheetCells:
    """Read a CSV file as a sheet of that name.

    Raises:
        CellError: the file cannot be used at all.
    """
    text = _text(path)
    _refuse_other_separators(text)
    rows: dict[int, dict[int, Content]] = {}
    csv.field_size_limit(_LARGEST_FILE)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row, fields in enumerate(reader, start=1):
            cells: dict[int, Content] = {
                column: _content(field) for column, field in enumerate(fields, start=1) if field
            }
            if cells:
                rows[row] = cells
            if len(rows) > MOST_ROWS:
                raise CellError(
                    f"行が多すぎます（{MOST_ROWS:,}行を超えます）。",
                    "1行に1つの指標の1年度分を書く表です。関係のない行を削除してください。",
                )
    except csv.Error as error:
        raise CellError(
            f"{reader.line_num}行目のあたりが、CSVとして読めません。",
            '引用符 " が閉じているかを確かめるか、Excelで保存し直してください。',
        ) from error
    return SheetCells(name, rows)


_OTHER_SEPARATORS = {"\t": "タブ", ";": "セミコロン（;）"}
_LINES_LOOKED_AT = 50


def _refuse_other_separators(text: str) -> None:
    """Refuse a table whose columns nothing parts that CSV (RFC 4180) knows."""
    lines = text.splitlines()[:_LINES_LOOKED_AT]
    if any("," in line for line in lines):
        return
    for separator, name in _OTHER_SEPARATORS.items():
        if any(line.count(separator) > 1 for line in lines):
            raise CellError(f"列が、コンマではなく{name}で区切られています。", _SAVE_AS)


def _text(path: Path) -> str:
    shrink = "関係のない行や列を削除してください。"
    data = read_whole(path, _LARGEST_FILE, shrink=shrink)
    if data.startswith((b"PK", bytes.fromhex("d0cf11e0"))):
        raise CellError("CSVではなく、Excelのブックです。", "拡張子を .xlsx に戻してください。")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        raise CellError("文字コードがUTF-16か、CSVではないファイルです。", _SAVE_AS)
    return _decoded(data)


def _decoded(data: bytes) -> str:
    return decode_csv(data)[0]


def decode_csv(data: bytes) -> tuple[str, str]:
    """Return the text of a CSV file, and its encoding.

    Raises:
        CellError: it is in none that is read.
    """
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise CellError("文字コードがUTF-8でもShift_JISでもありません。", _SAVE_AS)


def _content(field: str) -> Content:
    if len(field) > LONGEST_TEXT:
        return TOO_LONG
    return composed(field).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
