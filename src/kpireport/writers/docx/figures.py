"""Charts side by side: a grid of figures → drawn images, and one paragraph per row.

Comes in: the grids of a document. Goes out: the charts' images, or the charts as Word
draws them, each made when it is written, so that none waits in memory; and the rows that
show them. A row is one line of text with the charts in it, a tab between two: nothing to tear
apart at a page's end, and to a reader simply one figure after the other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from kpireport.document.blocks import Document, Figure, FigureGrid
from kpireport.document.charts import Chart
from kpireport.quickly import dataclass
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import NOTHING, Xml, w
from kpireport.writers.docx.package import Base
from kpireport.writers.docx.paragraphs import Direct, TextWriter, WordParagraph
from kpireport.writers.docx.pictures import ChartImage, Pictures, Size, WordChart
from kpireport.writers.docx.units import twips
from kpireport.writers.theme import ChartLook, Theme

if TYPE_CHECKING:
    from kpireport.writers.charts import ChartImages

Draw: TypeAlias = "Callable[[Chart, tuple[float, float], str], ChartImages]"
"""Makes the images of a chart of a size in points, in an accent (RGB in hex)."""


def add_charts(
    document: Document, base: Base, pictures: Pictures, *, draw: Draw | None, native: bool
) -> None:
    """Add all charts of ``document``; each is drawn when it is written.

    ``native`` ones Word draws; elsewhere they are images, which ``draw`` makes if it is given.
    """
    for figure, size in sized_figures(document, base, pictures.theme):
        if native:
            _add_native(figure, size, pictures)
        else:
            _add_drawn(figure, size, pictures, draw or _draw)


def sized_figures(document: Document, base: Base, theme: Theme) -> Iterator[tuple[Figure, Size]]:
    """Yield the figures of ``document`` in its order, with their sizes."""
    for section in document.sections:
        width = base.section(numbered=section.numbered).text_width(landscape=section.landscape)
        for block in section.blocks:
            if isinstance(block, FigureGrid):
                yield from _sized(block, theme.chart, width)


def _draw(chart: Chart, size: tuple[float, float], accent: str) -> ChartImages:
    # fonts are slow to load, and a plan edition has no charts
    from kpireport.writers.charts import chart_images  # noqa: PLC0415

    return chart_images(chart, size, accent=accent)


def draw_nothing(_: Chart, __: tuple[float, float], ___: str) -> ChartImages:
    """Return images that nobody looks at, of a file whose words alone are read."""
    from kpireport.writers.charts.images import ChartImages  # noqa: PLC0415 -- as above

    return ChartImages(b"", b"")


def _add_drawn(figure: Figure, size: Size, pictures: Pictures, draw: Draw) -> None:
    def make() -> tuple[bytes, bytes]:
        images = draw(figure.chart, size, pictures.theme.accent)
        return images.png, images.svg

    made = _Twins(make)
    png = pictures.relations.add_image("chart", "png", made.first)
    svg = pictures.relations.add_image("chart", "svg", made.second)
    pictures.add_chart(ChartImage(png, svg, size))


def _add_native(figure: Figure, size: Size, pictures: Pictures) -> None:
    def describe() -> tuple[bytes, bytes]:
        # only who asks for such charts loads what makes them
        from kpireport.writers.docx.native_charts import native_chart  # noqa: PLC0415

        return native_chart(figure.chart, size)

    made = _Twins(describe)
    chart = pictures.relations.add_chart(made.first, made.second)
    pictures.add_chart(WordChart(chart, size))


@dataclass(slots=True)
class _Twins:
    """Two parts that are made at once, and written one after the other: none is kept for long."""

    make: Callable[[], tuple[bytes, bytes]]
    _waiting: bytes | None = None

    def first(self) -> bytes:
        """Make both, and return the first."""
        first, self._waiting = self.make()
        return first

    def second(self) -> bytes:
        """Return the second, which nobody asks for again."""
        waiting, self._waiting = self._waiting, None
        return self.make()[1] if waiting is None else waiting


def _sized(grid: FigureGrid, look: ChartLook, width: int) -> Iterator[tuple[Figure, Size]]:
    """Yield the figures with their room."""
    # fonts are slow to load, and a plan edition has no charts
    from kpireport.writers.charts.sizes import (  # noqa: PLC0415
        column_width,
        kept_rows,
        row_height,
    )

    room = column_width(width / 20, grid.columns, look)
    for row, _ in kept_rows(grid):
        size = Size(room, row_height(row, room, look, is_large=grid.is_large))
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
        yield WordParagraph(style, Xml(_TAB.join(charts)), direct._replace(keep_next=keeps or None))


_TAB = w("r", w("tab"))
