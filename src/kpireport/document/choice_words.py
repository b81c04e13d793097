"""What the words mean that are chosen of plans and indicators (表の見方), and who chooses them.

Comes in: a review. Goes out: a section for each choice whose words are told.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.document.blocks import Block
from kpireport.document.reviews import Review
from kpireport.document.styles import TextStyle
from kpireport.document.texts import bullets, paragraph, section
from kpireport.domain.comment_columns import CommentColumn

_OCCASIONS = ("評価", "検証", "審査", "審議", "点検")
"""What evaluators are called that are no persons: it is done in them, not by them."""


def compose_choice_words(review: Review) -> Iterator[Block]:
    """Yield what the marks beside the first ones are, and other choices that are explained."""
    plan, words = review.catalogue, review.words
    for columns, noun in ((plan.answers, words.indicator), (plan.comments, words.plan)):
        for column in columns:
            if column.is_explained:
                yield section(section_id(column), section_title(column))
                yield paragraph(said_by(column, noun), TextStyle.BODY)
                yield bullets("・", tuple(_words(column)), TextStyle.BAND_ITEM)


def section_id(column: CommentColumn) -> str:
    """Return what references to a choice's section lead to."""
    return f"choices-{column.key}"


def section_title(column: CommentColumn) -> str:
    """Return what a choice's section is called: ``方向性の区分``."""
    return f"{column.title}の区分"


def said_by(column: CommentColumn, noun: str) -> str:
    """Return the sentence that tells who chooses the words of ``column``, and of what."""
    who = column.by.name if column.by else "所管課"
    by = "で" if who.endswith(_OCCASIONS) else "が"
    return f"「{column.label}」は、{who}{by}{noun}ごとに選んだものです。"


def _words(column: CommentColumn) -> Iterator[str]:
    explains = column.explains or [""] * len(column.choices)
    for word, means in zip(column.choices, explains, strict=True):
        yield f"{word}：{means}" if means else word
