"""A figure as what is drawn of it, in order: for writers that draw charts themselves.

Comes in: a figure of this package. Goes out: strokes, areas and texts in points from its
lower left, in opaque colours; what a writer makes of them is its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, cast

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform
from matplotlib.typing import ColorType

from kpireport.writers.charts.drawing import INCH, house_settings
from kpireport.writers.charts.texts import ASCENT, DESCENT, text_width
from kpireport.writers.fonts import load_font
from kpireport.writers.theme import Typeface

Color: TypeAlias = tuple[float, float, float]
"""RGB, each from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a path is stroked; ``dashes`` are lengths on and off in points, from ``offset`` on."""

    width: float
    color: Color
    dashes: tuple[float, ...]
    offset: float
    cap: str
    join: str


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A path that is filled, stroked or both.

    ``segments`` have matplotlib's code each (``Path.MOVETO``, …) and their coordinates.
    """

    segments: tuple[tuple[int, tuple[float, ...]], ...]
    fill: Color | None
    pen: Pen | None


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A line of upright text at its baseline, in the gothic face."""

    text: str
    bold: bool
    size: float
    x: float
    baseline: float
    color: Color


@dataclass(frozen=True, slots=True)
class Recording:
    """What is drawn of a figure of ``size`` points, what is below first."""

    size: tuple[float, float]
    drawn: tuple[DrawnPath | DrawnText, ...]


def record(figure: Figure) -> Recording:
    """Draw ``figure`` once and return what was drawn.

    Raises:
        NotImplementedError: the figure has what ours do not use: images, hatches, clipping,
            transparency, turned text.
        ValueError: its text is set in another font than the report's.
    """
    size = (figure.get_figwidth() * INCH, figure.get_figheight() * INCH)
    recorder = _Recorder(size)
    with house_settings():
        figure.draw(recorder)
    return Recording(size, tuple(recorder.drawn))


class _Recorder(RendererBase):
    """A matplotlib renderer that knows what our figures use, and refuses the rest."""

    def __init__(self, size: tuple[float, float]) -> None:
        super().__init__()
        self.drawn: list[DrawnPath | DrawnText] = []
        self._size = size

    def flipy(self) -> bool:
        """Count upwards, as the layout does."""
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
        width = text_width(s, size, bold=_is_bold(str(prop.get_file())))
        return width, (ASCENT + DESCENT) * size, DESCENT * size

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
        """Record a text at its baseline."""
        if angle or ismath:
            raise NotImplementedError(f"turned or mathematical text: {s}")
        bold, size = _is_bold(str(prop.get_file())), prop.get_size_in_points()
        self.drawn.append(DrawnText(s, bold, size, x, y, _rgb(gc.get_rgb())))

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: ColorType | None = None,  # noqa: N803 - matplotlib's name
    ) -> None:
        """Record a path that is filled, stroked or both."""
        _refuse_unknown(gc)
        face = to_rgba(rgbFace or "none")
        fill = _rgb(face) if _is_opaque(face) else None
        pen = _pen(gc) if gc.get_linewidth() > 0 and _is_opaque(gc.get_rgb()) else None
        if fill is None and pen is None:
            return
        segments = tuple(
            (int(code), tuple(float(value) for value in values))
            for values, code in path.iter_segments(transform, simplify=False)
        )
        self.drawn.append(DrawnPath(segments, fill, pen))


def _pen(gc: GraphicsContextBase) -> Pen:
    offset, dashes = cast("tuple[float | None, Sequence[float] | None]", gc.get_dashes())
    return Pen(
        gc.get_linewidth(),
        _rgb(gc.get_rgb()),
        tuple(dashes or ()),
        offset or 0,
        gc.get_capstyle(),
        gc.get_joinstyle(),
    )


def _refuse_unknown(gc: GraphicsContextBase) -> None:
    if gc.get_hatch() or gc.get_clip_rectangle() is not None or gc.get_clip_path()[0] is not None:
        raise NotImplementedError("hatches and clipping: figures draw their lines to their ends")


def _is_opaque(rgba: Sequence[float]) -> bool:
    """Tell whether a colour is drawn at all; PDF/A viewers need no transparency from us."""
    alpha = rgba[3] if len(rgba) > 3 else 1.0
    if alpha not in (0.0, 1.0):
        raise NotImplementedError("a figure's colours are opaque or none")
    return alpha == 1.0


def _rgb(rgba: Sequence[float]) -> Color:
    red, green, blue = (float(part) for part in rgba[:3])
    return red, green, blue


@cache
def _is_bold(file: str) -> bool:
    """Tell whether a figure's text is set in the bold face, by the font's file."""
    for bold in (False, True):
        if load_font(Typeface.GOTHIC, bold=bold).face.filename == file:
            return bold
    raise ValueError(f"a figure's text is set in a font that is not the report's: {file}")
