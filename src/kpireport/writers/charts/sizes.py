"""How much room charts take, the same in both writers."""

from __future__ import annotations

from collections.abc import Iterable

from kpireport.document.blocks import Figure
from kpireport.document.charts import LineChart
from kpireport.writers.charts.bar_plots import bars_height
from kpireport.writers.theme import ChartLook


def row_height(figures: Iterable[Figure], width: float, look: ChartLook) -> float:
    """Return the height in points of a row of figures, each ``width`` points wide."""
    return max(
        look.line_height
        if isinstance(figure.chart, LineChart)
        else bars_height(figure.chart, width)
        for figure in figures
    )


def column_width(width: float, columns: int, look: ChartLook) -> float:
    """Return the width of each of ``columns`` charts side by side in ``width`` points."""
    return (width - look.gap * (columns - 1)) / columns
