"""Charts side by side → figures with inline SVG and their alternative texts.

Comes in: a figure grid. Goes out: one figure. Charts are as large as in print, in points of
the page's prose; those too wide for a phone are scrolled, as tables are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from lxml import html

from kpireport.document.blocks import Figure, FigureGrid
from kpireport.writers.charts.chart_drawings import draw_chart
from kpireport.writers.charts.drawing import DrawnPath, DrawnText, Recording, number
from kpireport.writers.charts.sizes import column_width, kept_rows, row_height
from kpireport.writers.charts.svg_words import commands, pen
from kpireport.writers.charts.texts import text_width
from kpireport.writers.html.elements import Names, make, scrolled
from kpireport.writers.html.svg import picture
from kpireport.writers.theme import Theme


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
    drawn = draw_chart(figure.chart, size, accent=theme.accent)
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


def _shapes(drawn: Recording) -> Iterator[html.HtmlElement]:
    height = drawn.size[1]
    for each in drawn.drawn:
        match each:
            case DrawnPath():
                yield make("path", d=commands(each.steps, height), **pen(each))
            case DrawnText():
                yield _text(each, height)
            case _:
                assert_never(each)


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
        fill=drawn.color,
    )
