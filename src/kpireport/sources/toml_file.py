"""TOML files written by hand: their values, or what keeps them from being read.

Comes in: the path of a UTF-8 file of TOML 1.0. Goes out: its top-level table.
``tomllib`` reports faults in English and, in Python 3.11, only within its
message; line and column are taken from there.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from kpireport.domain.numerals import fold_width
from kpireport.domain.years import parse_fiscal_year
from kpireport.findings import Findings
from kpireport.messages import printable, quoted
from kpireport.sources.text_file import read_text

_POSITION = re.compile(r"at line (\d+), column (\d+)")

_REPEATED = ("同じ項目か同じ [見出し] が2回書かれています。", "正しい方を1つだけ残してください。")
_UNCLOSED = ("引用符かかっこが閉じていません。", '" や ] で閉じてください。')
_BACKSLASH = (
    "\\ の使い方が誤っています。",
    "フォルダーの区切りは / で書くか、文字列を ' で囲んでください。",
)
_ITEM = re.compile(r"\s*([\w-]+)\s*=\s*([^\s\[{\"'].*?)\s*(?:#.*)?")
_LARGEST = 2**20  # bytes: settings that people write have some thousands
_LONGEST_LINE = 1_000  # characters that are looked at for what is meant
_BARE_DATE = re.compile(r"[0-9０-９]+\s*[-/.年－／．]")
_BARE_DATE_FAULT = (
    "日付の書き方が誤っています。",
    'date = 2019-07-01 のように4桁-2桁-2桁で書くか、"令和元年７月１日" のように囲んでください。',
)
_YES_NO = {"true": ("true", "yes", "on", "はい"), "false": ("false", "no", "off", "いいえ")}
_QUOTES = "“”„＂「」『』'\"’‘"
_SYNTAX = (
    ("Cannot overwrite a value", _REPEATED),
    ("Cannot declare", _REPEATED),
    ("Cannot redefine", _REPEATED),
    ("Duplicate inline table key", _REPEATED),
    ("Expected '='", ("= がありません。", '項目名 = "値" の形で書いてください。')),
    ("Expected newline", ("1行に2つ以上のことが書かれています。", "改行してください。")),
    ("Invalid value", ("値の書き方が誤っています。", '文字列は半角の " で囲んでください。')),
    ("Invalid statement", ("項目として読めません。", '項目名 = "値" の形で書いてください。')),
    ("Unclosed array", _UNCLOSED),
    ("Unterminated string", _UNCLOSED),
    ("Expected '\"'", _UNCLOSED),
    ("Unescaped '\\'", _BACKSLASH),
    ("Invalid hex value", _BACKSLASH),
    ("Escaped character", _BACKSLASH),
    ("Illegal character", ("文字列が閉じていないか、使えない文字があります。", _UNCLOSED[1])),
    ("Invalid date", ("日付が暦にありません。", "年月日を確かめてください。")),
)
_OTHER_SYNTAX = ("設定として読めません。", "引用符、かっこ、= を確かめてください。")


def read_toml(path: Path, log: Findings, *, data: bytes | None = None) -> dict[str, object]:
    """The file's table; numbers with a point are ``Decimal``.

    ``data`` is what the file is to hold, instead of what it holds.

    Raises:
        InputError: if the file cannot be read or is not TOML.
    """
    text = read_text(path, log, _LARGEST, data=data)
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except ValueError as error:  # TOMLDecodeError, and what int() says of thousands of digits
        _fail_syntax(str(error), text, log)
    except (ArithmeticError, RecursionError):  # Decimal's exponents; nested brackets
        log.fail("", *_OTHER_SYNTAX)


def _bare_value_fault(line: str) -> tuple[str, str] | None:
    """What is wrong with a value that stands without quotes, by what is meant with it."""
    item = _ITEM.fullmatch(line[:_LONGEST_LINE])
    if item is None or "=" in item[2]:
        return None
    key, written = item.groups()
    for value, words in _YES_NO.items():
        if fold_width(written).lower() in words:
            return (
                f"{quoted(written)}は、はい・いいえとして読めません。",
                f"{key} = {value} と、半角の小文字で、引用符を付けずに書いてください。",
            )
    if year := _fiscal_year(written):
        remedy = f"年度は西暦の数字で、{key} = {year} と書いてください。"
        if not key.endswith("year"):
            remedy += f'文であれば、半角の " で囲んで "{printable(written)}" とします。'
        return f"{quoted(written)}は、このままでは読めません。", remedy
    if _BARE_DATE.match(written):
        return _BARE_DATE_FAULT
    text = printable(written.strip(_QUOTES))
    return (
        f"{quoted(written)}は、このままでは読めません。",
        f'文字は半角の " で囲んで、{key} = "{text}" と書いてください。',
    )


def _fiscal_year(written: str) -> int | None:
    try:
        return parse_fiscal_year(written).year
    except ValueError:
        return None


def _fail_syntax(message: str, text: str, log: Findings) -> NoReturn:
    what, remedy = next(
        (japanese for english, japanese in _SYNTAX if message.startswith(english)), _OTHER_SYNTAX
    )
    position = _POSITION.search(message)
    line, column = position.groups() if position else (str(text.count("\n") + 1), "")
    if message.startswith(("Expected newline", "Invalid value")):
        what, remedy = _bare_value_fault(text.split("\n")[int(line) - 1]) or (what, remedy)
    log.fail(f"{line}行目" + (f"{column}文字目" if column else ""), what, remedy)
