"""What a Word file of a document must read back as, from the blocks alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from kpireport.document.blocks import (
    Block,
    CellBlock,
    Cover,
    Document,
    Heading,
    ItemList,
    Note,
    PageBreak,
    Paragraph,
    Row,
    SamplePage,
    Table,
    TextStyle,
)
from kpireport.writers.docx import names
from tests.writers.docx.reader import Read, ReadCell, ReadParagraph, ReadTable


def expected_content(document: Document) -> list[Read]:
    """Return the document's content as :func:`read_docx` has it, made comparable."""
    return [part for block in document.blocks() for part in _expect(block)]


def comparable(content: Sequence[Read]) -> list[Read]:
    """Drop what is the file's own affair: gaps between tables, names of bookmarks, page breaks."""
    return [_comparable(part) for part in content if not is_gap(part)]


def is_gap(part: Read) -> bool:
    gaps = (names.TABLE_GAP.name, names.SAMPLE_GAP.name, names.SAMPLE_END.name)
    return isinstance(part, ReadParagraph) and part.style in gaps


def _comparable(part: Read) -> Read:
    if isinstance(part, ReadParagraph):
        return ReadParagraph(part.style, part.text, part.label, part.level)
    rows = tuple(
        tuple(
            ReadCell(tuple(comparable(cell.content)), cell.column, cell.colspan, cell.rowspan)
            for cell in row
        )
        for row in part.rows
    )
    return ReadTable(part.style, part.title, part.description, part.header_rows, rows)


def _expect(block: Block) -> Iterator[Read]:
    match block:
        case Paragraph() | ItemList():
            yield from _text((block,))
        case Heading():
            style = names.heading_style(block.style, block.level).name
            yield ReadParagraph(style, block.text, level=block.level)
        case Note():
            first, *rest = block.content
            style = names.text_style(TextStyle.NOTE).name
            yield ReadParagraph(style, f"{block.label}\t{first.text}")
            yield from _text(rest)
        case Cover():
            yield from _cover(block)
        case Table():
            yield _table(block)
        case SamplePage():
            yield _sample(block)
        case PageBreak():
            pass
        case _:
            assert_never(block)


def _text(blocks: Sequence[CellBlock], *, sample: bool = False) -> Iterator[ReadParagraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield ReadParagraph(names.text_style(block.style, sample=sample).name, block.text)
            continue
        for item in block.items:
            first, *rest = _text(item.content, sample=sample)
            yield ReadParagraph(first.style, first.text, item.label)
            yield from rest


def _cover(cover: Cover) -> Iterator[ReadParagraph]:
    lines = (
        (cover.council_label, TextStyle.COVER_LABEL),
        (cover.committee, TextStyle.COVER_COMMITTEE),
        ("\n".join(cover.title), TextStyle.COVER_TITLE),
        (cover.date, TextStyle.COVER_DATE),
        (cover.issuer, TextStyle.COVER_ISSUER),
    )
    for line, style in lines:
        if line:
            yield ReadParagraph(names.text_style(style).name, line)


def _table(table: Table, *, sample: bool = False) -> ReadTable:
    rows = (*_rows(table.header_rows, sample=sample), *_rows(table.rows, sample=sample))
    style = names.table_style(table.style, sample=sample).name
    return ReadTable(style, table.title, table.description, len(table.header_rows), rows)


def _rows(rows: Sequence[Row], *, sample: bool) -> tuple[tuple[ReadCell, ...], ...]:
    """Place the cells by marking every square of the grid that a cell covers."""
    covered: set[tuple[int, int]] = set()
    read: list[tuple[ReadCell, ...]] = []
    for number, row in enumerate(rows):
        cells: list[ReadCell] = []
        column = 0
        for cell in row.cells:
            while (number, column) in covered:
                column += 1
            content = tuple(_text(cell.content, sample=sample))
            cells.append(ReadCell(content, column, cell.colspan, cell.rowspan))
            covered |= {
                (number + down, column + right)
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            }
        read.append(tuple(cells))
    return tuple(read)


def _sample(sample: SamplePage) -> ReadTable:
    tables = [_table(table, sample=True) for table in sample.tables]
    marks = "".join(f"\t{callout.mark}" for callout in sample.callouts)
    callouts = [ReadParagraph(names.SAMPLE_MARKS.name, marks)] if marks else []
    numeral = ReadParagraph(names.SAMPLE_NUMERAL.name, sample.numeral)
    cell = ReadCell((numeral, *tables[:-1], *callouts, *tables[-1:]), 0, 1, 1)
    return ReadTable(names.SAMPLE_FRAME.name, "", sample.alternative_text, 0, ((cell,),))
