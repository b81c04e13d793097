"""Judgements in words: rates and reasons (評価・評価の理由).

Comes in: judgements of :mod:`kpireport.evaluation`. Goes out: final text for the KPI
table's 進捗率 and 評価, and for the list of reasons. The rules that judge are told in
:mod:`kpireport.document.scheme_rules`.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from kpireport.document.numbers import format_number, format_quantity, format_rate
from kpireport.domain.actuals import ReportedState
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.values import Quantity
from kpireport.domain.wording import USUAL_WORDS, Words
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.reasons import (
    AgainstChange,
    AgainstExpected,
    AgainstReference,
    AgainstShare,
    AgainstTarget,
    Chosen,
    Comparison,
    NoneAtDeadline,
    Nothing,
    NothingToJudge,
    NotReported,
    OfLastSurvey,
    Reason,
    StateReported,
)

NO_RATE = "―"
"""What stands where there is no rate."""

WORSE_RATE = "悪化"
"""What stands instead of a rate that would say nothing but that: one below −100 ％."""

# Rates are exact fractions. Sixty digits are far more than the numbers that can be read
# have, so that no rate is carried over a rounding boundary or up to 1.
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)

_MOST_DECIMALS = 40
_SIGNS = "−約"  # a number goes on with them


@lru_cache(4096)  # many stand at the same: 100.0％, 0.0％
def rate_text(rate: Fraction | None, style: NumeralStyle = NumeralStyle.MIXED) -> str:
    """Write a rate with one decimal as the table shows it, ``―`` for none.

    Who has gone back by more than the whole way to the target (a rate below −100 ％) is told
    no number: it would be the greater, the shorter the way was.

    >>> rate_text(Fraction(2, 3)), rate_text(Fraction(9999, 10000)), rate_text(None)
    ('66.7％', '99.9％', '―')
    >>> rate_text(Fraction(-1)), rate_text(Fraction(-987, 100))
    ('−100.0％', '悪化')
    """
    if rate is None:
        return NO_RATE
    return WORSE_RATE if rate < -1 else format_rate(_decimal(rate), style)


def _decimal(rate: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(rate.numerator), Decimal(rate.denominator))


# --- reasons ---------------------------------------------------------------------


_NOTHING_WORDS = {
    Nothing.NONE_YET: "実績がまだないため",
    Nothing.NOT_A_NUMBER: "実績が数値で報告されていないため",
    Nothing.OTHER_UNIT: "実績の単位が違い、比べられないため",
    Nothing.OTHER_ACTION: "実績が目標とは別の取組の数で、比べられないため",
    Nothing.NO_TARGET: "目標値に数値がないため",
    Nothing.NOT_SET: "目標値を定めていないため",
    Nothing.NO_SUM: "累計に要る年度の実績がそろわないため",
    Nothing.NO_BASELINE: "比べる現状値の数値がないため",
    Nothing.NO_PREVIOUS: "比べる前年度の実績がないため",
    Nothing.NO_FIRST: "最初の実績で、比べる値がまだないため",
    Nothing.NO_SURVEY: "調査のない年度で、前の調査の実績もまだないため",
    Nothing.NOT_CHOSEN: "評価がまだ付いていないため",
    Nothing.NO_MARKS: "評価のない報告書のため",
}


def describe_reason(  # noqa: C901 a flat list
    reason: Reason, style: NumeralStyle = NumeralStyle.MIXED, words: Words = USUAL_WORDS
) -> str:
    """Write why a mark was given: ``進捗率66.7％ ≥ 年度の目安66.7％``, ``現状値6,402件と同じ``.

    A rate that falls short by less than one decimal shows gets more decimals, so that
    no line reads ``90.0％（90％未満）``.
    """
    match reason:
        case AgainstTarget(actual, comparison, target, of_year):
            name = f"{_year_words(of_year, style, words)}{words.target}"
            return _beside(actual, comparison, _named(name, target, style), style)
        case AgainstExpected():
            return (
                f"{_rate_of(reason.of_year, style, words)}{_against_expected(reason, style, words)}"
            )
        case AgainstShare():
            return f"{_rate_of(reason.of_year, style, words)}{_against_share(reason, style)}"
        case AgainstReference():
            return _against_reference(reason, style, words)
        case AgainstChange():
            return _against_change(reason, style, words)
        case StateReported():
            return _state_words(reason, style, words)
        case NothingToJudge(why):
            return words.put_into(_NOTHING_WORDS[why])
        case NoneAtDeadline(of_year):
            end = f"{_year_words(of_year, style, words)}{words.target}の期限" if of_year else "期限"
            return f"{end}になっても実績がない"
        case Chosen(who):
            return f"{who}による評価"
        case NotReported(explanation):
            return f"報告がない（{explanation}）" if explanation else "報告がない"
        case OfLastSurvey(year, carried, explanation):
            told = f"（{explanation.rstrip('。')}）" if explanation else ""
            judged = describe_reason(carried, style, words)
            return f"調査のない{words.year}{told}。{survey_name(year, style, words)}：{judged}"
        case _:
            assert_never(reason)


def _year_words(of_year: FiscalYear | None, style: NumeralStyle, words: Words) -> str:
    """Say whose target it is, where it is not the row's own: ``令和２年度の``."""
    return f"{words.year_name(of_year, style)}の" if of_year else ""


def _rate_of(of_year: FiscalYear | None, style: NumeralStyle, words: Words) -> str:
    """Say what a rate is one of, where that is not the row's target."""
    return f"{_year_words(of_year, style, words)}{words.target}への" if of_year else ""


def _state_words(reason: StateReported, style: NumeralStyle, words: Words) -> str:
    if reason.due is None:
        return f"進捗状況「{reason.state}」"
    state = "準備中" if reason.state is ReportedState.PREPARING else str(reason.state)
    deadline = f"期限の{words.year_name(reason.due, style)}末"
    return f"{deadline}{'を過ぎて' if reason.is_past else 'に'}{state}"


def survey_name(
    year: FiscalYear, style: NumeralStyle = NumeralStyle.MIXED, words: Words = USUAL_WORDS
) -> str:
    """Return what a survey is called by its year: ``令和３年度調査``."""
    return f"{words.year_name(year, style)}調査"


def _beside(actual: Quantity, comparison: Comparison, other: str, style: NumeralStyle) -> str:
    return f"{_named('実績', actual, style)} {comparison} {other}"


def _named(name: str, quantity: Quantity, style: NumeralStyle) -> str:
    """Return ``実績190人``; words before the number stand apart: ``実績 年間190人``."""
    written = format_quantity(quantity, style)
    return f"{name}{'' if written[0] in _SIGNS or written[0].isdecimal() else ' '}{written}"


def _against_expected(reason: AgainstExpected, style: NumeralStyle, words: Words) -> str:
    kind, rate, expected = reason.kind, reason.rate, reason.expected
    pace = words.pace
    if rate < -1:
        part = "" if reason.share == 1 else f"の{share_text(reason.share, style)}"
        return f"{kind}「{WORSE_RATE}」（{pace}{rate_text(expected, style)}{part}未満）"
    if reason.share == 1 or expected == 0:  # else a share of nothing would be divided by it
        if reason.holds:
            sign = Comparison.ABOVE if reason.is_strict else Comparison.AT_LEAST
            return f"{kind}{rate_text(rate, style)} {sign} {pace}{rate_text(expected, style)}"
        if rate == expected:
            return f"{kind}{rate_text(rate, style)} ＝ {pace}{rate_text(expected, style)}"
        short, whole = _apart(rate, expected, style)
        return f"{kind}{short} ＜ {pace}{whole}"
    if expected == 1:  # a part of it is the rate itself
        short = rate_text(rate, style) if reason.holds else _apart(rate, reason.share, style)[0]
        side = _side(holds=reason.holds, is_strict=reason.is_strict)
        return f"{kind}{short}（{pace}100.0％の{share_text(reason.share, style)}{side}）"
    if rate <= 0:  # of which any part is 0 or says nothing
        limit = f"{pace}{rate_text(expected, style)}の{share_text(reason.share, style)}未満"
        return f"{kind}{rate_text(rate, style)}（{limit}）"
    part = _beside_share(rate / expected, reason, style)
    return f"{kind}{rate_text(rate, style)}は{pace}{rate_text(expected, style)}の{part}"


def _against_reference(reason: AgainstReference, style: NumeralStyle, words: Words) -> str:
    reference = _named(words.put_into(reason.kind), reason.reference, style)
    if reason.comparison is Comparison.EQUAL:
        return f"{reference}と同じ"
    if reason.tolerance is None or reason.change is None:
        return _beside(reason.actual, reason.comparison, reference, style)
    size = abs(reason.change)
    is_within = size < reason.tolerance if reason.is_strict else size <= reason.tolerance
    apart = rate_text(size, style) if is_within else _apart(size, reason.tolerance, style)[0]
    written = _in_points(apart, is_so=reason.in_points)
    sign = "＋" if reason.change > 0 else "－"
    tolerance = share_text(reason.tolerance, style, in_points=reason.in_points)
    within, beyond = ("未満", "以上") if reason.is_strict else ("以内", "を超える")
    return f"{reference}との差{sign}{written}（±{tolerance}{within if is_within else beyond}）"


def _against_change(reason: AgainstChange, style: NumeralStyle, words: Words) -> str:
    """Write how much better or worse an actual is: ``現状値20％より1.6ポイント改善``."""
    reference = _named(words.put_into(reason.kind), reason.reference, style)
    if not reason.change:
        return f"{reference}と同じ"
    size, least = abs(reason.change), abs(reason.share)
    written = _in_points(_apart(size, least, style)[0], is_so=reason.in_points)
    way = "改善" if reason.change > 0 else "悪化"
    if reason.share and (reason.change > 0) == (reason.share > 0):
        is_more = reason.holds == (reason.share > 0)
        side = _side(holds=is_more, is_strict=reason.is_strict == (reason.share > 0))
        bound = f"（{share_text(least, style, in_points=reason.in_points)}{side}）"
    else:
        bound = ""
    return f"{reference}より{written}{way}{bound}"


def _in_points(percentage: str, *, is_so: bool) -> str:
    return percentage.replace("％", "ポイント") if is_so else percentage


def _against_share(reason: AgainstShare, style: NumeralStyle) -> str:
    if reason.rate < -1:
        side = _side(holds=reason.holds, is_strict=reason.is_strict)
        return f"{reason.kind}「{WORSE_RATE}」（{share_text(reason.share, style)}{side}）"
    return f"{reason.kind}{_beside_share(reason.rate, reason, style)}"


def _beside_share(
    rate: Fraction, reason: AgainstShare | AgainstExpected, style: NumeralStyle
) -> str:
    side = _side(holds=reason.holds, is_strict=reason.is_strict)
    if reason.holds and not reason.is_strict:
        written = rate_text(rate, style)
    else:
        written = _apart(rate, reason.share, style)[0]
    return f"{written}（{share_text(reason.share, style)}{side}）"


def _side(*, holds: bool, is_strict: bool) -> str:
    """Say on which side of a boundary something is."""
    if is_strict:
        return "を超える" if holds else "以下"
    return "以上" if holds else "未満"


def _apart(one: Fraction, other: Fraction, style: NumeralStyle) -> tuple[str, str]:
    """Two rates with as many decimals as it takes to tell them apart, one at least."""
    for places in range(1, _MOST_DECIMALS):
        texts = _percentage(one, places, style), _percentage(other, places, style)
        if one == other or texts[0] != texts[1]:
            return texts
    return texts


def _percentage(rate: Fraction, places: int, style: NumeralStyle) -> str:
    if places == 1:
        return rate_text(rate, style)
    percentage = _CONTEXT.multiply(_decimal(rate), Decimal(100))
    rounded = percentage.quantize(Decimal(1).scaleb(-places), context=_CONTEXT)
    return f"{format_number(rounded, style)}％"


def share_text(
    share: Fraction, style: NumeralStyle = NumeralStyle.MIXED, *, in_points: bool = False
) -> str:
    """Write a boundary as it was set, without a decimal that it does not have: ``60％``."""
    percentage = _CONTEXT.multiply(_decimal(share), Decimal(100)).normalize(_CONTEXT)
    return f"{format_number(percentage, style)}{'ポイント' if in_points else '％'}"
