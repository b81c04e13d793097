"""A plan's evaluation sheet (評価シート): its indicators as the review has them, and the words.

Comes in: a review, a goal and a plan. Goes out: the blocks of the plan's sheet, or of the
sheet of a goal's own numeric targets.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.document.blocks import Block, Heading, Paragraph, Span
from kpireport.document.goal_bands import compose_result_band
from kpireport.document.kpi_tables import compose_plan_rows
from kpireport.document.main_charts import compose_plan_charts
from kpireport.document.reviews import Review
from kpireport.document.rolled import mark_spans, rolled_of
from kpireport.document.rolled_words import reason_spans
from kpireport.document.sheet_parts import (
    Box,
    Group,
    Writable,
    comments_on,
    compose_boxes,
    row_name,
)
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.document.texts import goal_head, paragraph, plan_id
from kpireport.domain.catalogue import Goal, Plan
from kpireport.domain.names import in_one_line, labelled
from kpireport.domain.settings import SheetOf


def compose_target_sheet(
    review: Review, goal: Goal, *, writable: Writable | None
) -> Iterator[Block]:
    """Yield the goal's own words, its numeric targets' results, and what is said of it."""
    yield compose_result_band(review, goal)
    comments = comments_on(review, goal, None, sheet_of=SheetOf.PLAN, writable=writable)
    yield from compose_boxes(comments, f"{goal_head(goal)}：説明")


def compose_plan_sheet(
    review: Review,
    goal: Goal,
    plan: Plan,
    level: int,
    *,
    sheet_of: SheetOf,
    writable: Writable | None,
) -> Iterator[Block]:
    """Yield a plan's sheet below its path.

    Args:
        review: the facts and judgements.
        goal: what the plan is of.
        plan: what the sheet is of.
        level: the heading's, below those of the path.
        sheet_of: what the sheets are of: it may stand among those of indicators.
        writable: where texts that nobody has written have a place to be written in.
    """
    name = labelled(plan.label, in_one_line(plan.title))
    yield Heading(plan_id(plan.id), level, name, HeadingStyle.PLAIN)
    if not plan.rows:
        yield paragraph(f"{review.words.indicators}はありません。", TextStyle.BODY)
    yield from compose_plan_rows(review, plan)
    yield from compose_plan_charts(review, goal, plan)
    groups = (
        *_rolled_group(review, plan),
        *comments_on(review, goal, plan, sheet_of=sheet_of, writable=writable),
    )
    yield from compose_boxes(groups, f"{name}：説明")


def _rolled_group(review: Review, plan: Plan) -> Iterator[Group]:
    """Yield the plan's own mark in full, and what it is made of; nothing where it has none."""
    rolled = rolled_of(review, plan.id)
    if rolled is None:
        return
    word = Span(f"　{rolled.mark.word}" if rolled.mark else "")
    mark = Paragraph((*mark_spans(rolled), word), TextStyle.BAND_TITLE)
    boxes = [Box(row_name("評価"), (mark,))]
    reason = tuple(each for each in reason_spans(review, rolled) if each.text)
    if reason:
        boxes.append(Box(row_name("内訳"), (Paragraph(reason, TextStyle.DENSE_TEXT),)))
    yield Group(f"{review.words.plan}の評価", tuple(boxes))
