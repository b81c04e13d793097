"""Surveys that are not held every year (隔年の調査), and the words that say so.

Comes in: the years that the plan names, or what a department wrote instead of a value. A
year without a survey (調査のない年度) is a state of its own: nothing is missing, and nothing
is none yet. Words count only where they can mean nothing else: a survey that was put off
(延期), or whose figures are still being counted (集計中), is not reported.
"""

from __future__ import annotations

import re

from kpireport.domain.numerals import fold_width
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass

NO_SURVEY = "調査なし"
"""What stands in the place of a value in a year without a survey."""


@dataclass(frozen=True, slots=True)
class Survey:
    """In which fiscal years a measure is surveyed (調査を行う年度).

    Either ``years`` names them all, or one is held in ``first`` and ``every`` so many years.
    """

    years: tuple[FiscalYear, ...] = ()
    first: FiscalYear | None = None
    every: int = 1

    def is_held_in(self, year: FiscalYear) -> bool:
        """Whether there is a survey in a fiscal year."""
        if self.first is None:
            return year in self.years
        return year >= self.first and (year.year - self.first.year) % self.every == 0


_LONGEST = 80  # a longer text has more to say
_YEAR = "年度?"
_SURVEY = "(?:調査|アンケート)"
_STEM = f"{_SURVEY}[のはをがも、]?(?:実施|対象)?[のはをがも]?"
_NOT_DONE = (
    "(?:しない|せず|しません|しなかった|していない|しておらず|していません|されない|されていない"
    "|行わない|行わず|行いません|行わなかった|行っていない|行っておらず|行っていません|未実施|非実施)"
)
_NOT_SUCH = "(?:[でに]?は?(?:な[いしく]|ありません|あたら|当たら|該当し)|外|以外)"
_CYCLE = f"(?:隔年|[2-9二三四五六][かヶカケ箇]?{_YEAR}(?:に(?:1|一)[度回]|ごと|毎|おき|周期))"
_NUMBERED_YEAR = f"(?:(?:令和|平成|[RrHh])(?:[0-9]+|元)(?:{_YEAR})?|[0-9]{{4}}{_YEAR})"
_THIS_YEAR = f"(?:[今本]{_YEAR}|当該?年度|{_NUMBERED_YEAR})"
# That a survey was not held says nothing of the reason, unless it says that so it is this year.
_NO_SURVEY = re.compile(
    "|".join(
        (
            _CYCLE,
            f"{_STEM}(?:なし|無し|ない|ありません)",
            f"{_STEM}(?:する|しない|行う|行わない)?{_YEAR}{_NOT_SUCH}",
            f"{_STEM}(?:しない|行わない|非実施|ない){_YEAR}",
            f"非{_SURVEY}(?:実施)?{_YEAR}",
            f"{_SURVEY}対象外",
            f"{_THIS_YEAR}.*{_STEM}{_NOT_DONE}",
            f"{_STEM}{_THIS_YEAR}[はのに]?(?:実施)?{_NOT_DONE}",
            f"次回の?{_SURVEY}?(?:予定)?[は:、]?{_NUMBERED_YEAR}",
        )
    )
)
# Whoever says one of these speaks of a survey that was to be held, or of something else.
_OTHERWISE = re.compile(
    "延期|中止|中断|見送|遅れ|集計|集約|回収|精査|確認中|調査中|実施中|未着|未了|未公表|公表(?:待|前|され)"
    "|結果待|検討|調整中|感染|コロナ|災害|廃止|終了|開催|大会|忘れ|漏れ|もれ"
)
_NOTHING_HERE = {"なし", "無し", "未実施", "実施なし", "実施せず", "対象外", "該当なし", "非該当"}
_DASHES = re.compile("[-‐‑‒–—―─━−ー]+")


def says_no_survey(text: str) -> bool:
    """Whether a text says that there is no survey in its year, and nothing else.

    >>> says_no_survey("住民意識調査は隔年のため（次回は令和６年度）。")
    True
    >>> says_no_survey("調査を延期したため"), says_no_survey("隔年調査の集計中")
    (False, False)
    """
    plain = _plain(text)
    return (
        len(plain) <= _LONGEST
        and _OTHERWISE.search(plain) is None
        and ("次回" not in plain[:2] or re.search(_SURVEY, plain) is not None)
        and _NO_SURVEY.search(plain) is not None
    )


def says_nothing_here(text: str) -> bool:
    """Whether a text says no more than that there is nothing: ``―``, ``未実施``, ``対象外``."""
    plain = _plain(text)
    return plain in _NOTHING_HERE or _DASHES.fullmatch(plain) is not None


def _plain(text: str) -> str:
    return "".join(fold_width(text).split())
