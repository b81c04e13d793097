"""Parts of a page that are made when only some of its blocks are others."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpireport.document.blocks import Document
from kpireport.writers.html import html_parts
from tests.random_plans import review_documents
from tests.review_reports import FIGURES, actuals_of, small_document, small_review


@st.composite
def _one_block_less(draw: st.DrawFn, document: Document) -> Document:
    """The document without one of its blocks: tables, names and notes are counted otherwise."""
    number = draw(st.integers(0, len(document.sections) - 1))
    sections = list(document.sections)
    blocks = list(sections[number].blocks)
    del blocks[draw(st.integers(0, len(blocks) - 1))]
    sections[number] = replace(sections[number], blocks=tuple(blocks))
    return replace(document, sections=tuple(each for each in sections if each.blocks))


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(review_documents(), st.data())
def test_parts_that_are_used_again_are_as_if_made_anew(
    document: Document, data: st.DataObject
) -> None:
    before = html_parts(data.draw(_one_block_less(document)))
    assert html_parts(document, before=before) == html_parts(document)


def test_what_is_the_same_is_not_made_again() -> None:
    document = small_document()
    parts = html_parts(document)
    again = html_parts(deepcopy(document), before=parts)
    assert all(new is old for new, old in zip(again, parts, strict=True))


def test_one_actual_that_is_another_leaves_the_other_goals_as_they_are() -> None:
    def of(value: str) -> Document:
        figures = {**FIGURES, "crime": ("1,300件", value)}
        return small_document(review=small_review(actuals=actuals_of(2021, figures, ())))

    before = {each.id: each for each in html_parts(of("1,200件"))}
    after = html_parts(of("1,190件"), before=before.values())
    kept = {each.id for each in after if before.get(each.id) is each}
    assert {each.id for each in after} - kept
    assert len(kept) > len(after) / 2
