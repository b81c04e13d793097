"""Charts side by side: a grid of figures → rows that stand on one page each.

Comes in: a figure grid. Goes out: one item per row, its charts drawn once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpireport.document.blocks import FigureGrid
from kpireport.writers.pdf.painter import Painter
from kpireport.writers.pdf.structure import Element
from kpireport.writers.theme import Theme

if TYPE_CHECKING:
    from kpireport.writers.pdf.charts import ChartItem


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Charts of equal size side by side, ``step`` points from one left edge to the next."""

    charts: Sequence[ChartItem]
    step: float
    height: float

    def paint(self, painter: Painter, x: float, top: float) -> None:
        """Paint the row's charts from the left."""
        for number, chart in enumerate(self.charts):
            chart.paint(painter, x + number * self.step, top)


def lay_figures(
    grid: FigureGrid, theme: Theme, width: float, parent: Element
) -> Iterator[tuple[FigureRow, bool]]:
    """Yield the rows of ``grid`` for a text ``width`` in points, each with what it keeps."""
    # a document without charts loads nothing that draws them
    from kpireport.writers.charts.sizes import (  # noqa: PLC0415
        column_width,
        kept_rows,
        row_height,
    )
    from kpireport.writers.pdf.charts import lay_chart  # noqa: PLC0415

    look = theme.chart
    room = column_width(width, grid.columns, look)
    for figures, keeps in kept_rows(grid):
        height = row_height(figures, room, look, is_large=grid.is_large)
        charts = [
            lay_chart(
                figure.chart,
                (room, height),
                figure.alternative_text,
                parent,
                accent=theme.accent,
            )
            for figure in figures
        ]
        yield FigureRow(charts, room + look.gap, height), keeps
