"""Blocks → a PDF file: lay out all pages, paint them, add the structure, finish.

The only module of this package that knows all its stages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from kpireport.document.blocks import Document, DocumentMetadata, Span
from kpireport.writers.fonts import load_font
from kpireport.writers.pdf.flows import FlowMaker
from kpireport.writers.pdf.pages import Page, foot_bottom, lay_pages
from kpireport.writers.pdf.painter import Painter, make_canvas
from kpireport.writers.pdf.strips import lines_to_strips
from kpireport.writers.pdf.structure import Element, Structure
from kpireport.writers.pdf.typeset import set_in_one_line, set_lines, text_width
from kpireport.writers.theme import DEFAULT_THEME, Theme, Typeface

if TYPE_CHECKING:
    from kpireport.writers.pdf.attachments import PdfAttachment


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document on its pages, not painted yet.

    ``page_numbers`` are the printed pages of headings, captions and notes, by their ids;
    ``page_begins`` the ids of headings that begin a page though some lines would have fitted
    on the one before;
    ``table_breaks`` for each table outside of others the rows below its header that begin a
    page, with how many points the page before lacked for them.
    """

    metadata: DocumentMetadata
    theme: Theme
    root: Element
    pages: Sequence[Page]
    page_numbers: Mapping[str, str]
    page_begins: Collection[str]
    table_breaks: Sequence[Mapping[int, float]]


def lay_out(document: Document, *, theme: Theme = DEFAULT_THEME) -> LaidOut:
    """Return ``document`` laid out on pages."""
    root = Element("Document", None)
    maker = FlowMaker(theme, root, tuple(document.headings()))
    pages = lay_pages(document.sections, maker)
    return LaidOut(
        document.metadata,
        theme,
        root,
        pages,
        maker.page_numbers,
        maker.page_begins,
        maker.table_breaks,
    )


def paint(
    laid_out: LaidOut,
    *,
    moment: dt.datetime | None = None,
    attachments: Sequence[PdfAttachment] = (),
) -> bytes:
    """Return the pages as a PDF file, as :func:`write_pdf` does; can be done once."""
    font = load_font(Typeface.GOTHIC)
    pdfmetrics.registerFont(font)  # the canvas looks its initial font up by name
    canvas = make_canvas(font, laid_out.metadata.title)
    painter = Painter(canvas, Structure(laid_out.root), laid_out.page_numbers)
    for page in laid_out.pages:
        _paint_page(painter, page, laid_out.theme)
        page.items.clear()  # a long document's pages would stand in memory twice
    # who lays out alone has no file to finish
    from kpireport.writers.pdf.archive import finish_pdf  # noqa: PLC0415

    _add_outline(painter.canvas, laid_out.pages)
    _add_page_labels(painter.canvas, laid_out.pages)
    return finish_pdf(
        painter.finish(),
        painter.structure,
        painter.destinations,
        laid_out.metadata,
        moment=moment,
        attachments=attachments,
    )


def write_pdf(
    document: Document,
    *,
    theme: Theme = DEFAULT_THEME,
    moment: dt.datetime | None = None,
    attachments: Sequence[PdfAttachment] = (),
) -> bytes:
    """Return ``document`` as a PDF file that is PDF/UA-1 and PDF/A-2a, or 3a with attachments.

    The same document gives the same bytes.

    Args:
        document: the document, final in every word.
        theme: the looks.
        moment: when the file says that it was made, with its time zone; without one,
            as the document's day begins in Japan.
        attachments: the files that the document was made from, each name once.

    Raises:
        KpiReportError: a chart has a character that no font draws.
        ValueError: two attachments have one name.
    """
    return paint(lay_out(document, theme=theme), moment=moment, attachments=attachments)


def _paint_page(painter: Painter, page: Page, theme: Theme) -> None:
    for placed in page.items:
        placed.item.paint(painter, placed.x, placed.top)
    if page.number:
        _paint_page_number(painter, page, theme)
    _paint_notices(painter, page, theme)
    _paint_head(painter, page, theme)
    _paint_foot(painter, page, theme)
    for bookmark, top in page.bookmarks:
        painter.canvas.bookmarkHorizontal(bookmark.id, 0, top)
        painter.anchor(bookmark.id, top)
    for identifier, top in page.anchors:
        painter.anchor(identifier, top)
    painter.end_page((page.width, page.height))


def _paint_page_number(painter: Painter, page: Page, theme: Theme) -> None:
    look = theme.page_number
    line = set_lines((Span(page.number),), look, page.width)
    strip = lines_to_strips(line, look)[0]
    with painter.pagination("Footer"):
        painter.strip(strip, (), 0, theme.page.page_number_baseline + strip.baseline)


def _paint_notices(painter: Painter, page: Page, theme: Theme) -> None:
    """Paint the page's notices at its top right; the cover says them as text."""
    look, width = theme.notice, page.width - 2 * theme.page.margin_x
    top = page.height - theme.page.margin_top / 2 + look.leading * len(page.notices) / 2
    for notice in page.notices:
        line = set_lines((Span(notice),), look, width)
        strip = lines_to_strips(line, look)[0]
        with painter.pagination("Header"):
            painter.strip(strip, (), theme.page.margin_x, top)
        top -= look.leading


def _paint_head(painter: Painter, page: Page, theme: Theme) -> None:
    """Paint the running head at the page's top left, as far as the notices leave room."""
    if not page.head:
        return
    look, notice = theme.head, theme.notice
    font = load_font(notice.typeface, bold=notice.bold)
    taken = max((text_width(each, font, notice.size) for each in page.notices), default=0.0)
    room = page.width - 2 * theme.page.margin_x - (taken + look.size if taken else 0.0)
    line = set_in_one_line(page.head, look, room)
    strip = lines_to_strips((line,), look)[0]
    lines = max(1, len(page.notices))
    top = page.height - theme.page.margin_top / 2 + notice.leading * lines / 2
    with painter.pagination("Header"):
        painter.strip(strip, (), theme.page.margin_x, top)


def _paint_foot(painter: Painter, page: Page, theme: Theme) -> None:
    """Paint the key of marks above the page number."""
    if not page.foot:
        return
    look = theme.foot
    lines = set_lines((Span(page.foot),), look, page.width - 2 * theme.page.margin_x)
    top = foot_bottom(theme) + len(lines) * look.leading
    with painter.pagination("Footer"):
        for strip in lines_to_strips(lines, look):
            painter.strip(strip, (), theme.page.margin_x, top)
            top -= strip.height


def _add_outline(canvas: Canvas, pages: Sequence[Page]) -> None:
    """Add a bookmark for every heading; a level is at most one deeper than the last."""
    for page in pages:
        for bookmark, _ in page.bookmarks:
            canvas.addOutlineEntry(bookmark.title, bookmark.id, bookmark.level - 1)
    canvas.showOutline()


def _add_page_labels(canvas: Canvas, pages: Sequence[Page]) -> None:
    """Label pages as they are printed, so that a reader can go to page 3 (12.4.2)."""
    for index, page in enumerate(pages):
        if page.number:
            canvas.addPageLabel(index, style="ARABIC", start=int(page.number))
        else:
            canvas.addPageLabel(index, prefix="表紙")
