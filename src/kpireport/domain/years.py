"""Fiscal years (年度), eras (元号) and dates as Japanese public documents write them.

Comes in: dates and fiscal years, or text in any spelling that departments use
(``平成30年９月末``, ``H31年4月1日現在``, ``2021/9/30``, ``令3``). Goes out: the same
as values, and as text for the document (``令和元年５月１日``, ``令和３年度末``, ``R1``).

Days are those of the proleptic Gregorian calendar, as ICU's Japanese calendar has
them; before 1873, when Japan still had a lunisolar calendar, this is a convention.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from kpireport.domain.numerals import NumeralStyle, fold_width, write_numerals
from kpireport.quickly import quickly_made


@dataclass(frozen=True, slots=True)
class Era:
    """元号: its name, its letter in labels, and the first day that bears its name.

    ``last_number`` is the highest year of the era that is read from input without a
    Western year beside it; ``None`` means no limit. It lies past the era's end where
    documents drawn up before the change, and still in use, count on (平成33年).
    """

    name: str
    letter: str
    first_day: dt.date
    last_number: int | None

    def western_year(self, number: int) -> int:
        """The Western year of the era's year ``number`` (1 is 元年)."""
        return self.first_day.year + number - 1

    def number(self, western_year: int) -> int:
        """The era's number of a Western year (1 is 元年)."""
        return western_year - self.first_day.year + 1


# Earliest first; a new era is one more row. First days are those of ICU and CLDR:
# 明治 from the day of its proclamation, which the law later moved back to January 1868.
# Plans of the 平成 years reach to 平成72年 (2060, the horizon of the local population
# visions of 2015). No plan drawn up in 昭和 or before is still running: a number past
# those eras' ends is a slip of the pen.
ERAS = (
    Era("明治", "M", dt.date(1868, 10, 23), last_number=45),
    Era("大正", "T", dt.date(1912, 7, 30), last_number=15),
    Era("昭和", "S", dt.date(1926, 12, 25), last_number=64),
    Era("平成", "H", dt.date(1989, 1, 8), last_number=72),
    Era("令和", "R", dt.date(2019, 5, 1), last_number=None),
)


@quickly_made
@dataclass(frozen=True, order=True, slots=True)
class FiscalYear:
    """年度: from 1 April of ``year`` to 31 March of the next year.

    Attributes:
        year: the Western year.
        is_calendar: whether it is one of a plan of calendar years (暦年), from 1 January
            to 31 December. No plan has both kinds: it tells no two years apart.
    """

    year: int
    is_calendar: bool = field(default=False, compare=False, repr=False)

    @classmethod
    def of(cls, day: dt.date) -> FiscalYear:
        """The fiscal year that ``day`` belongs to."""
        return cls(day.year if day.month >= 4 else day.year - 1)

    @property
    def word(self) -> str:
        """What such a year is called: 年度, or 年."""
        return "年" if self.is_calendar else "年度"

    @property
    def first_day(self) -> dt.date:
        """1 April; 1 January of a calendar year."""
        return dt.date(self.year, 1 if self.is_calendar else 4, 1)

    @property
    def last_day(self) -> dt.date:
        """31 March of the next calendar year; 31 December of a calendar year."""
        if self.is_calendar:
            return dt.date(self.year, 12, 31)
        return dt.date(self.year + 1, 3, 31)

    @property
    def previous(self) -> FiscalYear:
        """The fiscal year before (前年度)."""
        return FiscalYear(self.year - 1, self.is_calendar)

    @property
    def next(self) -> FiscalYear:
        """The fiscal year after (翌年度)."""
        return FiscalYear(self.year + 1, self.is_calendar)

    @property
    def of_calendar(self) -> FiscalYear:
        """The calendar year of the same number (暦年)."""
        return self if self.is_calendar else FiscalYear(self.year, is_calendar=True)

    def of_kind(self, other: FiscalYear) -> FiscalYear:
        """The year of the same number, of the kind that another is of."""
        return FiscalYear(self.year, other.is_calendar)


@dataclass(frozen=True, slots=True)
class Period:
    """時点・期間: the days that a written time stands for, both ends included.

    A day and an end of month or fiscal year (``９月末``) are one day; ``９月`` is a
    month, ``令和４年度`` a fiscal year. No period crosses a fiscal year's end.
    """

    first_day: dt.date
    last_day: dt.date

    @classmethod
    def on(cls, day: dt.date) -> Period:
        """Return a single day as a period."""
        return cls(day, day)

    def year(self, *, is_calendar: bool) -> FiscalYear:
        """The fiscal year, or the calendar year, that the period ends in."""
        if is_calendar:
            return FiscalYear(self.last_day.year, is_calendar=True)
        return FiscalYear.of(self.last_day)


def era_on(day: dt.date) -> Era:
    """The era in force on ``day``.

    Raises:
        ValueError: ``day`` is before the first era of :data:`ERAS`.
    """
    for era in reversed(ERAS):
        if era.first_day <= day:
            return era
    first = ERAS[0]
    raise ValueError(
        f"{day.isoformat()} は{first.name}（{first.first_day.isoformat()} から）より前なので、"
        f"元号で書けません。{first.name}以後の日付を指定してください。"
    )


def era_of(fiscal_year: FiscalYear, on: dt.date | None = None) -> Era:
    """The era that names a fiscal year: the one that most of its days belong to.

    On a day before that era began nobody could name it: a document of 2017 calls 2022
    平成34年度. ``on`` is the document's day, ``None`` for one after all eras' beginnings.

    So a change of era early in a fiscal year renames the whole of it, a late one
    does not, as the government did each time: 2019 is 令和元年度 (the era began in
    May), 1988 昭和63年度 (in January), 1926 大正15年度 (in December). 1868 is
    明治元年度, for want of an earlier era.

    Raises:
        ValueError: the fiscal year is before 1868.
    """
    # An era has most of the days just when it is in force on the last day of the
    # first half: 183 days of the year pass by the end of September, 182 or 183 remain.
    half_year = dt.date(fiscal_year.year, 9, 30)
    if fiscal_year.year == ERAS[0].first_day.year:
        half_year = max(half_year, ERAS[0].first_day)
    return era_on(half_year if on is None else min(half_year, on))


# --- writing ---------------------------------------------------------------------


def format_date(day: dt.date, style: NumeralStyle = NumeralStyle.MIXED) -> str:
    """Write a day in the era of that day: ``令和元年５月１日``, ``平成31年４月30日``.

    Raises:
        ValueError: the day is before 明治.
    """
    year = _era_year(era_on(day), day.year)
    return write_numerals(f"{year}年{day.month}月{day.day}日", style)


_WEEKDAYS = "月火水木金土日"


def format_date_and_weekday(day: dt.date, style: NumeralStyle = NumeralStyle.MIXED) -> str:
    """Write a day as :func:`format_date` does, with its weekday: ``令和元年５月１日（水）``.

    Raises:
        ValueError: the day is before 明治.
    """
    return f"{format_date(day, style)}（{_WEEKDAYS[day.weekday()]}）"


def format_fiscal_year(
    fiscal_year: FiscalYear,
    style: NumeralStyle = NumeralStyle.MIXED,
    on: dt.date | None = None,
) -> str:
    """Write a fiscal year in its era (see :func:`era_of`): ``平成30年度``, ``令和元年度``.

    A calendar year is written ``平成30年``, and one with a change of era as its last days
    are named: 2019 is 令和元年.

    Raises:
        ValueError: the fiscal year is before 1868.
    """
    return _in_its_era(fiscal_year.year, fiscal_year.is_calendar, style, on)


@lru_cache(1024)  # every row names years
def _in_its_era(year: int, is_calendar: bool, style: NumeralStyle, on: dt.date | None) -> str:  # noqa: FBT001 -- no two years of one number are the same here
    fiscal_year = FiscalYear(year, is_calendar)
    return write_numerals(f"{_era_year(era_of(fiscal_year, on), year)}{fiscal_year.word}", style)


def format_fiscal_year_end(
    fiscal_year: FiscalYear, style: NumeralStyle = NumeralStyle.MIXED
) -> str:
    """Write the end of a fiscal year: ``令和３年度末``.

    Raises:
        ValueError: the fiscal year is before 1868.
    """
    return f"{format_fiscal_year(fiscal_year, style)}末"


def axis_label(fiscal_year: FiscalYear, on: dt.date | None = None) -> str:
    """The short label of a fiscal year in charts, half-width: ``H30``, ``R1``.

    Raises:
        ValueError: the fiscal year is before 1868.
    """
    era = era_of(fiscal_year, on)
    return f"{era.letter}{era.number(fiscal_year.year)}"


def _era_year(era: Era, western_year: int) -> str:
    number = era.number(western_year)
    return f"{era.name}{'元' if number == 1 else number}"


# --- reading ---------------------------------------------------------------------

_ERA_OF_SPELLING = {
    spelling: era
    for era in ERAS
    for spelling in (era.name, era.name[0], era.letter, era.letter.lower())
}
_SPELLINGS = "|".join(sorted(_ERA_OF_SPELLING, key=len, reverse=True))
_YEAR = rf"(?:(?P<era>{_SPELLINGS})(?P<number>元|[0-9]{{1,2}})|(?P<western>[0-9]{{4}}))"
_MONTH = r"(?P<month>[0-9]{1,2})"
_DAY = r"(?P<day>[0-9]{1,2})"
# Words after a time that say what it is for, and change nothing about it.
_PURPOSE = r"(?:現在|時点|実績|調査|まで)?"

_WRITTEN_DAY = re.compile(rf"{_YEAR}年{_MONTH}月{_DAY}日{_PURPOSE}")
_NUMERIC_DAY = re.compile(rf"{_YEAR}(?P<separator>[-/.]){_MONTH}(?P=separator){_DAY}{_PURPOSE}")
_MONTH_END = re.compile(rf"{_YEAR}年{_MONTH}月末日?{_PURPOSE}")
_WHOLE_MONTH = re.compile(rf"{_YEAR}年{_MONTH}月中?{_PURPOSE}")
_FISCAL_YEAR_END = re.compile(rf"{_YEAR}年度末{_PURPOSE}")
_WHOLE_FISCAL_YEAR = re.compile(rf"{_YEAR}年度[中内]?{_PURPOSE}")
_FISCAL_YEAR_LABEL = re.compile(_YEAR)
_CALENDAR_YEAR = re.compile(rf"{_YEAR}年?[中内末]?{_PURPOSE}")

# The last year whose fiscal year ends within what dates can express.
_LAST_YEAR = dt.MAXYEAR - 1

# ５月10日（金）, 2024/5/10(金): the weekday says nothing more.
_WEEKDAY = re.compile(r"(?<=[日0-9])\([月火水木金土日](?:曜日?)?\)")

# 令和元年（2019年）７月, 平成33年度（2021年度）, 令和３（2021）年度: the year said twice.
_YEAR_BESIDE = re.compile(rf"\({_YEAR}年?度?\)")


def parse_date(text: str) -> dt.date:
    """Read one day, in any spelling of :func:`parse_period` that means a single day.

    >>> parse_date("平成33年９月末")
    datetime.date(2021, 9, 30)

    Raises:
        ValueError: the text is not a day, with words for staff.
    """
    period = parse_period(text)
    if period.first_day != period.last_day:
        raise ValueError(
            f"「{text}」は日まで決まりません。「令和元年５月１日」か「2019-05-01」のように、"
            "日まで書いてください。"
        )
    return period.last_day


def parse_fiscal_year(text: str) -> FiscalYear:
    """Read a fiscal year: ``令和３年度``, ``令和３年度末``, ``H30``, ``令3``, ``2021``.

    An era may be used past its end, and both of ``平成31年度`` and ``令和元年度`` are
    2019. ``令和３年`` is refused: a calendar year is not a fiscal year.

    Raises:
        ValueError: the text is not a fiscal year, with words for staff.
    """
    plain, beside = _take_year_beside(text)
    for form in (_WHOLE_FISCAL_YEAR, _FISCAL_YEAR_END, _FISCAL_YEAR_LABEL):
        if match := form.fullmatch(plain):
            return FiscalYear(_western_year(match, beside, text))
    _refuse_calendar_year(plain, text)
    raise ValueError(
        f"「{text}」は年度として読めません。「令和３年度」か「2021年度」のように書いてください。"
    )


def parse_year_like(text: str, other: FiscalYear) -> FiscalYear:
    """Read a year of the kind that another is of; ``令和３年`` is one of a calendar year.

    Raises:
        ValueError: the text is not such a year, with words for staff.
    """
    if other.is_calendar:
        plain, beside = _take_year_beside(text)
        if match := _CALENDAR_YEAR.fullmatch(plain):
            return FiscalYear(_western_year(match, beside, text)).of_calendar
    return parse_fiscal_year(text).of_kind(other)


def parse_period(text: str) -> Period:
    """Read a point in time or a period: a day, a month (or its end), a fiscal year.

    Read are full- and half-width digits, 元, abbreviated eras (``H31``, ``令3``),
    Western years, ``2021-09-30``, ``2021/9/30``, ``H30.9.30``, spaces, a year said
    twice (``令和元年（2019年）７月``) and words such as 現在 and 時点 after it.

    An era's year counts from its first calendar year, before the era's first day
    and after its last (``令和元年４月`` can only be April 2019, ``平成33年９月末`` only
    30 September 2021), up to the era's ``last_number``.

    >>> parse_period("H31年4月1日現在").last_day
    datetime.date(2019, 4, 1)
    >>> parse_period("令和4年度").year(is_calendar=False)
    FiscalYear(year=2022)

    Raises:
        ValueError: the text is none of these, or no day of the calendar, or can mean
            more than one time, with words for staff.
    """
    plain, beside = _take_year_beside(text)
    for form, days in _PERIOD_FORMS:
        if match := form.fullmatch(plain):
            year = _western_year(match, beside, text)
            try:
                return days(match, year)
            except ValueError:
                raise ValueError(
                    f"「{text}」は暦にありません。年月日を確かめて書き直してください。"
                ) from None
    _refuse_calendar_year(plain, text)
    raise ValueError(
        f"「{text}」は時点として読めません。「令和３年９月30日」「令和３年９月末」「令和３年度末」"
        "「2021-09-30」のように書いてください。"
    )


def _single_day(match: re.Match[str], year: int) -> Period:
    day = dt.date(year, int(match["month"]), int(match["day"]))
    return Period(day, day)


def _whole_month(match: re.Match[str], year: int) -> Period:
    first_day = dt.date(year, int(match["month"]), 1)
    length = calendar.monthrange(year, first_day.month)[1]
    return Period(first_day, first_day.replace(day=length))


def _month_end(match: re.Match[str], year: int) -> Period:
    last_day = _whole_month(match, year).last_day
    return Period(last_day, last_day)


def _whole_fiscal_year(_match: re.Match[str], year: int) -> Period:
    fiscal_year = FiscalYear(year)
    return Period(fiscal_year.first_day, fiscal_year.last_day)


def _fiscal_year_end(_match: re.Match[str], year: int) -> Period:
    last_day = FiscalYear(year).last_day
    return Period(last_day, last_day)


_PERIOD_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], Period]], ...] = (
    (_WRITTEN_DAY, _single_day),
    (_NUMERIC_DAY, _single_day),
    (_MONTH_END, _month_end),
    (_WHOLE_MONTH, _whole_month),
    (_FISCAL_YEAR_END, _fiscal_year_end),
    (_WHOLE_FISCAL_YEAR, _whole_fiscal_year),
)


def _take_year_beside(text: str) -> tuple[str, int | None]:
    """Fold the text; take out a year in brackets, and return its Western year too."""
    plain = _WEEKDAY.sub("", "".join(fold_width(text).split()))
    match = _YEAR_BESIDE.search(plain)
    if match is None or match.start() == 0:
        return plain, None
    return plain[: match.start()] + plain[match.end() :], _unchecked_western_year(match)


def _western_year(match: re.Match[str], beside: int | None, text: str) -> int:
    """The Western year of a match of ``_YEAR``, checked against the year beside it.

    Raises:
        ValueError: the two years differ, there is no such year, or the era had long
            ended and no second year says that it is meant.
    """
    year = _unchecked_western_year(match)
    if match["number"] is not None and match["number"].strip("0") == "":
        raise ValueError(f"「{text}」の０年はありません。最初の年は「元年」と書いてください。")
    if beside is not None and beside != year:
        raise ValueError(
            f"「{text}」の２つの年が食い違っています（{year}年と{beside}年）。正しいほうに直してください。"
        )
    if beside is None:
        _refuse_beyond_era(match, year, text)
    if not ERAS[0].first_day.year <= year <= _LAST_YEAR:
        raise ValueError(
            f"「{text}」の{year}年は扱えません。{ERAS[0].first_day.year}年から{_LAST_YEAR}年までの"
            "年を書いてください。"
        )
    return year


def _unchecked_western_year(match: re.Match[str]) -> int:
    if match["western"] is not None:
        return int(match["western"])
    number = 1 if match["number"] == "元" else int(match["number"])
    return _ERA_OF_SPELLING[match["era"]].western_year(number)


def _refuse_beyond_era(match: re.Match[str], year: int, text: str) -> None:
    if match["era"] is None:
        return
    era = _ERA_OF_SPELLING[match["era"]]
    if era.last_number is not None and era.number(year) > era.last_number:
        raise ValueError(
            f"「{text}」は{era.name}{era.last_number}年より後なので、{era.name}の誤りかもしれません。"
            f"{year}年のことなら「{year}」と西暦で書き、そうでなければ元号を直してください。"
        )


def _refuse_calendar_year(plain: str, text: str) -> None:
    if _CALENDAR_YEAR.fullmatch(plain):
        year, _, _ = plain.partition("年")
        raise ValueError(
            f"「{text}」は年度なのか暦年なのか決まりません。年度なら「{year}年度」、"
            f"暦年の終わりなら「{year}年12月末」と書いてください。"
        )
