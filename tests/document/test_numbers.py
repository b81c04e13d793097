"""Numbers look in the document as the rules say."""

from __future__ import annotations

import doctest
from decimal import ROUND_DOWN, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.document import numbers
from kpireport.document.numbers import (
    format_number,
    format_percentage,
    format_quantity,
    format_rate,
)
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.values import Quantity, parse_value


@pytest.mark.parametrize(
    ("value", "mixed", "half"),
    [
        ("0", "０", "0"),
        ("6", "６", "6"),
        ("16", "16", "16"),
        ("999", "999", "999"),
        ("1000", "1,000", "1,000"),
        ("1147154", "1,147,154", "1,147,154"),
        ("99.9", "99.9", "99.9"),
        ("99.90", "99.90", "99.90"),
        ("0.5", "0.5", "0.5"),
        ("1234.5", "1,234.5", "1,234.5"),
        ("-5", "−5", "−5"),
        ("-0", "０", "0"),
        ("1E+3", "1,000", "1,000"),
        ("12345678901234567890123456789012.5",)
        + ("12,345,678,901,234,567,890,123,456,789,012.5",) * 2,
    ],
)
def test_a_number_is_grouped_and_exact(value, mixed, half):
    assert format_number(Decimal(value)) == mixed
    assert format_number(Decimal(value), NumeralStyle.HALF) == half


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity(Decimal(6), "か所"), "６か所"),
        (Quantity(Decimal(16), "園"), "16園"),
        (Quantity(Decimal("99.9"), "％"), "99.9％"),
        (Quantity(Decimal(1648), "人", prefix="年間"), "年間1,648人"),
        (Quantity(Decimal(8300), "人", approximate=True), "約8,300人"),
        (Quantity(Decimal(60), "％", approximate=True), "約60％"),
        (Quantity(Decimal(281), "床", prefix="人口10万人あたり"), "人口10万人あたり281床"),
        (Quantity(Decimal(2), "か所", prefix="1人あたり"), "１人あたり２か所"),
    ],
)
def test_a_quantity_is_written_with_all_it_carries(quantity, text):
    assert format_quantity(quantity) == text


@given(
    st.decimals(-(10**12), 10**12, places=2),
    st.sampled_from(["か所", "人", "％", "床", ""]),
    st.sampled_from(["", "年間", "定員", "人口10万人あたり"]),
    st.booleans(),
    st.sampled_from(NumeralStyle),
)
def test_a_written_quantity_is_read_as_itself(value, unit, prefix, approximate, style):
    quantity = Quantity(value, unit, prefix, approximate)
    assert parse_value(format_quantity(quantity, style)).quantities == (quantity,)


@pytest.mark.parametrize(
    ("percentage", "text"),
    [
        ("66.64", "66.6％"),
        ("66.65", "66.7％"),
        ("66.75", "66.8％"),
        ("5", "5.0％"),
        ("0", "0.0％"),
        ("-0.04", "0.0％"),
        ("-0.05", "−0.1％"),
        ("99.96", "100.0％"),
        ("1234.56", "1,234.6％"),
    ],
)
def test_a_percentage_has_one_decimal_rounded_half_up(percentage, text):
    assert format_percentage(Decimal(percentage)) == text


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        ("0.875", "87.5％"),
        ("0.99949", "99.9％"),
        ("0.9995", "99.9％"),
        ("0.99999999", "99.9％"),
        ("1", "100.0％"),
        ("1.0004", "100.0％"),
        ("1.0005", "100.1％"),
        ("-0.25", "−25.0％"),
        ("2.5", "250.0％"),
        ("0", "0.0％"),
    ],
)
def test_a_rate_is_a_percentage_that_is_full_only_when_the_target_is_reached(rate, text):
    assert format_rate(Decimal(rate)) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        ("7", "22", "31.8％"),
        ("21.9", "22.0", "99.5％"),
        ("190", "200", "95.0％"),
        ("3", "8", "37.5％"),
    ],
)
def test_the_worked_rates_of_the_rules_come_out(numerator, denominator, text):
    assert format_rate(Decimal(numerator) / Decimal(denominator)) == text


@given(st.decimals(-100, 100, allow_nan=False, places=8))
def test_no_rate_below_one_displays_as_full(rate):
    displayed = Decimal(format_rate(rate).removesuffix("％").replace("−", "-").replace(",", ""))
    assert (displayed < 100) == (rate < 1)


def test_the_ambient_decimal_context_changes_nothing():
    with localcontext(prec=3, rounding=ROUND_DOWN):
        assert format_number(Decimal("1234567.5")) == "1,234,567.5"
        assert format_rate(Decimal("0.66666")) == "66.7％"


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(numbers).failed == 0
