"""Axes: whole numbers for counts, zero where it misleads to cut, few ticks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.writers.charts.scales import choose_scale


def scale_of(values: str, *, is_count: bool = True, unit: str = ""):
    return choose_scale([Decimal(value) for value in values.split()], is_count=is_count, unit=unit)


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ("13 20 35", "0 10 20 30 40"),
        ("6 7 8", "0 2 4 6 8"),
        ("1", "0 1"),
        ("0", "0 1"),
        ("3 100", "0 25 50 75 100"),
        ("342 457", "0 200 400 600"),
        ("980500 1300000", "0 50万 100万 150万"),
        ("-120 55", "−200 −100 0 100"),
        ("-120 -60", "−150 −100 −50 0"),
    ],
)
def test_counts_start_at_zero(values, labels):
    scale = scale_of(values)
    assert not scale.is_cut
    assert " ".join(scale.labels) == labels


@pytest.mark.parametrize(
    ("values", "is_count", "unit", "labels"),
    [
        ("6402 6402 6500 6610", True, "件", "6,000 6,250 6,500 6,750 7,000"),
        ("1147154 1160020", True, "人", "105万 110万 115万 120万 125万"),
        ("99.9 99.8 100", False, "％", "90 95 100"),  # not 99.8–100: that is too near
        ("80.4 78.0 81.1", False, "％", "75 80 85"),
        ("62.1 63.0 64.2", False, "％", "55 60 65 70"),
    ],
)
def test_what_would_look_alike_is_cut(values, is_count, unit, labels):
    scale = scale_of(values, is_count=is_count, unit=unit)
    assert scale.is_cut
    assert " ".join(scale.labels) == labels


def test_small_shares_have_the_decimals_they_need():
    scale = scale_of("0.02 0.05", is_count=False, unit="％")
    assert scale.labels == ("0", "0.02", "0.04", "0.06")


def test_both_sides_of_zero_need_two_intervals():
    scale = choose_scale([Decimal(-1), Decimal(1)], is_count=True, intervals=1)
    assert scale.labels == ("−1", "0", "1")


@pytest.mark.parametrize("values", ["5 5 5", "0 0", "100 100"])
def test_equal_values_are_not_cut(values):
    assert not scale_of(values).is_cut
    assert not scale_of(values, is_count=False, unit="％").is_cut


@given(
    st.lists(st.integers(-10_000_000, 10_000_000).map(Decimal), min_size=1, max_size=7),
    st.integers(2, 6),
)
def test_count_ticks_are_whole_few_and_even(values, intervals):
    scale = choose_scale(values, is_count=True, intervals=intervals)
    assert all(tick == tick.to_integral_value() for tick in scale.ticks)
    assert 2 <= len(scale.ticks) <= intervals + 1
    assert len({b - a for a, b in zip(scale.ticks, scale.ticks[1:], strict=False)}) == 1
    assert scale.low <= min(values) <= max(values) <= scale.high
    assert scale.is_cut or scale.low <= 0 <= scale.high
    assert len(set(scale.labels)) == len(scale.ticks)


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=7))
def test_percentages_stay_within_0_and_100(values):
    scale = choose_scale(values, is_count=False, unit="％")
    assert 0 <= scale.low <= min(values)
    assert max(values) <= scale.high <= 100
    assert len(set(scale.labels)) == len(scale.ticks)
