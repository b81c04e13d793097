"""Charts for both writers: chart data → figures, drawn with matplotlib.

A chart is laid out in points (``plots`` and ``line_labels`` by means of ``scales``,
``labels``, ``texts``, ``boxes``), then drawn (``lines``, ``bars``) on a ``sheet``;
``images`` makes files of it.
"""

from kpireport.writers.charts.bars import bars_height, draw_stacked_bars
from kpireport.writers.charts.images import (
    ChartImages,
    chart_images,
    chart_png,
    chart_svg,
    draw_chart,
)
from kpireport.writers.charts.lines import draw_line_chart
from kpireport.writers.charts.texts import MissingGlyphError

__all__ = [
    "ChartImages",
    "MissingGlyphError",
    "bars_height",
    "chart_images",
    "chart_png",
    "chart_svg",
    "draw_chart",
    "draw_line_chart",
    "draw_stacked_bars",
]
