"""A recording as PNG, by matplotlib's Agg: for programs that do not draw SVG.

Nothing is laid out here: paths and lines of text are painted where the recording has them,
whatever a matplotlibrc of the machine says. What Agg reads of a pen and of a path is what
matplotlib's ``GraphicsContextBase`` and ``Path`` have in 3.10 and 3.11.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import accumulate
from typing import Any, TypeAlias, assert_never, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kpireport.writers.charts.compiled import compiled
from kpireport.writers.charts.drawing import (
    Cap,
    DrawnPath,
    DrawnText,
    Go,
    Join,
    Recording,
    Steps,
    Stroke,
)
from kpireport.writers.charts.outlines import EM, Code, outline_of

_agg = compiled("matplotlib.backends._backend_agg")

_Rgba: TypeAlias = tuple[float, ...]
_Matrix: TypeAlias = NDArray[np.float64]

_INCH = 72.0  # points
_COLORS = 64
_CODES = {
    Go.MOVE: (Code.MOVE,),
    Go.LINE: (Code.LINE,),
    Go.CURVE: (Code.CUBIC,) * 3,
    Go.CLOSE: (Code.CLOSE,),
}
_CAPS = {Cap.BUTT: "butt", Cap.SQUARE: "projecting"}
_JOINS = {Join.MITER: "miter", Join.ROUND: "round"}
_NOWHERE = (0.0, 0.0)  # of a closing step, which needs no place
_UNSTROKED = Stroke(0.0)


class _Pen:
    """How a path is stroked; opaque, without a clip, a hatch or a sketch."""

    def __init__(self, stroke: Stroke, *, snaps: bool | None = None) -> None:
        self._linewidth = stroke.width
        self._rgb = _color(stroke.color)
        self._capstyle = _CAPS[stroke.cap]
        self._joinstyle = _JOINS[stroke.join]
        self._dashes = (0.0, stroke.dashes or None)
        self._snaps = snaps
        self._alpha, self._forced_alpha = 1.0, False
        self._antialiased = 1
        self._cliprect = None

    def get_dashes(self) -> tuple[float, tuple[float, ...] | None]:
        return self._dashes

    def get_snap(self) -> bool | None:
        """Whether lines are moved to whole pixels; ``None`` for those along the axes."""
        return self._snaps

    def get_clip_path(self) -> tuple[None, None]:
        return None, None

    def get_hatch_path(self) -> None:
        return None

    def get_hatch_color(self) -> None:
        return None

    def get_hatch_linewidth(self) -> float:
        return 1.0

    def get_sketch_params(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class _Path:
    """Vertices of shape (n, 2), and what each is for."""

    vertices: NDArray[np.float64]
    codes: NDArray[np.uint8]
    should_simplify: bool = False
    simplify_threshold: float = 0.0


def png_of(recording: Recording, dpi: int) -> bytes:
    """Return a recording as a PNG file with ``dpi`` dots per inch of its size."""
    pixels = np.asarray(_painted(recording, dpi))
    return _packed(Image.fromarray(pixels, "RGBA"), dpi)


def _painted(recording: Recording, dpi: int) -> Any:  # noqa: ANN401 -- a buffer of Agg's
    scale = dpi / _INCH
    width, height = (int(side * scale) for side in recording.size)
    renderer = _agg.RendererAgg(width, height, dpi)
    for each in recording.drawn:
        match each:
            case DrawnPath():
                fill = _color(each.fill) if each.fill else None
                pen = _Pen(each.stroke or _UNSTROKED)
                renderer.draw_path(pen, _path(each.steps), _placed(scale), fill)
            case DrawnText():
                place = _placed(scale * each.size / EM, scale * each.x, scale * each.baseline)
                pen = _Pen(_UNSTROKED, snaps=False)  # letters stand where they stand
                renderer.draw_path(pen, _letters(each), place, _color(each.color))
            case _:
                assert_never(each)
    return renderer


def _placed(scale: float, x: float = 0.0, y: float = 0.0) -> _Matrix:
    return np.array(((scale, 0.0, x), (0.0, scale, y), (0.0, 0.0, 1.0)))


@cache
def _color(color: str) -> _Rgba:
    """Return ``#RRGGBB`` as Agg has it: from 0 to 1, opaque."""
    return (*(value / 255 for value in bytes.fromhex(color[1:])), 1.0)


def _path(steps: Steps) -> _Path:
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for go, values in steps:
        codes += _CODES[go]
        vertices += zip(values[::2], values[1::2], strict=True) if values else (_NOWHERE,)
    return _Path(np.array(vertices), np.array(codes, np.uint8))


def _letters(drawn: DrawnText) -> _Path:
    """Return a line of text as one path, in the outlines' units from its beginning."""
    letters = [outline_of(char, bold=drawn.bold) for char in drawn.text]
    starts = accumulate((letter.width for letter in letters), initial=0.0)
    placed = [
        letter.vertices + np.array((x, 0.0)) for letter, x in zip(letters, starts, strict=False)
    ]
    return _Path(np.concatenate(placed), np.concatenate([letter.codes for letter in letters]))


def _packed(painted: Image.Image, dpi: int) -> bytes:
    """Return the picture in 64 colours: a chart has three and their blends with white.

    A quarter of the true-colour file's size, in half of its time.
    """
    palette = painted.convert("RGB").quantize(
        _COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    _keep_white(palette)
    stream = BytesIO()
    palette.save(stream, "png", dpi=(dpi, dpi))
    return stream.getvalue()


def _keep_white(image: Image.Image) -> None:
    """Set the paper's colour, which the palette rounds to a faint tint, back to white."""
    colors = image.getpalette() or []
    paper = cast("int", image.getpixel((0, image.height - 1)))  # a corner: nothing drawn there
    colors[3 * paper : 3 * paper + 3] = [255, 255, 255]
    image.putpalette(colors)
