"""Charts as data: what is drawn, in final text; how it looks is the writers'.

Comes in: from composition. Goes out: to the writers inside figure blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class LimitKind(StrEnum):
    """What the reference of a line chart means, and so how it is drawn."""

    AT_LEAST = "at_least"  # a target to reach or exceed: a line, the good side above
    AT_MOST = "at_most"  # a target not to exceed: a line, the good side below
    ABOVE = "above"  # a direction: the baseline as a reference, above it is good
    BELOW = "below"  # a direction: below the baseline is good


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A year's value: ``label`` is the year on the axis (``R1``), ``text`` stands at the point.

    ``value`` is ``None`` for a year without a number: the line has a gap there.
    """

    label: str
    value: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class ChartLimit:
    """The target or reference: ``label`` stands at its line (``目標 35校``)."""

    value: Decimal
    label: str
    kind: LimitKind


@dataclass(frozen=True, slots=True)
class LineChart:
    """An indicator over the years; the first point is the baseline (現状値).

    ``is_count`` asks for whole numbers on the axis; ``unit`` stands at the axis.
    """

    title: str
    unit: str
    points: tuple[ChartPoint, ...]
    limit: ChartLimit | None
    is_count: bool


@dataclass(frozen=True, slots=True)
class BarSeries:
    """One mark over all bars: its words (``◎ 達成``) and a count per bar."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StackedBarChart:
    """Horizontal stacked bars: one bar per goal, a hatched part per mark."""

    title: str
    unit: str
    bars: tuple[str, ...]
    series: tuple[BarSeries, ...]


Chart: TypeAlias = LineChart | StackedBarChart
