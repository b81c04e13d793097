"""目次: a contents field whose lines stand filled in, and that Word can update.

Comes in: the document's headings and the pages that they are printed on. Goes out:
a ``TOC`` field (17.16.5.68) in its content control, one paragraph per line: title,
dots, page number, the whole a link to the heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kpireport.document.blocks import Contents, Heading
from kpireport.writers.docx import names
from kpireport.writers.docx.fields import FIELD_ENDS, field_begins, page_of
from kpireport.writers.docx.markup import NOTHING, Xml, join, w
from kpireport.writers.docx.paragraphs import (
    PLAIN,
    Direct,
    TextWriter,
    WordParagraph,
    contents_title,
    run,
)
from kpireport.writers.docx.styles import dotted_tab, text_width


@dataclass(frozen=True, slots=True)
class ContentsWriter:
    """Writes the contents of a document; ``page_numbers`` are by the headings' ids."""

    writer: TextWriter
    headings: Sequence[Heading]
    page_numbers: Mapping[str, str]

    def pieces(self, contents: Contents, width: int, direct: Direct = PLAIN) -> Iterator[Xml]:
        """Yield the contents for a text ``width`` in twips; ``direct`` is for the first line."""
        lines = [self._line(heading) for heading in self._listed(contents)]
        if not lines:
            return
        first, last = lines[0], lines[-1]
        begins = field_begins(_instruction(contents))
        tabs = self._tabs(width)
        yield _BEGINS
        for line in lines:
            content = join(
                (
                    begins if line is first else NOTHING,
                    line.content,
                    FIELD_ENDS if line is last else NOTHING,
                )
            )
            placed = replace(direct if line is first else PLAIN, tabs=tabs)
            yield WordParagraph(line.style, content, placed).xml()
        yield _ENDS

    def _listed(self, contents: Contents) -> Iterator[Heading]:
        for heading in self.headings:
            if heading.is_listed and heading.level <= contents.depth:
                yield heading

    def _line(self, heading: Heading) -> WordParagraph:
        """Return a line, all of it a link (17.16.22), without the contents field around it."""
        bookmark = self.writer.bookmarks.name(heading.id)
        title = run(contents_title(heading))
        number = page_of(bookmark, self.page_numbers.get(heading.id, ""))
        link = self.writer.linked(join((title, w("r", w("tab")), number)), heading.id)
        level = min(heading.level, max(self.writer.theme.contents))
        return WordParagraph(self.writer.style_id(names.contents_style(level)), link)

    def _tabs(self, width: int) -> Xml:
        """Return the tab at the right margin, where it is not the style's."""
        usual = text_width(self.writer.theme.page)
        return NOTHING if width == usual else dotted_tab(width)


def _instruction(contents: Contents) -> str:
    return f'TOC \\o "1-{contents.depth}" \\h \\z \\f C'


_BEGINS = Xml(
    "<w:sdt>"
    + w(
        "sdtPr",
        w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique")),
    )
    + "<w:sdtContent>"
)
_ENDS = Xml("</w:sdtContent></w:sdt>")
