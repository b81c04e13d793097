"""The rules of a scheme in words (評価の基準), for 表の見方.

Comes in: the scheme in use. Goes out: final text, which is written from the scheme and
so cannot say anything else than it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import assert_never

from kpireport.document.judgements import WORSE_RATE, share_text
from kpireport.document.plan_kinds import ALL_KINDS, PlanKinds
from kpireport.document.scheme_terms import (
    ALL_RATES,
    NEW,
    NOT_WHOLE,
    ROUNDED,
    Rates,
    notes_of,
    rate_terms,
    rates_in,
    terms_of,
)
from kpireport.domain.actuals import ReportedState
from kpireport.domain.numerals import NumeralStyle, write_numerals
from kpireport.domain.wording import USUAL_WORDS, Words
from kpireport.evaluation import SCHEMES
from kpireport.evaluation.reasons import RateKind
from kpireport.evaluation.schemes import (
    CHANGES,
    IN_POINTS,
    RATES,
    TOLERANCES,
    Basis,
    Mark,
    MarkLevel,
    Rung,
    Scheme,
    Task,
    Test,
    Versus,
)
from kpireport.quickly import dataclass

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
        of: what alone they are of: a class of indicators, earlier years, a further mark.
    """

    title: str
    tasks: tuple[str, ...]
    marks: tuple[MarkRules, ...]
    terms: tuple[str, ...]
    notes: tuple[str, ...]
    of: str = ""


def describe_scheme(
    scheme: Scheme,
    style: NumeralStyle = NumeralStyle.MIXED,
    words: Words = USUAL_WORDS,
    kinds: PlanKinds = ALL_KINDS,
    shown: Rates = ALL_RATES,
) -> SchemeRules:
    """Write the rules of a scheme as they are applied to the kinds of targets that there are.

    Args:
        scheme: the scheme.
        style: which digits numbers have.
        words: what the plan calls things.
        kinds: which kinds of targets there are.
        shown: the rates that the document shows: they are explained, and those of the rules.
    """

    def conditions(mark: Mark) -> tuple[str, ...]:
        texts = [_conditions(scheme, mark, task, style) for task in Task]
        return tuple(map(words.put_into, kinds.of_tasks(texts)))

    def sentences(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(write_numerals(words.put_into(text), style) for text in texts)

    marks = tuple(MarkRules(mark, conditions(mark)) for mark in scheme.marks)
    asked = chain.from_iterable(each.conditions for each in marks)
    rates = shown | rates_in((*asked, *notes_of(scheme, kinds, shown)))
    is_of_way = kinds.has_numbers and RateKind.PROGRESS in rates
    worse = (_WORSE_NOTE,) if is_of_way else ()
    return SchemeRules(
        scheme_title(scheme, words),
        kinds.of_tasks([words.put_into(_TASK_WORDS[task]) for task in Task]),
        marks,
        sentences(terms_of(scheme, kinds, rates)),
        sentences((*notes_of(scheme, kinds, rates), *worse)),
    )


def scheme_title(scheme: Scheme, words: Words) -> str:
    """Return what a scheme is called: ours in the plan's words for years, theirs as it is."""
    preset = SCHEMES.get(scheme.name)
    is_ours = preset is not None and preset.title == scheme.title
    return words.dated(scheme.title) if is_ours else scheme.title


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
    if mark == scheme.not_applicable:
        texts.append(_NOTHING_OF_TASK[task])
    elif mark.level is MarkLevel.NOT_APPLICABLE and not texts:
        return _BY_PEOPLE
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

_BY_PEOPLE = "所管課などの判断による"  # where no rule leads to it: a person sets it

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
    if rung.test is not Test.OTHERWISE and (said := _beside_above(ladder, index, task, style)):
        return said[0]
    if rung.test is Test.OTHERWISE and index:
        said = _beside_above(ladder, index - 1, task, style)
        if said:
            return said[1]
    if rung.test is not Test.OTHERWISE:
        is_exact = any(each.test is Test.PASSED for each in ladder[:index])
        asked = _answers(rung, task, basis, style, is_exact=is_exact)[0]
        return f"{asked}{_but_for_same(ladder, index, task, style)}"
    return _answers(ladder[index - 1], task, basis, style)[1] if index else _ALL


def _but_for_same(ladder: tuple[Rung, ...], index: int, task: Task, style: NumeralStyle) -> str:
    """Return what a rate leaves out, since a rung above took it for the same level."""
    rung = ladder[index]
    above = (each for each in ladder[:index] if each.test in TOLERANCES and each.mark != rung.mark)
    same = next(above, None)
    if same is None or rung.test not in RATES:
        return ""
    within = f"{_amount(same, style)}{'未満' if same.is_strict else '以内'}"
    return f"（{_reference_words(task, same)}との差が±{within}のものを除く）"


def _beside_above(
    ladder: tuple[Rung, ...], index: int, task: Task, style: NumeralStyle
) -> tuple[str, str] | None:
    """What a rung asks, and what is left, where one above says what counts as the same."""
    rung = ladder[index]
    reference = _reference_words(task, rung)
    above = [each for each in ladder[:index] if each.versus is rung.versus]
    if rung.test is Test.BEYOND:
        same = next((each for each in above if each.test in TOLERANCES | {Test.EQUAL}), None)
        if same is None:
            return None
        by = "を" if task is Task.DIRECTION else "より"
        if same.test in TOLERANCES:
            by = f"より{_beyond_amount(same, style)}"
            return f"{reference}{by}改善", f"{reference}{by}悪化"
        return f"{reference}{by}{_better(task)}", f"{reference}{by}{_worse(task)}"
    if rung.test in CHANGES and rung.share < 0:
        mirrored = any(each.test is rung.test and each.share == -rung.share for each in above)
        if mirrored:
            side = "未満" if rung.is_strict else "以内"
            _, left = _change_words(rung, reference, style)
            return f"{reference}との差が±{_amount(rung, style)}{side}", left
    return None


_INTERIM = "その年度（なければ次に定めのある年度）の目標値"
_ALL, _OTHERWISE = "すべて", "そのほか"


def _answers(  # noqa: C901 a flat list
    rung: Rung, task: Task, basis: Basis, style: NumeralStyle, *, is_exact: bool = False
) -> tuple[str, str]:
    """What a rung asks, the rungs above it having failed; and what is left where it fails too.

    ``is_exact`` where what passed the target has its own rung above.
    """
    reference, worse = _reference_words(task, rung), _worse(task)
    than = f"{reference}{'を' if task is Task.DIRECTION else 'より'}"
    match rung.test:
        case Test.PASSED:
            return "目標値を超えて達成", "目標値に届かない"
        case Test.REACHED:
            return "目標値と同じ" if is_exact else "目標値を達成", "目標値に届かない"
        case Test.INTERIM:
            return f"{_INTERIM}を達成", f"{_INTERIM}に届かない"
        case Test.OF_EXPECTED:
            part = f"{_rate_words(task, basis)}が{_part_of_expected(rung, style)}"
            return _sides(part, rung)
        case Test.OF_TARGET:
            return _sides(f"達成率が{share_text(rung.share, style)}", rung)
        case Test.OF_WAY:
            rate = _rate_words(task, Basis.PROGRESS)
            return _sides(f"{rate}が{share_text(rung.share, style)}", rung)
        case Test.ADVANCED:
            left = f"{reference}から進んでいない"
            return f"目標値に届かないが、{reference}より進んでいる", left
        case Test.BEYOND:
            return f"{than}{_better(task)}", f"{reference}と同じか、{worse}"
        case Test.EQUAL:
            return f"{reference}と同じ", f"{than}{worse}"
        case Test.WITHIN | Test.WITHIN_POINTS:
            left = f"{reference}より{_beyond_amount(rung, style)}{worse}"
            within = "未満" if rung.is_strict else "以内"
            return f"{reference}との差が±{_amount(rung, style)}{within}", left
        case Test.CHANGED | Test.CHANGED_POINTS:
            return _change_words(rung, reference, style)
        case Test.WORSE:
            return f"{than}{worse}", _OTHERWISE
        case Test.UNCOMPARED:
            return f"{reference}がなく、比べられない", _OTHERWISE
        case Test.OTHERWISE:
            return _ALL, _OTHERWISE
        case _:
            assert_never(rung.test)


def _sides(part: str, rung: Rung) -> tuple[str, str]:
    return (f"{part}を超える", f"{part}以下") if rung.is_strict else (f"{part}以上", f"{part}未満")


def _amount(rung: Rung, style: NumeralStyle) -> str:
    """Write a difference as what it is: ``３ポイント`` of values in ％, ``３％`` of others."""
    return share_text(abs(rung.share), style, in_points=rung.test in IN_POINTS)


def _beyond_amount(rung: Rung, style: NumeralStyle) -> str:
    """Write what is no longer within a tolerance: ``３ポイントを超えて``."""
    return f"{_amount(rung, style)}{'以上' if rung.is_strict else 'を超えて'}"


def _change_words(rung: Rung, reference: str, style: NumeralStyle) -> tuple[str, str]:
    amount = _amount(rung, style)
    if rung.share > 0:
        above, below = ("を超えて", "以下") if rung.is_strict else ("以上", "未満")
        return f"{reference}より{amount}{above}改善", f"{reference}からの改善が{amount}{below}"
    if rung.share < 0:
        above, below = ("以上", "未満") if rung.is_strict else ("を超えて", "以内")
        return f"{reference}からの悪化が{amount}{below}", f"{reference}より{amount}{above}悪化"
    if rung.is_strict:
        return f"{reference}より改善", f"{reference}と同じか、悪化"
    return f"{reference}と同じか、改善", f"{reference}より悪化"


def _reference_words(task: Task, rung: Rung) -> str:
    if rung.versus is Versus.PREVIOUS:
        return "前年度実績"
    return "現状値（前年度実績）" if task is Task.DIRECTION else "現状値"


def _better(task: Task) -> str:
    return "上回る（下回る）" if task is Task.DIRECTION else "改善"


def _worse(task: Task) -> str:
    return "下回る（上回る）" if task is Task.DIRECTION else "悪化"


def _rate_words(task: Task, basis: Basis) -> str:
    return "達成率" if basis is Basis.ACHIEVEMENT or task is Task.KEEP else "進捗率"


def _part_of_expected(rung: Rung, style: NumeralStyle) -> str:
    return "年度の目安" if rung.share == 1 else f"年度の目安の{share_text(rung.share, style)}"


_WORSE_NOTE = (
    "進捗率が−100％を下回るもの（現状値から、目標値までの道のりより大きく後退したもの）は、"
    f"率でなく「{WORSE_RATE}」と表示します。"
)
