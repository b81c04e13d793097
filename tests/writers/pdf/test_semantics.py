"""What the samples' structure says, item by item, beyond what a validator can see.

Read from the finished files by pikepdf and pdfplumber, and compared with the blocks.
That the tree's order is the document's is tested where the whole text is read back
(test_read_back, test_review_pdf), and so are the symbols' words and the links' targets.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from kpireport.document.blocks import (
    Contents,
    Document,
    FigureGrid,
    Heading,
    ItemList,
    Note,
    SamplePage,
    Table,
)
from kpireport.document.plan import compose_plan
from kpireport.sources.settings import load_settings
from tests.documents import METADATA, ROOT, real_catalogue
from tests.review_reports import SAMPLE_YEARS, built_samples, sample_document
from tests.tools import run_tool
from tests.writers.pdf.reader import Node, read_structure, sample_pages

PLAN = "plan"
NAMES = (PLAN, *map(str, SAMPLE_YEARS))
SAMPLES = pytest.mark.parametrize("name", NAMES)
REVIEWS = pytest.mark.parametrize("name", NAMES[1:])

INLINE = {"Span", "Reference", "Link"}
# what holds elements alone, no content of its own
CONTAINERS = {"Document", "Sect", "L", "LI", "Note", "TOC", "TOCI", "Reference"} | {
    "Table",
    "THead",
    "TBody",
    "TR",
}
SHOWING_TEXT = {"Tj", "TJ", "'", '"'}
PAINTING = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "BI", "INLINE IMAGE"}


def file_of(name: str) -> bytes:
    return built_samples()[f"{name if name == PLAN else f'review-{name}'}.pdf"]


@cache
def document_of(name: str) -> Document:
    if name == PLAN:
        return compose_plan(real_catalogue(), METADATA)
    return sample_document(int(name))


@cache
def tree_of(name: str) -> Node:
    return read_structure(file_of(name), sample_pages(file_of(name)))


def walk(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield every element with the tags above it."""
    yield path, node
    for child in node.children:
        yield from walk(child, (*path, node.tag))


def plain(text: str) -> str:
    return "".join(text.split())


def tags(node: Node) -> list[str]:
    return [child.tag for child in node.children]


# --- chapters and headings -------------------------------------------------------


@SAMPLES
def test_a_chapter_is_a_section_with_one_h1(name: str) -> None:
    cover, *chapters = tree_of(name).children
    titles = [b.text for b in document_of(name).blocks() if isinstance(b, Heading) if b.level == 1]

    assert set(tags(tree_of(name))) == {"Sect"}
    assert not list(cover.find_all("H1", "H2", "H3"))
    assert [tags(chapter).count("H1") for chapter in chapters] == [1] * len(titles)
    assert [plain(chapter.children[0].text) for chapter in chapters] == list(map(plain, titles))
    assert all(chapter.children[0].tag == "H1" for chapter in chapters)


@SAMPLES
def test_no_heading_level_is_skipped(name: str) -> None:
    levels = [int(node.tag[1]) for _, node in walk(tree_of(name)) if re.match(r"H\d", node.tag)]
    headings = [block.level for block in document_of(name).blocks() if isinstance(block, Heading)]
    assert levels == headings
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


# --- paragraphs and lists --------------------------------------------------------


@SAMPLES
def test_content_stands_in_paragraphs_and_their_like(name: str) -> None:
    for path, node in walk(tree_of(name)):
        if node.tag in CONTAINERS:
            assert not node.marks, (path, node.tag, node.text)
        if path and path[-1] == "P":
            assert node.tag in INLINE, path
        if path and path[-1] == "Sect":
            assert node.tag not in INLINE, path
        if node.tag == "P":
            assert node.text, path  # a reader stops at nothing that is empty


@SAMPLES
def test_a_list_has_items_of_label_and_body(name: str) -> None:
    lists = list(tree_of(name).find_all("L"))
    expected = list(_lists_in(document_of(name)))

    assert len(lists) == len(expected) > 0
    for node, block in zip(lists, expected, strict=True):
        assert node.attributes["ListNumbering"] in ("Decimal", "Disc", "Circle", "Square")
        assert tags(node) == ["LI"] * len(block.items)
        for item, source in zip(node.children, block.items, strict=True):
            assert tags(item) == ["Lbl", "LBody"]
            label, body = item.children
            assert plain(label.text) == plain(source.label)
            assert body.text
            assert set(tags(body)) <= INLINE | {"P", "L"}
    for path, node in walk(tree_of(name)):
        if node.tag in ("LI", "LBody"):
            assert path[-1] == {"LI": "L", "LBody": "LI"}[node.tag]
        if node.tag == "Lbl":
            assert path[-1] in ("LI", "Note")


def _lists_in(document: Document) -> Iterator[ItemList]:
    for block in document.blocks():
        if isinstance(block, ItemList):
            yield from _with_inner_lists(block)
        if isinstance(block, Table):
            for row in (*block.header_rows, *block.rows):
                for content in (each for cell in row.cells for each in cell.content):
                    if isinstance(content, ItemList):
                        yield from _with_inner_lists(content)


def _with_inner_lists(block: ItemList) -> Iterator[ItemList]:
    yield block
    for item in block.items:
        for content in item.content:
            if isinstance(content, ItemList):
                yield from _with_inner_lists(content)


# --- tables ----------------------------------------------------------------------


@dataclass(frozen=True)
class Slot:
    """A cell with the rows and columns of its table that it covers."""

    node: Node
    rows: range
    columns: range


def slots(table: Node) -> list[Slot]:
    """Lay the cells out as HTML and PDF do; no cell may cover another."""
    lines = [line for group in table.children for line in group.children]
    taken: set[tuple[int, int]] = set()
    found: list[Slot] = []
    for row, line in enumerate(lines):
        column = 0
        for cell in line.children:
            while (row, column) in taken:
                column += 1
            rows = range(row, row + cell.attributes.get("RowSpan", 1))
            columns = range(column, column + cell.attributes.get("ColSpan", 1))
            covered = {(each, other) for each in rows for other in columns}
            assert not covered & taken
            taken |= covered
            found.append(Slot(cell, rows, columns))
    assert len(taken) == len(lines) * (1 + max(column for _, column in taken)), "a hole"
    return found


@SAMPLES
def test_a_table_has_head_and_body_and_the_spans_of_its_block(name: str) -> None:
    tables = list(tree_of(name).find_all("Table"))
    blocks = [block for block in document_of(name).blocks() if isinstance(block, Table)]
    for table, block in zip(tables, blocks, strict=True):
        caption = ["Caption"] if block.caption else []
        groups = ["THead", "TBody"] if block.header_rows else ["TBody"]
        assert tags(table) == [*caption, *groups]
        assert table.attributes["Summary"]
        lines = [line for group in table.children[len(caption) :] for line in group.children]
        assert {line.tag for line in lines} == {"TR"}
        assert [[_span_of(cell) for cell in line.children] for line in lines] == [
            [(cell.rowspan, cell.colspan, cell.scope and cell.scope.value) for cell in row.cells]
            for row in (*block.header_rows, *block.rows)
        ]
        assert all(cell.tag == "TH" for cell in _cells_of_heads(table))
        assert slots(table)


def _span_of(cell: Node) -> tuple[int, int, str | None]:
    entries = cell.attributes
    assert (cell.tag == "TH") == ("Scope" in entries)
    return entries.get("RowSpan", 1), entries.get("ColSpan", 1), entries.get("Scope")


def _cells_of_heads(table: Node) -> Iterator[Node]:
    for head in table.find_all("THead"):
        for line in head.children:
            yield from line.children


@SAMPLES
def test_a_cells_headers_are_those_above_it_and_to_its_left(name: str) -> None:
    for table in tree_of(name).find_all("Table"):
        cells = slots(table)
        heads = [slot for slot in cells if slot.node.tag == "TH"]
        for slot in cells:
            if slot.node.tag != "TD":
                continue
            expected = {head.node.identifier for head in heads if _heads(head, slot)}
            assert expected, slot.node.text
            assert set(slot.node.attributes["Headers"]) == expected, slot.node.text
            assert len(slot.node.attributes["Headers"]) == len(expected)


def _heads(head: Slot, cell: Slot) -> bool:
    scope = head.node.attributes["Scope"]
    shares_column = set(head.columns) & set(cell.columns)
    shares_row = set(head.rows) & set(cell.rows)
    is_above = head.rows.stop <= cell.rows.start
    is_left = head.columns.stop <= cell.columns.start
    return bool(
        (scope in ("Column", "Both") and shares_column and is_above)
        or (scope in ("Row", "Both") and shares_row and is_left)
    )


@SAMPLES
def test_every_id_is_unique_and_found(name: str) -> None:
    given = Counter(node.identifier for _, node in walk(tree_of(name)) if node.identifier)
    assert set(given.values()) == {1}
    with pikepdf.open(BytesIO(file_of(name))) as pdf:
        found = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        assert set(found) == set(given)
        assert all(str(found[key].ID) == key for key in given)


# --- figures, notes, contents ----------------------------------------------------


@SAMPLES
def test_a_figure_has_its_text_and_its_place(name: str) -> None:
    figures = [(path, node) for path, node in walk(tree_of(name)) if node.tag == "Figure"]
    expected = list(_alternative_texts(document_of(name)))
    sizes = [(page.width, page.height) for page in sample_pages(file_of(name))]

    assert [plain(node.alternative) for _, node in figures] == list(map(plain, expected))
    for path, node in figures:
        assert "Table" not in path
        assert len(node.alternative) > 20
        assert not node.children  # what is in a figure is told by its text alone
        assert node.attributes["Placement"] == "Block"
        left, low, right, high = map(float, node.attributes["BBox"])
        (page,) = set(node.pages)
        assert 0 < left < right < sizes[page][0]
        assert 0 < low < high < sizes[page][1]


def _alternative_texts(document: Document) -> Iterator[str]:
    for block in document.blocks():
        if isinstance(block, SamplePage):
            yield block.alternative_text
        if isinstance(block, FigureGrid):
            yield from (figure.alternative_text for figure in block.figures)


def test_a_notes_marks_are_links_to_it() -> None:
    notes = list(tree_of(PLAN).find_all("Note"))
    blocks = [block for block in document_of(PLAN).blocks() if isinstance(block, Note)]
    marks = [
        node.children[0] for node in tree_of(PLAN).find_all("Reference") if tags(node) == ["Link"]
    ]
    assert [note.identifier for note in notes] == [block.id for block in blocks]
    for note, block in zip(notes, blocks, strict=True):
        assert tags(note) == ["Lbl", *["P"] * len(block.content)]
        assert note.children[0].text == block.label
        leading = [mark for mark in marks if mark.text == block.label]
        assert leading
        assert all(_leads_to(mark, note, PLAN) for mark in leading)
    said = sum(text.count("※") for text in _paragraphs_own_texts(tree_of(PLAN)))
    assert said == 0  # no mark without its link


def _paragraphs_own_texts(tree: Node) -> Iterator[str]:
    """Yield the texts of prose without what its references say."""
    for path, node in walk(tree):
        if node.tag in ("P", "LBody") and "Table" not in path:
            inner = [each.text for each in node.children]
            yield node.text if not inner else re.sub("|".join(map(re.escape, inner)), "", node.text)


@REVIEWS
def test_the_contents_are_a_list_within_a_list(name: str) -> None:
    document = document_of(name)
    depth = next(block.depth for block in document.blocks() if isinstance(block, Contents))
    listed = [
        (heading, node)
        for heading, node in _headings(name)
        if heading.is_listed and heading.level <= depth
    ]
    entries = [(path, node) for path, node in walk(tree_of(name)) if node.tag == "TOCI"]

    assert [path.count("TOC") for path, _ in entries] == [heading.level for heading, _ in listed]
    assert all(path[-1] == "TOC" for path, _ in entries)
    assert all(set(tags(node)) <= {"TOC", "TOCI"} for node in tree_of(name).find_all("TOC"))
    for (_, entry), (_, node) in zip(entries, listed, strict=True):
        assert tags(entry) == ["Reference"]
        (link,) = entry.children[0].children
        assert link.tag == "Link"
        assert _leads_to(link, node, name)


def _headings(name: str) -> Iterator[tuple[Heading, Node]]:
    """Yield all headings with the elements that they are, or the rows that they head."""
    nodes = (node for _, node in walk(tree_of(name)) if re.match(r"H\d", node.tag))
    tables = tree_of(name).find_all("Table")
    for block in document_of(name).blocks():
        if isinstance(block, Heading):
            yield block, next(nodes)
        elif isinstance(block, Table):
            lines = list(next(tables).find_all("TR"))[len(block.header_rows) :]
            rows = zip(block.rows, lines, strict=True)
            yield from ((each, line) for row, line in rows for each in row.headings)
    assert not list(nodes)


def _leads_to(link: Node, target: Node, name: str) -> bool:
    """Whether the one area of a link leads to where its target's highest line begins."""
    (area,) = link.links
    first = target.pages[0]
    marks = [mark for _, node in walk(target) for mark in node.marks if mark[0] == first]
    top = max(_tops(name)[mark] for mark in marks if mark in _tops(name))
    return area.page == first and -1 < area.top - top < 30


@cache
def _tops(name: str) -> dict[tuple[int, int], float]:
    """The upper edge of each piece of marked content."""
    tops: dict[tuple[int, int], float] = {}
    for index, page in enumerate(sample_pages(file_of(name))):
        for char in page.chars:
            if char["mcid"] is not None:
                key = (index, char["mcid"])
                tops[key] = max(float(char["y1"]), tops.get(key, 0.0))
    return tops


# --- marked content --------------------------------------------------------------


@dataclass(frozen=True)
class Sequence:
    """A marked-content sequence of a page: its tag, properties and operators."""

    tag: str
    properties: dict[str, Any]
    operators: tuple[str, ...]
    spacing: float  # the widest between letters, in points
    size: float  # of the letters


@cache
def sequences(name: str) -> tuple[tuple[Sequence, ...], ...]:
    """Each page's content; fails where anything is shown outside of a sequence."""
    with pikepdf.open(BytesIO(file_of(name))) as pdf:
        return tuple(tuple(_sequences(page)) for page in pdf.pages)


def _sequences(page: pikepdf.Page) -> Iterator[Sequence]:
    is_open, size = False, 0.0
    for instruction in pikepdf.parse_content_stream(page):
        operands, word = instruction.operands, str(instruction.operator)
        if word in ("BMC", "BDC"):
            assert not is_open, "a sequence within a sequence"
            is_open, spacing = True, 0.0
            tag = str(operands[0])[1:]
            properties = dict(operands[1].items()) if word == "BDC" else {}
            words: list[str] = []
        elif word == "EMC":
            is_open = False
            yield Sequence(tag, properties, tuple(words), spacing, size)
        else:
            assert is_open or word not in PAINTING | SHOWING_TEXT, word
            if is_open:
                words.append(word)
            if word == "Tc":
                spacing = max(spacing, float(operands[0]))
            if word == "Tf":
                size = float(operands[1])
    assert not is_open


@SAMPLES
def test_everything_shown_is_content_or_decoration(name: str) -> None:
    elements = {mark: node for _, node in walk(tree_of(name)) for mark in node.marks}
    for page, found in enumerate(sequences(name)):
        numbered = [each for each in found if "/MCID" in each.properties]
        assert [int(each.properties["/MCID"]) for each in numbered] == list(range(len(numbered)))
        for each in found:
            if each.tag == "Artifact":
                assert "/MCID" not in each.properties
                continue
            assert each.tag == elements[page, int(each.properties["/MCID"])].tag
            if each.tag != "Figure":  # lines and fills of text are decoration
                assert not set(each.operators) & PAINTING, each
    assert {page for page, _ in elements} == set(range(len(sequences(name))))


@SAMPLES
def test_the_parent_tree_leads_from_content_to_its_element(name: str) -> None:
    elements = {mark: node.tag for _, node in walk(tree_of(name)) for mark in node.marks}
    with pikepdf.open(BytesIO(file_of(name))) as pdf:
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        found = {
            (index, mcid): str(element.S)[1:]
            for index, page in enumerate(pdf.pages)
            for mcid, element in enumerate(parents[int(page.obj.StructParents)])
        }
        links = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
        owners = {str(parents[int(note.StructParent)].S) for note in links}
    assert found == elements
    assert owners == {"/Link"}


@SAMPLES
def test_running_headers_and_footers_say_what_they_are(name: str) -> None:
    """PDF/UA-1, 7.8."""
    is_review = name != PLAN
    starts = {each.text: each.pages[0] for each in tree_of(name).find_all("H1")}
    goals = range(starts["Ⅰ"], starts["資料編"]) if is_review else range(0)
    for page, found in enumerate(sequences(name)):
        # 見本 and the goal's name; the page's number and, above it, the key of marks
        headers, footers = is_review + (page in goals), 1 + is_review
        kinds = [
            str(each.properties["/Subtype"])
            for each in found
            if each.properties.get("/Type") == "/Pagination"
        ]
        expected = ["/Footer"] * footers + ["/Header"] * headers if page else []
        assert sorted(kinds) == expected


@SAMPLES
def test_letters_that_are_spread_are_one_word(name: str) -> None:
    texts = {mark: node.text for _, node in walk(tree_of(name)) for mark in node.marks}
    spread = [
        (texts[page, int(each.properties["/MCID"])], str(each.properties.get("/ActualText", "")))
        for page, found in enumerate(sequences(name))
        for each in found
        if "/MCID" in each.properties and each.tag != "Figure" and each.spacing > each.size / 4
    ]  # a filled line of prose is spread by less
    assert {word for _, word in spread} >= {"基本目標", "数値目標"}
    assert all(shown == said for shown, said in spread)


@pytest.mark.tools
@SAMPLES
def test_another_reader_takes_spread_letters_as_a_word(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(file_of(name))
    lines = run_tool("pdftotext", "-raw", tmp_path / "a.pdf", "-").splitlines()
    titles = [goal.title for goal in real_catalogue().goals]
    read = {plain(line) for line in lines if line.startswith("基本目標")}
    assert {f"基本目標{title}" for title in titles} <= read


# --- metadata --------------------------------------------------------------------

DC, XMP, PDF = (
    "{http://purl.org/dc/elements/1.1/}",
    "{http://ns.adobe.com/xap/1.0/}",
    "{http://ns.adobe.com/pdf/1.3/}",
)
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


@SAMPLES
def test_the_metadata_are_the_settings_and_the_same_in_both_places(name: str) -> None:
    settings = load_settings(ROOT / "reports" / name)
    with pikepdf.open(BytesIO(file_of(name))) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        language = str(pdf.Root.Lang)
        shows_title = bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        xmp = ET.fromstring(pdf.Root.Metadata.read_bytes().decode("utf-8"))

    day = settings.date
    moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    assert info["/Author"] == settings.author == _items(xmp, f"{DC}creator")[0]
    assert info["/Subject"] == settings.subject == _items(xmp, f"{DC}description")[0]
    assert info["/Keywords"] == "、".join(settings.keywords) == _text(xmp, f"{PDF}Keywords")
    assert tuple(_items(xmp, f"{DC}subject")) == settings.keywords
    title = "".join(real_catalogue().title) if name == PLAN else document_of(name).metadata.title
    assert info["/Title"] == title == _items(xmp, f"{DC}title")[0]
    assert _items(xmp, f"{DC}language") == [language] == ["ja-JP"]
    assert shows_title
    for key, tag in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
        assert info[key] == f"{moment:D:%Y%m%d%H%M%S}+09'00'"
        assert dt.datetime.fromisoformat(_text(xmp, f"{XMP}{tag}")) == moment
    assert info["/Producer"] == _text(xmp, f"{PDF}Producer")
    assert info["/Creator"] == _text(xmp, f"{XMP}CreatorTool")


def _items(xmp: ET.Element, tag: str) -> list[str]:
    return [each.text or "" for found in xmp.iter(tag) for each in found.iter(f"{RDF}li")]


def _text(xmp: ET.Element, tag: str) -> str:
    return next(each.text or "" for each in xmp.iter(tag))
