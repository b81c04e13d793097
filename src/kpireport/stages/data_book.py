"""A review's data as a workbook, for those who want to compute with them.

Comes in: a review. Goes out: the workbook as data: a sheet of all indicators and numeric
targets in their printed order, a sheet of how many stand at each mark where there are
marks, one of the marks of plans and goals where these have any. Numbers are numbers, and
what is written is as in the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import TypeAlias

from kpireport.document.editions import notices_of
from kpireport.document.further_marks import further_counts
from kpireport.document.indicator_charts import reported_quantity, unit_of
from kpireport.document.judgements import WORSE_RATE, describe_reason
from kpireport.document.level_counts import counted_at
from kpireport.document.limits import first_in
from kpireport.document.owners import departments_of
from kpireport.document.plan_notes import override_spans
from kpireport.document.reviews import Review
from kpireport.document.texts import goal_head, one_line
from kpireport.domain.catalogue import Indicator, Measure, Plan, Section, past_labels
from kpireport.domain.comment_columns import AskedKind, CommentColumn
from kpireport.domain.layouts import DETAIL_WORDS, NO_DETAILS, OWN, Details, LayoutName, detail_word
from kpireport.domain.names import labelled
from kpireport.domain.settings import ReviewSettings
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement, Mark, MarkCounts
from kpireport.evaluation.class_counts import counts_of_classes
from kpireport.evaluation.judgements import FurtherEvaluation
from kpireport.quickly import dataclass
from kpireport.sources.actuals_cells import amount_of
from kpireport.stages.data_columns import DataColumn, rows_of
from kpireport.stages.rolled_sheet import rolled_sheets
from kpireport.writers.xlsx.book import Book, Cell, CellLook, Row, Sheet

MEASURES, COUNTS = "指標", "評価の数"

_EXACT = Context(prec=17)  # more than the numbers of a workbook have
_WIDEST_PAGE = 165  # characters of half width on a lying page, in type that can be read
_COUNTS_WIDTHS = (40.0, 12.0)  # of what is counted, of the counts


@dataclass(frozen=True, slots=True)
class _Listed:
    """A row: an indicator or numeric target, and where it stands."""

    measure: Measure
    goal: str
    within: tuple[str, ...]  # the sections and the plan, or what numeric targets are called
    unit: str | None  # what its numbers count, if it has numbers


_Column: TypeAlias = DataColumn[_Listed]


def data_book(review: Review, words: ReviewSettings, *, title: str, author: str) -> Book:
    """Return the workbook.

    Args:
        review: the judged year.
        words: what the settings say of the review.
        title: what the edition is called that it belongs to.
        author: who issues it.
    """
    heading = "　".join((title, *notices_of(words)))
    counts = (_counts_sheet(review, heading),) if review.marks else ()
    sheets = (_measures_sheet(review, heading), *counts, *rolled_sheets(review, heading))
    return Book(title, author, sheets)


# --- the indicators --------------------------------------------------------------


def _measures_sheet(review: Review, heading: str) -> Sheet:
    columns = tuple(_columns(review))
    return Sheet(
        MEASURES,
        tuple(each.width for each in columns),
        (
            _heading(heading, after=1),  # the first is on each of the pages side by side
            *rows_of(columns, _listed(review)),
        ),
        title_rows=2,
        title_columns=1,
        pages_wide=-int(-sum(each.width for each in columns) // _WIDEST_PAGE),
        filter_row=1,
        header=heading,
    )


def _heading(text: str, *, after: int = 0) -> Row:
    return Row((*(Cell() for _ in range(after)), Cell(text, CellLook.TITLE)))


def _listed(review: Review) -> Iterator[_Listed]:
    surveyed = one_line(review.catalogue.labels.numeric_targets)
    for goal in review.catalogue.goals:
        name, inner = goal_head(goal), len(review.catalogue.levels.sections)
        placed: list[tuple[Measure, tuple[str, ...]]] = [
            (each, (*[""] * inner, surveyed)) for each in goal.numeric_targets
        ]
        for plan in goal.plans:
            outer: tuple[Section | Plan, ...] = (*plan.sections, plan)
            within = tuple(labelled(each.label, each.title) for each in outer)
            placed += [(each, within) for each in plan.indicators()]
        yield from (_Listed(each, name, within, unit_of(review, each)) for each, within in placed)


def _columns(review: Review) -> Iterator[_Column]:
    labels, words = review.catalogue.labels, review.words
    yield DataColumn("記号", 8, lambda row: Cell(row.measure.id, CellLook.MUTED))
    yield DataColumn(one_line(labels.goal), 14, lambda row: Cell(row.goal))
    for depth, level in enumerate((*review.catalogue.levels.sections, None)):
        yield _place_column(one_line(level.name if level else labels.plan), depth)
    yield DataColumn(one_line(labels.indicator), 24, lambda row: Cell(review.names[row.measure.id]))
    yield from _detail_columns(review)
    if review.shows_departments:
        yield DataColumn("所管課", 12, lambda row: Cell(departments_of(row.measure)))
    yield DataColumn(words.baseline, 11, lambda row: Cell(row.measure.baseline.text))
    yield DataColumn(
        f"{words.baseline}\n（数値）", 9, lambda row: _number(row, row.measure.baseline.quantities)
    )
    for year in review.years:
        yield from _year_columns(review, year)
    for year in review.catalogue.years_with_targets:
        if year not in review.years:
            yield _aim_column(review, year)
    yield DataColumn("単位", 7, lambda row: Cell(row.unit or None))
    yield DataColumn(words.target, 12, lambda row: Cell(row.measure.target.text))
    yield DataColumn(
        f"{words.target}\n（数値）", 9, lambda row: _number(row, row.measure.target.quantities)
    )
    if review.catalogue.categories:
        yield DataColumn("区分", 10, lambda row: Cell(review.catalogue.category_label(row.measure)))
    for each in review.evaluation.further:
        yield _further_column(each)
    if review.scheme.has_rules:
        yield DataColumn(
            "評価の理由", 28, lambda row: Cell(_reason(review, review.judgement(row.measure)))
        )


def _place_column(title: str, depth: int) -> _Column:
    return DataColumn(title, 16, lambda row: Cell(row.within[depth] or None))


def _detail_columns(review: Review) -> Iterator[_Column]:
    """Yield the texts beside the indicators, those that any has."""

    def column(name: str, word: str) -> _Column:
        return DataColumn(word, 12, lambda row: Cell(_details_of(row.measure).text(name) or None))

    details = [each.details for each in review.catalogue.indicators()]
    own = dict.fromkeys(f"{OWN}{key}" for each in details for key, _ in each.own)
    for name in (*DETAIL_WORDS, *own):
        if name != LayoutName.UNIT and any(each.text(name) for each in details):
            yield column(name, detail_word(name))
    for label in past_labels(review.catalogue.indicators()):
        yield _past_column(label, label or one_line(review.catalogue.labels.past_word))


def _past_column(label: str, word: str) -> _Column:
    return DataColumn(word, 11, lambda row: Cell(_details_of(row.measure).past_of(label) or None))


def _details_of(measure: Measure) -> Details:
    return measure.details if isinstance(measure, Indicator) else NO_DETAILS


def _aim_column(review: Review, year: FiscalYear) -> _Column:
    """Return the column of a year's own targets, as they are printed."""

    def cell(row: _Listed) -> Cell:
        yearly = row.measure.yearly_target(year)
        return Cell(yearly.text if yearly else None)

    return DataColumn(f"{review.year_name(year)}\n目標", 11, cell)


def _year_columns(review: Review, year: FiscalYear) -> Iterator[_Column]:
    """Yield what a year has of each: the actual as written and as a number, mark, rates."""
    name = review.year_name(year)

    def judgement(row: _Listed) -> Judgement | None:
        return review.evaluation.get(row.measure.id, year)

    if review.has_yearly_targets(year):
        yield _aim_column(review, year)
    yield DataColumn(
        f"{name}\n実績", 12, lambda row: Cell(review.actual_text(row.measure.id, year))
    )
    yield DataColumn(f"{name}\n実績（数値）", 9, lambda row: _actual(review, row, year))
    if review.marks:
        yield DataColumn(f"{name}\n評価", 9, lambda row: Cell(_mark(judgement(row))))
    if review.scheme.has_rates:
        yield DataColumn(f"{name}\n進捗率", 9, lambda row: _progress(judgement(row)))
        yield DataColumn(f"{name}\n達成率", 9, lambda row: _achievement(judgement(row)))
    for column in review.catalogue.answers:
        yield _answer_column(review, column, year)


def _answer_column(review: Review, column: CommentColumn, year: FiscalYear) -> _Column:
    def cell(row: _Listed) -> Cell:
        entry = review.actuals.find(row.measure.id, year)
        text = entry.answer(column.key) if entry else ""
        if column.kind is not AskedKind.AMOUNT:
            return Cell(text or None)
        number = amount_of(text)
        return Cell(text or None, CellLook.NUMBER) if number is None else _value_cell(number)

    unit = f"（{column.unit}）" if column.unit else ""
    width = 28 if column.kind is AskedKind.TEXT else 11
    return DataColumn(f"{review.year_name(year)}\n{column.title}{unit}", width, cell)


def _further_column(further: FurtherEvaluation) -> _Column:
    return DataColumn(
        further.title, 9, lambda row: Cell(further.evaluation.find(row.measure.id).mark.label)
    )


def _number(row: _Listed, quantities: tuple[Quantity, ...]) -> Cell:
    """Return the first number of a value where it counts what the row counts."""
    return _number_cell(None if row.unit is None else first_in(quantities, row.unit))


def _actual(review: Review, row: _Listed, year: FiscalYear) -> Cell:
    is_judged = review.evaluation.get(row.measure.id, year) is not None
    if row.unit is None or not is_judged:
        return _number_cell(None)
    return _number_cell(reported_quantity(review, row.measure, year, row.unit))


def _number_cell(quantity: Quantity | None) -> Cell:
    return Cell(None, CellLook.NUMBER) if quantity is None else _value_cell(quantity.value)


def _value_cell(value: Decimal) -> Cell:
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    pattern = f"#,##0.{'0' * places}" if places else "#,##0"
    return Cell(value, CellLook.NUMBER, number_format=pattern)


def _mark(judgement: Judgement | None) -> str:
    return judgement.mark.label if judgement else ""


def _progress(judgement: Judgement | None) -> Cell:
    return _rate_cell(judgement.progress_rate if judgement else None)


def _achievement(judgement: Judgement | None) -> Cell:
    return _rate_cell(judgement.achievement_rate if judgement else None)


def _rate_cell(rate: Fraction | None) -> Cell:
    """Return a rate as a number, which is not shown as 100 % below it; as the document tells it."""
    if rate is None:
        return Cell(None, CellLook.NUMBER)
    if rate < -1:
        return Cell(WORSE_RATE, CellLook.NUMBER)
    number = _EXACT.divide(Decimal(rate.numerator), Decimal(rate.denominator))
    places = 1
    while rate < 1 and round(rate * 100, places) >= 100:
        places += 1
    return Cell(number, CellLook.NUMBER, number_format=f"0.{'0' * places}%")


def _reason(review: Review, judgement: Judgement) -> str:
    """Return the scheme's reason with its exact rates, and a person's where one set the mark."""
    said = describe_reason(judgement.reason, review.numerals, review.words)
    changed = "".join(span.text for span in override_spans(judgement))
    return f"{said}。{changed}" if changed else said


# --- how many stand where --------------------------------------------------------


def _counts_sheet(review: Review, heading: str) -> Sheet:
    labels, summary = review.catalogue.labels, review.summary
    names = {goal.id: goal_head(goal) for goal in review.catalogue.goals}
    years = [(review.year_name(each.fiscal_year), each) for each in summary.years]
    indicators, targets = one_line(labels.indicators), one_line(labels.numeric_targets)
    groups: list[_Group] = [
        _Group(
            f"{indicators}（各{review.words.year}）", [(name, each.overall) for name, each in years]
        )
    ]
    for name, each in reversed(years):
        lines = [(names[goal.goal_id], goal.counts) for goal in each.by_goal]
        groups.append(_Group(f"{indicators}（{name}、{one_line(labels.goal)}ごと）", lines))
    for level in review.catalogue.levels.sections:
        lines = [(each.place.head, each.counts) for each in counted_at(review, level.key)]
        title = f"{indicators}（{review.year_name()}、{one_line(level.name)}ごと）"
        groups.append(_Group(title, lines))
    lines = [(name, each.numeric_targets) for name, each in years]
    groups.append(_Group(f"{targets}（各{review.words.year}）", lines))
    classes = counts_of_classes(review.catalogue, review.evaluation)
    groups += [_Group(f"{indicators}（区分ごと）", classes)] if classes else []
    groups += [
        _Group(f"{indicators}（{each.title}）", [(each.title, counts)])
        for each, counts in further_counts(review)
    ]
    marks = review.marks
    first, other = _COUNTS_WIDTHS
    return Sheet(
        COUNTS,
        (first, *(other for _ in marks), other),
        (_heading(heading), *_counts_rows(marks, _of_own_marks(groups))),
        title_rows=1,
        header=heading,
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """A table of counts: its title, and a name with its counts for each line."""

    title: str
    lines: Sequence[tuple[str, MarkCounts]]


def _of_own_marks(groups: Iterable[_Group]) -> Iterator[_Group]:
    """Yield the groups, parted where years were judged with other marks than the report's."""
    for group in groups:
        found: dict[tuple[Mark, ...], list[tuple[str, MarkCounts]]] = {}
        for name, counts in group.lines:
            found.setdefault(counts.marks, []).append((name, counts))
        if not found:
            yield group
        yield from (_Group(group.title, lines) for lines in found.values())


def _counts_rows(report: Sequence[Mark], groups: Iterable[_Group]) -> Iterator[Row]:
    for group in groups:
        own = group.lines[0][1].marks if group.lines else report
        marks = report if set(report) <= set(own) else own
        labels = [mark.label for mark in marks]
        yield Row()
        yield Row(tuple(Cell(each, CellLook.HEADER) for each in (group.title, *labels, "計")))
        for name, counts in group.lines:
            numbers = (*(counts.of(mark) for mark in marks), counts.total)
            yield Row((Cell(name), *(Cell(each, CellLook.NUMBER) for each in numbers)))
