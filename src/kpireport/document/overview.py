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
    CaptionKind,
    Cell,
    CellStyle,
    Figure,
    FigureGrid,
    Heading,
    HeadingStyle,
    Paragraph,
    Row,
    Span,
    Table,
    TableStyle,
    TextStyle,
)
from kpireport.document.captions import refer_to
from kpireport.document.charts import BarSeries, StackedBarChart, describe_chart
from kpireport.document.judgements import describe_reason, rate_text
from kpireport.document.results import header_cell, mark_cell, name_cell, text_cell, value_cell
from kpireport.document.reviews import Review
from kpireport.document.sources import SourceKind, source_of
from kpireport.document.texts import one_line, paragraph, quoted
from kpireport.domain.actuals import ReportedState
from kpireport.domain.catalogue import Indicator
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement, Mark, MarkCounts, MarkLevel, Move, Moves
from kpireport.evaluation.reasons import NotReported, StateReported

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


def _not_done_in_time(review: Review) -> Iterator[Paragraph]:
    """Name the states that stand well, though they were not reached by their deadline.

    A scheme judges a state by what was reported alone; tables of what is late have none of them.
    """
    late = [each for each in review.catalogue.indicators() if _is_not_done_in_time(review, each)]
    if late:
        indicator = review.catalogue.labels.indicator
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


def section(identifier: str, text: str) -> Heading:
    """Return the heading of a chapter's section."""
    return Heading(identifier, 2, text, HeadingStyle.SECTION)


def simple_table(
    columns: tuple[int, ...],
    header: Sequence[str],
    rows: Iterable[Row],
    title: str,
    caption: Caption | None = None,
) -> Table:
    """Return a dense table with one header row; a title's further lines explain it."""
    return Table(
        style=TableStyle.SUMMARY,
        columns=columns,
        header_rows=(Row(tuple(header_cell(*text.split("\n")) for text in header)),),
        rows=tuple(rows),
        title=title,
        description="、".join(text.partition("\n")[0] for text in header if text),
        caption=caption,
    )


def table_caption(identifier: str, text: str) -> Caption:
    """Return the caption of a table."""
    return Caption(f"table-{identifier}", CaptionKind.TABLE, text)


def figure_caption(identifier: str, text: str) -> Caption:
    """Return the caption of a chart, or of charts side by side."""
    return Caption(f"figure-{identifier}", CaptionKind.FIGURE, text)


def kept_together(rows: Sequence[Row], *, keep_with_next: bool = False) -> tuple[Row, ...]:
    """Keep every row with the next, so that a small table stands on one page."""
    *others, last = rows
    return (
        *(replace(row, keep_with_next=True) for row in others),
        replace(last, keep_with_next=keep_with_next),
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
    rows = [_count_row(review, *each) for each in zip(names, counts, strict=True)]
    surveyed = f"（参考）{labels.numeric_targets}"
    rows.append(_count_row(review, surveyed, review.summary.numeric_targets))
    return Table(
        style=TableStyle.SUMMARY,
        columns=(34, *([9] * len(marks)), 9),
        header_rows=(
            Row(
                (
                    header_cell(labels.goal),
                    *(header_cell(mark.symbol, mark.word) for mark in marks),
                    header_cell(_TOTAL),
                )
            ),
        ),
        rows=tuple(rows),
        title=title,
        description=f"{labels.goal}と{labels.numeric_targets}ごとの、評価の記号ごとの数",
        caption=table_caption("marks", title),
    )


def _count_row(review: Review, name: str, counts: MarkCounts) -> Row:
    numbers = (*(each.count for each in counts.counts), counts.total)
    return Row((name_cell(name), *(value_cell(review.numbers(str(each))) for each in numbers)))


def _compose_moves(review: Review) -> tuple[Block, ...]:
    """Return what moved most against the year before, forward and back.

    In the plan's first year that is the baseline's.
    """
    advances, setbacks = review.summary.advances, review.summary.setbacks
    if not advances.shown and not setbacks.shown:
        return ()
    since, indicator = f"{_before(review)}から", review.catalogue.labels.indicator
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
    words = (
        f"は、増減の大きいものから{'それぞれ' if others else ''}{most}指標までを示しています。"
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
    labels = review.catalogue.labels
    years = (_before(review), review.year_name())
    header = (labels.plan, labels.indicator, *years, "増減\nポイント", "評価")
    rows = kept_together([_move_row(review, move) for move in moves.shown])
    yield simple_table((10, 34, 19, 19, 10, 8), header, rows, caption.text, caption)
    if moves.tied:
        points = _points(review, moves.shown[-1])
        others = "、".join(f"「{review.names[move.measure_id]}」" for move in moves.tied)
        if len(moves.tied) > _MOST_NAMED:
            others = review.numbers(f"{len(moves.tied)}の{labels.indicator}")
        yield paragraph(f"このほか、{others}の増減も{points}ポイントです。", TextStyle.BODY)


def _move_row(review: Review, move: Move) -> Row:
    *_, year_before, year = (review.catalogue.years.baseline, *review.years)
    return Row(
        (
            value_cell(review.plan_label(move.measure_id)),
            name_cell(review.names[move.measure_id]),
            _step_cell(review, move, year_before, move.before),
            _step_cell(review, move, year, move.after),
            value_cell(_points(review, move)),
            mark_cell(review, review.evaluation.find(move.measure_id)),
        )
    )


def _points(review: Review, move: Move) -> str:
    """Return ``＋31.3``."""
    points = rate_text(abs(move.change), review.numerals).removesuffix("％")
    return f"{'＋' if move.change > 0 else '－'}{points}"


def _step_cell(review: Review, move: Move, year: FiscalYear, rate: Fraction) -> Cell:
    """Return a year's value and the rate that it makes."""
    if year in review.years:
        value = review.actual_text(move.measure_id, year)
    else:
        value = review.baseline_text(move.measure_id)
    texts = (value, f"{move.kind}{rate_text(rate, review.numerals)}")
    return Cell(tuple(paragraph(text, TextStyle.DENSE_VALUE) for text in texts), CellStyle.DENSE)


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
    labels = review.catalogue.labels
    judgements = (*review.summary.late, *review.summary.behind)
    measures = _measures(review, judgements)
    title = f"評価が{''.join(f'「{mark.label}」' for mark in marks)}の{measures}"
    heading = section("overview-late", title)
    if not judgements:
        return (heading, paragraph(f"該当する{measures}はありません。", TextStyle.BODY))
    header = (labels.plan, labels.indicator, labels.target, "実績", "評価の理由", "評価")
    rows = (_late_row(review, each) for each in judgements)
    caption = table_caption("late", f"{title}と評価の理由")
    return (heading, simple_table((9, 26, 13, 13, 32, 7), header, rows, title, caption))


def _late_row(review: Review, judgement: Judgement) -> Row:
    measure = judgement.measure_id
    return Row(
        (
            value_cell(review.plan_label(measure)),
            name_cell(review.names[measure]),
            value_cell(review.target_text(measure)),
            value_cell(review.actual_text(measure, judgement.fiscal_year)),
            reason_cell(review, judgement),
            mark_cell(review, judgement),
        )
    )


def reason_cell(review: Review, judgement: Judgement) -> Cell:
    """Return why a judgement is what it is; a person's reason after the computed one."""
    spans = tuple(_reason_spans(review, judgement))
    return Cell((Paragraph(spans, TextStyle.DENSE_TEXT),), CellStyle.DENSE)


def _reason_spans(review: Review, judgement: Judgement) -> Iterator[Span]:
    computed = describe_reason(judgement.reason, review.numerals, review.words)
    about = (judgement.measure_id, judgement.fiscal_year)
    if isinstance(judgement.reason, NotReported) and judgement.reason.explanation:
        explanation = judgement.reason.explanation
        before, _, after = computed.partition(explanation)
        yield from (Span(before), Span(explanation, source=source_of(SourceKind.REASON, *about)))
        yield Span(after)
    else:
        yield Span(computed)
    if judgement.override is not None:
        yield Span(f"（{judgement.computed.label}）を修正：")
        yield Span(judgement.override.reason, source=source_of(SourceKind.OVERRIDE, *about))


def _compose_unreported(review: Review) -> tuple[Block, ...]:
    if not review.summary.unreported:
        return ()
    labels = review.catalogue.labels
    title = f"実績の報告がない{_measures(review, review.summary.unreported)}"
    rows = tuple(_unreported_row(review, each) for each in review.summary.unreported)
    if len(rows) <= _FEW_ROWS:
        rows = kept_together(rows)
    return (
        section("overview-unreported", title),
        simple_table(
            (10, 50, 40),
            (labels.plan, labels.indicator, "理由"),
            rows,
            title,
            table_caption("unreported", f"{title}と理由"),
        ),
    )


def _unreported_row(review: Review, judgement: Judgement) -> Row:
    measure = judgement.measure_id
    entry = review.actuals.find(measure, judgement.fiscal_year)
    source = source_of(SourceKind.REASON, measure, judgement.fiscal_year)
    return Row(
        (
            value_cell(review.plan_label(measure)),
            name_cell(review.names[measure]),
            text_cell(entry.reason, source) if entry and entry.reason else text_cell("―"),
        )
    )
