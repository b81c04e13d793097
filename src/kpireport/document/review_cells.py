"""Cells of what was reported and judged, and the columns that several tables of a review have.

Comes in: a review and what it says of a measure. Goes out: cells, columns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from kpireport.document.asked_numbers import asked_text
from kpireport.document.blocks import Bar, Cell, CellBlock, Clip, Paragraph, Span
from kpireport.document.changes import spot_in
from kpireport.document.columns import Column
from kpireport.document.headings import mark_heading
from kpireport.document.indicator_charts import compose_sparkline, may_have_courses
from kpireport.document.judgements import describe_reason
from kpireport.document.mark_words import between_dashes, is_dash
from kpireport.document.plan_notes import sign_span
from kpireport.document.reviews import Review
from kpireport.document.sources import SourceKind, source_of
from kpireport.document.styles import CellStyle, SpanStyle, TextStyle
from kpireport.document.table_cells import (
    NOTHING,
    PlanCells,
    name_cell,
    value_cell,
    value_paragraph,
)
from kpireport.document.texts import paragraph, row_id
from kpireport.domain.catalogue import Measure
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import FurtherRates, Judgement, Mark
from kpireport.evaluation.marks_of_people import UNMARKED
from kpireport.evaluation.reasons import NotReported, RateKind

PAGE = "頁"


class OfMeasure(Protocol):
    """What is about a measure: a judgement, a move."""

    @property
    def measure_id(self) -> str:
        """The measure's id."""


def plan_column(review: Review, width: int) -> Column[OfMeasure]:
    """Return the column that says where a measure stands: ``計画１``."""
    label = review.catalogue.labels.plan
    return Column("plan", width, label, lambda each: value_cell(review.plan_label(each.measure_id)))


def name_column(review: Review, width: int) -> Column[OfMeasure]:
    """Return the column of the measures' names, on one line."""
    label = review.catalogue.labels.indicator
    return Column("indicator", width, label, lambda each: name_cell(review.names[each.measure_id]))


def count_cell(review: Review, count: int) -> Cell:
    """Return a cell with how many there are: ``1,204``."""
    return value_cell(review.numbers(f"{count:,}"))


def page_column(width: int) -> Column[OfMeasure]:
    """Return the column of the pages on which the measures' rows stand."""

    def cell(each: OfMeasure) -> Cell:
        return page_cell(row_id(each.measure_id))

    return Column("page", width, PAGE, cell)


def page_cell(target: str, until: str = "") -> Cell:
    """Return the cell that shows the page that ``target`` is on, or those to that of ``until``."""
    page = Span("", target=target, is_page=True, until=until)
    return Cell((Paragraph((page,), TextStyle.DENSE_VALUE),), CellStyle.DENSE)


def mark_column(review: Review, width: int) -> Column[OfMeasure]:
    """Return the column of the report's year's marks."""

    def cell(each: OfMeasure) -> Cell:
        return mark_cell(review, review.evaluation.find(each.measure_id))

    return Column("mark", max(width, mark_width(review)), mark_heading(review), cell)


_LEAST_MARK, _MOST_MARK = 6, 13
_LONGEST_SIGN = 2  # ◎, A-1; what is longer is a word


def mark_width(review: Review) -> int:
    """Return how wide the column of the marks is: as its words want it, where they are words."""
    longest = review.scheme.longest_symbol
    if longest <= _LONGEST_SIGN:
        return _LEAST_MARK
    return min(_MOST_MARK, 1 + 2 * longest)


def _mark_paragraph(review: Review, spans: Sequence[Span]) -> Paragraph:
    """Return a mark as it stands out in its cell: a sign large, a word bold."""
    if mark_width(review) == _LEAST_MARK:
        return Paragraph((*spans,), TextStyle.DENSE_MARK)
    first, *others = spans
    return Paragraph((replace(first, style=SpanStyle.STRONG), *others), TextStyle.DENSE_VALUE)


def reason_column(review: Review, width: int) -> Column[Judgement]:
    """Return the column of the judgements' reasons."""
    return Column("reason", width, "評価の理由", lambda each: reason_cell(review, each))


def actual_cell(
    review: Review,
    measure_id: str,
    year: FiscalYear,
    *,
    sign: str = "",
    written: Callable[[str], str] = str,
    has_aim: bool = True,
) -> Cell:
    """Return the cell of a year's actual, below the year's own target if it has one.

    Below the actual stands the mark of what was corrected in it.

    ``sign`` is that of the note on it, ``written`` how the column writes what was reported,
    ``has_aim`` whether the target stands here.
    """
    actual = value_paragraph(written(review.actual_text(measure_id, year)), sign=sign)
    target = review.yearly_target_text(measure_id, year) if has_aim else ""
    aim = (_aim(review, measure_id, year, written(target)),) if target else ()
    marks = review.correction_marks(measure_id, year)
    below = (Paragraph(marks, TextStyle.DENSE_VALUE),) if marks else ()
    return Cell((*aim, actual, *below), CellStyle.DENSE)


def _aim(review: Review, measure_id: str, year: FiscalYear, text: str) -> Paragraph:
    """Return the year's own target, with the marks of what was changed in it."""
    style, spot = TextStyle.DENSE_VALUE, spot_in(year)
    return review.changes.marked(f"目標 {text}", style, measure_id, spot)


def baseline_cell(
    review: Review, measure: Measure, *, rowspan: int = 1, cells: PlanCells | None = None
) -> Cell:
    """Return the cell of a baseline; below it the first actual, where that serves instead."""
    baseline = (cells or PlanCells(review.changes)).baseline(measure, rowspan=rowspan)
    text = review.first_known_text(measure)
    return _with_below(baseline, text)


def _with_below(cell: Cell, *texts: str) -> Cell:
    """Return the cell of a value with what else is said below it; empty texts are none."""
    below = tuple(paragraph(text, TextStyle.DENSE_VALUE) for text in texts if text)
    return replace(cell, content=(*cell.content, *below)) if below else cell


def target_cell(
    review: Review,
    measure: Measure,
    *,
    cells: PlanCells | None = None,
    beside: Collection[FiscalYear] = (),
) -> Cell:
    """Return the cell of a target; below it the one that is due next, before it.

    ``beside`` are the years whose own targets stand in columns of their own.
    """
    target = (cells or PlanCells(review.changes)).target(measure)
    return _with_below(
        target,
        asked_text(review.counted_from_known(measure), review.numerals),
        due_next(review, measure, beside),
    )


def due_next(review: Review, measure: Measure, beside: Collection[FiscalYear]) -> str:
    """Return the target that is due next, unless its year has a column of its own."""
    following = measure.next_yearly_target(review.evaluation.fiscal_year)
    if following is not None and following.fiscal_year in beside:
        return ""
    return review.next_target_text(measure)


def mark_cell(review: Review, judgement: Judgement) -> Cell:
    """Return the cell of the mark."""
    mark = _mark_paragraph(review, review.mark(judgement))
    return Cell((mark,), CellStyle.DENSE)


def judged_then(review: Review, measure_id: str, year: FiscalYear) -> Judgement | None:
    """Return how a measure stood in a year; nothing where no mark was chosen in one that is past.

    What the year of the report lacks is still to be chosen; what a past one lacks never was.
    """
    found = review.evaluation.get(measure_id, year)
    is_past = year < review.evaluation.fiscal_year
    has_none = found is not None and is_past and found.mark == UNMARKED
    return None if has_none else found


def earlier_mark_cell(review: Review, measure: Measure, year: FiscalYear) -> Cell:
    """Return the cell of the mark of a year before the report's, ― where it was not judged."""
    found = judged_then(review, measure.id, year)
    if found is None:
        return value_cell(NOTHING)
    mark = Span(found.mark.symbol, spoken=found.mark.word)
    return Cell((Paragraph((mark,), TextStyle.DENSE_MARK),), CellStyle.DENSE)


def marks_cell(
    review: Review, judgement: Judgement, sign: str = "", *, is_alone: bool = False
) -> Cell:
    """Return the cell of the mark, those of the years before small above it.

    ``sign`` is that of the note on a mark that a person changed. ``is_alone`` where the years
    before have columns of their own.
    """
    mark = Span(judgement.mark.symbol, spoken=judgement.mark.word)
    earlier = () if is_alone else tuple(_earlier_marks(review, judgement))
    before = _before(review, earlier)
    if sign and is_dash(mark):  # beside it, the dash would reach to the cell's edge
        below = Paragraph(sign_span(sign), TextStyle.DENSE_VALUE)
        return Cell((*before, _mark_paragraph(review, (mark,)), below), CellStyle.DENSE)
    current = _mark_paragraph(review, (mark, *sign_span(sign)))
    return Cell((*before, current), CellStyle.DENSE)


def _before(review: Review, earlier: Sequence[Span]) -> Iterator[Paragraph]:
    """Yield the earlier years' marks: signs beside each other, words one below the other.

    So are two dashes, which would read as one long rule; room between them would be taken
    from the words of other columns.
    """
    if not earlier:
        return
    if mark_width(review) > _LEAST_MARK:
        yield from (Paragraph((each,), TextStyle.DENSE_VALUE) for each in earlier)
    else:
        yield from (Paragraph(each, TextStyle.DENSE_VALUE) for each in between_dashes(earlier))


def plain_mark_cell(mark: Mark) -> Cell:
    """Return the cell of a mark alone."""
    symbol = Span(mark.symbol, spoken=mark.word)
    return Cell((Paragraph((symbol,), TextStyle.DENSE_MARK),), CellStyle.DENSE)


def _earlier_marks(review: Review, judgement: Judgement) -> Iterator[Span]:
    for year in review.shown_years[:-1]:
        found = judged_then(review, judgement.measure_id, year)
        if found is not None:
            yield Span(found.mark.symbol, spoken=f"{review.year_name(year)}は{found.mark.word}、")


def course_cell(review: Review, measure: Measure) -> Cell:
    """Return the cell of a measure's course over the years, ― where two values say all."""
    course = compose_sparkline(review, measure)
    return Cell((course,), CellStyle.DENSE) if course else value_cell(NOTHING)


def rate_header(review: Review) -> str:
    """Return what stands above the rates, and above the courses once there may be any."""
    name = rate_name(review)
    return f"推移\n{name}" if may_have_courses(review) else name


def rate_name(review: Review) -> str:
    """Return which rate stands beside the marks: the one that they follow from."""
    return "達成率" if review.scheme.shows_achievement else "進捗率"


def rate_cell(review: Review, judgement: Judgement) -> Cell:
    """Return the rate with its bar, and the rates of further quantities below."""
    shown = judgement.achievement_rate if review.scheme.shows_achievement else judgement.rate
    is_instead = judgement.progress_rate is None and not review.scheme.shows_achievement
    kind = (RateKind.ACHIEVEMENT,) if is_instead and shown is not None else ()
    content: list[CellBlock] = [
        paragraph(text, TextStyle.DENSE_VALUE) for text in (*kind, review.rate_text(shown))
    ]
    if shown is not None:
        pace = judgement.expected if review.scheme.has_pace else None
        content.append(_bullet(shown, pace))
    content.extend(
        paragraph(_further_text(review, further), TextStyle.DENSE_VALUE)
        for further in judgement.further
        if _further_rate(review, further) is not None
    )
    return Cell(tuple(content), CellStyle.DENSE)


def _bullet(rate: Fraction, expected: Fraction | None) -> Bar:
    """Return the bar of a rate with the year's share, and an arrow where it is clipped."""
    tick = _within(expected) if expected is not None else None
    clipped = Clip.BELOW if rate < 0 else Clip.BEYOND if rate > 1 else None
    return Bar(_within(rate), tick, clipped)


def _within(rate: Fraction) -> Decimal:
    if 0 < rate < 1:
        return Decimal(round(rate * 1000)) / 1000
    return Decimal(int(rate > 0))


def _further_rate(review: Review, further: FurtherRates) -> Fraction | None:
    if review.scheme.shows_achievement:
        return further.achievement_rate
    return further.achievement_rate if further.progress_rate is None else further.progress_rate


def _further_text(review: Review, further: FurtherRates) -> str:
    rate = review.rate_text(_further_rate(review, further))
    return f"{further.target.prefix or further.target.unit}\n{rate}"


def reason_cell(review: Review, judgement: Judgement) -> Cell:
    """Return why a judgement is what it is; a person's reason after the computed one."""
    spans = tuple(_reason_spans(review, judgement))
    return Cell((Paragraph(spans, TextStyle.DENSE_TEXT),), CellStyle.DENSE)


def _reason_spans(review: Review, judgement: Judgement) -> Iterator[Span]:
    described = describe_reason(judgement.reason, review.numerals, review.words)
    computed = review.words.signed(described)
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
