"""資料編: all years in one table, reasons of all judgements, what was changed, the survey.

Comes in: a review. Goes out: the chapter's blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from kpireport.document.blocks import (
    Block,
    Cell,
    CellStyle,
    HeaderScope,
    Heading,
    HeadingStyle,
    Paragraph,
    Row,
    Span,
    Table,
    TableStyle,
    TextStyle,
)
from kpireport.document.overview import reason_cell, section, simple_table, table_caption
from kpireport.document.results import (
    header_cell,
    mark_cell,
    marked_baseline,
    marked_name,
    marked_target,
    name_cell,
    note_lines,
    text_cell,
    value_cell,
)
from kpireport.document.reviews import Review
from kpireport.document.revisions import compose_changes
from kpireport.document.sources import SURVEY, SourceKind, source_of
from kpireport.document.texts import paragraph
from kpireport.domain.catalogue import Measure
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement


def compose_appendix(review: Review, survey: Sequence[str], contact: str) -> tuple[Block, ...]:
    """Return the chapter 資料編; parts without content are left out.

    Args:
        review: the facts and judgements.
        survey: paragraphs on the survey behind the numeric targets.
        contact: who answers questions, empty for nobody.
    """
    parts: list[tuple[str, tuple[Block, ...]]] = []
    if next(review.catalogue.measures(), None):
        table = _compose_all_years(review)
        parts.append(("全年度の実績", (*_about_all_years(review), table)))
        parts.append(("評価の理由", (_compose_reasons(review),)))
    parts += [
        ("評価の修正", _compose_overrides(review)),
        ("計画の変更", compose_changes(review.changes, review.catalogue.labels)),
    ]
    if survey:
        parts.append(("調査の概要", _compose_survey(survey)))
    if contact:
        parts.append(("問い合わせ先", (paragraph(contact, TextStyle.BODY),)))
    blocks: list[Block] = [Heading("appendix", 1, "資料編", HeadingStyle.CHAPTER)]
    for number, (title, content) in zip(count(1), parts, strict=False):
        text = review.numbers(f"{number}　{title}")
        blocks.extend((section(f"appendix-{number}", text), *content))
    return tuple(blocks)


def _compose_survey(survey: Sequence[str]) -> tuple[Block, ...]:
    return tuple(paragraph(text, TextStyle.BODY, SURVEY) for text in survey)


def _all_years_rows(review: Review) -> Iterator[Row]:
    """Yield all that was in the plan, what was ended behind the others of its plan."""
    for goal, decided in zip(review.catalogue.goals, review.history.decided.goals, strict=True):
        yield from (_all_years_row(review, each) for each in goal.numeric_targets)
        yield from _ended_rows(review, goal.id)
        now = {plan.id: plan for plan in goal.plans}
        for plan in decided.plans:
            if plan.id in now:
                yield from (_all_years_row(review, each) for each in now[plan.id].indicators())
            yield from _ended_rows(review, plan.id)


def _ended_rows(review: Review, place: str) -> Iterator[Row]:
    return (_ended_row(review, each) for each in review.ended.get(place, ()))


def _about_all_years(review: Review) -> Iterator[Paragraph]:
    """Say by which plan each year was judged, and what stands there, in a plan that was revised."""
    if not review.changes:
        return
    text = (
        "各年度の評価は、その年度に適用されていた計画によるものです。"
        f"「{review.changes.sign}」と番号の付いたものの変更の内容と理由は、「計画の変更」に"
        f"示しています。{review.continued_words()}"
    )
    yield paragraph(text, TextStyle.BODY)


def _compose_all_years(review: Review) -> Table:
    labels = review.catalogue.labels
    years = review.years
    each = min(15, 42 // len(years))
    header = (
        header_cell(labels.plan),
        header_cell(labels.indicator),
        header_cell(labels.baseline, *note_lines(labels.baseline_note)),
        *(header_cell(review.year_name(year), "実績［評価］") for year in years),
        header_cell(labels.target, *note_lines(labels.target_note)),
    )
    return Table(
        style=TableStyle.SUMMARY,
        columns=(9, 62 - each * len(years), 14, *([each] * len(years)), 15),
        header_rows=(Row(header),),
        rows=tuple(_all_years_rows(review)),
        title="全年度の実績",
        description=f"{labels.numeric_targets}と{labels.indicator}の、各年度の実績と評価",
        caption=table_caption("all-years", "全年度の実績と評価"),
    )


def _all_years_row(review: Review, measure: Measure) -> Row:
    return Row(
        (
            value_cell(review.plan_label(measure.id)),
            marked_name(review, measure.id, review.names[measure.id]),
            marked_baseline(review, measure),
            *(_year_cell(review, measure, year) for year in review.years),
            marked_target(review, measure),
        )
    )


def _ended_row(review: Review, measure: Measure) -> Row:
    """Return the row of what was ended, marked with that: it has no notes on what was before."""
    return Row(
        (
            value_cell(review.plan_label(measure.id)),
            _ended_name(review, measure),
            value_cell(measure.baseline.text),
            *(_year_cell(review, measure, year) for year in review.years),
            value_cell(measure.target.text),
        )
    )


def _ended_name(review: Review, measure: Measure) -> Cell:
    name, style = review.names[measure.id], TextStyle.DENSE_TEXT
    content = (review.changes.marked_as_ended(name, style, measure.id),)
    return Cell(content, CellStyle.DENSE, scope=HeaderScope.ROW)


def _year_cell(review: Review, measure: Measure, year: FiscalYear) -> Cell:
    written = review.actual_text(measure.id, year)
    judgement = review.evaluation.get(measure.id, year)
    if judgement is None:
        return value_cell(written)
    text = Span(f"{written}［")  # ―［―］: none yet, 対象外
    mark = review.mark(judgement)
    return Cell((Paragraph((text, *mark, Span("］")), TextStyle.DENSE_VALUE),), CellStyle.DENSE)


def _compose_reasons(review: Review) -> Table:
    return simple_table(
        (12, 44, 36, 8),
        (review.catalogue.labels.plan, review.catalogue.labels.indicator, "評価の理由", "評価"),
        (_reason_row(review, review.judgement(measure)) for measure in review.catalogue.measures()),
        "評価の理由",
        table_caption("reasons", f"{review.year_name()}の評価の理由"),
    )


def _reason_row(review: Review, judgement: Judgement) -> Row:
    measure = judgement.measure_id
    return Row(
        (
            value_cell(review.plan_label(measure)),
            name_cell(review.names[measure]),
            reason_cell(review, judgement),
            mark_cell(review, judgement),
        )
    )


def _compose_overrides(review: Review) -> tuple[Block, ...]:
    judgements = tuple(review.evaluation.overridden())
    if not judgements:
        return (paragraph("修正した評価はありません。", TextStyle.BODY),)
    table = simple_table(
        (11, 10, 24, 11, 11, 33),
        (
            "年度",
            review.catalogue.labels.plan,
            review.catalogue.labels.indicator,
            "計算による評価",
            "修正した評価",
            "理由",
        ),
        (_override_row(review, each) for each in judgements),
        "評価の修正",
        table_caption("overrides", "評価の修正とその理由"),
    )
    return (table,)


def _override_row(review: Review, judgement: Judgement) -> Row:
    reason = judgement.override.reason if judgement.override else ""
    source = source_of(SourceKind.OVERRIDE, judgement.measure_id, judgement.fiscal_year)
    return Row(
        (
            value_cell(review.year_name(judgement.fiscal_year)),
            value_cell(review.plan_label(judgement.measure_id)),
            name_cell(review.names[judgement.measure_id]),
            value_cell(judgement.computed.label),
            value_cell(judgement.mark.label),
            text_cell(reason, source),
        )
    )
