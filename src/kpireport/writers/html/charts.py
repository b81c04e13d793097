"""Charts side by side → figures with inline SVG and their alternative texts.

Comes in: a figure grid. Goes out: one figure. Charts are as large as in print, in points of
the page's prose; those too wide for a phone are scrolled, as tables are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import assert_never

from lxml import html
from matplotlib.path import Path

from kpireport.document.blocks import Figure, FigureGrid
from kpireport.document.charts import Chart
from kpireport.writers.charts.images import draw_chart
from kpireport.writers.charts.recording import Color, DrawnPath, DrawnText, Pen, Recording, record
from kpireport.writers.charts.sizes import column_width, kept_rows, row_height
from kpireport.writers.charts.texts import text_width
from kpireport.writers.html.elements import Names, make, scrolled
from kpireport.writers.html.svg import number, path, picture, points
from kpireport.writers.theme import Theme

_LETTERS = {
    int(code): letter
    for code, letter in (
        (Path.MOVETO, "M"),
        (Path.LINETO, "L"),
        (Path.CURVE3, "Q"),
        (Path.CURVE4, "C"),
    )
}
_KEPT = 1024  # charts that are not drawn again while they are the same


def draw_figures(grid: FigureGrid, theme: Theme, width: float, names: Names) -> html.HtmlElement:
    """Return a grid for a text ``width`` in points; ``names`` are those of the page's regions."""
    look = theme.chart
    room = column_width(width, grid.columns, look)
    charts: list[html.HtmlElement] = []
    for figures, _ in kept_rows(grid):
        height = row_height(figures, room, look, is_large=grid.is_large)
        for figure in figures:
            svg = _chart(figure, (room, height), theme)
            is_wide = room / theme.screen.text_size > theme.screen.narrowest
            charts.append(scrolled(svg, names.unique(_name(figure, grid))) if is_wide else svg)
    whole = make("figure", id=grid.caption.id if grid.caption else None)
    if grid.caption is not None:
        whole.append(make("figcaption", grid.caption.printed, class_="caption"))
    whole.append(make("div", *charts, class_="charts"))
    return whole


def _chart(figure: Figure, size: tuple[float, float], theme: Theme) -> html.HtmlElement:
    drawn = _recorded(figure.chart, size, theme.accent)
    return picture(
        drawn.size,
        _shapes(drawn),
        text_size=theme.screen.text_size,
        role="img",
        aria_label=figure.alternative_text,
    )


def _name(figure: Figure, grid: FigureGrid) -> str:
    """Return what a figure is called: by its caption's number, and as it is told of."""
    what = figure.alternative_text.partition("。")[0]
    return f"{grid.caption.reference}　{what}" if grid.caption else what


@lru_cache(maxsize=_KEPT)
def _recorded(chart: Chart, size: tuple[float, float], accent: str) -> Recording:
    return record(draw_chart(chart, size, accent=accent))


def _shapes(drawn: Recording) -> Iterator[html.HtmlElement]:
    height = drawn.size[1]
    for each in drawn.drawn:
        match each:
            case DrawnPath():
                yield _path(each, height)
            case DrawnText():
                yield _text(each, height)
            case _:
                assert_never(each)


def _path(drawn: DrawnPath, height: float) -> html.HtmlElement:
    commands = "".join(_commands(drawn.segments, height))
    stroke = _stroke(drawn.pen) if drawn.pen is not None else {}
    return path(commands, fill=_hex(drawn.fill) if drawn.fill else "", **stroke)


def _commands(segments: Sequence[tuple[int, tuple[float, ...]]], height: float) -> Iterator[str]:
    for code, values in segments:
        if code == Path.CLOSEPOLY:
            yield "z"
        elif code != Path.STOP:
            flipped = (height - v if at % 2 else v for at, v in enumerate(values))
            yield f"{_LETTERS[code]}{points(*flipped)}"


def _stroke(pen: Pen) -> dict[str, str]:
    """Return how a path is stroked, but for what SVG does by itself."""
    caps = {"butt": "", "projecting": "square"}
    return {
        "stroke": _hex(pen.color),
        "stroke_width": number(pen.width),
        "stroke_dasharray": points(*pen.dashes),
        "stroke_dashoffset": number(pen.offset) if pen.offset else "",
        "stroke_linecap": caps.get(pen.cap, pen.cap),
        "stroke_linejoin": "" if pen.join == "miter" else pen.join,
    }


def _text(drawn: DrawnText, height: float) -> html.HtmlElement:
    return make(
        "text",
        drawn.text,
        x=number(drawn.x),
        y=number(height - drawn.baseline),
        textLength=number(text_width(drawn.text, drawn.size, bold=drawn.bold)),
        lengthAdjust="spacingAndGlyphs",
        font_size=number(drawn.size),
        font_weight="bold" if drawn.bold else "",
        fill=f"#{_hex(drawn.color)}",
    )


def _hex(color: Color) -> str:
    return "".join(f"{round(part * 255):02X}" for part in color)
