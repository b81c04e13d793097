"""What is asked of each indicator and year beside its value (指標の欄): its cells, its columns.

Comes in: a review. Goes out: the columns that a layout names, or those that stand behind the
marks where there is no layout; and which answers have no column, and stand below the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from kpireport.document.blocks import Cell
from kpireport.document.columns import AnyColumn, Column
from kpireport.document.indicator_rows import IndicatorRow
from kpireport.document.reviews import Review
from kpireport.document.sources import source_of
from kpireport.document.table_cells import NOTHING, text_cell, value_cell
from kpireport.domain.catalogue import Indicator, Measure, NumericTarget
from kpireport.domain.comment_columns import AskedKind, CommentColumn
from kpireport.domain.layouts import ANSWERS, LayoutColumn
from kpireport.domain.years import FiscalYear

_WIDTHS = {AskedKind.CHOICE: 7, AskedKind.AMOUNT: 8, AskedKind.TEXT: 20}  # proportions


def answer_name(column: CommentColumn) -> str:
    """Return what layouts, columns and texts that may be edited call it: ``answers.policy``."""
    return f"{ANSWERS}{column.key}"


def usual_answers(review: Review) -> Iterator[Column[IndicatorRow]]:
    """Yield the columns where nothing is laid out: words to choose and amounts."""
    for column in review.catalogue.answers:
        if column.kind is not AskedKind.TEXT:
            yield _column(review, column)


def answers_on(review: Review, measure: Measure) -> tuple[CommentColumn, ...]:
    """Return what is asked beside a measure's value: of numeric targets not all."""
    asked = review.catalogue.answers
    return tuple(each for each in asked if each.is_of_targets or isinstance(measure, Indicator))


def answers_of_targets(review: Review) -> Iterator[Column[NumericTarget]]:
    """Yield the columns of numeric targets: words to choose and amounts, if any are asked."""
    for column in review.catalogue.answers:
        if column.is_of_targets and column.kind is not AskedKind.TEXT:
            yield Column(
                _key(column, None),
                _WIDTHS[column.kind],
                _header(column),
                partial(_cell, review, column=column, year=review.evaluation.fiscal_year),
                called=column.title,
            )


def laid_out_answers(
    review: Review, layout: Sequence[LayoutColumn]
) -> dict[str, tuple[Column[IndicatorRow], ...]]:
    """Return the columns that a layout names, by their names."""
    stated = {each.name: each for each in layout}
    found = {answer_name(each): each for each in review.catalogue.answers}
    return {
        name: tuple(_stated(review, column, stated[name]))
        for name, column in found.items()
        if name in stated
    }


def first_answer_key(review: Review, column: CommentColumn, columns: Iterable[AnyColumn]) -> str:
    """Return the key of the first of an answer's columns; empty where there is none."""
    keys = {_key(column, year) for year in (None, *review.years)}
    return next((each.key for each in columns if each.key in keys), "")


def answers_below(review: Review, measure: Measure) -> tuple[CommentColumn, ...]:
    """Return the texts that have no column: they stand below their rows."""
    if not review.catalogue.answers:
        return ()
    laid_out = review.catalogue.columns.review if isinstance(measure, Indicator) else ()
    shown = {each.name for each in laid_out}
    return tuple(
        each
        for each in answers_on(review, measure)
        if each.kind is AskedKind.TEXT and answer_name(each) not in shown
    )


def answer_text(
    review: Review, indicator_id: str, column: CommentColumn, year: FiscalYear | None = None
) -> str:
    """Return what was answered of an indicator in a year, the report's unless another is given."""
    entry = review.actuals.find(indicator_id, year or review.evaluation.fiscal_year)
    text = entry.answer(column.key) if entry else ""
    return review.numbers(text) if column.kind is AskedKind.AMOUNT else text


def _stated(
    review: Review, column: CommentColumn, stated: LayoutColumn
) -> Iterator[Column[IndicatorRow]]:
    if not stated.is_by_year:
        header = stated.header or _header(column, above=stated.group or "")
        yield _column(review, column, header)
        return
    word = stated.header or ("" if stated.group else _with_unit(column))
    for year in stated.years(review.years, (), review.years[-1]):
        yield _column(review, column, f"{review.year_name(year)}\n{word}", year)


def _column(
    review: Review, column: CommentColumn, header: str = "", year: FiscalYear | None = None
) -> Column[IndicatorRow]:
    return Column(
        _key(column, year),
        _WIDTHS[column.kind],
        header or _header(column),
        lambda row: _cell(review, row.indicator, column, year or review.evaluation.fiscal_year),
        called=column.title,
    )


def _key(column: CommentColumn, year: FiscalYear | None) -> str:
    return f"{answer_name(column)}-{year.year}" if year else answer_name(column)


def _header(column: CommentColumn, above: str = "") -> str:
    """Return what a column is called below what stands ``above``, which may tell who writes."""
    by = column.by.name if column.by else ""
    below = ("" if by in above else by, column.unit)
    return "\n".join((column.label, *(f"（{each}）" for each in below if each)))


def _with_unit(column: CommentColumn) -> str:
    return f"{column.label}（{column.unit}）" if column.unit else column.label


def _cell(review: Review, measure: Measure, column: CommentColumn, year: FiscalYear) -> Cell:
    text = answer_text(review, measure.id, column, year)
    if column.kind is not AskedKind.TEXT:
        return value_cell(text or NOTHING)
    return text_cell(text, source_of(answer_name(column), measure.id, year) if text else "")
