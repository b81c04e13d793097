"""総括: how the indicators stand, what moved most, what is late, what was not reported.

Comes in: a review and its summary. Goes out: the chapter's blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kpireport.document.blocks import (
    Block,
    Cell,
    Figure,
    FigureGrid,
    Heading,
    HeadingStyle,
    Paragraph,
    Table,
    TextStyle,
)
from kpireport.document.captions import figure_caption, table_caption
from kpireport.document.charts import BarSeries, StackedBarChart, describe_chart
from kpireport.document.columns import Column, compose_table, kept_together, rows_of
from kpireport.document.review_cells import (
    mark_column,
    name_column,
    plan_column,
    reason_column,
)
from kpireport.document.reviews import Review
from kpireport.document.sources import SourceKind, source_of
from kpireport.document.table_cells import NOTHING, header_cell, name_cell, text_cell, value_cell
from kpireport.document.texts import one_line, paragraph, section
from kpireport.evaluation import Judgement, Mark, MarkCounts, MarkLevel

_TOTAL = "合計"

_MOST_NAMED = 3  # of those that moved alike
_FEW_ROWS = 4  # a table of which is not torn apart


def compose_overview(review: Review) -> tuple[Block, ...]:
    """Return the chapter 総括."""
    return (
        Heading("overview", 1, "総括", HeadingStyle.CHAPTER),
        paragraph(_standing(review), TextStyle.BODY),
        *_standing_of_targets(review),
        *_compose_counts(review),
        *_compose_late(review),
        *_compose_unreported(review),
    )


def _standing(review: Review) -> str:
    """Say in one sentence how many indicators stand at which mark."""
    overall = review.summary.overall
    name = review.catalogue.labels.indicators
    if not overall.total:
        return f"評価する{name}はありません。"
    return review.numbers(
        f"{review.year_name()}末における{name}{overall.total}指標の評価は、"
        f"{_said(overall, '指標')}でした。"
    )


def _standing_of_targets(review: Review) -> Iterator[Paragraph]:
    """Say the same of the numeric targets, where there are any."""
    counts = review.summary.numeric_targets
    if counts.total:
        name = review.catalogue.labels.numeric_targets
        text = f"{name}{counts.total}項目の評価は、{_said(counts, '項目')}でした。"
        yield paragraph(review.numbers(text), TextStyle.BODY)


def _said(counts: MarkCounts, counter: str) -> str:
    return "、".join(
        f"「{each.mark.label}」が{each.count}{counter}" for each in counts.counts if each.count
    )


def _compose_counts(review: Review) -> tuple[Block, ...]:
    goals = review.catalogue.goals
    by_goal = [each.counts for each in review.summary.by_goal]
    counts = (*by_goal, review.summary.overall)
    names = (*(f"{goal.numeral}　{goal.title}" for goal in goals), _TOTAL)
    marks = tuple(each.mark for each in review.summary.overall.counts)
    title = f"{review.catalogue.labels.goal}ごとの評価の数"
    chart = StackedBarChart(
        title="",  # its caption says it
        unit="指標",
        bars=names,
        series=tuple(
            BarSeries(mark.label, tuple(each.counts[number].count for each in counts))
            for number, mark in enumerate(marks)
        ),
    )
    return (
        section("overview-marks", "評価の状況"),
        _counts_table(review, names, counts, marks, title),
        FigureGrid(
            (Figure(chart, describe_chart(replace(chart, title=title))),),
            columns=1,
            caption=figure_caption("marks", title),
        ),
    )


def _counts_table(
    review: Review,
    names: Sequence[str],
    counts: Sequence[MarkCounts],
    marks: Sequence[Mark],
    title: str,
) -> Table:
    labels = review.catalogue.labels
    surveyed = f"（参考）{labels.numeric_targets}"
    columns: tuple[Column[tuple[str, MarkCounts]], ...] = (
        Column("goal", 34, header_cell(labels.goal), lambda row: name_cell(row[0])),
        *(_mark_column(review, number, mark) for number, mark in enumerate(marks)),
        Column("total", 9, _TOTAL, lambda row: _count_cell(review, row[1].total)),
    )
    rows = (*zip(names, counts, strict=True), (surveyed, review.summary.numeric_targets))
    return compose_table(
        columns,
        rows_of(columns, rows),
        title,
        description=f"{labels.goal}と{labels.numeric_targets}ごとの、評価の記号ごとの数",
        caption=table_caption("marks", title),
    )


def _mark_column(review: Review, number: int, mark: Mark) -> Column[tuple[str, MarkCounts]]:
    return Column(
        f"mark-{number}",
        9,
        header_cell(mark.symbol, mark.word),
        lambda row: _count_cell(review, row[1].counts[number].count),
    )


def _count_cell(review: Review, count: int) -> Cell:
    return value_cell(review.numbers(str(count)))


def _measures(review: Review, judgements: Iterable[Judgement]) -> str:
    """Return what was judged: ``指標``, ``数値目標`` or both; both, if in the plan, for none."""
    labels = review.catalogue.labels
    surveyed = {each.id for each in review.catalogue.numeric_targets()}
    found = {each.measure_id in surveyed for each in judgements} or {False, bool(surveyed)}
    names = {False: labels.indicator, True: one_line(labels.numeric_targets)}
    return "および".join(names[each] for each in sorted(found))


def _compose_late(review: Review) -> tuple[Block, ...]:
    """Return what stands at the marks of lateness, named as the scheme names them."""
    levels = (MarkLevel.LATE, MarkLevel.BEHIND)
    marks = [
        mark for level in levels for mark in review.evaluation.scheme.marks if mark.level is level
    ]
    if not marks:
        return ()
    judgements = review.summary.late
    measures = _measures(review, judgements)
    title = f"評価が{''.join(f'「{mark.label}」' for mark in marks)}の{measures}"
    heading = section("overview-late", title)
    if not judgements:
        return (heading, paragraph(f"該当する{measures}はありません。", TextStyle.BODY))
    columns = _late_columns(review)
    caption = table_caption("late", f"{title}と評価の理由")
    return (heading, compose_table(columns, rows_of(columns, judgements), title, caption=caption))


def _late_columns(review: Review) -> tuple[Column[Judgement], ...]:
    def target(each: Judgement) -> Cell:
        return value_cell(review.target_text(each.measure_id))

    def actual(each: Judgement) -> Cell:
        return value_cell(review.actual_text(each.measure_id, each.fiscal_year))

    return (
        plan_column(review, 9),
        name_column(review, 26),
        Column("target", 13, review.catalogue.labels.target, target),
        Column("actual", 13, "実績", actual),
        reason_column(review, 32),
        mark_column(review, 7),
    )


def _compose_unreported(review: Review) -> tuple[Block, ...]:
    if not review.summary.unreported:
        return ()
    title = f"実績の報告がない{_measures(review, review.summary.unreported)}"
    columns: tuple[Column[Judgement], ...] = (
        plan_column(review, 10),
        name_column(review, 50),
        Column("reason", 40, "理由", lambda each: _unreported_reason(review, each)),
    )
    rows = tuple(rows_of(columns, review.summary.unreported))
    if len(rows) <= _FEW_ROWS:
        rows = kept_together(rows)
    caption = table_caption("unreported", f"{title}と理由")
    return (
        section("overview-unreported", title),
        compose_table(columns, rows, title, caption=caption),
    )


def _unreported_reason(review: Review, judgement: Judgement) -> Cell:
    measure, year = judgement.measure_id, judgement.fiscal_year
    entry = review.actuals.find(measure, year)
    if not entry or not entry.reason:
        return text_cell(NOTHING)
    return text_cell(entry.reason, source_of(SourceKind.REASON, measure, year))
