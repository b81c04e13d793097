"""Charts in PDF: a figure → operators and runs, recorded once, painted at any place.

Comes in: a figure of :mod:`kpireport.writers.charts`. Goes out: a picture that the
painter replays as the content of one Figure element. Its text is set in the runs
and fonts of the document's other text, so that each font is embedded once; shapes
are vectors in RGB without transparency.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from matplotlib.figure import Figure
from matplotlib.path import Path

from kpireport.document.charts import Chart
from kpireport.writers.charts import draw_chart
from kpireport.writers.charts.recording import Color, DrawnPath, DrawnText, Pen, record
from kpireport.writers.fonts import load_font
from kpireport.writers.pdf.painter import Painter
from kpireport.writers.pdf.structure import Element
from kpireport.writers.pdf.typeset import Run, text_width
from kpireport.writers.theme import DEFAULT_THEME, Typeface

_CAPS = {"butt": 0, "round": 1, "projecting": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
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
    """A recorded figure of ``size`` points; its origin is the lower left."""

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
    """A chart on the page: the recorded figure as the content of ``element``."""

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
    return ChartItem(element, record_figure(draw_chart(chart, size, accent=accent)))


def record_figure(figure: Figure) -> Picture:
    """Draw ``figure`` once and return what was drawn."""
    recording = record(figure)
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
    if drawn.fill is not None:
        yield from state.change("rg", f"{_color(drawn.fill)} rg")
    if drawn.pen is not None:
        yield from _pen(drawn.pen, state)
    is_both = drawn.fill is not None and drawn.pen is not None
    paint = "B" if is_both else "f" if drawn.fill is not None else "S"
    yield f"{_path_operators(drawn)} {paint}"


def _pen(pen: Pen, state: _State) -> Iterator[str]:
    lengths = " ".join(map(_number, pen.dashes))
    yield from state.change("RG", f"{_color(pen.color)} RG")
    yield from state.change("w", f"{_number(pen.width)} w")
    yield from state.change("d", f"[{lengths}] {_number(pen.offset)} d")
    yield from state.change("J", f"{_CAPS[pen.cap]} J")
    yield from state.change("j", f"{_JOINS[pen.join]} j")


@dataclass(slots=True)
class _State:
    """The graphics state so far (8.4): the last operator of each kind."""

    operators: dict[str, str] = field(default_factory=dict)

    def change(self, key: str, operator: str) -> Iterator[str]:
        """Yield ``operator`` where it is another than the last of its kind."""
        if self.operators.get(key) != operator:
            self.operators[key] = operator
            yield operator


def _color(color: Color) -> str:
    return " ".join(_number(part, 4) for part in color)


def _number(value: float, places: int = 2) -> str:
    """Write a number without superfluous zeros."""
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _path_operators(path: DrawnPath) -> str:
    """Return the construction of a path; quadratic curves become cubic ones."""
    operators: list[str] = []
    last = (0.0, 0.0)
    for code, points in path.segments:
        if code == Path.MOVETO:
            operators.append(f"{_numbers(points)} m")
        elif code == Path.LINETO:
            operators.append(f"{_numbers(points)} l")
        elif code == Path.CURVE3:
            operators.append(f"{_numbers(_cubic(last, points))} c")
        elif code == Path.CURVE4:
            operators.append(f"{_numbers(points)} c")
        elif code == Path.CLOSEPOLY:
            operators.append("h")
            continue
        last = (points[-2], points[-1])
    return " ".join(operators)


def _numbers(values: Sequence[float]) -> str:
    return " ".join(map(_number, values))


def _cubic(start: tuple[float, float], curve: Sequence[float]) -> list[float]:
    """Return the control points of the cubic Bézier curve that equals a quadratic one."""
    x, y, end_x, end_y = curve
    return [
        (start[0] + 2 * x) / 3,
        (start[1] + 2 * y) / 3,
        (end_x + 2 * x) / 3,
        (end_y + 2 * y) / 3,
        end_x,
        end_y,
    ]
