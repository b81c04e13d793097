"""The year's values that are not final (見込み・速報値), which next year's report replaces.

Comes in: a review. Goes out: the measures; the table of them in the appendix.
"""

from __future__ import annotations

from kpireport.document.blocks import Block
from kpireport.document.captions import table_caption
from kpireport.document.columns import Column, compose_table, rows_of
from kpireport.document.review_cells import mark_column, name_column, page_column, plan_column
from kpireport.document.reviews import Review
from kpireport.document.table_cells import value_cell
from kpireport.domain.catalogue import Measure
from kpireport.evaluation import Judgement


def provisional(review: Review) -> tuple[Measure, ...]:
    """Return what has a value in the year that is not final, in printed order."""
    return tuple(each for each in review.catalogue.measures() if qualifier_of(review, each.id))


def qualifier_of(review: Review, measure_id: str) -> str:
    """Return why the year's value of a measure is not final; empty for one that is."""
    entry = review.actuals.find(measure_id, review.evaluation.fiscal_year)
    return entry.value.qualifier if entry and entry.value and entry.is_reported else ""


def compose_provisional(review: Review) -> tuple[Block, ...]:
    """Return the list of the values that are not final; nothing where there are none."""
    found = [review.judgement(each) for each in provisional(review)]
    if not found:
        return ()
    year = review.evaluation.fiscal_year

    def actual(each: Judgement) -> str:
        return review.actual_text(each.measure_id, year)

    marks: tuple[Column[Judgement], ...] = (mark_column(review, 8),) if review.marks else ()
    columns: tuple[Column[Judgement], ...] = (
        plan_column(review, 14),
        name_column(review, 44),
        Column("actual", 26, "実績", lambda each: value_cell(actual(each))),
        *marks,
        page_column(8),
    )
    what = "評価" if review.marks else "実績"
    title = review.numbers(f"見込み・速報値による{what}　{len(found)}件")
    caption = table_caption("provisional", title)
    return (compose_table(columns, rows_of(columns, found), title, caption=caption),)
