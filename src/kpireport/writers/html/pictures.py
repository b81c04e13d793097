"""Small pictures in cells as SVG: bars and sparklines, decoration beside the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import html

from kpireport.document.blocks import Bar, Sparkline
from kpireport.writers.cell_pictures import Bullet, Spark, Spot, lay_bar, lay_spark
from kpireport.writers.charts.drawing import number
from kpireport.writers.charts.svg_words import points
from kpireport.writers.html.svg import path, picture
from kpireport.writers.theme import BarLook, SparkLook, Theme

_BLACK, _WHITE = "000000", "FFFFFF"


def draw_bar(bar: Bar, width: float, theme: Theme) -> html.HtmlElement:
    """Return a bar for a cell that is ``width`` points wide inside."""
    bullet = lay_bar(bar, width, theme.bar)
    shapes = _bullet(bullet, theme.bar, theme.accent)
    return _decoration((bullet.width, bullet.height), shapes, theme)


def _decoration(
    size: tuple[float, float], shapes: Iterator[html.HtmlElement], theme: Theme
) -> html.HtmlElement:
    return picture(
        size, shapes, text_size=theme.screen.text_size, class_="beside", aria_hidden="true"
    )


def _bullet(bullet: Bullet, look: BarLook, color: str) -> Iterator[html.HtmlElement]:
    left, top = bullet.left, bullet.height - bullet.bottom - look.height
    if bullet.filled:
        yield path(_box(left, top, bullet.filled, look.height), fill=color)
    frame = _box(left, top, bullet.length, look.height)
    yield path(frame, stroke=color, stroke_width=number(look.rule))
    if bullet.arrow:
        yield path(f"{_line(bullet.arrow, bullet.height)}z", fill=color)
    if bullet.tick is not None:  # on white, for the bar may be filled there
        around, own = 2.6 * look.tick, look.tick
        yield path(_box(bullet.tick - around / 2, top, around, look.height), fill=_WHITE)
        yield path(_box(bullet.tick - own / 2, 0, own, bullet.height), fill=_BLACK)


def draw_spark(block: Sparkline, width: float, theme: Theme) -> html.HtmlElement:
    """Return a sparkline for a cell that is ``width`` points wide inside."""
    spark = lay_spark(block, width, theme.spark)
    shapes = _spark(spark, theme.spark, theme.accent)
    return _decoration((spark.width, spark.height), shapes, theme)


def _spark(spark: Spark, look: SparkLook, color: str) -> Iterator[html.HtmlElement]:
    if spark.limit is not None:
        level = spark.height - spark.limit
        yield path(
            f"M{points(0, level)}H{number(spark.width)}",
            stroke=look.limit_color,
            stroke_width=number(look.limit),
            stroke_dasharray=points(*look.dashes),
        )
    for line in spark.lines:
        commands = _line(line, spark.height)
        round_ends = {"stroke_linecap": "round", "stroke_linejoin": "round"}
        yield path(commands, stroke=color, stroke_width=number(look.line), **round_ends)
    radius = look.dot / 2
    for spot in spark.dots:
        yield path(_circle(spot.x, spark.height - spot.y, radius), fill=color)


def _line(spots: Sequence[Spot], height: float) -> str:
    return "M" + "L".join(points(spot.x, height - spot.y) for spot in spots)


def _box(left: float, top: float, width: float, height: float) -> str:
    return f"M{points(left, top)}h{number(width)}v{number(height)}h{number(-width)}z"


def _circle(x: float, y: float, radius: float) -> str:
    arc = f"a{points(radius, radius)} 0 1 0 "
    return f"M{points(x - radius, y)}{arc}{points(2 * radius, 0)}{arc}{points(-2 * radius, 0)}"
