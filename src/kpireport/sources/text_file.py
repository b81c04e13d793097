"""Text files written by hand: their text, or why it cannot be had.

Comes in: the path of a UTF-8 file, with or without a byte order mark. Goes
out: its text. Notepad and Excel save in other encodings too; the report names
the likely one.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kpireport.domain.names import composed
from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import UNPRINTABLE, unreadable
from kpireport.ordinary_files import read_bounded

_LARGEST_FILE = 50 * 2**20
_SAVE_AS_UTF8 = "「名前を付けて保存」で文字コードに UTF-8 を選び、保存し直してください。"


def read_text(
    path: Path, log: Findings, largest: int = _LARGEST_FILE, *, data: bytes | None = None
) -> str:
    """The file's text without byte order mark.

    Args:
        path: the file.
        log: takes what is wrong with it.
        largest: how many bytes it may have.
        data: what it is to hold, instead of what it holds.

    Raises:
        InputError: if there is no such file, or it is empty or not UTF-8.
    """
    if data is None:
        data = _read_bytes(path, log, largest)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        log.fail(f"{line}行目", _encoding_fault(data), _SAVE_AS_UTF8)
    if not text.strip():
        log.fail("", "ファイルが空です。", "正しいファイルかどうかを確かめてください。")
    return composed(text)


def _read_bytes(path: Path, log: Findings, largest: int) -> bytes:
    try:
        data = read_bounded(path, largest)
    except CellError as error:
        log.fail("", error.what, error.remedy)
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        log.fail("", *unreadable(error))
    if data is None:
        what = f"ファイルが大きすぎます（{largest // 2**20} MB を超えます）。"
        log.fail("", what, "正しいファイルかどうかを確かめてください。")
    return data


def _encoding_fault(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "文字コードがUTF-16です。読めるのはUTF-8だけです。"
    if _is_shift_jis(data):
        return "文字コードがShift_JIS（ANSI）のようです。読めるのはUTF-8だけです。"
    return "UTF-8のテキストとして読めない箇所があります。"


def _is_shift_jis(data: bytes) -> bool:
    try:
        text = data.decode("cp932")  # Microsoft's form, which Windows calls ANSI
    except UnicodeDecodeError:
        return False
    return not UNPRINTABLE.search(re.sub(r"[\r\t]", "", text))
