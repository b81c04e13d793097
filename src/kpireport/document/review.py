"""The review edition (実績版): the annual document of a fiscal year.

Comes in: the catalogue, the actuals, their evaluation, the report's words. Goes out:
the whole document, section by section.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.document.appendix import compose_appendix
from kpireport.document.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    DocumentMetadata,
    Heading,
    HeadingStyle,
    PageBreak,
    Section,
    TextStyle,
)
from kpireport.document.captions import number_captions
from kpireport.document.goal_bands import compose_result_band
from kpireport.document.kpi_tables import compose_result_table
from kpireport.document.overview import compose_overview
from kpireport.document.reviews import Review
from kpireport.document.rules import compose_rules
from kpireport.document.source_names import with_source_names
from kpireport.document.sources import INTRODUCTION
from kpireport.document.texts import goal_heading, quoted, with_references
from kpireport.document.trends import compose_numeric_trends, compose_plan_trends
from kpireport.domain.catalogue import Goal
from kpireport.domain.settings import ReviewSettings

SAMPLE_NOTICE = "見本：数値は架空"
DRAFT_NOTICE = "作成中"
_MOST_WITH_COUNTER = 9  # ９つ, but 10


def review_title(review: Review, settings: ReviewSettings) -> tuple[str, ...]:
    """Return the title's lines: as set, or the plan's with the year."""
    if settings.title:
        return settings.title
    return (*review.catalogue.title, f"{review.year_name()}実績報告書")


def compose_review(
    review: Review,
    settings: ReviewSettings,
    metadata: DocumentMetadata,
    *,
    council_label: str = "",
    committee: str = "",
    is_open: bool = False,
) -> Document:
    """Return the review edition of the evaluated year.

    Args:
        review: the year's facts and judgements.
        settings: what only this edition is made with: its title, its introduction.
        metadata: what catalogues of documents are told about it.
        council_label: ``資料３`` on the cover, empty for none.
        committee: the body that the document is put before, empty for none.
        is_open: whether comments that nobody has written have a place to be written in.
    """
    notices = tuple(_notices(settings))
    cover = Cover(
        title=review_title(review, settings),
        date=settings.issued,
        issuer=review.catalogue.issuer,
        council_label=council_label,
        committee=committee,
        notices=notices,
    )
    front = (
        Heading("contents", 1, "目次", HeadingStyle.CHAPTER, is_listed=False),
        Contents(2),
        PageBreak(),
        *_compose_introduction(review, settings),
        PageBreak(),
        *compose_overview(review),
    )
    wide: list[Block] = [*compose_rules(review)]
    for goal in review.catalogue.goals:
        wide.extend((PageBreak(), *_compose_goal(review, goal, is_open=is_open)))
    wide.extend((PageBreak(), *compose_appendix(review, settings.survey, settings.contact)))
    sections = (
        Section((cover,), numbered=False),
        Section(front, notices=notices),
        Section(tuple(wide), landscape=review.is_landscape, notices=notices),
    )
    document = Document(metadata, number_captions(sections, review.numerals))
    return with_source_names(document, review.catalogue)


def _notices(settings: ReviewSettings) -> Iterator[str]:
    if settings.is_draft:
        yield DRAFT_NOTICE
    if settings.is_sample:
        yield SAMPLE_NOTICE


def _compose_introduction(review: Review, settings: ReviewSettings) -> tuple[Block, ...]:
    """Return はじめに: the paragraphs that were set, or what the document is."""
    heading = Heading("introduction", 1, "はじめに", HeadingStyle.CHAPTER)
    texts = settings.introduction or tuple(_generated_introduction(review))
    targets = {} if settings.introduction else {"表の見方": "how-to-read", "資料編": "appendix"}
    style = TextStyle.BODY
    return (heading, *(with_references(text, targets, style, INTRODUCTION) for text in texts))


def _generated_introduction(review: Review) -> Iterator[str]:
    labels, catalogue = review.catalogue.labels, review.catalogue
    yield (
        f"本書は、「{''.join(catalogue.title)}」（{catalogue.issued}）に掲げた"
        f"{labels.numeric_targets}および{labels.indicators}について、{review.year_name()}の実績を"
        "取りまとめ、進捗状況を評価したものです。"
    )
    plans = sum(1 for _ in catalogue.plans())
    indicators = sum(1 for _ in catalogue.indicators())
    targets = sum(1 for _ in catalogue.numeric_targets())
    places = _counted("と", (len(catalogue.goals), labels.goal), (plans, labels.plan))
    measures = _counted(
        "および", (indicators, review.words.indicator), (targets, labels.numeric_targets)
    )
    if measures:
        yield review.numbers(f"対象は、{places}に掲げた、{measures}です。")
    if revisions := review.changes.revisions():
        titles = "、".join(quoted(each.title) for each in revisions)
        earlier = ""
        if len(review.years) > 1:
            until = review.year_name(review.years[-2])
            earlier = f"{until}までの評価は、それぞれの年度に適用されていた計画によるものです。"
        yield (
            f"計画の決定後の改定（{titles}）を反映し、{review.year_name()}の実績は、同年度に"
            f"適用されている計画によって評価しています。{earlier}"
            "変更の内容とその理由は「資料編」に示しました。"
        )
    yield (
        f"{review.words.indicator}の目標は、原則として{review.year_name(catalogue.years.target)}末を"
        f"期限とし、実績は各年度末の値です。評価の基準は「表の見方」に、評価の理由は「資料編」に"
        "示しました。"
    )


def _counted(conjunction: str, *counts: tuple[int, str]) -> str:
    """Return ``6つの基本目標と21の戦略計画``; what there is none of is left out."""
    return conjunction.join(
        f"{count}{'つ' if count <= _MOST_WITH_COUNTER else ''}の{name}"
        for count, name in counts
        if count
    )


def _compose_goal(review: Review, goal: Goal, *, is_open: bool) -> tuple[Block, ...]:
    """Return a goal's chapter: numeral, band, table, and the plans' charts and comments."""
    trends = (
        block for plan in goal.plans for block in compose_plan_trends(review, plan, is_open=is_open)
    )
    return (
        goal_heading(goal),
        compose_result_band(review, goal),
        *compose_result_table(review, goal, goal.plans),
        *review.changes.notes(goal, on_actuals=True),
        *review.corrections.notes(goal),
        *compose_numeric_trends(review, goal),
        *trends,
    )
