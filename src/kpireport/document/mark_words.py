"""Marks in sentences of ours: what a scheme calls them stays as it is, whatever the numerals.

Comes in: generated texts with marks in them, and a report's numerals. Goes out: final text;
marks side by side that stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kpireport.document.blocks import Span
from kpireport.domain.numerals import NumeralStyle, write_numerals
from kpireport.evaluation import Mark

_ENDS_IN_DIGIT = re.compile(r"[0-9０-９]$")
_DIGIT = re.compile(r"[0-9]")


_DASHES = ("―", "－", "—", "–")
_UNBROKEN_SPACE = "\u00a0"

_LONGEST = 12
"""Letters of a mark with its word that titles, lists and narrow columns have room for."""


def brief_name(mark: Mark, marks: Iterable[Mark]) -> str:
    """Return what titles and lists call a mark: its symbol alone where words are long.

    Args:
        mark: the mark.
        marks: all that a report has: one long word among them makes all of them brief, and
            the foot of each page tells what the symbols mean.
    """
    is_brief = any(len(each.label) > _LONGEST for each in marks)
    return mark.symbol if is_brief else mark.label


def counted(symbol: str, count: int | str, style: NumeralStyle) -> str:
    """Return how many stand at a mark; apart from the mark where that ends in a digit.

    >>> [counted(each, 3, NumeralStyle.MIXED) for each in ("◎", "A", "A-1")]
    ['◎３', 'A3', 'A-1：３']
    """
    if _ENDS_IN_DIGIT.search(symbol):
        return f"{symbol}：{write_numerals(str(count), style)}"
    last = symbol[-1:]  # a letter and a number are a label, which stays half-width
    return f"{symbol[:-1]}{write_numerals(f'{last}{count}', style)}"


def apart_from_dashes(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield marks and signs beside each other, with a space after a dash.

    Two dashes would read as one long rule, and so would one that runs into a sign (``―＊３``).
    """
    for before, span in zip((None, *spans), spans, strict=False):
        if before is not None and before.text in _DASHES:
            yield Span(_UNBROKEN_SPACE)
        yield span


def together(marks: Iterable[Mark]) -> str:
    """Return how marks are named whose share is told: ``A・Bの割合``."""
    return f"{'・'.join(mark.symbol for mark in marks)}の割合"


def in_numerals(text: str, marks: Iterable[Mark], style: NumeralStyle) -> str:
    """Return a sentence in a report's numerals, the marks in it as their scheme writes them."""
    kept = [each.label for each in marks if _DIGIT.search(each.label)]
    if not kept:
        return write_numerals(text, style)
    names = sorted(kept, key=len, reverse=True)
    parts = re.split("(" + "|".join(f"「{re.escape(each)}」" for each in names) + ")", text)
    return "".join(
        part if number % 2 else write_numerals(part, style) for number, part in enumerate(parts)
    )
