"""Numbers of pages in texts and cells, and where links in cells lead, in both writers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from kpireport.document.blocks import (
    Caption,
    CaptionKind,
    Cell,
    Document,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from kpireport.document.styles import CellStyle, TableStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.docx import write_docx
from kpireport.writers.docx.line_ends import LINE_ENDS, with_line_ends
from kpireport.writers.pdf.writer import lay_out, write_pdf
from kpireport.writers.theme import DEFAULT_THEME
from tests.documents import METADATA, heading
from tests.writers.docx.reader import parts, text
from tests.writers.pdf.reader import read_pages, read_structure

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE = Span("", target="goal", is_page=True)
PAGES = 12  # of which the goal is on the last


def made() -> Document:
    in_text = Paragraph((Span("詳しくは"), PAGE, Span("ページ")), TextStyle.BODY)
    in_cell = Paragraph((Span("目標へ", target="goal"), Span("　"), PAGE), TextStyle.DENSE_VALUE)
    row = Row((Cell((in_cell,), CellStyle.DENSE),))
    table = Table(TableStyle.SUMMARY, (1,), (), (row,), "表", "説明")
    filler = [
        block for _ in range(PAGES - 1) for block in (PageBreak(), paragraph("文", TextStyle.BODY))
    ]
    blocks = (heading("h", "章"), in_text, table, *filler, heading("goal", "目標", level=2))
    return Document(METADATA, (Section(blocks),))


@cache
def pdf() -> bytes:
    return write_pdf(made())


def test_the_pdf_prints_the_number_in_texts_and_in_cells() -> None:
    tree = read_structure(pdf())
    texts = [node.text for node in tree.find_all("P", "TD")]
    assert f"詳しくは{PAGES}ページ" in texts
    assert f"目標へ　{PAGES}" in texts


def test_it_is_a_link_and_so_is_any_reference_in_a_cell() -> None:
    links = [link for node in read_structure(pdf()).find_all("Link") for link in node.links]
    assert [link.description for link in links] == [
        f"{PAGES}ページへ移動",
        "目標へへ移動",
        f"{PAGES}ページへ移動",
    ]
    assert {link.page for link in links} == {PAGES - 1}


def index() -> Document:
    """What stands on one page, and what stands on two."""
    rows = tuple(
        Row((Cell((paragraph(each, TextStyle.DENSE_TEXT),), CellStyle.DENSE),), id=each)
        for each in ("row-a", "row-b", "row-c")
    )
    first, second = (
        Table(TableStyle.SUMMARY, (1,), (), part, "表", "説明") for part in (rows[:2], rows[2:])
    )
    pages = [Span("", target="row-a", is_page=True, until=each) for each in ("row-b", "row-c")]
    shown = [Paragraph((each,), TextStyle.DENSE_VALUE) for each in pages]
    cells = [Row((Cell((each,), CellStyle.DENSE),)) for each in shown]
    told = Table(TableStyle.SUMMARY, (1,), (), tuple(cells), "表", "説明")
    blocks = (heading("h", "章"), first, PageBreak(), second, PageBreak(), told)
    return Document(METADATA, (Section(blocks),))


def test_pages_from_one_to_another_are_told_where_these_are_two() -> None:
    pdf = write_pdf(index())
    said = [node.text for node in read_structure(pdf).find_all("TD")][-2:]
    assert said == ["1", "1～2"]
    laid = lay_out(index())
    root = parts(write_docx(index(), page_numbers=laid.page_numbers))["word/document.xml"]
    assert [text(each) for each in root.iter(f"{W}tc")][-2:] == ["1", "1～2"]
    fields = [each.text.split()[1] for each in root.iter(f"{W}instrText")]
    assert len(fields) == 3
    assert len(set(fields)) == 2


def test_captions_have_pages_too() -> None:
    caption = Caption("table-x", CaptionKind.TABLE, "表題", "１")
    table = Table(TableStyle.SUMMARY, (1,), (), (), "表", "説明", caption)
    said = Paragraph((Span("", target="table-x", is_page=True),), TextStyle.BODY)
    filled = replace(table, rows=(Row((Cell((said,), CellStyle.DENSE),)),))
    document = Document(METADATA, (Section((heading("h", "章"), PageBreak(), filled)),))
    assert lay_out(document).page_numbers["table-x"] == "2"
    assert "2" in [node.text for node in read_structure(write_pdf(document)).find_all("TD")]


def test_the_number_has_the_room_that_was_kept_for_it() -> None:
    chars = read_pages(pdf())[0].chars
    line = [char for char in chars if abs(char["y0"] - chars[1]["y0"]) < 3]
    at = next(i for i, char in enumerate(line) if char["text"] == "は")
    first, second, after = line[at + 1 : at + 4]
    assert (first["text"], second["text"], after["text"]) == ("1", "2", "ペ")
    assert abs(second["x1"] - after["x0"]) < 0.5
    assert abs(line[at]["x1"] - first["x0"]) < 0.5


def test_word_has_fields_that_say_todays_number() -> None:
    laid = lay_out(made())
    data = write_docx(made(), page_numbers=laid.page_numbers)
    root = parts(data)["word/document.xml"]
    fields = [each.text.strip() for each in root.iter(f"{W}instrText")]
    assert fields.count(r"PAGEREF goal \h") == 2
    texts = [text(each) for each in root.iter(f"{W}p")]
    assert f"詳しくは{PAGES}ページ" in texts
    assert f"目標へ　{PAGES}" in texts


def test_a_line_of_word_has_room_for_the_number() -> None:
    look = DEFAULT_THEME.text[TextStyle.DENSE_TEXT]
    said = Paragraph((Span("文" * 5), PAGE), TextStyle.DENSE_TEXT)
    narrow, wide = (with_line_ends(said, look, em * look.size) for em in (5.5, 6.5))
    # which of its even breaks is nicest is not asked here: the five letters alone would fit
    shown = "".join(span.text for span in narrow.spans)
    assert shown.count(LINE_ENDS) == 1
    assert shown.replace(LINE_ENDS, "") == "文" * 5
    assert [span.text for span in wide.spans] == ["文" * 5, ""]
