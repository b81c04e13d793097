"""The year in words, moved on: ``令和３年度実績`` as ``令和４年度実績``, ``review-2021`` likewise.

Comes in: a text of last year's settings. Goes out: the same text for another year. Only
the report's own fiscal year and the calendar year after it (in which it is printed) move;
a plan of 平成31年 stays one.
"""

from __future__ import annotations

import re

from kpireport.domain.numerals import fold_width
from kpireport.domain.years import ERAS, FiscalYear, era_of, parse_fiscal_year

_DIGIT = "[0-9０-９]"
_NAMES = "|".join(era.name for era in ERAS)
_LETTERS = "".join(era.letter for era in ERAS)
_YEAR = re.compile(
    rf"(?P<name>{_NAMES})(?P<number>元|{_DIGIT}{{1,2}})(?=年)"
    rf"|(?<![A-Za-z])(?P<letter>[{_LETTERS}])(?P<short>{_DIGIT}{{1,2}})(?![0-9０-９A-Za-z])"
    rf"|(?<![0-9０-９.,])(?P<western>(?:19|20|１９|２０){_DIGIT}{{2}})(?![0-9０-９]|[.,]{_DIGIT})"
)
_TO_WIDE = {ord("0") + digit: ord("０") + digit for digit in range(10)}


def move_years(text: str, old: FiscalYear, new: FiscalYear) -> str:
    """Return ``text`` with the year ``old``, and the calendar year after it, moved to ``new``.

    >>> move_years("令和３年度実績（令和４年９月、2022年）", FiscalYear(2021), FiscalYear(2022))
    '令和４年度実績（令和５年９月、2023年）'
    """
    by = new.year - old.year
    moving = {old.year, old.year + 1}

    def moved(match: re.Match[str]) -> str:
        year = _western(match)
        return _written(match, year + by) if year in moving else match[0]

    return _YEAR.sub(moved, text)


def _western(match: re.Match[str]) -> int | None:
    if match["western"]:
        return int(match["western"])
    try:
        return parse_fiscal_year(fold_width(match[0])).year
    except ValueError:
        return None


def _written(match: re.Match[str], year: int) -> str:
    """The year in the form and width that was written."""
    if match["western"]:
        return _as_wide_as(match["western"], str(year))
    era = era_of(FiscalYear(year))
    number = str(era.number(year))
    if match["letter"]:
        return f"{era.letter}{_as_wide_as(match['short'], number)}"
    if number == "1":
        return f"{era.name}元"
    return f"{era.name}{_as_documents_do(match['number'], number)}"


def _as_wide_as(old: str, new: str) -> str:
    return new if old.isascii() else new.translate(_TO_WIDE)


def _as_documents_do(old: str, new: str) -> str:
    """One digit wide and two narrow, unless the old number was written otherwise."""
    if len(old) == 2 and not old.isascii():
        return new.translate(_TO_WIDE)
    is_narrow = len(old) == 1 and old.isascii()
    return new if is_narrow or len(new) == 2 else new.translate(_TO_WIDE)
