"""What the evaluation sheets (評価シート) of indicators and of plans have in common.

Comes in: a review and where a sheet stands in its plan. Goes out: the head with the path of
levels, boxes with a name at their left and words at their right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

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
from kpireport.document.ems import natural_width
from kpireport.document.plan_notes import prose, said_of
from kpireport.document.reviews import Review
from kpireport.document.rolled import mark_text
from kpireport.document.sources import UNWRITTEN
from kpireport.document.styles import CellStyle, HeadingStyle, SpanStyle, TextStyle
from kpireport.document.table_cells import header_cell
from kpireport.document.texts import goal_head, paragraph, plan_id, row_id
from kpireport.domain.actuals import PlanComment
from kpireport.domain.catalogue import Goal, Measure, Plan
from kpireport.domain.comment_columns import AskedKind, CommentColumn, Evaluator
from kpireport.domain.names import in_one_line, labelled
from kpireport.domain.places import commented
from kpireport.domain.settings import SheetOf
from kpireport.evaluation.rollups import GIVEN_KEY
from kpireport.quickly import dataclass

LABELS = 15
"""The proportion of the names at the left of boxes."""
_LONGEST_HEAD = 40  # in ems, of a running head beside a notice
_MOST_HEADINGS = 2  # of a path: below them stands the sheet's own
_CHOSEN, _OPEN = "■", "□"


@dataclass(frozen=True, slots=True)
class PlaceAbove:
    """A part of the plan above what a sheet is of (上位の施策).

    Attributes:
        id: its own.
        level: what its level is called.
        text: its number and name.
        mark: the year's mark of all that stands in it, in words; empty where it has none.
    """

    id: str
    level: str
    text: str
    mark: str = ""

    @property
    def heading_id(self) -> str:
        """The id of its heading, where its first sheet begins."""
        return f"place-{self.id}"


def path_of(review: Review, goal: Goal, plan: Plan | None) -> tuple[PlaceAbove, ...]:
    """Return the places above an indicator, or above a numeric target without a plan."""
    words, levels = review.words, review.catalogue.levels
    outer = _place(review, goal.id, levels.goal.name or words.goal, goal_head(goal))
    if plan is None:
        return (outer,)
    sections = (
        _place(review, each.id, level.name, in_one_line(labelled(each.label, each.title)))
        for level, each in zip(levels.sections, plan.sections, strict=False)
    )
    called = levels.plan.name or words.plan
    return (
        outer,
        *sections,
        _place(review, plan.id, called, in_one_line(labelled(plan.label, plan.title))),
    )


def _place(review: Review, id_: str, level: str, text: str) -> PlaceAbove:
    return PlaceAbove(id_, level, text, mark_text(review, id_))


def sheet_level(path: Sequence[PlaceAbove]) -> int:
    """Return the level of a sheet's own heading below those of its path."""
    return min(len(path), _MOST_HEADINGS) + 1


def compose_path(path: Sequence[PlaceAbove], before: Sequence[PlaceAbove]) -> Iterator[Block]:
    """Yield a line for each place; the outermost and the innermost are headings once.

    Args:
        path: the sheet's places, outermost first.
        before: those of the sheet before it.
    """
    is_known = True
    for depth, place in enumerate(path):
        is_known = is_known and before[depth : depth + 1] == (place,)
        text = "　".join(filter(None, (place.level, place.text, place.mark)))
        is_within = 0 < depth < len(path) - 1
        if is_known or is_within:
            yield Paragraph((Span(text, SpanStyle.STRONG),), TextStyle.BAND_PART)
            continue
        above = "・".join(each.text for each in path[1:depth])
        yield Heading(
            place.heading_id,
            min(depth + 1, _MOST_HEADINGS),
            text,
            HeadingStyle.PLACE,
            outline=f"{text}（{above}）" if above else None,
        )


def running_head(*parts: str) -> str:
    """Return what stands at the top of each of a sheet's pages, as long as there is room."""
    text = "　".join(filter(None, parts))
    if natural_width(text) <= _LONGEST_HEAD:
        return text
    widths = accumulate(map(natural_width, text))
    return f"{text[: sum(width <= _LONGEST_HEAD - 1 for width in widths)]}…"


@dataclass(frozen=True, slots=True)
class Writable:
    """What can still be written in a draft.

    Attributes:
        texts: the sources of texts beside actuals that have a cell in the inputs.
        takes_comments: whether comments on plans have a place there.
    """

    texts: frozenset[str]
    takes_comments: bool


# --- boxes ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    """A name and beside it what is said, or what stands in the place of that."""

    name: Cell
    content: tuple[CellBlock, ...]


def row_name(*lines: str) -> Cell:
    """Return the cell that names what stands at its right; lines after the first explain it."""
    return replace(header_cell(*lines), scope=HeaderScope.ROW)


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that stand below each other, and what stands above them all."""

    title: str
    boxes: tuple[Box, ...]


def compose_boxes(groups: Iterable[Group], title: str) -> tuple[Table, ...]:
    """Return the boxes below the titles of their groups; nothing where there are none."""
    shown = [each for each in groups if each.boxes]
    if not shown:
        return ()
    columns: tuple[Column[Box], ...] = (
        Column("name", LABELS, "", lambda box: box.name),
        Column("text", REST, "", lambda box: Cell(box.content, CellStyle.PROSE)),
    )
    rows = (row for group in shown for row in _group_rows(group, columns))
    names = "、".join(dict.fromkeys(_name(box) for group in shown for box in group.boxes))
    return (compose_table(columns, rows, title, description=names, has_header=False),)


def _group_rows(group: Group, columns: Sequence[Column[Box]]) -> Iterator[Row]:
    yield Row((across(columns, row_name(group.title)),), keep_with_next=True)
    yield from (row_of(columns, each) for each in group.boxes)


def _name(box: Box) -> str:
    return next(each.text for each in box.name.content if isinstance(each, Paragraph))


def by_evaluator(said: Iterable[tuple[CommentColumn, Box]], title: str = "") -> Iterator[Group]:
    """Yield the boxes of each evaluator below the title and the evaluator's name."""
    blocks: dict[Evaluator | None, list[Box]] = {}
    for column, box in said:
        blocks.setdefault(column.by, []).append(box)
    for by, boxes in blocks.items():
        yield Group("　".join(filter(None, (title, by.name if by else ""))), tuple(boxes))


def comments_on(
    review: Review,
    goal: Goal,
    plan: Plan | None,
    measure: Measure | None = None,
    *,
    sheet_of: SheetOf,
    writable: Writable | None,
) -> Iterator[Group]:
    """Yield what is said of a plan, or of what stands above it; nothing where nothing is.

    Where comments are still open, what nobody has said yet has a place to be written in. What
    several sheets are about stands on the first of them, to which the others lead.

    Args:
        review: the facts.
        goal: what the sheet stands in.
        plan: the same; ``None`` for a goal's own numeric targets.
        measure: what the sheet is of; ``None`` for that of a plan, or of all numeric targets.
        sheet_of: what the sheets are of; a plan without indicators has one in any case.
        writable: where texts that nobody has written have a place to be written in.
    """
    levels = review.catalogue.levels
    places = path_of(review, goal, plan)
    place = dict(zip((each.key for each in levels), places, strict=False))
    about = place.get(levels.comments_of)
    if about is None:  # a goal's own numeric target stands in no plan
        return
    year = review.evaluation.fiscal_year
    comment = review.actuals.find_comment(about.id, year) or PlanComment(about.id, year)
    said = (
        (column, Box(row_name(column.label), _said(column, comment)))
        for column in _asked(review, about)
        if comment.text(column.key) or (writable and writable.takes_comments)
    )
    groups = tuple(by_evaluator(said, about.text))
    if not groups:
        return
    first = _first_sheet(review, goal, about, sheet_of)
    own = measure or plan
    if own is None or first is None or first.id == own.id:
        yield from groups
    else:
        yield Group(about.text, (Box(row_name("コメント"), (_elsewhere(review, first),)),))


def _first_sheet(
    review: Review, goal: Goal, about: PlaceAbove, sheet_of: SheetOf
) -> Measure | Plan | None:
    """Return what the first sheet about a place is of; ``None`` for all numeric targets'."""
    place = next(each for each in commented(review.catalogue) if each.id == about.id)
    targets = goal.numeric_targets if about.id == goal.id else ()
    if sheet_of is SheetOf.PLAN:
        return None if targets else next(iter(place.plans), None)
    if targets or not place.plans:
        return next(iter(targets), None)
    first = place.plans[0]
    return next(first.indicators(), first)


def _elsewhere(review: Review, first: Measure | Plan) -> Paragraph:
    """Return the words that lead to the sheet on which all is said."""
    if isinstance(first, Plan):
        name, target = in_one_line(first.title), plan_id(first.id)
    else:
        name, target = review.names[first.id], row_id(first.id)
    page = Span("", target=target, is_page=True)
    spans = (Span(f"「{name}」のシート（"), page, Span("頁）にあります。"))
    return Paragraph(spans, TextStyle.DENSE_TEXT)


def _asked(review: Review, about: PlaceAbove) -> Iterator[CommentColumn]:
    """Yield what is asked of a place, but for its mark where this stands with the place's name."""
    return (each for each in review.catalogue.comments if each.key != GIVEN_KEY or not about.mark)


def _said(column: CommentColumn, comment: PlanComment) -> tuple[CellBlock, ...]:
    if column.kind is AskedKind.TEXT:
        return said_of(column, comment)
    return (choice_words(column, comment.text(column.key)),)


def choice_words(column: CommentColumn, chosen: str) -> Paragraph:
    """Return all choices with a box each, the chosen one's filled; what is none of them alone."""
    if chosen not in ("", *column.choices):
        return paragraph(chosen, TextStyle.DENSE_TEXT)
    spans = (
        Span(f"{_CHOSEN if each == chosen else _OPEN} {each}　", spoken=_spoken(each, chosen))
        for each in column.choices
    )
    return Paragraph(tuple(spans), TextStyle.DENSE_TEXT)


def _spoken(choice: str, chosen: str) -> str:
    """Return what a reader says of a choice: of those that are not chosen nothing."""
    return f"{choice} " if choice == chosen else " "


def written(text: str, source: str, writable: Writable | None) -> tuple[CellBlock, ...]:
    """Return a text beside an actual, or what keeps its place in a draft; nothing else."""
    if text or (writable and source in writable.texts):
        return prose(text, source)
    return (paragraph(UNWRITTEN, TextStyle.COMMENT),) if writable else ()


# --- notes ----------------------------------------------------------------------------


class ChangeNotes:
    """The notes on what revisions changed, each below the first sheet that has its mark."""

    def __init__(self, review: Review) -> None:
        """Note what every mark means."""
        self._notes = {each.id: each for each in review.changes.all_notes(on_actuals=True)}
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
