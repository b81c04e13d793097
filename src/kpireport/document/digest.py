"""概要版: the result at a glance alone, for the press and the web, on one page or two.

Comes in: a review and what staff named. Goes out: a document that stands by itself: it has
no cover, and no page numbers of what it has not got.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpireport.document.behind import late_columns, late_title
from kpireport.document.blocks import Block, Document, DocumentMetadata, Heading, PageBreak, Section
from kpireport.document.captions import number_captions, table_caption
from kpireport.document.columns import compose_table, rows_of
from kpireport.document.editions import notices_of
from kpireport.document.glance import compose_result, glance_title
from kpireport.document.marks import key_of_marks
from kpireport.document.reviews import Review
from kpireport.document.rules import MEANINGS, RULES
from kpireport.document.scheme_tables import compose_meanings, rates_shown, rules_of
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.document.texts import bullets, contact_line, one_line, paragraph, quoted, section
from kpireport.domain.settings import ReviewSettings
from kpireport.evaluation.schemes import ByPeople

DIGEST = "（概要版）"
"""What its titles have behind those of the whole."""

_MOST_LATE = 8  # for which a page has room above the rules


def compose_digest(
    review: Review, settings: ReviewSettings, metadata: DocumentMetadata
) -> Document:
    """Return the digest of the evaluated year.

    Args:
        review: the year's facts and judgements.
        settings: what only the review edition is made with.
        metadata: what catalogues of documents are told about the whole review.
    """
    blocks = (
        *_compose_masthead(review, settings),
        *compose_result(review, settings, says_worst=False),
        *_compose_late(review, metadata.title),
        *contact_line(settings.contact),
    )
    pages = Section(blocks, notices=notices_of(settings), foot=key_of_marks(review))
    return Document(
        replace(metadata, title=f"{metadata.title}{DIGEST}"),
        number_captions((pages,), review.numerals),
    )


def _compose_masthead(review: Review, settings: ReviewSettings) -> Iterator[Block]:
    """Yield what a cover would say: of what, when and by whom this is."""
    title = settings.title or review.catalogue.title
    yield paragraph("\n".join(title), TextStyle.MASTHEAD)
    yield Heading("glance", 1, f"{glance_title(review)}{DIGEST}", HeadingStyle.CHAPTER)
    byline = filter(None, (settings.issued, review.catalogue.issuer))
    yield paragraph("　".join(byline), TextStyle.MASTHEAD)


def _compose_late(review: Review, whole: str) -> Iterator[Block]:
    """Yield the worst of what is behind on a page of its own, with what the marks mean."""
    late = review.summary.late
    if not late:
        return
    shown, title = late[:_MOST_LATE], late_title(review)
    part = f"{len(late)}件のうち、遅れの大きい{len(shown)}件"
    order = part if len(shown) < len(late) else "遅れの大きいものから"
    caption = table_caption("late", review.numbers(f"{title}（{order}）"))
    columns = late_columns(review)
    yield PageBreak()
    yield section("digest-late", "遅れているもの")
    yield compose_table(columns, rows_of(columns, shown), title, caption=caption)
    if len(review.years) > 1:
        yield paragraph(
            f"評価の欄の小さい記号は、前{review.words.year}までの評価です。", TextStyle.BODY
        )
    yield from _compose_rules(review, whole)


def _compose_rules(review: Review, whole: str) -> Iterator[Block]:
    """Yield when which mark is given, for the targets that most have; and where the others are."""
    if isinstance(review.scheme.marking, ByPeople):
        yield section("digest-rules", MEANINGS)
        yield from compose_meanings(review, review.scheme.marking.who, rates_shown(review))
        return
    rules = rules_of(review, rates_shown(review))
    yield section("digest-rules", RULES)
    yield paragraph(
        f"{rules.tasks[0]}の基準は、次のとおりです。"
        f"{'ほかのものの基準と、' if len(rules.tasks) > 1 else ''}全ての"
        f"{one_line(review.catalogue.labels.indicators)}の結果は、{quoted(whole)}にあります。",
        TextStyle.BODY,
    )
    conditions = (
        f"{each.mark.label}：{each.conditions[0]}" for each in rules.marks if each.conditions[0]
    )
    yield bullets("・", (*conditions, *rules.terms), TextStyle.BAND_ITEM)
