"""The PDF, read back through its structure tree, says what the blocks say, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from hypothesis import Phase, given, settings

from kpireport.document.blocks import (
    Block,
    CellBlock,
    Cover,
    Document,
    Heading,
    ItemList,
    Note,
    PageBreak,
    Paragraph,
    SamplePage,
    Table,
)
from kpireport.document.walk import block_texts
from kpireport.writers.pdf import write_pdf
from tests.documents import METADATA, documents, real_plan
from tests.writers.pdf.reader import Node, read_structure, sample_pages


@cache
def real_pdf() -> bytes:
    return write_pdf(real_plan())


@cache
def real_tree() -> Node:
    return read_structure(real_pdf(), sample_pages(real_pdf()))


@dataclass(frozen=True)
class Said:
    """One thing that a reader hears: what it is, and its text."""

    tag: str
    text: str


GROUPING = ("Sect", "L", "LI", "LBody", "Note", "Table", "THead", "TBody", "TR")
INLINE = ("Reference", "Span")


def said_by(node: Node) -> Iterator[Said]:
    """Yield what the tree's elements say: paragraphs, labels, whole cells, headings."""
    for child in node.children:
        if child.tag in GROUPING and any(each.tag not in INLINE for each in child.children):
            yield from said_by(child)
        else:
            yield Said("P" if child.tag in ("Lbl", "LBody") else child.tag, child.text)


def expected_of(document: Document) -> Iterator[Said]:
    for block in document.blocks():
        yield from _expected(block)


def _expected(block: Block) -> Iterator[Said]:
    match block:
        case Heading():
            yield Said(f"H{block.level}", block.text)
        case Paragraph() | ItemList() | Note() | Cover():
            for text in block_texts(block):
                if text:
                    yield Said("P", plain(text))
        case Table():
            yield from _expected_cells(block)
        case SamplePage():
            yield Said("Figure", "")
        case PageBreak():
            return


def _expected_cells(table: Table) -> Iterator[Said]:
    for row in (*table.header_rows, *table.rows):
        for cell in row.cells:
            text = "".join(_cell_text(content) for content in cell.content)
            yield Said("TH" if cell.scope else "TD", text)


def _cell_text(content: CellBlock) -> str:
    return plain("".join(block_texts(content)))


def plain(text: str) -> str:
    """Return ``text`` without forced line breaks, which are layout in a PDF."""
    return text.replace("\n", "")


def normal(things: Iterator[Said]) -> list[Said]:
    """Leave out the figure's inner text, and blanks, which readers of PDF treat freely."""
    return [
        Said(thing.tag, "" if thing.tag == "Figure" else "".join(thing.text.split()))
        for thing in things
    ]


def test_the_real_plan_reads_as_its_blocks() -> None:
    assert normal(said_by(real_tree())) == normal(expected_of(real_plan()))


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(documents())
def test_random_documents_read_as_their_blocks(document: Document) -> None:
    tree = read_structure(write_pdf(document))
    assert normal(said_by(tree)) == normal(expected_of(document))
    _assert_headers_resolve(tree)


def test_every_cell_names_headers_that_exist() -> None:
    tree = real_tree()
    _assert_headers_resolve(tree)
    bodies = [table for table in tree.find_all("Table") if list(table.find_all("THead"))]
    data = [cell for table in bodies for cell in table.find_all("TD")]
    assert data
    assert all(len(cell.attributes["Headers"]) >= 3 for cell in data)  # column, plan, indicator


def _assert_headers_resolve(tree: Node) -> None:
    for table in tree.find_all("Table"):
        heads = {cell.identifier for cell in table.find_all("TH")}
        assert "" not in heads
        for cell in table.find_all("TH", "TD"):
            assert set(cell.attributes.get("Headers", [])) <= heads


def test_a_cell_that_goes_on_is_one_cell_over_pages() -> None:
    goal_pages = [node for node in real_tree().find_all("TH") if node.pages]
    assert {len(set(node.pages)) for node in goal_pages} == {1}  # the real plans stay whole


def test_repeated_headers_and_page_numbers_are_artifacts() -> None:
    texts = [page.artifacts for page in sample_pages(real_pdf())]
    assert texts[0] == ""
    assert all(text.endswith(str(number)) for number, text in enumerate(texts) if number)
    assert texts[4].startswith("戦略計画")  # the table's header again
    assert texts[3] == "3"


def test_pages_are_labelled_and_bookmarked_as_printed() -> None:
    with pikepdf.open(BytesIO(real_pdf())) as pdf:
        labels = [str(page.label) for page in pdf.pages]
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert labels == ["表紙", *map(str, range(1, 13))]
    assert titles[:3] == ["はじめに", "【表の見方】", "Ⅰ　子どもたちの笑顔輝くまち"]
    assert len(titles) == 8


def test_chapters_begin_on_the_originals_pages() -> None:
    tree = real_tree()
    first_pages = [next(iter(node.pages)) for node in tree.find_all("H1")]
    assert first_pages == [1, 2, 3, 5, 6, 8, 10, 12]
    with pikepdf.open(BytesIO(real_pdf())) as pdf:
        assert len(pdf.pages) == 13


def test_nothing_is_smaller_than_eight_points_nor_outside_the_page() -> None:
    for page in sample_pages(real_pdf()):
        for char in page.chars:
            assert char["size"] >= 7.99
            assert char["x0"] >= 50
            assert char["x1"] <= page.width - 50 or not char["text"].strip()


def test_the_metadata_is_the_documents() -> None:
    with pikepdf.open(BytesIO(real_pdf())) as pdf:
        assert str(pdf.docinfo.Title) == METADATA.title
        assert str(pdf.docinfo.CreationDate) == "D:20190701000000+09'00'"
        xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()
        assert str(pdf.Root.Lang) == "ja-JP"
    assert '<rdf:li xml:lang="x-default">題名&lt;&amp;&gt;</rdf:li>' in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp


def test_references_lead_to_their_notes() -> None:
    with pikepdf.open(BytesIO(real_pdf())) as pdf:
        links = list(pdf.pages[1].Annots)
        assert [str(link.Contents) for link in links] == [f"※{number}へ移動" for number in "１２３"]
        assert all(link.Dest[0].objgen == pdf.pages[1].obj.objgen for link in links)


@pytest.mark.parametrize("word", ["基本目標", "戦略計画", "重要業績評価指標（ＫＰＩ）", "現状値"])
def test_a_distributed_heading_is_one_word(word: str) -> None:
    with pikepdf.open(BytesIO(real_pdf())) as pdf:
        content = pdf.pages[3].Contents.read_bytes().decode("latin-1")
    assert f"/ActualText <FEFF{word.encode('utf-16-be').hex().upper()}>" in content


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_pdf(real_plan()) == real_pdf()
