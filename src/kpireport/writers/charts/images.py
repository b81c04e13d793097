"""Charts as image files for Word: SVG, and PNG for programs that do not draw SVG.

The same chart gives the same bytes: no dates, no program's version, ids from the content.
"""

from __future__ import annotations

from dataclasses import dataclass

from kpireport.document.charts import Chart
from kpireport.writers.charts.chart_drawings import draw_chart
from kpireport.writers.charts.drawing import Recording
from kpireport.writers.theme import DEFAULT_THEME

PRINT_DPI = 300


@dataclass(frozen=True, slots=True)
class ChartImages:
    """One chart as the two images that Word is given."""

    svg: bytes
    png: bytes


def chart_images(
    chart: Chart,
    size: tuple[float, float],
    dpi: int = PRINT_DPI,
    *,
    accent: str = DEFAULT_THEME.accent,
) -> ChartImages:
    """Return ``chart`` as an SVG file of ``size`` points, and as PNG of ``dpi`` dots per inch."""
    return images_of(draw_chart(chart, size, accent=accent), dpi)


def images_of(drawn: Recording, dpi: int = PRINT_DPI) -> ChartImages:
    """Return what was drawn as an SVG file, and as PNG of ``dpi`` dots per inch."""
    # matplotlib is slow to load, and images that were kept need none
    from kpireport.writers.charts.png import png_of  # noqa: PLC0415
    from kpireport.writers.charts.svg import svg_of  # noqa: PLC0415

    return ChartImages(svg_of(drawn), png_of(drawn, dpi))
