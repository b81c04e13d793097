"""Charts that Word draws itself (DrawingML, ECMA-376-1, 21.2): :func:`native_chart`.

Comes in: a chart as data, a size in points. Goes out: a chart part's XML, and the
workbook in it that staff edit. Layout and scales are those of the drawn charts
(:mod:`kpireport.writers.charts`), of which nothing is loaded here that draws.

The series with their references and caches, axes, lines and fills are python-pptx's, which
knows the order of the schema. ``space`` holds all that it is used for, and what it lacks,
which is made of our own markup and put in by lxml: layout by hand (``c:manualLayout``), East
Asian and theme fonts, the look of a single label (its number format, a series' name as its
text), ``c:crossBetween``, ``c:roundedCorners``, ``c:lang``. It also writes number formats
without escaping them, and negative ids of a bar chart's axes, which the schema forbids; both
are put right.

Its workbooks are not used: they bear the time of day, and a text that begins with ``=`` is a
formula in them. Labels have number formats rather than texts wherever a format can write the
printed text, so that they follow when staff edit a value.

To look at these pages in LibreOffice, raise its cache of embedded objects
(``org.openoffice.Office.Common/Cache/Writer/OLE_Objects``, 20 as delivered): charts beyond it
are drawn at a standard size and then stretched.
"""

from __future__ import annotations

from typing import NamedTuple, assert_never

from kpireport.document.charts import Chart, LineChart, StackedBarChart, chart_texts
from kpireport.writers.docx.markup import text
from kpireport.writers.docx.native_charts.bars import make_bars
from kpireport.writers.docx.native_charts.lines import make_lines
from kpireport.writers.docx.native_charts.workbook import workbook

__all__ = ["NativeChart", "native_chart"]


class NativeChart(NamedTuple):
    """A chart part and the workbook that it carries, which it knows as ``rId1``."""

    xml: bytes
    workbook: bytes


def native_chart(chart: Chart, size: tuple[float, float]) -> NativeChart:
    """Return ``chart`` for a room of ``size`` points; the same chart gives the same bytes.

    Raises:
        OutputError: a text has a character that no XML file can carry.
        ValueError: the chart has no number, or no bar.
    """
    for each in chart_texts(chart):
        text(each)
    match chart:
        case LineChart():
            space, sheet = make_lines(chart, size)
        case StackedBarChart():
            space, sheet = make_bars(chart, size)
        case _:
            assert_never(chart)
    return NativeChart(space.xml(), workbook(sheet))
