"""What the benchmarks write: the real plan and its sample review, repeated to any size.

Read, judged and composed as the product does it; only the repetition stands between. An
edition loads what it needs, as in a build.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from repetition import repeat_actuals, repeat_catalogue, times_for

from kpireport import load_catalogue
from kpireport.document.blocks import (
    Block,
    Document,
    DocumentMetadata,
    Figure,
    FigureGrid,
    Heading,
    PageBreak,
    Section,
)
from kpireport.document.kpi_tables import compose_result_table
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
    from kpireport import compose_plan  # noqa: PLC0415

    catalogue = load_catalogue(ROOT / "catalogue.json")
    return compose_plan(repeat_catalogue(catalogue, times_for(catalogue, indicators)), _METADATA)


def review_document(indicators: int, *, charts: bool = True) -> Document:
    """Return the last year's review with ``indicators`` rows and three years' actuals."""
    from kpireport.document.review import compose_review  # noqa: PLC0415

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
    review.forget()
    return Document(_METADATA, (Section(tuple(blocks)),))


def _course_grid(review: Review, goal: Goal) -> FigureGrid:
    """Return the charts of all indicators of a goal that have numbers, few as they may be."""
    from kpireport.document.charts import describe_chart  # noqa: PLC0415
    from kpireport.document.indicator_charts import compose_chart  # noqa: PLC0415

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
