"""Walking a document: every visible text with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from kpireport.document.blocks import (
    Bar,
    Block,
    Cell,
    CellBlock,
    Contents,
    Cover,
    Document,
    FigureGrid,
    Heading,
    ItemList,
    Note,
    PageBreak,
    Paragraph,
    SamplePage,
    Table,
)
from kpireport.document.captions import captions_of
from kpireport.document.charts import chart_texts


def visible_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield ``(chapter, text)`` for every text that the document shows, in reading order."""
    chapter = "表紙"
    for block in document.blocks():
        if isinstance(block, Heading) and block.level == 1:
            chapter = block.outline or block.text
        for text in block_texts(block):
            if text:
                yield chapter, text


def block_texts(block: Block | CellBlock) -> Iterator[str]:
    """Yield the texts of one block in reading order."""
    match block:
        case Paragraph():
            yield block.text
        case Heading() | Cover():
            yield from _title_texts(block)
        case ItemList() | Note():
            yield from _labelled_texts(block)
        case Table():
            yield from _table_texts(block)
        case SamplePage():
            yield from _sample_texts(block)
        case FigureGrid():
            yield from (caption.printed for caption in captions_of(block))
            for figure in block.figures:
                yield from chart_texts(figure.chart)
        case Bar() | Contents() | PageBreak():
            return
        case _:
            assert_never(block)


def _title_texts(block: Heading | Cover) -> Iterator[str]:
    if isinstance(block, Heading):
        yield from (block.text, block.outline or "")
    else:
        yield from (block.council_label, block.committee, *block.title, block.year)
        yield from (*block.notices, block.date, block.issuer)


def _labelled_texts(block: ItemList | Note) -> Iterator[str]:
    for item in block.items if isinstance(block, ItemList) else (block,):
        yield item.label
        for content in item.content:
            yield from block_texts(content)


def _table_texts(block: Table) -> Iterator[str]:
    yield from (caption.printed for caption in captions_of(block))
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
