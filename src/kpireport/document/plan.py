"""The plan edition (計画版): the decided plan, mirrored in its original layout.

Comes in: the catalogue. Goes out: the whole document, section by section. As it is in
force in a later year, the plan has marks and notes of what was changed, and a list of
all changes at its end.
"""

from __future__ import annotations

from kpireport.document.blocks import (
    Block,
    Document,
    Heading,
    HeadingStyle,
    Metadata,
    PageBreak,
    Section,
)
from kpireport.document.captions import number_captions
from kpireport.document.changes import NO_CHANGES, Changes
from kpireport.document.front import compose_cover, compose_how_to_read, compose_introduction
from kpireport.document.goals import compose_goal
from kpireport.document.revisions import compose_changes
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.histories import History
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.years import FiscalYear


def compose_plan(
    catalogue: Catalogue,
    metadata: Metadata,
    *,
    council_label: str = "",
    committee: str = "",
    as_of: FiscalYear | None = None,
    numerals: NumeralStyle = NumeralStyle.MIXED,
) -> Document:
    """Return the plan edition: cover, はじめに, 表の見方, and a chapter per goal.

    Args:
        catalogue: the plan as decided, with its revisions.
        metadata: what catalogues of documents are told about it.
        council_label: ``資料３`` on the cover, empty for none.
        committee: the body that the document is put before, empty for none.
        as_of: the fiscal year whose plan is shown; ``None`` for the plan as decided.
        numerals: how generated numbers are written.
    """
    changes = NO_CHANGES
    if as_of is not None:
        history = History(catalogue)
        changes = Changes.of(history, as_of, numerals)
        catalogue = history.in_force(as_of)
    cover = compose_cover(
        catalogue,
        council_label=council_label,
        committee=committee,
        notices=changes.notices(),
    )
    chapters = _compose_chapters(catalogue, changes)
    sections = (Section((cover,), numbered=False), Section(_separate_pages(chapters)))
    return Document(metadata, number_captions(sections, numerals))


def _compose_chapters(catalogue: Catalogue, changes: Changes) -> tuple[tuple[Block, ...], ...]:
    chapters: list[tuple[Block, ...]] = []
    if catalogue.introduction:
        chapters.append(compose_introduction(catalogue.introduction))
    if catalogue.how_to_read:
        chapters.append(compose_how_to_read(catalogue, catalogue.how_to_read, changes))
    chapters.extend(compose_goal(goal, catalogue.labels, changes) for goal in catalogue.goals)
    if changes:
        heading = Heading("changes", 1, "計画の変更", HeadingStyle.CHAPTER)
        chapters.append((heading, *compose_changes(changes, catalogue.labels)))
    return tuple(chapters)


def _separate_pages(chapters: tuple[tuple[Block, ...], ...]) -> tuple[Block, ...]:
    """Join the chapters, each beginning on a new page."""
    blocks: list[Block] = []
    for chapter in chapters:
        if blocks:
            blocks.append(PageBreak())
        blocks.extend(chapter)
    return tuple(blocks)
