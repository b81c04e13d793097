"""The marks that people set by hand (評価の修正), for 資料編: of indicators, of plans and goals.

Comes in: a review. Goes out: the tables, or that there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kpireport.document.blocks import Block, Cell, Paragraph, Span, Table
from kpireport.document.captions import table_caption
from kpireport.document.columns import Column, compose_table, rows_of
from kpireport.document.plan_notes import override_spans
from kpireport.document.review_cells import name_column, plan_column
from kpireport.document.reviews import Review
from kpireport.document.rolled import level_names
from kpireport.document.rolled_words import override_spans as spans_of_place
from kpireport.document.styles import CellStyle, TextStyle
from kpireport.document.table_cells import text_cell, value_cell
from kpireport.document.texts import one_line, paragraph
from kpireport.domain.places import Place, all_places
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement
from kpireport.evaluation.rollups import Rolled

_YEAR, _REASON = 12, 50  # proportions of columns


def compose_overrides(review: Review) -> tuple[Block, ...]:
    """Return the tables of what people set by hand in any year."""
    found = (*_of_indicators(review), *_of_places(review))
    return found or (paragraph("修正した評価はありません。", TextStyle.BODY),)


def _of_indicators(review: Review) -> Iterator[Table]:
    judgements = tuple(review.evaluation.overridden()) if review.scheme.has_rules else ()
    if not judgements:
        return
    columns: tuple[Column[Judgement], ...] = (
        Column("year", _YEAR, review.words.year, lambda each: _year_cell(review, each.fiscal_year)),
        plan_column(review, 10),
        name_column(review, 28),
        Column("reason", _REASON, "修正とその理由", lambda each: _spans(override_spans(each))),
    )
    caption = table_caption("overrides", "評価の修正とその理由")
    yield compose_table(columns, rows_of(columns, judgements), "評価の修正", caption=caption)


def _of_places(review: Review) -> Iterator[Table]:
    """Yield the table of plans and goals, the latter first; of what is in the plan now."""
    rolled = [each for year in review.years for each in review.rollup.overridden(year)]
    if not rolled:
        return
    places = {each.id: each for each in all_places(review.catalogue)}
    names = level_names(review)

    def name(each: Rolled) -> Cell:
        place: Place | None = places.get(each.place_id)
        return text_cell(one_line(place.head) if place else each.place_id)

    columns: tuple[Column[Rolled], ...] = (
        Column("year", _YEAR, review.words.year, lambda each: _year_cell(review, each.fiscal_year)),
        Column("level", 10, "区分", lambda each: value_cell(names[each.level])),
        Column("name", 28, "名称", name),
        Column("reason", _REASON, "修正とその理由", lambda each: _spans(spans_of_place(each))),
    )
    title = f"{'・'.join(names.values())}の評価の修正とその理由"
    caption = table_caption("rolled-overrides", title)
    yield compose_table(columns, rows_of(columns, rolled), title, caption=caption)


def _year_cell(review: Review, year: FiscalYear) -> Cell:
    return value_cell(review.year_name(year))


def _spans(spans: Iterable[Span]) -> Cell:
    return Cell((Paragraph(tuple(spans), TextStyle.DENSE_TEXT),), CellStyle.DENSE)
