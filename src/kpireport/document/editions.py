"""What every edition with actuals has around its pages: its title, its cover, its notices.

Comes in: a review, and what the settings say of it. Goes out: the cover, and the sections
laid together as a document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kpireport.document.blocks import Cover, Document, DocumentMetadata, Section
from kpireport.document.captions import number_captions
from kpireport.document.reviews import Review
from kpireport.document.source_names import with_source_names
from kpireport.domain.settings import ReviewSettings
from kpireport.quickly import dataclass

SAMPLE_NOTICE = "見本：数値は架空"
DRAFT_NOTICE = "作成中"


def notices_of(settings: ReviewSettings) -> tuple[str, ...]:
    """Return what stands at the top of every page: that the report is a draft, or a sample."""
    notices = {DRAFT_NOTICE: settings.is_draft, SAMPLE_NOTICE: settings.is_sample}
    return tuple(notice for notice, holds in notices.items() if holds)


@dataclass(frozen=True, slots=True)
class EditionOf:
    """One edition of a review.

    Attributes:
        review: the year's facts and judgements.
        settings: what editions with actuals are made with.
        name: what it is called after its year: ``実績報告書``.
    """

    review: Review
    settings: ReviewSettings
    name: str

    @property
    def title(self) -> tuple[str, ...]:
        """The title's lines: as set, or the plan's with the year."""
        return self.settings.title or (*self.review.catalogue.title, self._year_title)

    @property
    def _year_title(self) -> str:
        return f"{self.review.year_name()}{self.name}"

    def cover(self, council_label: str, committee: str) -> Section:
        """Return the cover.

        Args:
            council_label: ``資料３``, empty for none.
            committee: the body that the document is put before, empty for none.
        """
        cover = Cover(
            title=self.settings.title or self.review.catalogue.title,
            year="" if self.settings.title else self._year_title,
            date=self.settings.issued,
            issuer=self.review.catalogue.issuer,
            council_label=council_label,
            committee=committee,
            notices=notices_of(self.settings),
        )
        return Section((cover,), numbered=False)

    def document(self, metadata: DocumentMetadata, sections: Iterable[Section]) -> Document:
        """Return the document of the sections, with its notices on all numbered pages."""
        notices = notices_of(self.settings)
        placed = (replace(each, notices=notices if each.numbered else ()) for each in sections)
        document = Document(metadata, number_captions(placed, self.review.numerals))
        document = with_source_names(document, self.review.catalogue)
        self.review.forget()
        return document
