"""What a number's format shows of it: the value that is read is the one that a person saw."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kpireport.sources.cell_numbers import read_number
from kpireport.sources.cells import CalendarDay, Number, Unusable, text_of
from kpireport.sources.number_formats import number_format
from kpireport.sources.workbook_parts import EPOCH_1900


def shown(code: str, raw: str) -> str:
    """What a reader makes of the number ``raw`` in a cell of that format."""
    content = read_number(raw, number_format(200, code), EPOCH_1900)
    return "?" if isinstance(content, Unusable) else text_of(content)


@pytest.mark.parametrize(
    ("code", "raw", "text"),
    [
        ('"▲ "#,##0', "90", "−90"),
        ('"△"0.0', "1.4", "−1.4"),
        ("-0", "90", "−90"),
        ("#,##0;▲#,##0", "-90", "−90"),
        ('#,##0;"△ "#,##0', "-1234", "−1,234"),
        ("#,##0;▲#,##0", "90", "90"),
        ("#,##0_);(#,##0)", "-90", "−90"),
        ("+0;-0;0", "3", "3"),
        ("+0;-0;0", "-3", "−3"),
        ("#,##0", "-90", "−90"),
        ('"約"0"か所"', "6", "約6か所"),
        ('"約"0%', "0.6", "約60％"),
        ('0"校"', "8", "8校"),
        ("0校", "8", "8校"),
        ("[$¥-411]#,##0", "1450", "1,450円"),
        ('"¥"#,##0;"¥"-#,##0', "-1450", "−1,450円"),
        ('[h]"時間"', "2", "48時間"),
        ('[m]"分"', "0.0625", "90分"),
        ("[<=1]0.0%;0", "0.992", "99.2％"),
        ("[<=1]0.0%;0", "12", "12"),
        ("0.0%", "1.05", "105.0％"),
        ('0.0"%"', "99.2", "99.2%"),
        ("[Red]0.0", "1.5", "1.5"),
        ("0_ ", "5", "5"),
    ],
)
def test_the_number_that_is_seen_is_read(code: str, raw: str, text: str):
    assert shown(code, raw) == text


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("#,##0;[Red]#,##0", "-90"),  # a red 90: is it more or less?
        ("0;0", "-90"),
        ('0;-0;"―"', "0"),
        (";;;", "5"),
        ('"非公表"', "5"),
        ('0"年"0', "36"),
        ("[h]:mm", "2"),
        ('[h]"時間"', "1.9999"),
        ("h:mm", "0.5"),
        ("#,##0,", "1450000"),
        ('#,##0,"千円"', "1450000"),
        ('"▲ "#,##0', "-90"),
    ],
)
def test_what_is_seen_and_what_is_held_may_not_differ(code: str, raw: str):
    assert shown(code, raw) == "?"


def test_the_format_is_named_where_it_keeps_a_number_from_being_read():
    content = read_number("-90", number_format(200, "0;0"), EPOCH_1900)
    assert isinstance(content, Unusable)
    assert "「0;0」" in content.what


@pytest.mark.parametrize("code", ["yyyy/m/d", '[$-411]ggge"年"m"月"d"日"', "m月d日"])
def test_days(code: str):
    content = read_number("43586", number_format(200, code), EPOCH_1900)
    assert content == CalendarDay(dt.date(2019, 5, 1))


def test_the_percentage_keeps_its_decimals():
    content = read_number("0.9994", number_format(200, "0.0%"), EPOCH_1900)
    assert content == Number(Decimal("99.94"), is_percentage=True, decimals=1)
