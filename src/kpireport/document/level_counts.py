"""How the indicators of each section stand (基本施策ごとの評価), for plans that have sections.

Comes in: a review. Goes out: for each level between goals and plans its title and a table of
counts, the sections of a goal one below the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.document.blocks import Block, Cell, HeaderScope, Row
from kpireport.document.captions import table_caption
from kpireport.document.class_counts import upper_column
from kpireport.document.columns import REST, Column, beside, compose_table, rows_of
from kpireport.document.mark_words import brief_name
from kpireport.document.review_cells import count_cell
from kpireport.document.reviews import Review
from kpireport.document.styles import CellStyle, TextStyle
from kpireport.document.table_cells import name_cell, with_continued
from kpireport.document.texts import goal_head, one_line, paragraph
from kpireport.domain.catalogue import Goal
from kpireport.domain.levels import Level
from kpireport.domain.places import Place, named_levels, place_of, places_at
from kpireport.evaluation import Mark, MarkCounts
from kpireport.evaluation.summaries import count_marks
from kpireport.quickly import dataclass

_COUNTS = 48  # proportion of the counts' columns together


@dataclass(frozen=True, slots=True)
class Counted:
    """A section, and how many of its indicators stand at each mark."""

    place: Place
    counts: MarkCounts


def counted_at(review: Review, key: str) -> tuple[Counted, ...]:
    """Return the sections of a level, or whatever else is at one, each with its counts."""
    return tuple(_counted(review, each) for each in places_at(review.catalogue, key))


def _counted(review: Review, place: Place) -> Counted:
    judgements = map(review.judgement, place.indicators())
    return Counted(place, count_marks(review.evaluation.scheme, judgements))


def compose_level_counts(review: Review) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Yield the table of each level of sections, with what it is called; none without marks.

    Where a share of marks is told, plans have one too.
    """
    levels, names = review.catalogue.levels, named_levels(review.catalogue)
    counted = (*levels.sections, *([levels.plan] if review.scheme.upper else ()))
    for level in counted if review.marks else ():
        name = one_line(names[level.key])
        yield f"{name}ごとの評価", (_table(review, level, name),)


def _table(review: Review, level: Level, name: str) -> Block:
    labels, title = review.catalogue.labels, f"{name}ごとの{review.words.indicator}の評価"
    upper = review.scheme.upper_marks
    width = _COUNTS // (len(review.marks) + 1 + bool(upper))
    goals: Column[Goal] = Column("goal", 22, labels.goal, _goal_cell)
    columns: tuple[Column[Counted], ...] = (
        Column("section", REST, name, lambda each: name_cell(each.place.head)),
        *(_count_column(review, mark, width) for mark in review.marks),
        Column("total", width, "計", lambda each: count_cell(review, each.counts.total)),
        *upper_column(review, upper, width, _counts_of),
    )
    caption = table_caption(f"level-{level.key}", title)
    rows = tuple(_rows(review, level, goals, columns))
    return compose_table((goals, *columns), rows, title, caption=caption)


def _rows(
    review: Review, level: Level, goals: Column[Goal], columns: tuple[Column[Counted], ...]
) -> Iterator[Row]:
    for goal in review.catalogue.goals:
        below = place_of(review.catalogue.levels, goal).all_below()
        own = [_counted(review, each) for each in below if each.level == level]
        yield from beside(goals, goal, tuple(rows_of(columns, own)))


def _counts_of(each: Counted) -> MarkCounts:
    return each.counts


def _goal_cell(goal: Goal) -> Cell:
    text = paragraph(goal_head(goal), TextStyle.DENSE_TEXT)
    again = (with_continued(text),)
    return Cell((text,), CellStyle.DENSE, scope=HeaderScope.ROW, continued=again)


def _count_column(review: Review, mark: Mark, width: int) -> Column[Counted]:
    return Column(
        f"mark-{mark.symbol}",
        width,
        brief_name(mark, review.marks),
        lambda each: count_cell(review, each.counts.of(mark)),
    )
