"""What a Word file of a document must read back as, from the blocks alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import assert_never

from kpireport.document.blocks import (
    TO_PAGE,
    Bar,
    Block,
    CellBlock,
    Contents,
    Cover,
    Document,
    Figure,
    FigureGrid,
    Heading,
    ItemList,
    Note,
    PageBreak,
    Paragraph,
    Row,
    SamplePage,
    Sparkline,
    Table,
)
from kpireport.document.captions import captions_of
from kpireport.document.styles import CellStyle, TextStyle
from kpireport.writers.docx import names
from tests.documents import numbered
from tests.writers.docx.reader import Read, ReadCell, ReadParagraph, ReadPicture, ReadTable


def expected_content(
    document: Document,
    pages: Mapping[str, str] | None = None,
) -> list[Read]:
    """Return the document's content as :func:`read_docx` has it, made comparable."""
    headings = list(document.headings())
    read: list[Read] = []
    for block in numbered(document, pages or {}).blocks():
        if isinstance(block, Contents):
            read.extend(_contents(block, headings, pages or {}))
        elif isinstance(block, Table):
            read.extend(_table_with_caption(block))
        else:
            read.extend(_expect(block))
    return read


def comparable(content: Sequence[Read]) -> list[Read]:
    """Drop what is the file's own affair: gaps between tables, names of bookmarks and images."""
    return [_comparable(part) for part in content if not is_gap(part)]


def is_gap(part: Read) -> bool:
    gaps = (names.TABLE_GAP.name, names.SAMPLE_GAP.name, names.SAMPLE_END.name)
    return isinstance(part, ReadParagraph) and part.style in gaps


def _comparable(part: Read) -> Read:
    if isinstance(part, ReadParagraph):
        pictures = tuple(
            _comparable_picture(picture.alternative_text, is_decorative=picture.is_decorative)
            for picture in part.pictures
        )
        return ReadParagraph(
            part.style, part.text, part.label, part.level, pictures=pictures, pages=part.pages
        )
    rows = tuple(
        tuple(
            ReadCell(tuple(comparable(cell.content)), cell.column, cell.colspan, cell.rowspan)
            for cell in row
        )
        for row in part.rows
    )
    # the first row of 目標表 is flagged as a header, and is none in the document
    headers = 0 if "目標表" in part.style and part.header_rows == 1 else part.header_rows
    return ReadTable(part.style, part.title, part.description, headers, rows)


def _expect(block: Block) -> Iterator[Read]:
    match block:
        case Paragraph() | ItemList():
            yield from _text((block,))
        case Heading():
            style = names.heading_style(block.style, block.level, is_listed=block.is_listed).name
            level = block.level if block.is_listed else None
            further = (block.outline or "").removeprefix(block.text).replace("\n", "")
            yield ReadParagraph(style, block.text + further, level=level)
        case Note():
            style = names.text_style(block.style).name
            first = block.content[0].text if block.content else ""
            yield ReadParagraph(style, f"{block.label}\t{first}")
            yield from _text(block.content[1:])
        case Cover():
            yield from _cover(block)
        case Table():
            yield from _table_with_caption(block)
        case SamplePage():
            yield _sample(block)
        case FigureGrid():
            yield from _figures(block)
        case PageBreak() | Contents():
            pass
        case _:
            assert_never(block)


def _contents(
    contents: Contents, headings: Sequence[Heading], pages: Mapping[str, str]
) -> Iterator[ReadParagraph]:
    for heading in headings:
        if heading.is_listed and heading.level <= contents.depth:
            number = pages.get(heading.id, "")
            parts = (heading.outline or heading.text, heading.status, number)
            text = "\t".join(parts) if heading.status else f"{parts[0]}\t{number}"
            yield ReadParagraph(f"toc {heading.level}", text, pages=(number,))


def _captions(block: Block) -> Iterator[ReadParagraph]:
    for caption in captions_of(block):
        yield ReadParagraph("caption", caption.printed)


def _table_with_caption(table: Table) -> Iterator[Read]:
    yield from _captions(table)
    if table.header_rows or table.rows:
        yield _table(table)


def _figures(grid: FigureGrid) -> Iterator[ReadParagraph]:
    yield from _captions(grid)
    for start in range(0, len(grid.figures), grid.columns):
        row = grid.figures[start : start + grid.columns]
        pictures = tuple(map(_picture, row))
        yield ReadParagraph("図", "\t" * (len(row) - 1), pictures=pictures)


def _picture(figure: Figure) -> ReadPicture:
    return ReadPicture(
        figure.alternative_text, is_decorative=False, number=0, size=(0, 0), files=()
    )


def _comparable_picture(alternative_text: str, *, is_decorative: bool) -> ReadPicture:
    return ReadPicture(alternative_text, is_decorative, number=0, size=(0, 0), files=())


_IN_CELL = _comparable_picture("", is_decorative=True)


def _text(blocks: Sequence[CellBlock], *, sample: bool = False) -> Iterator[ReadParagraph]:
    for block in blocks:
        match block:
            case Paragraph():
                style = names.text_style(block.style, sample=sample).name
                told = (span.text.split(TO_PAGE) for span in block.spans if span.is_page)
                yield ReadParagraph(style, block.text, pages=tuple(chain.from_iterable(told)))
            case ItemList():
                for item in block.items:
                    first, *rest = _text(item.content, sample=sample)
                    yield ReadParagraph(first.style, first.text, item.label)
                    yield from rest
            case Bar() | Sparkline():
                yield ReadParagraph("表の棒", "", pictures=(_IN_CELL,))
            case _:
                assert_never(block)


def _cover(cover: Cover) -> Iterator[ReadParagraph]:
    lines = (
        (cover.council_label, TextStyle.COVER_LABEL),
        (cover.committee, TextStyle.COVER_COMMITTEE),
        ("\n".join(cover.title), TextStyle.COVER_TITLE),
        (cover.year, TextStyle.COVER_YEAR),
        ("\n".join(cover.notices), TextStyle.COVER_NOTICE),
        (cover.date, TextStyle.COVER_DATE),
        (cover.issuer, TextStyle.COVER_ISSUER),
    )
    for line, style in lines:
        if line:
            yield ReadParagraph(names.text_style(style).name, line)


def _table(table: Table, *, sample: bool = False) -> ReadTable:
    rows = (*_rows(table.header_rows, sample=sample), *_rows(table.rows, sample=sample))
    cells = [cell for row in (*table.header_rows, *table.rows) for cell in row.cells]
    dense = any(cell.style in (CellStyle.DENSE, CellStyle.DENSE_HEADER) for cell in cells)
    style = names.table_style(table.style, dense=dense, sample=sample).name
    return ReadTable(style, table.title, table.description, len(table.header_rows), rows)


def _rows(rows: Sequence[Row], *, sample: bool) -> tuple[tuple[ReadCell, ...], ...]:
    """Place the cells by marking every square of the grid that a cell covers."""
    covered: set[tuple[int, int]] = set()
    read: list[list[ReadCell]] = [[] for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (number, column) in covered:
                column += 1
            content = tuple(_text(cell.content, sample=sample))
            read[number].append(ReadCell(content, column, cell.colspan, cell.rowspan))
            covered |= {
                (number + down, column + right)
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            }
    return tuple(tuple(sorted(cells, key=lambda cell: cell.column)) for cells in read)


def _sample(sample: SamplePage) -> ReadTable:
    tables = [_table(table, sample=True) for table in sample.tables]
    marks = "".join(f"\t{callout.mark}" for callout in sample.callouts)
    callouts = [ReadParagraph(names.SAMPLE_MARKS.name, marks)] if marks else []
    box = [ReadParagraph(names.SAMPLE_NUMERAL.name, sample.numeral)] if sample.numeral else []
    cell = ReadCell((*box, *tables[:-1], *callouts, *tables[-1:]), 0, 1, 1)
    return ReadTable(names.SAMPLE_FRAME.name, "", sample.alternative_text, 0, ((cell,),))
