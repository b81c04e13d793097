"""Axes of numbers: from where to where, with which ticks, cut or not.

Comes in: the values that must be seen. Goes out: a scale. Arithmetic is decimal, so
that a tick at 0.3 is 0.3. Counts have ticks at whole numbers. An axis starts at zero
unless the values would then look alike; it is cut only then, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import count

from kpireport.quickly import dataclass

_FULL = Decimal(100)  # per cent
_PERCENT_SIGNS = ("％", "%")

# An axis is cut where values differ by less than this share of the greatest: a
# count is drawn from zero as long as its changes can be seen at all.
_CUT_BELOW_COUNT = Decimal("0.10")
_CUT_BELOW = Decimal("0.20")

# So it is where the years alone differ by less than this share, though a target does not: a
# line that lies flat shows nothing. Cutting has to make their differences twice as large.
_CUT_BELOW_OF_YEARS = Decimal("0.10")
_LEAST_GAIN = 2

# A cut axis covers at least this share of the greatest value: a change of a
# hundredth must not fill the chart.
_LEAST_COVER = Decimal("0.10")

# What a rate lacks to its target is at least this share of the axis, where that is cut.
_LEAST_GAP = Decimal("0.10")

_MYRIADS = ((Decimal(10**8), "億"), (Decimal(10**4), "万"))


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from the first tick to the last; ``is_cut``: zero stands below a break."""

    ticks: tuple[Decimal, ...]
    is_cut: bool
    minus: str = "−"

    @property
    def low(self) -> Decimal:
        """The first tick."""
        return self.ticks[0]

    @property
    def high(self) -> Decimal:
        """The last tick."""
        return self.ticks[-1]

    @property
    def labels(self) -> tuple[str, ...]:
        """The ticks in figures, great ones in 万 or 億."""
        return tuple(each.replace("-", self.minus) for each in _tick_labels(self.ticks))


def choose_scale(
    values: Sequence[Decimal],
    *,
    is_count: bool,
    unit: str = "",
    intervals: int = 4,
    gap: Decimal | None = None,
    seen: Sequence[Decimal] = (),
) -> Scale:
    """Return the scale that shows all ``values`` (one or more) with few ticks.

    There are ``intervals`` between ticks at most, but two where values stand on
    both sides of zero. ``gap`` is what a rate lacks to its target: the scale is so fine that
    it can be seen. ``seen`` are those of the values that are to be told from each other.
    """
    low, high = min(values), max(values)
    is_cut = _asks_for_cut(low, high, is_count=is_count) or _lies_flat(seen, low, high)
    if is_cut:
        cover = high * _LEAST_COVER
        if gap and unit in _PERCENT_SIGNS:
            cover = min(cover, gap / _LEAST_GAP)
        spare = max(Decimal(0), cover - (high - low)) / 2
        low, high = low - spare, high + spare
    else:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if unit in _PERCENT_SIGNS and max(values) <= _FULL:
        if is_cut:
            low, high = low - max(Decimal(0), high - _FULL), min(high, _FULL)
        if low == high:
            high = _FULL
    if low == high:
        high = low + 1
    ticks = _ticks(low, high, is_count=is_count, intervals=max(intervals, 2))
    return Scale(ticks, is_cut and ticks[0] > 0)


def _asks_for_cut(low: Decimal, high: Decimal, *, is_count: bool) -> bool:
    """Tell whether the values would look alike on an axis from zero."""
    share = _CUT_BELOW_COUNT if is_count else _CUT_BELOW
    return 0 < low < high and high - low < share * high


def _lies_flat(seen: Sequence[Decimal], low: Decimal, high: Decimal) -> bool:
    """Tell whether the years could not be told from each other on an axis from zero."""
    if not seen or low <= 0 or high > _LEAST_GAIN * low:
        return False
    return 0 < max(seen) - min(seen) < _CUT_BELOW_OF_YEARS * high


def _ticks(low: Decimal, high: Decimal, *, is_count: bool, intervals: int) -> tuple[Decimal, ...]:
    """Return evenly spaced round numbers that reach from ``low`` or below to ``high`` or above."""
    for step in _steps((high - low) / intervals, is_count=is_count):
        first = (low / step).to_integral_value(ROUND_FLOOR)
        last = (high / step).to_integral_value(ROUND_CEILING)
        if last - first <= intervals:
            return tuple(step * number for number in range(int(first), int(last) + 1))
    raise AssertionError("steps grow without end")


def _steps(least: Decimal, *, is_count: bool) -> Iterator[Decimal]:
    """Yield 1, 2, 5, 10, 20, 25, 50 … of the order of ``least`` and upwards."""
    for exponent in count(least.adjusted()):
        for digits in ("1", "2", "2.5", "5"):
            step = Decimal(digits).scaleb(exponent)
            is_whole = step == step.to_integral_value()
            if step >= least and (is_whole or (digits != "2.5" and not is_count)):
                yield step


def _tick_labels(ticks: Sequence[Decimal]) -> tuple[str, ...]:
    greatest = max(abs(tick) for tick in ticks)
    for unit, name in _MYRIADS:
        scaled = [tick / unit for tick in ticks]
        if greatest >= 10 * unit and all(value == round(value, 1) for value in scaled):
            return tuple(f"{text}{name}" if text != "0" else text for text in _figures(scaled))
    return tuple(_figures(ticks))


def _figures(values: Sequence[Decimal]) -> list[str]:
    """Write ``values`` grouped, all with the decimals that one of them needs; zero is ``0``."""
    exponents = (value.normalize().as_tuple().exponent for value in values)
    places = max(0, *(-exponent for exponent in exponents if isinstance(exponent, int)))
    return [f"{value:,.{places}f}" if value else "0" for value in values]
