"""Which words of the document are the inputs' own, and what they are called.

Comes in: what a text is about. Goes out: the name that its blocks carry as ``source``,
and from a finished document all such texts. The Word writer marks them, so that who
corrects them in Word can have them read back; every other text is the product's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import groupby
from operator import attrgetter

from kpireport.document.blocks import (
    Block,
    Cell,
    CellBlock,
    Document,
    ItemList,
    Note,
    Paragraph,
    SamplePage,
    Section,
    Span,
    Table,
)
from kpireport.domain.years import FiscalYear


class SourceKind(StrEnum):
    """What a text of the inputs is, beside those of comments, which their columns' keys name.

    Those of the settings stand for themselves.
    """

    EXPLANATION = "explanation"  # 実績の説明
    REASON = "reason"  # why nothing is reported
    OVERRIDE = "override"  # why a judgement was changed
    INTRODUCTION = "introduction"  # はじめに
    SURVEY = "survey"  # 調査の概要


UNWRITTEN = "（未記入）"
"""What keeps the place of a text that nobody has written yet."""

INTRODUCTION, SURVEY = str(SourceKind.INTRODUCTION), str(SourceKind.SURVEY)


def source_of(kind: str, id_: str, year: FiscalYear) -> str:
    """Return the name of a text on an indicator or plan: ``issues:p03:2021``.

    Args:
        kind: a :class:`SourceKind`, or the key of a comment's column.
        id_: the indicator's or the plan's.
        year: of which it speaks.
    """
    return f"{kind}:{id_}:{year.year}"


def editable_texts(document: Document) -> Iterator[tuple[str, str]]:
    r"""Yield every text of the inputs as often as it stands in the document: source, text.

    Its paragraphs are parted by ``\n``, as are its lines.
    """
    for section in document.sections:
        yield from _texts(section.blocks)


def _texts(blocks: Iterable[Block | CellBlock]) -> Iterator[tuple[str, str]]:
    """Yield the texts of blocks that stand below each other."""
    for source, group in groupby(blocks, key=_source):
        if source:
            yield source, "\n".join(_own_texts(group))
            continue
        for block in group:
            yield from _inner_texts(block)


def _own_texts(group: Iterable[Block | CellBlock]) -> Iterator[str]:
    for block in group:
        if isinstance(block, Paragraph):
            yield "" if block.is_unwritten else block.text


def _source(part: Block | CellBlock | Span) -> str:
    return part.source if isinstance(part, Paragraph | Span) else ""


def _inner_texts(block: Block | CellBlock) -> Iterator[tuple[str, str]]:
    match block:
        case Paragraph():
            yield from ((span.source, span.text) for span in block.spans if span.source)
        case ItemList():
            for item in block.items:
                yield from _texts(item.content)
        case Note():
            yield from _texts(block.content)
        case Table():
            yield from _table_texts(block)
        case SamplePage():
            for table in block.tables:
                yield from _table_texts(table)
        case _:
            return


def _table_texts(table: Table) -> Iterator[tuple[str, str]]:
    for row in (*table.header_rows, *table.rows):
        for cell in row.cells:
            if _may_have_sources(cell.content):
                yield from _texts(cell.content)


def _may_have_sources(content: Iterable[CellBlock]) -> bool:
    """Whether a cell may have words of the inputs: most have none, and are passed over."""
    for block in content:
        if isinstance(block, ItemList):
            return True
        if isinstance(block, Paragraph) and (block.source or any(map(_source, block.spans))):
            return True
    return False


def excerpts(document: Document) -> Iterator[str]:
    """Yield every text that is taken from one that may be edited elsewhere."""
    tables = (block for block in document.blocks() if isinstance(block, Table))
    cells = (cell for table in tables for row in table.rows for cell in row.cells)
    for part in (part for cell in cells for part in cell.content):
        if isinstance(part, Paragraph):
            yield from (span.text for span in part.spans if span.is_excerpt)


def identity(document: Document) -> str:
    """Return what tells a document from another report's, and from one of other inputs.

    Two sums: over the title, and over all that is neither an editable text nor taken from one.
    Who corrects these, in Word or in the inputs, has the same document before him.
    """
    fixed = hashlib.sha256()
    words = _FixedWords()
    for section in document.sections:
        for piece in words.pieces(section):
            fixed.update(_bytes(piece))
    title = hashlib.sha256(_bytes(document.metadata.title))
    return f"{title.hexdigest()[:8]}_{fixed.hexdigest()[:16]}"


class _FixedWords:
    r"""Gathers what may not be edited: every word in order, each closed by a ``\0``.

    Documents have 100,000s of cells, most of which are shared: each is gathered once.
    """

    def __init__(self) -> None:
        self._of_cells: dict[int, str] = {}  # by their identity: the document keeps them

    def pieces(self, section: Section) -> Iterator[str]:
        """Yield the words of a section block by block: all of them at once are many."""
        for value in _parts(Section)(section):
            yield from map(self._below, value if isinstance(value, tuple) else (value,))

    def _below(self, value: object) -> str:
        """Return every word below ``value``; texts, and names of enumerations, are none of it."""
        if value.__class__ in _PLAIN:
            return f"{value}\0"
        if isinstance(value, tuple):
            return self._of_all(value)
        if isinstance(value, Cell):
            words = self._of_cells[id(value)] = self._of_all(_parts(Cell)(value))
            return words
        if isinstance(value, Paragraph | Span) and value.source:
            return ""
        if isinstance(value, Span) and value.is_excerpt:
            return ""
        if not is_dataclass(value):
            return f"{value}\0"
        return self._of_all(_parts(value.__class__)(value))

    def _of_all(self, values: Iterable[object]) -> str:
        known = self._of_cells
        return "".join(
            [
                each + "\0" if isinstance(each, str) else known.get(id(each)) or self._below(each)
                for each in values
            ]
        )


_PLAIN = frozenset({int, bool, type(None), Decimal})
"""What most fields are that have no text: what stands for itself."""


@cache
def _parts(kind: type) -> Callable[[object], tuple[object, ...]]:
    """Return what takes all fields of an object of ``kind``."""
    match [field.name for field in fields(kind)]:
        case []:  # a page break
            return lambda value: (str(value),)
        case [name]:  # of one, attrgetter returns it alone
            return lambda value: (getattr(value, name),)
        case names:
            return attrgetter(*names)


def _bytes(text: str) -> bytes:
    """Return what a sum is made of; that a text cannot be written is another's matter."""
    return text.encode(errors="surrogatepass")


def text_sum(text: str) -> str:
    """Return eight digits that tell a text from what it was before."""
    return hashlib.sha256(_bytes(text)).hexdigest()[:8]


def source_sum(source: str) -> str:
    """Return sixteen digits that stand for a source's name where a name has little room."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]
