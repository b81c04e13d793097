"""Notices in the page headers, section by section."""

from __future__ import annotations

from kpireport.document.blocks import Document, Section
from kpireport.document.styles import TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.docx import write_docx
from tests.documents import METADATA, real_plan
from tests.writers.docx import letterheads
from tests.writers.docx.reader import has, parts, text, value
from tests.writers.docx.reviews import NOTICES, review, review_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TEXT = (paragraph("文", TextStyle.BODY),)


def headers(data: bytes, edge: str = "header") -> list[dict[str, list[str]]]:
    """Return the lines of every section's headers or footers by the pages that they are for."""
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
            for reference in section.findall(f"{W}{edge}Reference")
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


# --- running heads and keys of marks -------------------------------------------------


def edged(*, base: bytes | None = None, landscape: bool = False) -> bytes:
    sections = (
        Section(TEXT, numbered=False),
        Section(TEXT, notices=("見本", "作成中"), head="目標Ⅰ", foot="◎ 達成", landscape=landscape),
        Section(TEXT, head="目標Ⅱ"),
        Section(TEXT),
    )
    return write_docx(Document(METADATA, sections), base=base)


def test_the_head_stands_beside_the_first_notice():
    assert headers(edged()) == [
        {"default": [""]},
        {"default": ["目標Ⅰ\t見本", "作成中"]},
        {"default": ["目標Ⅱ"]},
        {"default": [""]},
    ]


def test_the_notice_beside_a_head_ends_at_the_margin_however_the_page_lies():
    for landscape, width in ((False, "9638"), (True, "14570")):
        found = parts(edged(landscape=landscape))
        [line] = (
            line
            for name in found
            if "notices" in name
            for line in found[name].iter(f"{W}p")
            if "\t" in text(line)
        )
        assert value(line, "pPr/tabs/tab", "pos") == width
        assert value(line, "pPr/jc") == "left"


def test_the_key_stands_above_the_pages_number_on_its_own_pages_alone():
    assert headers(edged(), "footer") == [
        {"default": [""]},
        {"default": ["◎ 達成", "1"]},
        {"default": ["1"]},
        {"default": ["1"]},
    ]


def test_the_key_is_smaller_than_the_number():
    found = parts(edged())
    [name] = (name for name in found if name.startswith("word/key"))
    key, number = found[name].iter(f"{W}p")
    assert value(key, "r/rPr/sz") == "16"
    assert not has(number, "r/rPr/sz")


def test_a_letterheads_own_header_and_footer_stay():
    opened = letterheads.template_document()
    for section in opened.sections:
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "練馬区"
        section.footer.is_linked_to_previous = False
        section.footer.paragraphs[0].text = "電話番号"
    base = letterheads.saved(opened)
    assert headers(edged(base=base))[1:3] == [
        {"default": ["練馬区", "目標Ⅰ\t見本", "作成中"]},
        {"default": ["練馬区", "目標Ⅱ"]},
    ]
    footers = [lines["default"] for lines in headers(edged(base=base), "footer")]
    assert footers[1][0] == "◎ 達成"
    assert "電話番号" in footers[1][1:]
    assert footers[2] == footers[1][1:]
