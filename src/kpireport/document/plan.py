"""The plan edition (計画版): the decided plan, mirrored in its original layout.

Comes in: the catalogue. Goes out: the whole document, section by section. As it is in
force in a later year, the plan has marks and notes of what was changed, and a list of
all changes at its end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from kpireport.document.blocks import Block, Document, DocumentMetadata, Heading, PageBreak, Section
from kpireport.document.captions import number_captions
from kpireport.document.change_spots import plan_spots
from kpireport.document.changes import NO_CHANGES, Changes
from kpireport.document.front import compose_cover, compose_how_to_read, compose_introduction
from kpireport.document.goal_bands import compose_band, goals_with_bands
from kpireport.document.kpi_tables import compose_kpi_table, compose_whole_table
from kpireport.document.revisions import compose_changes
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.document.texts import (
    apart,
    goal_heading,
    goals_heading,
    quoted,
    whole_heading,
    with_references,
)
from kpireport.domain.catalogue import Catalogue, Goal
from kpireport.domain.goal_pages import goals_flow
from kpireport.domain.histories import History
from kpireport.domain.layouts import is_wide
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear


def compose_plan(
    catalogue: Catalogue | History,
    metadata: DocumentMetadata,
    *,
    council_label: str = "",
    committee: str = "",
    as_of: FiscalYear | None = None,
    numerals: NumeralStyle = NumeralStyle.MIXED,
    on: dt.date | None = None,
) -> Document:
    """Return the plan edition: cover, はじめに, 表の見方, and a chapter per goal.

    Args:
        catalogue: the plan as decided, with its revisions, or its history where that is known.
        metadata: what catalogues of documents are told about it.
        council_label: ``資料３`` on the cover, empty for none.
        committee: the body that the document is put before, empty for none.
        as_of: the fiscal year whose plan is shown; ``None`` for the plan as decided.
        numerals: how generated numbers are written.
        on: the day of the document, which names no era that began later; ``None`` names all.
    """
    history = History.of(catalogue)
    plan, changes = history.decided, replace(NO_CHANGES, words=Words(on=on))
    if as_of is not None:
        plan = history.in_force(as_of)
        changes = Changes.of(history, as_of, numerals, plan_spots(plan), on=on)
    cover = compose_cover(
        plan,
        council_label=council_label,
        committee=committee,
        notices=_notices(changes, as_of),
        revised=changes.last_revised(),
    )
    chapters = _compose_chapters(plan, changes, as_of)
    aimed = plan.years_with_targets
    lies = is_wide(plan.columns.plan, (), aimed, plan.years.target)
    pages = Section(_joined(chapters, flows=goals_flow(plan)), landscape=lies)
    sections = (Section((cover,), numbered=False), pages)
    return Document(metadata, number_captions(sections, numerals))


def _notices(changes: Changes, as_of: FiscalYear | None) -> tuple[str, ...]:
    """Return what the cover says of the revisions, where there are any."""
    titles = [each.title for each in changes.revisions()]
    if not titles or as_of is None:
        return ()
    *others, last = titles
    named = f"{'、'.join(others)}および{last}" if others else last
    return (f"{named}を反映（{changes.words.year_name(as_of, changes.numerals)}の計画）",)


def _compose_chapters(
    catalogue: Catalogue, changes: Changes, as_of: FiscalYear | None
) -> tuple[tuple[Block, ...], ...]:
    chapters: list[tuple[Block, ...]] = []
    about_revisions = _about_revisions(changes, as_of)
    if catalogue.introduction:
        chapters.append((*compose_introduction(catalogue.introduction), *about_revisions))
    elif about_revisions:
        heading = Heading("introduction", 1, "はじめに", HeadingStyle.CHAPTER)
        chapters.append((heading, *about_revisions))
    if catalogue.how_to_read:
        chapters.append(compose_how_to_read(catalogue, catalogue.how_to_read))
    if catalogue.levels.is_one_table:
        chapters.append(tuple(_compose_whole(catalogue, changes)))
    else:
        chapters.extend(_compose_goal(catalogue, goal, changes) for goal in catalogue.goals)
    if changes:
        heading = Heading("changes", 1, "計画の変更", HeadingStyle.CHAPTER)
        chapters.append((heading, *compose_changes(changes, catalogue.labels)))
    return tuple(chapters)


def _compose_goal(catalogue: Catalogue, goal: Goal, changes: Changes) -> tuple[Block, ...]:
    """Return a goal's chapter: its numeral, its band, its KPI table if it has plans.

    What ``changes`` changed is marked, and noted below the tables.
    """
    return (
        goal_heading(goal),
        compose_band(goal, catalogue.labels, changes),
        *compose_kpi_table(catalogue, goal, goal.plans, changes),
        *changes.notes(goal),
    )


def _compose_whole(catalogue: Catalogue, changes: Changes) -> Iterator[Block]:
    """Yield all goals' bands, if they say anything, and their one table."""
    if told := goals_with_bands(catalogue):
        yield goals_heading(catalogue)
        yield from (compose_band(goal, catalogue.labels, changes) for goal in told)
    yield whole_heading(catalogue)
    yield from compose_whole_table(catalogue, changes)
    yield from changes.all_notes()


def _about_revisions(changes: Changes, as_of: FiscalYear | None) -> tuple[Block, ...]:
    """Return what is said of the revisions, apart from the decided words; nothing without any."""
    if not changes or as_of is None:
        return ()
    titles = "、".join(quoted(each.title) for each in changes.revisions())
    text = (
        f"この計画は、決定後の改定（{titles}）を反映し、"
        f"{changes.words.year_name(as_of, changes.numerals)}に適用されている内容を示したものです。"
        f"「{changes.sign}」と番号の付いたものは、改定で変わったもので、変わる前の値などを表の下に、"
        "変更の内容と理由を「計画の変更」に示しています。"
    )
    return (
        Heading("introduction-revisions", 2, "改定の反映", HeadingStyle.SECTION),
        with_references(text, {"計画の変更": "changes"}, TextStyle.BODY),
    )


def _joined(chapters: tuple[tuple[Block, ...], ...], *, flows: bool) -> tuple[Block, ...]:
    """Join the chapters, each beginning on a new page where they do not follow each other."""
    blocks: list[Block] = []
    for chapter in chapters:
        if blocks and not flows:
            blocks.append(PageBreak())
        blocks.extend(chapter)
    return tuple(apart(blocks) if flows else blocks)
