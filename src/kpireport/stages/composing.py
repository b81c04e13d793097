"""Composing the edition's document from inputs without errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpireport.document.blocks import Document, DocumentMetadata
    from kpireport.domain.actuals import Actuals
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.settings import ReviewSettings, Settings
    from kpireport.evaluation import Evaluation
    from kpireport.sources.actuals import ReadActuals
    from kpireport.stages.reading import Inputs


def compose_document(inputs: Inputs, settings: Settings, evaluation: Evaluation | None) -> Document:
    """Compose the edition's document from inputs without errors."""
    if settings.review is None:
        return _compose_plan(inputs.catalogue, settings)
    assert inputs.read is not None  # noqa: S101 -- a review's actuals are read
    assert evaluation is not None  # noqa: S101 -- only errors keep them from being judged
    document = _compose_review(
        inputs.catalogue, inputs.read.actuals, evaluation, settings, settings.review
    )
    return _only_own_texts(document, inputs.read, settings.review)


def _only_own_texts(document: Document, read: ReadActuals, words: ReviewSettings) -> Document:
    """Leave the words of earlier years' reports, which are settled, out of what may be edited."""
    from kpireport.document.source_names import FACTS, without_sources
    from kpireport.document.sources import source_of
    from kpireport.domain.actuals import PlanComment
    from kpireport.messages import printable

    own = printable(str(words.actuals))
    earlier = (each.fact for each in read.found if each.file != own)
    fixed = {
        source_of(
            kind,
            fact.plan_id if isinstance(fact, PlanComment) else fact.measure_id,
            fact.fiscal_year,
        )
        for fact in earlier
        for kind in FACTS[type(fact)]
    }
    return without_sources(document, fixed)


def _compose_plan(catalogue: Catalogue, settings: Settings) -> Document:
    from kpireport.document.plan import compose_plan

    return compose_plan(
        catalogue,
        _metadata(catalogue, settings, catalogue.title),
        council_label=settings.council_label,
        committee=settings.committee,
        as_of=settings.as_of,
        numerals=settings.numerals,
    )


def _compose_review(
    catalogue: Catalogue,
    actuals: Actuals,
    evaluation: Evaluation,
    settings: Settings,
    words: ReviewSettings,
) -> Document:
    from kpireport.document.review import compose_review, review_title
    from kpireport.document.reviews import Review

    review = Review.of(catalogue, actuals, evaluation, settings.numerals, words.orientation)
    return compose_review(
        review,
        words,
        _metadata(catalogue, settings, review_title(review, words)),
        council_label=settings.council_label,
        committee=settings.committee,
    )


def _metadata(catalogue: Catalogue, settings: Settings, title: tuple[str, ...]) -> DocumentMetadata:
    from kpireport.document.blocks import DocumentMetadata

    return DocumentMetadata(
        title="".join(title),
        author=settings.author or catalogue.issuer,
        subject=settings.subject,
        keywords=settings.keywords,
        date=settings.date,
    )
