"""A recording as PNG, by matplotlib's Agg: for programs that do not draw SVG.

Nothing is laid out here: paths and lines of text are painted where the recording has them,
whatever a matplotlibrc of the machine says.
"""

from __future__ import annotations

from io import BytesIO
from itertools import accumulate
from typing import assert_never, cast

import numpy as np
from matplotlib import rc_context, rcParamsDefault
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from matplotlib.typing import CapStyleType, JoinStyleType
from PIL import Image

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
from kpireport.writers.charts.outlines import EM, outline_of

_INCH = 72.0  # points
_COLORS = 64
_READ = ("path.", "agg.")  # settings that Agg reads while it paints
_SETTINGS = {key: value for key, value in rcParamsDefault.items() if key.startswith(_READ)}
_CODES = {
    Go.MOVE: (Path.MOVETO,),
    Go.LINE: (Path.LINETO,),
    Go.CURVE: (Path.CURVE4,) * 3,
    Go.CLOSE: (Path.CLOSEPOLY,),
}
_CAPS: dict[Cap, CapStyleType] = {Cap.BUTT: "butt", Cap.SQUARE: "projecting"}
_JOINS: dict[Join, JoinStyleType] = {Join.MITER: "miter", Join.ROUND: "round"}
_NOWHERE = (0.0, 0.0)  # of a closing step, which needs no place


def png_of(recording: Recording, dpi: int) -> bytes:
    """Return a recording as a PNG file with ``dpi`` dots per inch of its size."""
    with rc_context(_SETTINGS):
        pixels = np.asarray(_painted(recording, dpi).buffer_rgba())  # type: ignore[no-untyped-call]
    return _packed(Image.fromarray(pixels, "RGBA"), dpi)


def _painted(recording: Recording, dpi: int) -> RendererAgg:
    scale = dpi / _INCH
    width, height = (side * scale for side in recording.size)
    renderer = RendererAgg(width, height, dpi)  # type: ignore[no-untyped-call]
    transform = Affine2D().scale(scale)
    for each in recording.drawn:
        gc = renderer.new_gc()
        match each:
            case DrawnPath():
                if each.stroke is None:
                    gc.set_linewidth(0)
                else:
                    _set(gc, each.stroke)
                fill = to_rgba(each.fill) if each.fill else None
                renderer.draw_path(gc, _path(each.steps), transform, fill)  # type: ignore[no-untyped-call]
            case DrawnText():
                gc.set_linewidth(0)
                gc.set_snap(False)  # letters stand where they stand
                size = scale * each.size / EM
                place = Affine2D().scale(size).translate(scale * each.x, scale * each.baseline)
                color = to_rgba(each.color)
                renderer.draw_path(gc, _letters(each), place, color)  # type: ignore[no-untyped-call]
            case _:
                assert_never(each)
    return renderer


def _set(gc: GraphicsContextBase, stroke: Stroke) -> None:
    gc.set_linewidth(stroke.width)
    gc.set_foreground(stroke.color)
    gc.set_capstyle(_CAPS[stroke.cap])
    gc.set_joinstyle(_JOINS[stroke.join])
    gc.set_dashes(0, stroke.dashes or None)


def _path(steps: Steps) -> Path:
    vertices: list[tuple[float, float]] = []
    codes: list[np.uint8] = []
    for go, values in steps:
        codes += _CODES[go]
        vertices += zip(values[::2], values[1::2], strict=True) if values else (_NOWHERE,)
    return Path(vertices, codes)


def _letters(drawn: DrawnText) -> Path:
    """Return a line of text as one path, in the outlines' units from its beginning."""
    letters = [outline_of(char, bold=drawn.bold) for char in drawn.text]
    starts = accumulate((letter.width for letter in letters), initial=0.0)
    placed = [
        letter.vertices + np.array((x, 0.0)) for letter, x in zip(letters, starts, strict=False)
    ]
    return Path(np.concatenate(placed), np.concatenate([letter.codes for letter in letters]))


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
