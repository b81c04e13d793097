"""The review edition (実績版): the annual document of a fiscal year.

Comes in: the catalogue, the actuals, their evaluation, the report's words. Goes out:
the whole document, section by section.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from kpireport.document.appendix import compose_appendix
from kpireport.document.behind import compose_behind
from kpireport.document.blocks import (
    Block,
    Contents,
    Document,
    DocumentMetadata,
    Heading,
    PageBreak,
    Section,
)
from kpireport.document.columns import kept_with_next
from kpireport.document.coverage import aims, covered, has_periods
from kpireport.document.editions import EditionOf
from kpireport.document.glance import compose_glance
from kpireport.document.goal_bands import compose_result_band, goals_with_bands
from kpireport.document.kpi_tables import compose_result_table, compose_whole_result_table
from kpireport.document.main_charts import compose_main_charts
from kpireport.document.marks import key_of_marks, key_of_marks_and_bars
from kpireport.document.reviews import Review
from kpireport.document.rolled import compose_rolled
from kpireport.document.rules import compose_rules
from kpireport.document.sources import INTRODUCTION
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.document.texts import (
    apart,
    goal_head,
    goal_heading,
    goals_heading,
    quoted,
    whole_heading,
    with_references,
)
from kpireport.domain.catalogue import Goal
from kpireport.domain.goal_pages import goals_flow
from kpireport.domain.numerals import NumeralStyle, fold_width, write_numerals
from kpireport.domain.settings import ReviewSettings
from kpireport.domain.years import ERAS, format_fiscal_year
from kpireport.evaluation.schemes import ByPeople, ByRules, NoMarks

_REPORT = "実績報告書"


def review_title(review: Review, settings: ReviewSettings) -> tuple[str, ...]:
    """Return the title's lines: as set, or the plan's with the year."""
    return EditionOf(review, settings, _REPORT).title


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
    edition, key = EditionOf(review, settings, _REPORT), key_of_marks(review)
    goals_key = key_of_marks_and_bars(review)
    glance = compose_glance(review, settings)
    introduction = _compose_introduction(review, settings)
    results, rules = (*compose_rolled(review), *compose_behind(review)), compose_rules(review)
    goals = tuple(_goal_sections(review, goals_key, is_open=is_open))
    appendix = compose_appendix(review, settings)
    # the result stands alone on one page, which holds more when it stands; so do the contents
    front = (*glance, PageBreak(), *_CONTENTS)
    wide: tuple[Section, ...] = (
        Section((*results, *introduction, *rules), foot=key),
        *goals,
        Section(appendix, foot=key),
    )
    if goals_flow(review.catalogue):  # the contents alone would leave half a page empty
        of_goals = (block for goal in goals for block in goal.blocks)
        begun = (*_CONTENTS, *introduction)
        blocks = tuple(apart((*begun, *results, *rules, *of_goals, *appendix)))
        front, wide = glance, (Section(blocks, foot=goals_key),)
    upright = (edition.cover(council_label, committee), Section(front, foot=key))
    sections = (*upright, *(replace(each, landscape=review.is_landscape) for each in wide))
    return edition.document(metadata, sections)


_CONTENTS = (
    Heading("contents", 1, "目次", HeadingStyle.CHAPTER, is_listed=False),
    Contents(2),
)


def _compose_introduction(review: Review, settings: ReviewSettings) -> tuple[Block, ...]:
    """Return はじめに: the paragraphs that were set, or what the document is."""
    heading = Heading("introduction", 1, "はじめに", HeadingStyle.CHAPTER)
    texts = settings.introduction or tuple(_generated_introduction(review))
    targets = {} if settings.introduction else {"表の見方": "how-to-read", "資料編": "appendix"}
    style = TextStyle.BODY
    return (heading, *(with_references(text, targets, style, INTRODUCTION) for text in texts))


def _judged(review: Review) -> str:
    match review.scheme.marking:
        case ByRules():
            return "、進捗状況を評価した"
        case ByPeople():
            return "、評価した"
        case NoMarks():
            return "た"
        case _:
            assert_never(review.scheme.marking)


def _generated_introduction(review: Review) -> Iterator[str]:
    catalogue, what = review.catalogue, covered(review)
    usually = f"、期間の示された{review.words.indicator}を除き、" if has_periods(review) else ""
    yield review.numbers(
        f"本書は、「{''.join(catalogue.title)}」（{catalogue.issued}）に掲げた{what}について、"
        f"{review.year_name()}の実績を取りまとめ{_judged(review)}ものです。"
        f"{aims(review)}は、原則として{_due_words(review)}末を"
        f"期限とし、実績は{usually}各{review.words.year}末の値です。"
    )
    if revisions := review.changes.revisions():
        titles = "、".join(quoted(each.title) for each in revisions)
        earlier = ""
        if len(review.years) > 1:
            until = review.year_name(review.years[-2])
            if review.marks:
                earlier = (
                    f"{until}までの評価は、それぞれの{review.words.year}に適用されていた計画による"
                    "ものです。"
                )
        shown = "評価して" if review.marks else "示して"
        yield (
            f"計画の決定後の改定（{titles}）を反映し、{review.year_name()}の実績は、同{review.words.year}に"
            f"適用されている計画によって{shown}います。{earlier}"
            "変更の内容とその理由は「資料編」に示しました。"
        )


def _goal_sections(review: Review, foot: str, *, is_open: bool) -> Iterator[Section]:
    """Yield the pages of each goal, or those of all goals together."""
    catalogue = review.catalogue
    if not catalogue.levels.is_one_table:
        for goal in catalogue.goals:
            blocks = _compose_goal(review, goal, is_open=is_open)
            yield Section(blocks, head=goal_head(goal), foot=foot)
        return
    told = goals_with_bands(catalogue)
    bands = (compose_result_band(review, goal, has_more=False) for goal in told)
    heading = whole_heading(catalogue)
    before: tuple[Block, ...] = (goals_heading(catalogue), *bands) if told else ()
    blocks = (*before, heading, *_compose_whole(review, is_open=is_open))
    yield Section(blocks, head=heading.text, foot=foot)


def _compose_whole(review: Review, *, is_open: bool) -> Iterator[Block]:
    """Yield the one table of all goals, and their telling charts."""
    yield from compose_whole_result_table(review, is_open=is_open)
    yield from review.changes.all_notes(on_actuals=True)
    for goal in review.catalogue.goals:
        yield from compose_main_charts(review, goal)


def _due_words(review: Review) -> str:
    """Return the year that the targets are due in, and what the plan calls it if otherwise.

    ``平成32年度（令和２年度）``: the tables have the plan's word, the rest of the document ours.
    """
    years, labels = review.catalogue.years, review.catalogue.labels
    year, note = years.numeric_target, labels.numeric_targets_note
    if any(review.catalogue.indicators()):
        year, note = years.target, labels.target_note
    ours = review.year_name(year)
    for era in ERAS:
        name = format_fiscal_year(year, NumeralStyle.HALF, era.first_day)
        if name in fold_width(note) and (theirs := write_numerals(name, review.numerals)) != ours:
            return f"{theirs}（{ours}）"
    return ours


def _compose_goal(review: Review, goal: Goal, *, is_open: bool) -> tuple[Block, ...]:
    """Return a goal's chapter: numeral, band, how it stands, its table, its telling charts."""
    charts, flows = compose_main_charts(review, goal), goals_flow(review.catalogue)
    tables = compose_result_table(review, goal, goal.plans, is_open=is_open)
    return (
        goal_heading(goal),
        compose_result_band(review, goal),
        *(kept_with_next(each) if charts and not flows else each for each in tables),
        *review.changes.notes(goal, on_actuals=True),
        *charts,
    )
