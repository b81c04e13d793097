"""The layout of stacked bars: legend, panels with their axes, parts, in points.

Comes in: a :class:`StackedBarChart` and a width. Goes out: where its parts stand. A bar
that is the sum of the others has a panel and an axis of its own below, so that the
others need not shrink to its scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kpireport.document.charts import StackedBarChart
from kpireport.quickly import dataclass
from kpireport.writers.charts.boxes import Box
from kpireport.writers.charts.scales import Scale, choose_scale
from kpireport.writers.charts.texts import TITLE_LEADING, break_title, shorten, text_width

LEGEND_LEADING = 13.0
_LEGEND_GAP, LEGEND_SPACE = 12.0, 4.0  # between marks, and below them
SWATCH = (16.0, 8.0)
SWATCH_ROOM = SWATCH[0] + 3.0
_AXIS_HEIGHT = 15.0
_NAME_SHARE = 0.36  # of the width, for the bars' names at most
NAME_GAP = 5.0
BAR_SHARE = 0.66  # of the height that a bar has
_TALLEST_BAR = 15.0
_PITCH = 20.0  # from bar to bar, in a chart of its natural height
_TICK_GAP = 40.0
_WHOLE = 100  # percent
_REMARK_SHARE = 0.3  # of the width, for the words at the bars' ends at most


def bars_height(chart: StackedBarChart, width: float) -> float:
    """Return the height in points that ``chart`` looks best in, ``width`` points wide."""
    title = len(break_title(chart.title, width)) if chart.title else 0
    legend = len(legend_rows(chart, width)) * LEGEND_LEADING + LEGEND_SPACE
    axes = len(_groups(chart)) * _AXIS_HEIGHT
    return title * TITLE_LEADING + legend + axes + len(chart.bars) * _PITCH


@dataclass(frozen=True, slots=True)
class Panel:
    """Some bars on one axis; ``box`` is the room right of their names, above the ticks."""

    bars: tuple[int, ...]
    box: Box
    scale: Scale
    totals: tuple[int, ...] = ()
    """What the whole length of each bar is, where that is the same for all of them."""

    @property
    def pitch(self) -> float:
        """The height that each bar has for itself."""
        return self.box.height / len(self.bars)

    def x(self, count: float) -> float:
        """Return where ``count`` stands on the axis."""
        return self.box.left + self.box.width * count / float(self.scale.high)

    def end(self, count: int, row: int) -> float:
        """Return where so many of the bar in ``row`` end."""
        if not self.totals:
            return self.x(count)
        return self.x(_WHOLE * count / self.totals[row]) if self.totals[row] else self.x(0)


def lay_panels(chart: StackedBarChart, width: float, top: float) -> list[Panel]:
    """Return the bars' panels, one below the other from ``top`` down."""
    return _lay_panels(chart, width, top, _groups(chart))


def lay_single_panel(chart: StackedBarChart, width: float, top: float) -> Panel:
    """Return one panel with all bars on one axis."""
    return _lay_panels(chart, width, top, [tuple(range(len(chart.bars)))])[0]


def _lay_panels(
    chart: StackedBarChart, width: float, top: float, groups: Sequence[tuple[int, ...]]
) -> list[Panel]:
    left = min(
        _NAME_SHARE * width,
        max(text_width(name) for name in (*chart.bars, unit_text(chart))) + 1,
    )
    pitch = (top - _AXIS_HEIGHT * len(groups)) / len(chart.bars)
    scales = [_scale(chart, bars, width - left) for bars in groups]
    right = width - max(text_width(scale.labels[-1]) for scale in scales) / 2
    if chart.remarks:
        right = min(right, width - NAME_GAP - remark_width(chart, width))
    panels: list[Panel] = []
    for bars, scale in zip(groups, scales, strict=True):
        bottom = top - pitch * len(bars)
        totals = tuple(_total(chart, bar) for bar in bars) if chart.are_shares else ()
        panels.append(Panel(bars, Box(left + NAME_GAP, bottom, right, top), scale, totals))
        top = bottom - _AXIS_HEIGHT
    return panels


def _groups(chart: StackedBarChart) -> list[tuple[int, ...]]:
    """Return the bars by panel: one that sums the others up stands alone."""
    numbers = range(len(chart.bars))
    if chart.are_shares:  # all are equally long
        return [tuple(numbers)]
    for candidate in (numbers[-1], 0):
        others = tuple(number for number in numbers if number != candidate)
        if len(others) > 1 and all(
            series.counts[candidate] == sum(series.counts[other] for other in others)
            for series in chart.series
        ):
            return [others, (candidate,)] if candidate else [(candidate,), others]
    return [tuple(numbers)]


def _scale(chart: StackedBarChart, bars: Sequence[int], width: float) -> Scale:
    intervals = max(1, int(width / _TICK_GAP))
    if chart.are_shares:
        return _share_scale(intervals)
    totals = [Decimal(_total(chart, bar)) for bar in bars]
    return choose_scale([Decimal(0), *totals], is_count=True, intervals=intervals)


def _total(chart: StackedBarChart, bar: int) -> int:
    return sum(series.counts[bar] for series in chart.series)


def _share_scale(intervals: int) -> Scale:
    """Return the axis from 0 to 100 %, which ends there whatever the room."""
    steps = next(each for each in (5, 4, 2, 1) if each <= intervals)
    ticks = tuple(Decimal(_WHOLE * step // steps) for step in range(steps + 1))
    return Scale(ticks, is_cut=False)


def remark_width(chart: StackedBarChart, width: float) -> float:
    """Return the room for the words at the bars' ends."""
    widest = max(map(text_width, chart.remarks), default=0.0)
    return min(widest, _REMARK_SHARE * width)


def unit_text(chart: StackedBarChart) -> str:
    """Return the unit as it stands at the axis, nothing where there is none."""
    if chart.are_shares:
        return "（％）"
    return f"（{chart.unit}）" if chart.unit else ""


def legend_rows(chart: StackedBarChart, width: float) -> list[list[tuple[int, str, float]]]:
    """Return the marks' numbers, words and left ends, in as many rows as they need."""
    rows: list[list[tuple[int, str, float]]] = [[]]
    x = 0.0
    for number, series in enumerate(chart.series):
        text = shorten(series.label, width - SWATCH_ROOM)
        needed = SWATCH_ROOM + text_width(text)
        if x and x + needed > width:
            rows.append([])
            x = 0.0
        rows[-1].append((number, text, x))
        x += needed + _LEGEND_GAP
    return rows


def bar_parts(
    chart: StackedBarChart, panel: Panel, bar: int, middle: float
) -> Iterator[tuple[int, int, Box]]:
    """Yield each part of a bar: the mark's number, its count, its room."""
    half = min(_TALLEST_BAR, panel.pitch * BAR_SHARE) / 2
    before, row = 0, panel.bars.index(bar)
    for number, series in enumerate(chart.series):
        count = series.counts[bar]
        if count:
            left, right = panel.end(before, row), panel.end(before + count, row)
            yield number, count, Box(left, middle - half, right, middle + half)
            before += count
