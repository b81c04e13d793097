"""Fiscal years and eras agree with ICU on every day, and are read in any spelling."""

from __future__ import annotations

import datetime as dt
import doctest
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icu4py.messageformat import MessageFormat

from kpireport.domain import years
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.years import (
    ERAS,
    FiscalYear,
    Period,
    axis_label,
    era_of,
    era_on,
    format_date,
    format_fiscal_year,
    format_fiscal_year_end,
    parse_date,
    parse_fiscal_year,
    parse_period,
)

FIRST_DAY = dt.date(1868, 10, 23)
LAST_DAY = dt.date(2100, 12, 31)
FISCAL_YEARS = range(1868, 2101)


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield dt.date.fromordinal(ordinal)


@cache
def icu_dates() -> dict[dt.date, str]:
    """Every day until the end of fiscal 2100 as ICU writes it: 令和元年5月1日."""
    message = MessageFormat("{d,date,long}", "ja_JP@calendar=japanese")
    noon = dt.time(12)  # far from midnight in any time zone that ICU may assume
    return {
        day: message.format({"d": dt.datetime.combine(day, noon)})
        for day in days(FIRST_DAY, FiscalYear(2100).last_day)
    }


# --- against ICU -----------------------------------------------------------------


def test_every_day_has_the_date_that_icu_writes():
    wrong = [
        (day, icu)
        for day, icu in icu_dates().items()
        if day <= LAST_DAY and format_date(day, NumeralStyle.HALF) != icu
    ]
    assert len(icu_dates()) > 84_000
    assert wrong == []


def test_every_fiscal_year_has_the_era_that_icu_gives_most_of_its_days():
    icu = icu_dates()
    for year in FISCAL_YEARS:
        fiscal_year = FiscalYear(year)
        eras = Counter(
            icu[day][:2] for day in days(fiscal_year.first_day, fiscal_year.last_day) if day in icu
        )
        ((most_days, _),) = eras.most_common(1)
        assert era_of(fiscal_year).name == most_days, year


def test_the_day_before_the_first_era_is_refused_with_the_range():
    assert era_on(FIRST_DAY).name == "明治"
    with pytest.raises(ValueError, match="明治（1868-10-23 から）より前"):
        era_on(FIRST_DAY - dt.timedelta(days=1))
    with pytest.raises(ValueError, match="明治以後の日付を指定"):
        format_fiscal_year(FiscalYear(1867))


# --- fiscal years ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "year"),
    [("2019-03-31", 2018), ("2019-04-01", 2019), ("2019-12-31", 2019), ("2020-03-31", 2019)],
)
def test_a_fiscal_year_begins_on_the_first_of_april(day, year):
    assert FiscalYear.of(dt.date.fromisoformat(day)) == FiscalYear(year)


def test_a_fiscal_year_ends_on_the_last_of_march():
    assert FiscalYear(2019).first_day == dt.date(2019, 4, 1)
    assert FiscalYear(2019).last_day == dt.date(2020, 3, 31)


def test_fiscal_years_are_ordered_by_time():
    assert sorted([FiscalYear(2021), FiscalYear(2018)]) == [FiscalYear(2018), FiscalYear(2021)]


# --- writing ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "name", "label"),
    [
        (1868, "明治元年度", "M1"),
        (1911, "明治44年度", "M44"),
        (1912, "大正元年度", "T1"),  # the era began in July
        (1926, "大正15年度", "T15"),  # 昭和 began in December
        (1927, "昭和２年度", "S2"),
        (1988, "昭和63年度", "S63"),  # 平成 began in January
        (1989, "平成元年度", "H1"),
        (2018, "平成30年度", "H30"),
        (2019, "令和元年度", "R1"),  # the whole year, though it began in 平成31年
        (2020, "令和２年度", "R2"),
        (2021, "令和３年度", "R3"),
        (2028, "令和10年度", "R10"),
    ],
)
def test_a_fiscal_year_is_named_by_the_era_of_most_of_its_days(year, name, label):
    assert format_fiscal_year(FiscalYear(year)) == name
    assert axis_label(FiscalYear(year)) == label


def test_the_end_of_a_fiscal_year_is_written():
    assert format_fiscal_year_end(FiscalYear(2021)) == "令和３年度末"
    assert format_fiscal_year_end(FiscalYear(2021), NumeralStyle.HALF) == "令和3年度末"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("1912-07-29", "明治45年７月29日"),
        ("1912-07-30", "大正元年７月30日"),
        ("1926-12-24", "大正15年12月24日"),
        ("1926-12-25", "昭和元年12月25日"),
        ("1989-01-07", "昭和64年１月７日"),
        ("1989-01-08", "平成元年１月８日"),
        ("2019-04-30", "平成31年４月30日"),
        ("2019-05-01", "令和元年５月１日"),
        ("2020-01-01", "令和２年１月１日"),
        ("2028-10-10", "令和10年10月10日"),
    ],
)
def test_a_date_has_the_era_of_its_day(day, written):
    assert format_date(dt.date.fromisoformat(day)) == written


# --- reading: fiscal years -------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和３年度", 2021),
        ("令和3年度", 2021),
        ("令和 ３ 年度", 2021),
        ("令和３年度末", 2021),
        ("令3年度", 2021),
        ("令3", 2021),
        ("R3", 2021),
        ("r3", 2021),
        ("Ｒ３年度", 2021),
        ("R03", 2021),
        ("㋿3年度", 2021),
        ("2021年度", 2021),
        ("２０２１年度", 2021),
        ("2021", 2021),
        ("令和元年度", 2019),
        ("令和1年度", 2019),
        ("R元年度", 2019),
        ("平成31年度", 2019),
        ("H31", 2019),
        ("Ｈ３１", 2019),
        ("平成33年度", 2021),
        ("平成72年度", 2060),
        ("昭和63年度", 1988),
        ("昭和64年度", 1989),
        ("平成元年度", 1989),
        ("大正15年度", 1926),
        ("昭和元年度", 1926),
        ("明治45年度", 1912),
        ("大正元年度", 1912),
        ("平成33年度（2021年度）", 2021),
        ("令和３（2021）年度", 2021),
        ("2021年度（令和３年度）", 2021),
        ("平成31（令和元）年度", 2019),
        ("昭和70年度（1995年度）", 1995),
    ],
)
def test_a_fiscal_year_is_read(text, year):
    assert parse_fiscal_year(text) == FiscalYear(year)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "年度として読めません"),
        ("来年度", "年度として読めません"),
        ("３年度", "年度として読めません"),
        ("21年度", "年度として読めません"),
        ("12021年度", "年度として読めません"),
        ("令和100年度", "年度として読めません"),
        ("令和３年度予算", "年度として読めません"),
        ("2021-09-30", "年度として読めません"),
        ("令和３年", "年度なら「令和3年度」、暦年の終わりなら「令和3年12月末」"),
        ("2021年", "年度なら「2021年度」"),
        ("令和0年度", "「元年」と書いてください"),
        ("昭和65年度", "昭和64年より後"),
        ("昭和70年度", "1995年のことなら「1995」と西暦で書き"),
        ("大正16年度", "大正15年より後"),
        ("平成73年度", "平成72年より後"),
        ("令和３年度（2022年度）", "食い違っています（2021年と2022年）"),
        ("1867年度", "1868年から9998年まで"),
        ("9999年度", "1868年から9998年まで"),
    ],
)
def test_what_is_no_fiscal_year_is_refused_with_what_to_write(text, message):
    with pytest.raises(ValueError, match=message) as refusal:
        parse_fiscal_year(text)
    assert f"「{text}」" in str(refusal.value)


@given(st.sampled_from(FISCAL_YEARS), st.sampled_from(NumeralStyle))
def test_a_written_fiscal_year_is_read_as_itself(year, style):
    fiscal_year = FiscalYear(year)
    assert parse_fiscal_year(format_fiscal_year(fiscal_year, style)) == fiscal_year
    assert parse_fiscal_year(axis_label(fiscal_year)) == fiscal_year
    assert parse_date(format_fiscal_year_end(fiscal_year, style)) == fiscal_year.last_day


# --- reading: days and periods ---------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年５月１日", "2019-05-01"),
        ("平成31年４月30日", "2019-04-30"),
        ("H31年4月1日現在", "2019-04-01"),
        ("H31.4.1", "2019-04-01"),
        ("R元.5.1", "2019-05-01"),
        ("平31/4/1", "2019-04-01"),
        ("2021-09-30", "2021-09-30"),
        ("2021/9/30", "2021-09-30"),
        ("２０２１／９／３０", "2021-09-30"),
        ("2021年９月30日 時点", "2021-09-30"),
        ("平成30年９月末", "2018-09-30"),
        ("平成30年９月末日", "2018-09-30"),
        ("平成33年９月末", "2021-09-30"),
        ("令和３年９月末", "2021-09-30"),
        ("令和２年２月末", "2020-02-29"),
        ("令和３年２月末現在", "2021-02-28"),
        ("平成30年度末", "2019-03-31"),
        ("平成31年５月１日", "2019-05-01"),  # past the era's end
        ("令和元年４月１日", "2019-04-01"),  # before its beginning
        ("昭和64年３月31日", "1989-03-31"),
        ("令和元年（2019年）７月１日", "2019-07-01"),
    ],
)
def test_a_day_is_read(text, day):
    assert parse_date(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "first_day", "last_day"),
    [
        ("令和4年度", "2022-04-01", "2023-03-31"),
        ("令和4年度中", "2022-04-01", "2023-03-31"),
        ("平成30年度実績", "2018-04-01", "2019-03-31"),
        ("平成30年度調査", "2018-04-01", "2019-03-31"),
        ("令和４年度まで", "2022-04-01", "2023-03-31"),
        ("平成30年度末", "2019-03-31", "2019-03-31"),
        ("平成30年９月", "2018-09-01", "2018-09-30"),
        ("令和元年４月", "2019-04-01", "2019-04-30"),
        ("令和元年（2019年）7月", "2019-07-01", "2019-07-31"),
        ("平成30年９月末", "2018-09-30", "2018-09-30"),
    ],
)
def test_a_period_is_read_with_its_first_and_last_day(text, first_day, last_day):
    expected = Period(dt.date.fromisoformat(first_day), dt.date.fromisoformat(last_day))
    assert parse_period(text) == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [("令和4年度", 2022), ("平成33年９月末", 2021), ("平成31年３月", 2018), ("平成30年度末", 2018)],
)
def test_a_period_lies_in_one_fiscal_year(text, year):
    assert parse_period(text).year(is_calendar=False) == FiscalYear(year)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "時点として読めません"),
        ("９月末", "時点として読めません"),
        ("30年９月末", "時点として読めません"),
        ("2021/9-30", "時点として読めません"),
        ("2021/9", "時点として読めません"),
        ("20210930", "時点として読めません"),
        ("定員14,760人", "時点として読めません"),
        ("令和３年", "年度なのか暦年なのか"),
        ("R3", "年度なのか暦年なのか"),
        ("2021", "年度なのか暦年なのか"),
        ("平成30年２月30日", "暦にありません"),
        ("令和３年２月29日", "暦にありません"),
        ("令和３年13月末", "暦にありません"),
        ("令和３年０月", "暦にありません"),
        ("昭和70年９月末", "昭和64年より後"),
        ("令和元年（2020年）７月", "食い違っています"),
    ],
)
def test_what_is_no_single_time_is_refused_with_what_to_write(text, message):
    with pytest.raises(ValueError, match=message):
        parse_period(text)


@pytest.mark.parametrize("text", ["令和４年度", "平成30年９月"])
def test_a_period_of_many_days_is_no_date(text):
    with pytest.raises(ValueError, match="日まで書いてください"):
        parse_date(text)


@given(st.dates(FIRST_DAY, LAST_DAY), st.sampled_from(NumeralStyle))
def test_a_written_date_is_read_as_itself(day, style):
    assert parse_date(format_date(day, style)) == day
    assert parse_date(day.isoformat()) == day


@given(st.text(alphabet="令和平成昭HR元0123456789０９年月日度末/-.（）() 現在", max_size=16))
def test_any_text_is_read_or_refused_with_itself_quoted(text):
    outcome = period_or_refusal(text)
    if isinstance(outcome, str):
        assert f"「{text}」" in outcome
    else:
        assert outcome.first_day <= outcome.last_day
        assert FiscalYear.of(outcome.first_day) == FiscalYear.of(outcome.last_day)


def period_or_refusal(text: str) -> Period | str:
    try:
        return parse_period(text)
    except ValueError as refusal:
        return str(refusal)


def test_the_era_table_is_in_order_and_without_clashing_spellings():
    assert [era.first_day for era in ERAS] == sorted(era.first_day for era in ERAS)
    assert len({era.letter for era in ERAS}) == len({era.name[0] for era in ERAS}) == len(ERAS)


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(years).failed == 0
