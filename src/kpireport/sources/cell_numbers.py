"""A number in a workbook's cell, as its format shows it to a person.

Comes in: the digits that are stored, the cell's number format. Goes out: a number or a day;
where what is shown differs from what is stored, and nobody can tell which was meant, what
is wrong and how to mend it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kpireport.messages import quoted
from kpireport.sources.cells import CalendarDay, Content, Number, Unusable
from kpireport.sources.number_formats import NumberFormat, Section, Shown
from kpireport.sources.workbook_parts import EPOCH_1900


def read_number(raw: str, number_format: NumberFormat, epoch: dt.date) -> Content:
    """Return what a person sees of the number ``raw``; days count from ``epoch``."""
    value = _decimal(raw)
    if value is None:
        return Unusable(f"{quoted(raw)}は数として読めません。", "書き直してください。")
    section = number_format.of(value)
    if section.shown in {Shown.DAY, Shown.MONTH}:
        return _day(value, epoch, shows_day=section.shown is Shown.DAY)
    return _number_shown(value, section, number_format.code)


def _day(value: Decimal, epoch: dt.date, *, shows_day: bool) -> Content:
    days = int(value)
    if epoch == EPOCH_1900 and days < 60:
        days += 1  # Excel counts a 29 February 1900, which there was not
    try:
        return CalendarDay(epoch + dt.timedelta(days=days), shows_day)
    except OverflowError:
        return Unusable("日付として読めない数です。", "日付を書き直してください。")


def _number_shown(value: Decimal, section: Section, code: str) -> Content:
    """The number as its format shows it."""
    match section.shown:
        case Shown.TIME:
            return A_TIME
        case Shown.SCALED:
            return Unusable(
                "表示形式が千や百万を単位にしていて、見える数と入っている数が違います。",
                "セルの表示形式を「標準」にし、数を確かめてください。",
            )
        case Shown.PERCENTAGE:
            value = _plain(value.scaleb(2))
        case Shown.ELAPSED:
            value = _plain(value * section.per_day)
    shows_whole = section.shown is Shown.ELAPSED and value != value.to_integral_value()
    if section.shown is Shown.UNCLEAR or shows_whole or not _is_shown_sign(value, section.sign):
        return _unclear(code)
    return Number(
        abs(value).copy_negate() if section.sign < 0 else value,
        is_percentage=section.shown is Shown.PERCENTAGE,
        decimals=section.decimals,
        prefix=section.prefix,
        suffix=section.suffix,
        is_grouped=section.is_grouped,
    )


A_TIME = Unusable(
    "時刻になっています。", "セルの表示形式を「標準」にし、数と単位を打ち直してください。"
)
"""What Excel makes of 1:18 that somebody typed."""

REFORMATTED = Unusable(
    "条件付き書式が表示形式を変えるので、見える数と入っている数が違うことがあります。",
    "条件付き書式を消し、数と単位を打ち直してください。",
)
"""A number that a conditional format may show as another (18.3.1.10)."""


def _is_shown_sign(value: Decimal, sign: int) -> bool:
    """Whether a person sees of a negative number that it is one."""
    return value >= 0 or sign < 0


def _unclear(code: str) -> Unusable:
    return Unusable(
        f"表示形式{quoted(code)}のため、見える文字と入っている数が違います。",
        "セルの表示形式を「標準」にし、数と単位を打ち直してください。",
    )


def read_iso_day(raw: str) -> Content:
    """Return the day of a cell that says it as ISO 8601 does (18.18.11, ``d``)."""
    try:
        return CalendarDay(dt.date.fromisoformat(raw[:10]))
    except ValueError:
        return Unusable(f"{quoted(raw)}は日付として読めません。", "書き直してください。")


def _decimal(raw: str) -> Decimal | None:
    """The number with the 15 digits that Excel works with: 0.1+0.2 is 0.3."""
    try:
        number = float(raw)
    except ValueError:
        return None
    value = Decimal(format(number, ".15g"))
    # a number beyond any count would be written with all its noughts
    return _plain(value) if value.is_finite() and abs(value.adjusted()) < 30 else None


def _plain(value: Decimal) -> Decimal:
    """The value without exponent and without noughts at its end."""
    return Decimal(f"{value.normalize():f}")
