"""Composing the edition's document from inputs without errors, and what no font can draw of it."""

from __future__ import annotations

from collections.abc import Collection
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
    )


def compose_review_edition(
    review: Review,
    settings: Settings,
    words: ReviewSettings,
    found: Collection[FoundFact],
    *,
    takes_comments: bool,
) -> Document:
    """Compose the review edition (実績版).

    Args:
        review: the judged year.
        settings: the report's.
        words: what they say of the review.
        found: the actuals with their places: what is of earlier reports may not be edited.
        takes_comments: whether comments that are written in a draft have a place in the inputs.
    """
    from kpireport.document.review import compose_review, review_title

    document = compose_review(
        review,
        words,
        _metadata(review.history.decided.issuer, settings, review_title(review, words)),
        council_label=settings.council_label,
        committee=settings.committee,
        is_open=words.is_draft and takes_comments,
    )
    return _only_own_texts(document, found, words, review.history.decided)


def compose_digest_edition(review: Review, settings: Settings, words: ReviewSettings) -> Document:
    """Compose the digest of the review edition (概要版)."""
    from kpireport.document.digest import compose_digest
    from kpireport.document.review import review_title

    title = review_title(review, words)
    return compose_digest(review, words, _metadata(review.history.decided.issuer, settings, title))


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
