"""The layout of a line chart: its frame, scale, points and lines, in points.

Comes in: a :class:`LineChart` and a size. Goes out: a plot, from top to bottom:

    title, one or two lines
    （unit）                         free for labels
    ticks │   values at the points, the limit with its label
        0 ┼──────────
            H30  R1  R2             the years
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from decimal import Decimal
from itertools import pairwise

from kpireport.document.charts import LimitKind, LineChart
from kpireport.quickly import dataclass
from kpireport.writers.charts.boxes import Box, Segment, Spot
from kpireport.writers.charts.scales import Scale, choose_scale
from kpireport.writers.charts.texts import (
    DESCENT,
    LABEL_SIZE,
    TITLE_LEADING,
    break_title,
    shorten,
    text_box,
    text_width,
)

TICK, TICK_SPACE = 2.5, 1.5  # a tick's length, and the space between it and its label
BREAK_HEIGHT = 14.0  # from zero to the first tick of a cut axis
WAVE = 4.0  # half the width of a cut axis's waves
MARKER = 4.6  # a point's diameter
AIM = 7.5  # the width of a diamond at a year's own target
_AIM_SHIFT = 8.0  # right of the year's point, so that none hides the other
BAND = 4.0  # the hatched side of a limit

_SAME_X = 0.01  # steps that are no further apart follow each other
_YEARS_HEIGHT = 12.0  # below the axis
_UNIT_HEIGHT = 14.0  # above the uppermost tick
_UNIT_SHARE = 0.6  # of the width, at most
_GAP_LEADING = LABEL_SIZE + 0.5  # of the lines that stand in the place of a point
_TICK_GAP = 15.0  # at least, between two ticks


@dataclass(slots=True)
class Plot:
    """A chart laid out but for its labels; ``frame`` is the room of the values' line.

    ``spots`` has ``None`` for a year without a number, ``years`` the years' texts
    with their left ends, ``gaps`` the lines of text that stand at the axis instead of a
    point. Aims stand ``aim_shift`` right of their years' points.
    """

    chart: LineChart
    size: tuple[float, float]
    title: tuple[str, ...]
    frame: Box
    scale: Scale
    unit: str
    spots: tuple[Spot | None, ...]
    years: tuple[tuple[str, float], ...]
    gaps: tuple[tuple[str, Box], ...]
    aim_shift: float = 0.0
    points: tuple[Spot, ...] = field(init=False)  # of the years with a number
    line: tuple[Segment, ...] = field(init=False)  # with a gap at a year without one
    markers: tuple[Box, ...] = field(init=False)
    aims: tuple[Spot, ...] = field(init=False)  # of the years with targets of their own
    aim_markers: tuple[Box, ...] = field(init=False)
    limit_steps: tuple[Segment, ...] = field(init=False)  # over their years, the last now
    limit_runs: tuple[tuple[Spot, ...], ...] = field(init=False)  # the steps joined to lines
    limit_segments: tuple[Segment, ...] = field(init=False)  # of these lines

    def __post_init__(self) -> None:
        self.points = tuple(spot for spot in self.spots if spot is not None)
        self.line = tuple(
            Segment(start, end)
            for start, end in pairwise(self.spots)
            if start is not None and end is not None
        )
        self.markers = tuple(Box(x, y, x, y).grown(MARKER / 2) for x, y in self.points)
        self.aims = tuple(self._lay_aims())
        self.aim_markers = tuple(Box(x, y, x, y).grown(AIM / 2) for x, y in self.aims)
        self.limit_steps = tuple(self._lay_steps())
        self.limit_runs = tuple(self._join_steps())
        self.limit_segments = tuple(
            Segment(start, end) for run in self.limit_runs for start, end in pairwise(run)
        )

    def _lay_aims(self) -> Iterator[Spot]:
        xs = _columns(self.frame, len(self.chart.points))
        for x, aim in zip(xs, self.chart.aims, strict=False):
            if aim is not None:
                yield Spot(x + self.aim_shift, self.height(aim))

    def _lay_steps(self) -> Iterator[Segment]:
        """Yield the limit's level over each step's years: the whole frame where it has one."""
        points, limit = len(self.chart.points), self.chart.limit
        for step in limit.steps(points) if limit else ():
            y = self.height(step.value)
            left = self.frame.left + self.frame.width * step.first / points
            right = self.frame.left + self.frame.width * (step.last + 1) / points
            is_last = step.last + 1 == points
            yield Segment(Spot(left, y), Spot(self.frame.right if is_last else right, y))

    def _join_steps(self) -> Iterator[tuple[Spot, ...]]:
        """Yield the lines of the steps; one that does not follow the next in time is apart."""
        run: list[Spot] = []
        for step in self.limit_steps:
            if run and step.start.x - run[-1].x > _SAME_X:
                yield tuple(run)
                run = []
            run += step
        if run:
            yield tuple(run)

    @property
    def zero_line(self) -> Segment | None:
        """The line at zero, where values stand on both sides of it."""
        if not self.scale.low < 0 < self.scale.high:
            return None
        y = self.height(Decimal(0))
        return Segment(Spot(self.frame.left, y), Spot(self.frame.right, y))

    @property
    def axis(self) -> float:
        """The height of the axis of years."""
        return self.frame.bottom

    @property
    def title_bottom(self) -> float:
        """The lower edge of the title."""
        return self.size[1] - TITLE_LEADING * len(self.title)

    @property
    def label_area(self) -> Box:
        """Where labels may stand: right of the ticks, between years and title."""
        return Box(self.frame.left + 2, self.axis + 1.5, self.size[0], self.title_bottom)

    @property
    def unit_box(self) -> Box:
        """The room of the unit above the axis."""
        return text_box(self.unit, 0, self.frame.top + LABEL_SIZE / 2 + DESCENT * LABEL_SIZE + 1)

    def height(self, value: Decimal) -> float:
        """Return where ``value`` stands above the chart's lower edge."""
        return _height(value, self.scale, self.frame)

    @property
    def break_box(self) -> Box | None:
        """The room of a cut axis's break."""
        if not self.scale.is_cut:
            return None
        x, y = self.frame.left, self.axis + BREAK_HEIGHT / 2
        return Box(x - WAVE, y - WAVE, x + WAVE, y + WAVE)

    @property
    def limit_bands(self) -> tuple[Box, ...]:
        """The hatched strips on the bad side of a limit that must not be passed."""
        limit = self.chart.limit
        if limit is None or limit.kind is not LimitKind.AT_MOST:
            return ()
        return tuple(
            Box(start.x, start.y, end.x, start.y + BAND) for start, end in self.limit_steps
        )

    @property
    def barriers(self) -> tuple[Box, ...]:
        """What no text may stand on: the limit's lines, their bands, the aims."""
        lines = (Box(start.x, start.y - 1, end.x, start.y + 1) for start, end in self.limit_steps)
        return (*lines, *self.limit_bands, *self.aim_markers)


def _height(value: Decimal, scale: Scale, frame: Box) -> float:
    bottom = frame.bottom + (BREAK_HEIGHT if scale.is_cut else 0.0)
    share = float((value - scale.low) / (scale.high - scale.low))
    return bottom + share * (frame.top - bottom)


def lay_plot(chart: LineChart, size: tuple[float, float]) -> Plot:
    """Return where everything of ``chart`` stands in ``size`` points, but for the labels.

    Raises ``ValueError`` for a chart without any number.
    """
    width, height = size
    title = break_title(chart.title, width) if chart.title else ()
    # room for two lines in any case: the frames of a row of charts are mostly level
    lines = max(2, len(title)) if title else 0
    top = height - lines * TITLE_LEADING - _UNIT_HEIGHT
    scale = _scale(chart, top - _YEARS_HEIGHT)
    ticks = max(text_width(label) for label in scale.labels)
    frame = Box(ticks + TICK_SPACE + TICK, _YEARS_HEIGHT, width, top)
    xs = _columns(frame, len(chart.points))
    spots = tuple(
        None if point.value is None else Spot(x, _height(point.value, scale, frame))
        for x, point in zip(xs, chart.points, strict=True)
    )
    unit = shorten(f"（{chart.unit}）" if chart.unit else "", width * _UNIT_SHARE)
    years = _set_years(chart, xs, frame)
    shift = min(_AIM_SHIFT, (frame.width / len(xs) - AIM) / 2)
    plot = Plot(chart, size, title, frame, scale, unit, spots, years, (), max(shift, 0.0))
    return replace(plot, gaps=_set_gaps(plot, xs))


def _scale(chart: LineChart, height: float) -> Scale:
    values = [point.value for point in chart.points if point.value is not None]
    if not values:
        raise ValueError(f"a chart needs a number: {chart.title}")
    gap = abs(chart.limit.value - values[-1]) if chart.limit else None
    values.extend(aim for aim in chart.aims if aim is not None)
    seen = tuple(values)
    if chart.limit is not None:
        values.extend(step.value for step in chart.limit.steps(len(chart.points)))
    intervals = max(2, min(4, int((height - BREAK_HEIGHT) / _TICK_GAP)))
    scale = choose_scale(
        values, is_count=chart.is_count, unit=chart.unit, intervals=intervals, gap=gap, seen=seen
    )
    return replace(scale, minus=chart.minus)


def _columns(frame: Box, count: int) -> list[float]:
    """Return the middle of each year's share of the frame."""
    return [frame.left + frame.width * (number + 0.5) / count for number in range(count)]


def _set_years(chart: LineChart, xs: Sequence[float], frame: Box) -> tuple[tuple[str, float], ...]:
    """Return the years' labels, only every second or third where there is no room for all."""
    widths = [text_width(point.label) for point in chart.points]
    pitch = frame.width / len(xs)
    every = 1
    while every < len(xs) and max(widths) + 2 > pitch * every:
        every += 1
    last = len(xs) - 1  # the last year, which the report is on, always has its label
    return tuple(
        (point.label, min(max(x - width / 2, 0.0), frame.right - width))
        for number, (point, x, width) in enumerate(zip(chart.points, xs, widths, strict=True))
        if (last - number) % every == 0
    )


def _set_gaps(plot: Plot, xs: Sequence[float]) -> tuple[tuple[str, Box], ...]:
    """Return what stands at the axis for the years without a number, line by line.

    A word too wide for its year is broken: a dash would say something else.
    """
    pitch = plot.frame.width / len(xs)
    found: list[tuple[str, Box]] = []
    for point, x in zip(plot.chart.points, xs, strict=True):
        if point.value is None:
            lines = _in_lines(point.text or "―", pitch - 2)
            found.extend(_set_gap(plot, lines, x))
    return tuple(found)


def _set_gap(plot: Plot, lines: Sequence[str], x: float) -> Iterator[tuple[str, Box]]:
    """Yield the lines over ``x``: at the axis, or above the target that would cross them."""
    width, height = max(map(text_width, lines)), _GAP_LEADING * len(lines)
    bottom = plot.axis + 1.5
    for barrier in sorted(plot.barriers, key=lambda each: each.bottom):
        room = Box(x - width / 2, bottom, x + width / 2, bottom + height)
        if room.overlaps(barrier) and barrier.top + 1 + height <= plot.title_bottom:
            bottom = barrier.top + 1
    for number, line in enumerate(reversed(lines)):
        baseline = bottom + DESCENT * LABEL_SIZE + number * _GAP_LEADING
        yield line, text_box(line, x - text_width(line) / 2, baseline)


def _in_lines(text: str, width: float) -> list[str]:
    """Return a word in as few lines of like length as fit, of one letter each at the least."""
    for count in range(1, len(text)):
        size = math.ceil(len(text) / count)
        lines = [text[start : start + size] for start in range(0, len(text), size)]
        if max(map(text_width, lines)) <= width:
            return lines
    return list(text)
