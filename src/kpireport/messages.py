"""The wording of messages: what is wrong, said so that it can be found and mended.

Comes in: names, paths and texts of broken inputs. Goes out: the same, safe to print: a
broken input must not break the report about it.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias

from kpireport.domain.names import in_one_line
from kpireport.domain.numerals import fold_width
from kpireport.domain.years import FiscalYear, format_fiscal_year

PathStep: TypeAlias = str | int

# What no document can carry: controls but the line feed, which parts the lines of a
# cell; lone surrogates; noncharacters. XML 1.0 (2.2, Char) has no place for them in a .docx.
UNPRINTABLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)

# what would turn the words around it about, break the line, or not be seen on a console
_DISTURBING = re.compile(
    "[\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

_LONGEST_QUOTE = 40
_MOST_LISTED = 20  # names that somebody looks through
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_PLAIN_KEY = re.compile(r"[A-Za-z_$][A-Za-z0-9_$-]*")


def path_text(steps: Iterable[PathStep]) -> str:
    """``("goals", 1, "plans")`` as ``goals[1].plans``; ``""`` for the file as a whole."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f'["{shortened(step)}"]'
    return text


def quoted(text: str) -> str:
    """The text in 「」, printable and short enough for a message."""
    return f"「{shortened(text)}」"


def describe(value: object) -> str:
    """A value of a file as a message names it: its kind, and itself where that is short."""
    match value:
        case None:
            return "空（null）"
        case bool():
            return "true" if value else "false"
        case str():
            return f"文字列{quoted(value)}"
        case dict():
            return "項目の組 { }"
        case list() | tuple():
            return "配列 [ ]"
    text = printable(str(value))
    return text if len(text) <= 20 else "けた数の多すぎる数"


def western_year(year: FiscalYear | int) -> str:
    """A fiscal year with the number that the file has to have: ``令和３年度（2021）``."""
    fiscal_year = FiscalYear(year) if isinstance(year, int) else year
    return f"{format_fiscal_year(fiscal_year)}（{fiscal_year.year}）"


@lru_cache(4096)  # a row is spoken of by each that reads in it, and in each year
def about(name: str, id_: str = "", department: str = "") -> str:
    """What a problem is about, in words to search for: ``受入率、記号 p01-02、所管課 保育課``."""
    parts = (
        shortened(in_one_line(name)),
        f"記号 {shortened(id_)}" if id_ else "",
        f"所管課 {shortened(department)}" if department else "",
    )
    return "、".join(filter(None, parts))


def shortened(text: str) -> str:
    """The text, printable, cut with … where it is long."""
    cut = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return printable(cut)


def printable(text: str) -> str:
    """The text on one line, characters that cannot be printed written as their code."""
    return in_plain_lines(text).replace("\n", "\\n")


def in_plain_lines(text: str) -> str:
    """The text, characters that cannot be printed but the ends of its lines as their code."""
    if text.isprintable():
        return text
    for characters in (UNPRINTABLE, _DISTURBING):
        text = characters.sub(lambda match: f"\\u{ord(match[0]):04X}", text)
    return text


NOT_ORDINARY = (
    "ふつうのファイルではありません（パイプや装置など）。",
    "ふつうのファイルとして写してから、指定してください。",
)
_ABSENT = ("ファイルがありません。", "フォルダーとファイル名のつづりを確かめてください。")
_KINDS_AND_SIZES = {
    errno.ENOENT: _ABSENT,
    errno.ENOTDIR: _ABSENT,  # what is named as its folder is a file
    errno.ESPIPE: NOT_ORDINARY,
    errno.EISDIR: (
        "ファイルではなくフォルダーです。",
        "フォルダーの中のファイルを指定してください。",
    ),
    errno.EFBIG: ("ファイルが大きすぎます。", "正しいファイルかどうかを確かめてください。"),
}


def unreadable(error: OSError | ValueError) -> tuple[str, str]:
    """What keeps a file from being read, and how to mend it.

    The system's own words are English, or those of whoever installed it; its number is
    what an administrator asks for.
    """
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.EACCES, errno.EPERM):
        return (
            "ファイルを読む権限がないか、ほかの人が開いています。",
            "Excelなどで開いていれば閉じ、読めるかどうかをフォルダーの管理者に確かめてください。",
        )
    if number == errno.ENAMETOOLONG:
        return (
            "ファイルかフォルダーの名前が長すぎます。",
            "名前を短くするか、浅いフォルダーに移してください。",
        )
    if number in _KINDS_AND_SIZES:
        return _KINDS_AND_SIZES[number]
    told = f"（システムのエラー番号 {number}）" if number is not None else ""
    return (
        f"ファイルを読めません{told}。",
        "Excelなどで開いたままなら閉じ、保存場所とファイル名を確かめてください。",
    )


def did_you_mean(name: str, valid: Iterable[str]) -> str:
    """How to mend a misspelt name: the nearest valid names, or all of them; the first of many.

    A name that differs in width, case, separators or leading zeros alone (``ｐ２`` for
    ``p02``) can only be the one.
    """
    names = sorted(valid)
    if not names:
        return "選べるものがまだ書かれていません。先にそちらを書いてください。"
    meant = _spellings(name)
    near = [each for each in names if not meant.isdisjoint(_spellings(each))]
    near = near[:3] or similar(name, names, most=3, cutoff=0.5)
    if near:
        return f"もしかして {_listed(near)} ですか。"
    more = len(names) - _MOST_LISTED
    if more > 0:
        return f"使えるのは {_listed(names[:_MOST_LISTED])}、ほか{more}件です。"
    return f"使えるのは {_listed(names)} です。"


def similar(name: str, names: Iterable[str], *, most: int = 1, cutoff: float = 0.6) -> list[str]:
    """Return the ``most`` of ``names`` that are like ``name``, the likest first.

    Args:
        name: what was written.
        names: what could be meant.
        most: how many, at most.
        cutoff: how like they are at least, from 0 to 1.
    """
    from difflib import get_close_matches  # most inputs have no name that is wrong

    return get_close_matches(name, list(names), n=most, cutoff=cutoff)


def which_key(written: str, names: Mapping[str, str]) -> str:
    """How to mend a key that there is none of, where each has a name: the name may be written.

    Args:
        written: what stands in the place of a key.
        names: by the keys that there are, what each is called.
    """
    meant = _unspaced(written)
    keys = [key for key, name in names.items() if name and _unspaced(name) == meant]
    if keys:
        return f"{quoted(written)}は、{_listed(keys)} と書きます。"
    return did_you_mean(written, names)


def _unspaced(name: str) -> str:
    return "".join(fold_width(name).split())


def _spellings(name: str) -> set[str]:
    """The name as it is compared: without its zeros, with its separators and without."""
    plain = fold_width(name).strip().lower()
    return {
        _ZEROS.sub("", re.sub(r"[\s_.-]+", separator, plain)).strip("-") for separator in ("-", "")
    } - {""}


def _listed(names: Iterable[str]) -> str:
    return "、".join(f"「{name}」" for name in names)
