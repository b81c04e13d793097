"""What is behind, worst first, and whose mark changed (遅れている指標と評価の変化).

Comes in: a review and its summary. Goes out: the chapter's blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kpireport.document.blocks import Block, Cell, Heading, Paragraph, Span, Table
from kpireport.document.captions import table_caption
from kpireport.document.columns import Column, compose_table, kept_together, rows_of
from kpireport.document.headings import mark_heading
from kpireport.document.mark_words import brief_name
from kpireport.document.marks import way_of
from kpireport.document.owners import departments_of
from kpireport.document.review_cells import (
    mark_width,
    marks_cell,
    name_column,
    page_column,
    plan_column,
)
from kpireport.document.reviews import Review
from kpireport.document.sources import SourceKind, source_of
from kpireport.document.styles import CellStyle, HeadingStyle, TextStyle
from kpireport.document.table_cells import NOTHING, name_cell, text_cell, value_cell
from kpireport.document.texts import one_line, paragraph, quoted, section
from kpireport.document.whys import Whys
from kpireport.evaluation import Judgement, MarkChange
from kpireport.evaluation.schemes import LATENESS

_FEW_ROWS = 4  # a table of which is not torn apart


def compose_behind(review: Review) -> tuple[Block, ...]:
    """Return the chapter: of values alone, what lacks them, if anything does."""
    if not review.marks:
        return _compose_lacking(review)
    parts = (_compose_late(review), _compose_changes(review), _compose_unreported(review))
    blocks = tuple(block for part in parts for block in part)
    if not blocks:  # marks of people's, none of which is of lateness, in a first year
        return ()
    return (Heading("behind", 1, _chapter_title(review), HeadingStyle.CHAPTER), *blocks)


def _chapter_title(review: Review) -> str:
    has_years, noun = len(review.years) > 1, review.words.indicator
    if review.scheme.has_rules or late_title(review):
        return f"遅れている{noun}{'と評価の変化' if has_years else ''}"
    return "評価の変化" if has_years else _unreported_title(review)


def _compose_lacking(review: Review) -> tuple[Block, ...]:
    if not review.summary.unreported:
        return ()
    heading = Heading("behind", 1, _unreported_title(review), HeadingStyle.CHAPTER)
    return (heading, _unreported_table(review))


def what_was_judged(review: Review, judgements: Iterable[Judgement]) -> str:
    """Return what was judged: ``指標``, ``数値目標`` or both; both, if in the plan, for none."""
    labels = review.catalogue.labels
    surveyed = {each.id for each in review.catalogue.numeric_targets()}
    has_both_or_rows = not surveyed or any(review.catalogue.indicators())
    kinds = {bool(surveyed), not has_both_or_rows}
    found = {each.measure_id in surveyed for each in judgements} or kinds
    names = {False: review.words.indicator, True: one_line(labels.numeric_targets)}
    return "および".join(names[each] for each in sorted(found))


def _compose_late(review: Review) -> tuple[Block, ...]:
    """Return what stands at the marks of lateness, named as the scheme names them."""
    title = late_title(review)
    if not title:
        return ()
    heading = section("behind-late", title)
    if not review.summary.late:
        return (heading, paragraph(none_late(review), TextStyle.BODY))
    caption = table_caption("late", f"{title}（遅れの大きいものから）")
    columns: tuple[Column[Judgement], ...] = (*late_columns(review), page_column(4))
    rows = rows_of(columns, review.summary.late)
    return (heading, compose_table(columns, rows, title, caption=caption))


def late_title(review: Review) -> str:
    """Return ``評価が「△ やや遅れ」「× 遅れ」の指標``; empty for a scheme without such marks."""
    of_level = review.evaluation.scheme.of_level
    marks = [mark for level in reversed(LATENESS) for mark in of_level(level)]
    if not marks:
        return ""
    labels = "".join(f"「{brief_name(mark, review.marks)}」" for mark in marks)
    return f"評価が{labels}の{what_was_judged(review, review.summary.late)}"


def none_late(review: Review) -> str:
    """Return what is said where nothing is late."""
    return f"該当する{what_was_judged(review, ())}はありません。"


def late_columns(review: Review) -> tuple[Column[Judgement], ...]:
    """Return the columns of what is behind: what is missing, why, and who is responsible."""
    return tuple(_late_columns(review))


def _late_columns(review: Review) -> Iterator[Column[Judgement]]:
    yield Column("indicator", 24, review.catalogue.labels.indicator, _placed_name(review))
    yield Column(
        "target",
        11,
        review.catalogue.labels.target,
        lambda each: value_cell(review.judged_target_text(each)),
    )
    yield Column(
        "actual",
        10,
        "実績",
        lambda each: value_cell(review.judged_text(each.measure_id, each.fiscal_year)),
    )
    yield Column(
        "missing",
        11,
        "目標まで",
        lambda each: value_cell(review.missing(each, is_beside_target=True) or NOTHING),
    )
    yield Column(
        "mark", mark_width(review), mark_heading(review), lambda each: marks_cell(review, each)
    )
    whys = Whys.of(review)
    if any(map(whys.may_be_told, review.summary.late)):
        yield Column("why", 29, "理由", lambda each: _why_cell(whys, each))
    if review.shows_departments:
        yield Column("owner", 10, "所管課", lambda each: text_cell(_owner(review, each)))


def _placed_name(review: Review) -> Callable[[Judgement], Cell]:
    """Return what names a measure behind the place where it stands."""
    return lambda each: name_cell(
        f"{review.plan_label(each.measure_id)}　{review.names[each.measure_id]}"
    )


def _owner(review: Review, judgement: Judgement) -> str:
    return departments_of(review.measures[judgement.measure_id]) or NOTHING


def _why_cell(whys: Whys, judgement: Judgement) -> Cell:
    """Return the cell of the reason, which changes with the text that it is taken from."""
    why = Span(whys.why(judgement) or NOTHING, is_excerpt=True)
    return Cell((Paragraph((why,), TextStyle.DENSE_TEXT),), CellStyle.DENSE)


def _compose_changes(review: Review) -> tuple[Block, ...]:
    """Return whose mark is another than the year before, what fell first."""
    if len(review.years) == 1:
        return ()
    changes = changes_of(review)
    measures = what_was_judged(review, (each.after for each in changes))
    title = f"前{review.words.year}から評価が変わった{measures}"
    heading = section("behind-changes", title)
    if not changes:
        return (heading, paragraph(f"該当する{measures}はありません。", TextStyle.BODY))
    ways: dict[str, list[MarkChange]] = {}
    for each in changes:
        ways.setdefault(way_of(review, each), []).append(each)
    name = review.words.indicator
    order = {id_: number for number, id_ in enumerate(review.measures)}

    def printed(group: Iterable[MarkChange]) -> list[MarkChange]:
        # within a change, as the plan has them: what is sought is found
        return sorted(group, key=lambda each: order[each.measure_id])

    columns: tuple[Column[tuple[str, Sequence[MarkChange]]], ...] = (
        Column(
            "way",
            16,
            f"前{review.words.year} → 今{review.words.year}",
            lambda group: value_cell(group[0]),
        ),
        Column("count", 6, "数", lambda group: _count_cell(len(group[1]))),
        Column("indicators", 78, name, lambda group: _names_cell(review, printed(group[1]))),
    )
    caption = table_caption("changes", f"{title}（下がったものから）")
    return (heading, compose_table(columns, rows_of(columns, ways.items()), title, caption=caption))


def changes_of(review: Review) -> tuple[MarkChange, ...]:
    """Return whose mark went down, then whose went up."""
    return (*review.summary.changed.down, *review.summary.changed.up)


def _count_cell(count: int) -> Cell:
    return Cell((paragraph(str(count), TextStyle.DENSE_COUNT),), CellStyle.DENSE_COUNT)


def _names_cell(review: Review, changes: Iterable[MarkChange]) -> Cell:
    names = (
        f"{review.plan_label(each.measure_id)}　{quoted(review.names[each.measure_id])}"
        for each in changes
    )
    return text_cell("\n".join(names))


def _compose_unreported(review: Review) -> tuple[Block, ...]:
    if not review.summary.unreported:
        return ()
    return (section("behind-unreported", _unreported_title(review)), _unreported_table(review))


def _unreported_title(review: Review) -> str:
    return f"実績の報告がない{what_was_judged(review, review.summary.unreported)}"


def _unreported_table(review: Review) -> Table:
    title = _unreported_title(review)
    columns: tuple[Column[Judgement], ...] = (
        plan_column(review, 10),
        name_column(review, 50),
        Column("reason", 40, "理由", lambda each: _unreported_reason(review, each)),
    )
    rows = tuple(rows_of(columns, review.summary.unreported))
    if len(rows) <= _FEW_ROWS:
        rows = kept_together(rows)
    caption = table_caption("unreported", f"{title}と理由")
    return compose_table(columns, rows, title, caption=caption)


def _unreported_reason(review: Review, judgement: Judgement) -> Cell:
    measure, year = judgement.measure_id, judgement.fiscal_year
    entry = review.actuals.find(measure, year)
    if not entry or not entry.reason:
        return text_cell(NOTHING)
    return text_cell(entry.reason, source_of(SourceKind.REASON, measure, year))
