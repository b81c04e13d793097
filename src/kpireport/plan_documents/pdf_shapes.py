"""What a page of a PDF is made of, for those who look for its tables.

Comes in: nothing: the dataclasses are what :mod:`~kpireport.plan_documents.pdf_ink` makes.
Goes out: nothing. All measures are points from the upper left corner of the page as it is seen.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from kpireport.quickly import dataclass

Point: TypeAlias = tuple[float, float]


class Box(NamedTuple):
    """An area of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    @property
    def middle(self) -> Point:
        """Its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def area(self) -> float:
        """In square points."""
        return (self.right - self.left) * (self.bottom - self.top)


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
    shown_in: Box | None = None  # the area beyond which it is cut off, if it is beyond it

    @property
    def middle(self) -> Point:
        """The centre of its box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def home(self) -> Point:
        """Where it belongs: a cell's text may be longer than the cell, which cuts it off."""
        return self.middle if self.shown_in is None else self.shown_in.middle


class Rule(NamedTuple):
    """A line along an axis; a horizontal one is ``at`` a height, from ``low`` to ``high``."""

    at: float
    low: float
    high: float


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
        is_recognised: its characters are not seen: a program read them from a picture (OCR).
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[Rule, ...]
    upright: tuple[Rule, ...]
    fills: tuple[Box, ...]
    pictures: float
    is_recognised: bool = False


def empty_page(number: int) -> PageInk:
    """Return a page of which nothing is read."""
    return PageInk(number, 1.0, 1.0, (), (), (), (), 0.0)


class UnreadPageError(Exception):
    """A page is not read."""


class TooMuchInkError(UnreadPageError):
    """It has more than is read."""


class NoCharactersError(UnreadPageError):
    """Its fonts do not say which characters they draw (ISO 32000-1, 9.10)."""
