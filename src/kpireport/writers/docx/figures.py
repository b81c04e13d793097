"""Charts side by side: a grid of figures → drawn images, and one paragraph per row.

Comes in: the grids of a document. Goes out: the charts' images, one after the other,
so that none waits in memory; then the rows that show them. A row is one line of
text with the charts in it, a tab between two: nothing to tear apart at a page's end,
and to a reader simply one figure after the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kpireport.document.blocks import Document, Figure, FigureGrid
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import NOTHING, Xml, w
from kpireport.writers.docx.package import Base
from kpireport.writers.docx.paragraphs import Direct, TextWriter, WordParagraph
from kpireport.writers.docx.pictures import ChartImage, Pictures, Size
from kpireport.writers.theme import ChartLook


class _Row(NamedTuple):
    """A row of charts of equal size."""

    figures: Sequence[Figure]
    size: Size


def _rows(grid: FigureGrid, look: ChartLook, width: int) -> Iterator[_Row]:
    """Yield the rows of ``grid`` in ``width`` twips, no chart wider than its share."""
    room = math.floor(20 * look.column_width(width / 20, grid.columns)) / 20
    for start in range(0, len(grid.figures), grid.columns):
        figures = grid.figures[start : start + grid.columns]
        yield _Row(figures, Size(room, look.row_height(figures, room)))


def chart_parts(
    document: Document, base: Base, pictures: Pictures
) -> Iterator[tuple[str, tuple[bytes]]]:
    """Draw all charts of ``document`` and yield their images as parts of the package."""
    look = pictures.theme.chart
    for section in document.sections:
        width = base.section(numbered=section.numbered).text_width(landscape=section.landscape)
        for block in section.blocks:
            if isinstance(block, FigureGrid):
                for row in _rows(block, look, width):
                    for figure in row.figures:
                        yield from _draw(figure, row.size, pictures)


def _draw(figure: Figure, size: Size, pictures: Pictures) -> Iterator[tuple[str, tuple[bytes]]]:
    # matplotlib is slow to load, and a plan edition has no charts
    from kpireport.writers.charts import chart_images  # noqa: PLC0415

    images = chart_images(figure.chart, size, accent=pictures.theme.accent)
    png = pictures.relations.add_image("chart", "png")
    svg = pictures.relations.add_image("chart", "svg")
    pictures.charts.append(ChartImage(png, svg, size))
    yield png.part, (images.png,)
    yield svg.part, (images.svg,)


def figure_paragraphs(grid: FigureGrid, writer: TextWriter, width: int) -> Iterator[WordParagraph]:
    """Yield one paragraph per row of ``grid``, the charts at equal steps from the left."""
    look = writer.theme.chart
    step = look.column_width(width / 20, grid.columns) + look.gap
    stops = [math.floor(20 * step * column) for column in range(1, grid.columns)]
    tabs = w("tabs", *(w("tab", val="left", pos=stop) for stop in stops)) if stops else NOTHING
    for row in _rows(grid, look, width):
        charts = (writer.pictures.next_chart(figure.alternative_text) for figure in row.figures)
        content = Xml(_TAB.join(charts))
        yield WordParagraph(writer.style_id(names.FIGURE), content, Direct(tabs=tabs))


_TAB = w("r", w("tab"))
