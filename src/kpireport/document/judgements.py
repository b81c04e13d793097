"""Judgements in words: rates, reasons, and the rules of a scheme (評価・評価の理由・評価の基準).

Comes in: judgements and schemes of :mod:`kpireport.evaluation`. Goes out: final text
for the KPI table's 進捗率 and 評価, for the list of reasons, and for 表の見方, whose
rules are written from the scheme in use and so cannot say anything else than it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import assert_never

from kpireport.document.numbers import format_number, format_quantity, format_rate
from kpireport.document.plan_kinds import ALL_KINDS, PlanKinds
from kpireport.document.scheme_terms import (
    NEW,
    NOT_WHOLE,
    ROUNDED,
    notes_of,
    rate_terms,
    terms_of,
)
from kpireport.domain.actuals import ReportedState
from kpireport.domain.numerals import NumeralStyle, write_numerals
from kpireport.domain.values import Quantity
from kpireport.domain.wording import USUAL_WORDS, Words
from kpireport.domain.years import FiscalYear, format_fiscal_year, format_fiscal_year_end
from kpireport.evaluation.reasons import (
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
from kpireport.evaluation.schemes import Basis, Mark, MarkLevel, Rung, Scheme, Task, Test

NO_RATE = "―"
"""What stands where there is no rate."""

WORSE_RATE = "悪化"
"""What stands instead of a rate that would say nothing but that: one below −100 ％."""

# Rates are exact fractions. Sixty digits are far more than the numbers that can be read
# have, so that no rate is carried over a rounding boundary or up to 1.
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)

_MOST_DECIMALS = 40
_SIGNS = "−約"  # a number goes on with them


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
            name = f"{_year_words(of_year, style)}{words.target}"
            return _beside(actual, comparison, _named(name, target, style), style)
        case AgainstExpected():
            return f"{_rate_of(reason.of_year, style, words)}{_against_expected(reason, style)}"
        case AgainstShare(rate, share, holds, of_year):
            of = _rate_of(of_year, style, words)
            return f"{of}達成率{_beside_share(rate, share, style, holds=holds)}"
        case AgainstReference():
            return _against_reference(reason, style, words)
        case StateReported():
            return _state_words(reason, style)
        case NothingToJudge(why):
            return words.put_into(_NOTHING_WORDS[why])
        case NoneAtDeadline(of_year):
            end = f"{_year_words(of_year, style)}{words.target}の期限" if of_year else "期限"
            return f"{end}になっても実績がない"
        case Chosen(who):
            return f"{who}による評価"
        case NotReported(explanation):
            return f"報告がない（{explanation}）" if explanation else "報告がない"
        case OfLastSurvey(year, carried, explanation):
            told = f"（{explanation.rstrip('。')}）" if explanation else ""
            judged = describe_reason(carried, style, words)
            return f"調査のない年度{told}。{survey_name(year, style)}：{judged}"
        case _:
            assert_never(reason)


def _year_words(of_year: FiscalYear | None, style: NumeralStyle) -> str:
    """Say whose target it is, where it is not the row's own: ``令和２年度の``."""
    return f"{format_fiscal_year(of_year, style)}の" if of_year else ""


def _rate_of(of_year: FiscalYear | None, style: NumeralStyle, words: Words) -> str:
    """Say what a rate is one of, where that is not the row's target."""
    return f"{_year_words(of_year, style)}{words.target}への" if of_year else ""


def _state_words(reason: StateReported, style: NumeralStyle) -> str:
    if reason.due is None:
        return f"進捗状況「{reason.state}」"
    state = "準備中" if reason.state is ReportedState.PREPARING else str(reason.state)
    deadline = f"期限の{format_fiscal_year_end(reason.due, style)}"
    return f"{deadline}{'を過ぎて' if reason.is_past else 'に'}{state}"


def survey_name(year: FiscalYear, style: NumeralStyle = NumeralStyle.MIXED) -> str:
    """Return what a survey is called by its year: ``令和３年度調査``."""
    return f"{format_fiscal_year(year, style)}調査"


def _beside(actual: Quantity, comparison: Comparison, other: str, style: NumeralStyle) -> str:
    return f"{_named('実績', actual, style)} {comparison} {other}"


def _named(name: str, quantity: Quantity, style: NumeralStyle) -> str:
    """Return ``実績190人``; words before the number stand apart: ``実績 年間190人``."""
    written = format_quantity(quantity, style)
    return f"{name}{'' if written[0] in _SIGNS or written[0].isdecimal() else ' '}{written}"


def _against_expected(reason: AgainstExpected, style: NumeralStyle) -> str:
    kind, rate, expected = reason.kind, reason.rate, reason.expected
    if rate < -1:
        part = "" if reason.share == 1 else f"の{_share_text(reason.share, style)}"
        return f"{kind}「{WORSE_RATE}」（年度の目安{rate_text(expected, style)}{part}未満）"
    if reason.share == 1 or expected == 0:  # else a share of nothing would be divided by it
        if reason.holds:
            return f"{kind}{rate_text(rate, style)} ≥ 年度の目安{rate_text(expected, style)}"
        short, whole = _apart(rate, expected, style)
        return f"{kind}{short} ＜ 年度の目安{whole}"
    if expected == 1:  # a part of it is the rate itself
        short = rate_text(rate, style) if reason.holds else _apart(rate, reason.share, style)[0]
        side = "以上" if reason.holds else "未満"
        return f"{kind}{short}（年度の目安100.0％の{_share_text(reason.share, style)}{side}）"
    if rate <= 0:  # of which any part is 0 or says nothing
        limit = f"年度の目安{rate_text(expected, style)}の{_share_text(reason.share, style)}未満"
        return f"{kind}{rate_text(rate, style)}（{limit}）"
    part = _beside_share(rate / expected, reason.share, style, holds=reason.holds)
    return f"{kind}{rate_text(rate, style)}は年度の目安{rate_text(expected, style)}の{part}"


def _against_reference(reason: AgainstReference, style: NumeralStyle, words: Words) -> str:
    reference = _named(words.put_into(reason.kind), reason.reference, style)
    if reason.comparison is Comparison.EQUAL:
        return f"{reference}と同じ"
    if reason.tolerance is None or reason.change is None:
        return _beside(reason.actual, reason.comparison, reference, style)
    size = abs(reason.change)
    is_within = size <= reason.tolerance
    written = rate_text(size, style) if is_within else _apart(size, reason.tolerance, style)[0]
    sign = "＋" if reason.change > 0 else "－"
    limit = f"±{_share_text(reason.tolerance, style)}{'以内' if is_within else 'を超える'}"
    return f"{reference}との差{sign}{written}（{limit}）"


def _beside_share(rate: Fraction, share: Fraction, style: NumeralStyle, *, holds: bool) -> str:
    if holds:
        return f"{rate_text(rate, style)}（{_share_text(share, style)}以上）"
    short, _ = _apart(rate, share, style)
    return f"{short}（{_share_text(share, style)}未満）"


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


def _share_text(share: Fraction, style: NumeralStyle) -> str:
    """A boundary as it was set, without a decimal that it does not have: ``60％``."""
    percentage = _CONTEXT.multiply(_decimal(share), Decimal(100)).normalize(_CONTEXT)
    return f"{format_number(percentage, style)}％"


# --- rules -----------------------------------------------------------------------

_TASK_WORDS = {
    Task.APPROACH: "目標値に向けて増やす（減らす）もの",
    Task.KEEP: "目標値の水準を保つもの",
    Task.DIRECTION: "現状値や前年度より増やす・上げる（減らす・下げる）もの",
    Task.STATE: "実施や整備などの状態を求めるもの",
}


@dataclass(frozen=True, slots=True)
class MarkRules:
    """One mark and when it is given: a text per task, empty where it never is."""

    mark: Mark
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemeRules:
    """The rules of judgement as a table and notes, for 表の見方.

    Attributes:
        title: the scheme's name for people.
        tasks: the table's columns: what targets ask.
        marks: the table's rows, best mark first, with a condition per column.
        terms: what 達成率, 進捗率 and 年度の目安 are, as far as the scheme uses them.
        notes: how the cases are treated that the table does not show.
    """

    title: str
    tasks: tuple[str, ...]
    marks: tuple[MarkRules, ...]
    terms: tuple[str, ...]
    notes: tuple[str, ...]


def describe_scheme(
    scheme: Scheme,
    style: NumeralStyle = NumeralStyle.MIXED,
    words: Words = USUAL_WORDS,
    kinds: PlanKinds = ALL_KINDS,
) -> SchemeRules:
    """Write the rules of a scheme as they are applied to the kinds of targets that there are."""

    def conditions(mark: Mark) -> tuple[str, ...]:
        texts = [_conditions(scheme, mark, task, style) for task in Task]
        return tuple(map(words.put_into, kinds.of_tasks(texts)))

    def sentences(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(write_numerals(words.put_into(text), style) for text in texts)

    return SchemeRules(
        scheme.title,
        kinds.of_tasks([words.put_into(_TASK_WORDS[task]) for task in Task]),
        tuple(MarkRules(mark, conditions(mark)) for mark in scheme.marks),
        sentences(terms_of(scheme, kinds)),
        sentences((*notes_of(scheme, kinds), _WORSE_NOTE)),
    )


def describe_rates(
    style: NumeralStyle = NumeralStyle.MIXED,
    words: Words = USUAL_WORDS,
    kinds: PlanKinds = ALL_KINDS,
) -> tuple[str, ...]:
    """Write how the rates are computed and shown, for schemes whose marks do not need them."""
    new = (NEW,) if kinds.has_new else ()
    texts = (*rate_terms(kinds), *new, ROUNDED, NOT_WHOLE, _WORSE_NOTE)
    return tuple(write_numerals(words.put_into(text), style) for text in texts)


def _conditions(scheme: Scheme, mark: Mark, task: Task, style: NumeralStyle) -> str:
    """When a mark is given for targets of one task, in the order in which it is tried."""
    if mark.level is MarkLevel.UNREPORTED:
        return "報告がない"
    if task is Task.STATE:
        texts = list(_state_conditions(scheme, mark))
    else:
        ladder = scheme.ladders[task]
        texts = [
            _condition(ladder, index, task, scheme.basis, style)
            for index, rung in enumerate(ladder)
            if rung.mark == mark.key
        ]
    if mark.level is MarkLevel.NOT_APPLICABLE:
        texts.append(_NOTHING_OF_TASK[task])
    return "、または".join(dict.fromkeys(texts))


def _state_conditions(scheme: Scheme, mark: Mark) -> Iterator[str]:
    """What has to be reported for a mark: whenever, before the deadline, or from it on."""
    found: dict[str, list[ReportedState]] = {}
    for state in reversed(ReportedState):  # the best first, as the marks are
        before, after = (scheme.state_mark(state, is_due=is_due) for is_due in (False, True))
        if before == mark or after == mark:
            when = "" if before == after else _BEFORE if before == mark else _FROM_THEN_ON
            found.setdefault(when, []).append(state)
    for when in ("", _BEFORE, _FROM_THEN_ON):
        if states := found.get(when):
            yield f"{when}{''.join(f'「{state}」' for state in states)}と報告"


_BEFORE, _FROM_THEN_ON = "期限の年度より前に", "期限の年度以降に"

_NOTHING_OF_TASK = {
    Task.APPROACH: "実績がまだない、数で比べられない",
    Task.KEEP: "実績がまだない、数で比べられない",
    Task.DIRECTION: "実績がまだない、比べる値がない",
    Task.STATE: "実績がまだない",
}


def _condition(
    ladder: tuple[Rung, ...], index: int, task: Task, basis: Basis, style: NumeralStyle
) -> str:
    rung = ladder[index]
    if rung.test is not Test.OTHERWISE:
        is_exact = any(each.test is Test.PASSED for each in ladder[:index])
        return _answers(rung, task, basis, style, is_exact=is_exact)[0]
    return _answers(ladder[index - 1], task, basis, style)[1] if index else _ALL


_ALL, _OTHERWISE = "すべて", "そのほか"


def _answers(  # noqa: C901 a flat list
    rung: Rung, task: Task, basis: Basis, style: NumeralStyle, *, is_exact: bool = False
) -> tuple[str, str]:
    """What a rung asks, the rungs above it having failed; and what is left where it fails too.

    ``is_exact`` where what passed the target has its own rung above.
    """
    reference, worse = _reference_words(task), _worse(task)
    than = f"{reference}{'を' if task is Task.DIRECTION else 'より'}"
    match rung.test:
        case Test.PASSED:
            return "目標値を超えて達成", "目標値に届かない"
        case Test.REACHED:
            return "目標値と同じ" if is_exact else "目標値を達成", "目標値に届かない"
        case Test.OF_EXPECTED:
            part = f"{_rate_words(task, basis)}が{_part_of_expected(rung, style)}"
            return f"{part}以上", f"{part}未満"
        case Test.OF_TARGET:
            part = f"達成率が{_share_text(rung.share, style)}"
            return f"{part}以上", f"{part}未満"
        case Test.ADVANCED:
            left = f"{reference}から進んでいない"
            return f"目標値に届かないが、{reference}より進んでいる", left
        case Test.BEYOND:
            return f"{than}{_better(task)}", f"{reference}と同じか、{worse}"
        case Test.EQUAL:
            return f"{reference}と同じ", f"{than}{worse}"
        case Test.WITHIN:
            share = _share_text(rung.share, style)
            left = f"{reference}より{share}を超えて{worse}"
            return f"{reference}との差が±{share}以内", left
        case Test.WORSE:
            return f"{than}{worse}", _OTHERWISE
        case Test.UNCOMPARED:
            return f"{reference}がなく、比べられない", _OTHERWISE
        case Test.OTHERWISE:
            return _ALL, _OTHERWISE
        case _:
            assert_never(rung.test)


def _reference_words(task: Task) -> str:
    return "現状値（前年度実績）" if task is Task.DIRECTION else "現状値"


def _better(task: Task) -> str:
    return "上回る（下回る）" if task is Task.DIRECTION else "改善"


def _worse(task: Task) -> str:
    return "下回る（上回る）" if task is Task.DIRECTION else "悪化"


def _rate_words(task: Task, basis: Basis) -> str:
    return "達成率" if basis is Basis.ACHIEVEMENT or task is Task.KEEP else "進捗率"


def _part_of_expected(rung: Rung, style: NumeralStyle) -> str:
    return "年度の目安" if rung.share == 1 else f"年度の目安の{_share_text(rung.share, style)}"


_WORSE_NOTE = (
    "進捗率が−100％を下回るもの（現状値から、目標値までの道のりより大きく後退したもの）は、"
    f"率でなく「{WORSE_RATE}」と表示します。"
)
