"""Composing the edition's document from inputs without errors, and what no font can draw of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kpireport.errors import Problem, code_of

if TYPE_CHECKING:
    from kpireport.document.blocks import Document, DocumentMetadata
    from kpireport.document.reviews import Review
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.histories import History
    from kpireport.domain.settings import ReviewSettings, Settings
    from kpireport.sources.actuals import FoundFact


def compose_plan_edition(history: History, settings: Settings) -> Document:
    """Compose the plan edition (計画版)."""
    from kpireport.document.plan import compose_plan

    catalogue = history.decided
    return compose_plan(
        history,
        _metadata(catalogue.issuer, settings, catalogue.title),
        council_label=settings.council_label,
        committee=settings.committee,
        as_of=settings.as_of,
        numerals=settings.numerals,
        on=settings.date,
    )


def compose_results_edition(
    review: Review,
    settings: Settings,
    words: ReviewSettings,
    found: Collection[FoundFact],
    *,
    takes_comments: bool,
) -> Document:
    """Compose the review edition (実績版), or the evaluation sheets (評価シート).

    Args:
        review: the judged year.
        settings: the report's.
        words: what they say of the review.
        found: the actuals with their places: what is of earlier reports may not be edited.
        takes_comments: whether comments that are written in a draft have a place in the inputs.
    """
    from kpireport.domain.settings import Edition

    is_of_sheets = settings.edition is Edition.SHEETS
    compose = _compose_sheets if is_of_sheets else _compose_review
    document = compose(review, settings, words, found, takes_comments=takes_comments)
    return _only_own_texts(document, found, words, review.history.decided)


def _compose_review(
    review: Review,
    settings: Settings,
    words: ReviewSettings,
    _found: Collection[FoundFact],
    *,
    takes_comments: bool,
) -> Document:
    from kpireport.document.review import compose_review

    return compose_review(
        review,
        words,
        _metadata_of(review, settings, words),
        council_label=settings.council_label,
        committee=settings.committee,
        is_open=words.is_draft and takes_comments,
    )


def _compose_sheets(
    review: Review,
    settings: Settings,
    words: ReviewSettings,
    found: Collection[FoundFact],
    *,
    takes_comments: bool,
) -> Document:
    from kpireport.document.sheet_parts import Writable
    from kpireport.document.sheets import compose_sheets

    texts = frozenset(_texts_with_cells(found, words, review.history.decided))
    return compose_sheets(
        review,
        words,
        _metadata_of(review, settings, words),
        settings.sheet_of,
        council_label=settings.council_label,
        committee=settings.committee,
        writable=Writable(texts, takes_comments=takes_comments) if words.is_draft else None,
    )


def _texts_with_cells(
    found: Collection[FoundFact], words: ReviewSettings, plan: Catalogue
) -> Iterator[str]:
    """Yield the sources of the texts beside the year's actuals that have a cell, be it empty."""
    from kpireport.document.sources import SourceKind, source_of
    from kpireport.domain.actuals import Actual
    from kpireport.messages import printable
    from kpireport.sources.actuals_forms import COMMENT, actuals_form

    form = actuals_form(plan.answers)
    kinds = {COMMENT: str(SourceKind.EXPLANATION)}
    kinds |= {each.title: each.field for each in form.inputs if each.answer}
    own = printable(str(words.actuals))
    for each in found:
        fact = each.fact
        if not isinstance(fact, Actual) or each.file != own:
            continue
        if fact.fiscal_year == words.fiscal_year:
            titles = (title for title in kinds if title in each.record.columns)
            yield from (source_of(kinds[it], fact.measure_id, fact.fiscal_year) for it in titles)


def compose_digest_edition(review: Review, settings: Settings, words: ReviewSettings) -> Document:
    """Compose the digest (概要版) of an edition with actuals."""
    from kpireport.document.digest import compose_digest

    return compose_digest(review, words, _metadata_of(review, settings, words))


def _only_own_texts(
    document: Document,
    found: Collection[FoundFact],
    words: ReviewSettings,
    plan: Catalogue,
) -> Document:
    """Leave the words of earlier years' reports, which are settled, out of what may be edited."""
    from kpireport.document.source_names import sources_of, without_sources
    from kpireport.messages import printable

    own = printable(str(words.actuals))
    earlier = (each.fact for each in found if each.file != own)
    fixed = {source for fact in earlier for source in sources_of(fact, plan)}
    return without_sources(document, fixed)


def _metadata_of(review: Review, settings: Settings, words: ReviewSettings) -> DocumentMetadata:
    """Return what is told about the whole document of an edition with actuals."""
    from kpireport.domain.settings import Edition

    if settings.edition is Edition.SHEETS:
        from kpireport.document.sheets import sheets_title as title_of
    else:
        from kpireport.document.review import review_title as title_of
    return _metadata(review.history.decided.issuer, settings, title_of(review, words))


def _metadata(issuer: str, settings: Settings, title: tuple[str, ...]) -> DocumentMetadata:
    from kpireport.document.blocks import DocumentMetadata

    return DocumentMetadata(
        title="".join(title),
        author=settings.author or issuer,
        subject=settings.subject,
        keywords=settings.keywords,
        date=settings.date,
    )


def undrawable(
    document: Document, settings: Settings, settings_file: Path, found: Collection[FoundFact]
) -> tuple[Problem, ...]:
    """Find the characters that no font draws, at their places in the inputs.

    What is in none of them is told by the chapter of the document that it would stand in.
    """
    from kpireport.sources.characters import find_characters, find_in_rows
    from kpireport.writers.fonts import missing_characters, missing_glyphs

    wanted = missing_characters(document)
    if not wanted:
        return ()
    inputs = (settings_file, settings.catalogue)
    problems = [problem for path in inputs for problem in find_characters(path, wanted)]
    problems += find_in_rows(found, wanted)
    if settings.review is not None:
        told = {
            each for each in wanted if any(code_of(each) in problem.what for problem in problems)
        }
        problems += missing_glyphs(document, str(settings.review.actuals), told)
    return tuple(problems)
