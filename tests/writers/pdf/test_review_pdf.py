"""The sample reviews as PDF: read back, they say what their blocks say; links, notices, sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import Any, assert_never

import pdfplumber
import pikepdf
import pytest

from kpireport.document.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    FigureGrid,
    Heading,
    ItemList,
    Note,
    PageBreak,
    Paragraph,
    SamplePage,
    Span,
    Table,
)
from kpireport.document.captions import captions_of
from kpireport.document.charts import LineChart, StackedBarChart
from kpireport.document.styles import TextStyle
from kpireport.document.walk import block_texts
from kpireport.domain.settings import Orientation
from kpireport.writers.pdf import write_pdf
from kpireport.writers.theme import DEFAULT_THEME
from tests.documents import numbered
from tests.review_reports import (
    DRAFT_NOTICE,
    SAMPLE_NOTICE,
    SAMPLE_YEARS,
    sample_document,
    sample_file,
    small_document,
    small_review,
)
from tests.writers.pdf.reader import (
    Node,
    ReadPage,
    child_elements,
    marked_content,
    read_pages,
    read_structure,
    sample_pages,
)

YEARS = pytest.mark.parametrize("year", SAMPLE_YEARS)
SMALLEST = 7.99  # points; the last digit of a PDF is rounded
SMALLEST_IN_TABLES = 8.99
_NOTE_MARK = re.compile("[訂注※＊][0-9０-９]+(・[訂注※＊][0-9０-９]+)*")
GROUPING = ("Sect", "Div", "L", "LI", "LBody", "Note", "TOC", "Table", "THead", "TBody", "TR")
INLINE = ("Reference", "Span")


@dataclass(frozen=True)
class ReadPdf:
    tree: Node
    pages: tuple[ReadPage, ...]

    def headings(self) -> list[Node]:
        return list(self.tree.find_all("H1", "H2", "H3"))


@cache
def read(year: int) -> ReadPdf:
    data = sample_file(year, "pdf")
    pages = sample_pages(data)
    return ReadPdf(read_structure(data, pages), pages)


def read_pdf(data: bytes) -> ReadPdf:
    """A file's structure and pages, its characters extracted once."""
    pages = read_pages(data)
    return ReadPdf(read_structure(data, pages), pages)


@dataclass(frozen=True)
class Said:
    """One thing that a reader hears: what it is, and its text or alternative text."""

    tag: str
    text: str


def said_by(node: Node) -> Iterator[Said]:
    for child in node.children:
        if child.tag in GROUPING and any(each.tag not in INLINE for each in child.children):
            yield from said_by(child)
        elif child.tag == "Figure":
            yield Said("Figure", _plain(child.alternative))
        else:
            tag = "P" if child.tag in ("Lbl", "LBody") else child.tag
            yield Said(tag, _plain(child.text))


def expected_of(document: Document, pages: dict[str, str]) -> Iterator[Said]:
    """What the document says; ``pages`` are the printed pages of its headings, by id."""
    for block in numbered(document, pages).blocks():
        if isinstance(block, Contents):
            for heading in listed(document, block.depth):
                yield Said("TOCI", _plain(f"{line_of(heading)}{pages[heading.id]}"))
        else:
            yield from _expected(block)


def _expected(block: Block) -> Iterator[Said]:
    match block:
        case Heading():
            yield Said(f"H{block.level}", _plain(block.text))
        case Paragraph() | ItemList() | Note() | Cover():
            yield from (Said("P", _plain(text)) for text in block_texts(block) if text)
        case Table():
            yield from (Said("Caption", _plain(each.printed)) for each in captions_of(block))
            for row in (*block.header_rows, *block.rows):
                for cell in row.cells:
                    text = "".join(text for part in cell.content for text in block_texts(part))
                    yield Said("TH" if cell.scope else "TD", _plain(text))
        case SamplePage():
            yield Said("Figure", _plain(block.alternative_text))
        case FigureGrid():
            yield from (Said("Caption", _plain(each.printed)) for each in captions_of(block))
            yield from (Said("Figure", _plain(each.alternative_text)) for each in block.figures)
        case PageBreak() | Contents():
            return
        case _:
            assert_never(block)


def _plain(text: str) -> str:
    """The text without blanks and line breaks, which readers of PDF treat freely."""
    return "".join(text.split())


def listed(document: Document, depth: int = 2) -> list[Heading]:
    return [each for each in document.headings() if each.is_listed and each.level <= depth]


def title_of(heading: Heading) -> str:
    return heading.outline or heading.text


def line_of(heading: Heading) -> str:
    """A heading's line in the contents without its page."""
    return " ".join(filter(None, (title_of(heading), heading.status)))


@cache
def printed_pages(year: int) -> dict[str, str]:
    """The number printed on the page where each heading and row stands, by its id."""
    return pages_by_bookmarks(sample_file(year, "pdf"), read(year), sample_document(year))


def pages_by_bookmarks(pdf: bytes, found: ReadPdf, document: Document) -> dict[str, str]:
    """The number printed on the page where each heading and row stands, by its id.

    Rows' headings have no text of their own: the bookmarks tell their pages.
    """
    printed = pages_of_headings(found, document)
    ids = [each.id for each in document.headings()]
    pages = dict(zip(ids, bookmarked_pages(pdf), strict=True))
    by_bookmarks = {id_: found.pages[index].number for id_, index in pages.items()}
    assert by_bookmarks | printed == by_bookmarks
    return by_bookmarks | pages_of_rows(found, document)


def pages_of_headings(found: ReadPdf, document: Document) -> dict[str, str]:
    """The number printed on the page where each heading's text stands, by the heading's id."""
    blocks = [block for block in document.blocks() if isinstance(block, Heading)]
    nodes = found.headings()
    assert [_plain(node.text) for node in nodes] == [_plain(block.text) for block in blocks]
    return {
        block.id: found.pages[node.pages[0]].number
        for block, node in zip(blocks, nodes, strict=True)
    }


def pages_of_rows(found: ReadPdf, document: Document) -> dict[str, str]:
    """The number printed on the page where each row's cells stand, by the row's id."""
    tables = [block for block in document.blocks() if isinstance(block, Table)]
    return {
        row.id: found.pages[min(node.pages)].number
        for table, read_table in zip(tables, found.tree.find_all("Table"), strict=True)
        for row, node in zip(
            (*table.header_rows, *table.rows), read_table.find_all("TR"), strict=True
        )
        if row.id
    }


def bookmarked_pages(data: bytes) -> list[int]:
    """The pages that the file's bookmarks lead to, from 0, in their order."""

    def walk(items: Any) -> Iterator[int]:
        for item in items:
            yield numbers[item.destination[0].objgen]
            yield from walk(item.children)

    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        return list(walk(outline.root))


# --- what is said ----------------------------------------------------------------


@YEARS
def test_it_reads_as_its_blocks(year: int) -> None:
    expected = list(expected_of(sample_document(year), printed_pages(year)))
    found = list(said_by(read(year).tree))
    assert [_as_long(*pair) for pair in zip(found, expected, strict=True)] == found
    assert {said.tag for said in expected} >= {"P", "H1", "H2", "TOCI", "TH", "TD", "Figure"}


def _as_long(found: Said, expected: Said) -> Said:
    """What is expected, cut short where a line of the contents has no room for its title."""
    title, cut, _ = found.text.partition("…")
    end = found.text.removeprefix(f"{title}…")
    is_cut = found.tag == "TOCI" and cut and expected.text.startswith(title)
    return found if is_cut and expected.text.endswith(end) else expected


@YEARS
def test_pages_are_numbered_on_from_the_contents(year: int) -> None:
    numbers = [page.number for page in read(year).pages]
    assert numbers == ["", *(str(number) for number in range(1, len(numbers)))]


@YEARS
def test_the_contents_lead_to_the_headings(year: int) -> None:
    pages = printed_pages(year)
    with pikepdf.open(BytesIO(sample_file(year, "pdf"))) as pdf:
        labels = {page.obj.objgen: str(page.label) for page in pdf.pages}
        links = [
            (str(note.Contents), labels[note.Dest[0].objgen])
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if str(note.Contents).endswith("ページ")  # the others are references in the text
        ]
    expected = [
        (f"{line_of(each)} {pages[each.id]}ページ", pages[each.id])
        for each in listed(sample_document(year))
    ]
    assert [page for _, page in links] == [page for _, page in expected]
    for (line, _), (whole, _) in zip(links, expected, strict=True):
        assert _as_long(Said("TOCI", line), Said("TOCI", whole)).text == line


@YEARS
def test_bookmarks_are_the_headings(year: int) -> None:
    titles: list[str] = []

    def collect(items: Any) -> None:
        for item in items:
            titles.append(item.title)
            collect(item.children)

    with pikepdf.open(BytesIO(sample_file(year, "pdf"))) as pdf, pdf.open_outline() as outline:
        collect(outline.root)
    assert titles == [title_of(heading) for heading in sample_document(year).headings()]


@YEARS
def test_every_symbol_is_spoken_as_its_word(year: int) -> None:
    expected = [
        (span.text.strip("　"), str(span.spoken))
        for block in sample_document(year).blocks()
        if isinstance(block, Table)
        for span in _spans(block)
        if span.spoken
    ]
    found: list[tuple[str, str]] = [
        (node.text.strip("　"), expansion) for node, expansion in _expansions(year) if expansion
    ]
    assert found == expected
    assert {symbol for symbol, _ in expected} == set("◎○△×―…－")


def _spans(table: Table) -> Iterator[Span]:
    for row in (*table.header_rows, *table.rows):
        for cell in row.cells:
            for content in cell.content:
                if isinstance(content, Paragraph):
                    yield from content.spans


def _expansions(year: int) -> Iterator[tuple[Node, str]]:
    """Walk the tree beside the file's own, which has the expansions."""
    with pikepdf.open(BytesIO(sample_file(year, "pdf"))) as pdf:
        waiting: list[tuple[Node, Any]] = [(read(year).tree, pdf.Root.StructTreeRoot.K)]
        while waiting:
            node, element = waiting.pop()
            yield node, str(element.get("/E", ""))
            kids = child_elements(element)
            waiting.extend(reversed(list(zip(node.children, kids, strict=True))))


@YEARS
def test_a_charts_text_is_in_its_figure(year: int) -> None:
    nodes = [n for n in read(year).tree.find_all("Figure") if "縮小した見本" not in n.alternative]
    figures = [
        figure
        for block in sample_document(year).blocks()
        if isinstance(block, FigureGrid)
        for figure in block.figures
    ]
    assert len(nodes) == len(figures) > 1
    for node, figure in zip(nodes, figures, strict=True):
        match figure.chart:
            case LineChart(points=points):
                words = [word for each in points for word in (each.label, each.text)]
            case StackedBarChart(series=series):
                words = [each.label for each in series]
        assert all(word in node.text for word in words), figure.alternative_text
        assert figure.alternative_text.startswith(figure.chart.title.replace("\n", ""))


# --- pages -----------------------------------------------------------------------


@YEARS
def test_the_notice_is_on_every_page_and_no_readers_business(year: int) -> None:
    cover, *others = read(year).pages
    assert SAMPLE_NOTICE not in cover.artifacts
    assert all(page.artifacts.count(SAMPLE_NOTICE) == 1 for page in others)
    spoken = [node.text for node in read(year).tree.find_all("P")]
    assert spoken.count(SAMPLE_NOTICE) == 1  # the cover's


@YEARS
def test_nothing_is_tiny_and_nothing_leaves_the_margins(year: int) -> None:
    look = DEFAULT_THEME.page
    for page in read(year).pages:
        for char in page.chars:
            assert char["size"] >= SMALLEST, char
            if char["text"].strip():
                assert char["x0"] >= look.margin_x - 0.1, char
                # kinsoku lets a closing bracket hang half its width
                assert char["x1"] <= page.width - look.margin_x + 0.1, char
                assert char["y0"] >= look.page_number_baseline - 3, char
            if char["mcid"] is not None:
                assert char["y1"] <= page.height - look.margin_top + 3, char
                assert char["y0"] >= look.margin_bottom - 3, char


@YEARS
def test_tables_are_nine_points_at_least(year: int) -> None:
    rows, heads = _sizes_below(year, "/TBody"), _sizes_below(year, "/THead")
    assert len(rows) > 1000
    assert heads
    small = [(text, size) for text, size in (*rows, *heads) if size < SMALLEST_IN_TABLES]
    explained = "".join(_notes_in_headers(year))
    assert [
        text for text, _ in small if not _NOTE_MARK.fullmatch(text) and text not in explained
    ] == []
    assert all(size >= SMALLEST for _, size in small)


def _notes_in_headers(year: int) -> Iterator[str]:
    """What explains the name of a column or of a band's rows, a point smaller."""
    for block in sample_document(year).blocks():
        for row in (*block.header_rows, *block.rows) if isinstance(block, Table) else ():
            for part in (part for cell in row.cells if cell.scope for part in cell.content):
                if isinstance(part, Paragraph) and part.style is TextStyle.DENSE_HEADER_NOTE:
                    yield _plain(part.text)


def _sizes_below(year: int, tag: str) -> list[tuple[str, float]]:
    """The pieces of text of one size in all elements of this kind, each with its size."""
    pieces: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for index, page in enumerate(read(year).pages):
        for char in page.chars:
            if char["mcid"] is not None:
                pieces.setdefault((index, char["mcid"]), []).append(char)
    with pikepdf.open(BytesIO(sample_file(year, "pdf"))) as pdf:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        marks = [
            mark
            for element in _below(pdf.Root.StructTreeRoot.K, tag)
            for kid in element.get("/K", [])
            if (mark := marked_content(kid, element, numbers)) is not None
        ]
    return [
        (_plain("".join(char["text"] for char in chars)), size)
        for mark in marks
        for size, chars in groupby(pieces.get(mark, ()), key=lambda char: char["size"])
    ]


def _below(element: Any, tag: str, *, inside: bool = False) -> Iterator[Any]:
    is_inside = inside or str(element.S) == tag
    if is_inside:
        yield element
    for kid in child_elements(element):
        yield from _below(kid, tag, inside=is_inside)


@pytest.mark.parametrize("is_asked", [False, True])
def test_the_tables_lie_on_their_side_where_that_is_asked_for(*, is_asked: bool) -> None:
    asked = Orientation.LANDSCAPE if is_asked else Orientation.AUTO
    found = read_pdf(write_pdf(small_document(review=small_review(orientation=asked))))
    _cover, _result, _contents, *others = (page.width > page.height for page in found.pages)
    assert set(others) == {is_asked}


def draft() -> bytes:
    return write_pdf(small_document(2022, is_draft=True, is_sample=True))


def test_a_draft_says_so_on_every_page() -> None:
    with pdfplumber.open(BytesIO(draft())) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert all(DRAFT_NOTICE in text and SAMPLE_NOTICE in text for text in texts)
    assert len(texts) > 5
