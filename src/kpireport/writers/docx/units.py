"""Lengths as OOXML wants them.

Comes in: points and ems of the theme. Goes out: integers in OOXML's units.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from kpireport.document.ems import natural_width
from kpireport.writers.theme import DISTRIBUTION_LIMIT

PAGE_SLACK = 3.0
"""Points that a page has more room in Word than in the PDF: a rule below a table's last
row, or a line a fraction higher, must not send to the next page what the PDF's page holds."""

BOX_RULE = 1.2
_BOX_WIDTH_EM = 3.0  # where the text needs no more
_BOX_PADDING_EM = 1.2  # both sides together


def twips(points: float) -> int:
    """Return ``points`` in twentieths (``ST_TwipsMeasure``)."""
    return round(points * 20)


def emus(points: float) -> int:
    """Return ``points`` in 12,700ths (``ST_PositiveCoordinate``, English metric units)."""
    return int(points * 12700)  # cut: a picture must not be wider than its room


def half_points(points: float) -> int:
    """Return ``points`` in halves (``ST_HpsMeasure``, font sizes)."""
    return round(points * 2)


def eighths(points: float) -> int:
    """Return ``points`` in eighths (``ST_EighthPointMeasure``, borders), at least the thinnest."""
    return max(2, round(points * 8))


def spread_margin(lines: Sequence[str], size: float, width: int) -> int:
    """Return the indent at both sides (twips) of a text distributed in ``width`` twips.

    All lines spread alike, to the room that the longest may take.
    """
    longest = max(map(natural_width, lines), default=0.0)
    return max(0, (width - twips(longest * size * DISTRIBUTION_LIMIT)) // 2)


def box_margins(string: str, size: float, width: int) -> tuple[int, int]:
    """Return the indents (twips) that make a box around ``string`` of a line ``width`` wide.

    The first is for the side at the margin: it takes the rule in, so that the
    box's outer edge is the margin's.
    """
    box = max(_BOX_WIDTH_EM, natural_width(string) + _BOX_PADDING_EM)
    rule = twips(BOX_RULE)
    return rule, max(rule, width - twips(box * size) + rule)


def split_width(width: int, proportions: Sequence[int]) -> tuple[int, ...]:
    """Return ``width`` divided by ``proportions``, to the last twip.

    >>> split_width(100, (1, 1, 1))
    (33, 34, 33)
    """
    total = sum(proportions)
    edges = (round(width * edge / total) for edge in accumulate(proportions, initial=0))
    return tuple(right - left for left, right in pairwise(edges))
