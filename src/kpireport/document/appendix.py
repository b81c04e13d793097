"""資料編: all years in one table, reasons of all judgements, what was changed, the survey.

Comes in: a review. Goes out: the chapter's blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from kpireport.document.blocks import Block, Cell, HeaderScope, Heading, Paragraph, Span, Table
from kpireport.document.captions import table_caption
from kpireport.document.changes import NO_CHANGES
from kpireport.document.choices import compose_choices
from kpireport.document.columns import REST, Column, compose_table, rows_of
from kpireport.document.corrections import Corrected, kind_of, what_happened
from kpireport.document.department_index import compose_department_index
from kpireport.document.level_counts import compose_level_counts
from kpireport.document.main_charts import compose_all_charts
from kpireport.document.overrides import compose_overrides
from kpireport.document.provisional import compose_provisional
from kpireport.document.review_cells import (
    mark_column,
    name_column,
    plan_column,
    reason_column,
)
from kpireport.document.reviews import Review, actual_text
from kpireport.document.revisions import compose_changes
from kpireport.document.sources import SURVEY
from kpireport.document.styles import CellStyle, HeadingStyle, TextStyle
from kpireport.document.table_cells import PlanCells, header_cell, note_lines, value_cell
from kpireport.document.texts import paragraph, section
from kpireport.domain.catalogue import Measure
from kpireport.domain.settings import ChartScope, ReviewSettings
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement
from kpireport.quickly import dataclass

_ALL_YEARS, _WIDEST_YEAR = 42, 15  # proportions of the years' columns


def compose_appendix(review: Review, settings: ReviewSettings) -> tuple[Block, ...]:
    """Return the chapter 資料編; parts without content are left out.

    Args:
        review: the facts and judgements.
        settings: what it is to have.
    """
    blocks: list[Block] = [Heading("appendix", 1, "資料編", HeadingStyle.CHAPTER)]
    parts = ((title, content) for title, content in _parts(review, settings) if content)
    for number, (title, content) in zip(count(1), parts, strict=False):
        text = review.numbers(f"{number}　{title}")
        blocks.extend((section(f"appendix-{number}", text), *content))
    return tuple(blocks)


def _parts(review: Review, settings: ReviewSettings) -> Iterator[tuple[str, tuple[Block, ...]]]:
    labels = review.catalogue.labels
    has_measures = next(review.catalogue.measures(), None) is not None
    yield from compose_level_counts(review)
    yield from compose_choices(review)
    if review.scheme.has_rules or review.rollup.rules.computed:
        yield "評価の修正", compose_overrides(review)
    yield "見込みや速報値による実績", compose_provisional(review)
    yield "実績の追加と訂正", _compose_corrections(review)
    yield (
        "計画の変更",
        compose_changes(review.changes, labels, has_indicators=any(review.catalogue.indicators())),
    )
    yield "調査の概要", _compose_survey(settings.survey)
    if settings.contact:
        yield "問い合わせ先", (paragraph(settings.contact, TextStyle.BODY),)
    if review.shows_departments:
        yield f"所管課ごとの{review.words.indicator}", compose_department_index(review)
    if settings.lists_all_years and has_measures:
        table = _compose_all_years(review)
        yield f"全{review.words.year}の実績", (*_about_all_years(review), table)
    if settings.lists_reasons and has_measures and review.scheme.has_rules:
        yield "評価の理由", (_compose_reasons(review),)
    if settings.charts is ChartScope.ALL:
        yield f"{review.words.indicator}の推移", tuple(compose_all_charts(review))


def _compose_survey(survey: Sequence[str]) -> tuple[Block, ...]:
    return tuple(paragraph(text, TextStyle.BODY, SURVEY) for text in survey)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What was in the plan in any year; what was ended has no notes on what was before."""

    measure: Measure
    cells: PlanCells
    is_ended: bool = False


def _all_listed(review: Review) -> Iterator[_Listed]:
    """Yield all that was in the plan, what was ended behind the others of its plan."""
    cells = PlanCells(review.changes, has_units=True)
    for goal, decided in zip(review.catalogue.goals, review.history.decided.goals, strict=True):
        yield from (_Listed(each, cells) for each in goal.numeric_targets)
        yield from _ended(review, goal.id)
        now = {plan.id: plan for plan in goal.plans}
        for plan in decided.plans:
            if plan.id in now:
                yield from (_Listed(each, cells) for each in now[plan.id].indicators())
            yield from _ended(review, plan.id)


def _ended(review: Review, place: str) -> Iterator[_Listed]:
    cells = PlanCells(NO_CHANGES, has_units=True)
    return (_Listed(each, cells, is_ended=True) for each in review.ended.get(place, ()))


def _about_all_years(review: Review) -> Iterator[Paragraph]:
    """Say by which plan each year was judged, and what stands there, in a plan that was revised."""
    if not review.changes:
        return
    judged = (
        f"各{review.words.year}の評価は、その{review.words.year}に適用されていた計画によるものです。"
        if review.marks
        else ""
    )
    text = (
        f"{judged}「{review.changes.sign}」と番号の付いたものの変更の内容と理由は、「計画の変更」に"
        f"示しています。{review.continued_words()}"
    )
    yield paragraph(text, TextStyle.BODY)


def _compose_all_years(review: Review) -> Table:
    labels = review.catalogue.labels
    columns = _all_years_columns(review)
    and_marks = "と評価" if review.marks else ""
    return compose_table(
        columns,
        rows_of(columns, _all_listed(review)),
        f"全{review.words.year}の実績",
        description=f"{labels.numeric_targets}と{review.words.indicator}の、各{review.words.year}の実績{and_marks}",
        caption=table_caption("all-years", f"全{review.words.year}の実績{and_marks}"),
    )


def _all_years_columns(review: Review) -> tuple[Column[_Listed], ...]:
    labels = review.catalogue.labels
    baseline = header_cell(labels.baseline, *note_lines(labels.baseline_note))
    target = header_cell(labels.target, *note_lines(labels.target_note))

    def plan(each: _Listed) -> Cell:
        return value_cell(review.plan_label(each.measure.id))

    def name(each: _Listed) -> Cell:
        return _listed_name(review, each)

    return (
        Column("plan", 9, header_cell(labels.plan), plan),
        Column(
            "name", REST, header_cell(labels.indicator), lambda each: _listed_name(review, each)
        ),
        Column("baseline", 14, baseline, lambda each: each.cells.baseline(each.measure)),
        *(_year_column(review, year) for year in review.years),
        Column("target", 15, target, lambda each: each.cells.target(each.measure)),
    )


def _listed_name(review: Review, each: _Listed) -> Cell:
    name = review.names[each.measure.id]
    if not each.is_ended:
        return each.cells.name(each.measure, name=name)
    content = (review.changes.marked_as_ended(name, TextStyle.DENSE_TEXT, each.measure.id),)
    return Cell(content, CellStyle.DENSE, scope=HeaderScope.ROW)


def _year_column(review: Review, year: FiscalYear) -> Column[_Listed]:
    return Column(
        f"actual-{year.year}",
        min(_WIDEST_YEAR, _ALL_YEARS // len(review.years)),
        f"{review.year_name(year)}\n実績{'［評価］' if review.marks else ''}",
        lambda each: _year_cell(review, each.measure, year),
    )


def _year_cell(review: Review, measure: Measure, year: FiscalYear) -> Cell:
    written = review.actual_text(measure.id, year)
    judgement = review.evaluation.get(measure.id, year)
    if judgement is None:
        return value_cell(written)
    # ―［―］: none yet, 対象外
    value = (Span(f"{written}［"), *review.mark(judgement), Span("］"))
    spans = (
        *(value if review.marks else (Span(written),)),
        *review.correction_marks(measure.id, year),
    )
    return Cell((Paragraph(spans, TextStyle.DENSE_VALUE),), CellStyle.DENSE)


def _compose_reasons(review: Review) -> Table:
    columns: tuple[Column[Judgement], ...] = (
        plan_column(review, 12),
        name_column(review, 44),
        reason_column(review, 36),
        mark_column(review, 8),
    )
    judgements = map(review.judgement, review.catalogue.measures())
    caption = table_caption("reasons", f"{review.year_name()}の評価の理由")
    return compose_table(columns, rows_of(columns, judgements), "評価の理由", caption=caption)


def _compose_corrections(review: Review) -> tuple[Block, ...]:
    """Return the values that last year's document had otherwise; nothing where there are none."""
    corrections = review.corrections
    if not corrections:
        return ()
    columns: tuple[Column[Corrected], ...] = (
        Column("number", 7, "番号", lambda each: value_cell(corrections.label(each))),
        plan_column(review, 12),
        name_column(review, 31),
        Column(
            "year",
            12,
            review.words.year,
            lambda each: value_cell(review.year_name(each.fiscal_year)),
        ),
        Column(
            "before", 15, f"前{review.words.year}の報告書", lambda each: value_cell(each.before)
        ),
        Column("now", 15, "本書", lambda each: value_cell(actual_text(each.correction.actual))),
        Column("kind", 8, "区分", lambda each: value_cell(kind_of(each))),
    )
    title = f"前{review.words.year}の報告書の後に{what_happened(corrections)}した実績"
    caption = table_caption("corrections", title)
    rows = rows_of(columns, corrections.found)
    return (compose_table(columns, rows, title, caption=caption),)
