"""Targets as a step from the baseline (現状値から1,000歩増加): the number that they ask for.

Comes in: a baseline's number; a step as a text says it or as the plan's file states it. Goes
out: the number asked for, exact. A per cent of something that is itself a percentage may be a
share or so many points: nothing is derived from it unless it is stated which.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from kpireport.domain.catalogue import Measure, Target, YearlyTarget, unit_of
from kpireport.domain.target_kinds import HeldAgainst
from kpireport.domain.units import plain_text, same_unit
from kpireport.domain.values import Quantity, parse_value
from kpireport.quickly import dataclass

_PERCENT, _POINT = "％", "ポイント"
_BASE = (
    r"(?:現状値?|基準値|基準年度?値?|計画策定時|策定時)"
    r"(?:からの?|よりも?|に?比べて?|比で?|に対して?)"
)
_MORE = "増加|増|上昇|向上|アップ|引き?上げ|上乗せ|プラス"
_LESS = "減少|減|低下|削減|縮小|ダウン|引き?下げ|マイナス"
_STEP = re.compile(
    rf"{_BASE}(?P<size>.+?)(?:以上|程度)?(?:[のをだけ]{{0,2}})"
    rf"(?:(?P<more>{_MORE})|(?:{_LESS}))(?:させる|する)?"
)


@dataclass(frozen=True, slots=True)
class Step:
    """A difference to the baseline: how much, negative for less, and of what.

    ``is_stated`` where the plan's file says it, so that a per cent is a share of the baseline.
    """

    amount: Quantity
    is_stated: bool = False


def step_in(text: str, units: tuple[str, ...] = ()) -> Step | None:
    """Read the step that a target's text names from the baseline; ``None`` where it names none.

    >>> str(step_in("現状値から1,000件増加").amount.value)
    '1000'
    >>> step_in("1,000件増加") is None  # of what it does not say
    True
    """
    match = _STEP.fullmatch(plain_text(text))
    if match is None:
        return None
    size = parse_value(match["size"], units=units)
    if len(size.quantities) != 1 or size.bound or size.action or size.period:
        return None
    (amount,) = size.quantities
    return Step(amount if match["more"] else replace(amount, value=-amount.value))


def asked_by(step: Step, baseline: Quantity) -> Quantity | None:
    """Return the number that a step from a baseline asks for; ``None`` where that is open."""
    amount = step.amount
    is_share = same_unit(amount.unit, _PERCENT)
    if amount.unit == _POINT and same_unit(baseline.unit, _PERCENT):
        value = baseline.value + amount.value
    elif is_share and (step.is_stated or not same_unit(baseline.unit, _PERCENT)):
        value = baseline.value * (100 + amount.value) / 100
    elif not is_share and (same_unit(amount.unit, baseline.unit) or not amount.unit):
        value = baseline.value + amount.value
    else:
        return None
    return replace(baseline, value=_plain(value), approximate=baseline.approximate)


def _plain(value: Decimal) -> Decimal:
    """The number without noughts that only the arithmetic brought."""
    whole = value.to_integral_value()
    return whole if value == whole and value.as_tuple().exponent != 0 else value


_UNIT_OF_STEP = re.compile(
    r"[0-9０-９]([^0-9０-９.,，．]{1,6}?)(?:以上|程度)?の?(?:増|減|上|向|低|削|引|縮|アップ|ダウン)"
)


def units_of_step(text: str) -> tuple[str, ...]:
    """A unit that no list has, as a step is written with one: 歩 of ``1,000歩増加``."""
    found = _UNIT_OF_STEP.search(text)
    return (found[1],) if found else ()


def units_around(measure: Measure) -> tuple[str, ...]:
    """The units that a row's own numbers have, which its texts are read with.

    One whose first value is not known yet has none but that of the step from it.
    """
    quantities = (*measure.baseline.quantities, *measure.target.quantities)
    target, step = measure.target, measure.target.step
    units = {each.unit for each in quantities} | {unit_of(measure)}
    if not target.quantities and target.kind.facts.held_against is HeldAgainst.NUMBER:
        units |= {step.unit} if step else set(units_of_step(target.text))
    return tuple(units - {""})


_Measure = TypeVar("_Measure", bound=Measure)


def with_asked_numbers(measure: _Measure) -> _Measure:
    """Return a row whose targets have the numbers that their steps from the baseline ask for."""
    held = measure.target.kind.facts.held_against
    if held is not HeldAgainst.NUMBER or not measure.baseline.quantities:
        return measure
    units = units_around(measure)
    first = measure.baseline.quantities[0]
    target = _target(measure.target, first, units)
    yearly = tuple(_yearly(each, first, units) for each in measure.yearly_targets)
    if target is measure.target and yearly == measure.yearly_targets:
        return measure
    return replace(measure, target=target, yearly_targets=yearly)


def _target(target: Target, baseline: Quantity, units: tuple[str, ...]) -> Target:
    step = target.step and Step(target.step, is_stated=True)
    asked = _asked(step or step_in(target.text, units), baseline)
    return replace(target, quantities=(asked,)) if asked else target


def _yearly(yearly: YearlyTarget, baseline: Quantity, units: tuple[str, ...]) -> YearlyTarget:
    asked = _asked(step_in(yearly.text, units), baseline)
    return replace(yearly, quantities=(asked,)) if asked else yearly


def _asked(step: Step | None, baseline: Quantity) -> Quantity | None:
    return asked_by(step, baseline) if step else None
