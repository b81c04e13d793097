"""An indicator's evaluation sheet (評価シート): facts, years, course, mark and words on a page.

Comes in: a review and an indicator, or a numeric target, with its place in the plan. Goes out:
the blocks of its sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import assert_never

from kpireport.document.answer_columns import answer_name, answer_text, answers_on
from kpireport.document.blocks import (
    Block,
    Cell,
    CellBlock,
    Figure,
    FigureGrid,
    Heading,
    Paragraph,
    Row,
    Span,
    Table,
)
from kpireport.document.changes import spot_in
from kpireport.document.charts import describe_chart
from kpireport.document.columns import REST, Column, compose_table, rows_of
from kpireport.document.headings import heading_of, mark_heading, part_heading
from kpireport.document.indicator_charts import compose_course
from kpireport.document.owners import departments_of
from kpireport.document.plan_notes import note_row
from kpireport.document.review_cells import (
    actual_cell,
    baseline_cell,
    judged_then,
    plain_mark_cell,
    reason_cell,
    target_cell,
)
from kpireport.document.reviews import Review
from kpireport.document.scheme_tables import rates_in_sheets
from kpireport.document.sheet_parts import (
    LABELS,
    Box,
    Group,
    Writable,
    by_evaluator,
    choice_words,
    comments_on,
    compose_boxes,
    path_of,
    row_name,
    written,
)
from kpireport.document.sheet_room import has_room_for_large
from kpireport.document.sources import SourceKind, source_of
from kpireport.document.styles import CellStyle, HeadingStyle, TextStyle
from kpireport.document.table_cells import PlanCells, marked_cell, text_cell, value_cell
from kpireport.document.texts import paragraph, row_id
from kpireport.document.year_values import target_text_in
from kpireport.domain.catalogue import Goal, Indicator, Measure, Plan, unit_of
from kpireport.domain.comment_columns import AskedKind, CommentColumn
from kpireport.domain.layouts import DETAIL_WORDS, NO_DETAILS, OWN, LayoutName, YearPart
from kpireport.domain.names import labelled
from kpireport.domain.settings import ChartScope, SheetOf
from kpireport.domain.units import with_unit
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement
from kpireport.evaluation.judgements import FurtherEvaluation
from kpireport.evaluation.schemes import ByRules
from kpireport.quickly import dataclass

_MOST_YEARS = 7  # side by side on a page that stands upright
_TEXTS = tuple(each for each in DETAIL_WORDS if each is not LayoutName.NUMBER)
_LONGEST_SHORT = 16  # letters that half a row has room for
_PATH_LINES, _NAME_LINES = 1.4, 2.5  # of a sheet's head
_EMPTY = Cell((), CellStyle.DENSE)


def compose_indicator_sheet(
    review: Review,
    goal: Goal,
    plan: Plan | None,
    measure: Measure,
    level: int,
    *,
    writable: Writable | None,
) -> Iterator[Block]:
    """Yield the sheet below its path.

    Args:
        review: the facts and judgements.
        goal: what it stands in.
        plan: what an indicator is of; ``None`` for a numeric target.
        measure: the indicator, or the numeric target.
        level: the heading's, below those of the path.
        writable: where texts that nobody has written have a place to be written in.
    """
    above = (_compose_facts(review, measure), *_compose_years(review, measure))
    below = _compose_words(review, goal, plan, measure, writable=writable)
    head = len(path_of(review, goal, plan)) * _PATH_LINES + _NAME_LINES
    yield sheet_heading(review, measure, level)
    yield from above
    is_large = has_room_for_large((*above, *below), head)
    yield from _compose_chart(review, measure, is_large=is_large)
    yield from below


def _compose_words(
    review: Review, goal: Goal, plan: Plan | None, measure: Measure, *, writable: Writable | None
) -> tuple[Table, ...]:
    """Return the boxes of the mark, of what the department says, and of what others say."""
    answers = tuple(_answers(review, measure, writable=writable))
    boxes = (
        *_mark_boxes(review, measure),
        *_explanation_box(review, measure, writable=writable),
        *(box for column, box in answers if column.by is None),
    )
    judged = "評価" if review.marks else "実績"
    groups = (
        Group(f"{review.year_name()}の{judged}", boxes),
        *by_evaluator(each for each in answers if each[0].by is not None),
        *comments_on(review, goal, plan, measure, sheet_of=SheetOf.INDICATOR, writable=writable),
    )
    return compose_boxes(groups, f"{review.names[measure.id]}：{judged}と説明")


def sheet_heading(review: Review, measure: Measure, level: int) -> Heading:
    """Return the sheet's heading: what is measured, large, with its number in the plan."""
    number = measure.details.number if isinstance(measure, Indicator) else ""
    name = labelled(number, review.names[measure.id])
    return Heading(row_id(measure.id), level, name, HeadingStyle.PLAIN)


# --- facts ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Fact:
    """What the plan says of an indicator: a name at the left of its cell."""

    name: Cell
    cell: Cell


def _compose_facts(review: Review, measure: Measure) -> Table:
    """Return what the plan says of an indicator, short facts side by side."""
    columns: tuple[Column[Row], ...] = (
        Column("name", LABELS, "", lambda _: None),
        Column("fact", 50 - LABELS, "", lambda _: None),
        Column("name-2", LABELS, "", lambda _: None),
        Column("fact-2", REST, "", lambda _: None),
    )
    values, texts = tuple(_values(review, measure)), _texts(review, measure)
    rows = [_fact_row(each) for each in (values[:2], *_in_rows((*values[2:], *texts)))]
    names = "、".join(_first_words(row.cells[0]) for row in rows)
    title = f"{review.names[measure.id]}：計画の内容"
    return compose_table(columns, rows, title, description=names, has_header=False)


def _first_words(cell: Cell) -> str:
    return next(each.text for each in cell.content if isinstance(each, Paragraph))


def _fact_row(facts: Sequence[_Fact]) -> Row:
    *others, last = facts
    wide = last if others else replace(last, cell=replace(last.cell, colspan=3))
    return Row(tuple(cell for each in (*others, wide) for cell in (each.name, each.cell)))


def _in_rows(facts: Iterable[_Fact]) -> Iterator[Sequence[_Fact]]:
    """Yield the facts of each row: short ones two and two, then each long one alone."""
    short: list[_Fact] = []
    long: list[_Fact] = []
    for each in facts:
        (short if len(_first_words(each.cell)) <= _LONGEST_SHORT else long).append(each)
    yield from (short[at : at + 2] for at in range(0, len(short), 2))
    yield from ([each] for each in long)


def _values(review: Review, measure: Measure) -> Iterator[_Fact]:
    """Yield the values that the plan sets, each with its year."""
    words, due = review.words, review.catalogue.years.due(measure)
    baseline = baseline_cell(review, measure, cells=_cells(review))
    start = measure.baseline.as_of or review.year_name(_start(review, measure))
    yield _Fact(row_name(words.baseline, f"（{start}）"), baseline)
    target = target_cell(review, measure, cells=_cells(review))
    yield _Fact(row_name(words.target, f"（{review.year_name(due)}）"), target)
    details = measure.details if isinstance(measure, Indicator) else NO_DETAILS
    labels = review.catalogue.labels
    if details.past:
        past = value_cell(with_unit(details.past, unit_of(measure)))
        yield _Fact(row_name(labels.past_word, labels.past_note), past)
    for label, text in details.pasts:
        yield _Fact(row_name(label), value_cell(with_unit(text, unit_of(measure))))


def _cells(review: Review) -> PlanCells:
    """Return the plan's cells: a sheet has the unit with every number, as its years have."""
    return PlanCells(review.changes, has_units=True)


def _start(review: Review, measure: Measure) -> FiscalYear:
    return measure.baseline.year or review.catalogue.years.baseline


def _texts(review: Review, measure: Measure) -> Iterator[_Fact]:
    """Yield the texts beside an indicator: who is responsible, then those of the plan."""
    if review.shows_departments and measure.departments:
        called = _heading_of(review, LayoutName.DEPARTMENT)
        yield _Fact(row_name(called), text_cell(departments_of(measure)))
    details = measure.details if isinstance(measure, Indicator) else NO_DETAILS
    names: tuple[str, ...] = (*_TEXTS, *(f"{OWN}{key}" for key, _ in details.own))
    for name in names:
        if text := details.text(name):
            cell = text_cell(text)
            marked = review.changes.marked(text, TextStyle.DENSE_TEXT, measure.id, name)
            yield _Fact(row_name(_heading_of(review, name)), replace(cell, content=(marked,)))


def _heading_of(review: Review, name: str) -> str:
    """Return what the plan calls a column, ours where it does not say it."""
    words = {**DETAIL_WORDS, LayoutName.DEPARTMENT: "所管課"}
    usual = name.removeprefix(OWN) if name.startswith(OWN) else words[LayoutName(name)]
    return heading_of(review, name, usual)


# --- years ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the years' table: what it tells, at the start and in each year."""

    name: str
    start: Cell
    cell: Callable[[FiscalYear], Cell]


def _compose_years(review: Review, measure: Measure) -> Iterator[Table]:
    """Yield the table of the years; several where they have no room side by side."""
    years = _years(review, measure)
    tables = -(-len(years) // _MOST_YEARS)
    size = -(-len(years) // tables)
    lines = tuple(_lines(review, measure))
    for at in range(0, len(years), size):
        columns = tuple(_year_columns(review, measure, years[at : at + size], has_start=not at))
        is_last = at + size >= len(years)
        notes = note_row(review, measure, columns, has_answers=False) if is_last else ()
        name = f"{review.names[measure.id]}：{review.words.year}ごとの目標と実績"
        yield compose_table(columns, (*rows_of(columns, lines), *notes), name)


def _years(review: Review, measure: Measure) -> tuple[FiscalYear, ...]:
    """Return the years that there is anything to be said of, all up to the target's if few."""
    due = review.catalogue.years.due(measure)
    last = max(due, review.years[-1])
    every = [review.years[0]]
    while every[-1] < last:
        every.append(every[-1].next)
    if len(every) <= _MOST_YEARS:
        return tuple(every)
    yearly = (each.fiscal_year for each in measure.yearly_targets)
    return tuple(sorted({*review.years, *yearly, due}))


def _year_columns(
    review: Review, measure: Measure, years: Sequence[FiscalYear], *, has_start: bool
) -> Iterator[Column[_Line]]:
    yield Column("line", LABELS, review.words.year, lambda line: row_name(line.name))
    rest = 100 - LABELS
    width = rest // (len(years) + has_start)
    if has_start:
        start = f"{review.words.baseline}\n{review.year_name(_start(review, measure))}"
        yield Column("start", rest - width * len(years), start, lambda line: line.start)
    due = review.catalogue.years.due(measure)
    for number, year in enumerate(years):
        note = f"\n（目標{review.words.year}）" if year == due else ""
        is_wide = not has_start and not number
        own = rest - width * (len(years) - 1) if is_wide else width
        header = f"{review.year_name(year)}{note}"
        yield Column(f"year-{year.year}", own, header, partial(_cell_of, year))


def _cell_of(year: FiscalYear, line: _Line) -> Cell:
    return line.cell(year)


def _lines(review: Review, measure: Measure) -> Iterator[_Line]:
    yield _Line(part_heading(review, YearPart.TARGET), _EMPTY, partial(_aim_cell, review, measure))
    start = baseline_cell(review, measure, cells=_cells(review))
    actual = partial(_actual_cell, review, measure)
    yield _Line(part_heading(review, YearPart.ACTUAL), start, actual)
    rates = {"進捗率": _progress, "達成率": _achievement} if rates_in_sheets(review) else {}
    for name, rate in rates.items():
        if any(map(rate, _judgements(review, measure))):
            yield _Line(name, _EMPTY, partial(_rate_cell, review, measure, rate))
    yield from _amount_lines(review, measure)
    if review.marks:
        yield _Line(mark_heading(review), _EMPTY, partial(_mark_cell, review, measure))
    for further in review.evaluation.further:
        yield _Line(further.title, _EMPTY, partial(_further_cell, further, measure))


def _amount_lines(review: Review, measure: Measure) -> Iterator[_Line]:
    """Yield what stands in the years as numbers or marks of their own: 予算, 方向性."""
    for column in answers_on(review, measure):
        if column.kind is AskedKind.AMOUNT or column.is_mark:
            name = f"{column.title}{f'（{column.unit}）' if column.unit else ''}"
            yield _Line(name, _EMPTY, partial(_answer_cell, review, measure, column))


def _answer_cell(review: Review, measure: Measure, column: CommentColumn, year: FiscalYear) -> Cell:
    return value_cell(answer_text(review, measure.id, column, year))


def _aim_cell(review: Review, measure: Measure, year: FiscalYear) -> Cell:
    text = target_text_in(review, measure.id, year)
    return marked_cell(review.changes, text, measure.id, spot_in(year))


def _actual_cell(review: Review, measure: Measure, year: FiscalYear) -> Cell:
    if year > review.years[-1]:
        return _EMPTY
    return actual_cell(review, measure.id, year, has_aim=False)


def _judgements(review: Review, measure: Measure) -> Iterator[Judgement]:
    found = (review.evaluation.get(measure.id, year) for year in review.years)
    return (each for each in found if each is not None)


def _progress(judgement: Judgement) -> Fraction | None:
    return judgement.progress_rate


def _achievement(judgement: Judgement) -> Fraction | None:
    return judgement.achievement_rate


def _rate_cell(
    review: Review,
    measure: Measure,
    rate: Callable[[Judgement], Fraction | None],
    year: FiscalYear,
) -> Cell:
    judgement = review.evaluation.get(measure.id, year)
    if judgement is None:
        return _EMPTY
    return value_cell(review.rate_text(rate(judgement)))


def _mark_cell(review: Review, measure: Measure, year: FiscalYear) -> Cell:
    judgement = judged_then(review, measure.id, year)
    if judgement is None:
        return _EMPTY
    return Cell((Paragraph(review.mark(judgement), TextStyle.DENSE_MARK),), CellStyle.DENSE)


def _further_cell(further: FurtherEvaluation, measure: Measure, year: FiscalYear) -> Cell:
    judgement = further.evaluation.get(measure.id, year)
    return plain_mark_cell(judgement.mark) if judgement else _EMPTY


# --- course, mark, words --------------------------------------------------------------


def _compose_chart(review: Review, measure: Measure, *, is_large: bool) -> Iterator[FigureGrid]:
    chart = compose_course(review, measure)
    if chart is not None and review.charts is not ChartScope.NONE:
        named = replace(chart, title=f"{review.words.indicator}の推移")  # its name stands above
        figure = Figure(named, describe_chart(chart))
        yield FigureGrid((figure,), 1, is_large=is_large)


def _mark_boxes(review: Review, measure: Measure) -> Iterator[Box]:
    """Yield the year's mark in full, and why it was given where rules give it."""
    if not review.marks:
        return
    judgement = review.judgement(measure)
    spans = (*review.mark(judgement), Span(f"　{judgement.mark.word}"))
    yield Box(row_name(mark_heading(review)), (Paragraph(spans, TextStyle.BAND_TITLE),))
    if isinstance(review.scheme.marking, ByRules):
        yield Box(row_name("評価の理由"), tuple(_reason(review, judgement)))


def _reason(review: Review, judgement: Judgement) -> Iterator[CellBlock]:
    """Yield why a mark was given, in people's words where they say it otherwise, and in figures."""
    words, computed = review.reason(judgement), reason_cell(review, judgement).content
    if words not in _first_words(Cell(computed, CellStyle.DENSE)):
        yield paragraph(words, TextStyle.DENSE_TEXT)
    yield from computed


def _answers(
    review: Review, measure: Measure, *, writable: Writable | None
) -> Iterator[tuple[CommentColumn, Box]]:
    """Yield what was answered of the year beside its value, but for amounts."""
    year = review.evaluation.fiscal_year
    for column in answers_on(review, measure):
        text = answer_text(review, measure.id, column)
        match column.kind:
            case AskedKind.TEXT:
                said = written(text, source_of(answer_name(column), measure.id, year), writable)
            case AskedKind.CHOICE:
                said = (choice_words(column, text),) if text or writable else ()
            case AskedKind.AMOUNT:
                continue  # it stands in the years' table
            case _:
                assert_never(column.kind)
        if said:
            yield column, Box(row_name(column.label), said)


def _explanation_box(
    review: Review, measure: Measure, *, writable: Writable | None
) -> Iterator[Box]:
    """Yield what the department says of the year's actual."""
    year = review.evaluation.fiscal_year
    entry = review.actuals.find(measure.id, year)
    source = source_of(SourceKind.EXPLANATION, measure.id, year)
    if said := written(entry.comment if entry else "", source, writable):
        yield Box(row_name("実績の説明"), said)
