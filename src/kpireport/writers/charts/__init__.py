"""Charts for all writers: chart data → what is drawn, and images of it.

A chart is laid out in points (``plots``, ``line_labels`` and ``bar_plots`` by means of
``scales``, ``labels``, ``texts``, ``boxes``, ``fills``), then drawn (``lines``, ``bars``)
on a ``drawing``, once for all that show it (``chart_drawings``). What was drawn is replayed by
the writers of PDF and of pages for the web, and made into images for Word (``images``: ``svg``,
``png``): these alone load matplotlib, unless the images were kept (``kept_images``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpireport.lazily import finding, homes

_HOMES = homes(
    __name__,
    {
        "bar_plots": "bars_height",
        "bars": "draw_stacked_bars",
        "chart_drawings": "draw_chart",
        "images": "ChartImages chart_images images_of",
        "kept_images": "KeptImages",
        "lines": "draw_line_chart",
        "texts": "MissingGlyphError",
    },
)
__all__ = list(_HOMES)

if TYPE_CHECKING:  # the same once more, for what reads code without running it
    from kpireport.writers.charts.bar_plots import bars_height as bars_height
    from kpireport.writers.charts.bars import draw_stacked_bars as draw_stacked_bars
    from kpireport.writers.charts.chart_drawings import draw_chart as draw_chart
    from kpireport.writers.charts.images import ChartImages as ChartImages
    from kpireport.writers.charts.images import chart_images as chart_images
    from kpireport.writers.charts.images import images_of as images_of
    from kpireport.writers.charts.kept_images import KeptImages as KeptImages
    from kpireport.writers.charts.lines import draw_line_chart as draw_line_chart
    from kpireport.writers.charts.texts import MissingGlyphError as MissingGlyphError

__getattr__ = finding(__name__, _HOMES)
