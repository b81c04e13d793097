"""The edition of evaluation sheets (評価シート): one for each indicator, or for each plan.

Comes in: a review, as the review edition does. Goes out: the whole document: cover, list of all
sheets with marks and pages, how they are read, then sheet by sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpireport.document.blocks import (
    Block,
    Cell,
    Document,
    DocumentMetadata,
    HeaderScope,
    Heading,
    Row,
    Section,
    Table,
)
from kpireport.document.captions import table_caption
from kpireport.document.chart_words import line_words
from kpireport.document.choice_words import compose_choice_words
from kpireport.document.columns import REST, Column, across, compose_table, row_of
from kpireport.document.editions import EditionOf
from kpireport.document.glance import compose_sentences
from kpireport.document.headings import mark_heading
from kpireport.document.indicator_charts import may_have_courses
from kpireport.document.indicator_sheets import compose_indicator_sheet
from kpireport.document.marks import goal_counts, key_of_marks
from kpireport.document.owners import departments_of
from kpireport.document.plan_sheets import compose_plan_sheet, compose_target_sheet
from kpireport.document.review_cells import mark_column, name_column, page_column
from kpireport.document.reviews import Review
from kpireport.document.revisions import compose_changes
from kpireport.document.rolled import compose_rollup_rules, mark_text
from kpireport.document.rules import compose_marking
from kpireport.document.scheme_tables import rates_in_sheets
from kpireport.document.sheet_parts import (
    ChangeNotes,
    PlaceAbove,
    Writable,
    compose_path,
    path_of,
    running_head,
    sheet_level,
)
from kpireport.document.side_by_side import side_by_side
from kpireport.document.styles import CellStyle, HeadingStyle, TextStyle
from kpireport.document.table_cells import text_cell, value_cell
from kpireport.document.texts import (
    apart,
    bullets,
    contact_line,
    goal_head,
    goal_number,
    paragraph,
    section,
)
from kpireport.domain.catalogue import Goal, Measure, Plan
from kpireport.domain.names import in_one_line
from kpireport.domain.settings import SHEETS, ReviewSettings, SheetOf
from kpireport.quickly import dataclass

_AMONG_OTHERS = 2  # the level of a plan's heading among those that indicators stand below


def sheets_title(review: Review, settings: ReviewSettings) -> tuple[str, ...]:
    """Return the title's lines: as set, or the plan's with the year."""
    return EditionOf(review, settings, SHEETS).title


def compose_sheets(
    review: Review,
    settings: ReviewSettings,
    metadata: DocumentMetadata,
    sheet_of: SheetOf,
    *,
    council_label: str = "",
    committee: str = "",
    writable: Writable | None = None,
) -> Document:
    """Return the sheets of the evaluated year.

    Args:
        review: the year's facts and judgements.
        settings: what editions with actuals are made with.
        metadata: what catalogues of documents are told about it.
        sheet_of: what each sheet is of.
        council_label: ``資料３`` on the cover, empty for none.
        committee: the body that the document is put before, empty for none.
        writable: where texts that nobody has written have a place to be written in.
    """
    edition = EditionOf(review, settings, SHEETS)
    contact = contact_line(settings.contact)
    first = tuple(apart((*_compose_list(review), *contact, *_compose_how_to_read(review))))
    sections = (
        edition.cover(council_label, committee),
        Section(first, foot=key_of_marks(review)),
        *_compose_all(review, sheet_of, writable=writable),
        *_compose_changes(review),
    )
    return edition.document(metadata, sections)


# --- before the sheets ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Listed:
    """A row of the list: a measure, and its plan's mark in the first row of a plan that has one."""

    measure: Measure
    plan_mark: str = ""

    @property
    def measure_id(self) -> str:
        """The measure's id."""
        return self.measure.id


def _compose_list(review: Review) -> Iterator[Block]:
    """Yield the list of everything that has a mark, goal by goal, with its sheet's page."""
    yield Heading("contents", 1, f"{SHEETS}の一覧", HeadingStyle.CHAPTER)
    yield from compose_sentences(review, TextStyle.BAND_PROSE)
    columns = tuple(_list_columns(review))
    rows = [row for goal in review.catalogue.goals for row in _list_rows(review, goal, columns)]
    title = review.numbers(f"{review.year_name()}の{SHEETS}")
    caption = table_caption("sheets", title)
    yield compose_table(columns, rows, f"{SHEETS}の一覧", caption=caption)


def _list_columns(review: Review) -> Iterator[Column[_Listed]]:
    def place(each: _Listed) -> Cell:
        label = review.plan_label(each.measure.id)
        return value_cell("\n".join(filter(None, (label, each.plan_mark))))

    yield Column("plan", 16, review.words.plan, place)
    yield Column("indicator", REST, review.catalogue.labels.indicator, name_column(review, 0).cell)
    if review.shows_departments:
        yield Column("department", 22, "所管課", _departments_cell)
    if review.marks:
        yield Column("mark", 8, mark_heading(review), mark_column(review, 0).cell)
    yield Column("page", 7, "頁", page_column(0).cell)


def _departments_cell(each: _Listed) -> Cell:
    return text_cell(departments_of(each.measure))


def _list_rows(review: Review, goal: Goal, columns: Sequence[Column[_Listed]]) -> Iterator[Row]:
    """Yield a goal's rows below its name and how its indicators stand."""
    measures = (*goal.numeric_targets, *goal.indicators())
    if not measures:
        return
    yield _list_heading(columns, goal_head(goal), goal_counts(review, goal), review, goal.id)
    yield from (row_of(columns, _Listed(each)) for each in goal.numeric_targets)
    named: set[str] = set()
    for plan in goal.plans:
        indicators = tuple(plan.indicators())
        for place in path_of(review, goal, plan)[1:-1] if indicators else ():
            if place.mark and place.id not in named:
                named.add(place.id)
                yield _list_heading(columns, place.text, "", review, place.id)
        for number, each in enumerate(indicators):
            mark = "" if number else mark_text(review, plan.id)
            yield row_of(columns, _Listed(each, mark))


def _list_heading(
    columns: Sequence[Column[_Listed]], name: str, counts: str, review: Review, place_id: str
) -> Row:
    """Return the row of a place's name, how its indicators stand, and its own mark."""
    words = "　".join(filter(None, (name, counts, mark_text(review, place_id))))
    cell = Cell((paragraph(words, TextStyle.DENSE_LABEL),), CellStyle.DENSE_HEADER)
    return Row((across(columns, replace(cell, scope=HeaderScope.ROW)),), keep_with_next=True)


def _compose_how_to_read(review: Review) -> Iterator[Block]:
    """Yield when which mark is given, what is chosen beside it, and how the charts are read."""
    words = tuple(line_words(review)) if may_have_courses(review) else ()
    rolled = compose_rollup_rules(review)
    marking = (
        *compose_marking(review, rates_in_sheets(review)),
        *rolled,
        *compose_choice_words(review),
    )
    if not words and not marking:
        return
    yield Heading("how-to-read", 1, f"{SHEETS}の見方", HeadingStyle.PLAIN)
    yield from side_by_side(marking)
    if words:
        yield section("charts", "図の見方")
        yield bullets("・", words, TextStyle.BAND_ITEM)


# --- the sheets -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its places, its running head, its blocks below these; whether its pages lie."""

    path: tuple[PlaceAbove, ...]
    head: str
    blocks: tuple[Block, ...]
    is_landscape: bool = False


def _compose_all(
    review: Review, sheet_of: SheetOf, *, writable: Writable | None
) -> Iterator[Section]:
    """Yield a section for each sheet, which begins a page."""
    key = key_of_marks(review)
    of_goal = _of_indicators if sheet_of is SheetOf.INDICATOR else _of_plans
    notes = ChangeNotes(review)
    before: tuple[PlaceAbove, ...] = ()
    for goal in review.catalogue.goals:
        for sheet in of_goal(review, goal, writable=writable):
            blocks = (*compose_path(sheet.path, before), *_noted(sheet.blocks, notes))
            before = sheet.path
            yield Section(blocks, landscape=sheet.is_landscape, head=sheet.head, foot=key)


def _of_indicators(review: Review, goal: Goal, *, writable: Writable | None) -> Iterator[_Sheet]:
    for each in goal.numeric_targets:
        yield _of_measure(review, goal, None, each, writable=writable)
    for plan in goal.plans:
        if not plan.rows:  # what is said of it would stand nowhere
            level, kind = _AMONG_OTHERS, SheetOf.INDICATOR
            yield _of_plan(review, goal, plan, level, kind, writable=writable)
        for indicator in plan.indicators():
            yield _of_measure(review, goal, plan, indicator, writable=writable)


def _of_measure(
    review: Review, goal: Goal, plan: Plan | None, measure: Measure, *, writable: Writable | None
) -> _Sheet:
    path = path_of(review, goal, plan)
    level = sheet_level(path)
    blocks = compose_indicator_sheet(review, goal, plan, measure, level, writable=writable)
    head = running_head(
        goal_number(review.catalogue.labels, goal), _number(review, plan), review.names[measure.id]
    )
    return _Sheet(path, head, tuple(blocks))


def _of_plans(review: Review, goal: Goal, *, writable: Writable | None) -> Iterator[_Sheet]:
    if goal.numeric_targets:
        blocks = compose_target_sheet(review, goal, writable=writable)
        yield _Sheet(path_of(review, goal, None), running_head(goal_head(goal)), tuple(blocks))
    for plan in goal.plans:
        level = sheet_level(path_of(review, goal, plan)[:-1])
        yield _of_plan(review, goal, plan, level, SheetOf.PLAN, writable=writable)


def _of_plan(
    review: Review,
    goal: Goal,
    plan: Plan,
    level: int,
    sheet_of: SheetOf,
    *,
    writable: Writable | None,
) -> _Sheet:
    *path, _ = path_of(review, goal, plan)
    blocks = compose_plan_sheet(review, goal, plan, level, sheet_of=sheet_of, writable=writable)
    head = running_head(
        goal_number(review.catalogue.labels, goal), _number(review, plan), in_one_line(plan.title)
    )
    return _Sheet(tuple(path), head, tuple(blocks), review.is_landscape)


def _head(review: Review, goal: Goal, plan: Plan | None, name: str) -> str:
    return running_head(goal_number(review.catalogue.labels, goal), _number(review, plan), name)


def _number(review: Review, plan: Plan | None) -> str:
    """Return what tells a plan from the others of its goal: ``施策２``, ``２（１）``."""
    if plan is None:
        return ""
    if not plan.sections and plan.label.isalnum():
        called = review.catalogue.levels.plan.name or review.words.plan
        return f"{called}{plan.label}"
    return "".join((*(each.label for each in plan.sections), plan.label))


def _noted(blocks: Sequence[Block], notes: ChangeNotes) -> Iterator[Block]:
    """Yield the blocks, below each table the notes on the marks of changes in it."""
    for block in blocks:
        yield block
        if isinstance(block, Table):
            yield from notes.of((block,))


def _compose_changes(review: Review) -> Iterator[Section]:
    """Yield what stands behind the sheets: what was changed in the plan."""
    if review.changes:
        heading = Heading("changes", 1, "計画の変更", HeadingStyle.CHAPTER)
        changes = compose_changes(review.changes, review.catalogue.labels)
        yield Section((heading, *changes), foot=key_of_marks(review))
