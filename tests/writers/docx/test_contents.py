"""The contents field: filled in, and right again when it is updated."""

from __future__ import annotations

import re
from typing import Any

from kpireport.document.blocks import Contents, Document, Heading, PageBreak, Section
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.docx import write_docx
from tests.documents import METADATA, document, real_plan
from tests.writers.docx.reader import has, parts, text, value
from tests.writers.docx.reviews import GOALS, heading, review_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body(made: Document | None = None) -> Any:
    data = write_docx(made) if made else review_docx()
    return parts(data)["word/document.xml"].find(f"{W}body")


def instructions(root: Any, field: str) -> list[str]:
    found = ((item.text or "").strip() for item in root.iter(f"{W}instrText"))
    return [item for item in found if item.startswith(f"{field} ")]


def named_styles() -> dict[str, Any]:
    root = parts(review_docx())["word/styles.xml"]
    return {value(style, "name"): style for style in root.iter(f"{W}style")}


def listed(instruction: str) -> set[str]:
    """Return the styles that the field takes its lines from, with their levels."""
    match = re.search(r'\\t "([^"]*)"', instruction)
    assert match
    pairs = match.group(1).split(",")
    return {",".join(pair) for pair in zip(pairs[::2], pairs[1::2], strict=True)}


def test_the_field_lists_the_headings_by_their_styles():
    [instruction] = instructions(body(), "TOC")
    assert listed(instruction) == {"Heading 1,1", "見出し 1,1", "Heading 2,2", "見出し 2,2"}
    assert r"\h" in instruction
    assert not re.search(r"\\[ou]", instruction), "LibreOffice would list bare numerals"


def test_a_style_that_is_no_word_heading_is_listed_by_its_name():
    made = document(Contents(1), Heading("a", 1, "章", HeadingStyle.PLAIN))
    assert "見出し 1（左寄せ）,1" in listed(instructions(body(made), "TOC")[0])


def test_headings_with_names_of_their_own_have_entries():
    root = body()
    entries = instructions(root, "TC")
    assert entries == [rf'TC "{numeral}　{title}" \f C' for numeral, title in GOALS]
    holders = [item for item in root.iter(f"{W}p") if instructions(item, "TC")]
    assert [text(item) for item in holders] == [f"{numeral}　{title}" for numeral, title in GOALS]


def test_a_named_heading_is_not_listed_twice_whatever_its_style():
    made = document(
        Contents(1),
        Heading("a", 1, "一", HeadingStyle.CHAPTER, "一　始め"),
        Heading("b", 1, "二", HeadingStyle.CHAPTER),
    )
    root = body(made)
    assert "Heading 1,1" not in listed(instructions(root, "TOC")[0])
    assert instructions(root, "TC") == [r'TC "一　始め" \f C', r'TC "二" \f C']


def test_quotes_and_backslashes_in_a_name_do_not_end_the_field():
    made = document(Contents(1), Heading("a", 1, "一", HeadingStyle.BOXED, 'い"ろ\\は'))
    assert instructions(body(made), "TC") == [r'TC "い\"ろ\\は" \f C']


def test_a_document_without_contents_has_no_entries():
    assert not instructions(body(real_plan()), "TC")


def test_a_heading_that_is_not_listed_has_no_level():
    styles = named_styles()
    [title] = [item for item in body().iter(f"{W}p") if text(item) == "目次"]
    style = next(
        item for item in styles.values() if item.get(f"{W}styleId") == value(title, "pPr/pStyle")
    )
    assert value(style, "name") == "TOC Heading"
    assert value(style, "pPr/outlineLvl") == "9"  # text, though it is based on a heading
    assert value(style, "basedOn") == "Heading1"


def test_every_line_leads_to_its_heading():
    root = body()
    control = root.find(f"{W}sdt")
    assert value(control, "sdtPr/docPartObj/docPartGallery") == "Table of Contents"
    marks = {item.get(f"{W}name") for item in root.iter(f"{W}bookmarkStart")}
    links = [item.get(f"{W}anchor") for item in control.iter(f"{W}hyperlink")]
    assert len(links) == len(control.findall(f"{W}sdtContent/{W}p"))
    assert set(links) <= marks
    assert [item.split()[1] for item in instructions(control, "PAGEREF")] == links


def test_fields_begin_and_end_in_order():
    depth = 0
    for mark in body().iter(f"{W}fldChar"):
        depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(f"{W}fldCharType")]
        assert 0 <= depth <= 2
    assert depth == 0


def test_a_section_never_ends_inside_the_contents():
    """Word would take the section's end away when it updates the field."""
    blocks = (heading("a", 1, "章", HeadingStyle.CHAPTER), Contents(1))
    made = Document(METADATA, (Section(blocks), Section((paragraph("文", TextStyle.BODY),))))
    root = body(made)
    assert not list(root.find(f"{W}sdt").iter(f"{W}sectPr"))
    assert len(list(root.iter(f"{W}sectPr"))) == 2


def test_the_page_stands_at_the_margin_in_landscape_too():
    blocks = (heading("a", 1, "章", HeadingStyle.CHAPTER), Contents(1))
    upright, wide = (
        next(body(Document(METADATA, (Section(blocks, landscape=wide),))).iter(f"{W}sdt"))
        for wide in (False, True)
    )
    line = f"{W}sdtContent/{W}p"
    assert not has(upright.find(line), "pPr/tabs")
    stops = [(tab.get(f"{W}val"), tab.get(f"{W}pos")) for tab in wide.find(line).iter(f"{W}tab")]
    assert stops[:2] == [("clear", "9638"), ("right", "14570")]  # the style's would come first
    style = named_styles()["toc 1"]
    assert value(style, "pPr/tabs/tab", "pos") == "9638"
    assert value(style, "pPr/tabs/tab", "leader") == "dot"


def test_the_first_line_begins_a_page_where_it_should():
    text_before = paragraph("文", TextStyle.BODY)
    made = document(text_before, PageBreak(), Contents(1))
    lines = body(made).find(f"{W}sdt/{W}sdtContent").findall(f"{W}p")
    assert [has(line, "pPr/pageBreakBefore") for line in lines] == [True]


def test_a_status_stands_in_a_column_before_the_number():
    made = document(
        Contents(2),
        Heading("a", 2, "計画", HeadingStyle.SECTION, status="◎１ △２"),
        Heading("b", 2, "資料", HeadingStyle.SUBSECTION),
    )
    root = body(made)
    lines = root.findall(f"{W}sdt/{W}sdtContent/{W}p")
    listed, plain = (line for line in lines if text(line).startswith(("計画", "資料")))
    stops = [
        (tab.get(f"{W}val"), tab.get(f"{W}leader"), tab.get(f"{W}pos"))
        for tab in listed.find(f"{W}pPr/{W}tabs")
    ]
    assert stops == [("right", "dot", "9113"), ("right", None, "9638")]
    assert not has(plain, "pPr/tabs")
    assert text(listed).split("\t")[:2] == ["計画", "◎１ △２"]


def test_a_status_is_still_there_when_the_field_is_updated():
    heading_ = Heading("a", 2, "計画", HeadingStyle.SECTION, status="◎１ △２")
    root = body(document(Contents(2), heading_))
    assert instructions(root, "TC") == [r'TC "計画　◎１ △２" \f C \l 2']
    assert "Heading 2,2" not in listed(instructions(root, "TOC")[0])
