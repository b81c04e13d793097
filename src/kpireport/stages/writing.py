"""Writing a composed document as the files that the settings ask for.

Comes in: a document, and what its files are to say beside it. Goes out: their bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, assert_never

from kpireport.domain.settings import ChartKind, OutputFormat
from kpireport.files import NewFile
from kpireport.quickly import dataclass
from kpireport.stages.word import ExpectedPages, MadeWord, WordJob

if TYPE_CHECKING:
    from kpireport.document.blocks import Document
    from kpireport.document.reviews import Review
    from kpireport.domain.settings import Settings
    from kpireport.stages.word_beside import WordBeside
    from kpireport.writers.pdf import LaidOut, PdfAttachment

Progress: TypeAlias = Callable[[int, int, str], None]
"""Is told how far a build has come: steps done, steps in all, and what comes next."""


@dataclass(frozen=True, slots=True)
class Written:
    """Finished files, in the order of the settings.

    Attributes:
        files: with what they hold.
        images: of charts, packed for the next time; ``None`` if there is nothing new.
    """

    files: tuple[NewFile, ...]
    images: bytes | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """A composed document, and what its files are to say beside it; a review has data, too.

    Attributes:
        images: those of charts that were kept, as :class:`WordJob` has them.
        beside: who makes the Word file meanwhile; there is a PDF then.
    """

    document: Document
    settings: Settings
    attachments: tuple[PdfAttachment, ...]
    moment: dt.datetime | None
    base: bytes | None
    review: Review | None = None
    images: bytes | None = None
    beside: WordBeside | None = None

    def files(self, tell: Progress) -> Written:
        """Return the finished files.

        Pages are laid out once, for what has pages: the Word file has the PDF's page numbers in
        its contents, and repeats the plans' names where its pages begin.
        """
        if self.beside:
            self.beside.begin(self._word_job())
        pages = cache(self._laid_out)
        word = cache(lambda: self._word(pages))
        outputs = self.settings.outputs
        contents: dict[OutputFormat, bytes] = {}
        for done, each in enumerate(self._in_turn(), start=1):
            tell(done, len(outputs) + 2, f"{outputs[each].name} を作っています")
            contents[each] = self._content(each, pages, word)
        files = (NewFile(path, contents[each]) for each, path in outputs.items())
        return Written(tuple(files), word().images if OutputFormat.DOCX in outputs else None)

    def _in_turn(self) -> Sequence[OutputFormat]:
        """Return the formats as they are made.

        Who makes the Word file meanwhile waits for the PDF's pages, and is waited for last.
        """
        formats = tuple(self.settings.outputs)
        if not self.beside:
            return formats
        turn = {OutputFormat.PDF: 0, OutputFormat.DOCX: 2}
        return sorted(formats, key=lambda each: turn.get(each, 1))

    def _laid_out(self) -> LaidOut:
        from kpireport.writers.pdf import lay_out

        made = lay_out(self.document)
        if self.beside:
            self.beside.go_on(ExpectedPages.of(made))
        return made

    def _word_job(self) -> WordJob:
        return WordJob(
            self.document,
            self.base,
            self.moment,
            embed_fonts=self.settings.word.embed_fonts,
            native_charts=self.settings.word.charts is ChartKind.NATIVE,
            images=self.images,
        )

    def _word(self, pages: Callable[[], LaidOut]) -> MadeWord:
        """Return the Word file: made meanwhile, or where that failed made here."""
        made = self.beside.done() if self.beside else None
        return made or self._word_job().done(lambda: ExpectedPages.of(pages()))

    def _content(
        self,
        output_format: OutputFormat,
        pages: Callable[[], LaidOut],
        word: Callable[[], MadeWord],
    ) -> bytes:
        match output_format:
            case OutputFormat.DOCX:
                return word().content
            case OutputFormat.PDF:
                from kpireport.writers.pdf import paint

                return paint(pages(), moment=self.moment, attachments=self.attachments)
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
