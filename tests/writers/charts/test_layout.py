"""What a chart's texts may never do: overlap, leave the chart, be small, be lost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font, LoadFlags

from kpireport.document.charts import (
    BarSeries,
    ChartLimit,
    ChartPoint,
    LimitKind,
    LineChart,
    StackedBarChart,
)
from kpireport.writers.charts import bars_height, draw_chart, draw_line_chart, draw_stacked_bars
from kpireport.writers.charts.bar_plots import bar_parts, lay_single_panel
from kpireport.writers.charts.boxes import Box, Segment, Spot, hatching
from kpireport.writers.charts.drawing import DrawnText, Recording
from kpireport.writers.charts.line_labels import place_line_labels
from kpireport.writers.charts.plots import lay_plot
from kpireport.writers.charts.texts import text_width
from kpireport.writers.fonts import load_font
from kpireport.writers.theme import Typeface
from tests.writers.charts.samples import (
    BARS,
    BARS_SIZE,
    LINE_CHARTS,
    SHARES,
    SMALL,
    WIDE,
    line_chart,
)

DPI = 300
CASES = pytest.mark.parametrize("chart", LINE_CHARTS.values(), ids=LINE_CHARTS.keys())
SIZES = pytest.mark.parametrize("size", [SMALL, WIDE, (82 * 72 / 25.4, 45 * 72 / 25.4)])


def extents(recording: Recording) -> list[tuple[DrawnText, Box]]:
    """Return where FreeType puts the chart's texts, measured at a print's resolution."""
    found = []
    for each in recording.drawn:
        if isinstance(each, DrawnText) and each.text:
            font = FT2Font(load_font(Typeface.GOTHIC, bold=each.bold).face.filename)
            font.set_size(each.size, DPI)
            font.set_text(each.text, flags=LoadFlags.NO_HINTING)
            width, height = (side / 64 * 72 / DPI for side in font.get_width_height())
            bottom = each.baseline - font.get_descent() / 64 * 72 / DPI
            found.append((each, Box(each.x, bottom, each.x + width, bottom + height)))
    return found


def assert_legible(recording: Recording, size: tuple[float, float]) -> None:
    boxes = extents(recording)
    page = Box(0, 0, *size).grown(0.5)
    for text, box in boxes:
        assert text.size >= 8, text
        assert page.contains(box), (text, box)
    for (text, box), (other, other_box) in combinations(boxes, 2):
        assert not box.grown(-0.2).overlaps(other_box), (text, box, other, other_box)


def assert_labels_are_free(chart: LineChart, size: tuple[float, float]) -> None:
    plot = lay_plot(chart, size)
    labels = place_line_labels(plot)
    for label in (each for each in (*labels.points, *labels.earlier, labels.limit) if each):
        assert not any(label.box.crosses(segment) for segment in plot.line), label
        assert not any(label.box.overlaps(marker) for marker in plot.markers), label
        assert not any(label.box.crosses(line) for line in plot.limit_segments), label
        assert not any(label.box.overlaps(band) for band in plot.limit_bands), label
        assert not any(label.box.overlaps(aim) for aim in plot.aim_markers), label


@CASES
@SIZES
def test_texts_of_a_line_chart_never_overlap(chart, size):
    assert_legible(draw_line_chart(chart, size), size)
    assert_labels_are_free(chart, size)


@CASES
@SIZES
def test_every_value_and_the_limit_are_told(chart, size):
    shown = {text.text for text, _ in extents(draw_line_chart(chart, size))}
    for point in chart.points:
        assert {point.text, point.text.removesuffix(chart.unit), "―"} & shown
    assert {point.label for point in chart.points} <= shown
    if chart.limit is not None:
        assert chart.limit.label in shown


@CASES
def test_widths_are_the_fonts_own(chart):
    for text, box in extents(draw_line_chart(chart, SMALL)):
        width = text_width(text.text, text.size, bold=text.bold)
        assert box.width == pytest.approx(width, abs=0.7)


def test_values_keep_their_unit_where_there_is_room():
    shown = {text.text for text, _ in extents(draw_line_chart(line_chart("13 20"), SMALL))}
    assert {"13校", "20校", "（校）"} <= shown


numbers = st.one_of(
    st.decimals(-50, 200, places=1),
    st.integers(0, 40).map(Decimal),
    st.integers(1_000_000, 9_999_999).map(Decimal),
    st.integers(1_147_000, 1_148_000).map(Decimal),
)


@st.composite
def line_charts(draw: st.DrawFn) -> LineChart:
    unit = draw(st.sampled_from(["％", "人", "か所", "", "人（10万人あたり）"]))
    values = draw(st.lists(numbers | st.none(), min_size=1, max_size=6).filter(any_number))
    points = tuple(
        ChartPoint(f"R{number}", value, "未報告" if value is None else f"{value:,}{unit}")
        for number, value in enumerate(values)
    )
    kind = draw(st.sampled_from(LimitKind))
    value = draw(numbers)
    limit = draw(st.sampled_from([None, ChartLimit(value, f"目標 {value:,}{unit}", kind)]))
    is_count = all(each is None or each == int(each) for each in values)
    title = draw(st.sampled_from(["", "指標", "外遊びの事業(おひさまぴよぴよ)の増設と運営" * 3]))
    return LineChart(title, unit, points, limit, is_count)


def any_number(values: list[Decimal | None]) -> bool:
    return any(value is not None for value in values)


@settings(deadline=None, max_examples=60)
@given(line_charts(), st.sampled_from([SMALL, WIDE]))
def test_random_line_charts_are_legible(chart, size):
    assert_legible(draw_line_chart(chart, size), size)
    assert_labels_are_free(chart, size)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.lists(st.integers(0, 120), min_size=4, max_size=4), min_size=1, max_size=8),
    st.integers(1, 4),
)
def test_random_bars_are_legible(counts, bars):
    series = tuple(
        BarSeries(f"◎ 評価{number}", tuple(row[:bars])) for number, row in enumerate(counts)
    )
    chart = StackedBarChart("評価別", "指標", ("基本目標" * 5, "Ⅱ", "Ⅲ", "全体")[:bars], series)
    assert_legible(draw_stacked_bars(chart, BARS_SIZE), BARS_SIZE)


def test_bars_name_marks_goals_and_counts():
    drawn = draw_stacked_bars(BARS, BARS_SIZE)
    assert_legible(drawn, BARS_SIZE)
    shown = [text.text for text, _ in extents(drawn)]
    assert {series.label for series in BARS.series} <= set(shown)
    assert set(BARS.bars) <= set(shown)
    assert shown.count("12") == 1  # the count in the bar of all goals
    assert "0" in shown
    assert all("." not in text for text in shown)


@pytest.mark.parametrize("width", [240.0, 480.0])
def test_bars_are_legible_in_their_natural_height(width):
    size = (width, bars_height(BARS, width))
    drawn = draw_stacked_bars(BARS, size)
    assert_legible(drawn, size)
    assert 100 < size[1] < 200


def test_the_sum_of_the_other_bars_has_an_axis_of_its_own():
    joint = replace(BARS, series=(BarSeries("◎ 達成", (5, 3, 4, 13)), *BARS.series[1:]))
    zeros = [
        sum(text.text == "0" for text, _ in extents(draw_chart(chart, BARS_SIZE)))
        for chart in (BARS, joint)
    ]
    assert zeros == [2, 1]


def test_bars_of_shares_are_equally_long_and_their_parts_say_their_counts():
    panel = lay_single_panel(SHARES, 480, 100)
    for bar in range(3):
        parts = list(bar_parts(SHARES, panel, bar, 50))
        assert (parts[0][2].left, parts[-1][2].right) == (panel.box.left, panel.box.right)
        counts = [count for _, count, _ in parts]
        assert counts == [series.counts[bar] for series in SHARES.series]
        widths = [box.width / panel.box.width for _, _, box in parts]
        assert widths == pytest.approx([count / sum(counts) for count in counts])
    assert panel.scale.labels == ("0", "20", "40", "60", "80", "100")


@pytest.mark.parametrize("width", [200.0, 240.0, 480.0, 700.0])
def test_remarks_stand_at_the_ends_of_the_bars(width):
    size = (width, bars_height(SHARES, width))
    drawn = draw_stacked_bars(SHARES, size)
    assert_legible(drawn, size)
    found = {text.text: box for text, box in extents(drawn)}
    end = found["100"]
    remarks = [box for text, box in found.items() if text.startswith("達成 ")]
    assert len(remarks) == 3
    assert all(box.left > (end.left + end.right) / 2 for box in remarks)
    plain = extents(draw_stacked_bars(replace(SHARES, remarks=()), size))
    assert not [text for text, _ in plain if text.text.startswith("達成 ")]


def test_a_bar_of_shares_without_any_is_empty():
    none = replace(SHARES, series=tuple(replace(s, counts=(0, 1, 2)) for s in SHARES.series))
    assert not list(bar_parts(none, lay_single_panel(none, 480, 100), 0, 50))
    assert_legible(draw_stacked_bars(none, BARS_SIZE), BARS_SIZE)


def test_a_bar_that_sums_up_the_others_shares_their_axis():
    """Its whole is as long as theirs."""
    summed = replace(BARS, are_shares=True)
    texts = [text.text for text, _ in extents(draw_chart(summed, BARS_SIZE))]
    assert texts.count("0") == 1


def test_a_chart_without_content_is_refused():
    with pytest.raises(ValueError, match="needs a number"):
        draw_line_chart(line_chart("― 未報告"), SMALL)
    with pytest.raises(ValueError, match="needs a bar"):
        draw_stacked_bars(StackedBarChart("評価別", "", (), ()), BARS_SIZE)


def test_hatching_ends_at_the_edges():
    box = Box(3, 1, 20, 6)
    for is_rising in (True, False):
        lines = list(hatching(box, 2.5, rising=is_rising))
        assert len(lines) >= 8
        for line in lines:
            assert all(box.grown(1e-9).contains(Box(*spot, *spot)) for spot in line)
            assert (line.end.y - line.start.y) * (line.end.x - line.start.x) * (
                1 if is_rising else -1
            ) > 0


def test_a_line_crosses_a_box_only_inside():
    box = Box(0, 0, 10, 10)
    assert box.crosses(Segment(Spot(-5, 5), Spot(15, 5)))
    assert box.crosses(Segment(Spot(5, 5), Spot(6, 6)))
    assert not box.crosses(Segment(Spot(-5, 10), Spot(15, 10)))  # along the edge
    assert not box.crosses(Segment(Spot(-5, 8), Spot(3, 16)))
    assert not box.crosses(Segment(Spot(11, 0), Spot(20, 10)))
