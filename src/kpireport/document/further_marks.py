"""The marks beside the first (2つ目の評価): their columns and what is told of them.

Comes in: a review, whose evaluation has them. Goes out: columns of the KPI table, counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from kpireport.document.blocks import Cell
from kpireport.document.columns import Column
from kpireport.document.indicator_rows import IndicatorRow
from kpireport.document.review_cells import plain_mark_cell
from kpireport.document.reviews import Review
from kpireport.domain.catalogue import Measure, NumericTarget
from kpireport.domain.layouts import FURTHER
from kpireport.evaluation import MarkCounts
from kpireport.evaluation.judgements import FurtherEvaluation
from kpireport.evaluation.summaries import count_marks

_WIDTH = 6


def further_columns(
    review: Review, headers: Mapping[str, str]
) -> dict[str, tuple[Column[IndicatorRow], ...]]:
    """Return the column of each mark beside the first, by its name in layouts."""
    return {
        f"{FURTHER}{each.key}": (_column(each, headers.get(f"{FURTHER}{each.key}", "")),)
        for each in review.evaluation.further
    }


def _column(further: FurtherEvaluation, header: str) -> Column[IndicatorRow]:
    def cell(row: IndicatorRow) -> Cell:
        return _cell(further, row.indicator)

    return Column(f"{FURTHER}{further.key}", _WIDTH, header or further.title, cell)


def further_columns_of_targets(review: Review) -> Iterator[Column[NumericTarget]]:
    """Yield the column of each mark beside the first, for the table of numeric targets."""
    for each in review.evaluation.further:
        yield Column(f"{FURTHER}{each.key}", _WIDTH, each.title, partial(_cell, each))


def _cell(further: FurtherEvaluation, measure: Measure) -> Cell:
    return plain_mark_cell(further.evaluation.find(measure.id).mark)


def further_counts(review: Review) -> Iterator[tuple[FurtherEvaluation, MarkCounts]]:
    """Yield how many indicators stand at each mark beside the first."""
    for each in review.evaluation.further:
        judged = map(each.evaluation.find, (one.id for one in review.catalogue.indicators()))
        yield each, count_marks(each.evaluation.scheme, judged)
