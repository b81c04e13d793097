"""Pictures in the text (DrawingML, ECMA-376-1, 20.4): charts, and small ones in cells.

Comes in: the ids of charts; bars and sparklines. Goes out: runs that show them, and the small
ones' images, which are drawn when they are written. Pictures stand in the line like a
letter, so that nothing is anchored and nothing floats when staff edit the text around it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import NamedTuple, assert_never

from kpireport.document.blocks import Bar, Sparkline
from kpireport.writers.cell_pictures import lay_bar, lay_spark
from kpireport.writers.docx.cell_images import draw_bar, draw_spark
from kpireport.writers.docx.markup import NOTHING, Xml, element
from kpireport.writers.docx.relations import Relations
from kpireport.writers.docx.units import emus
from kpireport.writers.theme import Theme

NAMESPACES = {
    "xmlns:wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "xmlns:c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "xmlns:asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "xmlns:adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_DECORATIVE_EXTENSION = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"

_NUMBER = "\0"  # keeps the place of a picture's number: no text in XML has it


class Size(NamedTuple):
    """Width and height in points."""

    width: float
    height: float


class ChartImage(NamedTuple):
    """A chart in the package: the ids of its PNG and its SVG, its size on the page."""

    png: str
    svg: str
    size: Size


class WordChart(NamedTuple):
    """A chart in the package that Word draws: its id, its size on the page."""

    chart: str
    size: Size


@dataclass(slots=True)
class Pictures:
    """The pictures of a document; its charts are known before the body that shows them."""

    relations: Relations
    theme: Theme
    _charts: deque[ChartImage | WordChart] = field(default_factory=deque)
    _in_cells: dict[tuple[Bar | Sparkline, int], Xml] = field(default_factory=dict)
    """Runs of bars and sparklines, but for their numbers."""
    _placed: int = 0
    _shown: int = 0  # of the charts

    def add_chart(self, chart: ChartImage | WordChart) -> None:
        """Have the body show ``chart`` after those before it."""
        self._charts.append(chart)

    def next_chart(self, alternative_text: str) -> Xml:
        """Return the run of the next chart that was added."""
        image = self._charts.popleft()
        self._shown += 1
        name = f"図 {self._shown}"
        if isinstance(image, WordChart):
            return inline_chart(
                image.chart,
                image.size,
                number=self._next(),
                name=name,
                alternative_text=alternative_text,
            )
        return inline_picture(
            image.png,
            image.size,
            number=self._next(),
            name=name,
            alternative_text=alternative_text,
            blip=svg_beside(image.svg),
        )

    def bar(self, bar: Bar, width: int) -> Xml:
        """Return the run of a bar for a cell ``width`` twips wide, without its number.

        Equal bars share an image.
        """
        tick = None if bar.tick is None else _hundredths(bar.tick)
        return self._small(Bar(_hundredths(bar.share), tick, bar.clipped), width)

    def spark(self, block: Sparkline, width: int) -> Xml:
        """Return the run of a sparkline for a cell ``width`` twips wide, without its number."""
        return self._small(block, width)

    def _small(self, block: Bar | Sparkline, width: int) -> Xml:
        key = (block, width)
        if key not in self._in_cells:
            self._in_cells[key] = self._add_small(*key)
        return self._in_cells[key]

    def numbered(self, markup: Xml) -> Xml:
        """Return markup that is written next: its bars and sparklines have their numbers."""
        if _NUMBER not in markup:
            return markup
        before, *others = markup.split(_NUMBER)
        return Xml(before + "".join(f"{self._next()}{each}" for each in others))

    def _add_small(self, block: Bar | Sparkline, width: int) -> Xml:
        theme, color = self.theme, self.theme.accent
        match block:
            case Bar():
                bullet = lay_bar(block, width / 20, theme.bar)
                size, name, stem = Size(bullet.width, bullet.height), "棒", "bar"
                draw = partial(draw_bar, bullet, theme.bar, color)
            case Sparkline():
                spark = lay_spark(block, width / 20, theme.spark)
                size, name, stem = Size(spark.width, spark.height), "推移", "spark"
                draw = partial(draw_spark, spark, theme.spark, color)
            case _:
                assert_never(block)
        image = self.relations.add_image(stem, "png", draw)
        run = inline_picture(
            image, size, number=0, name=name, alternative_text="", extension=decorative()
        )
        return Xml(run.replace(' id="0"', f' id="{_NUMBER}"', 1))

    def _next(self) -> int:
        self._placed += 1
        return self._placed


def _hundredths(share: Decimal) -> Decimal:
    """Return a share in hundredths, which is as fine as a bar can be read.

    Only nothing is empty, and only all is full.
    """
    if share <= 0 or share >= 1:
        return Decimal(1 if share >= 1 else 0)
    return Decimal(min(99, max(1, round(share * 100)))) / 100


def svg_beside(svg: str) -> Xml:
    """``asvg:svgBlip`` ([MS-ODRAWXML], 2.31): the picture as SVG, for programs that draw it."""
    blip = element("asvg:svgBlip", attributes={"r:embed": svg})
    return _extension(_SVG_EXTENSION, blip)


def decorative() -> Xml:
    """``adec:decorative`` ([MS-ODRAWXML], 2.33): readers pass the picture over."""
    return _extension(_DECORATIVE_EXTENSION, element("adec:decorative", attributes={"val": 1}))


def _extension(uri: str, content: Xml) -> Xml:
    return element("a:extLst", element("a:ext", content, attributes={"uri": uri}))


def inline_picture(
    image: str,
    size: Size,
    *,
    number: int,
    name: str,
    alternative_text: str,
    extension: Xml = NOTHING,
    blip: Xml = NOTHING,
) -> Xml:
    """Return a run with a picture in the line (``wp:inline``, 20.4.2.8).

    ``number`` is unique in the document; ``extension`` stands in the picture's
    properties, ``blip`` in its image.
    """
    extent: dict[str, str | int] = {"cx": emus(size.width), "cy": emus(size.height)}
    named: dict[str, str | int] = {"id": number, "name": name, "descr": alternative_text}
    picture = element(
        "pic:pic",
        element(
            "pic:nvPicPr",
            element("pic:cNvPr", attributes={**named, "id": 0}),
            element("pic:cNvPicPr"),
        ),
        element(
            "pic:blipFill",
            element("a:blip", blip, attributes={"r:embed": image}),
            element("a:stretch", element("a:fillRect")),
        ),
        element(
            "pic:spPr",
            element(
                "a:xfrm",
                element("a:off", attributes={"x": 0, "y": 0}),
                element("a:ext", attributes=extent),
            ),
            element("a:prstGeom", element("a:avLst"), attributes={"prst": "rect"}),
        ),
    )
    locks = element("a:graphicFrameLocks", attributes={"noChangeAspect": 1})
    properties = element("wp:docPr", extension, attributes=named)
    return _inline(extent, properties, locks, picture, NAMESPACES["xmlns:pic"])


def inline_chart(chart: str, size: Size, *, number: int, name: str, alternative_text: str) -> Xml:
    """Return a run with a chart that Word draws (``c:chart``, 21.2.2.26) in the line."""
    extent: dict[str, str | int] = {"cx": emus(size.width), "cy": emus(size.height)}
    named: dict[str, str | int] = {"id": number, "name": name, "descr": alternative_text}
    reference = element("c:chart", attributes={"r:id": chart})
    properties = element("wp:docPr", attributes=named)
    return _inline(extent, properties, NOTHING, reference, NAMESPACES["xmlns:c"])


def _inline(
    extent: Mapping[str, str | int], properties: Xml, locks: Xml, content: Xml, kind: str
) -> Xml:
    inline = element(
        "wp:inline",
        element("wp:extent", attributes=extent),
        properties,
        element("wp:cNvGraphicFramePr", locks),
        element("a:graphic", element("a:graphicData", content, attributes={"uri": kind})),
        attributes={"distT": 0, "distB": 0, "distL": 0, "distR": 0},
    )
    return element("w:r", element("w:drawing", inline))
