"""Writing a composed document as the files that the settings ask for.

Comes in: a document, and what its files are to say beside it. Goes out: their bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, assert_never

from kpireport.files import NewFile

if TYPE_CHECKING:
    from kpireport.document.blocks import Document
    from kpireport.document.reviews import Review
    from kpireport.domain.settings import OutputFormat, Settings
    from kpireport.writers.pdf import LaidOut, PdfAttachment

Progress: TypeAlias = Callable[[int, int, str], None]
"""Is told how far a build has come: steps done, steps in all, and what comes next."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A composed document, and what its files are to say beside it; a review has data, too."""

    document: Document
    settings: Settings
    attachments: tuple[PdfAttachment, ...]
    moment: dt.datetime | None
    base: bytes | None
    review: Review | None = None

    def files(self, tell: Progress) -> tuple[NewFile, ...]:
        """Return the finished files in the order of the settings.

        Pages are laid out once, for what has pages: the Word file has the PDF's page numbers in
        its contents, and repeats the plans' names where its pages begin.
        """

        @cache
        def laid_out() -> LaidOut:
            from kpireport.writers.pdf import lay_out

            return lay_out(self.document)

        outputs = self.settings.outputs
        files: list[NewFile] = []
        for done, (output_format, path) in enumerate(outputs.items(), start=1):
            tell(done, len(outputs) + 2, f"{path.name} を作っています")
            files.append(NewFile(path, self._file(output_format, laid_out)))
        return tuple(files)

    def _file(self, output_format: OutputFormat, laid_out: Callable[[], LaidOut]) -> bytes:
        from kpireport.domain.settings import ChartKind, OutputFormat

        match output_format:
            case OutputFormat.DOCX:
                from kpireport.writers.docx import write_docx

                pages = self._laid_out_in_word(laid_out)
                return write_docx(
                    self.document,
                    base=self.base,
                    page_numbers=pages.page_numbers,
                    # in a template pages are a guess, on which none may be cut short
                    page_begins=() if self.base else pages.page_begins,
                    row_breaks=pages.table_breaks,
                    moment=self.moment,
                    embed_fonts=self.settings.word.embed_fonts,
                    native_charts=self.settings.word.charts is ChartKind.NATIVE,
                )
            case OutputFormat.PDF:
                from kpireport.writers.pdf import paint

                return paint(laid_out(), moment=self.moment, attachments=self.attachments)
            case OutputFormat.HTML:
                from kpireport.writers.html import write_html

                return write_html(self.document)
            case OutputFormat.XLSX:
                return self._data()
            case _:
                assert_never(output_format)

    def _data(self) -> bytes:
        """Return the workbook of a review's data."""
        from kpireport.stages.data_book import data_book
        from kpireport.writers.xlsx import write_book

        words = self.settings.review
        assert self.review is not None and words is not None  # noqa: S101, PT018 -- plans have none
        about = self.document.metadata
        book = data_book(self.review, words, title=about.title, author=about.author)
        day = dt.datetime.combine(self.settings.date, dt.time(), dt.UTC)
        return write_book(book, moment=self.moment or day)

    def _laid_out_in_word(self, laid_out: Callable[[], LaidOut]) -> LaidOut:
        """Return the pages to expect in Word: the PDF's, or in a template those of its sizes."""
        if self.base is None:
            return laid_out()
        from kpireport.writers.docx.template_looks import theme_of_template
        from kpireport.writers.pdf import lay_out

        return lay_out(self.document, theme=theme_of_template(self.base))
