"""What stands in the cells of a document's tables: content → paragraphs (ECMA-376-1, 17.4.65).

Comes in: the content of a cell, the room for it, the row whose bookmarks it carries. Goes out:
its markup. Most cells of a long document are like others of it, so what is alike is written
once, and kept for as long as the document is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kpireport.document.blocks import CellBlock, Heading
from kpireport.document.styles import TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.grid import GridRow
from kpireport.writers.docx.markup import NOTHING, Xml, join
from kpireport.writers.docx.paragraphs import (
    KEEP_NEXT,
    PLAIN,
    Direct,
    TextWriter,
    WordParagraph,
    is_repeatable,
)


def no_entry(_: Heading) -> Xml:
    """Return the line of a heading in no contents."""
    return NOTHING


@dataclass(frozen=True, slots=True)
class CellTexts:
    """Writes the paragraphs of cells.

    ``entry`` gives the fields with the lines of rows' headings in the contents.
    """

    writer: TextWriter
    entry: Callable[[Heading], Xml] = no_entry
    _known: dict[tuple[tuple[CellBlock, ...], int, bool, bool], Xml] = field(default_factory=dict)

    def text(
        self,
        content: tuple[CellBlock, ...],
        width: int,
        *,
        keep_next: bool,
        dense: bool,
        marks: GridRow | None = None,
    ) -> Xml:
        """Return the paragraphs of a cell whose text has room ``width`` in twips.

        ``dense`` is its table; ``marks`` the row whose headings and bookmark stand in the first.
        """
        key = (content, width, keep_next, dense)
        if marks is None and key in self._known:
            return self._known[key]
        direct = KEEP_NEXT if keep_next else PLAIN
        paragraphs = list(self.writer.blocks(content, width, direct))
        paragraphs = paragraphs or [self._empty(direct, dense=dense)]
        if marks is not None:
            paragraphs[0] = self._marked(paragraphs[0], marks)
        written = join(self.writer.controls.paragraphs(paragraphs))
        if marks is None and all(map(is_repeatable, content)):
            self._known[key] = written
        return written

    def _marked(self, paragraph: WordParagraph, row: GridRow) -> WordParagraph:
        """Return what stands for a row and for its headings: bookmarked, with their lines."""
        around, content = self.writer.bookmarks.around, paragraph.content
        if row.id:
            content = around(row.id, content)
        for heading in reversed(row.headings):
            content = join((self.entry(heading), around(heading.id, content)))
        return replace(paragraph, content=content)

    def _empty(self, direct: Direct, *, dense: bool) -> WordParagraph:
        """Return the paragraph that a cell without text must have (17.4.65)."""
        style = TextStyle.DENSE_TEXT if dense else TextStyle.TABLE_TEXT
        name = names.text_style(style, sample=self.writer.sample)
        return self.writer.plain(name, direct=direct)
