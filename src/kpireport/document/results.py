"""The goals' chapters of the review: the band with survey results, the KPI table with actuals.

Comes in: a review. Goes out: per goal its band and its table, in the original's layout
with the years' actuals between 現状値 and 目標値, then 進捗率 and 評価.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from kpireport.document.blocks import (
    Bar,
    Cell,
    CellBlock,
    CellStyle,
    HeaderScope,
    Paragraph,
    Row,
    Table,
    TableStyle,
    TextStyle,
)
from kpireport.document.changes import Spot
from kpireport.document.goals import (
    CONTINUED,
    NOTHING,
    band_label,
    baseline_spans,
    direction_cells,
)
from kpireport.document.judgements import rate_text
from kpireport.document.reviews import Review
from kpireport.document.texts import one_line, paragraph
from kpireport.domain.catalogue import Goal, Indicator, IndicatorGroup, Measure, NumericTarget, Plan
from kpireport.evaluation import FurtherRates, Judgement
from kpireport.evaluation.reasons import RateKind

_PLAN, _INDICATOR, _BASELINE, _TARGET, _RATE, _MARK = 14, 21, 15, 15, 12, 7
_ALL_YEARS, _WIDEST_YEAR, _NARROWEST_YEAR = 33, 14, 7  # proportions of the years' columns


def year_width(years: int) -> int:
    """Return the proportion of one of ``years`` columns beside the others of the table."""
    return max(_NARROWEST_YEAR, min(_WIDEST_YEAR, _ALL_YEARS // years))


def kpi_widths(years: int) -> tuple[int, ...]:
    """Return the columns' proportions: plan, indicator, baseline, years, target, rate, mark."""
    each = year_width(years)
    return (_PLAN, _INDICATOR, _BASELINE, *([each] * years), _TARGET, _RATE, _MARK)


def compose_result_table(review: Review, goal: Goal, plans: Sequence[Plan]) -> tuple[Table, ...]:
    """Return the KPI table of ``plans`` with all years' actuals; nothing without plans."""
    if not plans:
        return ()
    labels = review.catalogue.labels
    return (
        Table(
            style=TableStyle.KPI,
            columns=kpi_widths(len(review.years)),
            header_rows=_compose_header(review),
            rows=tuple(row for plan in plans for row in _plan_rows(review, plan)),
            title=f"{goal.numeral}　{goal.title}：{labels.indicators}の実績",
            description=f"{labels.plan}ごとの{labels.indicator}と、その{labels.baseline}、"
            f"各年度の実績、{labels.target}、進捗率、評価",
        ),
    )


def header_cell(*lines: str, colspan: int = 1, rowspan: int = 1) -> Cell:
    """Return a column's header in a dense table: its name, and smaller what explains it."""
    name, *notes = (line for line in lines if line)
    return Cell(
        (
            paragraph(name, TextStyle.DENSE_HEADER),
            *(paragraph(note, TextStyle.DENSE_HEADER_NOTE) for note in notes),
        ),
        CellStyle.DENSE_HEADER,
        colspan=colspan,
        rowspan=rowspan,
        scope=HeaderScope.COLUMN,
    )


def note_lines(note: str) -> tuple[str, ...]:
    """Return the note below a column's name in the lines that narrow columns want.

    >>> note_lines("原則：平成30年度末")
    ('原則：', '平成30年度末')
    """
    head, colon, rest = note.partition("：")
    return (f"{head}{colon}", rest) if rest else (note,)


def _compose_header(review: Review) -> tuple[Row, Row]:
    labels = review.catalogue.labels
    columns = len(review.years) + 5
    years = (header_cell(review.year_name(year), "実績") for year in review.years)
    return (
        Row((header_cell(labels.plan, rowspan=2), header_cell(labels.indicators, colspan=columns))),
        Row(
            (
                header_cell(labels.indicator),
                header_cell(labels.baseline, *note_lines(labels.baseline_note)),
                *years,
                header_cell(labels.target, *note_lines(labels.target_note)),
                header_cell("進捗率"),
                header_cell("評価"),
            )
        ),
    )


def _plan_rows(review: Review, plan: Plan) -> Iterator[Row]:
    """Yield a plan's rows; the first carries the plan's name over all of them."""
    rows = list(_rows(review, plan))
    name = Cell(
        (
            paragraph(plan.label, TextStyle.DENSE_LABEL),
            review.changes.marked(plan.title, TextStyle.DENSE_TEXT, plan.id, Spot.NAME),
        ),
        CellStyle.DENSE,
        rowspan=len(rows),
        scope=HeaderScope.ROW,
        continuation=CONTINUED,
    )
    yield Row((name, *rows[0].cells), keep_with_next=rows[0].keep_with_next)
    yield from rows[1:]


def _rows(review: Review, plan: Plan) -> Iterator[Row]:
    columns = len(review.years) + 4
    if not plan.rows:
        yield Row((name_cell(NOTHING), *(value_cell(NOTHING) for _ in range(columns))))
    spans = baseline_spans(tuple(plan.indicators()))
    for row in plan.rows:
        if isinstance(row, IndicatorGroup):
            name = marked_name(review, row.id, row.name)
            yield Row((replace(name, colspan=columns + 1),), keep_with_next=True)
            for indicator in row.indicators:
                yield _indicator_row(review, indicator, TextStyle.DENSE_SUBTEXT, spans)
        else:
            yield _indicator_row(review, row, TextStyle.DENSE_TEXT, spans)


def _indicator_row(
    review: Review, indicator: Indicator, style: TextStyle, spans: dict[str, int]
) -> Row:
    span = spans[indicator.id]
    judgement = review.judgement(indicator)
    return Row(
        (
            marked_name(review, indicator.id, indicator.name, style),
            *((marked_baseline(review, indicator, rowspan=span),) if span else ()),
            *_year_cells(review, indicator),
            marked_target(review, indicator),
            rate_cell(review, judgement),
            mark_cell(review, judgement),
        ),
        keep_with_next=span > 1,
    )


def _year_cells(review: Review, measure: Measure) -> Iterator[Cell]:
    for year in review.years:
        yield value_cell(review.actual_text(measure.id, year))


def name_cell(text: str) -> Cell:
    """Return a cell that names its row."""
    content = (paragraph(text, TextStyle.DENSE_TEXT),)
    return Cell(content, CellStyle.DENSE, scope=HeaderScope.ROW)


def value_cell(text: str, *, rowspan: int = 1) -> Cell:
    """Return a cell with a value."""
    return Cell((paragraph(text, TextStyle.DENSE_VALUE),), CellStyle.DENSE, rowspan=rowspan)


def marked_name(
    review: Review, id_: str, name: str, style: TextStyle = TextStyle.DENSE_TEXT
) -> Cell:
    """Return a cell that names its row, with the marks of changes."""
    content = (review.changes.marked(name, style, id_, Spot.NAME),)
    return Cell(content, CellStyle.DENSE, scope=HeaderScope.ROW)


def marked_baseline(review: Review, measure: Measure, *, rowspan: int = 1) -> Cell:
    """Return the cell of a baseline, with the marks of changes."""
    text, style = measure.baseline.text, TextStyle.DENSE_VALUE
    content = (review.changes.marked(text, style, measure.id, Spot.BASELINE),)
    return Cell(content, CellStyle.DENSE, rowspan=rowspan)


def marked_target(review: Review, measure: Measure) -> Cell:
    """Return the cell of a target, with the marks of changes."""
    text, style = measure.target.text, TextStyle.DENSE_VALUE
    content = (review.changes.marked(text, style, measure.id, Spot.TARGET),)
    return Cell(content, CellStyle.DENSE)


def text_cell(text: str, source: str = "") -> Cell:
    """Return a cell with words; ``source`` is whose they are."""
    return Cell((paragraph(text, TextStyle.DENSE_TEXT, source),), CellStyle.DENSE)


def mark_cell(review: Review, judgement: Judgement) -> Cell:
    """Return the cell of the mark."""
    return Cell((Paragraph(review.mark(judgement), TextStyle.DENSE_MARK),), CellStyle.DENSE)


def rate_cell(review: Review, judgement: Judgement) -> Cell:
    """Return the rate with its bar, and the rates of further quantities below."""
    is_achievement = judgement.progress_rate is None and judgement.rate is not None
    kind = (paragraph(RateKind.ACHIEVEMENT, TextStyle.DENSE_VALUE),) if is_achievement else ()
    rate = paragraph(rate_text(judgement.rate, review.numerals), TextStyle.DENSE_VALUE)
    content: list[CellBlock] = [*kind, rate]
    if judgement.rate is not None:
        content.append(Bar(_clipped(judgement.rate)))
    content.extend(
        paragraph(_further_text(review, further), TextStyle.DENSE_VALUE)
        for further in judgement.further
        if _further_rate(further) is not None
    )
    return Cell(tuple(content), CellStyle.DENSE)


def _clipped(rate: Fraction) -> Decimal:
    return Decimal(min(1000, max(0, round(rate * 1000)))) / 1000


def _further_rate(further: FurtherRates) -> Fraction | None:
    return further.achievement_rate if further.progress_rate is None else further.progress_rate


def _further_text(review: Review, further: FurtherRates) -> str:
    rate = rate_text(_further_rate(further), review.numerals)
    return f"{further.target.prefix or further.target.unit}\n{rate}"


def compose_result_band(review: Review, goal: Goal) -> Table:
    """Return the band: 基本目標, the survey results of 数値目標 by year, 基本的な方向性."""
    labels = review.catalogue.labels
    columns = _band_widths(len(review.years))
    title = Cell(
        (paragraph(goal.title, TextStyle.BAND_TITLE),), CellStyle.TEXT, colspan=len(columns) - 1
    )
    return Table(
        style=TableStyle.BAND,
        columns=columns,
        header_rows=(),
        rows=(
            Row((band_label(labels.goal, ""), title)),
            *_numeric_target_rows(review, goal.numeric_targets),
            *_direction_rows(review, goal, len(columns) - 1),
        ),
        title=f"{goal.numeral}　{goal.title}",
        description=f"{labels.goal}、{labels.numeric_targets}の年度ごとの結果、"
        f"{one_line(labels.directions)}",
    )


def _band_widths(years: int) -> tuple[int, ...]:
    """Return the proportions: label, name, baseline, years, target, mark."""
    each = min(11, 27 // years)
    return (18, 82 - 10 - each * years - 16 - 7, 10, *([each] * years), 16, 7)


def _numeric_target_rows(review: Review, targets: Sequence[NumericTarget]) -> Iterator[Row]:
    if not targets:
        return
    labels = review.catalogue.labels
    label = band_label(
        labels.numeric_targets, labels.numeric_targets_note, rowspan=len(targets) + 1
    )
    yield Row(
        (
            label,
            header_cell(labels.indicator),
            header_cell(labels.baseline),
            *(header_cell(review.year_name(year)) for year in review.years),
            header_cell("目標"),
            header_cell("評価"),
        ),
        keep_with_next=True,
    )
    for target in targets:
        yield Row(
            (
                marked_name(review, target.id, target.name),
                marked_baseline(review, target),
                *_year_cells(review, target),
                marked_target(review, target),
                mark_cell(review, review.judgement(target)),
            )
        )


def _direction_rows(review: Review, goal: Goal, colspan: int) -> Iterator[Row]:
    contents = [cell for direction in goal.directions for cell in direction_cells(direction)]
    for number, content in enumerate(contents):
        cell = Cell(content, CellStyle.TEXT, colspan=colspan)
        if number == 0:
            label = band_label(review.catalogue.labels.directions, "", rowspan=len(contents))
            yield Row((label, cell))
        else:
            yield Row((cell,))
