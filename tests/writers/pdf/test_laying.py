"""Pages are laid out as they are asked for; painted first or counted first, they are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.pdfbase import pdfmetrics

from kpireport.document.blocks import Block, Document, PageBreak, Paragraph, Section, Span
from kpireport.document.styles import TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.fonts import load_font
from kpireport.writers.pdf.flows import Area, Flow, FlowMaker
from kpireport.writers.pdf.pages import lay_pages
from kpireport.writers.pdf.painter import Painter, make_canvas
from kpireport.writers.pdf.strips import Run
from kpireport.writers.pdf.structure import Element, Structure
from kpireport.writers.pdf.writer import lay_out, paint
from kpireport.writers.theme import DEFAULT_THEME, Typeface
from tests.documents import METADATA, heading
from tests.writers.pdf.reader import read_pages

LINE = paragraph("文", TextStyle.BODY)


def made() -> Document:
    """Three pages, of which the first tells where the last is."""
    told = Paragraph((Span("", target="goal", is_page=True), Span("ページ")), TextStyle.BODY)
    blocks = (heading("h", "章"), told, PageBreak(), LINE, PageBreak(), heading("goal", "目標"))
    return Document(METADATA, (Section(blocks),))


def test_what_is_counted_first_is_painted_the_same() -> None:
    counted, painted = lay_out(made()), lay_out(made())
    assert counted.page_numbers["goal"] == "3"
    assert paint(counted) == paint(painted)
    assert painted.page_numbers == counted.page_numbers
    assert painted.table_breaks == counted.table_breaks
    assert painted.page_begins == counted.page_begins


def test_a_page_that_was_taken_is_not_kept() -> None:
    laid = lay_out(made())
    assert len(laid.pages) == 3
    assert next(laid.take()) not in laid.pages
    assert len(laid.pages) == 2
    paint(laid)
    assert not laid.pages


def test_a_page_is_handed_on_before_the_next_is_begun() -> None:
    """Neither a further section nor what is behind the next page break has been set."""
    made: list[Flow] = []

    class Noting(FlowMaker):
        def make(self, blocks: Sequence[Block], area: Area) -> Iterator[Flow]:
            for flow in super().make(blocks, area):
                made.append(flow)
                yield flow

    section = Section((LINE, PageBreak(), LINE, PageBreak(), LINE))
    maker = Noting(DEFAULT_THEME, Element("Document", None))
    pages = lay_pages((section, replace(section, landscape=True)), maker)
    next(pages)
    assert len(made) == 4
    assert len(list(pages)) == 5
    assert len(made) == 10


def test_text_behind_a_number_that_there_is_none_of_has_its_font() -> None:
    pdfmetrics.registerFont(load_font(Typeface.GOTHIC))
    gothic, mincho = load_font(Typeface.GOTHIC), load_font(Typeface.MINCHO)
    painter = Painter(make_canvas(gothic, "題"), Structure(Element("Document", None)))
    painter.run(Run("前", mincho, 9.0, 0.0, 9.0), 20, 50, None)
    painter.number(gothic, 9.0, None, str)  # what links to a page without a number
    painter.run(Run("7", gothic, 9.0, 0.0, 4.5), 40, 50, None)
    painter.end_page((200, 100))
    (page,) = read_pages(painter.finish({}))
    fonts = {char["text"]: char["fontname"].split("+")[-1] for char in page.chars}
    assert fonts == {"前": "BIZUDMincho-Regular", "7": "BIZUDGothic-Regular"}
