"""What the values of a chart are held against over the years: the target's line, its steps.

Comes in: a review and a measure. Goes out: the limit of its chart, as it was in force at
every point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from kpireport.document.charts import ChartLimit, LimitKind, LimitStep
from kpireport.document.numbers import format_number
from kpireport.document.reviews import Review
from kpireport.domain.catalogue import Measure
from kpireport.domain.target_kinds import HeldAgainst
from kpireport.domain.units import same_unit
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear


def forms_of(review: Review, measure: Measure, years: Sequence[FiscalYear]) -> list[Measure]:
    """Return what the measure was at every point: the first year's is the baseline's too."""
    found = [
        review.history.find(review.history.id_in(measure.id, year) or measure.id, year) or measure
        for year in years
    ]
    return [found[0], *found]


def bounds_of(
    review: Review, measure: Measure, years: Sequence[FiscalYear], unit: str
) -> list[Quantity | None]:
    """Return what the value is held against at every point, where it is counted in ``unit``."""
    return [_bound(form, unit) for form in forms_of(review, measure, years)]


def limit_of(
    review: Review,
    forms: Sequence[Measure],
    bounds: Sequence[Quantity | None],
    *,
    scale: str,
    unit: str,
) -> ChartLimit | None:
    """Return the line of the bounds, counted as the axis counts; none where the last has none."""
    return _with_steps(
        [
            _limit(review, form, on_axis(bound, scale), unit=f"{scale}{unit}")
            for form, bound in zip(forms, bounds, strict=True)
        ]
    )


def _with_steps(limits: Sequence[ChartLimit | None]) -> ChartLimit | None:
    """Return the last point's limit with the steps that it had before, as far as of its kind."""
    now = limits[-1]
    if now is None:
        return None
    runs: list[LimitStep] = []
    for number, limit in enumerate(limits):
        if limit is None or limit.kind is not now.kind:
            continue
        if runs and runs[-1].last == number - 1 and runs[-1].label == limit.label:
            runs[-1] = replace(runs[-1], last=number)
        else:
            runs.append(LimitStep(limit.value, limit.label, number, number))
    return replace(now, first=runs[-1].first, earlier=tuple(runs[:-1]))


def on_axis(quantity: Quantity | None, scale: str) -> Quantity | None:
    """Return a quantity whose number counts the axis's unit, with its scale or without."""
    if quantity is None or not quantity.scale:
        return quantity
    return replace(quantity, value=quantity.scaled_value if scale else quantity.value, scale="")


def first_in(quantities: tuple[Quantity, ...], unit: str) -> Quantity | None:
    """Return the first quantity if it is counted in ``unit``."""
    return quantities[0] if quantities and same_unit(quantities[0].unit, unit) else None


def limit_kind(measure: Measure) -> LimitKind | None:
    """Return how the line is meant that a measure's values are held against, where one is."""
    facts = measure.target.kind.facts
    match facts.held_against:
        case HeldAgainst.NUMBER:
            return LimitKind.AT_LEAST if facts.upward else LimitKind.AT_MOST
        case HeldAgainst.BASELINE:
            return LimitKind.ABOVE if facts.upward else LimitKind.BELOW
        case HeldAgainst.PREVIOUS | HeldAgainst.WORDS | HeldAgainst.NOTHING:
            return None
        case _:
            assert_never(facts.held_against)


def _bound(measure: Measure, unit: str) -> Quantity | None:
    """Return what the values are held against: the target's number, or the baseline's."""
    match limit_kind(measure):
        case LimitKind.AT_LEAST | LimitKind.AT_MOST:
            return first_in(measure.target.quantities, unit)
        case LimitKind.ABOVE | LimitKind.BELOW:
            return first_in(measure.baseline.quantities, unit)
        case None:
            return None


def _limit(
    review: Review, measure: Measure, bound: Quantity | None, *, unit: str
) -> ChartLimit | None:
    """Return the line that the values are held against."""
    kind = limit_kind(measure)
    if bound is None or kind is None:
        return None
    number = review.words.signed(format_number(bound.value, review.numerals))
    name = review.words.baseline if kind in (LimitKind.ABOVE, LimitKind.BELOW) else "目標"
    # hardly anything goes below nought: there the plan's own word says whether it may
    says_side = bound.value or _OR_LESS in measure.target.text
    side = _OR_LESS if kind is LimitKind.AT_MOST and says_side else ""
    about = "約" if bound.approximate else ""
    deadline = measure.target.deadline  # its own, where it has one
    due = f"（{review.words.axis_label(deadline)}）" if deadline else ""
    label = f"{name} {about}{number}{unit}{side}{due}"
    return ChartLimit(bound.value, label, kind, wanted=_way(measure))


_OR_LESS = "以下"
_WAYS = re.compile("上昇|向上|増加|拡大|低下|減少|縮小|削減")


def _way(measure: Measure) -> str:
    """Return the way that a target in words asks to go, in its own word; empty where none."""
    found = _WAYS.search(measure.target.text)
    return found[0] if found and not measure.target.quantities else ""
