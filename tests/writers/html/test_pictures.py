"""Pictures in the page: they are where the layout says, and look as they do in the PDF."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from kpireport.document.blocks import Bar, Clip, Figure, FigureGrid, Sparkline
from kpireport.document.charts import describe_chart
from kpireport.writers.cell_pictures import lay_bar, lay_spark
from kpireport.writers.charts.chart_drawings import draw_chart
from kpireport.writers.charts.drawing import DrawnPath, DrawnText
from kpireport.writers.charts.texts import text_width
from kpireport.writers.html.charts import draw_figures
from kpireport.writers.html.elements import Names
from kpireport.writers.html.pictures import draw_bar, draw_spark
from kpireport.writers.theme import DEFAULT_THEME
from tests.writers.charts.samples import BARS, LINE_CHARTS

WIDTH = 60.0
TEXT_WIDTH = 482.0


def numbers(commands: str) -> list[float]:
    return [float(each) for each in re.findall(r"-?[0-9.]+", commands)]


def view_of(svg: Any) -> tuple[float, float]:
    left, top, width, height = numbers(svg.get("viewBox"))
    assert (left, top) == (0, 0)
    return width, height


@pytest.mark.parametrize("share", ["0", "0.5", "1", "1.2"])
def test_a_bar_is_filled_to_its_share(share: str) -> None:
    bar = Bar(Decimal(share))
    bullet = lay_bar(bar, WIDTH, DEFAULT_THEME.bar)
    svg = draw_bar(bar, WIDTH, DEFAULT_THEME)
    assert view_of(svg) == pytest.approx((bullet.width, bullet.height), abs=0.01)
    filled = [each for each in svg if each.get("fill")]
    assert len(filled) == (bullet.filled > 0)
    for each in filled:
        assert numbers(each.get("d"))[2] == pytest.approx(bullet.filled, abs=0.01)
    (frame,) = [each for each in svg if each.get("stroke")]
    assert numbers(frame.get("d"))[2] == pytest.approx(bullet.length, abs=0.01)


def test_a_bars_tick_and_arrow_stand_where_they_are_laid() -> None:
    bar = Bar(Decimal(2), tick=Decimal("0.5"), clipped=Clip.BEYOND)
    bullet = lay_bar(bar, WIDTH, DEFAULT_THEME.bar)
    assert bullet.tick is not None
    *_, arrow, around, tick = draw_bar(bar, WIDTH, DEFAULT_THEME)
    half = DEFAULT_THEME.bar.tick / 2
    assert numbers(tick.get("d"))[0] == pytest.approx(bullet.tick - half, abs=0.01)
    assert (around.get("fill"), tick.get("fill")) == ("#FFFFFF", "#000000")
    xs = numbers(arrow.get("d"))[::2]
    assert xs == pytest.approx([spot.x for spot in bullet.arrow], abs=0.01)


def test_a_sparkline_rises_to_the_top() -> None:
    block = Sparkline((Decimal(1), None, Decimal(2), Decimal(3)), limit=Decimal(3))
    spark = lay_spark(block, WIDTH, DEFAULT_THEME.spark)
    limit, line, *dots = draw_spark(block, WIDTH, DEFAULT_THEME)
    assert limit.get("stroke-dasharray") == "2 1.4"
    assert spark.limit is not None
    assert numbers(limit.get("d"))[1] == pytest.approx(spark.height - spark.limit, abs=0.01)
    (laid,) = spark.lines
    expected = [part for spot in laid for part in (spot.x, spark.height - spot.y)]
    assert numbers(line.get("d")) == pytest.approx(expected, abs=0.01)
    assert len(dots) == len(spark.dots) == 2  # the year alone between gaps, and the last


def drawn(chart: Any, columns: int = 1) -> Any:
    figure = Figure(chart, describe_chart(chart))
    return draw_figures(FigureGrid((figure,), columns), DEFAULT_THEME, TEXT_WIDTH, Names())


@pytest.mark.parametrize("chart", [*LINE_CHARTS.values(), BARS], ids=[*LINE_CHARTS, "bars"])
def test_a_chart_shows_all_that_is_drawn_of_it(chart: Any) -> None:
    (svg,) = drawn(chart).iter("svg")
    recording = draw_chart(chart, view_of(svg))
    texts = [each for each in recording.drawn if isinstance(each, DrawnText)]
    paths = [each for each in recording.drawn if isinstance(each, DrawnPath)]
    assert [each.text for each in svg.iter("text")] == [each.text for each in texts]
    assert len(list(svg.iter("path"))) == len(paths)
    for element, text in zip(svg.iter("text"), texts, strict=True):
        # as wide in any font as the layout knows it
        width = text_width(text.text, text.size, bold=text.bold)
        assert float(element.get("textLength")) == pytest.approx(width, abs=0.01)
        assert float(element.get("y")) == pytest.approx(
            recording.size[1] - text.baseline, abs=0.011
        )
    height = recording.size[1]
    for element, path in zip(svg.iter("path"), paths, strict=True):
        values = [
            height - value if at % 2 else value
            for _, step in path.steps
            for at, value in enumerate(step)
        ]
        assert numbers(element.get("d")) == pytest.approx(values, abs=0.011)


def test_a_chart_is_told_of_and_a_wide_one_is_scrolled() -> None:
    chart = next(iter(LINE_CHARTS.values()))
    (narrow,) = drawn(chart, columns=3).iter("svg")
    (wide,) = drawn(chart).iter("svg")
    for svg in (narrow, wide):
        assert (svg.get("role"), svg.get("aria-label")) == ("img", describe_chart(chart))
    assert narrow.getparent().get("class") == "charts"
    assert wide.getparent().get("class") == "scrolled"


def test_equal_charts_are_drawn_once() -> None:
    """What is shown while the inputs change draws what has changed."""
    draw_chart.cache_clear()
    chart = next(iter(LINE_CHARTS.values()))
    drawn(chart)
    drawn(chart)
    assert draw_chart.cache_info().misses == 1
    drawn(BARS)
    assert draw_chart.cache_info().misses == 2
