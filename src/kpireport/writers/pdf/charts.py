"""Charts in PDF: what is drawn → operators and runs, made once, painted at any place.

Comes in: a recording of :mod:`kpireport.writers.charts`. Goes out: a picture that the
painter replays as the content of one Figure element. Its text is set in the runs
and fonts of the document's other text, so that each font is embedded once; shapes
are vectors in RGB without transparency.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import assert_never

from kpireport.document.charts import Chart
from kpireport.writers.charts.chart_drawings import draw_chart
from kpireport.writers.charts.drawing import (
    Cap,
    DrawnPath,
    DrawnText,
    Go,
    Join,
    Recording,
    Step,
    Stroke,
    number,
)
from kpireport.writers.fonts import load_font
from kpireport.writers.pdf.painter import Painter
from kpireport.writers.pdf.strips import Run
from kpireport.writers.pdf.structure import Element
from kpireport.writers.pdf.typeset import text_width
from kpireport.writers.theme import DEFAULT_THEME, Typeface

_CAPS = {Cap.BUTT: 0, Cap.SQUARE: 2}
_JOINS = {Join.MITER: 0, Join.ROUND: 1}
_OPERATORS = {Go.MOVE: "m", Go.LINE: "l", Go.CURVE: "c", Go.CLOSE: "h"}
_BLACK = "0 0 0"


@dataclass(frozen=True, slots=True)
class PictureText:
    """A run with its place and its colour as the operands of ``rg``."""

    run: Run
    x: float
    baseline: float
    color: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of ``size`` points as it is painted; its origin is the lower left."""

    size: tuple[float, float]
    shapes: str
    texts: tuple[PictureText, ...]

    def paint(self, painter: Painter, x: float, y: float) -> None:
        """Paint the picture with its lower left corner at ``x``, ``y``: shapes, then text."""
        painter.operators(f"q 1 0 0 1 {x:.3f} {y:.3f} cm\n{self.shapes}\nQ")
        color = _BLACK
        for text in self.texts:
            if text.color != color:
                color = text.color
                painter.operators(f"{color} rg")
            painter.run(text.run, x + text.x, y + text.baseline, None)
        if color != _BLACK:
            painter.operators(f"{_BLACK} rg")  # what the document's text is set in


@dataclass(frozen=True, slots=True)
class ChartItem:
    """A chart on the page: its picture as the content of ``element``."""

    element: Element
    picture: Picture

    def paint(self, painter: Painter, x: float, top: float) -> None:
        """Paint the figure with its upper left corner at ``x``, ``top``."""
        width, height = self.picture.size
        box = (x, top - height, x + width, top)
        entries = " ".join(f"{value:.2f}" for value in box)
        self.element.attributes = f"/O /Layout /Placement /Block /BBox [{entries}]"
        with painter.figure(self.element):
            self.picture.paint(painter, x, top - height)


def lay_chart(
    chart: Chart,
    size: tuple[float, float],
    alternative_text: str,
    parent: Element,
    *,
    accent: str = DEFAULT_THEME.accent,
) -> ChartItem:
    """Return ``chart`` drawn in ``size`` points as a figure below ``parent``."""
    element = Element("Figure", parent, alternative=alternative_text)
    return ChartItem(element, picture_of(draw_chart(chart, size, accent=accent)))


def picture_of(recording: Recording) -> Picture:
    """Return what was drawn, as a page is painted."""
    shapes: list[str] = []
    texts: list[PictureText] = []
    state = _State()
    for each in recording.drawn:
        match each:
            case DrawnPath():
                shapes.extend(_path(each, state))
            case DrawnText():
                texts.append(_text(each))
            case _:
                assert_never(each)
    return Picture(recording.size, "\n".join(shapes), tuple(texts))


def _text(drawn: DrawnText) -> PictureText:
    font = load_font(Typeface.GOTHIC, bold=drawn.bold)
    width = text_width(drawn.text, font, drawn.size)
    run = Run(drawn.text, font, drawn.size, 0.0, width)
    return PictureText(run, drawn.x, drawn.baseline, _color(drawn.color))


def _path(drawn: DrawnPath, state: _State) -> Iterator[str]:
    """Yield the operators of a path (ISO 32000-1, 8.5), what changes the state before."""
    if drawn.fill:
        yield from state.change("rg", f"{_color(drawn.fill)} rg")
    if drawn.stroke is not None:
        yield from _stroke(drawn.stroke, state)
    paint = "B" if drawn.fill and drawn.stroke else "f" if drawn.fill else "S"
    yield f"{' '.join(map(_operator, drawn.steps))} {paint}"


def _stroke(stroke: Stroke, state: _State) -> Iterator[str]:
    yield from state.change("RG", f"{_color(stroke.color)} RG")
    yield from state.change("w", f"{number(stroke.width)} w")
    yield from state.change("d", f"[{' '.join(map(number, stroke.dashes))}] 0 d")
    yield from state.change("J", f"{_CAPS[stroke.cap]} J")
    yield from state.change("j", f"{_JOINS[stroke.join]} j")


@dataclass(slots=True)
class _State:
    """The graphics state so far (8.4): the last operator of each kind."""

    operators: dict[str, str] = field(default_factory=dict)

    def change(self, key: str, operator: str) -> Iterator[str]:
        """Yield ``operator`` where it is another than the last of its kind."""
        if self.operators.get(key) != operator:
            self.operators[key] = operator
            yield operator


@lru_cache(maxsize=64)
def _color(color: str) -> str:
    """Return RGB in hex as operands, each from 0 to 1."""
    return " ".join(number(int(color[at : at + 2], 16) / 255, 4) for at in (1, 3, 5))


def _operator(step: Step) -> str:
    """Return the operator that constructs a step of a path (8.5.2), after its operands."""
    go, values = step
    return " ".join((*map(number, values), _OPERATORS[go]))
