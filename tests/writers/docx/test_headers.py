"""Notices in the page headers, section by section."""

from __future__ import annotations

from kpireport.document.blocks import Document, Section, TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.docx import write_docx
from tests.documents import METADATA, real_plan
from tests.writers.docx import letterheads
from tests.writers.docx.reader import parts, text, value
from tests.writers.docx.reviews import NOTICES, review, review_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TEXT = (paragraph("文", TextStyle.BODY),)


def headers(data: bytes) -> list[dict[str, list[str]]]:
    """Return the lines of every section's headers by the pages that they are for."""
    found = parts(data)
    targets = {
        relation.get("Id"): f"word/{relation.get('Target')}"
        for relation in found["word/_rels/document.xml.rels"]
    }
    return [
        {
            reference.get(f"{W}type"): [
                text(line) for line in found[targets[reference.get(f"{R}id")]].iter(f"{W}p")
            ]
            for reference in section.findall(f"{W}headerReference")
        }
        for section in found["word/document.xml"].iter(f"{W}sectPr")
    ]


def notices(*sections: tuple[str, ...], base: bytes | None = None) -> list[dict[str, list[str]]]:
    made = Document(METADATA, tuple(Section(TEXT, notices=lines) for lines in sections))
    return headers(write_docx(made, base=base))


def test_every_section_says_its_own_notices_and_no_others():
    assert headers(review_docx()) == [
        {"default": [""]},
        {"default": [NOTICES[0]]},
        {"default": list(NOTICES)},
        {"default": list(NOTICES)},
        {"default": [""]},
    ]


def test_a_document_without_notices_has_no_headers():
    assert not any(headers(write_docx(real_plan())))


def test_equal_notices_are_one_part():
    data = review_docx()
    assert len([name for name in parts(data) if "notices" in name]) == 3


def test_notices_are_in_words_own_style_for_headers_at_the_right():
    found = parts(review_docx())
    style = next(
        item
        for item in found["word/styles.xml"].iter(f"{W}style")
        if value(item, "name") == "header"
    )
    assert value(style, "pPr/jc") == "right"
    for name in (name for name in found if "notices" in name):
        for line in found[name].iter(f"{W}p"):
            assert value(line, "pPr/pStyle") == style.get(f"{W}styleId")


def letterhead(**pages: str) -> bytes:
    """Return the base with a header for each of ``pages``, a relationship to each."""
    opened = letterheads.template_document()
    for section in opened.sections:
        section.different_first_page_header_footer = "first" in pages
        for kind, line in pages.items():
            header = section.first_page_header if kind == "first" else section.header
            header.is_linked_to_previous = False
            header.paragraphs[0].text = line
            header.part.relate_to("https://example.jp/", f"{R[1:-1]}/hyperlink", is_external=True)
    return letterheads.saved(opened)


def test_notices_stand_below_a_letterhead_on_all_kinds_of_pages():
    base = letterhead(default="練馬区", first="区章")
    assert notices(("見本",), (), base=base) == [
        {"default": ["練馬区", "見本"], "first": ["区章", "見本"]},
        {"default": ["練馬区"], "first": ["区章"]},
    ]


def test_a_letterhead_for_first_pages_alone_leaves_room_for_notices_on_the_others():
    base = letterhead(first="区章")
    assert notices(("見本",), base=base) == [{"default": ["見本"], "first": ["区章", "見本"]}]


def test_a_letterheads_relationships_go_with_it():
    made = Document(METADATA, (Section(TEXT, notices=("見本",)),))
    found = parts(write_docx(made, base=letterhead(default="練馬区")))
    [name] = [name for name in found if name.startswith("word/notices")]
    assert f"word/_rels/{name.removeprefix('word/')}.rels" in found


def test_no_header_is_in_the_file_that_no_section_shows():
    """Any program drops such a one when it saves the file: it would seem to be edited."""
    found = parts(write_docx(review(), base=letterhead(default="練馬区")))
    shown = {
        reference.get(f"{R}id")
        for section in found["word/document.xml"].iter(f"{W}sectPr")
        for reference in section
        if reference.tag.endswith("Reference")
    }
    related = {
        relation.get("Id")
        for relation in found["word/_rels/document.xml.rels"]
        if relation.get("Type").endswith(("/header", "/footer"))
    }
    assert related == shown
