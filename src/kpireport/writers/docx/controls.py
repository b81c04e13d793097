"""Content controls (17.5.2): the regions that staff may edit in Word, and what marks them.

Comes in: paragraphs and runs that carry a source. Goes out: ``w:sdt`` around them, whose
tag names the source and has the sum of its text, so that a corrected file tells what was
corrected, and where it belongs. Not every program keeps tags when it saves (LibreOffice
7.4 does not); so a bookmark says the same. One more tells which document the file is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from kpireport.document.blocks import Document
from kpireport.document.sources import editable_texts, identity, source_sum, text_sum
from kpireport.quickly import dataclass
from kpireport.writers.docx.bookmarks import Bookmarks
from kpireport.writers.docx.markup import NOTHING, Xml, attribute, join, w

if TYPE_CHECKING:
    from kpireport.writers.docx.paragraphs import WordParagraph

ORIGIN = "kpireport_"
TAG = "kpi:"
PARAGRAPHS, RUNS = "kpi_p_", "kpi_r_"

_LONGEST_TAG = 64  # Word takes a file with a longer one, or a longer title, for damaged
_TITLE = "この枠の中は直せます"  # where a text has no name of its own
# Of the kinds that hold several paragraphs, LibreOffice 7.4 writes only document parts
# (17.5.2.12) back as they were; of the others it doubles the text.
_KIND = w("docPartObj", w("docPartGallery", val="Quick Parts"))
_LOCKED = w("lock", val="sdtLocked")
_UNWRITTEN = text_sum("")
_EMPTY = w("showingPlcHdr")  # what stands there gives way to what is typed (17.5.2.39)
_ENDS = Xml("</w:sdtContent></w:sdt>")


@dataclass(slots=True)
class Controls:
    """Makes the controls of one document, each with a number of its own (17.5.2.18).

    ``sums`` are those of the texts, ``names`` what Word shows on their frames and screen
    readers speak, by their sources.
    """

    sums: Mapping[str, str]
    names: Mapping[str, str]
    bookmarks: Bookmarks
    _made: int = field(default=0)

    @classmethod
    def of(cls, document: Document, bookmarks: Bookmarks) -> Controls:
        """Return the controls for the texts of ``document``."""
        sums = {source: text_sum(text) for source, text in editable_texts(document)}
        return cls(sums, document.source_names, bookmarks)

    def paragraphs(self, paragraphs: Iterable[WordParagraph]) -> Iterator[Xml]:
        """Yield paragraphs; those of one source that follow each other in one control."""
        for source, group in groupby(paragraphs, key=attrgetter("source")):
            if not source:
                yield from (each.xml() for each in group)
                continue
            first, *others = group
            begins, ends = self._bookmark(PARAGRAPHS, source)
            parts = [first._replace(content=join((begins, first.content))), *others]
            parts[-1] = parts[-1]._replace(content=join((parts[-1].content, ends)))
            yield self._control(source, join([each.xml() for each in parts]))

    def runs(self, source: str, content: Xml) -> Xml:
        """Return runs in their control, or as they are where they have no source."""
        if not source:
            return content
        begins, ends = self._bookmark(RUNS, source)
        return self._control(source, join((begins, content, ends)))

    def _control(self, source: str, content: Xml) -> Xml:
        """Return ``w:sdt``: its content can be edited, itself not be deleted (17.5.2.23)."""
        self._made += 1
        name = attribute(self.names.get(source, _TITLE)[:_LONGEST_TAG])
        named = f'<w:alias w:val="{name}"/><w:tag w:val="{attribute(self._tag(source))}"/>'
        state = _EMPTY if self.sums[source] == _UNWRITTEN else NOTHING
        properties = f'{named}<w:id w:val="{self._made}"/>{_LOCKED}{state}{_KIND}'
        return Xml(f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}{_ENDS}")

    def _tag(self, source: str) -> str:
        tag = f"{TAG}{source}#{self.sums[source]}"
        if len(tag) > _LONGEST_TAG:
            tag = f"{TAG}{source_sum(source)}#{self.sums[source]}"
        return tag

    def _bookmark(self, kind: str, source: str) -> tuple[Xml, Xml]:
        """Return the ends of a bookmark; no two of one document have the same name."""
        name = f"{kind}{source_sum(source)}_{self.sums[source]}"
        return self.bookmarks.pair(f"{name}_{self._made}")


def origin(document: Document, bookmarks: Bookmarks) -> Xml:
    """Return the bookmark (17.13.6.2) that tells which document the file is."""
    return bookmarks.around(f"{ORIGIN}{identity(document)}", NOTHING)
