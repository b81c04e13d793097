"""The edges of pages: running heads, notices and keys of marks, artifacts all of them."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from kpireport.document.blocks import Block, Document, Section
from kpireport.document.styles import TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.pdf.writer import lay_out, write_pdf
from kpireport.writers.theme import DEFAULT_THEME, MINIMUM_SIZE
from tests.documents import METADATA, heading
from tests.writers.pdf.reader import ReadPage, read_pages

HEAD, KEY, NOTICE = "基本目標Ⅰ　子ども", "◎ 達成　△ やや遅れ", "見本：数値は架空"
PAGE = DEFAULT_THEME.page


def section(**more: str) -> Section:
    lines: list[Block] = [paragraph("文", TextStyle.BODY)] * 40
    return Section((heading("h", "章"), *lines), notices=(NOTICE,), **more)  # type: ignore[arg-type]


def pages(*sections: Section) -> tuple[ReadPage, ...]:
    return read_pages(write_pdf(Document(METADATA, sections)))


def place(page: ReadPage, text: str) -> tuple[float, float, float]:
    """Return left end, lower edge and size of what is no content."""
    chars = [char for char in page.chars if char["mcid"] is None]
    at = "".join(char["text"] for char in chars).index(text)
    return chars[at]["x0"], chars[at]["y0"], chars[at]["size"]


def test_the_head_is_at_the_left_of_every_page_beside_the_notice() -> None:
    found = pages(section(head=HEAD))
    assert len(found) > 1
    for page in found:
        left, bottom, _ = place(page, HEAD)
        _, notice_bottom, _ = place(page, NOTICE)
        assert abs(left - PAGE.margin_x) < 1
        assert abs(bottom - notice_bottom) < 0.1


def test_a_long_head_ends_before_the_notice() -> None:
    page = pages(section(head="長" * 80))[0]
    chars = [char for char in page.chars if char["mcid"] is None]
    text = "".join(char["text"] for char in chars)
    assert chars[text.index("…")]["x1"] < chars[text.index(NOTICE)]["x0"]


def test_the_key_is_small_and_stands_between_the_text_and_the_number() -> None:
    for page in pages(section(foot=KEY)):
        _, bottom, size = place(page, KEY)
        number = min(char["y0"] for char in page.chars)
        lowest = min(char["y0"] for char in page.chars if char["mcid"] is not None)
        assert size == MINIMUM_SIZE
        assert number < bottom < bottom + size < lowest


def test_a_key_of_many_lines_takes_its_room_from_the_text() -> None:
    laid = lay_out(Document(METADATA, (section(foot="◎ 達成　" * 40),)))
    few = lay_out(Document(METADATA, (section(foot=KEY),)))
    lowest = [min(item.top for item in each.pages[0].items) for each in (laid, few)]
    assert lowest[0] > lowest[1]


def test_other_sections_have_none() -> None:
    first, *others = pages(section(head=HEAD, foot=KEY), section())
    assert HEAD in first.artifacts
    assert not [page for page in others[1:] if HEAD in page.artifacts or KEY in page.artifacts]


def test_they_are_pagination_artifacts() -> None:
    with pikepdf.open(
        BytesIO(write_pdf(Document(METADATA, (section(head=HEAD, foot=KEY),))))
    ) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    assert content.count("/Artifact << /Type /Pagination /Subtype /Header >> BDC") == 2
    assert content.count("/Artifact << /Type /Pagination /Subtype /Footer >> BDC") == 2
