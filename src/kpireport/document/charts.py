"""Charts as data: what is drawn, in final text; how it looks is the writers'.

Comes in: from composition. Goes out: to the writers inside figure blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias, assert_never

from kpireport.domain.names import in_one_line
from kpireport.quickly import quickly_made

AIMS = "年度ごとの目標"
"""What the targets of the years' own are called."""


class LimitKind(StrEnum):
    """What the reference of a line chart means, and so how it is drawn."""

    AT_LEAST = "at_least"  # a target to reach or exceed: a line, the good side above
    AT_MOST = "at_most"  # a target not to exceed: a line, the good side below
    ABOVE = "above"  # a direction: the baseline as a reference, above it is good
    BELOW = "below"  # a direction: below the baseline is good


@quickly_made
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


@quickly_made
@dataclass(frozen=True, slots=True)
class LimitStep:
    """What a limit was over some years: from the point ``first`` to the point ``last``."""

    value: Decimal
    label: str
    first: int
    last: int


@quickly_made
@dataclass(frozen=True, slots=True)
class ChartLimit:
    """The target or reference: ``label`` stands at its line (``目標 35校``).

    ``wanted`` is the way that a direction asks to go, in the target's own word (上昇). It is in
    force from the point ``first`` on. ``earlier`` is what it was before, where it
    was another: the line then has steps, and a gap where it was of another kind.
    """

    value: Decimal
    label: str
    kind: LimitKind
    first: int = 0
    earlier: tuple[LimitStep, ...] = ()
    wanted: str = ""

    def steps(self, points: int) -> tuple[LimitStep, ...]:
        """Return all steps of the line over so many points, the last in force at the end."""
        now = LimitStep(self.value, self.label, self.first, points - 1)
        return (*self.earlier, now)

    def value_at(self, point: int) -> Decimal:
        """Return what was in force at a point; in a gap, what is now."""
        held = (each.value for each in self.earlier if each.first <= point <= each.last)
        return next(held, self.value)


@dataclass(frozen=True, slots=True)
class LineChart:
    """An indicator over the years; the first point is the baseline (現状値).

    ``is_count`` asks for whole numbers on the axis; ``unit`` stands at the axis. ``minus`` is
    the sign of the axis' numbers below nought. ``aims`` are the targets of the points' own
    years, ``None`` where a year has none; empty where none has. ``aims_word`` is what they are
    called (年度ごとの目標).
    """

    title: str
    unit: str
    points: tuple[ChartPoint, ...]
    limit: ChartLimit | None
    is_count: bool
    minus: str = "−"
    aims: tuple[Decimal | None, ...] = ()
    aims_word: str = AIMS


@dataclass(frozen=True, slots=True)
class BarSeries:
    """One mark over all bars: its words (``◎ 達成``) and a count per bar."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StackedBarChart:
    """Horizontal stacked bars: one bar per goal, a hatched part per mark.

    With ``are_shares`` every bar has the same length, which is its whole (100 %), and its
    parts are still labelled with their counts. ``remarks`` stand at the bars' ends, one each
    (``達成 63.5％``), or there are none.
    """

    title: str
    unit: str
    bars: tuple[str, ...]
    series: tuple[BarSeries, ...]
    are_shares: bool = False
    remarks: tuple[str, ...] = ()


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
                yield from (step.label for step in chart.limit.steps(len(chart.points)))
        case StackedBarChart():
            yield from chart.bars
            yield from (series.label for series in chart.series)
            yield from chart.remarks
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
    values += _aims(chart)
    if chart.limit is None:
        return f"{in_one_line(chart.title)}。{values}。"
    steps, finding = _steps(chart, chart.limit), _finding(chart.points, chart.limit)
    return f"{in_one_line(chart.title)}。{values}。{steps}{finding}"


def _aims(chart: LineChart) -> str:
    """Say the targets of the years' own: ``。年度ごとの目標は、令和２年度20か所``."""
    said = [
        f"{_year(point)}{aim:,f}{chart.unit}"
        for point, aim in zip(chart.points, chart.aims, strict=False)
        if aim is not None
    ]
    return f"。{chart.aims_word}は、{'、'.join(said)}" if said else ""


def _steps(chart: LineChart, limit: ChartLimit) -> str:
    """Say what the limit was over the years; nothing where it was always the same."""
    if not limit.earlier:
        return ""
    years = [_year(point) for point in chart.points]
    said = [
        f"{years[step.first]}から{years[step.last]}までは{_label(step)}" for step in limit.earlier
    ]
    return f"{'、'.join(said)}、{years[limit.first]}からは{_label(limit)}。"


def _label(limit: ChartLimit | LimitStep) -> str:
    return limit.label.replace(" ", "")


def _said(point: ChartPoint, unit: str) -> str:
    """Return the point's text with the unit, which on paper stands at the axis."""
    if _is_dash(point):
        return "数値なし"
    if point.value is None or point.text.endswith(unit):
        return point.text
    return f"{point.text}{unit}"


def _is_dash(point: ChartPoint) -> bool:
    return not point.text.strip("―－-")


def _year(point: ChartPoint) -> str:
    return point.spoken or point.label


_Known: TypeAlias = tuple[ChartPoint, Decimal, Decimal]  # with its value and what was in force


def _finding(points: tuple[ChartPoint, ...], limit: ChartLimit) -> str:
    """Say how the last actual stands to the limit; nothing where there is only the baseline."""
    known = [
        (point, point.value, limit.value_at(number))
        for number, point in enumerate(points)
        if point.value is not None
    ]
    if not known or known[-1][0] is points[0]:
        return ""
    last, value, _ = known[-1]
    match limit.kind:
        case LimitKind.ABOVE | LimitKind.BELOW:
            return f"{_year(last)}は{_direction(value, limit)}。"
        case LimitKind.AT_LEAST | LimitKind.AT_MOST:
            return _met(points, known, limit)
        case _:
            assert_never(limit.kind)


def _met(points: tuple[ChartPoint, ...], known: list[_Known], limit: ChartLimit) -> str:
    """Say since when a target's number is met; that it was reached, only where it had not been."""
    label, is_reached = _label(limit), limit.kind is LimitKind.AT_LEAST
    start = _met_since(known, limit.kind)
    if start == len(known):
        year = _year(known[-1][0])
        return f"{year}は{label}{'に達' if is_reached else 'を満た'}していない。"
    since = known[start][0]
    unsaid = points[: points.index(since)]
    if not start and not (is_reached and unsaid and all(map(_is_dash, unsaid))):
        return f"{label}を満たしている。"
    was_met = any(_is_good(value, bound, limit.kind) for _, value, bound in known[:start])
    again = "再び" if was_met else ""
    if is_reached:
        return f"{label}に{_year(since)}に{again}達した。"
    return f"{_year(since)}から{again}{label}を満たしている。"


def _direction(value: Decimal, limit: ChartLimit) -> str:
    if value == limit.value:
        return f"{_label(limit)}と同じ"
    side = "上回り" if value > limit.value else "下回り"
    wanted = limit.wanted or ("増加" if limit.kind is LimitKind.ABOVE else "減少")
    way = (
        f"めざす{wanted}の方向"
        if _is_good(value, limit.value, limit.kind)
        else f"めざす{wanted}とは逆の方向"
    )
    return f"{_label(limit)}を{side}、{way}"


def _met_since(known: list[_Known], kind: LimitKind) -> int:
    """Return from which of the known years on the limit is met, their number if it is not."""
    since = len(known)
    while since and _is_good(known[since - 1][1], known[since - 1][2], kind):
        since -= 1
    return since


def _is_good(value: Decimal, limit: Decimal, kind: LimitKind) -> bool:
    match kind:
        case LimitKind.AT_LEAST:
            return value >= limit
        case LimitKind.AT_MOST:
            return value <= limit
        case LimitKind.ABOVE:
            return value > limit
        case LimitKind.BELOW:
            return value < limit
        case _:
            assert_never(kind)


def _describe_bars(chart: StackedBarChart) -> str:
    """Say every bar's counts, without the marks that none has.

    ``評価別の指標数。基本目標Ⅰは２指標（◎ 達成 1、△ やや遅れ 1）。`` Where bars are shares,
    their remarks are said too: ``令和３年度は４指標のうち◎ 達成 3、× 遅れ 1（達成 75.0％）。``
    """
    bars = (_describe_bar(chart, number) for number in range(len(chart.bars)))
    return f"{in_one_line(chart.title)}。{'。'.join(bars)}。"


def _describe_bar(chart: StackedBarChart, number: int) -> str:
    parts = [
        f"{series.label} {series.counts[number]}"
        for series in chart.series
        if series.counts[number]
    ]
    total = sum(series.counts[number] for series in chart.series)
    remark = f"（{in_one_line(chart.remarks[number])}）" if chart.remarks else ""
    if chart.are_shares and parts:
        name = in_one_line(chart.bars[number])
        return f"{name}は{total}{chart.unit}のうち{'、'.join(parts)}{remark}"
    counted = f"（{'、'.join(parts)}）" if parts else ""
    return f"{in_one_line(chart.bars[number])}は{total}{chart.unit}{counted}{remark}"
