"""Charts as data: what is drawn, in final text; how it looks is the writers'.

Comes in: from composition. Goes out: to the writers inside figure blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias, assert_never


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
    ``spoken`` is the year in full (``令和元年度``) for the alternative text.
    """

    label: str
    value: Decimal | None
    text: str
    spoken: str = ""


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


def chart_texts(chart: Chart) -> Iterator[str]:
    """Yield every text that ``chart`` may show."""
    yield chart.title
    yield chart.unit
    match chart:
        case LineChart():
            for point in chart.points:
                yield point.label
                yield point.text
            if chart.limit is not None:
                yield chart.limit.label
        case StackedBarChart():
            yield from chart.bars
            yield from (series.label for series in chart.series)
        case _:
            assert_never(chart)


def describe_chart(chart: Chart) -> str:
    """Return the alternative text: what is drawn, every number of it, and what it shows."""
    match chart:
        case LineChart():
            return _describe_lines(chart)
        case StackedBarChart():
            return _describe_bars(chart)
        case _:
            assert_never(chart)


def _describe_lines(chart: LineChart) -> str:
    """Say the years' values and how the last stands to the limit.

    ``外遊びの事業の増設。平成30年度は６か所、令和元年度は８か所。目標８か所に令和元年度に達した。``
    """
    values = "、".join(f"{_year(point)}は{_said(point, chart.unit)}" for point in chart.points)
    finding = _finding(chart.points, chart.limit) if chart.limit is not None else ""
    return f"{_flat(chart.title)}。{values}。{finding}"


def _said(point: ChartPoint, unit: str) -> str:
    """Return the point's text with the unit, which on paper stands at the axis."""
    if not point.text.strip("―－-"):
        return "数値なし"
    if point.value is None or point.text.endswith(unit):
        return point.text
    return f"{point.text}{unit}"


def _year(point: ChartPoint) -> str:
    return point.spoken or point.label


def _flat(text: str) -> str:
    return text.replace("\n", "")


def _finding(points: tuple[ChartPoint, ...], limit: ChartLimit) -> str:
    """Say how the last actual stands to the limit; nothing where there is only the baseline."""
    known = [(point, point.value) for point in points if point.value is not None]
    if not known or known[-1][0] is points[0]:
        return ""
    last, value = known[-1]
    label = limit.label.replace(" ", "")
    match limit.kind:
        case LimitKind.ABOVE | LimitKind.BELOW:
            return f"{_year(last)}は{_direction(value, limit)}。"
        case LimitKind.AT_LEAST | LimitKind.AT_MOST:
            is_reached = limit.kind is LimitKind.AT_LEAST
            since = _met_since(known, limit)
            if since is None:
                return f"{_year(last)}は{label}{'に達' if is_reached else 'を満た'}していない。"
            if since is known[0][0]:
                return f"{label}を満たしている。"
            if is_reached:
                return f"{label}に{_year(since)}に達した。"
            return f"{_year(since)}から{label}を満たしている。"
        case _:
            assert_never(limit.kind)


def _direction(value: Decimal, limit: ChartLimit) -> str:
    if value == limit.value:
        return f"{limit.label}と同じ"
    side = "上回り" if value > limit.value else "下回り"
    wanted = "増加" if limit.kind is LimitKind.ABOVE else "減少"
    way = f"めざす{wanted}の方向" if _is_good(value, limit) else f"めざす{wanted}とは逆の方向"
    return f"{limit.label}を{side}、{way}"


def _met_since(known: list[tuple[ChartPoint, Decimal]], limit: ChartLimit) -> ChartPoint | None:
    """Return the year since which the limit is met without a break, ``None`` if it is not."""
    since = None
    for point, value in reversed(known):
        if not _is_good(value, limit):
            break
        since = point
    return since


def _is_good(value: Decimal, limit: ChartLimit) -> bool:
    match limit.kind:
        case LimitKind.AT_LEAST:
            return value >= limit.value
        case LimitKind.AT_MOST:
            return value <= limit.value
        case LimitKind.ABOVE:
            return value > limit.value
        case LimitKind.BELOW:
            return value < limit.value
        case _:
            assert_never(limit.kind)


def _describe_bars(chart: StackedBarChart) -> str:
    """Say every bar's counts, without the marks that none has.

    ``評価別の指標数。基本目標Ⅰは２指標（◎ 達成 1、△ やや遅れ 1）。``
    """
    bars = (_describe_bar(chart, number) for number in range(len(chart.bars)))
    return f"{_flat(chart.title)}。{'。'.join(bars)}。"


def _describe_bar(chart: StackedBarChart, number: int) -> str:
    parts = [
        f"{series.label} {series.counts[number]}"
        for series in chart.series
        if series.counts[number]
    ]
    total = sum(series.counts[number] for series in chart.series)
    counted = f"（{'、'.join(parts)}）" if parts else ""
    return f"{_flat(chart.bars[number])}は{total}{chart.unit}{counted}"
