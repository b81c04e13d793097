"""What the page's elements are, beyond what they say: links, names, headings, nothing outside."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from kpireport.document.blocks import (
    Cell,
    Document,
    HeaderScope,
    Heading,
    Note,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from kpireport.document.styles import CellStyle, HeadingStyle, TableStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.html import html_parts, style_of, write_html
from kpireport.writers.html.texts import PAGE_LINK
from kpireport.writers.theme import DEFAULT_THEME
from tests.documents import METADATA, document, heading
from tests.writers.html.reader import cells_of, main_of, read, tables_of, text_of
from tests.writers.html.samples import NAMES, sample

EACH = pytest.mark.parametrize("name", NAMES)
HOSTILE = "<script>alert(1)</script>&amp;\"'</style>]]>"


def ids_of(page: Any) -> list[str]:
    return [each.get("id") for each in page.iter() if each.get("id")]


@EACH
def test_every_id_is_there_once_and_every_reference_finds_its_own(name: str) -> None:
    page = sample(name).page
    ids = ids_of(page)
    assert [each for each, number in Counter(ids).items() if number > 1] == []
    wanted = {link.get("href") for link in page.iter("a")}
    assert all(each.startswith("#") for each in wanted)
    wanted = {each[1:] for each in wanted}
    for attribute in ("headers", "aria-labelledby", "aria-describedby"):
        wanted |= {id_ for each in page.iter() for id_ in each.get(attribute, "").split()}
    assert wanted <= set(ids)
    assert not any(" " in each for each in ids)


@EACH
def test_everything_that_can_be_referred_to_has_its_id(name: str) -> None:
    found = sample(name)
    expected = {each.id for each in found.document.headings()}
    for block in found.document.blocks():
        if isinstance(block, Table):
            expected |= {row.id for row in block.rows if row.id}
        if isinstance(block, Note):
            expected.add(block.id)
    assert expected <= set(ids_of(found.page))


@EACH
def test_nothing_is_fetched_and_nothing_runs(name: str) -> None:
    page = sample(name).page
    kinds = {each.tag for each in page.iter() if isinstance(each.tag, str)}
    assert not kinds & {"script", "link", "img", "iframe", "object", "use", "image", "form"}
    names = {attribute for each in page.iter() for attribute in each.attrib}
    assert not any(each.startswith("on") or each in ("src", "style") for each in names)
    (style,) = page.iter("style")
    assert "url(" not in style.text
    assert "@import" not in style.text


@EACH
def test_headings_begin_with_the_title_and_skip_no_level(name: str) -> None:
    page = sample(name).page
    levels = [int(each.tag[1]) for each in page.iter() if re.fullmatch("h[1-6]", str(each.tag))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@EACH
def test_every_picture_is_told_of_or_is_decoration(name: str) -> None:
    pictures = list(sample(name).page.iter("svg"))
    for svg in pictures:
        told = svg.get("role") == "img" and svg.get("aria-label")
        assert bool(told) != (svg.get("aria-hidden") == "true")
        assert not list(svg.iter("style", "defs"))
        assert not any(each.get("id") for each in svg.iter())


@EACH
def test_what_is_scrolled_can_be_reached_and_has_a_name_of_its_own(name: str) -> None:
    page = sample(name).page
    scrolled = main_of(page).find_class("scrolled")
    names = [each.get("aria-label") for each in scrolled]
    assert all((each.get("role"), each.get("tabindex")) == ("region", "0") for each in scrolled)
    assert all(names)
    assert len(set(names)) == len(names)
    wide = [each for each in tables_of(page) if len(each.findall("colgroup/col")) > 4]
    assert all("scrolled" in each.getparent().get("class") for each in wide)


def test_regions_of_one_name_are_told_apart() -> None:
    cells = tuple(Cell((paragraph("値", TextStyle.TABLE_TEXT),), CellStyle.TEXT) for _ in range(5))
    table = Table(TableStyle.KPI, (1,) * 5, (), (Row(cells),), "表", "説明")
    page = read(write_html(document(table, table)))
    names = [each.get("aria-label") for each in main_of(page).find_class("scrolled")]
    assert names == ["表", "表（2）"]


@EACH
def test_tables_have_a_caption_and_a_description(name: str) -> None:
    found = sample(name)
    blocks = [block for block in found.document.blocks() if isinstance(block, Table)]
    for block, table in zip(blocks, tables_of(found.page), strict=True):
        (caption,) = table.iter("caption")
        assert text_of(caption) == (block.caption.printed if block.caption else block.title)
        about = found.page.get_element_by_id(table.get("aria-describedby"))
        assert (about.text, about.get("hidden") is not None) == (block.description, True)
        assert len(table.findall("thead/tr")) == len(block.header_rows)
        assert len(table.findall("tbody/tr")) == len(block.rows)


def test_notes_and_what_refers_to_them_lead_to_each_other() -> None:
    page = sample("plan").page
    notes = page.xpath("//*[@role='doc-footnote']")
    assert len(notes) == 3
    for note in notes:
        (back,) = note.xpath(".//*[@role='doc-backlink']")
        there = page.get_element_by_id(back.get("href")[1:])
        assert (there.tag, there.get("role")) == ("a", "doc-noteref")
        assert there.get("href") == f"#{note.get('id')}"
        assert there.text == back.text


def test_a_note_that_nothing_refers_to_leads_nowhere() -> None:
    note = Note("n", "※", (paragraph("注です。", TextStyle.NOTE),))
    page = read(write_html(document(note)))
    assert not page.xpath("//*[@role='doc-backlink']")
    assert page.get_element_by_id("n").text_content() == "※注です。"


def test_a_pages_number_is_a_link_to_its_row() -> None:
    where = Span("", target="row-x", is_page=True)
    row = Row((Cell((paragraph("指標", TextStyle.DENSE_TEXT),), CellStyle.DENSE),), id="row-x")
    table = Table(TableStyle.KPI, (1,), (), (row,), "表", "説明")
    page = read(write_html(document(Paragraph((where, Span("頁")), TextStyle.BODY), table)))
    (link,) = page.xpath("//main//a")
    assert (link.text, link.tail, link.get("href")) == (PAGE_LINK, "頁", "#row-x")
    assert page.get_element_by_id("row-x").tag == "tr"
    assert page.get_element_by_id("row-x.0").text == "指標"  # a value is a place, too


def test_a_row_that_begins_several_sections_has_a_place_for_each() -> None:
    headings = tuple(
        Heading(id_, level, id_, HeadingStyle.ROW) for id_, level in (("a", 2), ("b", 3))
    )
    cell = Cell((paragraph("計画", TextStyle.TABLE_TEXT),), CellStyle.PLAN, scope=HeaderScope.ROW)
    row = Row((cell, cell), headings=headings, id="row-x")
    table = Table(TableStyle.KPI, (1, 1), (), (row,), "表", "説明")
    page = read(write_html(document(table)))
    assert page.get_element_by_id("row-x").tag == "tr"
    first, second = page.get_element_by_id("row-x")
    assert [each.get("id") for each in first] == ["a", "b"]
    assert text_of(first) == text_of(second) == "計画"


def test_a_mark_is_heard_as_its_word() -> None:
    spoken = Span("◎", spoken="達成")
    page = read(write_html(document(Paragraph((spoken, Span("です")), TextStyle.BODY))))
    (mark,) = page.xpath("//main//span[@role='img']")
    assert (mark.text, mark.get("aria-label"), mark.tail) == ("◎", "達成", "です")


def test_a_mark_beside_its_word_is_not_heard() -> None:
    beside = Span("◎", spoken=" ")
    page = read(write_html(document(Paragraph((beside, Span("達成")), TextStyle.BODY))))
    (mark,) = page.xpath("//main//span[@aria-hidden='true']")
    assert (mark.text, mark.tail) == ("◎", "達成")


def test_a_numeral_is_heard_with_its_name() -> None:
    boxed = Heading("g", 1, "Ⅰ", HeadingStyle.BOXED, outline="Ⅰ　まち")
    page = read(write_html(Document(METADATA, (Section((boxed,)),))))
    assert page.get_element_by_id("g").get("aria-label") == "Ⅰ　まち"


# --- what stands around the document -----------------------------------------------


def test_the_head_says_what_the_document_is() -> None:
    page = read(write_html(document(paragraph("文", TextStyle.BODY))))
    assert page.get("lang") == "ja"
    assert page.findtext("head/title") == METADATA.title
    said = {each.get("name"): each.get("content") for each in page.iter("meta")}
    assert said["author"] == METADATA.author
    assert said["keywords"] == "鍵１, 鍵２"
    assert said["dcterms.date"] == "2019-07-01"


def test_notices_stand_above_the_page_and_on_each_printed_one() -> None:
    made = document(paragraph("文", TextStyle.BODY))
    noticed = replace(made, sections=(replace(made.sections[0], notices=("作成中", HOSTILE)),))
    page = read(write_html(noticed))
    (band,) = page.find_class("notices")
    assert band.text == f"作成中　{HOSTILE}"
    (style,) = page.iter("style")
    assert "作成中" in style.text
    assert "<" not in style.text  # nothing can end it
    assert not read(write_html(made)).find_class("notices")


def test_the_key_of_marks_stands_once_at_the_end_of_its_section() -> None:
    blocks = (heading("a", "章"), heading("b", "次の章"))
    page = read(write_html(Document(METADATA, (Section(blocks, foot="◎ 達成"),))))
    (foot,) = page.find_class("foot")
    assert (foot.text, foot.getparent().get("id")) == ("◎ 達成", "part-b")


def test_all_texts_are_escaped() -> None:
    hostile = replace(METADATA, title=HOSTILE, author=HOSTILE, subject=HOSTILE)
    cell = Cell((paragraph(HOSTILE, TextStyle.TABLE_TEXT),), CellStyle.TEXT)
    table = Table(TableStyle.KPI, (1,), (), (Row((cell,)),), HOSTILE, HOSTILE)
    blocks = (
        heading("h", HOSTILE),
        paragraph(HOSTILE, TextStyle.BODY),
        Paragraph((Span(HOSTILE, spoken=HOSTILE),), TextStyle.BODY),
        table,
    )
    page = read(write_html(Document(hostile, (Section(blocks),))))
    assert not list(page.iter("script"))
    assert [each.text for each in page.iter("h1", "p", "td") if each.text] == [HOSTILE] * 4
    assert page.xpath("//main//span")[0].get("aria-label") == HOSTILE
    assert page.findtext("head/title") == HOSTILE


# --- parts -------------------------------------------------------------------------


def test_the_parts_are_what_the_page_has() -> None:
    found = sample("2021")
    at = 0
    for part in html_parts(found.document):
        assert part.markup.startswith(f'<section id="{part.id}"'.encode())
        at = found.data.index(part.markup, at) + len(part.markup)
    chapters = [each for each in found.document.headings() if each.level == 1]
    ids = [part.id for part in html_parts(found.document)]
    assert [each for each in ids if not each[5].isdigit()] == [
        f"part-{each.id}" for each in chapters
    ]


def test_a_changed_text_changes_its_own_part_alone() -> None:
    def made(text: str) -> Document:
        chapters = ((heading(f"h{number}", f"章{number}")) for number in range(3))
        blocks = [each for h in chapters for each in (h, paragraph(f"{h.id}の文", TextStyle.BODY))]
        blocks[3] = paragraph(text, TextStyle.BODY)
        return Document(METADATA, (Section(tuple(blocks)),))

    before, after = html_parts(made("前")), html_parts(made("後"))
    differing = [a.id for b, a in zip(before, after, strict=True) if b.digest != a.digest]
    assert differing == ["part-h1"]


def test_the_style_knows_every_class_whatever_the_document() -> None:
    """A part that is replaced finds its classes in the page that it comes into."""
    style = style_of(DEFAULT_THEME)
    for name in NAMES:
        page = sample(name).page
        used = {each for element in page.iter() for each in element.get("class", "").split()}
        structural = {"begins", "outline-title"}
        assert [each for each in used - structural if f".{each}" not in style] == []
    assert style_of(DEFAULT_THEME, ("作成中",)) != style


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_html(sample("2021").document) == sample("2021").data


def test_a_header_of_its_row_and_its_column_is_named_by_both() -> None:
    corner = Cell((paragraph("両", TextStyle.TABLE_TEXT),), CellStyle.TEXT, scope=HeaderScope.BOTH)
    plain_cells = [
        Cell((paragraph(each, TextStyle.TABLE_TEXT),), CellStyle.TEXT) for each in ("右", "下")
    ]
    rows = (Row((corner, plain_cells[0])), Row((plain_cells[1], plain_cells[1])))
    table = Table(TableStyle.KPI, (1, 1), (), rows, "表", "説明")
    (read_table,) = tables_of(read(write_html(document(table))))
    _, right, below, beyond = cells_of(read_table)
    assert (set(right.headers), set(below.headers), set(beyond.headers)) == ({"両"}, {"両"}, set())
