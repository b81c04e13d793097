"""The band at the top of a goal: 基本目標, 数値目標, 基本的な方向性.

Comes in: a goal of the plan; for the review also its survey's results. Goes out: the
band of either edition. The cell at the left names the rows beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpireport.document.answer_columns import answers_of_targets
from kpireport.document.blocks import Cell, CellBlock, ItemList, ListItem, Paragraph, Row, Table
from kpireport.document.changes import NO_CHANGES, Changes, Spot
from kpireport.document.columns import (
    REST,
    AnyColumn,
    Column,
    across,
    beside,
    compose_table,
    header_rows,
    kept_together,
    row_of,
    rows_of,
)
from kpireport.document.further_marks import further_columns_of_targets
from kpireport.document.indicator_charts import may_have_courses
from kpireport.document.plan_notes import note_row
from kpireport.document.review_cells import (
    actual_cell,
    baseline_cell,
    course_cell,
    mark_width,
    marks_cell,
    target_cell,
)
from kpireport.document.reviews import Review
from kpireport.document.styles import CellStyle, TableStyle, TextStyle
from kpireport.document.table_cells import AMPLE, DENSE, Look, PlanCells, band_label
from kpireport.document.texts import bullets, one_line, paragraph, row_id
from kpireport.domain.catalogue import (
    Baseline,
    Catalogue,
    Direction,
    Goal,
    Labels,
    NumericTarget,
)
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear

_LABEL_WIDTH, _RESULT_LABEL_WIDTH = 18, 15
_ALL_YEARS, _WIDEST_YEAR = 25, 8
_DASHES = "―－—ー-"  # what stands where there is no value


def goals_with_bands(catalogue: Catalogue) -> tuple[Goal, ...]:
    """Return the goals whose bands say more than their names."""
    return tuple(goal for goal in catalogue.goals if goal.numeric_targets or goal.directions)


def compose_band(
    goal: Goal, labels: Labels, changes: Changes = NO_CHANGES, *, has_more: bool = True
) -> Table:
    """Return the plan edition's band: 基本目標, 数値目標, 基本的な方向性.

    It stays with what stands below it where it ``has_more``.
    """
    content: tuple[Column[Cell], ...] = (Column("content", REST, "", lambda cell: cell),)
    targets = _target_list(goal.numeric_targets, labels, changes)
    band = _band(goal, labels, content, tuple(rows_of(content, targets)))
    return replace(band, rows=kept_together(band.rows, keep_with_next=has_more))


def _target_list(
    targets: Sequence[NumericTarget], labels: Labels, changes: Changes
) -> Iterator[Cell]:
    """Yield the cell that lists the numeric targets, if there are any."""
    if not targets:
        return
    style = TextStyle.BAND_TARGET
    items = tuple(
        ListItem(
            "●",
            (
                changes.marked(target.name, style, target.id, Spot.NAME),
                changes.marked(f"：　{target.target.text}", style, target.id, Spot.TARGET),
                *_baseline(target, labels, changes, style),
                *_yearly_targets(target, style, changes.words),
            ),
        )
        for target in targets
    )
    yield Cell((ItemList(items, style),), CellStyle.TEXT)


def _baseline(
    target: NumericTarget, labels: Labels, changes: Changes, style: TextStyle
) -> Iterator[Paragraph]:
    """Yield the line of the baseline, unless there is none or the target's own text has it."""
    text = one_line(target.baseline.text)
    if not text.strip(_DASHES) or text in target.target.text:
        return
    said = f"（{one_line(labels.baseline)}　{text}{_as_of(target.baseline)}）"
    yield changes.marked(said, style, target.id, Spot.BASELINE)


def _as_of(baseline: Baseline) -> str:
    """Return the time of a baseline with one of its own, where its text does not say it."""
    if not baseline.as_of or baseline.as_of in baseline.text:
        return ""
    return f"、{baseline.as_of}"


def _yearly_targets(target: NumericTarget, style: TextStyle, words: Words) -> Iterator[Paragraph]:
    """Yield the line of the targets of earlier years, if there are any."""
    yearly = target.yearly_targets
    if yearly:
        said = "、".join(f"{words.year_name(each.fiscal_year)} {each.text}" for each in yearly)
        yield paragraph(f"（{said}）", style)


def compose_result_band(review: Review, goal: Goal, *, has_more: bool = True) -> Table:
    """Return the review's band: 基本目標, the numeric targets' results by year, 基本的な方向性.

    It stays with what stands below it where it ``has_more``.
    """
    columns = _result_columns(review)
    targets = goal.numeric_targets
    own = (row for each in targets for row in _result_rows(review, columns, each))
    rows = (*header_rows(columns), *own) if targets else ()
    labels = review.catalogue.labels
    band = _band(goal, labels, columns, rows, f"の{review.words.year}ごとの結果", DENSE)
    return replace(band, rows=kept_together(band.rows, keep_with_next=has_more))


def _result_rows(
    review: Review, columns: Sequence[Column[NumericTarget]], target: NumericTarget
) -> Iterator[Row]:
    """Yield a numeric target's row, and below it the notes on its values."""
    yield replace(row_of(columns, target), id=row_id(target.id))
    yield from note_row(review, target, columns)


def _result_columns(review: Review) -> tuple[Column[NumericTarget], ...]:
    labels, cells = review.catalogue.labels, PlanCells(review.changes)

    def name(each: NumericTarget) -> Cell:
        return cells.name(each, name=review.names[each.id])

    return (
        Column("indicator", REST, f"{labels.indicator}\n{review.survey}", name),
        Column("baseline", 8, labels.baseline, lambda each: baseline_cell(review, each)),
        *(_year_column(review, year) for year in review.shown_years),
        Column("target", 17, "目標", lambda each: target_cell(review, each)),
        *_trend_column(review),
        *_mark_column(review),
        *further_columns_of_targets(review),
        *answers_of_targets(review),
    )


def _mark_column(review: Review) -> Iterator[Column[NumericTarget]]:
    if review.marks:
        yield Column(
            "mark",
            mark_width(review),
            "評価",
            lambda each: marks_cell(review, review.judgement(each)),
        )


def _trend_column(review: Review) -> Iterator[Column[NumericTarget]]:
    if may_have_courses(review):
        yield Column("trend", 8, "推移", lambda each: course_cell(review, each))


def _year_column(review: Review, year: FiscalYear) -> Column[NumericTarget]:
    return Column(
        f"actual-{year.year}",
        min(_WIDEST_YEAR, _ALL_YEARS // len(review.shown_years)),
        review.year_name(year),
        lambda each: actual_cell(review, each.id, year),
    )


def _band(
    goal: Goal,
    labels: Labels,
    columns: Sequence[AnyColumn],
    target_rows: Sequence[Row],
    what_of_targets: str = "",
    look: Look = AMPLE,
) -> Table:
    """Return the band with ``columns`` at the right of its labels."""
    title = (paragraph(goal.title, TextStyle.BAND_TITLE),)
    prose = TextStyle.BAND_PROSE if look is AMPLE else TextStyle.COMMENT
    directions = [cell for each in goal.directions for cell in _direction_contents(each, prose)]
    parts = (
        (labels.goal, "", _rows_across(columns, (title,))),
        (labels.numeric_targets, labels.numeric_targets_note, tuple(target_rows)),
        (labels.directions, "", _rows_across(columns, directions)),
    )
    there = tuple(each for each in parts if each[-1])
    width = _LABEL_WIDTH if look is AMPLE else _RESULT_LABEL_WIDTH
    label: Column[Cell] = Column("label", width, "", lambda cell: cell)
    return compose_table(
        (label, *columns),
        (
            row
            for name, note, rows in there
            for row in beside(label, band_label(name, note, look), rows)
        ),
        goal.head,
        description="、".join(
            f"{one_line(name)}{what_of_targets if name == labels.numeric_targets else ''}"
            for name, _, _ in there
        ),
        style=TableStyle.BAND,
        has_header=False,
    )


def _rows_across(
    columns: Sequence[AnyColumn], contents: Sequence[tuple[CellBlock, ...]]
) -> tuple[Row, ...]:
    return tuple(Row((across(columns, Cell(each, CellStyle.TEXT)),)) for each in contents)


def _direction_contents(
    direction: Direction, prose_style: TextStyle
) -> Iterator[tuple[CellBlock, ...]]:
    """Yield the contents of a direction's rows: prose, items; a titled part in one."""
    prose = tuple(paragraph(text, prose_style) for text in direction.paragraphs)
    items = (bullets("・", direction.items, TextStyle.BAND_ITEM),) if direction.items else ()
    if direction.title:
        style = TextStyle.BAND_PART
        part = ListItem(direction.label, (paragraph(direction.title, style), *prose, *items))
        yield (ItemList((part,), style),)
        return
    if prose:
        yield prose
    if items:
        yield items
