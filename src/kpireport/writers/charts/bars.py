"""Stacked bars: how many indicators stand at each mark, by goal and in all.

Comes in: a :class:`StackedBarChart` and a size. Goes out: a figure, top to bottom:
title, legend, the bars with their axis. A bar that is the sum of the others has a
panel and an axis of its own below, so that the others need not shrink to its scale.
Marks differ in grey and in hatching: a copy in black and white keeps them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.figure import Figure

from kpireport.document.charts import StackedBarChart, chart_texts
from kpireport.writers.charts.boxes import Box, Segment, Spot, hatching
from kpireport.writers.charts.scales import Scale, choose_scale
from kpireport.writers.charts.sheet import BLACK, GREY, WHITE, Sheet, Stroke, house_settings
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
_LEGEND_LEADING = 13.0
_LEGEND_GAP, _LEGEND_SPACE = 12.0, 4.0  # between marks, and below them
_SWATCH = (16.0, 8.0)
_SWATCH_ROOM = _SWATCH[0] + 3.0
_AXIS_HEIGHT = 15.0
_NAME_SHARE = 0.36  # of the width, for the bars' names at most
_NAME_GAP = 5.0
_BAR_SHARE = 0.66  # of the height that a bar has
_TALLEST_BAR = 15.0
_PITCH = 20.0  # from bar to bar, in a chart of its natural height
_TICK = 2.5
_TICK_GAP = 40.0

_OUTLINE = Stroke(0.6, BLACK)
_AXIS = Stroke(0.6, GREY)


@dataclass(frozen=True, slots=True)
class _Fill:
    """How a mark's part is filled: a colour, and hatching of ``spacing`` points over it."""

    color: str
    spacing: float = 0.0
    is_crossed: bool = False
    is_rising: bool = True
    text: str = BLACK


def _fills(accent: str) -> tuple[_Fill, ...]:
    """Return the fills of the marks, the best first; neighbours differ most in grey."""
    return (
        _Fill(accent, text=WHITE),
        _Fill(_lightened(accent, 0.68)),
        _Fill(WHITE, spacing=4.0),
        _Fill(WHITE, spacing=3.0, is_crossed=True),
        _Fill("#E4E4E4"),
        _Fill(WHITE),
        _Fill("#BDBDBD", spacing=4.0, is_rising=False),
        _Fill("#8C8C8C"),
    )


def _lightened(color: str, share: float) -> str:
    """Return ``color`` mixed with a share of white."""
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02X}" for part in parts)


def draw_stacked_bars(
    chart: StackedBarChart, size: tuple[float, float], *, accent: str = DEFAULT_THEME.accent
) -> Figure:
    """Return ``chart`` as a figure of ``size`` points; ``accent`` is RGB in hex.

    Raises :class:`MissingGlyphError` for a character that the font lacks and
    ``ValueError`` for a chart without bars.
    """
    check_glyphs(chart_texts(chart))
    if not chart.bars:
        raise ValueError(f"a chart needs a bar: {chart.title}")
    fills = _fills(f"#{accent}")
    with house_settings():
        sheet = Sheet(size)
        top = _draw_title(sheet, chart.title, size)
        top = _draw_legend(sheet, chart, fills, top, size[0])
        for panel in _panels(chart, size[0], top):
            _draw_panel(sheet, chart, panel, fills)
        return sheet.figure


# layout


def bars_height(chart: StackedBarChart, width: float) -> float:
    """Return the height in points that ``chart`` looks best in, ``width`` points wide."""
    title = len(break_title(chart.title, width)) if chart.title else 0
    legend = len(_legend_rows(chart, width)) * _LEGEND_LEADING + _LEGEND_SPACE
    axes = len(_groups(chart)) * _AXIS_HEIGHT
    return title * TITLE_LEADING + legend + axes + len(chart.bars) * _PITCH


@dataclass(frozen=True, slots=True)
class _Panel:
    """Some bars on one axis; ``box`` is the room right of their names, above the ticks."""

    bars: tuple[int, ...]
    box: Box
    scale: Scale

    @property
    def pitch(self) -> float:
        """The height that each bar has for itself."""
        return self.box.height / len(self.bars)

    def x(self, count: int) -> float:
        """Return where ``count`` stands."""
        return self.box.left + self.box.width * count / float(self.scale.high)


def _panels(chart: StackedBarChart, width: float, top: float) -> list[_Panel]:
    left = min(
        _NAME_SHARE * width,
        max(text_width(name) for name in (*chart.bars, _unit(chart))) + 1,
    )
    groups = _groups(chart)
    pitch = (top - _AXIS_HEIGHT * len(groups)) / len(chart.bars)
    scales = [_scale(chart, bars, width - left) for bars in groups]
    right = width - max(text_width(scale.labels[-1]) for scale in scales) / 2
    panels: list[_Panel] = []
    for bars, scale in zip(groups, scales, strict=True):
        bottom = top - pitch * len(bars)
        panels.append(_Panel(bars, Box(left + _NAME_GAP, bottom, right, top), scale))
        top = bottom - _AXIS_HEIGHT
    return panels


def _groups(chart: StackedBarChart) -> list[tuple[int, ...]]:
    """Return the bars by panel: one that sums the others up stands alone."""
    numbers = range(len(chart.bars))
    for candidate in (numbers[-1], 0):
        others = tuple(number for number in numbers if number != candidate)
        if len(others) > 1 and all(
            series.counts[candidate] == sum(series.counts[other] for other in others)
            for series in chart.series
        ):
            return [others, (candidate,)] if candidate else [(candidate,), others]
    return [tuple(numbers)]


def _scale(chart: StackedBarChart, bars: Sequence[int], width: float) -> Scale:
    totals = [Decimal(sum(series.counts[bar] for series in chart.series)) for bar in bars]
    intervals = max(1, int(width / _TICK_GAP))
    return choose_scale([Decimal(0), *totals], is_count=True, intervals=intervals)


def _unit(chart: StackedBarChart) -> str:
    return f"（{chart.unit}）" if chart.unit else ""


# drawing


def _draw_title(sheet: Sheet, title: str, size: tuple[float, float]) -> float:
    """Draw the title and return its lower edge."""
    top = size[1]
    for line in break_title(title, size[0]) if title else ():
        sheet.text(line, 0, top - ASCENT * TITLE_SIZE, size=TITLE_SIZE, bold=True)
        top -= TITLE_LEADING
    return top


def _legend_rows(chart: StackedBarChart, width: float) -> list[list[tuple[int, str, float]]]:
    """Return the marks' numbers, words and left ends, in as many rows as they need."""
    rows: list[list[tuple[int, str, float]]] = [[]]
    x = 0.0
    for number, series in enumerate(chart.series):
        text = shorten(series.label, width - _SWATCH_ROOM)
        needed = _SWATCH_ROOM + text_width(text)
        if x and x + needed > width:
            rows.append([])
            x = 0.0
        rows[-1].append((number, text, x))
        x += needed + _LEGEND_GAP
    return rows


def _draw_legend(
    sheet: Sheet, chart: StackedBarChart, fills: Sequence[_Fill], top: float, width: float
) -> float:
    """Draw the marks with their words and return the lower edge."""
    swatch_width, swatch_height = _SWATCH
    for row in _legend_rows(chart, width):
        middle = top - _LEGEND_LEADING / 2
        for number, text, x in row:
            bottom = middle - swatch_height / 2
            swatch = Box(x, bottom, x + swatch_width, bottom + swatch_height)
            _fill(sheet, swatch, _nth(fills, number))
            sheet.text(text, x + _SWATCH_ROOM, middle - MIDDLE)
        top -= _LEGEND_LEADING
    return top - _LEGEND_SPACE


def _nth(fills: Sequence[_Fill], number: int) -> _Fill:
    return fills[number % len(fills)]


def _draw_panel(
    sheet: Sheet, chart: StackedBarChart, panel: _Panel, fills: Sequence[_Fill]
) -> None:
    for row, bar in enumerate(panel.bars):
        middle = panel.box.top - panel.pitch * (row + 0.5)
        _draw_name(sheet, chart.bars[bar], panel, middle)
        for number, count, box in _parts(chart, panel, bar, middle):
            fill = _nth(fills, number)
            _fill(sheet, box, fill)
            _draw_count(sheet, str(count), box, fill)
    _draw_axis(sheet, chart, panel)


def _draw_name(sheet: Sheet, name: str, panel: _Panel, middle: float) -> None:
    """Set a bar's name before it, in two lines where it is long."""
    width = panel.box.left - _NAME_GAP
    has_room = panel.pitch >= 2 * _LEADING
    lines = break_in_two(name, width) if has_room else (shorten(name, width),)
    baseline = middle - MIDDLE + _LEADING * (len(lines) - 1) / 2
    for line in lines:
        sheet.text(line, 0, baseline)
        baseline -= _LEADING


def _parts(
    chart: StackedBarChart, panel: _Panel, bar: int, middle: float
) -> Iterator[tuple[int, int, Box]]:
    """Yield each part of a bar: the mark's number, its count, its room."""
    half = min(_TALLEST_BAR, panel.pitch * _BAR_SHARE) / 2
    before = 0
    for number, series in enumerate(chart.series):
        count = series.counts[bar]
        if count:
            left, right = panel.x(before), panel.x(before + count)
            yield number, count, Box(left, middle - half, right, middle + half)
            before += count


def _fill(sheet: Sheet, box: Box, fill: _Fill) -> None:
    sheet.box(box, fill=fill.color)
    if fill.spacing:
        hatch = Stroke(0.6, GREY)
        sheet.segments(hatching(box, fill.spacing, rising=fill.is_rising), hatch)
        if fill.is_crossed:
            sheet.segments(hatching(box, fill.spacing, rising=not fill.is_rising), hatch)
    sheet.box(box, stroke=_OUTLINE)


def _draw_count(sheet: Sheet, text: str, box: Box, fill: _Fill) -> None:
    """Set a part's count into its middle, over hatching on white; none where it is narrow."""
    width = text_width(text)
    if width + 2.5 > box.width or box.height < LABEL_SIZE:
        return
    middle = (box.bottom + box.top) / 2
    left = (box.left + box.right - width) / 2
    if fill.spacing:
        plate = Box(left - 1, middle - LABEL_SIZE / 2, left + width + 1, middle + LABEL_SIZE / 2)
        sheet.box(plate, fill=WHITE)
    sheet.text(text, left, middle - MIDDLE, color=fill.text)


def _draw_axis(sheet: Sheet, chart: StackedBarChart, panel: _Panel) -> None:
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
        sheet.text(label, x - text_width(label) / 2, baseline)
    sheet.segments(lines, _AXIS)
    unit = shorten(_unit(chart), box.left - _NAME_GAP)
    sheet.text(unit, box.left - _NAME_GAP - text_width(unit), baseline)
