"""What a page of a PDF is made of, for those who look for its tables.

Comes in: nothing: the dataclasses are what :mod:`~kpireport.plan_documents.pdf_ink` makes.
Goes out: nothing. All measures are points from the upper left corner of the page as it is seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, float]


class Glyph(NamedTuple):
    """A character where it stands; a tuple, since there are hundred thousands."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_bold: bool
    turn: int  # quarter turns clockwise: 1 reads downwards, 3 upwards

    @property
    def middle(self) -> Point:
        """The centre of its box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A line along an axis; a horizontal one is ``at`` a height, from ``low`` to ``high``."""

    at: float
    low: float
    high: float


class Box(NamedTuple):
    """An area of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


@dataclass(frozen=True, slots=True)
class PageInk:
    """What is drawn on a page.

    Attributes:
        number: the page's, from 1.
        width: in points, as the page is seen.
        height: likewise.
        glyphs: its characters, spaces too, in the order they are drawn.
        across: its horizontal rules.
        upright: its vertical rules: ``at`` is how far from the left.
        fills: areas filled with another colour than white.
        pictures: how much of the page pictures cover, from 0 to 1.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[Rule, ...]
    upright: tuple[Rule, ...]
    fills: tuple[Box, ...]
    pictures: float


def empty_page(number: int) -> PageInk:
    """Return a page of which nothing is read."""
    return PageInk(number, 1.0, 1.0, (), (), (), (), 0.0)


class TooMuchInkError(Exception):
    """A page has more than is read."""
