"""Small pictures in cells as PDF operators (ISO 32000-1, 8.5): bars and sparklines.

Comes in: their layout. Goes out: operators that leave the graphics state as they found it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import assert_never

from kpireport.quickly import dataclass
from kpireport.writers.cell_pictures import Bullet, Spark, Spot
from kpireport.writers.theme import BarLook, SparkLook

_ARC = 0.5523  # of a radius: the control points of a quarter of a circle
_BLACK, _WHITE = "000000", "FFFFFF"


@dataclass(frozen=True, slots=True)
class BulletPicture:
    """A bar, ``x`` points from its strip's left edge."""

    bullet: Bullet
    x: float
    look: BarLook
    color: str


@dataclass(frozen=True, slots=True)
class SparkPicture:
    """A sparkline, ``x`` points from its strip's left edge."""

    spark: Spark
    x: float
    look: SparkLook
    color: str


CellPicture = BulletPicture | SparkPicture


def drawn(picture: CellPicture, x: float, top: float) -> str:
    """Return what draws ``picture`` in a strip whose upper left corner is at ``x``, ``top``."""
    match picture:
        case BulletPicture():
            parts = _bullet(picture, x + picture.x, top - picture.bullet.height)
        case SparkPicture():
            parts = _spark(picture, x + picture.x, top - picture.spark.height)
        case _:
            assert_never(picture)
    return "\n".join(parts)


def _bullet(picture: BulletPicture, x: float, y: float) -> Iterator[str]:
    bullet, look, color = picture.bullet, picture.look, rgb(picture.color)
    left, bottom = x + bullet.left, y + bullet.bottom
    if bullet.filled:
        yield "q"
        yield f"{color} rg {left:.3f} {bottom:.3f} {bullet.filled:.3f} {look.height:.3f} re f"
        yield f"{color} RG 0.000 w 2 J"
        yield "Q"
    frame = f"{left:.3f} {bottom:.3f} {bullet.length:.3f} {look.height:.3f} re"
    yield f"q {color} RG {look.rule:.3f} w {frame} S Q"
    if bullet.arrow:
        yield f"q {color} rg {_path(bullet.arrow, x, y)} h f Q"
    if bullet.tick is not None:  # on white, for the bar may be filled there
        middle, width = x + bullet.tick, look.tick
        yield f"q {rgb(_WHITE)} rg {_upright(middle, 2.6 * width, bottom, look.height)} f"
        yield f"{rgb(_BLACK)} rg {_upright(middle, width, y, bullet.height)} f Q"


def _upright(middle: float, width: float, bottom: float, height: float) -> str:
    return f"{middle - width / 2:.3f} {bottom:.3f} {width:.3f} {height:.3f} re"


def _spark(picture: SparkPicture, x: float, y: float) -> Iterator[str]:
    spark, look, color = picture.spark, picture.look, rgb(picture.color)
    yield "q"
    if spark.limit is not None:
        on, off = look.dashes
        level = y + spark.limit
        yield f"{rgb(look.limit_color)} RG {look.limit:.3f} w [{on:g} {off:g}] 0 d"
        yield f"{x:.3f} {level:.3f} m {x + spark.width:.3f} {level:.3f} l S"
    yield f"{color} RG {color} rg {look.line:.3f} w [] 0 d 1 J 1 j"
    for line in spark.lines:
        yield f"{_path(line, x, y)} S"
    for spot in spark.dots:
        yield f"{_circle(x + spot.x, y + spot.y, look.dot / 2)} f"
    yield "Q"


def _path(spots: Sequence[Spot], x: float, y: float) -> str:
    steps = (
        f"{x + spot.x:.3f} {y + spot.y:.3f} {'l' if at else 'm'}" for at, spot in enumerate(spots)
    )
    return " ".join(steps)


def _circle(x: float, y: float, radius: float) -> str:
    """Return a circle of four curves."""
    away = radius * _ARC
    corners = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    parts = [f"{x + radius:.3f} {y:.3f} m"]
    for (x1, y1), (x2, y2) in pairwise(corners):
        begin, end = (x + radius * x1, y + radius * y1), (x + radius * x2, y + radius * y2)
        parts.append(
            f"{begin[0] + away * x2:.3f} {begin[1] + away * y2:.3f}"
            f" {end[0] + away * x1:.3f} {end[1] + away * y1:.3f}"
            f" {end[0]:.3f} {end[1]:.3f} c"
        )
    return " ".join(parts)


def rgb(color: str) -> str:
    """Return a colour's operands; ``color`` is RGB in hex."""
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.4f}" for at in (0, 2, 4))
