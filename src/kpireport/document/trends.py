"""The indicators' courses over the years as charts, and the departments' comments.

Comes in: a review. Goes out: per plan its small charts and its comment; an indicator
without numbers has no chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from kpireport.document.blocks import (
    Block,
    Caption,
    Cell,
    CellStyle,
    Figure,
    FigureGrid,
    Heading,
    HeadingStyle,
    Paragraph,
    Table,
    TableStyle,
    TextStyle,
)
from kpireport.document.captions import figure_caption
from kpireport.document.charts import ChartPoint, LineChart, describe_chart
from kpireport.document.columns import REST, Column, compose_table, kept_together, rows_of
from kpireport.document.goal_bands import LABEL_WIDTH
from kpireport.document.limits import bounds_of, first_in, forms_of, limit_of, on_axis
from kpireport.document.numbers import format_number
from kpireport.document.review_cells import name_column
from kpireport.document.reviews import NOT_REPORTED, Review
from kpireport.document.sources import UNWRITTEN, SourceKind, source_of
from kpireport.document.table_cells import band_label, text_cell
from kpireport.document.texts import paragraph
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.domain.catalogue import (
    Baseline,
    Goal,
    Measure,
    Plan,
)
from kpireport.domain.surveys import NO_SURVEY
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear, axis_label
from kpireport.evaluation.reasons import Nothing, NothingToJudge

_PORTRAIT_CHARTS, _LANDSCAPE_CHARTS = 3, 4  # side by side
_KEPT_ROWS = 2  # of charts, that stay on a page with the words below them

_PADDED_PLACES = 1  # 64 beside 63.4 is written 64.0


def compose_numeric_trends(review: Review, goal: Goal) -> tuple[Block, ...]:
    """Return the survey's lines of a goal's numeric targets."""
    charts = _compose_charts(review, goal.numeric_targets)
    if not charts:
        return ()
    survey = review.survey
    short = (
        replace(chart, title=chart.title.removesuffix(survey).rstrip() or chart.title)
        for chart in charts
    )
    labels = review.catalogue.labels
    name, identifier = labels.numeric_targets, f"goal-{goal.id}-targets"
    heading = Heading(identifier, 2, f"{name}の推移{survey}", HeadingStyle.SECTION, is_listed=False)
    caption = figure_caption(identifier, f"{labels.goal}{goal.numeral}の{name}の推移")
    return (heading, *_grid(review, short, caption))


def compose_plan_trends(review: Review, plan: Plan, *, is_open: bool = False) -> tuple[Block, ...]:
    """Return a plan's section: its charts and its comment; nothing where it has neither.

    Where comments are still open, what nobody has said yet has a place to be written in.
    """
    explanations = _compose_explanations(review, plan)
    comment = _compose_comment(review, plan, is_open=is_open, keep_with_next=bool(explanations))
    charts = _compose_charts(review, plan.indicators())
    words = (*comment, *explanations)
    if not charts and not words:
        return ()
    text = f"{plan.label}　{plan.title}"
    identifier = f"plan-{plan.id}"
    heading = Heading(identifier, 2, text, HeadingStyle.SECTION)
    name = f"{plan.label}の{review.words.indicator}の推移"
    caption = figure_caption(identifier, name)
    return (heading, *_grid(review, charts, caption, keep_with_next=bool(words)), *words)


def _compose_charts(review: Review, measures: Iterable[Measure]) -> tuple[LineChart, ...]:
    return tuple(chart for measure in measures if (chart := compose_chart(review, measure)))


def _grid(
    review: Review,
    charts: Iterable[LineChart],
    caption: Caption,
    *,
    keep_with_next: bool = False,
) -> tuple[FigureGrid, ...]:
    """Return the charts side by side; nothing where there are none.

    Up to two rows stay with what follows them. Of more, the words may begin a new page: they
    would take the last row with them, or leave most of a page empty.
    """
    figures = tuple(Figure(chart, describe_chart(chart)) for chart in charts)
    columns = _LANDSCAPE_CHARTS if review.is_landscape else _PORTRAIT_CHARTS
    keeps = keep_with_next and len(figures) <= _KEPT_ROWS * columns
    return (FigureGrid(figures, columns, keeps, caption),) if figures else ()


def compose_chart(review: Review, measure: Measure) -> LineChart | None:
    """Return the chart of a measure, or ``None`` if no year has a number."""
    unit = _unit(measure, review)
    if unit is None:
        return None
    years = [year for year in review.years if review.history.id_in(measure.id, year)]
    quantities = [(year, _reported_quantity(review, measure, year, unit)) for year in years]
    if all(quantity is None for _, quantity in quantities):
        return None
    start, baseline = _start(review, measure, years[0])
    measured = [(start, first_in(baseline.quantities, unit)), *quantities]
    bounds = bounds_of(review, measure, years, unit)
    scales = {each.scale for each in (*bounds, *(found for _, found in measured)) if each}
    scale = scales.pop() if len(scales) == 1 else ""  # 億 where all were written so
    measured = [(year, on_axis(quantity, scale)) for year, quantity in measured]
    places = min(_PADDED_PLACES, max(_places(quantity) for _, quantity in measured))
    gaps = ("", *(_gap_text(review, measure, year) for year in years))
    points = tuple(
        _point(review, year, quantity, places, gap)
        for (year, quantity), gap in zip(measured, gaps, strict=True)
    )
    limit = limit_of(review, forms_of(review, measure, years), bounds, scale=scale, unit=unit)
    values = [point.value for point in points if point.value is not None]
    if limit is not None:
        values.extend(step.value for step in limit.steps(len(points)))
    return LineChart(
        title=review.names[measure.id],
        unit=f"{scale}{unit}",
        points=points,
        limit=limit,
        is_count=unit != "％" and all(value == value.to_integral_value() for value in values),
    )


def _start(review: Review, measure: Measure, first: FiscalYear) -> tuple[FiscalYear, Baseline]:
    """Return the year and the baseline that the line begins with.

    A baseline that was measured anew, among the years with actuals, is no beginning: the
    first one is.
    """
    planned = review.catalogue.years.baseline
    baseline = measure.baseline
    if baseline.year is not None and baseline.year >= first:
        baseline = forms_of(review, measure, (first,))[-1].baseline
    return baseline.year or planned, baseline


def _unit(measure: Measure, review: Review) -> str | None:
    """Return the unit that the measure is counted in: the target's, the baseline's, or reported."""
    reported = (
        quantity
        for year in review.years
        if (entry := review.actuals.find(measure.id, year)) and entry.value
        for quantity in entry.value.quantities[:1]
    )
    if measure.target.is_state:
        return None
    known = (*measure.target.quantities[:1], *measure.baseline.quantities[:1], *reported)
    return known[0].unit if known else None


def _reported_quantity(
    review: Review, measure: Measure, year: FiscalYear, unit: str
) -> Quantity | None:
    """Return a year's number; none where it counts another thing than the target does."""
    entry = review.actuals.find(measure.id, year)
    reason = review.evaluation.find(measure.id, year).reason
    if reason == NothingToJudge(Nothing.OTHER_ACTION):
        return None
    return first_in(entry.value.quantities, unit) if entry and entry.value else None


def _places(quantity: Quantity | None) -> int:
    """Return how many decimals a quantity was written with."""
    exponent = quantity.value.as_tuple().exponent if quantity else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _gap_text(review: Review, measure: Measure, year: FiscalYear) -> str:
    """Return what stands in a year without a number: a word, or nothing more than the gap."""
    if review.is_without_survey(measure.id, year):
        return NO_SURVEY
    entry = review.actuals.find(measure.id, year)
    return "" if entry is not None and entry.is_reported else NOT_REPORTED


def _point(
    review: Review, year: FiscalYear, quantity: Quantity | None, places: int, gap: str
) -> ChartPoint:
    """Return a point of the chart; its value is written with ``places`` decimals at least."""
    value: Decimal | None = quantity.value if quantity else None
    text = gap
    if value is not None:
        about = "約" if quantity and quantity.approximate else ""
        if _places(quantity) < places and not about:
            value = value.quantize(Decimal(1).scaleb(-places))
        text = f"{about}{format_number(value, review.numerals)}"
    return ChartPoint(axis_label(year), value, text, review.year_name(year))


def _compose_comment(
    review: Review, plan: Plan, *, is_open: bool, keep_with_next: bool
) -> tuple[Table, ...]:
    """Return what the department says of a plan: one below the other, side by side where wide."""
    year = review.evaluation.fiscal_year
    comment = review.actuals.find_comment(plan.id, year) or PlanComment(plan.id, year)
    parts = _comment_parts(comment, is_open=is_open)
    if not parts:
        return ()
    title = f"{plan.label}　{plan.title}：所管課のコメント"
    table = (_comment_columns if review.is_landscape else _comment_band)(parts, title)
    return (replace(table, rows=kept_together(table.rows, keep_with_next=keep_with_next)),)


def _comment_parts(comment: PlanComment, *, is_open: bool) -> dict[str, tuple[Paragraph, ...]]:
    """Return what was said, by what it is called; what nothing was said of where that is open."""
    parts = (
        ("主な取組", comment.initiatives, SourceKind.INITIATIVES),
        ("課題", comment.issues, SourceKind.ISSUES),
        ("今後の方向", comment.outlook, SourceKind.OUTLOOK),
    )
    return {
        label: _prose(text, source_of(kind, comment.plan_id, comment.fiscal_year))
        for label, text, kind in parts
        if text or is_open
    }


def _comment_band(parts: Mapping[str, tuple[Paragraph, ...]], title: str) -> Table:
    """Return the parts as labelled rows."""
    columns: tuple[Column[str], ...] = (
        Column("label", LABEL_WIDTH, "", band_label),
        Column("text", REST, "", lambda label: Cell(parts[label], CellStyle.TEXT)),
    )
    return compose_table(
        columns,
        rows_of(columns, parts),
        title,
        description="、".join(parts),
        style=TableStyle.BAND,
        has_header=False,
    )


def _comment_columns(parts: Mapping[str, tuple[Paragraph, ...]], title: str) -> Table:
    """Return the parts side by side: lines across a wide page are too long to read."""
    columns = tuple(_part_column(label) for label in parts)
    return compose_table(columns, rows_of(columns, (parts,)), title)


def _part_column(label: str) -> Column[Mapping[str, tuple[Paragraph, ...]]]:
    return Column(label, 1, label, lambda parts: Cell(parts[label], CellStyle.PROSE))


def _prose(text: str, source: str) -> tuple[Paragraph, ...]:
    if not text:
        unwritten = paragraph(UNWRITTEN, TextStyle.COMMENT, source)
        return (replace(unwritten, is_unwritten=True),)
    return tuple(
        paragraph(part, TextStyle.COMMENT, source) for part in text.split("\n") if part.strip()
    )


def _compose_explanations(review: Review, plan: Plan) -> tuple[Table, ...]:
    """Return what was said about single indicators; nothing where nothing was said."""
    year = review.evaluation.fiscal_year
    found = (review.actuals.find(each.id, year) for each in plan.indicators())
    entries = tuple(each for each in found if each and each.comment)
    if not entries:
        return ()
    columns: tuple[Column[Actual], ...] = (
        name_column(review, 36),
        Column("explanation", 64, "実績の説明", _explanation_cell),
    )
    title = f"{plan.label}　{plan.title}：実績の説明"
    return (compose_table(columns, rows_of(columns, entries), title),)


def _explanation_cell(entry: Actual) -> Cell:
    source = source_of(SourceKind.EXPLANATION, entry.measure_id, entry.fiscal_year)
    return text_cell(entry.comment, source)
