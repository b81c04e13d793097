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


def apart_from_dash(mark: Span, *signs: Span) -> tuple[Span, ...]:
    """Return a mark with its signs, a space after a dash: ``―＊`` would read as a rule."""
    return (mark, Span(" "), *signs) if signs and is_dash(mark) else (mark, *signs)


def between_dashes(marks: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """Yield marks in as many lines as keep each dash from running on into another."""
    line: list[Span] = []
    for mark in marks:
        if line and is_dash(line[-1]) and is_dash(mark):
            yield tuple(line)
            line = []
        line.append(mark)
    if line:
        yield tuple(line)


def is_dash(mark: Span) -> bool:
    """Whether a mark is one that looks like a rule."""
    return mark.text in _DASHES


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
