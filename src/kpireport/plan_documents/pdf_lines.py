"""Characters of a page as lines.

Comes in: glyphs where they stand. Goes out: lines in the order of reading: horizontal lines
from the top, upright ones (縦書き, or characters set one below the other) from the right, turned
ones as they are turned. A line that is merely full is joined with the next one; line feeds
part those that were ended.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from kpireport.plan_documents.pdf_characters import is_wide
from kpireport.plan_documents.pdf_shapes import Box, Glyph
from kpireport.quickly import dataclass

_SAME_LINE = 0.4  # of a character's height: how far the middles of a line's characters differ
_MOST_ROWS = 500  # of which small ones are looked for: a page has no more
_SHARED = 0.2  # of the height of small characters, with the line that they belong to
_SMALL = 0.8  # of the largest: notes above the line, readings (ルビ)
_READING = 0.65  # of the size of the characters below
_KANA = re.compile("[ぁ-ゖァ-ヺー・]+")
_WORD_GAP = 0.22  # of the size: a space between letters
_WIDE_GAP = 0.7  # of the size: a space between Japanese characters
_HANGING = frozenset("、。，．")
_LONGEST_STEP = 2.2  # of the size: from a character to the one below it


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Attributes:
        text: its characters, with spaces where there are gaps.
        box: its area.
        size: the height of most of its characters.
        is_bold: all of it is set bold.
        glyphs: its characters, as they are read.
    """

    text: str
    box: Box
    size: float
    is_bold: bool
    glyphs: tuple[Glyph, ...]

    @property
    def end(self) -> float:
        """Where it ends, without a mark that may stand beyond the others' end (ぶら下げ)."""
        hangs = self.glyphs[-1].text in _HANGING and len(self.glyphs) > 1
        return self.glyphs[-1].left if hangs else self.box.right


@dataclass(frozen=True, slots=True)
class CellLines:
    """The lines of a cell, turned so that each reads from left to right.

    Attributes:
        lines: in the order of reading.
        area: the cell's, turned with them.
    """

    lines: tuple[Line, ...]
    area: Box

    @property
    def is_bold(self) -> bool:
        """Whether all of it is set bold."""
        return bool(self.lines) and all(each.is_bold for each in self.lines)

    @property
    def margin(self) -> float:
        """How far its lines keep from the sides of the cell, at least."""
        left, _, right, _ = self.area
        sides = ((each.box.left - left, right - each.end) for each in self.lines)
        return min((min(pair) for pair in sides), default=inf)


def cell_lines(glyphs: Sequence[Glyph], area: Box) -> CellLines:
    """Return the lines of what stands in an area, as it is read there."""
    if all(each.text.isspace() for each in glyphs):
        return CellLines((), area)
    turn = _most(each.turn for each in glyphs)
    if turn:
        glyphs, area = _turned(glyphs, area, turn)
    if is_written_down(glyphs):
        glyphs, area = _turned(glyphs, area, 1)
        return CellLines(tuple(map(_without_gaps, lines_of(glyphs))), area)
    return CellLines(tuple(lines_of(glyphs)), area)


def _most(values: Iterable[int]) -> int:
    counts: dict[int, int] = {}
    for each in values:
        counts[each] = counts.get(each, 0) + 1
    return max(counts, key=lambda each: (counts[each], -each))


def _turned(glyphs: Sequence[Glyph], area: Box, turn: int) -> tuple[list[Glyph], Box]:
    """Turn characters back, so that they read from left to right."""
    boxes = [_turned_box(Box(*each[1:5]), turn) for each in glyphs]
    turned = [
        each._replace(left=box.left, top=box.top, right=box.right, bottom=box.bottom, turn=0)
        for each, box in zip(glyphs, boxes, strict=True)
    ]
    return turned, _turned_box(area, turn)


def _turned_box(box: Box, turn: int) -> Box:
    left, top, right, bottom = box
    match turn:
        case 1:
            return Box(top, -right, bottom, -left)
        case 3:
            return Box(-bottom, left, -top, right)
        case _:
            return Box(-right, -bottom, -left, -top)


# --- horizontal lines ---------------------------------------------------------------------


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines that characters make, from the top; small ones belong to the nearest."""
    rows: list[_Row] = []
    found = [each for each in glyphs if not each.text.isspace()]
    if not found:
        return []
    for each in sorted(found, key=lambda each: each.top + each.bottom):
        middle = (each.top + each.bottom) / 2
        near = [row for row in rows[-4:] if row.takes(each, middle)]
        if near:
            min(near, key=lambda row: abs(row.middle - middle)).add(each)
        else:
            rows.append(_Row(each))
    if len(rows) <= _MOST_ROWS:
        _take_small_rows(rows)
    rows.sort(key=lambda row: row.middle)
    rows = _without_readings(rows)
    _take_spaces(rows, [each for each in glyphs if each.text.isspace()])
    return [line_of(row.glyphs) for row in rows]


class _Row:
    """Characters beside each other."""

    def __init__(self, first: Glyph) -> None:
        self.glyphs = [first]
        self.middle = (first.top + first.bottom) / 2
        self.size = first.size

    def takes(self, glyph: Glyph, middle: float) -> bool:
        """Whether a character stands on this line."""
        return abs(self.middle - middle) <= _SAME_LINE * min(self.size, glyph.size)

    def add(self, glyph: Glyph) -> None:
        """Take a character; the largest ones tell where the line is."""
        self.glyphs.append(glyph)
        if glyph.size > self.size:
            self.size = glyph.size
            self.middle = (glyph.top + glyph.bottom) / 2

    @property
    def box(self) -> Box:
        return Box(
            min(each.left for each in self.glyphs),
            min(each.top for each in self.glyphs),
            max(each.right for each in self.glyphs),
            max(each.bottom for each in self.glyphs),
        )


def _take_spaces(rows: list[_Row], spaces: Iterable[Glyph]) -> None:
    """Put the spaces that are written between the characters of a line into it."""
    middles = [row.middle for row in rows]
    boxes = [row.box for row in rows]
    for each in spaces:
        x, y = each.middle
        index = bisect_left(middles, y)
        near = [
            place
            for place in range(max(0, index - 2), min(len(rows), index + 2))
            if abs(middles[place] - y) <= rows[place].size / 2
            and boxes[place].left < x < boxes[place].right
        ]
        if near:
            rows[min(near, key=lambda place: abs(middles[place] - y))].glyphs.append(each)


def line_of(glyphs: Iterable[Glyph]) -> Line:
    """Return the line that characters beside each other make."""
    found = sorted(glyphs, key=lambda each: each.left + each.right)
    letters = [each for each in found if not each.text.isspace()]
    box = Box(
        min(each.left for each in letters),
        min(each.top for each in letters),
        max(each.right for each in letters),
        max(each.bottom for each in letters),
    )
    is_bold = all(each.is_bold for each in letters)
    return Line(_spaced(found), box, max(each.size for each in letters), is_bold, tuple(found))


def _take_small_rows(rows: list[_Row]) -> None:
    """Put notes above or below a line (上付き、下付き) into the line whose height they share."""
    for small in [*rows]:
        middle, box = small.middle, small.box
        homes = [
            row
            for row in rows
            if row is not small
            and small.size < _SMALL * row.size
            and _shares_height(box, row)
            and _is_beside(box, row)
        ]
        if homes:
            home = min(homes, key=lambda row: abs(row.middle - middle))
            home.glyphs += small.glyphs
            rows.remove(small)


def _without_readings(rows: Sequence[_Row]) -> list[_Row]:
    """Rows without small kana above others: how the characters below are read (ルビ)."""
    return [
        row
        for row, below in pairwise([*rows, None])
        if row is not None and (below is None or not _is_reading(row, below))
    ]


def _is_reading(row: _Row, below: _Row) -> bool:
    above, base = row.box, below.box
    return (
        row.size <= _READING * below.size
        and bool(_KANA.fullmatch("".join(each.text for each in row.glyphs)))
        and base.left - row.size <= above.left
        and above.right <= base.right + row.size
        and base.top - above.bottom <= row.size
    )


def _shares_height(box: Box, row: _Row) -> bool:
    half = row.size / 2
    shared = min(box.bottom, row.middle + half) - max(box.top, row.middle - half)
    return shared > _SHARED * (box.bottom - box.top)


def _is_beside(box: Box, row: _Row) -> bool:
    """Whether an area covers none of a row's characters."""
    return not any(
        min(box.right, each.right) - max(box.left, each.left) > 0.3 * (each.right - each.left)
        for each in row.glyphs
    )


def _spaced(glyphs: Sequence[Glyph]) -> str:
    """The text of a line: written spaces as they are, gaps as one.

    A label that is spread over its cell (均等割付) has gaps everywhere, and no spaces.
    """
    gaps = spread(glyphs)
    text = glyphs[0].text
    for before, after in pairwise(glyphs):
        text += _between(before, after, gaps) + after.text
    return text.strip()


def spread(glyphs: Sequence[Glyph]) -> float:
    """Return how far Japanese characters stand apart, as shares of their size."""
    gaps = [
        (after.left - before.right) / max(1.0, min(before.size, after.size))
        for before, after in pairwise(glyphs)
        if is_wide(before.text) and is_wide(after.text)
    ]
    return max(0.0, median(gaps)) if gaps else 0.0


def _between(before: Glyph, after: Glyph, spread: float) -> str:
    if before.text.isspace() or after.text.isspace():
        return ""
    gap = after.left - before.right
    size = min(before.size, after.size)
    if is_wide(before.text) or is_wide(after.text):
        space = "\u3000" if is_wide(before.text) and is_wide(after.text) else " "
        return space if gap > (_WIDE_GAP + spread) * size else ""
    return " " if gap > _WORD_GAP * size else ""


# --- upright lines ------------------------------------------------------------------------


def is_written_down(glyphs: Sequence[Glyph]) -> bool:
    """Whether characters that are not turned are written one below the other.

    Told by how they follow each other in the file: both fonts for upright writing and labels
    of one character a line go down at each step. Figures in a narrow column do not count.
    """
    letters = [each for each in glyphs if not each.text.isspace()]
    if len(letters) < 2 or not any(is_wide(each.text) for each in letters):
        return False
    down = sum(_is_below(before, after) for before, after in pairwise(letters))
    return down > 0.6 * (len(letters) - 1) and any(
        is_wide(before.text) and is_wide(after.text) and _is_below(before, after)
        for before, after in pairwise(letters)
    )


def _is_below(before: Glyph, after: Glyph) -> bool:
    size = max(before.size, after.size)
    (x0, y0), (x1, y1) = before.middle, after.middle
    return abs(x1 - x0) < 0.5 * size and 0.3 * size < y1 - y0 < _LONGEST_STEP * size


def _without_gaps(line: Line) -> Line:
    """An upright line: a label's characters are spread over its cell."""
    text = "".join(each.text for each in line.glyphs).strip()
    return Line(text, line.box, line.size, line.is_bold, line.glyphs)
