"""総括: how the indicators stand, what moved most, what is late, what was not reported.

Comes in: a review and its summary. Goes out: the chapter's blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

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
    Span,
    Table,
    TextStyle,
)
from kpireport.document.captions import figure_caption, refer_to, table_caption
from kpireport.document.charts import BarSeries, StackedBarChart, describe_chart
from kpireport.document.columns import Column, compose_table, kept_together, rows_of
from kpireport.document.judgements import rate_text
from kpireport.document.review_cells import (
    mark_column,
    name_column,
    plan_column,
    reason_column,
)
from kpireport.document.reviews import Review
from kpireport.document.sources import SourceKind, source_of
from kpireport.document.table_cells import NOTHING, header_cell, name_cell, text_cell, value_cell
from kpireport.document.texts import one_line, paragraph, quoted, section
from kpireport.domain.actuals import ReportedState
from kpireport.domain.catalogue import Indicator
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement, Mark, MarkCounts, MarkLevel, Move, Moves
from kpireport.evaluation.reasons import StateReported

_TOTAL = "合計"

_MOST_NAMED = 3  # of those that moved alike
_FEW_ROWS = 4  # a table of which is not torn apart


def compose_overview(review: Review) -> tuple[Block, ...]:
    """Return the chapter 総括."""
    return (
        Heading("overview", 1, "総括", HeadingStyle.CHAPTER),
        paragraph(_standing(review), TextStyle.BODY),
        *_standing_of_targets(review),
        *_not_done_in_time(review),
        *_compose_counts(review),
        *_compose_moves(review),
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
        f"{review.year_name()}末における{name}{overall.total}{review.words.indicator}の評価は、"
        f"{_said(overall, review.words.indicator)}でした。"
    )


def _standing_of_targets(review: Review) -> Iterator[Paragraph]:
    """Say the same of the numeric targets, where there are any."""
    counts = review.summary.numeric_targets
    if counts.total:
        name = review.catalogue.labels.numeric_targets
        text = f"{name}{counts.total}項目の評価は、{_said(counts, '項目')}でした。"
        yield paragraph(review.numbers(text), TextStyle.BODY)


def _not_done_in_time(review: Review) -> Iterator[Paragraph]:
    """Name the states that stand well, though they were not reached by their deadline.

    A scheme judges a state by what was reported alone; tables of what is late have none of them.
    """
    late = [each for each in review.catalogue.indicators() if _is_not_done_in_time(review, each)]
    if late:
        indicator = review.words.indicator
        names = "、".join(quoted(each.name) for each in late)
        text = (
            f"進捗状況で評価する{indicator}のうち、期限までに「{ReportedState.DONE}」と報告されて"
            f"いないものの、遅れとは評価していないものが{len(late)}{indicator}あります（{names}）。"
        )
        yield paragraph(review.numbers(text), TextStyle.BODY)


def _is_not_done_in_time(review: Review, indicator: Indicator) -> bool:
    judgement = review.judgement(indicator)
    reason, deadline = judgement.reason, indicator.target.deadline
    return (
        isinstance(reason, StateReported)
        and reason.state is not ReportedState.DONE
        and judgement.mark.level is MarkLevel.ON_TRACK
        and (deadline or review.catalogue.years.target) <= judgement.fiscal_year
    )


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
        unit=review.words.indicator,
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


def _compose_moves(review: Review) -> tuple[Block, ...]:
    """Return what moved most against the year before, forward and back.

    In the plan's first year that is the baseline's.
    """
    advances, setbacks = review.summary.advances, review.summary.setbacks
    if not advances.shown and not setbacks.shown:
        return ()
    since, indicator = f"{_before(review)}から", review.words.indicator
    captions = [
        table_caption(identifier, f"{since}{way}{indicator}")
        for moves, identifier, way in (
            (advances, "advances", "進捗率または達成率が上がった"),
            (setbacks, "setbacks", "進捗率または達成率が下がった"),
        )
        if moves.shown
    ]
    tables = zip((each for each in (advances, setbacks) if each.shown), captions, strict=True)
    return (
        section("overview-moves", f"{since}大きく動いた{indicator}"),
        *(block for moves, caption in tables for block in _moves_table(review, moves, caption)),
        _about_moves(review, captions),
    )


def _about_moves(review: Review, captions: Sequence[Caption]) -> Paragraph:
    first, *others = (refer_to(caption.id) for caption in captions)
    spans = [first, *(span for other in others for span in (Span("と"), other))]
    moves = (review.summary.advances, review.summary.setbacks)
    most = max(len(each.shown) for each in moves)
    each = "それぞれ" if others else ""
    words = (
        f"は、増減の大きいものから{each}{most}{review.words.indicator}までを示しています。"
        "進捗率のないものは達成率で比べ、増減は端数を含む差を四捨五入しています。"
        f"評価の対象外としたものは除きます。{_restated(review, moves)}"
    )
    return Paragraph((*spans, Span(review.numbers(words))), TextStyle.BODY)


def _restated(review: Review, moves: Iterable[Moves]) -> str:
    """Say how those are compared whose target or baseline is another than the year before."""
    judgements = (
        review.evaluation.find(move.measure_id)
        for each in moves
        for move in (*each.shown, *each.tied)
    )
    if not any(map(review.evaluation.is_restated, judgements)):
        return ""
    words = review.words
    return (
        f"{words.baseline}または{words.target}を改めたものは、前年度の率も改めた後の値で"
        "計算しています。"
    )


def _before(review: Review) -> str:
    """Return what the year is held against."""
    return "前年度" if len(review.years) > 1 else review.catalogue.labels.baseline


def _moves_table(review: Review, moves: Moves, caption: Caption) -> Iterator[Block]:
    *_, year_before, year = (review.catalogue.years.baseline, *review.years)
    columns: tuple[Column[Move], ...] = (
        plan_column(review, 10),
        name_column(review, 34),
        Column(
            "before",
            19,
            _before(review),
            lambda move: _step_cell(review, move, year_before, move.before),
        ),
        Column(
            "after", 19, review.year_name(), lambda move: _step_cell(review, move, year, move.after)
        ),
        Column("change", 10, "増減\nポイント", lambda move: value_cell(_points(review, move))),
        mark_column(review, 8),
    )
    rows = kept_together(tuple(rows_of(columns, moves.shown)))
    yield compose_table(columns, rows, caption.text, caption=caption)
    if moves.tied:
        points = _points(review, moves.shown[-1])
        others = "、".join(f"「{review.names[move.measure_id]}」" for move in moves.tied)
        if len(moves.tied) > _MOST_NAMED:
            others = review.numbers(f"{len(moves.tied)}の{review.words.indicator}")
        yield paragraph(f"このほか、{others}の増減も{points}ポイントです。", TextStyle.BODY)


def _points(review: Review, move: Move) -> str:
    """Return ``＋31.3``."""
    points = rate_text(abs(move.change), review.numerals).removesuffix("％")
    return f"{'＋' if move.change > 0 else '－'}{points}"


def _step_cell(review: Review, move: Move, year: FiscalYear, rate: Fraction) -> Cell:
    """Return a year's value and the rate that it makes."""
    if year in review.years:
        value = review.judged_text(move.measure_id, year)
    else:
        value = review.baseline_text(move.measure_id)
    texts = (value, f"{move.kind}{rate_text(rate, review.numerals)}")
    return Cell(tuple(paragraph(text, TextStyle.DENSE_VALUE) for text in texts), CellStyle.DENSE)


def _measures(review: Review, judgements: Iterable[Judgement]) -> str:
    """Return what was judged: ``指標``, ``数値目標`` or both; both, if in the plan, for none."""
    labels = review.catalogue.labels
    surveyed = {each.id for each in review.catalogue.numeric_targets()}
    found = {each.measure_id in surveyed for each in judgements} or {False, bool(surveyed)}
    names = {False: review.words.indicator, True: one_line(labels.numeric_targets)}
    return "および".join(names[each] for each in sorted(found))


def _compose_late(review: Review) -> tuple[Block, ...]:
    """Return what stands at the marks of lateness, named as the scheme names them."""
    levels = (MarkLevel.LATE, MarkLevel.BEHIND)
    marks = [
        mark for level in levels for mark in review.evaluation.scheme.marks if mark.level is level
    ]
    if not marks:
        return ()
    judgements = (*review.summary.late, *review.summary.behind)
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
