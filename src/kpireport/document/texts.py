"""Small makers of blocks that every section uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kpireport.document.blocks import Block, Heading, ItemList, ListItem, Paragraph, Span
from kpireport.document.styles import HeadingStyle, SpanStyle, TextStyle
from kpireport.domain.catalogue import Catalogue, Goal, Labels
from kpireport.domain.levels import GOAL, PLAN
from kpireport.domain.names import in_one_line
from kpireport.domain.places import Place

_DASHES = frozenset("―－—–-")
_INNER_QUOTES = str.maketrans("「」", "『』")
NOTHING_SPOKEN = "なし"  # instead of a dash, which a reader passes over


def paragraph(text: str, style: TextStyle, source: str = "") -> Paragraph:
    """Return ``text`` as a paragraph of one plain span; a dash alone is spoken as なし.

    ``source`` is whose words they are.
    """
    return Paragraph(_plain(text), style, source) if source else _printed(text, style)


@lru_cache(maxsize=4096)  # the same few values and names stand in many cells, which share them
def _printed(text: str, style: TextStyle) -> Paragraph:
    return Paragraph(_plain(text), style)


@lru_cache(maxsize=4096)
def _plain(text: str) -> tuple[Span]:
    return (Span(text, spoken=NOTHING_SPOKEN if text in _DASHES else None),)


def goal_id(identifier: str) -> str:
    """Return the id of the place where a goal's chapter begins."""
    return f"goal-{identifier}"


def plan_id(identifier: str) -> str:
    """Return the id of the place where a plan's rows begin."""
    return f"plan-{identifier}"


def place_id(place: Place) -> str:
    """Return the id of the place where the rows of a goal, section or plan begin."""
    match place.level.key:
        case level if level == GOAL:
            return goal_id(place.id)
        case level if level == PLAN:
            return plan_id(place.id)
        case _:
            return f"section-{place.id}"


def row_id(identifier: str) -> str:
    """Return the id of a measure's row in the tables of its goal."""
    return f"row-{identifier}"


def goal_head(goal: Goal) -> str:
    """Return a goal's numeral and title, as running heads and contents name it."""
    return goal.head


def goal_number(labels: Labels, goal: Goal) -> str:
    """Return what a goal is called by its number: ``基本目標Ⅰ``, ``第１章`` where that says it."""
    return labels.called(goal.numeral) if goal.numeral else goal.short


def goal_heading(goal: Goal) -> Heading:
    """Return the heading of a goal's chapter: its numeral, or its name where it has none."""
    return Heading(
        id=goal_id(goal.id),
        level=1,
        text=goal.short,
        style=HeadingStyle.BOXED if goal.numeral else HeadingStyle.CHAPTER,
        outline=goal_head(goal),
    )


def goals_heading(catalogue: Catalogue) -> Heading:
    """Return the heading of the chapter that tells of the goals, where they have one table."""
    return Heading("goals", 1, one_line(catalogue.labels.goal), HeadingStyle.CHAPTER)


def whole_heading(catalogue: Catalogue) -> Heading:
    """Return the heading of the chapter of that table."""
    return Heading("indicators", 1, one_line(catalogue.labels.indicators), HeadingStyle.CHAPTER)


def section(identifier: str, text: str) -> Heading:
    """Return the heading of a chapter's section."""
    return Heading(identifier, 2, text, HeadingStyle.SECTION)


def apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks whose chapters follow each other on a page, well below what is above."""
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield replace(block, is_apart=True)
        else:
            yield block


def one_line(text: str) -> str:
    """Return a label of several lines, which is one word, as one."""
    return text.replace("\n", "")


def quoted(text: str) -> str:
    """Return a name or value in quotation marks, those within it as 『』, on one line.

    >>> quoted("「子育て支援」の満足度")
    '「『子育て支援』の満足度」'
    """
    return f"「{in_one_line(text).translate(_INNER_QUOTES)}」"


def bullets(label: str, texts: Sequence[str], style: TextStyle) -> ItemList:
    """Return ``texts`` as a list whose items all carry ``label``."""
    return ItemList(tuple(ListItem(label, (paragraph(text, style),)) for text in texts), style)


def with_note_marks(text: str, targets: dict[str, str], style: TextStyle) -> Paragraph:
    """Return ``text`` with every note's mark in it (※１) referring to its note.

    ``targets`` maps the marks to the ids of the notes.
    """
    return _with_targets(text, targets, SpanStyle.NOTE_MARK, style)


def with_references(
    text: str, targets: dict[str, str], style: TextStyle, source: str = ""
) -> Paragraph:
    """Return ``text`` with every heading's words in it (表の見方) referring to the heading.

    ``targets`` maps the headings' texts to their ids.
    """
    return _with_targets(text, targets, SpanStyle.PLAIN, style, source)


def _with_targets(
    text: str, targets: dict[str, str], span_style: SpanStyle, style: TextStyle, source: str = ""
) -> Paragraph:
    if not targets:
        return paragraph(text, style, source)
    words = sorted(targets, key=len, reverse=True)  # ※１０ before ※１
    parts = re.split(f"({'|'.join(map(re.escape, words))})", text)
    spans = (
        Span(part, span_style, target=targets[part]) if part in targets else Span(part)
        for part in parts
        if part
    )
    return Paragraph(tuple(spans), style, source)


def contact_line(contact: str) -> tuple[Paragraph, ...]:
    """Return whom to ask (問い合わせ先), in one line; nothing for nobody."""
    return (paragraph(f"問い合わせ先　{contact}", TextStyle.BODY),) if contact else ()
