"""Charts side by side: a grid of figures → drawn images, and one paragraph per row.

Comes in: the grids of a document. Goes out: the charts' images, or the charts as Word
draws them, one after the other, so that none waits in memory; then the rows that show
them. A row is one line of text with the charts in it, a tab between two: nothing to tear
apart at a page's end, and to a reader simply one figure after the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from kpireport.document.blocks import Document, Figure, FigureGrid
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import NOTHING, Xml, w
from kpireport.writers.docx.package import Base
from kpireport.writers.docx.paragraphs import Direct, TextWriter, WordParagraph
from kpireport.writers.docx.pictures import Pictures, Size
from kpireport.writers.docx.relations import (
    Relation,
    Relations,
    embedded_workbook,
    workbook_relation,
)
from kpireport.writers.docx.units import twips

Parts: TypeAlias = Iterator[tuple[str, tuple[Xml | bytes]]]
"""Parts of the package: their names with their content."""


def word_charts(document: Document, relations: Relations) -> Iterator[Relation]:
    """Return a new chart part for every figure: the list of types comes before the parts."""
    grids = (block for block in document.blocks() if isinstance(block, FigureGrid))
    return iter([relations.add_chart() for grid in grids for _ in grid.figures])


def chart_parts(
    document: Document,
    base: Base,
    pictures: Pictures,
    word_charts: Iterator[Relation] | None = None,
) -> Parts:
    """Make all charts of ``document`` and yield what they are as parts of the package.

    Where there are ``word_charts``, Word draws them; elsewhere they are images.
    """
    for section in document.sections:
        width = base.section(numbered=section.numbered).text_width(landscape=section.landscape)
        for block in section.blocks:
            if isinstance(block, FigureGrid):
                for figure, size in _sized(block, pictures, width):
                    if word_charts is None:
                        yield from _draw(figure, size, pictures)
                    else:
                        yield from _describe(figure, size, pictures, next(word_charts))


def _draw(figure: Figure, size: Size, pictures: Pictures) -> Parts:
    """Draw a chart, and yield its images."""
    # matplotlib is slow to load, and a plan edition has no charts
    from kpireport.writers.charts import chart_images  # noqa: PLC0415

    images = chart_images(figure.chart, size, accent=pictures.theme.accent)
    image = pictures.add_chart(size)
    yield image.png.part, (images.png,)
    yield image.svg.part, (images.svg,)


def _describe(figure: Figure, size: Size, pictures: Pictures, relation: Relation) -> Parts:
    """Say to Word how it draws a chart, and yield the chart's part with its workbook."""
    # only who asks for such charts loads what makes them
    from kpireport.writers.docx.native_charts import native_chart  # noqa: PLC0415

    made = native_chart(figure.chart, size)
    pictures.add_word_chart(relation, size)
    yield relation.part, (made.xml,)
    yield workbook_relation(relation)
    yield embedded_workbook(relation), (made.workbook,)


def _sized(grid: FigureGrid, pictures: Pictures, width: int) -> Iterator[tuple[Figure, Size]]:
    """Yield the figures with their room."""
    # fonts are slow to load, and a plan edition has no charts
    from kpireport.writers.charts.sizes import (  # noqa: PLC0415
        column_width,
        kept_rows,
        row_height,
    )

    look = pictures.theme.chart
    # whole twips, cut: a row must not be wider than its line
    room = math.floor(20 * column_width(width / 20, grid.columns, look)) / 20
    for row, _ in kept_rows(grid):
        size = Size(room, row_height(row, room, look))
        for figure in row:
            yield figure, size


def figure_paragraphs(grid: FigureGrid, writer: TextWriter, width: int) -> Iterator[WordParagraph]:
    """Yield one paragraph per row of ``grid``, the charts at equal steps from the left."""
    # fonts are slow to load, and a plan edition has no charts
    from kpireport.writers.charts.sizes import kept_rows  # noqa: PLC0415

    step = (width + twips(writer.theme.chart.gap)) / grid.columns
    stops = (math.floor(step * column) for column in range(1, grid.columns))
    tabs = w("tabs", *(w("tab", val="left", pos=stop) for stop in stops))
    direct = Direct(tabs=tabs if grid.columns > 1 else NOTHING)
    style = writer.style_id(names.FIGURE)
    for row, keeps in kept_rows(grid):
        charts = (writer.pictures.next_chart(figure.alternative_text) for figure in row)
        yield WordParagraph(style, Xml(_TAB.join(charts)), replace(direct, keep_next=keeps))


_TAB = w("r", w("tab"))
