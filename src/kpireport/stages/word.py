"""Making the Word file of a composed document, in whichever process.

Comes in: all that it is made of, which may be carried elsewhere; the pages to expect, which are
known later, since the PDF has to be laid out for them. Goes out: the file, and the images of
charts to keep for the next one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Self

from kpireport.quickly import dataclass

if TYPE_CHECKING:
    from kpireport.document.blocks import Document
    from kpireport.writers.charts import KeptImages
    from kpireport.writers.pdf import LaidOut


@dataclass(frozen=True, slots=True)
class ExpectedPages:
    """What the Word file takes from pages that were laid out; as :class:`LaidOut` has it."""

    page_numbers: Mapping[str, str]
    page_begins: Collection[str]
    table_breaks: Sequence[Mapping[int, float]]

    @classmethod
    def of(cls, laid_out: LaidOut) -> Self:
        """Return it of pages, which need not be kept for it."""
        return cls(laid_out.page_numbers, laid_out.page_begins, laid_out.table_breaks)


@dataclass(frozen=True, slots=True)
class MadeWord:
    """A finished Word file that is not written yet.

    Attributes:
        content: its bytes.
        images: those of charts, packed for the next time; ``None`` if there is nothing new.
    """

    content: bytes
    images: bytes | None = None


@dataclass(frozen=True, slots=True)
class WordJob:
    """All that a Word file is made of but the pages to expect.

    Attributes:
        document: its words.
        base: of the municipality's own template; ``None`` for ours.
        moment: as for ``write_docx``.
        embed_fonts: likewise.
        native_charts: likewise.
        images: those that were packed last time, empty for none; ``None`` to draw all charts and
            keep none.
    """

    document: Document
    base: bytes | None
    moment: dt.datetime | None
    embed_fonts: bool
    native_charts: bool
    images: bytes | None = None

    def done(
        self, pages_of_pdf: Callable[[], ExpectedPages], *, works_ahead: bool = False
    ) -> MadeWord:
        """Return the file.

        Args:
            pages_of_pdf: tells the PDF's pages; in a template others are expected.
            works_ahead: what needs no pages is done before that is asked, and waited for.
        """
        from kpireport.writers.docx import write_docx

        images = self._kept_images()
        if works_ahead:
            self._work_ahead(images)
        pages = pages_of_pdf() if self.base is None else self._pages_in_template(self.base)
        content = write_docx(
            self.document,
            base=self.base,
            page_numbers=pages.page_numbers,
            # in a template pages are a guess, on which none may be cut short
            page_begins=() if self.base else pages.page_begins,
            row_breaks=pages.table_breaks,
            moment=self.moment,
            embed_fonts=self.embed_fonts,
            native_charts=self.native_charts,
            draw=images.images if images else None,
        )
        return MadeWord(content, images.packed() if images else None)

    def _kept_images(self) -> KeptImages | None:
        """Return the images, for a file that shows some: others load nothing that draws."""
        from kpireport.document.blocks import FigureGrid

        blocks = (block for section in self.document.sections for block in section.blocks)
        if self.images is None or self.native_charts:
            return None
        if not any(isinstance(block, FigureGrid) for block in blocks):
            return None
        from kpireport.writers.charts import KeptImages

        return KeptImages(self.images)

    def _work_ahead(self, images: KeptImages | None) -> None:
        from kpireport.writers.docx.ahead import drawn_charts, measure_tables

        if images is not None:
            for chart in drawn_charts(self.document, self.base):
                if images.is_full:  # what is not kept would be drawn twice
                    break
                images.images(*chart)
        measure_tables(self.document, self.base)

    def _pages_in_template(self, base: bytes) -> ExpectedPages:
        from kpireport.writers.docx.template_looks import theme_of_template
        from kpireport.writers.pdf import lay_out

        return ExpectedPages.of(lay_out(self.document, theme=theme_of_template(base)))
