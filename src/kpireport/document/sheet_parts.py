"""What the evaluation sheets (評価シート) of indicators and of plans have in common.

Comes in: a review and where a sheet stands in its plan. Goes out: the head with the path of
levels, boxes with a name at their left and words at their right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kpireport.document.blocks import (
    Block,
    Cell,
    CellBlock,
    HeaderScope,
    Heading,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
)
from kpireport.document.columns import REST, Column, across, compose_table, row_of
from kpireport.document.plan_notes import said_of
from kpireport.document.reviews import Review
from kpireport.document.sources import UNWRITTEN
from kpireport.document.styles import CellStyle, HeadingStyle, SpanStyle, TextStyle
from kpireport.document.table_cells import header_cell
from kpireport.document.texts import goal_head, goal_id, paragraph, plan_id
from kpireport.domain.actuals import PlanComment
from kpireport.domain.catalogue import Goal, Plan
from kpireport.domain.comment_columns import CommentColumn
from kpireport.domain.names import in_one_line

LABELS = 15
"""The proportion of the names at the left of boxes."""
_LONGEST_HEAD = 34  # letters of a running head beside a notice
_CHOSEN, _OPEN = "■", "□"


@dataclass(frozen=True, slots=True)
class Level:
    """A level above what a sheet is of: its place's id, what the level is called, its words."""

    id: str
    name: str
    text: str


def path_of(review: Review, goal: Goal, plan: Plan | None) -> tuple[Level, ...]:
    """Return the levels above an indicator, or above a numeric target without a plan."""
    words = review.words
    goal_level = Level(goal_id(goal.id), words.goal, goal_head(goal))
    if plan is None:
        return (goal_level,)
    title = f"{plan.label}　{in_one_line(plan.title)}"
    return (goal_level, Level(plan_id(plan.id), words.plan, title))


def compose_path(path: Sequence[Level], before: Sequence[Level]) -> Iterator[Block]:
    """Yield a line for each level; headings where another sheet's do not stand before it.

    Args:
        path: the sheet's levels, outermost first.
        before: those of the sheet before it.
    """
    is_known = True
    for depth, level in enumerate(path):
        is_known = is_known and before[depth : depth + 1] == (level,)
        text = f"{level.name}　{level.text}"
        if is_known:
            yield Paragraph((Span(text, SpanStyle.STRONG),), TextStyle.BAND_PART)
        else:
            yield Heading(level.id, depth + 1, text, HeadingStyle.SUBSECTION, outline=level.text)


def running_head(*parts: str) -> str:
    """Return what stands at the top of each of a sheet's pages, as long as there is room."""
    text = "　".join(filter(None, parts))
    return text if len(text) <= _LONGEST_HEAD else f"{text[: _LONGEST_HEAD - 1]}…"


# --- boxes ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    """A name and beside it what is said, or what stands in the place of that."""

    name: Cell
    content: tuple[CellBlock, ...]


def row_name(*lines: str) -> Cell:
    """Return the cell that names what stands at its right; lines after the first explain it."""
    return replace(header_cell(*lines), scope=HeaderScope.ROW)


def compose_boxes(boxes: Sequence[Box], title: str) -> tuple[Table, ...]:
    """Return the boxes below their title, again on further pages; nothing without boxes."""
    columns: tuple[Column[Box], ...] = (
        Column("name", LABELS, "", lambda box: box.name),
        Column("text", REST, "", lambda box: Cell(box.content, CellStyle.PROSE)),
    )
    rows = tuple(row_of(columns, each) for each in boxes)
    names = "、".join(_name(each) for each in boxes)
    table = compose_table(columns, rows, title, description=names, has_header=False)
    head = Row((across(columns, header_cell(title)),))
    return (replace(table, header_rows=(head,)),) if boxes else ()


def _name(box: Box) -> str:
    return next(each.text for each in box.name.content if isinstance(each, Paragraph))


def compose_comments(review: Review, plan: Plan, *, is_open: bool) -> tuple[Table, ...]:
    """Return what is said of a plan, in boxes; nothing where nothing is.

    Where comments are still open, what nobody has said yet has a place to be written in.
    """
    boxes = tuple(_comment_boxes(review, plan, is_open=is_open))
    return compose_boxes(boxes, f"{plan.label}　{in_one_line(plan.title)}")


def _comment_boxes(review: Review, plan: Plan, *, is_open: bool) -> Iterator[Box]:
    """Yield what is said of a plan, column by column."""
    year = review.evaluation.fiscal_year
    comment = review.actuals.find_comment(plan.id, year) or PlanComment(plan.id, year)
    for column in review.catalogue.comments:
        if is_open or comment.text(column.key):
            yield Box(row_name(column.label), _said(column, comment))


def _said(column: CommentColumn, comment: PlanComment) -> tuple[CellBlock, ...]:
    if column.choices:
        return (choice_words(column.choices, comment.text(column.key)),)
    return said_of(column, comment)


def choice_words(choices: Sequence[str], chosen: str) -> Paragraph:
    """Return all choices with a box each, the chosen one's filled; what is none of them alone."""
    if chosen and chosen not in choices:
        return paragraph(chosen, TextStyle.DENSE_TEXT)
    spans = (
        Span(f"{_CHOSEN if each == chosen else _OPEN} {each}　", spoken=_spoken(each, chosen))
        for each in choices
    )
    return Paragraph(tuple(spans), TextStyle.DENSE_TEXT)


def _spoken(choice: str, chosen: str) -> str:
    """Return what a reader says of a choice: of those that are not chosen nothing."""
    return f"{choice} " if choice == chosen else " "


def unwritten() -> tuple[CellBlock, ...]:
    """Return what keeps the place of words that are still to come."""
    return (paragraph(UNWRITTEN, TextStyle.COMMENT),)


# --- notes ----------------------------------------------------------------------------


class ChangeNotes:
    """The notes on what revisions changed, each below the first sheet that has its mark."""

    def __init__(self, review: Review) -> None:
        """Note what every mark means."""
        goals = review.catalogue.goals if review.changes else ()
        found = (note for goal in goals for note in review.changes.notes(goal, on_actuals=True))
        self._notes = {each.id: each for each in found}
        self._shown: dict[str, int] = {}

    def of(self, tables: Sequence[Table]) -> tuple[Note, ...]:
        """Return the notes on the marks in a sheet's tables, in their order."""
        cells = (cell for table in tables for row in table.rows for cell in row.cells)
        parts = (part for cell in cells for part in cell.content if isinstance(part, Paragraph))
        marks = (span.target for part in parts for span in part.spans)
        ids = dict.fromkeys(each for each in marks if each in self._notes)
        return tuple(map(self._shown_again, ids))

    def _shown_again(self, id_: str) -> Note:
        """Return a note, by another id where it stands below an earlier sheet too."""
        times = self._shown[id_] = self._shown.get(id_, 0) + 1
        note = self._notes[id_]
        return note if times == 1 else replace(note, id=f"{id_}-{times}")
