"""Headings of rows in Word: a bookmark and a line for the contents, nothing to be seen."""

from __future__ import annotations

from typing import Any

from kpireport.document.blocks import SamplePage
from kpireport.writers.docx import write_docx
from tests.documents import document
from tests.rows import PLANS, headed_document, headed_table
from tests.writers.docx.reader import parts, text
from tests.writers.docx.test_contents import instructions, listed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body(made: Any = None) -> Any:
    return parts(write_docx(made or headed_document()))["word/document.xml"]


def test_the_first_cell_of_the_row_is_bookmarked() -> None:
    (table,) = body().iter(f"{W}tbl")
    marks = {mark.get(f"{W}name"): mark for mark in table.iter(f"{W}bookmarkStart")}
    assert list(marks) == [f"p{number}" for number in range(1, 6)]
    for plan, mark in zip(PLANS, marks.values(), strict=True):
        paragraph = mark.getparent()
        assert text(paragraph) == plan
        ends = [each.get(f"{W}id") for each in paragraph.iter(f"{W}bookmarkEnd")]
        assert ends == [mark.get(f"{W}id")]


def test_their_lines_in_the_contents_come_from_fields() -> None:
    root = body()
    assert instructions(root, "TC") == [rf'TC "{plan}　名前" \f C \l 2' for plan in PLANS]
    (contents,) = instructions(root, "TOC")
    assert not {each for each in listed(contents) if "ROW" in each or "名前" in each}
    lines = [
        text(line) for line in root.iter(f"{W}p") if line.find(f"{W}pPr/{W}pStyle") is not None
    ]
    for plan in PLANS:
        assert any(line.startswith(f"{plan}　名前") for line in lines)


def test_a_text_that_refers_to_a_row_is_a_link_and_keeps_its_words() -> None:
    root = body()
    (link,) = (
        each
        for each in root.iter(f"{W}hyperlink")
        if each.get(f"{W}anchor") == "p5" and text(each) == "計画５を参照"
    )
    assert link is not None
    assert not instructions(root, "REF")


def test_a_sample_of_such_rows_has_no_bookmarks() -> None:
    sample = SamplePage("Ⅰ", (headed_table(),), (), "見本")
    names = [mark.get(f"{W}name") for mark in body(document(sample)).iter(f"{W}bookmarkStart")]
    assert not {"p1", "p5"} & set(names)
