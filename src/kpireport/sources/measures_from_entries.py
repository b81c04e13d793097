"""From the entries of ``catalogue.json`` to what is measured: indicators, targets, baselines.

Comes in: entries that were checked. Goes out: frozen facts, their numbers in the
decimals and the scale that are printed.
"""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import zip_longest
from typing import TypeVar

from kpireport.domain.catalogue import Baseline, Indicator, Measure, Target, YearlyTarget
from kpireport.domain.layouts import Details
from kpireport.domain.steps import with_asked_numbers
from kpireport.domain.surveys import Survey
from kpireport.domain.values import Quantity, parse_in_unit, scaled_quantity
from kpireport.domain.years import FiscalYear
from kpireport.sources.measure_entries import (
    BaselineEntry,
    IndicatorEntry,
    MeasureEntry,
    QuantityEntry,
    StepEntry,
    SurveyEntry,
    TargetEntry,
    YearlyTargetEntry,
    counted_in,
    unit_of,
)

_Measure = TypeVar("_Measure", bound=Measure)


def measure_of(kind: type[_Measure], entry: MeasureEntry) -> _Measure:
    """An indicator or a numeric target, as ``kind`` says."""
    unit = unit_of(entry)
    measure = kind(
        id=entry.id,
        name=entry.name,
        baseline=baseline_of(entry.baseline, unit),
        target=target_of(entry.target, unit),
        departments=tuple(entry.departments),
        survey=None if entry.survey is None else _survey_of(entry.survey),
        yearly_targets=tuple(_yearly_target_of(each, entry) for each in entry.yearly_targets),
        is_cumulative=entry.cumulative,
        category=entry.category,
    )
    if isinstance(measure, Indicator) and isinstance(entry, IndicatorEntry):
        measure = replace(measure, details=_details_of(entry))
    return with_asked_numbers(measure)


def _yearly_target_of(entry: YearlyTargetEntry, row: MeasureEntry) -> YearlyTarget:
    """A year's target; what is not stated beside its text is read from it."""
    unit = unit_of(row)
    entry = counted_in(entry, unit)
    units = [each.unit for each in row.target.quantities if each.unit]
    printed = parse_in_unit(entry.text, unit, units=units).quantities
    return YearlyTarget(
        FiscalYear(entry.fiscal_year),
        entry.text,
        _quantities(entry.quantities, entry.text, unit) if entry.quantities else printed,
    )


def stated_yearly_target(entry: YearlyTargetEntry) -> YearlyTarget:
    """A year's target with the numbers that are stated; the others are read in its row's units."""
    year = FiscalYear(entry.fiscal_year)
    return YearlyTarget(year, entry.text, _quantities(entry.quantities, entry.text, ""))


def _details_of(entry: IndicatorEntry) -> Details:
    apart = ("past", "pasts", "own")
    names = (each.name for each in fields(Details) if each.name not in apart)
    texts = {name: getattr(entry, name) for name in names}
    return Details(
        **texts,
        past=next((each.text for each in entry.past if not each.label), ""),
        pasts=tuple((each.label, each.text) for each in entry.past if each.label),
        own=tuple(entry.details.items()),
    )


def _survey_of(entry: SurveyEntry) -> Survey:
    if entry.first is None or entry.every is None:
        return Survey(tuple(map(FiscalYear, entry.years)))
    return Survey(first=FiscalYear(entry.first), every=entry.every)


def baseline_of(entry: BaselineEntry, unit: str = "") -> Baseline:
    """A baseline, with the numbers that its text has; ``unit`` is its indicator's own."""
    entry = counted_in(entry, unit)
    return Baseline(
        text=entry.text,
        quantities=_quantities(entry.quantities, entry.text, unit),
        as_of=entry.as_of,
        shared_with=entry.shared_with,
        year=None if entry.year is None else FiscalYear(entry.year),
        is_first_known=entry.first_known,
    )


def target_of(entry: TargetEntry, unit: str = "") -> Target:
    """A target, with the numbers that its text has; ``unit`` is its indicator's own."""
    entry = counted_in(entry, unit)
    return Target(
        text=entry.text,
        kind=entry.kind,
        quantities=_quantities(entry.quantities, entry.text, unit),
        deadline=None if entry.deadline is None else FiscalYear(entry.deadline),
        step=None if entry.step is None else _step(entry.step, unit),
    )


def _step(entry: StepEntry, unit: str) -> Quantity:
    return scaled_quantity(entry.value, entry.unit or unit)


def _quantities(entries: list[QuantityEntry], text: str, unit: str) -> tuple[Quantity, ...]:
    """Return the quantities, their numbers in the decimals and the scale that are printed."""
    units = [each.unit for each in entries if each.unit]
    printed = parse_in_unit(text, unit, units=units).quantities
    return tuple(
        _quantity(entry, like) for entry, like in zip_longest(entries, printed[: len(entries)])
    )


def _quantity(entry: QuantityEntry, printed: Quantity | None) -> Quantity:
    quantity = scaled_quantity(entry.value, entry.unit)
    if printed is not None and printed.value == quantity.value:
        quantity = replace(quantity, value=printed.value, scale=printed.scale)
    return replace(quantity, prefix=entry.prefix, approximate=entry.approximate)
