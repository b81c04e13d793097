"""Any chart, drawn: the same one is drawn once for all that show it."""

from __future__ import annotations

from functools import lru_cache
from typing import assert_never

from kpireport.document.charts import Chart, LineChart, StackedBarChart
from kpireport.writers.charts.bars import draw_stacked_bars
from kpireport.writers.charts.drawing import Recording
from kpireport.writers.charts.lines import draw_line_chart
from kpireport.writers.theme import DEFAULT_THEME

_KEPT = 512  # some 10 MB of recordings


@lru_cache(maxsize=_KEPT)
def draw_chart(
    chart: Chart, size: tuple[float, float], *, accent: str = DEFAULT_THEME.accent
) -> Recording:
    """Return what is drawn of ``chart`` in ``size`` points; ``accent`` is RGB in hex.

    Raises:
        MissingGlyphError: a character that the font lacks.
        ValueError: there is nothing to draw: no number, no bar.
    """
    width, height = map(float, size)  # whoever asks first, the same is drawn
    match chart:
        case LineChart():
            return draw_line_chart(chart, (width, height), accent=accent)
        case StackedBarChart():
            return draw_stacked_bars(chart, (width, height), accent=accent)
        case _:
            assert_never(chart)
