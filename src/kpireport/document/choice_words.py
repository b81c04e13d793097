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


def compose_choice_words(review: Review) -> Iterator[Block]:
    """Yield what the marks beside the first ones are, and other choices that are explained."""
    plan, words = review.catalogue, review.words
    for columns, noun in ((plan.answers, words.indicator), (plan.comments, words.plan)):
        for column in columns:
            if column.is_explained:
                yield section(section_id(column), section_title(column))
                yield paragraph(_by_whom(column, noun), TextStyle.BODY)
                yield bullets("・", tuple(_words(column)), TextStyle.BAND_ITEM)


def section_id(column: CommentColumn) -> str:
    """Return what references to a choice's section lead to."""
    return f"choices-{column.key}"


def section_title(column: CommentColumn) -> str:
    """Return what a choice's section is called: ``方向性の区分``."""
    return f"{column.title}の区分"


def _by_whom(column: CommentColumn, noun: str) -> str:
    who = column.by.name if column.by else "所管課"
    return f"「{column.label}」は、{who}が{noun}ごとに選んだものです。"


def _words(column: CommentColumn) -> Iterator[str]:
    explains = column.explains or [""] * len(column.choices)
    for word, means in zip(column.choices, explains, strict=True):
        yield f"{word}：{means}" if means else word
