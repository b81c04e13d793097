"""The real plan and its sample actuals, repeated under further ids to any size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpireport.domain.actuals import Actuals
from kpireport.domain.catalogue import Catalogue, Goal, Indicator, IndicatorGroup, Plan


def times_for(catalogue: Catalogue, indicators: int) -> int:
    """Return how often the catalogue is to be repeated to have ``indicators`` rows."""
    times, rest = divmod(indicators, sum(1 for _ in catalogue.indicators()))
    if rest or not times:
        raise ValueError(f"{indicators} is not a multiple of the catalogue's number of indicators")
    return times


def repeat_catalogue(catalogue: Catalogue, times: int) -> Catalogue:
    """Return the catalogue with its goals ``times`` over."""
    goals = (_copy(goal, suffix) for suffix in _suffixes(times) for goal in catalogue.goals)
    return replace(catalogue, goals=tuple(goals))


def repeat_actuals(actuals: Actuals, times: int) -> Actuals:
    """Return the actuals ``times`` over, for the repeated catalogue."""
    suffixes = tuple(_suffixes(times))
    return Actuals(
        tuple(
            replace(entry, measure_id=entry.measure_id + suffix)
            for suffix in suffixes
            for entry in actuals.entries
        ),
        tuple(
            replace(comment, plan_id=comment.plan_id + suffix)
            for suffix in suffixes
            for comment in actuals.comments
        ),
        tuple(
            replace(override, measure_id=override.measure_id + suffix)
            for suffix in suffixes
            for override in actuals.overrides
        ),
    )


def _suffixes(times: int) -> Iterator[str]:
    """Yield what makes the ids of each copy its own; the first keeps the real ones."""
    return (f"-{copy}" if copy else "" for copy in range(times))


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
