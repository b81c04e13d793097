"""Charts that Word draws itself (DrawingML, ECMA-376-1, 21.2): :func:`native_chart`.

Comes in: a chart as data, a size in points. Goes out: a chart part's XML, and the
workbook in it that staff edit. The series with their references and caches, axes, lines
and fills are python-pptx's (``space``), which knows the order of the schema; layout and
scales are those of the drawn charts. Nothing here loads what draws images.
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
