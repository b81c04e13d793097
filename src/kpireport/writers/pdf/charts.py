"""Charts in PDF: a figure → operators and runs, recorded once, painted at any place.

Comes in: a figure of :mod:`kpireport.writers.charts`. Goes out: a picture that the
painter replays as the content of one Figure element. Its text is set in the runs
and fonts of the document's other text, so that each font is embedded once; shapes
are vectors in RGB without transparency.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform
from matplotlib.typing import ColorType
from reportlab.pdfbase.ttfonts import TTFont

from kpireport.document.charts import Chart
from kpireport.writers.charts import draw_chart
from kpireport.writers.charts.drawing import INCH, house_settings
from kpireport.writers.charts.texts import ASCENT, DESCENT
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
    size = (figure.get_figwidth() * INCH, figure.get_figheight() * INCH)
    recorder = _Recorder(size)
    with house_settings():
        figure.draw(recorder)
    return Picture(size, "\n".join(recorder.shapes), tuple(recorder.texts))


class _Recorder(RendererBase):
    """A matplotlib renderer that writes PDF operators (ISO 32000-1, 8.5) and runs.

    It knows what our figures use: paths, markers, upright text. What it does not
    know (images, hatches, clipping, transparency, turned text) it refuses.
    """

    def __init__(self, size: tuple[float, float]) -> None:
        super().__init__()
        self.shapes: list[str] = []
        self.texts: list[PictureText] = []
        self._size = size
        self._state = _State()

    def flipy(self) -> bool:
        """Count upwards, as PDF does."""
        return False

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size in points, which are this renderer's pixels."""
        return self._size

    def points_to_pixels(self, points: float) -> float:  # type: ignore[override]
        """Return ``points``: the figure is drawn at 72 dots per inch."""
        return points

    def get_text_width_height_descent(
        self,
        s: str,
        prop: FontProperties,
        ismath: object,  # noqa: ARG002 - matplotlib's signature
    ) -> tuple[float, float, float]:
        """Return the text's measures by the font's own widths."""
        size = prop.get_size_in_points()
        return (
            text_width(s, _font(str(prop.get_file())), size),
            (ASCENT + DESCENT) * size,
            DESCENT * size,
        )

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: object = False,  # noqa: FBT002
        mtext: Text | None = None,  # noqa: ARG002
    ) -> None:
        """Record a run at its baseline."""
        if angle or ismath:
            raise NotImplementedError(f"turned or mathematical text: {s}")
        font, size = _font(str(prop.get_file())), prop.get_size_in_points()
        run = Run(s, font, size, 0.0, text_width(s, font, size))
        self.texts.append(PictureText(run, x, y, _color(gc.get_rgb())))

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: ColorType | None = None,  # noqa: N803 - matplotlib's name
    ) -> None:
        """Record a path that is filled, stroked or both."""
        _refuse_unknown(gc)
        fill = to_rgba(rgbFace or "none")
        is_filled = _is_opaque(fill)
        is_stroked = gc.get_linewidth() > 0 and _is_opaque(gc.get_rgb())
        if not (is_filled or is_stroked):
            return
        if is_filled:
            self._set("rg", f"{_color(fill)} rg")
        if is_stroked:
            self._set_stroke(gc)
        paint = "B" if is_filled and is_stroked else "f" if is_filled else "S"
        self.shapes.append(f"{_path_operators(path, transform)} {paint}")

    def _set_stroke(self, gc: GraphicsContextBase) -> None:
        offset, dashes = cast("tuple[float | None, Sequence[float] | None]", gc.get_dashes())
        lengths = " ".join(map(_number, dashes or ()))
        self._set("RG", f"{_color(gc.get_rgb())} RG")
        self._set("w", f"{_number(gc.get_linewidth())} w")
        self._set("d", f"[{lengths}] {_number(offset or 0)} d")
        self._set("J", f"{_CAPS[gc.get_capstyle()]} J")
        self._set("j", f"{_JOINS[gc.get_joinstyle()]} j")

    def _set(self, key: str, operator: str) -> None:
        """Record a state operator where it changes the state."""
        if self._state.change(key, operator):
            self.shapes.append(operator)


@dataclass(slots=True)
class _State:
    """The graphics state so far (8.4): the last operator of each kind."""

    operators: dict[str, str] = field(default_factory=dict)

    def change(self, key: str, operator: str) -> bool:
        """Note ``operator`` and tell whether it is another than the last."""
        is_new = self.operators.get(key) != operator
        self.operators[key] = operator
        return is_new


def _refuse_unknown(gc: GraphicsContextBase) -> None:
    if gc.get_hatch() or gc.get_clip_rectangle() is not None or gc.get_clip_path()[0] is not None:
        raise NotImplementedError("hatches and clipping: figures draw their lines to their ends")


def _is_opaque(rgba: Sequence[float]) -> bool:
    """Tell whether a colour is drawn at all; PDF/A viewers need no transparency from us."""
    alpha = rgba[3] if len(rgba) > 3 else 1.0
    if alpha not in (0.0, 1.0):
        raise NotImplementedError("a figure's colours are opaque or none")
    return alpha == 1.0


def _color(rgba: Sequence[float]) -> str:
    return " ".join(_number(part, 4) for part in rgba[:3])


def _number(value: float, places: int = 2) -> str:
    """Write a number without superfluous zeros."""
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _path_operators(path: Path, transform: Transform) -> str:
    """Return the construction of a path; quadratic curves become cubic ones."""
    operators: list[str] = []
    last = (0.0, 0.0)
    for values, code in path.iter_segments(transform, simplify=False):
        points = [float(value) for value in values]
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


@cache
def _font(file: str) -> TTFont:
    """Return the document's font that a figure's text names by its file."""
    for bold in (False, True):
        font = load_font(Typeface.GOTHIC, bold=bold)
        if font.face.filename == file:
            return font
    raise ValueError(f"a figure's text is set in a font that is not the report's: {file}")
