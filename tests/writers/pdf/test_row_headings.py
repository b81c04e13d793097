"""Headings of rows: the contents, the bookmarks and references lead to the rows."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pikepdf

from kpireport.writers.pdf.writer import lay_out, write_pdf
from tests.rows import PLANS, headed_document
from tests.writers.pdf.reader import Link, Node, read_pages, read_structure


@cache
def made() -> bytes:
    return write_pdf(headed_document())


def tree() -> Node:
    return read_structure(made())


def places() -> dict[str, tuple[str, int, float]]:
    """Return each plan's printed page, its page, and the top of its first row's text."""
    found = {}
    for index, page in enumerate(read_pages(made())):
        text = "".join(char["text"] for char in page.chars)
        for plan in PLANS:
            at = text.find(f"{plan}-0")
            if at >= 0:
                found[plan] = (page.number, index, float(page.chars[at]["y1"]))
    return found


def assert_leads(link: Link, plan: str) -> None:
    _, index, top = places()[plan]
    assert link.page == index
    assert 0 <= link.top - top < 12


def test_the_contents_lead_to_the_rows() -> None:
    links = {link.description: link for node in tree().find_all("TOC") for link in _links(node)}
    for plan in PLANS:
        printed, _, _ = places()[plan]
        assert_leads(links[f"{plan}　名前 {printed}ページ"], plan)


def _links(node: Node) -> list[Link]:
    return [link for each in node.find_all("Link") for link in each.links]


def test_a_text_leads_to_a_row() -> None:
    (reference,) = (link for link in _links(tree()) if link.description == "計画５を参照へ移動")
    assert_leads(reference, PLANS[4])


def test_rows_are_bookmarks_on_their_pages_and_below_their_chapter() -> None:
    with pikepdf.open(BytesIO(made())) as pdf, pdf.open_outline() as outline:
        (chapter,) = outline.root
        names: list[Any] = [item.title for item in chapter.children]
    assert names == [f"{plan}　名前" for plan in PLANS]
    numbers = lay_out(headed_document()).page_numbers
    assert [numbers[f"p{at}"] for at in range(1, 6)] == [places()[plan][0] for plan in PLANS]


def test_nothing_is_printed_for_them_and_each_stands_on_one_page_alone() -> None:
    table = next(tree().find_all("Table"))
    assert "名前" not in table.text
    bookmarks = [mark.id for page in lay_out(headed_document()).pages for mark, _ in page.bookmarks]
    assert bookmarks == ["h", "p1", "p2", "p3", "p4", "p5"]
