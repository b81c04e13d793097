"""Walking a document: every visible text with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from kpireport.document.blocks import (
    Block,
    Cell,
    Cover,
    Document,
    Heading,
    ItemList,
    Note,
    PageBreak,
    Paragraph,
    SamplePage,
    Table,
)


def visible_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield ``(chapter, text)`` for every text that the document shows, in reading order."""
    chapter = "表紙"
    for block in document.blocks():
        if isinstance(block, Heading) and block.level == 1:
            chapter = block.outline or block.text
        for text in block_texts(block):
            if text:
                yield chapter, text


def block_texts(block: Block) -> Iterator[str]:
    """Yield the texts of one block in reading order."""
    match block:
        case Paragraph():
            yield block.text
        case Heading():
            yield block.text
            yield block.outline or ""
        case ItemList():
            yield from _list_texts(block)
        case Note():
            yield block.label
            yield from (paragraph.text for paragraph in block.content)
        case Table():
            yield from _table_texts(block)
        case Cover():
            yield from (block.council_label, block.committee)
            yield from (*block.title, block.date, block.issuer)
        case SamplePage():
            yield from _sample_texts(block)
        case PageBreak():
            return
        case _:
            assert_never(block)


def _list_texts(block: ItemList) -> Iterator[str]:
    for item in block.items:
        yield item.label
        for content in item.content:
            yield from block_texts(content)


def _table_texts(block: Table) -> Iterator[str]:
    for row in (*block.header_rows, *block.rows):
        for cell in row.cells:
            yield from _cell_texts(cell)


def _cell_texts(cell: Cell) -> Iterator[str]:
    for content in cell.content:
        yield from block_texts(content)
    yield cell.continuation


def _sample_texts(block: SamplePage) -> Iterator[str]:
    yield block.numeral
    yield from (callout.mark for callout in block.callouts)
    for table in block.tables:
        yield from _table_texts(table)
