"""Line charts: an indicator over the years, with its target; small multiples.

Comes in: a :class:`LineChart` and a size. Goes out: what is drawn of it. Everything has its
place (``plots``, ``line_labels``) before anything is drawn.
"""

from __future__ import annotations

from itertools import groupby

from kpireport.document.charts import ChartLimit, LimitKind, LineChart, chart_texts
from kpireport.writers.charts.boxes import Box, Segment, Spot, hatching
from kpireport.writers.charts.drawing import (
    Cap,
    Drawing,
    Join,
    Recording,
    Stroke,
    curved,
    steps_through,
)
from kpireport.writers.charts.fills import BLACK, GREY, WHITE
from kpireport.writers.charts.line_labels import (
    ARROW,
    Label,
    Labels,
    has_arrow,
    place_line_labels,
)
from kpireport.writers.charts.plots import (
    AIM,
    BREAK_HEIGHT,
    MARKER,
    TICK,
    TICK_SPACE,
    WAVE,
    Plot,
    lay_plot,
)
from kpireport.writers.charts.texts import (
    ASCENT,
    DESCENT,
    LABEL_SIZE,
    MIDDLE,
    TITLE_LEADING,
    TITLE_SIZE,
    check_glyphs,
    text_width,
)
from kpireport.writers.theme import DEFAULT_THEME

_AXIS = Stroke(0.6, GREY)
_LEADER = Stroke(0.4, GREY, cap=Cap.SQUARE, join=Join.ROUND)
_HATCH = Stroke(0.5, GREY)
_TARGET = Stroke(1.0, BLACK, (4.0, 2.0), join=Join.ROUND)
_AIM = Stroke(0.9, BLACK)
_REFERENCE = Stroke(1.0, BLACK, (1.0, 1.8), join=Join.ROUND)


def draw_line_chart(
    chart: LineChart, size: tuple[float, float], *, accent: str = DEFAULT_THEME.accent
) -> Recording:
    """Return ``chart`` drawn in ``size`` points; ``accent`` is the line's RGB in hex.

    Raises :class:`MissingGlyphError` for a character that the font lacks and
    ``ValueError`` for a chart without any number.
    """
    check_glyphs(chart_texts(chart))
    plot = lay_plot(chart, size)
    labels = place_line_labels(plot)
    drawing = Drawing(size)
    _draw_title(drawing, plot)
    _draw_axes(drawing, plot)
    if chart.limit is not None:
        _draw_limit(drawing, plot, chart.limit)
    _draw_aims(drawing, plot)
    _draw_labels(drawing, plot, labels)
    _draw_values(drawing, plot, f"#{accent}")
    return drawing.recording


def _draw_title(drawing: Drawing, plot: Plot) -> None:
    baseline = plot.size[1] - ASCENT * TITLE_SIZE
    for line in plot.title:
        drawing.text(line, 0, baseline, size=TITLE_SIZE, bold=True)
        baseline -= TITLE_LEADING


def _draw_axes(drawing: Drawing, plot: Plot) -> None:
    """Draw the axis of years and the axis of values with its ticks and unit."""
    frame, scale = plot.frame, plot.scale
    corner = Spot(frame.left, plot.axis)
    ticks = [
        (label, plot.height(tick)) for label, tick in zip(scale.labels, scale.ticks, strict=True)
    ]
    if scale.is_cut:
        ticks.insert(0, ("0", plot.axis))
    lines = [
        Segment(corner, Spot(frame.right, plot.axis)),
        Segment(corner, Spot(frame.left, frame.top)),
    ]
    for label, y in ticks:
        lines.append(Segment(Spot(frame.left - TICK, y), Spot(frame.left, y)))
        left = frame.left - TICK - TICK_SPACE - text_width(label)
        drawing.text(label, left, y - MIDDLE)
    drawing.segments(lines, _AXIS)
    if plot.zero_line is not None:
        drawing.segments([plot.zero_line], _AXIS)
    if scale.is_cut:
        _draw_break(drawing, Spot(frame.left, plot.axis + BREAK_HEIGHT / 2))
    for text, x in plot.years:
        drawing.text(text, x, 1.5)
    for text, box in plot.gaps:
        drawing.text(text, box.left, box.bottom + DESCENT * LABEL_SIZE)
    if plot.unit:
        drawing.text(plot.unit, 0, plot.unit_box.bottom + DESCENT * LABEL_SIZE)


def _draw_break(drawing: Drawing, middle: Spot) -> None:
    """Draw the break of a cut axis: two waves over a gap (波線)."""
    half, gap = WAVE, 1.6
    x, y = middle
    gap_box = Box(x - 1, y - gap / 2, x + 1, y + gap / 2)
    drawing.box(gap_box, fill=WHITE)
    for level in (y - gap / 2, y + gap / 2):
        wave = curved(
            Spot(x - half, level - 0.8),
            Spot(x - half / 3, level + 2.4),
            Spot(x + half / 3, level - 2.4),
            Spot(x + half, level + 0.8),
        )
        drawing.path(wave, stroke=_AXIS)


def _draw_limit(drawing: Drawing, plot: Plot, limit: ChartLimit) -> None:
    for band in plot.limit_bands:
        drawing.segments(hatching(band, 3.0), _HATCH)
    for run in plot.limit_runs:
        drawing.line(run, _limit_stroke(limit))


def _draw_aims(drawing: Drawing, plot: Plot) -> None:
    """Draw a hollow diamond at the target of each year that has one of its own."""
    half = AIM / 2
    for x, y in plot.aims:
        corners = (Spot(x, y + half), Spot(x + half, y), Spot(x, y - half), Spot(x - half, y))
        drawing.path(steps_through(corners, closed=True), fill=WHITE, stroke=_AIM)


def _limit_stroke(limit: ChartLimit) -> Stroke:
    return _REFERENCE if has_arrow(limit) else _TARGET


def _draw_labels(drawing: Drawing, plot: Plot, labels: Labels) -> None:
    for label in labels.points:
        if label.leader is not None:
            drawing.line(label.leader.diagonal, _LEADER)
        drawing.text(label.text, label.box.left, label.box.bottom + DESCENT * LABEL_SIZE)
    if plot.chart.limit is not None:
        for step in (*labels.earlier, labels.limit):
            if step is not None:
                _draw_limit_label(drawing, plot.chart.limit, step)


def _draw_limit_label(drawing: Drawing, limit: ChartLimit, label: Label) -> None:
    left = label.box.left
    if label.leader is not None:
        drawing.line(label.leader.diagonal, _limit_stroke(limit))
        left = label.leader.right + 2
    drawing.text(label.text, left, label.box.bottom + DESCENT * LABEL_SIZE)
    if has_arrow(limit):
        _draw_arrow(drawing, label.box, is_up=limit.kind is LimitKind.ABOVE)


def _draw_arrow(drawing: Drawing, box: Box, *, is_up: bool) -> None:
    """Draw the arrow to the good side at the right end of ``box``."""
    x = box.right - ARROW / 2 + 0.5
    tail, tip = (box.bottom + 0.8, box.top - 0.6) if is_up else (box.top - 0.6, box.bottom + 0.8)
    back = tip - 3.2 if is_up else tip + 3.2
    drawing.segments([Segment(Spot(x, tail), Spot(x, back))], Stroke(0.9))
    corners = (Spot(x, tip), Spot(x - 2, back), Spot(x + 2, back))
    drawing.path(steps_through(corners, closed=True), fill=BLACK)


def _draw_values(drawing: Drawing, plot: Plot, color: str) -> None:
    """Draw the values' line and markers: the baseline's hollow, the actuals' filled."""
    stroke = Stroke(1.3, color, cap=Cap.SQUARE, join=Join.ROUND)
    for is_number, group in groupby(plot.spots, key=lambda spot: spot is not None):
        run = [spot for spot in group if spot is not None]
        if is_number and len(run) > 1:
            drawing.line(run, stroke)
    edge = Stroke(1.1, color)
    baseline, *actuals = plot.spots
    if baseline is not None:
        drawing.circles([baseline], MARKER, fill=WHITE, stroke=edge)
    filled = [spot for spot in actuals if spot is not None]
    if filled:
        drawing.circles(filled, MARKER, fill=color, stroke=edge)
