"""How public documents write numerals (数字の表記), and how typed ones are made comparable.

Two directions. Going out, :func:`write_numerals` gives generated text the numerals
of public documents: one digit full-width, two or more half-width (``６か所``, ``16園``).
Coming in, :func:`fold_width` takes away the differences of width that an input
method leaves behind (``９９．９％`` and ``99.9%``), so that parsers need one spelling.
Verbatim text of a decided document goes through neither.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Literal


class NumeralStyle(StrEnum):
    """Which numerals generated text has."""

    MIXED = "mixed"  # １桁は全角、２桁以上は半角
    HALF = "half"  # すべて半角


# A number of generated text: 6, 16, 14,760, 99.9. A digit after a Latin letter is
# part of a label (R1, A4) and stays as it is; one after a minus sign stays with it.
_NUMBER = re.compile(r"(?<![A-Za-z0-9.,\u2212])[0-9]+(?:[.,][0-9]+)*")

_TO_FULL_WIDTH = {ord(half): ord(half) - ord("0") + ord("０") for half in "0123456789"}


def write_numerals(text: str, style: NumeralStyle = NumeralStyle.MIXED) -> str:
    """Give the numbers of a generated text, composed in half-width, their final width.

    In ``mixed`` a number of one digit becomes full-width; one of two or more digits,
    a decimal, a grouped number, a negative one (``−5``) and a label (``R1``) stay
    half-width.

    >>> write_numerals("令和3年度に6か所、14,760人（99.9％）")
    '令和３年度に６か所、14,760人（99.9％）'
    """
    if style is NumeralStyle.HALF:
        return text
    return _NUMBER.sub(_widen_single_digit, text)


def _widen_single_digit(match: re.Match[str]) -> str:
    number = match[0]
    return number.translate(_TO_FULL_WIDTH) if len(number) == 1 else number


# What compatibility normalization is let loose on: full-width ASCII, the ideographic
# space, half-width katakana and the squared era names. NFKC on everything would also
# undo what people mean to write: ㎡ to m2, ① to 1, Ⅱ to II, ½ to 1⁄2.
_FOLDED = re.compile(r"[\u3000\uff01-\uff5e\uff61-\uff9f\u337b-\u337e\u32ff]+")

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")

# Dashes between digits or before them: hyphens and the minus sign. The long dashes
# and the katakana ー are not among them: they are words of their own.
_PIECE = 500  # characters: more than any value or name has
_HYPHENS = re.compile(r"[\u2010\u2011\u2212\ufe63]")


def fold_width(text: str) -> str:
    """Return ``text`` as a parser compares it: half-width ASCII, full-width katakana.

    Characters are composed (NFC), invisible ones dropped, hyphens and minus signs
    are all ``-``. The result is for reading only, never for display.

    >>> fold_width("９９．９％　（Ｈ３１）")
    '99.9% (H31)'
    """
    if text.isascii():
        return text
    composed = _normalized("NFC", _INVISIBLE.sub("", text))
    narrowed = _FOLDED.sub(lambda match: _normalized("NFKC", match[0]), composed)
    return _HYPHENS.sub("-", narrowed)


def _normalized(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Normalize piece by piece: marks upon marks are sorted in the square of their number."""
    if len(text) <= _PIECE:
        return unicodedata.normalize(form, text)
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return "".join(unicodedata.normalize(form, piece) for piece in pieces)
