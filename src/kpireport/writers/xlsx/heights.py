"""How high a row has to be for its text to show.

Comes in: texts, the columns' widths, sizes of type. Goes out: a height in points.
Neither Excel nor LibreOffice fits merged cells, and each breaks lines in its own way, so
that lines are counted here, with some room left: too high is better than cut off.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kpireport.quickly import dataclass

HIGHEST = 409.0  # points (Excel specifications and limits)

_LEADING = 1.26  # of the size of type
_PADDING = 5.0  # points above and below together
_COLUMN_UNIT = 5.25  # points: a digit of the workbook's standard font, 7 pixels
_SPARE = 1.5  # half-width characters that a cell's edges and kinsoku take of a line


@dataclass(frozen=True, slots=True)
class Shown:
    """A text in a cell: how wide in a column's units, its size in points, whether it breaks."""

    text: str
    width: float
    size: float
    wraps: bool = True

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        if not self.wraps:
            return 1
        room = max(2.0, self.width * _COLUMN_UNIT / (self.size / 2) - _SPARE)
        return sum(max(1, -int(-text_width(line) // room)) for line in self.text.split("\n"))

    @property
    def height(self) -> float:
        """The height of its lines in points."""
        return self.lines * self.size * _LEADING


def row_height(shown: Iterable[Shown], least: float) -> float:
    """Return the height for all texts of a row, and for ``least`` points of lines, in points."""
    needed = max((each.height for each in shown), default=0.0)
    return min(HIGHEST, round(max(needed, least) + _PADDING, 2))


def lines_height(lines: int, size: float) -> float:
    """Return the height of so many lines in points."""
    return lines * size * _LEADING


@lru_cache(4096)
def text_width(line: str) -> int:
    """Return the width in half-width characters; ambiguous ones (※, ①) count as wide."""
    if line.isascii():
        return len(line)
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)
