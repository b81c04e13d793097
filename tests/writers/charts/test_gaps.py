"""What a rate lacks to its target is seen on its axis; one that is met hides nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.writers.charts.scales import Scale, choose_scale


def scale_of(values: str, gap: str | None, *, unit: str = "％", is_count: bool = False) -> Scale:
    found = [Decimal(value) for value in values.split()]
    return choose_scale(
        found, is_count=is_count, unit=unit, gap=None if gap is None else Decimal(gap)
    )


@pytest.mark.parametrize(
    ("values", "gap", "labels"),
    [
        ("97.2 98.6 99.6 100", "0.4", "96 97 98 99 100"),
        ("99.2 99.6 99.96 100", "0.04", "99.2 99.4 99.6 99.8 100.0"),
        ("99.9 99.96 100", "0.04", "99.6 99.7 99.8 99.9 100.0"),
        # a gap of some points is seen as it is
        ("90 92 95 100", "5", "90 95 100"),
        # nothing is lacking: no finer than without
        ("97.2 98.6 100", None, "90 95 100"),
        ("97.2 98.6 100", "0", "90 95 100"),
    ],
)
def test_what_a_rate_lacks_is_seen(values: str, gap: str | None, labels: str) -> None:
    scale = scale_of(values, gap)
    assert " ".join(scale.labels) == labels


def test_counts_are_no_finer_for_a_gap() -> None:
    values = "6402 6500 6501"
    with_gap, without = (scale_of(values, gap, unit="件", is_count=True) for gap in ("1", None))
    assert with_gap == without


_RATES = st.decimals(80, 100, places=2)


@given(st.lists(_RATES, min_size=1, max_size=5), st.decimals(80, 100, places=1))
def test_a_cut_axis_shows_a_tenth_of_itself_for_the_gap(
    values: list[Decimal], target: Decimal
) -> None:
    gap = target - values[-1]
    if gap <= 0:
        return
    scale = choose_scale([*values, target], is_count=False, unit="％", gap=gap)
    spread = max(*values, target) - min(*values, target)
    assert scale.low <= min(*values, target) <= max(*values, target) <= scale.high <= 100
    if scale.is_cut and spread * 10 <= gap * 100:
        assert gap * 30 >= scale.high - scale.low
