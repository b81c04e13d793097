"""Stacked bars as Word draws them: one series per mark, the legend in words above.

Comes in: a :class:`StackedBarChart` and a size. Goes out: its XML and its sheet. All
bars stand on one axis: Word has no second one below the first. Nor has it words at a bar's
end: remarks stand with the bars' names.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_PATTERN

from kpireport.document.charts import StackedBarChart
from kpireport.writers.charts.bar_plots import (
    BAR_SHARE,
    LEGEND_LEADING,
    LEGEND_SPACE,
    NAME_GAP,
    Panel,
    lay_single_panel,
    legend_rows,
    unit_text,
)
from kpireport.writers.charts.boxes import Box
from kpireport.writers.charts.fills import BLACK, GREY, WHITE, Fill, fills, nth_fill
from kpireport.writers.charts.texts import TITLE_LEADING, break_title, shorten, text_width
from kpireport.writers.docx.markup import Xml, element
from kpireport.writers.docx.native_charts.space import (
    AXIS_WIDTH,
    ROOM_OF_TITLE,
    Space,
    label_looks,
    paint,
    rgb,
    stroke,
)
from kpireport.writers.docx.native_charts.workbook import ChartColumn, ChartSheet
from kpireport.writers.theme import DEFAULT_THEME

_COUNTS = "#,##0;;"  # nothing for none
_LEAST_ROOM = 2.5  # beside a count in its part


def make_bars(chart: StackedBarChart, size: tuple[float, float]) -> tuple[Space, ChartSheet]:
    """Return ``chart`` for a room of ``size`` points, and its data."""
    if not chart.bars:
        raise ValueError(f"a chart needs a bar: {chart.title}")
    columns = tuple(
        ChartColumn(series.label, tuple(map(Decimal, series.counts)), "#,##0")
        for series in chart.series
    )
    corner = unit_text(replace(chart, are_shares=False))
    sheet = ChartSheet(corner, _names(chart), columns)
    kind = XL_CHART_TYPE.BAR_STACKED_100 if chart.are_shares else XL_CHART_TYPE.BAR_STACKED
    space = Space(sheet, kind, size)
    top = _set_heads(space, chart)
    panel = lay_single_panel(_in_lines(chart), size[0], top)
    space.set_frame(panel.box)
    if chart.are_shares:
        space.set_shares(len(panel.scale.ticks) - 1)
    else:
        space.set_scale(panel.scale)
    _set_axes(space)
    if not chart.are_shares:  # their ticks say it
        _set_unit(space, chart, panel)
    # the fills' order and hatching: the accent itself is the theme's
    found = fills(f"#{DEFAULT_THEME.accent}")
    for number, series in enumerate(chart.series):
        fill = nth_fill(found, number)
        _fill(space.series[number], fill)
        space.set_labels(number, _labels(series.counts, panel, fill))
    return space, sheet


def _names(chart: StackedBarChart) -> tuple[str, ...]:
    """Return the bars' names, with their remarks below them."""
    if not chart.remarks:
        return chart.bars
    return tuple("\n".join(each) for each in zip(chart.bars, chart.remarks, strict=True))


def _in_lines(chart: StackedBarChart) -> StackedBarChart:
    """Return ``chart`` with what its names need room for: the longest of their lines."""
    longest = (max(name.split("\n"), key=text_width) for name in _names(chart))
    return replace(chart, bars=tuple(longest), remarks=())


def _set_heads(space: Space, chart: StackedBarChart) -> float:
    """Set title and legend, and return the lower edge."""
    width, top = space.size
    title = break_title(chart.title, width * ROOM_OF_TITLE) if chart.title else ()
    if title:
        space.set_title(title)
        top -= len(title) * TITLE_LEADING
    bottom = top - len(legend_rows(chart, width)) * LEGEND_LEADING
    space.set_legend(Box(0, bottom, width, top))
    return bottom - LEGEND_SPACE


def _set_axes(space: Space) -> None:
    """Read the bars from the top down, the axis of numbers below them."""
    chart = space.chart
    chart.plots[0].gap_width = round((1 / BAR_SHARE - 1) * 100)
    chart.plots[0].vary_by_categories = False
    chart.category_axis.reverse_order = True
    # across the last bar, which is the lowest
    space.root.xpath(".//c:valAx/c:crosses")[0].set("val", "max")


def _set_unit(space: Space, chart: StackedBarChart, panel: Panel) -> None:
    unit = shorten(unit_text(chart), panel.box.left - NAME_GAP)
    left = panel.box.left - NAME_GAP - text_width(unit)
    space.set_unit(unit, Box(left, 0, panel.box.left, panel.box.bottom - NAME_GAP))


def _fill(series: Any, fill: Fill) -> None:  # noqa: ANN401 - python-pptx has few types
    stroke(series.format.line, AXIS_WIDTH, BLACK)
    if not fill.spacing:
        paint(series.format.fill, "" if fill.tint is not None else fill.color, fill.tint or 0.0)
        return
    series.format.fill.patterned()
    series.format.fill.pattern = _pattern(fill)
    series.format.fill.fore_color.rgb = rgb(GREY)
    series.format.fill.back_color.rgb = rgb(fill.color)


def _pattern(fill: Fill) -> MSO_PATTERN:
    if fill.is_crossed:
        return MSO_PATTERN.DIAGONAL_CROSS
    return (
        MSO_PATTERN.WIDE_UPWARD_DIAGONAL if fill.is_rising else MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL
    )


def _labels(counts: tuple[int, ...], panel: Panel, fill: Fill) -> Xml:
    """``c:dLbls`` (21.2.2.49): the counts, over hatching on white; none in a narrow part."""
    looks = label_looks(
        _COUNTS, "ctr", "Val", color=fill.text, plate=WHITE if fill.spacing else "", margin=1.0
    )
    narrow = (
        element(
            "c:dLbl",
            element("c:idx", attributes={"val": number}),
            element("c:delete", attributes={"val": 1}),
        )
        for number, count in enumerate(counts)
        if _is_narrow(count, number, panel) and (count or fill.spacing)
    )
    return element("c:dLbls", *narrow, *looks)


def _is_narrow(count: int, row: int, panel: Panel) -> bool:
    return text_width(str(count)) + _LEAST_ROOM > panel.end(count, row) - panel.x(0)
