"""From the entries of ``catalogue.json`` to what is measured: indicators, targets, baselines.

Comes in: entries that were checked. Goes out: frozen facts, their numbers in the
decimals and the scale that are printed.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TypeVar

from kpireport.domain.catalogue import Baseline, Measure, Target, YearlyTarget
from kpireport.domain.surveys import Survey
from kpireport.domain.values import Quantity, parse_value, scaled_quantity
from kpireport.domain.years import FiscalYear
from kpireport.sources.measure_entries import (
    BaselineEntry,
    MeasureEntry,
    QuantityEntry,
    SurveyEntry,
    TargetEntry,
    YearlyTargetEntry,
)

_Measure = TypeVar("_Measure", bound=Measure)


def measure_of(kind: type[_Measure], entry: MeasureEntry) -> _Measure:
    """An indicator or a numeric target, as ``kind`` says."""
    return kind(
        id=entry.id,
        name=entry.name,
        baseline=baseline_of(entry.baseline),
        target=target_of(entry.target),
        departments=tuple(entry.departments),
        survey=None if entry.survey is None else _survey_of(entry.survey),
        yearly_targets=tuple(_yearly_target_of(each, entry) for each in entry.yearly_targets),
        is_cumulative=entry.cumulative,
    )


def _yearly_target_of(entry: YearlyTargetEntry, row: MeasureEntry) -> YearlyTarget:
    """A year's target; what is not stated beside its text is read from it."""
    units = [each.unit for each in row.target.quantities if each.unit]
    printed = parse_value(entry.text, units=units).quantities
    return YearlyTarget(
        FiscalYear(entry.fiscal_year),
        entry.text,
        _quantities(entry.quantities, entry.text) if entry.quantities else printed,
    )


def _survey_of(entry: SurveyEntry) -> Survey:
    if entry.first is None or entry.every is None:
        return Survey(tuple(map(FiscalYear, entry.years)))
    return Survey(first=FiscalYear(entry.first), every=entry.every)


def baseline_of(entry: BaselineEntry) -> Baseline:
    """A baseline, with the numbers that its text has."""
    return Baseline(
        text=entry.text,
        quantities=_quantities(entry.quantities, entry.text),
        as_of=entry.as_of,
        shared_with=entry.shared_with,
        year=None if entry.year is None else FiscalYear(entry.year),
        is_first_known=entry.first_known,
    )


def target_of(entry: TargetEntry) -> Target:
    """A target, with the numbers that its text has."""
    return Target(
        text=entry.text,
        kind=entry.kind,
        quantities=_quantities(entry.quantities, entry.text),
        deadline=None if entry.deadline is None else FiscalYear(entry.deadline),
    )


def _quantities(entries: list[QuantityEntry], text: str) -> tuple[Quantity, ...]:
    """Return the quantities, their numbers in the decimals and the scale that are printed."""
    printed = parse_value(text, units=[each.unit for each in entries if each.unit]).quantities
    return tuple(
        _quantity(entry, like) for entry, like in zip_longest(entries, printed[: len(entries)])
    )


def _quantity(entry: QuantityEntry, printed: Quantity | None) -> Quantity:
    quantity = scaled_quantity(entry.value, entry.unit)
    if printed is not None and printed.value == quantity.value:
        quantity = replace(quantity, value=printed.value, scale=printed.scale)
    return replace(quantity, prefix=entry.prefix, approximate=entry.approximate)
