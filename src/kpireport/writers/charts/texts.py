"""Text in charts: widths in the report's own font, title lines, glyphs that must exist.

Comes in: final text. Goes out: lines that fit. Widths are the font's own, so that
layout knows where a text ends before anything is drawn, and it ends there in PDF,
SVG and PNG alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kpireport.errors import KpiReportError
from kpireport.writers.breaks import Breaking, find_breaks
from kpireport.writers.charts.boxes import Box
from kpireport.writers.fonts import load_font
from kpireport.writers.theme import MINIMUM_SIZE, Typeface

LABEL_SIZE = MINIMUM_SIZE
TITLE_SIZE = 8.5
TITLE_LEADING = 10.5

# the ideographic em box around the baseline
ASCENT, DESCENT = 0.88, 0.12

MIDDLE = 0.36 * LABEL_SIZE  # from a figure's baseline to its middle

_ELLIPSIS = "…"
_OPENING = "（「『【〈《［｛("
_LOSS_COST = 3.0  # of a line's width of text that is cut off; uneven lines cost up to 1
_CUT_COST = 3.0  # of cutting anything: no break is worth that


class MissingGlyphError(KpiReportError):
    """A chart's text has a character that the font does not draw."""


def check_glyphs(texts: Iterable[str]) -> None:
    """Raise :class:`MissingGlyphError` for the first text that the font cannot draw.

    matplotlib would draw a blank box and go on with a warning.
    """
    known = load_font(Typeface.GOTHIC).face.charToGlyph
    for text in texts:
        absent = sorted({char for char in text if ord(char) not in known and char != "\n"})
        if absent:
            names = "、".join(f"「{char}」（U+{ord(char):04X}）" for char in absent)
            raise MissingGlyphError(f"図の書体にない文字があります: {names} — 「{text}」")


def in_one_line(text: str) -> str:
    """Return ``text`` as it stands on one line: a name that its plan breaks is one word here."""
    return text.replace("\n", "")


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = LABEL_SIZE, *, bold: bool = False) -> float:
    """Return the width of ``text`` in points; a line break within it has none."""
    face = load_font(Typeface.GOTHIC, bold=bold).face
    widths, default = face.charWidths, face.defaultWidth
    return float(sum(widths.get(ord(char), default) for char in in_one_line(text))) * size / 1000


def text_box(text: str, left: float, baseline: float, size: float = LABEL_SIZE) -> Box:
    """Return the room that ``text`` takes."""
    return Box(
        left,
        baseline - DESCENT * size,
        left + text_width(text, size),
        baseline + ASCENT * size,
    )


def shorten(text: str, width: float, size: float = LABEL_SIZE, *, bold: bool = False) -> str:
    """Return ``text``, or its beginning with ``…`` where it is wider than ``width``."""
    if text_width(text, size, bold=bold) <= width:
        return text
    end = len(text)
    while end and text_width(text[:end] + _ELLIPSIS, size, bold=bold) > width:
        end -= 1
    return text[:end].rstrip(_OPENING + "、・ \u3000") + _ELLIPSIS


def break_title(
    text: str, width: float, size: float = TITLE_SIZE, *, bold: bool = True
) -> tuple[str, ...]:
    """Return ``text`` in one line, or two broken between phrases, or three where it is long.

    What three lines do not hold is shortened. The first line break in the text is kept,
    where its line is not too long.
    """
    head, _, rest = text.partition("\n")
    rest = rest.replace("\n", "")
    if text_width(head, size, bold=bold) <= width:
        return (head, *(break_in_two(rest, width, size, bold=bold) if rest else ()))
    lines = break_in_two(head + rest, width, size, bold=bold)
    if not lines[-1].endswith(_ELLIPSIS):
        return lines
    first = _full_line(head, width, size, bold=bold)
    return first.rstrip(), *break_in_two(head[len(first) :] + rest, width, size, bold=bold)


def break_in_two(
    text: str, width: float, size: float = LABEL_SIZE, *, bold: bool = False
) -> tuple[str, ...]:
    """Return ``text`` in one line, or two of like length; the second is shortened to fit."""
    if text_width(text, size, bold=bold) <= width:
        return (text,)
    first = _first_line(text, width, size, bold=bold)
    return first.rstrip(), shorten(text[len(first) :], width, size, bold=bold)


def _full_line(text: str, width: float, size: float, *, bold: bool) -> str:
    """Return as much of the beginning as a line holds, up to the end of a phrase if it can."""
    fitting = [
        each
        for each in find_breaks(text, Breaking.NARROW)
        if text_width(text[: each.end].rstrip(), size, bold=bold) <= width
    ]
    whole_phrases = [each.end for each in fitting if each.cost == 0]
    ends = whole_phrases or [each.end for each in fitting]
    return text[: max(ends)] if ends else _first_line(text, width, size, bold=bold)


def _first_line(text: str, width: float, size: float, *, bold: bool) -> str:
    """Return the beginning of ``text`` that makes the best first of two lines."""
    whole = text_width(text, size, bold=bold)
    best, best_cost = "", float("inf")
    for each in find_breaks(text, Breaking.NARROW):
        first = text_width(text[: each.end].rstrip(), size, bold=bold)
        if first > width:
            break
        second = whole - first
        lost = max(0.0, second - width)  # by shortening
        cost = each.cost + (abs(first - second + lost) + _LOSS_COST * lost) / width
        cost += _CUT_COST if lost else 0.0
        if cost <= best_cost:
            best, best_cost = text[: each.end], cost
    return best or shorten(text, width, size, bold=bold).removesuffix(_ELLIPSIS)
