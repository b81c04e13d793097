"""The marks beside the first (2つ目の評価): their columns and what is told of them.

Comes in: a review, whose evaluation has them. Goes out: columns of the KPI table, counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpireport.document.blocks import Cell
from kpireport.document.columns import Column
from kpireport.document.indicator_rows import IndicatorRow
from kpireport.document.review_cells import plain_mark_cell
from kpireport.document.reviews import Review
from kpireport.domain.layouts import FURTHER
from kpireport.evaluation import MarkCounts
from kpireport.evaluation.judgements import FurtherEvaluation
from kpireport.evaluation.summaries import count_marks


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
        return plain_mark_cell(further.evaluation.find(row.indicator.id).mark)

    return Column(f"{FURTHER}{further.key}", 6, header or further.title, cell)


def further_counts(review: Review) -> Iterator[tuple[FurtherEvaluation, MarkCounts]]:
    """Yield how many indicators stand at each mark beside the first."""
    for each in review.evaluation.further:
        judged = map(each.evaluation.find, (one.id for one in review.catalogue.indicators()))
        yield each, count_marks(each.evaluation.scheme, judged)
