"""What was chosen of the plans and indicators (今後の方針 and the like), counted by goal.

Comes in: a review. Goes out: for each column that is a choice its title and its table;
nothing of one in which nobody has chosen yet. Marks beside the first ones are for the
summary, all others for 資料編; in a report without marks all are for the summary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from kpireport.document.answer_columns import answer_text
from kpireport.document.blocks import Table
from kpireport.document.captions import table_caption
from kpireport.document.columns import REST, Column, compose_table, rows_of
from kpireport.document.review_cells import count_cell
from kpireport.document.reviews import Review
from kpireport.document.table_cells import name_cell
from kpireport.document.texts import goal_head
from kpireport.domain.catalogue import Goal
from kpireport.domain.comment_columns import CommentColumn
from kpireport.domain.places import comment_words, commented
from kpireport.evaluation.rollups import GIVEN_KEY
from kpireport.quickly import dataclass

_COUNTS = 60  # proportion of the counts' columns together


@dataclass(frozen=True, slots=True)
class _Counted:
    """A row: a goal or all, and how many of its parts have which choice, empty for none."""

    name: str
    counts: Counter[str]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A column, what of a goal chooses in it, and what that is called."""

    column: CommentColumn
    chosen: Callable[[Goal], Iterator[str]]
    noun: str


def compose_choices(review: Review) -> Iterator[tuple[str, tuple[Table, ...]]]:
    """Yield the table of each choice but of the marks, with what it is called."""
    for choice in (*_of_plans(review), *_of_indicators(review)):
        if not _is_summed_up(review, choice) and (tables := tuple(_tables(review, choice))):
            yield choice.column.title, tables


def compose_second_marks(review: Review) -> Iterator[Table]:
    """Yield the tables of the marks beside the first ones; of all choices where none are first."""
    for choice in (*_of_plans(review), *_of_indicators(review)):
        if _is_summed_up(review, choice):
            yield from _tables(review, choice)


def _is_summed_up(review: Review, choice: _Choice) -> bool:
    """Whether the summary counts a choice: with no marks, choices are how people judged."""
    return choice.column.is_mark or not review.marks


def _of_plans(review: Review) -> Iterator[_Choice]:
    for column in review.catalogue.comments:
        if column.key == GIVEN_KEY:  # a mark, which has a chapter of its own
            continue
        noun = comment_words(review.catalogue).plan
        yield _Choice(column, partial(_chosen_of_places, review, column), noun)


def _chosen_of_places(review: Review, column: CommentColumn, goal: Goal) -> Iterator[str]:
    for place in commented(replace(review.catalogue, goals=(goal,))):
        comment = review.actuals.find_comment(place.id, review.evaluation.fiscal_year)
        yield comment.text(column.key) if comment else ""


def _of_indicators(review: Review) -> Iterator[_Choice]:
    for column in review.catalogue.answers:
        chosen = partial(_chosen_of_indicators, review, column)
        yield _Choice(column, chosen, review.words.indicator)


def _chosen_of_indicators(review: Review, column: CommentColumn, goal: Goal) -> Iterator[str]:
    return (answer_text(review, each.id, column) for each in goal.indicators())


def _tables(review: Review, choice: _Choice) -> Iterator[Table]:
    goals = [
        _Counted(goal_head(goal), Counter(choice.chosen(goal))) for goal in review.catalogue.goals
    ]
    total = _Counted("計", sum((each.counts for each in goals), Counter()))
    if any(total.counts[word] for word in choice.column.choices):
        yield _table(review, choice, [*(goals if len(goals) > 1 else ()), total])


def _table(review: Review, choice: _Choice, listed: list[_Counted]) -> Table:
    column = choice.column
    counted = [*column.choices, *([""] if listed[-1].counts[""] else [])]
    width = _COUNTS // (len(counted) + 1)
    columns: list[Column[_Counted]] = [
        Column("goal", REST, review.catalogue.labels.goal, lambda each: name_cell(each.name)),
        *(_column(review, each, width) for each in counted),
        Column("total", width, "計", lambda each: count_cell(review, each.counts.total())),
    ]
    title = f"{column.title}（{choice.noun}の数）"
    caption = table_caption(f"choice-{column.key}", title)
    return compose_table(columns, rows_of(columns, listed), title, caption=caption)


def _column(review: Review, choice: str, width: int) -> Column[_Counted]:
    return Column(
        f"choice-{choice}",
        width,
        choice or "未記入",
        lambda each: count_cell(review, each.counts[choice]),
    )
