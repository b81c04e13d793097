"""A plan's evaluation sheet (評価シート): its indicators as the review has them, and the words.

Comes in: a review, a goal and a plan. Goes out: the blocks of the plan's sheet, or of the
sheet of a goal's own numeric targets.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.document.blocks import Block, Heading
from kpireport.document.goal_bands import compose_result_band
from kpireport.document.kpi_tables import compose_plan_rows
from kpireport.document.main_charts import compose_plan_charts
from kpireport.document.reviews import Review
from kpireport.document.sheet_parts import Writable, comments_on, compose_boxes
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.document.texts import paragraph, plan_id
from kpireport.domain.catalogue import Goal, Plan
from kpireport.domain.names import in_one_line


def compose_target_sheet(review: Review, goal: Goal) -> Iterator[Block]:
    """Yield the goal's own words and the results of its numeric targets."""
    yield compose_result_band(review, goal)


def compose_plan_sheet(
    review: Review, goal: Goal, plan: Plan, level: int, *, writable: Writable | None
) -> Iterator[Block]:
    """Yield a plan's sheet below its path.

    Args:
        review: the facts and judgements.
        goal: what the plan is of.
        plan: what the sheet is of.
        level: the heading's, below those of the path.
        writable: where texts that nobody has written have a place to be written in.
    """
    name = f"{plan.label}　{in_one_line(plan.title)}"
    yield Heading(plan_id(plan.id), level, name, HeadingStyle.PLAIN)
    if not plan.rows:
        yield paragraph(f"{review.words.indicators}はありません。", TextStyle.BODY)
    yield from compose_plan_rows(review, plan)
    yield from compose_plan_charts(review, goal, plan)
    comments = comments_on(review, goal, plan, writable=writable)
    yield from compose_boxes(comments, f"{name}：説明")
