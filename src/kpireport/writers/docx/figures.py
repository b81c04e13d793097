"""Charts side by side: a grid of figures → drawn images, and one paragraph per row.

Comes in: the grids of a document. Goes out: the charts' images, one after the other,
so that none waits in memory; then the rows that show them. A row is one line of
text with the charts in it, a tab between two: nothing to tear apart at a page's end,
and to a reader simply one figure after the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpireport.document.blocks import Document, Figure, FigureGrid
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import NOTHING, Xml, w
from kpireport.writers.docx.package import Base
from kpireport.writers.docx.paragraphs import Direct, TextWriter, WordParagraph
from kpireport.writers.docx.pictures import Pictures, Size
from kpireport.writers.docx.units import twips


def chart_parts(
    document: Document, base: Base, pictures: Pictures
) -> Iterator[tuple[str, tuple[bytes]]]:
    """Draw all charts of ``document`` and yield their images as parts of the package."""
    for section in document.sections:
        width = base.section(numbered=section.numbered).text_width(landscape=section.landscape)
        for block in section.blocks:
            if isinstance(block, FigureGrid):
                yield from _draw_grid(block, pictures, width)


def _draw_grid(
    grid: FigureGrid, pictures: Pictures, width: int
) -> Iterator[tuple[str, tuple[bytes]]]:
    # matplotlib is slow to load, and a plan edition has no charts
    from kpireport.writers.charts import chart_images  # noqa: PLC0415
    from kpireport.writers.charts.sizes import column_width, row_height  # noqa: PLC0415

    look = pictures.theme.chart
    # whole twips, cut: a row must not be wider than its line
    room = math.floor(20 * column_width(width / 20, grid.columns, look)) / 20
    for row in _rows(grid):
        size = Size(room, row_height(row, room, look))
        for figure in row:
            images = chart_images(figure.chart, size, accent=pictures.theme.accent)
            image = pictures.add_chart(size)
            yield image.png.part, (images.png,)
            yield image.svg.part, (images.svg,)


def _rows(grid: FigureGrid) -> Iterator[Sequence[Figure]]:
    for start in range(0, len(grid.figures), grid.columns):
        yield grid.figures[start : start + grid.columns]


def figure_paragraphs(grid: FigureGrid, writer: TextWriter, width: int) -> Iterator[WordParagraph]:
    """Yield one paragraph per row of ``grid``, the charts at equal steps from the left."""
    step = (width + twips(writer.theme.chart.gap)) / grid.columns
    stops = (math.floor(step * column) for column in range(1, grid.columns))
    tabs = w("tabs", *(w("tab", val="left", pos=stop) for stop in stops))
    direct = Direct(tabs=tabs if grid.columns > 1 else NOTHING)
    style = writer.style_id(names.FIGURE)
    rows = list(_rows(grid))
    for row in rows:
        charts = (writer.pictures.next_chart(figure.alternative_text) for figure in row)
        keeps = grid.keep_with_next and row is rows[-1]
        yield WordParagraph(style, Xml(_TAB.join(charts)), replace(direct, keep_next=keeps))


_TAB = w("r", w("tab"))
