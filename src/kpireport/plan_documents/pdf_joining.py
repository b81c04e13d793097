"""Lines of a cell or a paragraph as its text.

Comes in: the lines as they stand, and the width that they had. Goes out: the text; lines that
were parted because they were full are joined where that is certain, the others parted by line
feeds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpireport.plan_documents.pdf_characters import is_wide
from kpireport.plan_documents.pdf_lines import Line
from kpireport.plan_documents.pdf_shapes import Box

_WIDE_ENOUGH = 12  # characters: in narrower cells a line is often full by chance
_LONGEST_BRACKETS = 300  # characters
_HANGING = 2.2  # of the size: how far lines hang in from the others
_INDENT = 0.7  # of the size: where a paragraph begins
_SLACK = 0.15  # of the size: lines are set a little tighter or wider to fit
_ENDS = frozenset("。．｡")
_OPENING = "（(「『【〔［《〈｛{["
_CLOSING = "）)」』】〕］》〉｝}]"
_NEVER_LAST = frozenset(_OPENING)
_NEVER_BEGINS = frozenset("、。，．！？ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々" + _CLOSING)
_NEVER_FIRST = _NEVER_BEGINS | frozenset("・：；％%")  # these may be meant to begin a line
_ITEM = re.compile(
    r"[・：●○◎◇◆□■▪▲△▼▽★☆※＊*→⇒➢✓✔•–―-]|[①-⑳⑴-⒇❶-❿➀-➓Ⓐ-ⓩ㋐-㋾]"
    r"|[（(]?[0-9０-９ア-ンa-zA-Zａ-ｚＡ-Ｚ一二三四五六七八九十ⅰ-ⅿⅠ-Ⅿ]{1,2}[)）.．、]"
    r"|第[0-9０-９一二三四五六七八九十]+"
)
_UNBREAKABLE = re.compile(r"[0-9A-Za-z０-９][0-9A-Za-z０-９,.，．]*|.", re.DOTALL)


def joined(lines: Sequence[Line], area: Box, margin: float) -> str:
    """Join the lines that were merely full, where that is certain; part the others.

    Certain is that a line goes on when what comes next had no room on it, and either
    brackets are open, or the next character never begins a line, or the lines are long.

    Args:
        lines: as they stand, each from left to right.
        area: where they stand.
        margin: what is kept free at its sides.
    """
    if not lines:
        return ""
    rooms = _rooms(lines, area, margin)
    text = paragraph = lines[0].text
    for index in range(1, len(lines)):
        before, after = lines[index - 1], lines[index]
        if _goes_on(paragraph, before, after, rooms[index - 1], area):
            space = _space(paragraph, after.text)
            text += space + after.text
            paragraph += space + after.text
        else:
            text += "\n" + after.text
            paragraph = after.text
    return text


def _rooms(lines: Sequence[Line], area: Box, margin: float) -> list[float]:
    """How many characters more each line had room for: at its end, or at both ends."""
    are_flush = _are_flush(lines)
    rooms = []
    for each in lines:
        free = area.right - margin - each.box.right
        if not are_flush:  # in the middle, or at the right
            free += each.box.left - area.left - margin
        rooms.append(max(0.0, round(free / max(1.0, each.size), 2)))
    return rooms


def _are_flush(lines: Sequence[Line]) -> bool:
    """Whether lines begin at the left, further in where paragraphs and items do."""
    size = max(each.size for each in lines)
    lefts, rights, middles = (
        max(places) - min(places)
        for places in (
            [each.box.left for each in lines],
            [each.box.right for each in lines],
            [each.box.left + each.box.right for each in lines],
        )
    )
    are_centred = lefts > 0.3 * size and middles <= 1.2 * size
    return not are_centred and not (rights <= 0.6 * size and lefts > _HANGING * size)


def _goes_on(paragraph: str, before: Line, after: Line, room: float, area: Box) -> bool:
    """Whether a line is certain to go on with the next."""
    first = after.text[0]
    if paragraph[-1] in _NEVER_LAST or first in _NEVER_BEGINS:
        return True
    if paragraph[-1] in _ENDS or _ITEM.match(after.text) or room >= _needed(after.text) + _SLACK:
        return False
    if before.is_bold != after.is_bold or _is_other_size(before, after):
        return False
    if is_open(paragraph):
        return True
    characters = (area.right - area.left) / max(1.0, before.size)
    return characters >= _WIDE_ENOUGH and not _is_indented(paragraph, before, after, area)


def _needed(text: str) -> float:
    """How many characters' room the first of a text needs that is not parted."""
    found = _UNBREAKABLE.match(text)
    piece = found[0] if found else text[:1]
    end = len(piece)
    while piece[-1] in _NEVER_LAST and end < len(text):
        piece, end = piece + text[end], end + 1
    while end < len(text) and text[end] in _NEVER_FIRST:
        piece, end = piece + text[end], end + 1
    return sum(1.0 if is_wide(each) else 0.5 for each in piece)


def is_open(text: str) -> bool:
    """Whether a bracket of a text is not closed in it."""
    text = text[-_LONGEST_BRACKETS:]
    return sum(text.count(each) for each in _OPENING) > sum(text.count(each) for each in _CLOSING)


def _is_other_size(before: Line, after: Line) -> bool:
    return abs(before.size - after.size) > 0.15 * max(before.size, after.size)


def _is_indented(paragraph: str, before: Line, after: Line, area: Box) -> bool:
    """Whether a line begins further in than the one before it, as a paragraph's first does.

    Lines below a mark hang from it, and lines in the middle begin where they may.
    """
    if after.box.left - before.box.left < _INDENT * after.size or _ITEM.match(paragraph):
        return False
    sides = (after.box.left - area.left) - (area.right - after.box.right)
    return abs(sides) > _INDENT * after.size


def _space(before: str, after: str) -> str:
    """A space where words of letters meet."""
    is_word = before[-1].isascii() and before[-1].isalpha()
    return " " if is_word and after[0].isascii() and after[0].isalnum() else ""
