"""What departments chose for the plans (今後の方針 and the like), counted by goal.

Comes in: a review. Goes out: for each column of comments that is a choice its title and its
table; nothing of one in which nobody has chosen yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpireport.document.blocks import Block, Cell, HeaderScope
from kpireport.document.captions import table_caption
from kpireport.document.columns import REST, Column, compose_table, rows_of
from kpireport.document.reviews import Review
from kpireport.document.styles import CellStyle, TextStyle
from kpireport.document.table_cells import value_cell
from kpireport.document.texts import goal_head, paragraph
from kpireport.domain.catalogue import Goal
from kpireport.domain.comment_columns import CommentColumn
from kpireport.domain.places import Place, comment_words, commented
from kpireport.evaluation.rollups import GIVEN_KEY

_COUNTS = 60  # proportion of the counts' columns together


@dataclass(frozen=True, slots=True)
class _Counted:
    """A row: a goal or all, and how many of its parts have which choice, empty for none."""

    name: str
    counts: Counter[str]


def compose_choices(review: Review) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Yield the table of each choice, with what it is called."""
    for column in review.catalogue.comments:
        if column.key == GIVEN_KEY:  # a mark, which has a chapter of its own
            continue
        goals = [
            _Counted(goal_head(goal), _count(review, column, _commented(review, goal)))
            for goal in review.catalogue.goals
        ]
        total = _Counted("計", sum((each.counts for each in goals), Counter()))
        if any(total.counts[choice] for choice in column.choices):
            yield column.label, (_table(review, column, [*goals, total]),)


def _commented(review: Review, goal: Goal) -> Iterator[Place]:
    return (each for each in commented(review.catalogue) if each.goal == goal)


def _count(review: Review, column: CommentColumn, places: Iterable[Place]) -> Counter[str]:
    year = review.evaluation.fiscal_year
    comments = (review.actuals.find_comment(each.id, year) for each in places)
    return Counter(each.text(column.key) if each else "" for each in comments)


def _table(review: Review, column: CommentColumn, rows: Iterable[_Counted]) -> Block:
    listed = list(rows)
    counted = [*column.choices, *([""] if listed[-1].counts[""] else [])]
    width = _COUNTS // (len(counted) + 1)
    columns: list[Column[_Counted]] = [
        Column("goal", REST, review.catalogue.labels.goal, _name),
        *(_column(review, each, width) for each in counted),
        Column("total", width, "計", lambda each: _number(review, each.counts.total())),
    ]
    title = f"{column.label}（{comment_words(review.catalogue).plan}の数）"
    caption = table_caption(f"choice-{column.key}", title)
    return compose_table(columns, rows_of(columns, listed), title, caption=caption)


def _column(review: Review, choice: str, width: int) -> Column[_Counted]:
    return Column(
        f"choice-{choice}",
        width,
        choice or "未記入",
        lambda each: _number(review, each.counts[choice]),
    )


def _name(counted: _Counted) -> Cell:
    text = paragraph(counted.name, TextStyle.DENSE_TEXT)
    return Cell((text,), CellStyle.DENSE, scope=HeaderScope.ROW)


def _number(review: Review, count: int) -> Cell:
    return value_cell(review.numbers(str(count)))
