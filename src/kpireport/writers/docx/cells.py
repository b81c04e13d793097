"""What stands in the cells of a document's tables: content → paragraphs (ECMA-376-1, 17.4.65).

Comes in: the content of a cell, the room for it, the row whose bookmarks it carries. Goes out:
its markup. Most cells of a long document are like others of it, so what is alike is written
once, and kept for as long as the document is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

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


class _Text(NamedTuple):
    """The paragraphs of a cell, and where in them the content of the first begins and ends."""

    written: Xml
    begin: int
    end: int

    @classmethod
    def of(cls, paragraphs: Sequence[WordParagraph]) -> _Text:
        first = paragraphs[0]
        begin = len(first.begins())
        return cls(join([each.xml() for each in paragraphs]), begin, begin + len(first.content))

    def with_first(self, change: Callable[[Xml], Xml]) -> Xml:
        """Return the paragraphs, the content of the first changed."""
        written, begin, end = self
        content = change(Xml(written[begin:end]))
        return Xml(f"{written[:begin]}{content}{written[end:]}")


@dataclass(frozen=True, slots=True)
class CellTexts:
    """Writes the paragraphs of cells.

    ``entry`` gives the fields with the lines of rows' headings in the contents.
    """

    writer: TextWriter
    entry: Callable[[Heading], Xml] = no_entry
    _known: dict[tuple[tuple[CellBlock, ...], int, bool, bool], _Text] = field(default_factory=dict)

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
        known = self._known.get(key)
        if known is None:
            direct = KEEP_NEXT if keep_next else PLAIN
            paragraphs = list(self.writer.blocks(content, width, direct))
            paragraphs = paragraphs or [self._empty(direct, dense=dense)]
            if not all(map(is_repeatable, content)):
                return self._single(paragraphs, marks)
            known = self._known[key] = _Text.of(paragraphs)
        if marks is None:
            return known.written
        return known.with_first(partial(self._marked, marks))

    def _single(self, paragraphs: list[WordParagraph], marks: GridRow | None) -> Xml:
        """Return paragraphs of which something is written once in the document."""
        if marks is not None:
            first = paragraphs[0]
            paragraphs[0] = first._replace(content=self._marked(marks, first.content))
        return join(self.writer.controls.paragraphs(paragraphs))

    def _marked(self, row: GridRow, content: Xml) -> Xml:
        """Return what stands for a row and for its headings: bookmarked, with their lines."""
        around = self.writer.bookmarks.around
        if row.id:
            content = around(row.id, content)
        for heading in reversed(row.headings):
            content = join((self.entry(heading), around(heading.id, content)))
        return content

    def _empty(self, direct: Direct, *, dense: bool) -> WordParagraph:
        """Return the paragraph that a cell without text must have (17.4.65)."""
        style = TextStyle.DENSE_TEXT if dense else TextStyle.TABLE_TEXT
        name = names.text_style(style, sample=self.writer.sample)
        return self.writer.plain(name, direct=direct)
