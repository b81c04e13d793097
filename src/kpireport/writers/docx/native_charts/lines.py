"""A line chart as Word draws it: the values, and the target as a series of its own.

Comes in: a :class:`LineChart` and a size. Goes out: its XML and its sheet. Scale, frame
and the labels' places are those of the drawn chart. What Word cannot draw is said in
words: a cut axis at the unit, a year without a number below its year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE

from kpireport.document.charts import ChartLimit, ChartPoint, LimitKind, LimitStep, LineChart
from kpireport.writers.charts.boxes import Box, Spot
from kpireport.writers.charts.fills import BLACK, WHITE
from kpireport.writers.charts.line_labels import Label, Labels, has_arrow, place_line_labels
from kpireport.writers.charts.plots import AIM, MARKER, TICK, TICK_SPACE, Plot, lay_plot
from kpireport.writers.charts.texts import (
    LABEL_SIZE,
    TITLE_LEADING,
    break_title,
    shorten,
    text_width,
)
from kpireport.writers.docx.markup import NOTHING, Xml, element
from kpireport.writers.docx.native_charts.numbers import NumberFormat, printed_format
from kpireport.writers.docx.native_charts.space import (
    ROOM_OF_TITLE,
    Space,
    label_looks,
    leaders,
    paint,
    rich_text,
    stroke,
)
from kpireport.writers.docx.native_charts.workbook import ChartColumn, ChartSheet

_VALUES, _LIMIT = 0, 1  # the series
_CUT = "縦軸は途中から"  # where the drawn chart has a break of two waves
_ARROWS = {LimitKind.ABOVE: " ↑", LimitKind.BELOW: " ↓"}
_DASH = 10  # the level of a single year, as a marker
_YEAR_LEADING = 10.0
_UNMOVED = 1.5  # points that a label may stand off its drawn place, to stand as usual


def make_lines(chart: LineChart, size: tuple[float, float]) -> tuple[Space, ChartSheet]:
    """Return ``chart`` for a room of ``size`` points, and its data."""
    plot = _lay(chart, size)
    labels = place_line_labels(plot)
    printed = _printed(chart, labels)
    form = printed_format(tuple(printed.values()), chart.unit, chart.minus)
    sheet = _sheet(chart, form)
    space = Space(sheet, XL_CHART_TYPE.LINE_MARKERS, size)
    if plot.title:
        space.set_title(plot.title)
    space.set_frame(plot.frame)
    space.set_scale(plot.scale)
    space.set_unit(plot.unit, plot.unit_box)
    _draw_values(space.series[_VALUES])
    space.set_labels(_VALUES, _value_labels(space, plot, labels, printed, form))
    if chart.limit is not None:
        steps = chart.limit.steps(len(chart.points))
        places = (
            (*labels.earlier, labels.limit)
            if labels.earlier
            else (None,) * (len(steps) - 1) + (labels.limit,)
        )
        for number, (step, place) in enumerate(zip(steps, places, strict=True), start=_LIMIT):
            _draw_limit(space.series[number], chart.limit, is_alone=step.first == step.last)
            space.set_labels(number, _limit_label(space, plot, step, place))
    if chart.aims:
        _draw_aims(space.series[-1])
    return space, sheet


def _printed(chart: LineChart, labels: Labels) -> dict[int, tuple[Decimal, str]]:
    """Return the values with their labels by year: without their unit where it has no room."""
    values = {
        number: (point.value, point.text)
        for number, point in enumerate(chart.points)
        if point.value is not None
    }
    if len(labels.points) < len(values):
        return values
    return {
        number: (value, label.text)
        for (number, (value, _)), label in zip(values.items(), labels.points, strict=True)
    }


def _sheet(chart: LineChart, form: NumberFormat) -> ChartSheet:
    """Return the years with their values, and the limit beside each of them."""
    values = tuple(point.value for point in chart.points)
    columns = [ChartColumn(chart.title.replace("\n", ""), values, form.code)]
    limit = chart.limit
    for step in limit.steps(len(values)) if limit else ():
        level = tuple(
            step.value if step.first <= number <= step.last else None
            for number in range(len(values))
        )
        arrow = _ARROWS.get(limit.kind, "") if limit else ""
        columns.append(ChartColumn(step.label + arrow, level, form.code))
    if chart.aims:
        columns.append(ChartColumn(chart.aims_word, chart.aims, form.code))
    corner = f"（{chart.unit}）" if chart.unit else ""
    return ChartSheet(corner, tuple(map(_category, chart.points)), tuple(columns))


def _category(point: ChartPoint) -> str:
    """Return a year, and below it what stands there instead of a number."""
    return point.label if point.value is not None else f"{point.label}\n{point.text or '―'}"


def _lay(chart: LineChart, size: tuple[float, float]) -> Plot:
    """Return the layout of the drawn chart, with what Word does otherwise.

    Titles break earlier; ticks have all their figures, as a format cannot divide by
    10,000; years without a number have two lines; the unit says that the axis is cut.
    """
    title = break_title(chart.title, size[0] * ROOM_OF_TITLE) if chart.title else ()
    plot = lay_plot(chart, size)
    lower = max(0, len(title) - max(2, len(plot.title))) * TITLE_LEADING
    figures = max(text_width(f"{tick:,}") for tick in plot.scale.ticks)
    frame = Box(
        left=figures + TICK_SPACE + TICK,
        bottom=plot.frame.bottom + (_YEAR_LEADING if plot.gaps else 0.0),
        right=plot.frame.right,
        top=plot.frame.top - lower,
    )
    pitch = frame.width / len(chart.points)
    low, high = plot.scale.low, plot.scale.high

    def spot(number: int, point: ChartPoint) -> Spot | None:
        if point.value is None:
            return None
        share = float((point.value - low) / (high - low))
        return Spot(frame.left + pitch * (number + 0.5), frame.bottom + share * frame.height)

    spots = tuple(spot(number, point) for number, point in enumerate(chart.points))
    unit = shorten(f"{plot.unit}{_CUT if plot.scale.is_cut else ''}", size[0])
    scale = replace(plot.scale, is_cut=False)  # there is no room for a break below it
    return replace(
        plot,
        title=title,
        frame=frame,
        scale=scale,
        unit=unit,
        spots=spots,
        gaps=(),
        aim_shift=0.0,  # Word knows one place for each year
    )


def _draw_values(series: Any) -> None:  # noqa: ANN401 - python-pptx has few types
    """Draw the line and its markers: the baseline's hollow, the actuals' filled."""
    series.smooth = False
    stroke(series.format.line, 1.3)
    marker = series.marker
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, round(MARKER)
    paint(marker.format.fill)
    stroke(marker.format.line, 1.1)
    baseline = series.points[0].marker
    baseline.style, baseline.size = XL_MARKER_STYLE.CIRCLE, round(MARKER)
    paint(baseline.format.fill, WHITE)
    stroke(baseline.format.line, 1.1)


def _draw_limit(series: Any, limit: ChartLimit, *, is_alone: bool) -> None:  # noqa: ANN401
    """Draw a target dashed and a reference dotted; over a single year there is no line."""
    series.smooth = False
    dash = MSO_LINE.ROUND_DOT if has_arrow(limit) else MSO_LINE.DASH
    stroke(series.format.line, 1.0, BLACK, dash)
    series.marker.style = XL_MARKER_STYLE.DASH if is_alone else XL_MARKER_STYLE.NONE
    if is_alone:
        series.marker.size = _DASH
        paint(series.marker.format.fill, BLACK)


def _draw_aims(series: Any) -> None:  # noqa: ANN401
    """Draw the targets of the years' own as hollow diamonds, without a line between them."""
    series.smooth = False
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.DIAMOND, round(AIM)
    paint(series.marker.format.fill, WHITE)
    stroke(series.marker.format.line, 0.9)


def _value_labels(
    space: Space,
    plot: Plot,
    labels: Labels,
    printed: Mapping[int, tuple[Decimal, str]],
    form: NumberFormat,
) -> Xml:
    """``c:dLbls`` (21.2.2.49): the values as printed, at the places of the drawn chart."""
    places: list[Label | None] = list(labels.points)
    if len(places) < len(printed):
        places = [None] * len(printed)  # some had no room: all stand as usual
    made = []
    for (number, (value, text)), spot, place in zip(
        printed.items(), plot.points, places, strict=True
    ):
        # what no format writes is a text, which staff mend together with the value
        is_text = form.write(value) != text
        words = rich_text((text,), size=LABEL_SIZE) if is_text else NOTHING
        box = place.box if place else None
        made.append(_label(space, number, spot, box, form.code, words, "Val"))
    has_leaders = any(place is not None and place.leader for place in places)
    return _labels(form.code, made, "Val", has_leaders=has_leaders)


def _limit_label(space: Space, plot: Plot, step: LimitStep, place: Label | None) -> Xml:
    """``c:dLbls``: the limit's name, at the year of its step that is nearest to its place."""
    pitch = plot.frame.width / len(plot.spots)
    number = step.last
    box = None
    if place is not None:
        # Word writes the arrow, if any, as a letter; the sample of the line it has not
        box = place.box if place.leader is None else replace(place.box, left=place.leader.right)
        middle = (box.left + box.right) / 2
        number = min(number, max(step.first, int((middle - plot.frame.left) / pitch)))
    spot = Spot(plot.frame.left + pitch * (number + 0.5), plot.height(step.value))
    return _labels("General", [_label(space, number, spot, box, "General", NOTHING, "SerName")])


def _label(
    space: Space, number: int, spot: Spot, box: Box | None, code: str, words: Xml, shows: str
) -> Xml:
    """``c:dLbl`` (21.2.2.47): above or below its point, moved to ``box`` where that is off."""
    is_above = box is None or box.bottom + box.height / 2 >= spot.y
    moved = NOTHING
    if box is not None:
        usual = spot.y + MARKER if is_above else spot.y - MARKER - LABEL_SIZE
        right, up = (box.left + box.right) / 2 - spot.x, box.bottom - usual
        up = up if abs(up) > LABEL_SIZE / 2 else 0.0
        moved = space.moved(right, up) if abs(right) > _UNMOVED or up else NOTHING
    return element(
        "c:dLbl",
        element("c:idx", attributes={"val": number}),
        moved,
        words,
        *label_looks(code, "t" if is_above else "b", shows),
    )


def _labels(code: str, labels: Iterable[Xml], shows: str = "", *, has_leaders: bool = False) -> Xml:
    """Return ``labels``, and how those look that staff add by and by."""
    return element("c:dLbls", *labels, *label_looks(code, "t", shows), leaders(shown=has_leaders))
