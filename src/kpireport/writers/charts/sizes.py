"""How much room charts take, the same in both writers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from kpireport.document.blocks import Figure, FigureGrid
from kpireport.document.charts import LineChart
from kpireport.writers.charts.bar_plots import bars_height
from kpireport.writers.theme import ChartLook


def row_height(
    figures: Iterable[Figure], width: float, look: ChartLook, *, is_large: bool = False
) -> float:
    """Return the height in points of a row of figures, each ``width`` points wide."""
    line_height = look.large_height if is_large else look.line_height
    return max(
        line_height if isinstance(figure.chart, LineChart) else bars_height(figure.chart, width)
        for figure in figures
    )


def kept_rows(grid: FigureGrid) -> Iterator[tuple[Sequence[Figure], bool]]:
    """Yield the rows of ``grid`` with whether each stays on a page with what follows it.

    Neither the first nor the last row stands on a page without another.
    """
    starts = range(0, len(grid.figures), grid.columns)
    for number, start in enumerate(starts, start=1):
        to_go = len(starts) - number
        keeps = grid.keep_with_next if not to_go else number == 1 or to_go == 1
        yield grid.figures[start : start + grid.columns], keeps


def column_width(width: float, columns: int, look: ChartLook) -> float:
    """Return the width of each of ``columns`` charts side by side in ``width`` points.

    It is cut to half points: Word's page, in whole twips, is a little wider or narrower than the
    PDF's, and a chart of the same size is drawn once for both.
    """
    return math.floor(2 * (width - look.gap * (columns - 1)) / columns) / 2
