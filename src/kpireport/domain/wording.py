"""What a plan calls its parts and its years: sentences of ours use its words, not another plan's.

Comes in: a plan. Goes out: its words, and our sentences in them. Sentences are written with
the usual words (戦略計画, 現状値, 前年度); what stands in 「」 is quoted, and stays. Sentences
are put into a plan's words where they are made, before anything that people wrote stands in
them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Self

from kpireport.domain.catalogue import Catalogue, Labels
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.years import FiscalYear, axis_label, format_fiscal_year
from kpireport.quickly import dataclass

_REMARK = re.compile(r"(?<=.)（[^（）]*）$")  # 重要業績評価指標（ＫＰＩ）
_NAME_OF = re.compile(r"(?<=.)(?:の?名称?)$")  # 施策名, as a header says it
_OF_VALUES = re.compile(r"(?:[値量額率数]|目標|現状|基準|水準)$")
_YEAR_ALONE = re.compile(
    r"[（(]?(?:明治|大正|昭和|平成|令和|[MTSHRＭＴＳＨＲ]|[0-9０-９]{2})?(?:元|[0-9０-９]{1,2})(?:年度?)?末?[）)]?"
)
_MINUS = re.compile(r"−(?=[0-9０-９])")
_QUOTED = re.compile(r"(「(?:[^「」]|「[^「」]*」)*」)")
_FISCAL = "年度"
_PACE = re.compile(r"(?<![各前同この今])年度の目安")  # 年の目安 would be one for all years


@dataclass(frozen=True, slots=True)
class Words:
    """What a plan calls what it consists of: nouns, where a column's heading is none.

    ``minus`` is the sign with which the plan writes numbers below nought (△, ▲), ``year``
    what it calls a year: 年度, or 年 of a plan of calendar years (暦年). ``on`` is the day of
    the document that speaks: it names no era that began later.
    """

    goal: str = "基本目標"
    plan: str = "戦略計画"
    numeric_targets: str = "数値目標"
    indicators: str = "重要業績評価指標"
    indicator: str = "指標"
    baseline: str = "現状値"
    target: str = "目標値"
    minus: str = "−"
    year: str = _FISCAL
    on: dt.date | None = None

    @classmethod
    def of(cls, plan: Catalogue, on: dt.date | None = None) -> Self:
        """Return the words of a plan in a document of a day, ``None`` for today's or any."""
        words, year = cls.of_labels(plan.labels), plan.years.target.word
        return replace(words, minus=plan.minus, year=year, on=on)

    @classmethod
    def of_labels(cls, labels: Labels) -> Self:
        """Return the words of a plan's labels, on one line.

        A heading that names no value (計画策定時) is no word for one; its value is. That of a
        year (令和５年度) is not: a plan may have other values of that year.
        """
        return cls(
            _word(labels.goal) or USUAL_WORDS.goal,
            _word(labels.plan) or USUAL_WORDS.plan,
            _word(labels.numeric_targets) or USUAL_WORDS.numeric_targets,
            _word(labels.indicators) or USUAL_WORDS.indicators,
            labels.indicator_noun,
            _value_word(labels.baseline, USUAL_WORDS.baseline),
            _value_word(labels.target, USUAL_WORDS.target),
        )

    def put_into(self, text: str) -> str:
        """Return a sentence of ours in these words; what it quotes stays as it is.

        >>> Words(plan="施策", target="めざす値").put_into("戦略計画の「目標値」は目標値です。")
        '施策の「目標値」はめざす値です。'
        """
        if self == USUAL_WORDS:
            return text
        return self.signed(self.dated(_outside_quotes(text, self._own_words)))

    def year_name(self, year: FiscalYear, style: NumeralStyle = NumeralStyle.MIXED) -> str:
        """Return ``令和４年度``, which a document from before 令和 calls ``平成34年度``."""
        return format_fiscal_year(year, style, self.on)

    def axis_label(self, year: FiscalYear) -> str:
        """Return a year's short name in charts: ``R4``, before 令和 ``H34``."""
        return axis_label(year, self.on)

    @property
    def pace(self) -> str:
        """Return what an even pace asks for by a year: 年度の目安."""
        return self.dated("年度の目安")

    def dated(self, text: str) -> str:
        """Return a text of ours with the plan's word for its years; what it quotes stays.

        >>> Words(year="年").dated("前年度は、年度の目安に届きませんでした（各年度末の値）。")
        '前年は、その年の目安に届きませんでした（各年末の値）。'
        """
        if self.year == _FISCAL:
            return text
        return _outside_quotes(text, self._year_words)

    def signed(self, text: str) -> str:
        """Return a text of ours with the plan's minus before numbers.

        >>> Words(minus="△").signed("進捗率−12.3％")
        '進捗率△12.3％'
        """
        return _MINUS.sub(self.minus, text)

    def _year_words(self, text: str) -> str:
        return _PACE.sub(f"その{self.year}の目安", text).replace(_FISCAL, self.year)

    def _own_words(self, text: str) -> str:
        return _USUAL_WORD.sub(self._own, text)

    def _own(self, match: re.Match[str]) -> str:
        return str(getattr(self, _FIELDS[match[0]]))


USUAL_WORDS = Words()
CALENDAR_WORDS = Words(year="年")
"""Where no more is known of a plan than that its years are calendar years."""
_FIELDS = {
    USUAL_WORDS.indicators: "indicators",
    USUAL_WORDS.goal: "goal",
    USUAL_WORDS.plan: "plan",
    USUAL_WORDS.numeric_targets: "numeric_targets",
    USUAL_WORDS.indicator: "indicator",
    USUAL_WORDS.baseline: "baseline",
    USUAL_WORDS.target: "target",
}  # the longest first: one is the end of another
_USUAL_WORD = re.compile("|".join(_FIELDS))


def _outside_quotes(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if part.startswith("「") else change(part) for part in _QUOTED.split(text))


def _word(label: str) -> str:
    return _NAME_OF.sub("", _REMARK.sub("", "".join(label.split("\n"))))


def _value_word(label: str, usual: str) -> str:
    word = _word(label)
    if not word or _YEAR_ALONE.fullmatch(word):
        return usual
    return word if _OF_VALUES.search(word) else f"{word}の値"
