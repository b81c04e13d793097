"""達成率, 進捗率 and 年度の目安 are exact, and absent where they would say nothing."""

from __future__ import annotations

import doctest
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.domain.years import FiscalYear
from kpireport.evaluation import rates
from kpireport.evaluation.rates import achievement_rate, expected_progress, progress_rate

NUMBERS = st.decimals(-(10**9), 10**9, places=2)


def ratio(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


@pytest.mark.parametrize(
    ("actual", "target", "upward", "downward"),
    [
        # actual, target: 実績÷目標値, 目標値÷実績
        ("20", "35", "20/35", "35/20"),
        ("35", "35", "1", "1"),
        ("40", "35", "40/35", "35/40"),
        ("0", "35", "0", None),  # 35÷0
        ("21.9", "22.0", "219/220", "220/219"),
        ("5", "0", None, "0"),  # 5÷0
        ("0", "0", "1", "1"),  # none asked, none there
        ("-5", "35", "-1/7", None),
        ("-5", "-10", None, None),  # twice as bad is not 200 ％
        ("-10", "-10", "1", "1"),
        ("5", "-10", None, None),
    ],
)
def test_achievement_rate(actual, target, upward, downward):
    assert achievement_rate(Decimal(actual), Decimal(target), upward=True) == ratio(upward)
    assert achievement_rate(Decimal(actual), Decimal(target), upward=False) == ratio(downward)


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "rate"),
    [
        ("13", "35", "20", "7/22"),
        ("13", "35", "13", "0"),
        ("13", "35", "12", "-1/22"),
        ("13", "35", "35", "1"),
        ("13", "35", "36", "23/22"),
        ("50", "30", "40", "1/2"),  # downward
        ("50", "30", "55", "-1/4"),
        ("99.9", "100", "99.95", "1/2"),  # no binary fractions
        ("-10", "10", "0", "1/2"),
        ("35", "35", "40", None),
    ],
)
def test_progress_rate(baseline, target, actual, rate):
    assert progress_rate(Decimal(actual), Decimal(baseline), Decimal(target)) == ratio(rate)


@pytest.mark.parametrize(
    ("year", "due", "expected"),
    [
        (2017, 2021, "0"),
        (2018, 2021, "0"),
        (2019, 2021, "1/3"),
        (2020, 2021, "2/3"),
        (2021, 2021, "1"),
        (2022, 2021, "1"),
        (2019, 2022, "1/4"),
        (2018, 2018, "1"),  # due at once
        (2017, 2018, "0"),
        (2018, 2016, "1"),  # due before the plan
    ],
)
def test_expected_progress(year, due, expected):
    found = expected_progress(FiscalYear(year), FiscalYear(2018), FiscalYear(due))
    assert found == Fraction(expected)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_rates_are_at_1_just_where_the_target_is(actual, baseline, target):
    progress = progress_rate(actual, baseline, target)
    assert (progress == 1) == (actual == target != baseline)
    for upward in (True, False):
        assert (achievement_rate(actual, target, upward=upward) == 1) == (actual == target)


@given(NUMBERS, NUMBERS, NUMBERS, st.integers(1, 1000))
def test_rates_do_not_depend_on_the_scale(actual, baseline, target, scale):
    scaled = [value * scale for value in (actual, baseline, target)]
    assert progress_rate(*scaled) == progress_rate(actual, baseline, target)
    for upward in (True, False):
        assert achievement_rate(scaled[0], scaled[2], upward=upward) == achievement_rate(
            actual, target, upward=upward
        )


def test_the_examples_in_docstrings():
    assert doctest.testmod(rates).failed == 0
