"""What can be done for a Word file before the pages to expect are known.

Comes in: a document, and its base. Goes out: the charts that :func:`write_docx` will want drawn;
or nothing but knowledge: which lines cells have is kept where the writer looks for it, and is
most of its work. For who waits for the PDF's pages meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, islice

from kpireport.document.blocks import Document, Table
from kpireport.document.charts import Chart
from kpireport.writers.docx.base import BASE_FILE
from kpireport.writers.docx.figures import sized_figures
from kpireport.writers.docx.grid import lay_grid
from kpireport.writers.docx.keeping import CellMeasure
from kpireport.writers.docx.package import Base
from kpireport.writers.docx.template_looks import theme_of
from kpireport.writers.docx.units import split_width
from kpireport.writers.theme import DEFAULT_THEME, Theme
from kpireport.writers.widths import fit_columns

_MOST_ROWS = 1000  # what is known of more cells would be forgotten before it is used


def drawn_charts(
    document: Document, base: bytes | None = None
) -> Iterator[tuple[Chart, tuple[float, float], str]]:
    """Yield what :func:`write_docx` asks its ``draw`` for, in that order."""
    opened, theme = _opened(base)
    for figure, size in sized_figures(document, opened, theme):
        yield figure.chart, size, theme.accent


def measure_tables(document: Document, base: bytes | None = None) -> None:
    """Break the lines of the tables of ``document``, of no more than some thousand cells."""
    opened, theme = _opened(base)
    measure, rows = CellMeasure(theme), 0
    for section in document.sections:
        width = opened.section(numbered=section.numbered).text_width(landscape=section.landscape)
        for block in section.blocks:
            if isinstance(block, Table) and block.rows:
                columns = split_width(width, fit_columns(block, theme, width / 20))
                edges = tuple(accumulate(columns, initial=0))
                grid = lay_grid(block.rows, len(block.columns))
                for row in islice(grid, max(0, _MOST_ROWS - rows)):
                    measure.heights(row, edges)
                rows += len(block.rows)


def _opened(base: bytes | None) -> tuple[Base, Theme]:
    opened = Base.read(base or BASE_FILE.read_bytes())
    return opened, theme_of(opened, DEFAULT_THEME) if base else DEFAULT_THEME
