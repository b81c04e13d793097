"""What a reader in grey makes of a line chart: whose a value is, on which side it stands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kpireport.document.charts import LimitKind, LineChart
from kpireport.writers.charts.line_labels import place_line_labels
from kpireport.writers.charts.plots import lay_plot
from kpireport.writers.charts.scales import choose_scale
from tests.writers.charts.samples import SMALL, line_chart

NARROW = (120.0, 108.0)


def with_aims(chart: LineChart, aims: str) -> LineChart:
    found = (None if each == "―" else Decimal(each) for each in aims.split())
    return replace(chart, aims=tuple(found))


PARKS = with_aims(line_chart("6 7 8 8 9 11", "15", unit="か所"), "― ― ― ― ― 10")
TEETH = with_aims(
    line_chart("76.2 77.0 78.9 80.3 82.6 84.1", "88", unit="％", is_count=False), "― ― ― ― ― 82"
)
PLANS = with_aims(line_chart("12.5 15.8 27.2 41.6", "60", unit="％", is_count=False), "― 20 30 40")


@pytest.mark.parametrize("chart", [PARKS, TEETH, PLANS])
def test_no_aim_hides_a_value_or_passes_for_its_own(chart: LineChart) -> None:
    plot = lay_plot(chart, SMALL)
    labels = place_line_labels(plot)
    assert len(labels.points) == len(chart.points)
    for aim in plot.aim_markers:
        assert not any(aim.overlaps(marker) for marker in plot.markers)
        assert aim.right <= plot.frame.right
        for label in labels.points:
            assert not aim.overlaps(label.box)
            assert label.leader is None or not aim.overlaps(label.leader)


@pytest.mark.parametrize(
    ("values", "limit", "unit"),
    [("118 142 176", "210", "件"), ("12.5 15.8 27.2", "60", "％"), ("842 611 1133", "1800", "人")],
)
def test_what_misses_the_target_stands_below_its_line(values: str, limit: str, unit: str) -> None:
    plot = lay_plot(line_chart(values, limit, unit=unit, is_count=False), SMALL)
    line = plot.limit_steps[0].start.y
    labels = place_line_labels(plot).points
    assert len(labels) == len(values.split())
    assert all(each.box.top < line for each in labels)


def test_a_value_does_not_read_on_from_the_unit() -> None:
    chart = line_chart("4.9 4.6 4.1 3.7 3.2 2.4", unit="％", is_count=False)
    plot = lay_plot(chart, SMALL)
    for label in place_line_labels(plot).points:
        is_beside = label.box.bottom < plot.unit_box.top and plot.unit_box.bottom < label.box.top
        assert not is_beside or label.box.left - plot.unit_box.right >= 3


@pytest.mark.parametrize("word", ["調査なし", "未報告"])
@pytest.mark.parametrize(("limit", "kind"), [("75", LimitKind.AT_LEAST), ("45", LimitKind.AT_MOST)])
def test_a_year_without_a_survey_says_so(word: str, limit: str, kind: LimitKind) -> None:
    chart = line_chart(f"52 {word} 51 {word} 48", limit, kind, unit="％", is_count=False)
    plot = lay_plot(chart, NARROW)
    upwards = [text for text, _ in plot.gaps]
    middle = len(upwards) // 2
    assert "".join(reversed(upwards[:middle])) == "".join(reversed(upwards[middle:])) == word
    assert middle > 1  # there is no room for one line
    pitch = plot.frame.width / 5
    for _, box in plot.gaps:
        assert box.width <= pitch
        assert not any(box.overlaps(barrier) for barrier in plot.barriers)


@pytest.mark.parametrize(
    ("seen", "target", "labels"),
    [
        ("6300 6850 6720 6600 6950", "8000", "6,000 7,000 8,000"),
        ("62 63 64", "100", "60 80 100"),
        # the target is too far: cutting would gain little
        ("6300 6850 6720", "14000", None),
        # they are told from each other as they are
        ("6300 7850 7720", "9000", None),
        ("6300 6300 6300", "8000", None),
    ],
)
def test_years_that_would_lie_flat_are_cut(seen: str, target: str, labels: str | None) -> None:
    years = [Decimal(each) for each in seen.split()]
    scale = choose_scale([*years, Decimal(target)], is_count=True, intervals=2, seen=years)
    assert scale.is_cut is (labels is not None)
    assert labels is None or " ".join(scale.labels) == labels
