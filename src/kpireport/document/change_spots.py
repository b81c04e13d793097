"""Which cells of the KPI tables can show a change, in the order of their columns.

Comes in: the plan that is in force. Goes out: what :class:`~kpireport.document.changes.Changes`
knows the cells by: a row's own ones, its texts' columns, the targets of years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kpireport.document.changes import Spot, spot_in
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.layouts import LayoutColumn, LayoutName, YearPart
from kpireport.domain.years import FiscalYear


def plan_spots(plan: Catalogue) -> tuple[str, ...]:
    """Return the cells of the plan edition."""
    layout, years = plan.columns.plan, plan.years_with_targets
    aimed: dict[str, Sequence[FiscalYear]] = {
        each.name: each.years((), years, plan.years.target)
        for each in layout
        if each.name == LayoutName.YEARLY_TARGETS
    }
    return _spots(layout, aimed or {LayoutName.TARGET: years})


def review_spots(
    plan: Catalogue, reported: Sequence[FiscalYear], usual: Sequence[FiscalYear]
) -> tuple[str, ...]:
    """Return the cells of the review.

    Args:
        plan: that is in force.
        reported: the years of the report.
        usual: those of them that a table has whose columns are not laid out.
    """
    layout, years = plan.columns.review, plan.years_with_targets
    of_years = [each for each in layout if each.parts]
    apart = [each for each in of_years if YearPart.TARGET in each.parts]
    aimed: dict[str, Sequence[FiscalYear]] = {
        each.name: each.years(reported, years, plan.years.target) for each in apart or of_years
    }
    return _spots(layout, aimed or {LayoutName.ACTUALS: usual})


def _spots(
    layout: Iterable[LayoutColumn], aimed: Mapping[str, Sequence[FiscalYear]]
) -> tuple[str, ...]:
    """Return the cells; ``aimed`` are, by columns, the years whose targets stand there."""
    names = [each.name for each in layout] or [Spot.BASELINE, *aimed]
    spots = (spot for name in names for spot in (*map(spot_in, aimed.get(name, ())), name))
    return tuple(dict.fromkeys((Spot.NAME, *spots, *Spot)))
