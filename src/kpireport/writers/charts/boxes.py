"""Plane geometry of a chart: what overlaps, what crosses what.

Lengths are points (1/72 inch) from the chart's lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import NamedTuple

from kpireport.quickly import dataclass


class Spot(NamedTuple):
    """A point."""

    x: float
    y: float


class Segment(NamedTuple):
    """A straight line from one spot to another."""

    start: Spot
    end: Spot


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def diagonal(self) -> Segment:
        """From the lower left to the upper right corner."""
        return Segment(Spot(self.left, self.bottom), Spot(self.right, self.top))

    def grown(self, by: float) -> Box:
        """Return the box with every edge moved outwards."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def widened(self, by: float) -> Box:
        """Return the rectangle with ``by`` more at its left and right."""
        return Box(self.left - by, self.bottom, self.right + by, self.top)

    def overlaps(self, other: Box) -> bool:
        """Tell whether the boxes share an area; a common edge is none."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def contains(self, other: Box) -> bool:
        """Tell whether ``other`` lies inside, edges included."""
        return (
            self.left <= other.left
            and self.right >= other.right
            and self.bottom <= other.bottom
            and self.top >= other.top
        )

    def crosses(self, segment: Segment) -> bool:
        """Tell whether a part of ``segment`` lies inside (Liang and Barsky's clipping)."""
        (x, y), (end_x, end_y) = segment
        enter, leave = 0.0, 1.0
        for slope, distance in (
            (x - end_x, x - self.left),
            (end_x - x, self.right - x),
            (y - end_y, y - self.bottom),
            (end_y - y, self.top - y),
        ):
            if slope == 0:
                if distance <= 0:
                    return False
            elif slope < 0:
                enter = max(enter, distance / slope)
            else:
                leave = min(leave, distance / slope)
        return enter < leave


def hatching(box: Box, spacing: float, *, rising: bool = True) -> Iterator[Segment]:
    """Yield the diagonal lines that fill ``box``, ``spacing`` points apart along its base.

    Lines are cut at the edges here, so that no renderer has to clip; they are in
    phase over all boxes of a chart.
    """
    left, right = (box.left, box.right) if rising else (-box.right, -box.left)
    first, last = left - box.top, right - box.bottom
    for number in range(floor(first / spacing) + 1, ceil(last / spacing)):
        base = number * spacing  # the line is x − y = base
        start = Spot(max(left, base + box.bottom), max(box.bottom, left - base))
        end = Spot(min(right, base + box.top), min(box.top, right - base))
        sign = 1 if rising else -1
        yield Segment(Spot(sign * start.x, start.y), Spot(sign * end.x, end.y))
