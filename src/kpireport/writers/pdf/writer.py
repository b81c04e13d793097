"""Blocks → a PDF file: lay out all pages, paint them, add the structure, finish.

The only module of this package that knows all its stages.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics

from kpireport.document.blocks import Document, Span
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


class LaidOut:
    """A document on its pages, not painted yet.

    Pages are laid out when they are asked for: who paints them first, and then asks what they
    all tell, has one page at a time in memory. Else those that nobody has taken are kept.
    """

    def __init__(self, document: Document, theme: Theme) -> None:
        """Begin to lay ``document`` out."""
        self.metadata, self.theme = document.metadata, theme
        self.root = Element("Document", None)
        self._maker = FlowMaker(theme, self.root, tuple(document.headings()))
        self._laying = lay_pages(document.sections, self._maker)
        self._kept: deque[Page] = deque()

    def take(self) -> Iterator[Page]:
        """Yield the pages in order, each of them once."""
        while self._kept:
            yield self._kept.popleft()
        yield from self._laying

    @property
    def pages(self) -> Sequence[Page]:
        """All pages that nobody has taken."""
        self._kept.extend(self._laying)
        return self._kept

    @property
    def page_numbers(self) -> Mapping[str, str]:
        """The printed pages of headings, captions and notes, by their ids."""
        self._kept.extend(self._laying)
        return self._maker.page_numbers

    @property
    def page_begins(self) -> Collection[str]:
        """The ids of headings that begin a page though the one before had room for some lines."""
        self._kept.extend(self._laying)
        return self._maker.page_begins

    @property
    def table_breaks(self) -> Sequence[Mapping[int, float]]:
        """For each table outside of others the rows that begin a page.

        They are counted below its header; with how many points the page before lacked for them.
        """
        self._kept.extend(self._laying)
        return self._maker.table_breaks


def lay_out(document: Document, *, theme: Theme = DEFAULT_THEME) -> LaidOut:
    """Return ``document`` laid out on pages."""
    return LaidOut(document, theme)


def paint(
    laid_out: LaidOut,
    *,
    moment: dt.datetime | None = None,
    attachments: Sequence[PdfAttachment] = (),
) -> bytes:
    """Return the pages as a PDF file, as :func:`write_pdf` does; can be done once."""
    font = load_font(Typeface.GOTHIC)
    pdfmetrics.registerFont(font)  # the canvas looks its initial font up by name
    painter = Painter(make_canvas(font, laid_out.metadata.title), Structure(laid_out.root))
    for page in laid_out.take():
        _add_page_label(painter, page)
        _paint_page(painter, page, laid_out.theme)
    painter.canvas.showOutline()
    # who lays out alone has no file to finish
    from kpireport.writers.pdf.archive import finish_pdf  # noqa: PLC0415

    return finish_pdf(
        painter,
        laid_out.page_numbers,
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
        # a level is at most one deeper than the last
        painter.canvas.addOutlineEntry(bookmark.title, bookmark.id, bookmark.level - 1)
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


def _add_page_label(painter: Painter, page: Page) -> None:
    """Label the page as it is printed, so that a reader can go to page 3 (12.4.2)."""
    if page.number:
        painter.canvas.addPageLabel(painter.page, style="ARABIC", start=int(page.number))
    else:
        painter.canvas.addPageLabel(painter.page, prefix="表紙")
