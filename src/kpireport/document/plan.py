"""The plan edition (計画版): the decided plan, mirrored in its original layout.

Comes in: the catalogue. Goes out: the whole document, section by section.
"""

from __future__ import annotations

from kpireport.document.blocks import Block, Document, Metadata, PageBreak, Section
from kpireport.document.front import compose_cover, compose_how_to_read, compose_introduction
from kpireport.document.goals import compose_goal
from kpireport.domain.catalogue import Catalogue


def compose_plan(
    catalogue: Catalogue, metadata: Metadata, *, council_label: str = "", committee: str = ""
) -> Document:
    """Return the plan edition: cover, はじめに, 表の見方, and a chapter per goal."""
    cover = compose_cover(catalogue, council_label=council_label, committee=committee)
    return Document(
        metadata,
        (Section((cover,), numbered=False), Section(_separate_pages(_compose_chapters(catalogue)))),
    )


def _compose_chapters(catalogue: Catalogue) -> tuple[tuple[Block, ...], ...]:
    chapters: list[tuple[Block, ...]] = []
    if catalogue.introduction:
        chapters.append(compose_introduction(catalogue.introduction))
    if catalogue.how_to_read:
        chapters.append(compose_how_to_read(catalogue, catalogue.how_to_read))
    chapters.extend(compose_goal(goal, catalogue.labels) for goal in catalogue.goals)
    return tuple(chapters)


def _separate_pages(chapters: tuple[tuple[Block, ...], ...]) -> tuple[Block, ...]:
    """Join the chapters, each beginning on a new page."""
    blocks: list[Block] = []
    for chapter in chapters:
        if blocks:
            blocks.append(PageBreak())
        blocks.extend(chapter)
    return tuple(blocks)
