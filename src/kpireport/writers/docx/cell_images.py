"""Small pictures in cells as images: bars and sparklines, drawn when the file is written.

Comes in: their layout. Goes out: PNG files of a few plain colours, as fine as print.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kpireport.writers.cell_pictures import Bullet, Spark, Spot, dashes
from kpireport.writers.theme import BarLook, SparkLook

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

_DPI = 600  # few colours: a larger image is hardly a larger file
_POINTS_PER_INCH = 72
_INK, _PAPER, _OTHER = 0, 1, 2  # in the palette
_HALO = 2.6  # of a tick's width, white around it


def draw_bar(bullet: Bullet, look: BarLook, color: str) -> bytes:
    """Return the PNG of a framed bar filled from the left, dark on white."""
    image, drawing = _sheet(bullet.width, bullet.height, color)
    left, right = _dots(bullet.left), _dots(bullet.left + bullet.length)
    top = _dots(bullet.bottom)
    bottom = top + _dots(look.height)
    frame = _dots(look.rule)
    drawing.rectangle((left, top, right - 1, bottom - 1), outline=_INK, width=frame)
    if bullet.filled:
        filled = left + round((right - left) * bullet.filled / bullet.length)
        _fill(drawing, (left, top, filled, bottom), _INK)
    if bullet.arrow:
        drawing.polygon(_flipped(bullet.arrow, image), fill=_INK)
    if bullet.tick is not None:
        for width, upper, lower, ink in (
            (_HALO * look.tick, top, bottom, _PAPER),
            (look.tick, 0, image.height, _OTHER),
        ):
            begin = _dots(bullet.tick - width / 2)
            _fill(drawing, (begin, upper, begin + _dots(width), lower), ink)
    return _png(image, bits=1 if bullet.tick is None else 2)


def draw_spark(spark: Spark, look: SparkLook, color: str) -> bytes:
    """Return the PNG of a sparkline: the limit dashed, the line over it, dots over both."""
    image, drawing = _sheet(spark.width, spark.height, color, look.limit_color)
    if spark.limit is not None:
        half = look.limit / 2
        upper, lower = (_dots(spark.height - spark.limit + each) for each in (-half, half))
        for begin, end in dashes(spark.width, look.dashes):
            _fill(drawing, (_dots(begin), upper, _dots(end), lower), _OTHER)
    for line in spark.lines:
        drawing.line(_flipped(line, image), fill=_INK, width=_dots(look.line), joint="curve")
    radius = _dots(look.dot / 2)
    for x, y in _flipped(spark.dots, image):
        drawing.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_INK)
    return _png(image, bits=2)


def _sheet(width: float, height: float, color: str, other: str = "000000") -> tuple[Image, Any]:
    # a document without such pictures does not load what draws them
    from PIL import Image, ImageDraw  # noqa: PLC0415

    image = Image.new("P", (_dots(width), _dots(height)), color=_PAPER)
    image.putpalette([*bytes.fromhex(color), 255, 255, 255, *bytes.fromhex(other)])
    return image, ImageDraw.Draw(image)


def _fill(drawing: ImageDraw, edges: tuple[int, int, int, int], ink: int) -> None:
    """Fill a rectangle up to its right and lower edge; one of less than a dot is not drawn."""
    left, top, right, bottom = edges
    if left < right and top < bottom:
        drawing.rectangle((left, top, right - 1, bottom - 1), fill=ink)


def _dots(points: float) -> int:
    return round(points * _DPI / _POINTS_PER_INCH)


def _flipped(spots: Sequence[Spot], image: Image) -> list[tuple[int, int]]:
    """Return places in the image, which counts from its top."""
    return [(_dots(spot.x), image.height - _dots(spot.y)) for spot in spots]


def _png(image: Image, *, bits: int) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG", bits=bits, dpi=(_DPI, _DPI))
    return stream.getvalue()
