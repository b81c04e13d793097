"""What a chart is drawn of: strokes, areas and lines of text, in points from its lower left.

Comes in: what ``lines`` and ``bars`` draw. Goes out: a :class:`Recording`, what is below first,
in opaque colours. A chart is drawn once; ``images`` makes SVG and PNG of the recording, the
writers of PDF and of pages for the web replay it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from kpireport.quickly import dataclass
from kpireport.writers.charts.boxes import Box, Segment, Spot
from kpireport.writers.charts.fills import BLACK, WHITE
from kpireport.writers.charts.texts import LABEL_SIZE, in_one_line

_CIRCLE = 0.5522847498  # of a radius: how far the controls of a quarter of a circle reach


class Cap(StrEnum):
    """How a line ends."""

    BUTT = "butt"
    SQUARE = "square"


class Join(StrEnum):
    """How a line turns."""

    MITER = "miter"
    ROUND = "round"


class Go(StrEnum):
    """A step of a path; the value is its letter in SVG (SVG 1.1, 8.3.1)."""

    MOVE = "M"
    LINE = "L"
    CURVE = "C"
    CLOSE = "z"


class Step(NamedTuple):
    """A step of a path, and its coordinates: two, of a curve (cubic Bézier) six, or none."""

    go: Go
    values: tuple[float, ...] = ()


Steps: TypeAlias = tuple[Step, ...]


def number(value: float, places: int = 2) -> str:
    """Write a number without superfluous zeros, as files of PDF and SVG have it."""
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn; ``color`` is RGB as ``#RRGGBB``, ``dashes`` are points on and off."""

    width: float
    color: str = BLACK
    dashes: tuple[float, ...] = ()
    cap: Cap = Cap.BUTT
    join: Join = Join.MITER


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A path that is filled, stroked or both; ``fill`` is RGB as ``#RRGGBB``, empty for none."""

    steps: Steps
    fill: str = ""
    stroke: Stroke | None = None


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A line of upright text at its baseline, in the gothic face."""

    text: str
    bold: bool
    size: float
    x: float
    baseline: float
    color: str


@dataclass(frozen=True, slots=True)
class Recording:
    """What is drawn of a chart of ``size`` points, what is below first."""

    size: tuple[float, float]
    drawn: tuple[DrawnPath | DrawnText, ...]


def steps_through(spots: Sequence[Spot], *, closed: bool = False) -> Steps:
    """Return the path of straight lines through ``spots``."""
    first, *others = spots
    steps = (Step(Go.MOVE, first), *(Step(Go.LINE, spot) for spot in others))
    return (*steps, Step(Go.CLOSE)) if closed else steps


def curved(start: Spot, *controls: Spot) -> Steps:
    """Return the path of one cubic Bézier curve."""
    return (
        Step(Go.MOVE, start),
        Step(Go.CURVE, tuple(value for spot in controls for value in spot)),
    )


def _circle(middle: Spot, radius: float) -> Steps:
    """Return a circle as four curves; they leave it by three ten-thousandths of its radius."""
    (x, y), reach = middle, radius * _CIRCLE
    quarters = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))
    return (
        Step(Go.MOVE, (x + radius, y)),
        *(
            Step(
                Go.CURVE,
                (
                    x + radius * a + reach * c,
                    y + radius * b + reach * d,
                    x + radius * c + reach * a,
                    y + radius * d + reach * b,
                    x + radius * c,
                    y + radius * d,
                ),
            )
            for a, b, c, d in quarters
        ),
        Step(Go.CLOSE),
    )


@dataclass(slots=True)
class Drawing:
    """A sheet of ``size`` points to draw on, white, with the origin at its lower left."""

    size: tuple[float, float]
    _drawn: list[DrawnPath | DrawnText] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.box(Box(0, 0, *self.size), fill=WHITE)

    @property
    def recording(self) -> Recording:
        """What was drawn."""
        return Recording(self.size, tuple(self._drawn))

    def text(
        self,
        text: str,
        left: float,
        baseline: float,
        *,
        size: float = LABEL_SIZE,
        bold: bool = False,
        color: str = BLACK,
    ) -> None:
        """Set ``text`` from ``left``, on one line."""
        self._drawn.append(DrawnText(in_one_line(text), bold, size, left, baseline, color))

    def line(self, spots: Sequence[Spot], stroke: Stroke) -> None:
        """Draw a line through ``spots``."""
        self.path(steps_through(spots), stroke=stroke)

    def segments(self, segments: Iterable[Segment], stroke: Stroke) -> None:
        """Draw separate lines as one path."""
        if steps := tuple(step for each in segments for step in steps_through(each)):
            self.path(steps, stroke=stroke)

    def circles(self, spots: Sequence[Spot], diameter: float, *, fill: str, stroke: Stroke) -> None:
        """Draw round markers at ``spots``."""
        for spot in spots:
            self.path(_circle(spot, diameter / 2), fill=fill, stroke=stroke)

    def box(self, box: Box, *, fill: str = "", stroke: Stroke | None = None) -> None:
        """Draw a rectangle."""
        corners = (
            Spot(box.left, box.bottom),
            Spot(box.right, box.bottom),
            Spot(box.right, box.top),
            Spot(box.left, box.top),
        )
        self.path(steps_through(corners, closed=True), fill=fill, stroke=stroke)

    def path(self, steps: Steps, *, fill: str = "", stroke: Stroke | None = None) -> None:
        """Draw a path."""
        self._drawn.append(DrawnPath(steps, fill, stroke))
