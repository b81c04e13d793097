"""What the benchmarks write: the real plan, repeated to any size."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from kpireport import compose_plan, load_catalogue
from kpireport.document.blocks import Document, Metadata
from kpireport.domain.catalogue import Catalogue, Goal, Indicator, IndicatorGroup, Plan

CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue.json"


def document_of(indicators: int) -> Document:
    """Return the plan edition of the real plan repeated to ``indicators`` rows."""
    catalogue = repeated(load_catalogue(CATALOGUE), indicators)
    metadata = Metadata(
        title="".join(catalogue.title),
        author=catalogue.issuer,
        subject="",
        keywords=(),
        date=dt.date(2019, 7, 1),
    )
    return compose_plan(catalogue, metadata)


def repeated(catalogue: Catalogue, indicators: int) -> Catalogue:
    """Return the catalogue with its goals repeated until it has ``indicators`` rows."""
    times, rest = divmod(indicators, sum(1 for _ in catalogue.indicators()))
    if rest or not times:
        raise ValueError(f"{indicators} is not a multiple of the catalogue's number of indicators")
    copies = [_copy(goal, f"-{n}" if n else "") for n in range(times) for goal in catalogue.goals]
    return replace(catalogue, goals=tuple(copies))


def _copy(goal: Goal, suffix: str) -> Goal:
    return replace(
        goal,
        id=goal.id + suffix,
        numeric_targets=tuple(
            replace(target, id=target.id + suffix) for target in goal.numeric_targets
        ),
        plans=tuple(_copy_plan(plan, suffix) for plan in goal.plans),
    )


def _copy_plan(plan: Plan, suffix: str) -> Plan:
    return replace(
        plan, id=plan.id + suffix, rows=tuple(_copy_row(row, suffix) for row in plan.rows)
    )


def _copy_row(row: Indicator | IndicatorGroup, suffix: str) -> Indicator | IndicatorGroup:
    if isinstance(row, IndicatorGroup):
        copies = tuple(_copy_indicator(each, suffix) for each in row.indicators)
        return replace(row, id=row.id + suffix, indicators=copies)
    return _copy_indicator(row, suffix)


def _copy_indicator(indicator: Indicator, suffix: str) -> Indicator:
    baseline = indicator.baseline
    if baseline.shared_with:
        baseline = replace(baseline, shared_with=baseline.shared_with + suffix)
    return replace(indicator, id=indicator.id + suffix, baseline=baseline)
