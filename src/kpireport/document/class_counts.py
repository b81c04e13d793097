"""Counts beside the whole: by class of indicators (区分), of part of a mark, of further marks.

Comes in: a review. Goes out: a small table of each, where there is anything to count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from kpireport.document.blocks import Cell, Table
from kpireport.document.captions import table_caption
from kpireport.document.columns import REST, Column, compose_table, rows_of
from kpireport.document.further_marks import further_counts
from kpireport.document.judgements import rate_text
from kpireport.document.mark_words import together
from kpireport.document.review_cells import count_cell
from kpireport.document.reviews import Review
from kpireport.document.table_cells import NOTHING, name_cell, value_cell
from kpireport.evaluation import Mark, MarkCounts
from kpireport.evaluation.class_counts import counts_of_classes, of_which_counts
from kpireport.quickly import dataclass

_MARKS, _WIDEST, _NARROW = 72, 14, 9  # proportions of the marks' columns


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    counts: MarkCounts


def compose_classes(review: Review) -> Iterator[Table]:
    """Yield the tables."""
    noun = review.words.indicator
    found = counts_of_classes(review.catalogue, review.evaluation)
    if found:
        lines = [_Line(label, counts) for label, counts in found]
        title = f"区分ごとの{noun}の評価"
        yield _table(review, "classes", title, "区分", lines, review.scheme.upper_marks)
    yield from _of_which(review)
    for further, counts in further_counts(review):
        title = f"{noun}の{further.title}"
        line = _Line(further.title, counts)
        upper = further.evaluation.scheme.upper_marks
        yield _table(review, f"further-{further.key}", title, "評価", [line], upper)


def _of_which(review: Review) -> Iterator[Table]:
    lines = tuple(of_which_counts(review.catalogue, review.evaluation))
    if not lines:
        return
    columns: tuple[Column[tuple[str, str, int]], ...] = (
        Column("mark", REST, "評価", lambda line: name_cell(line[0])),
        Column("which", 40, "うち", lambda line: name_cell(line[1])),
        Column(
            "count", 20, f"{review.words.indicator}の数", lambda line: count_cell(review, line[2])
        ),
    )
    caption = table_caption("of-which", "評価の内訳")
    yield compose_table(columns, rows_of(columns, lines), "評価の内訳", caption=caption)


def _table(
    review: Review,
    key: str,
    title: str,
    head: str,
    lines: Sequence[_Line],
    upper: Sequence[Mark],
) -> Table:
    marks = _shown(lines)
    width = min(_WIDEST, _MARKS // (len(marks) + 1 + bool(upper)))
    bracketed = "{}" if width < _NARROW else "（{}）"
    columns: tuple[Column[_Line], ...] = (
        Column("name", REST, head, lambda line: name_cell(line.name)),
        *(_mark_column(review, mark, width, bracketed) for mark in marks),
        Column("total", width, "計", lambda line: count_cell(review, line.counts.total)),
        *upper_column(review, upper, width, _counts_of),
    )
    return compose_table(columns, rows_of(columns, lines), title, caption=table_caption(key, title))


def _counts_of(line: _Line) -> MarkCounts:
    return line.counts


_Row = TypeVar("_Row")


def upper_column(
    review: Review, upper: Sequence[Mark], width: int, counts: Callable[[_Row], MarkCounts]
) -> Iterator[Column[_Row]]:
    """Yield the column of the share of the upper marks, if it is to be told."""

    def cell(row: _Row) -> Cell:
        of_row = counts(row)
        share = rate_text(of_row.share(upper), review.numerals) if of_row.judged else NOTHING
        return value_cell(share)

    if upper:
        yield Column("upper", width, together(upper), cell)


def _shown(lines: Sequence[_Line]) -> list[Mark]:
    """Return the marks that are judgements, and of the others those that anything has."""
    return [
        mark
        for mark in lines[0].counts.marks
        if mark.level.is_judgement or any(line.counts.of(mark) for line in lines)
    ]


def _mark_column(review: Review, mark: Mark, width: int, bracketed: str) -> Column[_Line]:
    def cell(line: _Line) -> Cell:
        count = line.counts.of(mark)
        has_share = mark.level.is_judgement and line.counts.judged
        share = rate_text(line.counts.share([mark]), review.numerals) if has_share else ""
        number = review.numbers(f"{count:,}")
        return value_cell(f"{number}\n{bracketed.format(share)}" if share else number)

    return Column(f"mark-{mark.key}", width, mark.symbol, cell)
