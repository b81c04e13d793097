"""The page says what the PDF's structure tree says, in its order, but for numbers of pages."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given, settings

from kpireport.document.blocks import Block, Document
from kpireport.writers.html import write_html
from tests.documents import documents
from tests.writers.html.reader import cells_of, main_of, plain, read, said_by, tables_of
from tests.writers.html.samples import NAMES, pdf_tree, sample
from tests.writers.pdf import test_read_back as pdf
from tests.writers.pdf.test_review_pdf import said_by as said_by_pdf

EACH = pytest.mark.parametrize("name", NAMES)


@EACH
def test_the_page_says_what_the_pdf_says(name: str) -> None:
    ours = said_by(sample(name).page)
    theirs = [each for each in said_by_pdf(pdf_tree(name)) if each.text or each.tag != "P"]

    differing = [
        (one, other)
        for one, other in zip(ours, theirs, strict=False)
        if not one.matches(other.tag, other.text)
    ]
    assert differing[:1] == []
    assert len(ours) == len(theirs)


@EACH
def test_cells_have_the_headers_that_they_have_in_the_pdf(name: str) -> None:
    tables = tables_of(sample(name).page)
    read_tables = list(pdf_tree(name).find_all("Table"))
    assert len(tables) == len(read_tables)
    for table, node in zip(tables, read_tables, strict=True):
        texts = {each.identifier: plain(each.text) for each in node.find_all("TH")}
        expected = [
            {texts[name] for name in cell.attributes.get("Headers", [])}
            for cell in node.find_all("TH", "TD")
        ]
        assert [set(cell.headers) for cell in cells_of(table)] == expected


def test_the_samples_have_every_kind_of_block() -> None:
    kinds = {type(block) for name in NAMES for block in sample(name).document.blocks()}
    assert kinds == set(get_args(Block))


@settings(max_examples=25, deadline=None)
@given(documents())
def test_random_documents_read_as_their_blocks(document: Document) -> None:
    ours = [(each.tag, each.text) for each in said_by(read(write_html(document)))]
    theirs = [(each.tag, each.text) for each in pdf.normal(pdf.expected_of(document))]
    assert [each for each in ours if each[1]] == [each for each in theirs if each[1]]


@EACH
def test_what_an_alternative_text_tells_of_can_be_found_and_copied(name: str) -> None:
    pictures = [each for each in main_of(sample(name).page).iter() if each.get("role") == "img"]
    shown = [plain(text_of_all(each)) for each in pictures if each.tag != "span"]
    printed = [plain(node.text) for node in pdf_tree(name).find_all("Figure")]
    assert len(shown) == len(printed)
    for ours, theirs in zip(shown, printed, strict=True):
        assert ours.startswith(theirs)  # a page may not hold all rows of the sample


def text_of_all(element: Any) -> str:
    return "".join(element.itertext())
