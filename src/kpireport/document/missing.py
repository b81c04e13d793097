"""What is missing to a target, and why a mark was given, in people's words (あと１園).

Comes in: a judgement and the row that was judged, in the form that was in force in its
year. Goes out: final text in the row's own unit: ``25園まであと１園``,
``年度の目安の21校まであと１校``. Of exact rates and boundaries,
:func:`kpireport.document.judgements.describe_reason` tells.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import assert_never

from kpireport.document.judgements import describe_reason, rate_text, survey_name
from kpireport.document.numbers import format_number
from kpireport.domain.actuals import ReportedState
from kpireport.domain.catalogue import Measure, as_spelt
from kpireport.domain.numerals import NumeralStyle, write_numerals
from kpireport.domain.values import Quantity
from kpireport.domain.wording import USUAL_WORDS, Words
from kpireport.evaluation.courses import Course, Standing
from kpireport.evaluation.judgements import Judgement
from kpireport.evaluation.reasons import (
    AgainstChange,
    AgainstExpected,
    AgainstReference,
    AgainstShare,
    AgainstTarget,
    Chosen,
    NoneAtDeadline,
    NothingToJudge,
    NotReported,
    OfLastSurvey,
    RateKind,
    StateReported,
)
from kpireport.evaluation.schemes import Task
from kpireport.quickly import dataclass


def missing_text(
    judgement: Judgement,
    measure: Measure,
    style: NumeralStyle = NumeralStyle.MIXED,
    words: Words = USUAL_WORDS,
    *,
    is_beside_target: bool = False,
) -> str:
    """Write what is missing to the target: ``あと１園``, ``0.4ポイント超過``.

    ``現状値を12件下回る`` of a direction, ``実施中（期限 令和３年度末）`` of a state until that
    is over, then ``実施中（期限内に完了せず）``. Empty where
    nothing is missing, or nothing is known: the target is met, nothing was reported, or it
    cannot be compared.

    Args:
        judgement: of the year in question.
        measure: the row as it was in force in that year.
        style: how numbers are written.
        words: what the plan calls its columns.
        is_beside_target: whether the target stands beside it; else a year's own is named
            (``令和２年度の目標まであと１園``).
    """
    reason = judgement.reason
    if isinstance(reason, StateReported):
        if reason.state is ReportedState.DONE:
            return ""
        if judgement.fiscal_year >= judgement.due:
            return f"{reason.state}（期限内に完了せず）"
        return f"{reason.state}（期限 {words.year_name(judgement.due, style)}末）"
    writer = _Writer(measure, style, words)
    if isinstance(reason, NoneAtDeadline):
        own = measure.yearly_target(reason.of_year) if reason.of_year else None
        target = (own or measure.target).quantities[0]
        return f"あと{writer.amount(target, target.value, target.scale)}"
    standing = judgement.standing
    if standing is None or _is_met(standing):
        return ""
    if standing.course.task is Task.DIRECTION:
        return writer.beside_reference(standing, is_short=True)
    return writer.missing(standing, is_beside_target=is_beside_target)


def plain_reason(
    judgement: Judgement,
    measure: Measure,
    style: NumeralStyle = NumeralStyle.MIXED,
    words: Words = USUAL_WORDS,
) -> str:
    """Write why the scheme gave its mark, as one would say it: ``25園まであと１園``.

    What a person set instead, and why, is not told here. Arguments as those of
    :func:`missing_text`.
    """
    standing, reason = judgement.standing, judgement.reason
    if standing is None:
        if isinstance(reason, StateReported) and reason.due is None:
            return missing_text(judgement, measure, style, words) or f"「{reason.state}」と報告"
        return describe_reason(reason, style, words)
    writer = _Writer(measure, style, words)
    match reason:
        case AgainstExpected(kind, _, expected):
            # Nothing is expected yet: of an achievement that is no number at all.
            has_share = 0 < expected < 1 or (not expected and kind is RateKind.PROGRESS)
            if standing.beside_target in (0, 1) or not has_share:
                return writer.to_target(standing)
            return writer.to_share(standing, kind, expected)
        case AgainstShare(rate, kind=kind):
            text = writer.to_target(standing)
            # The target over the actual is no part of the target.
            is_part = standing.course.upward and standing.beside_target == -1
            is_part = is_part and kind is RateKind.ACHIEVEMENT
            return f"{text}（目標の{rate_text(rate, style)}）" if is_part else text
        case AgainstReference() | AgainstChange():
            held = replace(standing.course, reference=reason.reference, reference_kind=reason.kind)
            return writer.beside_reference(replace(standing, course=held))
        case AgainstTarget():
            return writer.to_target(standing)
        case OfLastSurvey(year, carried):
            said = plain_reason(replace(judgement, reason=carried), measure, style, words)
            return f"{survey_name(year, style, words)}：{said}"
        case StateReported() | NothingToJudge() | NoneAtDeadline() | Chosen() | NotReported():
            return describe_reason(reason, style, words)
        case _:
            assert_never(reason)


def _is_met(standing: Standing) -> bool:
    if standing.course.task is Task.DIRECTION:
        return standing.beside_reference == 1
    return standing.beside_target in (0, 1)


@dataclass(frozen=True, slots=True)
class _Writer:
    """How amounts of one row are written."""

    measure: Measure
    style: NumeralStyle
    words: Words

    def to_target(self, standing: Standing) -> str:
        """Write how the actual stands to the target's number."""
        course, actual = standing.course, standing.actual
        assert course.target is not None  # noqa: S101 -- where it has none, others speak
        of = self._year_of(course)
        target, size = self._whole(course.target), self._difference(actual, course.target)
        named = f"{of}目標の{target}"
        target = named if of else target
        match standing.beside_target, course.upward:
            case -1, True:
                return f"{target}まであと{size}"
            case -1, False:
                return f"{target}を{size}超過"
            case 1, upward:
                return f"{named}を{size}{_side(more=upward)}"
            case _:
                return f"{named}と同じ"

    def missing(self, standing: Standing, *, is_beside_target: bool) -> str:
        """Write what is missing to the target's number."""
        course = standing.course
        assert course.target is not None  # noqa: S101 -- where it has none, others speak
        size = self._difference(standing.actual, course.target)
        text = f"あと{size}" if course.upward else f"{size}超過"
        if is_beside_target or not course.of_year:
            return text
        return f"{self._year_of(course)}目標{'まで' if course.upward else 'を'}{text}"

    def _year_of(self, course: Course) -> str:
        """Say whose target it is, where it is not the row's own: ``令和２年度の``."""
        return f"{self.words.year_name(course.of_year, self.style)}の" if course.of_year else ""

    def to_share(self, standing: Standing, kind: RateKind, expected: Fraction) -> str:
        """Write how the actual stands to what an even pace asks for by the year's end."""
        course, actual = standing.course, standing.actual
        share = _share_of_year(course, actual, kind, expected)
        way = f"{self._year_of(course)}目標に向けた" if course.of_year else ""
        whole, size = (
            f"{way}{self.words.pace}の{self._whole(share)}",
            self._difference(actual, share),
        )
        if actual.value == share.value:
            return f"{whole}と同じ"
        if (actual.value > share.value) == course.upward:
            return f"{whole}を{size}{_side(more=course.upward)}"
        return f"{whole}まであと{size}" if course.upward else f"{whole}を{size}超過"

    def beside_reference(self, standing: Standing, *, is_short: bool = False) -> str:
        """Write how the actual stands to the baseline or to last year's."""
        course, actual = standing.course, standing.actual
        assert course.reference is not None  # noqa: S101 -- the reason is a comparison with it
        name = self.words.put_into(course.reference_kind)
        reference = name if is_short else f"{name}の{self._whole(course.reference)}"
        if not standing.beside_reference:
            return f"{reference}と同じ"
        is_more = actual.value > course.reference.value
        return f"{reference}を{self._difference(actual, course.reference)}{_side(more=is_more)}"

    def amount(self, like: Quantity, size: Decimal, scale: str) -> str:
        """Write so much of a quantity's unit; of percentages it is points."""
        unit = "ポイント" if like.unit == "％" else self._unit(like)
        number = replace(like, value=size, scale=scale).scaled_value
        return f"{format_number(number, self.style)}{scale}{unit}"

    def _difference(self, actual: Quantity, other: Quantity) -> str:
        about = "約" if actual.approximate or other.approximate else ""
        like = other if other.unit else actual
        size = abs(actual.value - other.value)
        return f"{about}{self.amount(like, size, _common_scale(actual, other))}"

    def _whole(self, quantity: Quantity) -> str:
        """Write a quantity as it is written in the row's cells."""
        about = "約" if quantity.approximate else ""
        number = format_number(quantity.scaled_value, self.style)
        prefix = write_numerals(quantity.prefix, self.style)
        return f"{prefix}{about}{number}{quantity.scale}{self._unit(quantity)}"

    def _unit(self, quantity: Quantity) -> str:
        return as_spelt(quantity.unit, self.measure)


def _side(*, more: bool) -> str:
    return "上回る" if more else "下回る"


def _common_scale(one: Quantity, other: Quantity) -> str:
    """The 万 or 億 that both are written with, if they are with the same."""
    return other.scale if one.scale == other.scale else ""


def _share_of_year(
    course: Course, actual: Quantity, kind: RateKind, expected: Fraction
) -> Quantity:
    """What the year's share of the way comes to, in numbers like the row's own.

    Rounded to the target's side: what is at it has the share.
    """
    target = course.target
    assert target is not None  # noqa: S101 -- there is no way to go without
    exact, start = Fraction(target.value), course.reference
    if kind is RateKind.PROGRESS and start is not None:
        exact = Fraction(start.value) + expected * (exact - Fraction(start.value))
    else:
        exact = exact * expected if course.upward else exact / expected
    scale = _common_scale(actual, target)
    numbers = (replace(each, scale=scale).scaled_value for each in (actual, target))
    places = max(map(_decimals, numbers))
    step = replace(target, scale=scale).of_scaled(Decimal(1)).value.scaleb(-places)
    steps = exact / Fraction(step)
    rounded = step * (ceil(steps) if course.upward else floor(steps))
    return replace(target, value=rounded, scale=scale)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
