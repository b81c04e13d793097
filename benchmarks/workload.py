"""What the benchmarks write: the real plan and its sample review, repeated to any size.

Read, judged and composed as the product does it; only the repetition stands between.
Run as a program, it writes a file of what the peers are handed.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import tables
from repetition import repeat_actuals, repeat_catalogue, times_for

from kpireport import compose_plan, load_catalogue
from kpireport.document.blocks import (
    Block,
    Cell,
    Document,
    DocumentMetadata,
    Figure,
    FigureGrid,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Table,
)
from kpireport.document.charts import LineChart, describe_chart
from kpireport.document.indicator_charts import compose_chart
from kpireport.document.kpi_tables import compose_result_table
from kpireport.document.review import compose_review
from kpireport.document.reviews import Review
from kpireport.document.styles import HeadingStyle
from kpireport.domain.catalogue import Goal
from kpireport.domain.settings import ReviewSettings
from kpireport.evaluation import evaluate, scheme_from_settings
from kpireport.sources.actuals import load_actuals
from kpireport.sources.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]
FIRST_YEAR, LAST_YEAR = 2019, 2021  # of the sample actuals
_METADATA = DocumentMetadata("測定", "測定", "", (), dt.date(2019, 7, 1))


def plan_document(indicators: int, *, charts: bool = True) -> Document:  # noqa: ARG001
    """Return the plan edition with ``indicators`` rows; it has no charts."""
    catalogue = load_catalogue(ROOT / "catalogue.json")
    return compose_plan(repeat_catalogue(catalogue, times_for(catalogue, indicators)), _METADATA)


def review_document(indicators: int, *, charts: bool = True) -> Document:
    """Return the last year's review with ``indicators`` rows and three years' actuals."""
    document = compose_review(*_review(indicators, LAST_YEAR), _METADATA)
    return document if charts else _without_charts(document)


def table_document(indicators: int, *, charts: bool = True) -> Document:
    """Return the seven-column tables of the first year's review, each goal's on a new page."""
    review, _ = _review(indicators, FIRST_YEAR)
    blocks: list[Block] = []
    for number, goal in enumerate(review.catalogue.goals):
        blocks.extend((PageBreak(),) if number else ())
        blocks.append(Heading(f"goal-{goal.id}", 1, goal.numeral, HeadingStyle.BOXED))
        blocks.extend(compose_result_table(review, goal, goal.plans))
        if charts:
            blocks.append(_course_grid(review, goal))
    return Document(_METADATA, (Section(tuple(blocks)),))


def _course_grid(review: Review, goal: Goal) -> FigureGrid:
    """Return the charts of all indicators of a goal that have numbers, few as they may be."""
    charts = (compose_chart(review, each) for each in goal.indicators())
    return FigureGrid(tuple(Figure(each, describe_chart(each)) for each in charts if each), 3)


def _review(indicators: int, year: int) -> tuple[Review, ReviewSettings]:
    """Read and judge the sample of ``year``, repeated, and all years before it."""
    settings = load_settings(ROOT / "reports" / str(year))
    words = settings.review
    if words is None:
        raise ValueError(f"reports/{year} is no review")
    catalogue = load_catalogue(settings.catalogue)
    actuals, _ = load_actuals(
        words.actuals, catalogue, words.fiscal_year, earlier=words.earlier, accepted=words.accepted
    )
    times = times_for(catalogue, indicators)
    catalogue, actuals = repeat_catalogue(catalogue, times), repeat_actuals(actuals, times)
    scheme = scheme_from_settings(words.evaluation)
    evaluation = evaluate(catalogue, actuals, words.fiscal_year, scheme)
    review = Review.of(catalogue, actuals, evaluation, settings.numerals, words.orientation)
    return review, words


def _without_charts(document: Document) -> Document:
    sections = (
        replace(section, blocks=tuple(b for b in section.blocks if not isinstance(b, FigureGrid)))
        for section in document.sections
    )
    return replace(document, sections=tuple(sections))


# --- what the peers are handed ---------------------------------------------------


def handed(document: Document) -> tuple[tables.Table, ...]:
    """Return the tables and charts of a document of tables in plain words and numbers."""
    found: list[tables.Table] = []
    heading = ""
    for block in document.blocks():
        match block:
            case Heading():
                heading = block.text
            case Table():
                header, rows = _rows(block.header_rows), _rows(block.rows)
                found.append(tables.Table(heading, block.columns, header, rows))
            case FigureGrid():
                charts = (*found[-1].charts, *_charts(block))
                found[-1] = replace(found[-1], charts=charts)
            case _:
                pass  # a page break: each peer begins a page with each table
    return tuple(found)


def _rows(rows: tuple[Row, ...]) -> tables.Rows:
    return tuple(
        tuple(tables.Cell(_text(cell), cell.colspan, cell.rowspan) for cell in row.cells)
        for row in rows
    )


def _text(cell: Cell) -> str:
    return "\n".join(block.text for block in cell.content if isinstance(block, Paragraph))


def _charts(grid: FigureGrid) -> Iterator[tables.Chart]:
    for figure in grid.figures:
        chart = figure.chart
        if isinstance(chart, LineChart):
            yield tables.Chart(
                chart.title,
                chart.unit,
                tuple(point.label for point in chart.points),
                tuple(None if p.value is None else float(p.value) for p in chart.points),
                None if chart.limit is None else float(chart.limit.value),
            )


def main() -> None:
    """Write what the peers are handed: ``workload.py FILE INDICATORS [--charts]``."""
    file, indicators, *charts = sys.argv[1:]
    document = table_document(int(indicators), charts=bool(charts))
    Path(file).write_bytes(pickle.dumps(handed(document)))


if __name__ == "__main__":
    main()
