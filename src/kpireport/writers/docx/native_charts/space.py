"""A chart part under work (``c:chartSpace``, 21.2.2.29): python-pptx's, and what it lacks.

Comes in: a sheet of data, a size in points. Goes out: the part's XML. python-pptx makes
the series with their references and caches, and sets axes, lines, fills and markers; it
has no layout by hand, no East Asian font, no label of a series' name and no number format
of one label, and its identifiers of a bar chart's axes are below zero, against the schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.dml.fill import FillFormat
from pptx.dml.line import LineFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from kpireport.writers.charts.boxes import Box
from kpireport.writers.charts.fills import GREY
from kpireport.writers.charts.scales import Scale
from kpireport.writers.charts.texts import LABEL_SIZE, TITLE_SIZE
from kpireport.writers.docx.markup import NOTHING, Xml, element, join, text
from kpireport.writers.docx.native_charts.numbers import axis_format
from kpireport.writers.docx.native_charts.workbook import ChartSheet
from kpireport.writers.docx.units import emus
from kpireport.writers.spreadsheets import plain_number

AXIS_WIDTH = 0.6
ROOM_OF_TITLE = 0.8  # of the chart's width: there Word breaks a title's line

_LABEL_EXTENSION = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_CHART_2012 = "http://schemas.microsoft.com/office/drawing/2012/chart"
_NAMESPACES = {f"xmlns:{prefix}": qn(f"{prefix}:x")[1:-2] for prefix in ("c", "a", "r")}
_FONTS = join(
    element(f"a:{script}", attributes={"typeface": typeface})
    for script, typeface in (("latin", "+mj-lt"), ("ea", "+mj-ea"))
)
_NO_INSETS: dict[str, str | int] = {"lIns": 0, "tIns": 0, "rIns": 0, "bIns": 0}


class Space:
    """The XML of a chart of ``size`` points, with nothing in it that nobody asked for."""

    def __init__(self, sheet: ChartSheet, kind: XL_CHART_TYPE, size: tuple[float, float]) -> None:
        """Begin with the data of ``sheet``."""
        data = CategoryChartData()
        data.categories = sheet.categories
        for column in sheet.columns:
            values = [None if value is None else plain_number(value) for value in column.values]
            data.add_series(column.name, values)
        self.size = size
        self.root: Any = parse_xml(data.xml_bytes(kind))
        self.chart = Chart(self.root, None)
        self.series: list[Any] = list(self.chart.plots[0].series)
        self._series_elements: list[Any] = self.root.xpath(".//c:ser")
        # python-pptx would not escape a format such as [<10]0
        codes = self.root.xpath(".//c:val//c:formatCode")
        for code, column in zip(codes, sheet.columns, strict=True):
            code.text = column.number_format
        self._begin()

    def _begin(self) -> None:
        root, chart = self.root, self.chart
        for number, axis in enumerate(root.xpath(".//c:catAx | .//c:valAx"), start=1):
            old = axis.xpath("c:axId")[0].get("val")
            for reference in root.xpath(f'.//c:axId[@val="{old}"] | .//c:crossAx[@val="{old}"]'):
                reference.set("val", str(number))
        root.xpath("c:date1904")[0].addnext(
            fragment(element("c:roundedCorners", attributes={"val": 0}))
        )
        root.xpath("c:date1904")[0].addnext(
            fragment(element("c:lang", attributes={"val": "ja-JP"}))
        )
        for old_text in root.xpath("c:txPr"):
            root.replace(old_text, fragment(text_look()))
        empty = element("c:spPr", element("a:noFill"), element("a:ln", element("a:noFill")))
        root.xpath("c:chart")[0].addnext(fragment(empty))
        chart.has_title = False
        chart.has_legend = False
        for axis in (chart.category_axis, chart.value_axis):
            axis.has_major_gridlines = False
            stroke(axis.format.line, AXIS_WIDTH, GREY)
        chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        for axis in root.xpath(".//c:catAx | .//c:valAx"):
            axis.get_or_add_txPr()
            axis.replace(axis.txPr, fragment(text_look(rot=0)))
        crossing = element("c:crossBetween", attributes={"val": "between"})
        root.xpath(".//c:valAx/c:crosses")[0].addnext(fragment(crossing))

    def set_title(self, lines: Iterable[str]) -> None:
        """Set the title's lines at the upper left."""
        title = element(
            "c:title",
            rich_text(lines, size=TITLE_SIZE, bold=True),
            self._layout(Box(0, 0, 0, self.size[1])),
            element("c:overlay", attributes={"val": 1}),
        )
        chart = self.root.xpath("c:chart")[0]
        chart.insert(0, fragment(title))
        self.root.xpath("c:chart/c:autoTitleDeleted")[0].set("val", "0")

    def set_frame(self, frame: Box) -> None:
        """Draw the values in ``frame``, ticks and their labels outside of it."""
        plot_area = self.root.xpath("c:chart/c:plotArea")[0]
        for old in plot_area.xpath("c:layout"):
            plot_area.remove(old)
        plot_area.insert(0, fragment(self._layout(frame, has_size=True, is_inner=True)))

    def set_scale(self, scale: Scale) -> None:
        """Give the axis of values the ticks of ``scale``."""
        axis = self.chart.value_axis
        axis.minimum_scale = plain_number(scale.low)
        axis.maximum_scale = plain_number(scale.high)
        axis.major_unit = plain_number(scale.ticks[1] - scale.ticks[0])
        axis.tick_labels.number_format = axis_format(scale.ticks, scale.minus)

    def set_shares(self, steps: int) -> None:
        """Give the axis of shares, which Word counts from 0 to 1, so many equal steps."""
        axis = self.chart.value_axis
        axis.minimum_scale, axis.maximum_scale = 0, 1
        axis.major_unit = 1 / steps
        axis.tick_labels.number_format = "0%"

    def set_unit(self, unit: str, place: Box) -> None:
        """Set the ``unit`` of the values into ``place``.

        It is the title of the level axis, whichever that is: the upright one's breaks
        after two or three letters.
        """
        if not unit:
            return
        title = element(
            "c:title",
            rich_text((unit,), size=LABEL_SIZE),
            self._layout(place),
            element("c:overlay", attributes={"val": 1}),
        )
        # stands after the gridlines, of which there are none, and the axis's place
        self.root.xpath('.//c:axPos[@val="b"]')[0].addnext(fragment(title))

    def set_legend(self, place: Box) -> None:
        """Show the series' names with their fills in ``place``."""
        legend = element(
            "c:legend",
            element("c:legendPos", attributes={"val": "t"}),
            self._layout(place, has_size=True),
            element("c:overlay", attributes={"val": 1}),
            text_look(),
        )
        self.root.xpath("c:chart/c:plotArea")[0].addnext(fragment(legend))

    def set_labels(self, number: int, labels: Xml) -> None:
        """Give the ``number``-th series the labels ``labels`` (``c:dLbls``)."""
        series = self._series_elements[number]
        old = series.get_or_add_dLbls()
        series.replace(old, fragment(labels))

    def _layout(self, place: Box, *, has_size: bool = False, is_inner: bool = False) -> Xml:
        """``c:layout`` (21.2.2.88): shares of the chart, from its upper left corner."""
        width, height = self.size
        shares = {"x": place.left / width, "y": 1 - place.top / height}
        if has_size:
            shares |= {"w": place.width / width, "h": place.height / height}
        inner = element("c:layoutTarget", attributes={"val": "inner"}) if is_inner else NOTHING
        modes = (element(f"c:{axis}Mode", attributes={"val": "edge"}) for axis in ("x", "y"))
        return element(
            "c:layout",
            element("c:manualLayout", inner, *modes, *_shares(shares)),
        )

    def moved(self, right: float, up: float) -> Xml:
        """``c:layout`` of a label that stands so many points off its usual place."""
        shares = {"x": right / self.size[0], "y": -up / self.size[1]}
        return element("c:layout", element("c:manualLayout", *_shares(shares)))

    def xml(self) -> bytes:
        """Return the finished part, which refers to its workbook as ``rId1``."""
        update = element("c:autoUpdate", attributes={"val": 0})
        data = element("c:externalData", update, attributes={"r:id": "rId1"})
        self.root.append(fragment(data))
        etree.cleanup_namespaces(self.root)
        return bytes(
            etree.tostring(self.root, encoding="UTF-8", xml_declaration=True, standalone=True)
        )


def _shares(shares: dict[str, float]) -> Iterable[Xml]:
    return (
        element(f"c:{name}", attributes={"val": f"{share:.5f}"}) for name, share in shares.items()
    )


def fragment(xml: Xml) -> Any:  # noqa: ANN401 - lxml has no types
    """Return ``xml`` as an element of python-pptx's, its prefixes declared."""
    return parse_xml(element("c:fragment", xml, attributes=_NAMESPACES))[0]


def rich_text(lines: Iterable[str], *, size: float, bold: bool = False) -> Xml:
    """``c:tx`` with ``lines`` (21.2.2.156), one below the other, in the theme's fonts."""
    look: dict[str, str | int] = {"lang": "ja-JP", "sz": round(size * 100), "b": int(bold)}
    left = element("a:pPr", element("a:defRPr", attributes=look), attributes={"algn": "l"})
    paragraphs = (
        element(
            "a:p",
            left,
            element("a:r", element("a:rPr", _FONTS, attributes=look), element("a:t", text(line))),
        )
        for line in lines
    )
    body = element("a:bodyPr", attributes={"rot": 0, "vert": "horz", **_NO_INSETS})
    return element("c:tx", element("c:rich", body, *paragraphs))


def text_look(*, color: str = "", **body: str | int) -> Xml:
    """``c:txPr`` (21.2.2.216): the size and fonts of labels, black or of ``color``."""
    fill = _solid(color) if color else NOTHING
    look: dict[str, str | int] = {"lang": "ja-JP", "sz": round(LABEL_SIZE * 100), "b": 0}
    return element(
        "c:txPr",
        element("a:bodyPr", attributes=body),
        element("a:p", element("a:pPr", element("a:defRPr", fill, _FONTS, attributes=look))),
    )


def label_looks(
    code: str, position: str, shows: str, *, color: str = "", plate: str = "", margin: float = 0.0
) -> Iterator[Xml]:
    """Yield what a label or all labels of a series have (21.2.2.49, Group_DLbl).

    Args:
        code: the format of numbers.
        position: where a label stands at its point (``ST_DLblPos``).
        shows: what it shows: ``Val`` or ``SerName``.
        color: the text's, black without one.
        plate: the colour behind the text, none without one.
        margin: points of the plate at both sides of the text.
    """
    fill = _solid(plate) if plate else element("a:noFill")
    room = emus(margin)
    yield element("c:numFmt", attributes={"formatCode": code, "sourceLinked": 0})
    yield element("c:spPr", fill, element("a:ln", element("a:noFill")))
    yield text_look(color=color, **{**_NO_INSETS, "wrap": "none", "lIns": room, "rIns": room})
    yield element("c:dLblPos", attributes={"val": position})
    for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize"):
        yield element(f"c:show{name}", attributes={"val": int(name == shows)})


def leaders(*, shown: bool) -> Xml:
    """``c15:showLeaderLines`` ([MS-ODRAWXML], 2.24.3): lines to labels far off their points."""
    extension = element(
        "c:ext",
        element("c15:showLeaderLines", attributes={"val": int(shown)}),
        attributes={"uri": _LABEL_EXTENSION, "xmlns:c15": _CHART_2012},
    )
    return element("c:extLst", extension)


def _solid(color: str) -> Xml:
    return element("a:solidFill", element("a:srgbClr", attributes={"val": color.removeprefix("#")}))


def stroke(line: LineFormat, width: float, color: str = "", dash: MSO_LINE | None = None) -> None:
    """Draw ``line`` so many points wide, in the theme's accent or in ``color``."""
    line.width = Pt(width)
    paint(line.fill, color)
    if dash is not None:
        line.dash_style = dash


def rgb(color: str) -> RGBColor:
    """Return ``#RRGGBB`` as python-pptx wants it."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return RGBColor(red, green, blue)


def paint(fill: FillFormat, color: str = "", tint: float = 0.0) -> None:
    """Fill with the theme's accent, mixed with a share of white, or with ``color``.

    The accent is the theme's own, so that a document that is given other colours in Word
    recolours its charts.
    """
    fill.solid()
    if color:
        fill.fore_color.rgb = rgb(color)
    else:
        fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        if tint:
            fill.fore_color.brightness = tint
