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
    Sparkline,
    Table,
    headings_of,
)
from kpireport.document.captions import captions_of
from kpireport.document.charts import chart_texts
from kpireport.document.styles import HeadingStyle


def visible_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield ``(chapter, text)`` for every text that the document shows, in reading order."""
    chapter = "表紙"
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Heading) and block.level == 1:
                chapter = block.outline or block.text
            listed = (text for heading in headings_of(block) for text in _listed_texts(heading))
            yield from ((chapter, text) for text in (*block_texts(block), *listed) if text)
        yield from ((chapter, text) for text in (section.head, section.foot) if text)


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
        case Bar() | Sparkline() | Contents() | PageBreak():
            return
        case _:
            assert_never(block)


def _title_texts(block: Heading | Cover) -> Iterator[str]:
    if isinstance(block, Heading):
        yield from (block.text, block.outline or "")
    else:
        yield from (block.council_label, block.committee, *block.title, block.year)
        yield from (*block.notices, block.date, block.issuer)


def _listed_texts(heading: Heading) -> Iterator[str]:
    """Yield what the contents say of a heading beyond what stands at its place."""
    yield heading.status
    if heading.style is HeadingStyle.ROW:
        yield heading.outline or heading.text


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
    for content in (*cell.content, *cell.continued):
        yield from block_texts(content)


def _sample_texts(block: SamplePage) -> Iterator[str]:
    if block.numeral:
        yield block.numeral
    yield from (callout.mark for callout in block.callouts)
    for table in block.tables:
        yield from _table_texts(table)
