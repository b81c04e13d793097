"""Stacked bars: how many indicators stand at each mark, by goal and in all.

Comes in: a :class:`StackedBarChart` and a size. Goes out: what is drawn of it, top to bottom:
title, legend, the bars with their axis, in the places that ``bar_plots`` gives them.
Marks differ in grey and in hatching: a copy in black and white keeps them apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpireport.document.charts import StackedBarChart, chart_texts
from kpireport.writers.charts.bar_plots import (
    LEGEND_LEADING,
    LEGEND_SPACE,
    NAME_GAP,
    SWATCH,
    SWATCH_ROOM,
    Panel,
    bar_parts,
    lay_panels,
    legend_rows,
    remark_width,
    unit_text,
)
from kpireport.writers.charts.boxes import Box, Segment, Spot, hatching
from kpireport.writers.charts.drawing import Drawing, Recording, Stroke
from kpireport.writers.charts.fills import BLACK, GREY, WHITE, Fill, fills, nth_fill
from kpireport.writers.charts.texts import (
    ASCENT,
    LABEL_SIZE,
    MIDDLE,
    TITLE_LEADING,
    TITLE_SIZE,
    break_in_two,
    break_title,
    check_glyphs,
    shorten,
    text_width,
)
from kpireport.writers.theme import DEFAULT_THEME

_LEADING = 9.5
_TICK = 2.5

_OUTLINE = Stroke(0.6, BLACK)
_AXIS = Stroke(0.6, GREY)


def draw_stacked_bars(
    chart: StackedBarChart, size: tuple[float, float], *, accent: str = DEFAULT_THEME.accent
) -> Recording:
    """Return ``chart`` drawn in ``size`` points; ``accent`` is RGB in hex.

    Raises :class:`MissingGlyphError` for a character that the font lacks and
    ``ValueError`` for a chart without bars.
    """
    check_glyphs(chart_texts(chart))
    if not chart.bars:
        raise ValueError(f"a chart needs a bar: {chart.title}")
    found = fills(f"#{accent}")
    drawing = Drawing(size)
    top = _draw_title(drawing, chart.title, size)
    top = _draw_legend(drawing, chart, found, top, size[0])
    for panel in lay_panels(chart, size[0], top):
        _draw_panel(drawing, chart, panel, found, size[0])
    return drawing.recording


def _draw_title(drawing: Drawing, title: str, size: tuple[float, float]) -> float:
    """Draw the title and return its lower edge."""
    top = size[1]
    for line in break_title(title, size[0]) if title else ():
        drawing.text(line, 0, top - ASCENT * TITLE_SIZE, size=TITLE_SIZE, bold=True)
        top -= TITLE_LEADING
    return top


def _draw_legend(
    drawing: Drawing, chart: StackedBarChart, found: Sequence[Fill], top: float, width: float
) -> float:
    """Draw the marks with their words and return the lower edge."""
    swatch_width, swatch_height = SWATCH
    for row in legend_rows(chart, width):
        middle = top - LEGEND_LEADING / 2
        for number, text, x in row:
            bottom = middle - swatch_height / 2
            swatch = Box(x, bottom, x + swatch_width, bottom + swatch_height)
            _fill(drawing, swatch, nth_fill(found, number))
            drawing.text(text, x + SWATCH_ROOM, middle - MIDDLE)
        top -= LEGEND_LEADING
    return top - LEGEND_SPACE


def _draw_panel(
    drawing: Drawing, chart: StackedBarChart, panel: Panel, found: Sequence[Fill], width: float
) -> None:
    for row, bar in enumerate(panel.bars):
        middle = panel.box.top - panel.pitch * (row + 0.5)
        _draw_name(drawing, chart.bars[bar], panel, middle)
        for number, count, box in bar_parts(chart, panel, bar, middle):
            fill = nth_fill(found, number)
            _fill(drawing, box, fill)
            _draw_count(drawing, str(count), box, fill)
        if chart.remarks:
            remark = shorten(chart.remarks[bar], remark_width(chart, width))
            end = panel.end(sum(series.counts[bar] for series in chart.series), row)
            drawing.text(remark, end + NAME_GAP, middle - MIDDLE)
    _draw_axis(drawing, chart, panel)


def _draw_name(drawing: Drawing, name: str, panel: Panel, middle: float) -> None:
    """Set a bar's name before it, in two lines where it is long."""
    width = panel.box.left - NAME_GAP
    has_room = panel.pitch >= 2 * _LEADING
    lines = break_in_two(name, width) if has_room else (shorten(name, width),)
    baseline = middle - MIDDLE + _LEADING * (len(lines) - 1) / 2
    for line in lines:
        drawing.text(line, 0, baseline)
        baseline -= _LEADING


def _fill(drawing: Drawing, box: Box, fill: Fill) -> None:
    drawing.box(box, fill=fill.color)
    if fill.spacing:
        hatch = Stroke(0.6, GREY)
        drawing.segments(hatching(box, fill.spacing, rising=fill.is_rising), hatch)
        if fill.is_crossed:
            drawing.segments(hatching(box, fill.spacing, rising=not fill.is_rising), hatch)
    drawing.box(box, stroke=_OUTLINE)


def _draw_count(drawing: Drawing, text: str, box: Box, fill: Fill) -> None:
    """Set a part's count into its middle, over hatching on white; none where it is narrow."""
    width = text_width(text)
    if width + 1.5 > box.width or box.height < LABEL_SIZE:
        return
    middle = (box.bottom + box.top) / 2
    left = (box.left + box.right - width) / 2
    if fill.spacing:
        plate = Box(left - 1, middle - LABEL_SIZE / 2, left + width + 1, middle + LABEL_SIZE / 2)
        drawing.box(plate, fill=WHITE)
    drawing.text(text, left, middle - MIDDLE, color=fill.text)


def _draw_axis(drawing: Drawing, chart: StackedBarChart, panel: Panel) -> None:
    """Draw the axis below the bars, with ticks at whole numbers and the unit before it."""
    box, scale = panel.box, panel.scale
    lines = [
        Segment(Spot(box.left, box.bottom), Spot(box.right, box.bottom)),
        Segment(Spot(box.left, box.bottom), Spot(box.left, box.top)),
    ]
    baseline = box.bottom - _TICK - 1.0 - ASCENT * LABEL_SIZE
    for tick, label in zip(scale.ticks, scale.labels, strict=True):
        x = panel.x(int(tick))
        lines.append(Segment(Spot(x, box.bottom - _TICK), Spot(x, box.bottom)))
        drawing.text(label, x - text_width(label) / 2, baseline)
    drawing.segments(lines, _AXIS)
    unit = shorten(unit_text(chart), box.left - NAME_GAP)
    drawing.text(unit, box.left - NAME_GAP - text_width(unit), baseline)
