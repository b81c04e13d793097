"""A figure to draw on in points, with matplotlib's artists and without its globals.

No pyplot (a registry of open figures, and 0.3 s of import), no Axes (6 ms each, most
of it for ticks that the layout has placed already), no settings of the machine: what
a matplotlibrc says does not reach the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from matplotlib import rc_context, rcParamsDefault
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from kpireport.writers.charts.boxes import Box, Segment, Spot
from kpireport.writers.charts.fills import BLACK, WHITE
from kpireport.writers.charts.texts import LABEL_SIZE
from kpireport.writers.fonts import load_font
from kpireport.writers.theme import Typeface

INCH = 72.0

# Settings that a figure's artists and the canvases read; the rest (backends, keys,
# colour cycles) is not ours and not touched.
_READ = ("text.", "font.", "lines.", "patch.", "path.", "figure.", "savefig.", "svg.", "agg.")
_SETTINGS = {key: value for key, value in rcParamsDefault.items() if key.startswith(_READ)} | {
    "text.hinting": "none",  # hinted letters are wider than the font says
    "svg.hashsalt": "kpireport",  # ids from the content, not from chance
    "svg.fonttype": "path",
}


@contextmanager
def house_settings() -> Iterator[None]:
    """Make, measure and render figures with matplotlib's defaults and ours alone."""
    with rc_context(_SETTINGS):
        yield


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn; ``dashes`` are lengths on and off in points."""

    width: float
    color: str = BLACK
    dashes: tuple[float, ...] = ()

    @property
    def style(self) -> object:
        """The line style as matplotlib wants it."""
        # matplotlib's dashes are multiples of the line's width
        return (0, tuple(dash / self.width for dash in self.dashes)) if self.dashes else "solid"


@cache
def _font(size: float, *, bold: bool) -> FontProperties:
    return FontProperties(fname=load_font(Typeface.GOTHIC, bold=bold).face.filename, size=size)


class Drawing:
    """A figure of ``size`` points with the origin at its lower left."""

    def __init__(self, size: tuple[float, float]) -> None:
        width, height = size
        self.figure = Figure(figsize=(width / INCH, height / INCH), dpi=INCH, facecolor=WHITE)
        self._points = Affine2D().scale(1 / INCH) + self.figure.dpi_scale_trans

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._points)
        self.figure.add_artist(artist)

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
        """Set ``text`` from ``left``; ``$`` is a letter like any other."""
        font = _font(size, bold=bold)
        self._add(
            Text(
                left,
                baseline,
                text,
                color=color,
                fontproperties=font,
                horizontalalignment="left",
                verticalalignment="baseline",
                parse_math=False,
                usetex=False,
            )
        )

    def line(self, spots: Sequence[Spot], stroke: Stroke) -> None:
        """Draw a line through ``spots``."""
        xs, ys = zip(*spots, strict=True)
        line = Line2D(xs, ys, linewidth=stroke.width, color=stroke.color, solid_joinstyle="round")
        line.set_linestyle(stroke.style)  # type: ignore[arg-type]
        line.set_dash_capstyle("butt")
        self._add(line)

    def segments(self, segments: Iterable[Segment], stroke: Stroke) -> None:
        """Draw separate lines as one path."""
        vertices = [spot for segment in segments for spot in segment]
        if vertices:
            codes = [Path.MOVETO, Path.LINETO] * (len(vertices) // 2)
            self.path(Path(vertices, codes), stroke=stroke)

    def circles(self, spots: Sequence[Spot], diameter: float, *, fill: str, stroke: Stroke) -> None:
        """Draw round markers at ``spots``."""
        xs, ys = zip(*spots, strict=True)
        self._add(
            Line2D(
                xs,
                ys,
                linestyle="none",
                marker="o",
                markersize=diameter,
                markerfacecolor=fill,
                markeredgecolor=stroke.color,
                markeredgewidth=stroke.width,
            )
        )

    def box(self, box: Box, *, fill: str = "", stroke: Stroke | None = None) -> None:
        """Draw a rectangle."""
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
        self.path(Path(corners, closed=True), fill=fill, stroke=stroke)

    def path(self, path: Path, *, fill: str = "", stroke: Stroke | None = None) -> None:
        """Draw a path; its outline has mitred corners."""
        patch = PathPatch(
            path,
            facecolor=fill or "none",
            edgecolor=stroke.color if stroke else "none",
            linewidth=stroke.width if stroke else 0,
        )
        if stroke:
            patch.set_linestyle(stroke.style)  # type: ignore[arg-type]
        self._add(patch)
