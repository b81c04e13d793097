"""Charts for all writers: chart data → what is drawn, and images of it.

A chart is laid out in points (``plots``, ``line_labels`` and ``bar_plots`` by means of
``scales``, ``labels``, ``texts``, ``boxes``, ``fills``), then drawn (``lines``, ``bars``)
on a ``drawing``, once for all that show it (``chart_drawings``). What was drawn is replayed by
the writers of PDF and of pages for the web, and made into images for Word (``images``: ``svg``,
``png``): these alone load matplotlib.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpireport.writers.charts.bar_plots import bars_height
    from kpireport.writers.charts.bars import draw_stacked_bars
    from kpireport.writers.charts.chart_drawings import draw_chart
    from kpireport.writers.charts.images import ChartImages, chart_images
    from kpireport.writers.charts.lines import draw_line_chart
    from kpireport.writers.charts.texts import MissingGlyphError

__all__ = [
    "ChartImages",
    "MissingGlyphError",
    "bars_height",
    "chart_images",
    "draw_chart",
    "draw_line_chart",
    "draw_stacked_bars",
]

_HOMES = {
    "ChartImages": "images",
    "MissingGlyphError": "texts",
    "bars_height": "bar_plots",
    "chart_images": "images",
    "draw_chart": "chart_drawings",
    "draw_line_chart": "lines",
    "draw_stacked_bars": "bars",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
