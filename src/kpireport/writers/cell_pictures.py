"""Small pictures in cells, laid out the same for both writers: bars and sparklines.

Comes in: a bar or a sparkline, and the width of its cell. Goes out: where its parts stand,
in points from its lower left. Both are decoration: the numbers stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from kpireport.document.blocks import Bar, Clip, Sparkline
from kpireport.quickly import dataclass
from kpireport.writers.theme import BarLook, SparkLook

_LEAST_GAP = 1.5  # points


class Spot(NamedTuple):
    """A point."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bar in its room of ``width`` by ``height``, ``space_after`` above what is below.

    The frame stands ``left`` and ``bottom`` from the room's corner, as wide as ``length`` and
    filled over ``filled`` of that; ``tick`` is where the line across it stands, ``arrow`` the
    corners of its head.
    """

    width: float
    height: float
    space_after: float
    left: float
    bottom: float
    length: float
    filled: float
    tick: float | None
    arrow: tuple[Spot, ...]


def lay_bar(bar: Bar, width: float, look: BarLook) -> Bullet:
    """Return a bar for a cell that is ``width`` points wide inside.

    All have the room that an arrow needs beside it, so that bars below each other begin and
    end alike. What is not full is seen not to be.
    """
    length = width * look.width
    is_plain = bar.tick is None and bar.clipped is None
    beside, above = look.arrow, 0.0 if is_plain else look.overhang
    tick = None if bar.tick is None else beside + length * _within(bar.tick)
    return Bullet(
        length + 2 * beside,
        look.height + 2 * above,
        look.space_after - above,
        beside,
        above,
        length,
        length if bar.share >= 1 else min(length * _within(bar.share), length - _LEAST_GAP),
        tick,
        _arrow(bar.clipped, beside, above, length, look),
    )


def _within(share: Decimal) -> float:
    return float(min(Decimal(1), max(Decimal(0), share)))


def _arrow(
    clipped: Clip | None, left: float, bottom: float, length: float, look: BarLook
) -> tuple[Spot, ...]:
    """Return the head at the end that a number lies past, a little taller than the bar."""
    if clipped is None:
        return ()
    middle, half = bottom + look.height / 2, look.height / 2 + look.overhang
    if clipped is Clip.BELOW:
        base, point = left, left - look.arrow
    else:
        base, point = left + length, left + length + look.arrow
    return (Spot(base, middle + half), Spot(point, middle), Spot(base, middle - half))


@dataclass(frozen=True, slots=True)
class Spark:
    """A sparkline in its room: its lines, its dots, the height of its limit.

    A year between two gaps is a ``dot`` as the last is: no line leads to it.
    """

    width: float
    height: float
    lines: tuple[tuple[Spot, ...], ...]
    dots: tuple[Spot, ...]
    limit: float | None


def lay_spark(block: Sparkline, width: float, look: SparkLook) -> Spark:
    """Return a sparkline for a cell that is ``width`` points wide inside."""
    room = width * look.width
    spots = _spots(block, room, look)
    runs = [tuple(spot for spot in run if spot) for known, run in groupby(spots, bool) if known]
    known = [spot for spot in spots if spot is not None]
    alone = [run[0] for run in runs if len(run) == 1]
    return Spark(
        room,
        look.height,
        tuple(run for run in runs if len(run) > 1),
        tuple(dict.fromkeys((*alone, *known[-1:]))),
        None if block.limit is None else _height(block.limit, block, look),
    )


def _spots(block: Sparkline, width: float, look: SparkLook) -> list[Spot | None]:
    inset, last = look.dot / 2, len(block.values) - 1
    step = (width - 2 * inset) / last if last > 0 else 0.0
    first = inset if last > 0 else width / 2
    return [
        None if value is None else Spot(first + number * step, _height(value, block, look))
        for number, value in enumerate(block.values)
    ]


def _height(value: Decimal, block: Sparkline, look: SparkLook) -> float:
    """Return where a value stands: from the lowest to the highest, the limit among them."""
    shown = [each for each in (*block.values, block.limit) if each is not None]
    low, high = min(shown), max(shown)
    share = 0.5 if low == high else float((value - low) / (high - low))
    inset = look.dot / 2
    return inset + share * (look.height - 2 * inset)


def dashes(length: float, on_off: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Yield begin and end of the dashes of a line, for what cannot dash one itself."""
    on, off = on_off
    begin = 0.0
    while begin < length:
        yield begin, min(length, begin + on)
        begin += on + off
