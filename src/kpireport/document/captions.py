"""Captions (図表番号): their numbers, and the texts that refer to them.

Comes in: a document's sections as composed. Goes out: the same with every number
final. Numbers are given at the end, in reading order: a text may refer to what stands
further on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kpireport.document.blocks import (
    Block,
    Caption,
    CaptionKind,
    Cell,
    CellBlock,
    FigureGrid,
    ItemList,
    ListItem,
    Note,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from kpireport.domain.numerals import NumeralStyle, write_numerals


def table_caption(identifier: str, text: str) -> Caption:
    """Return the caption of a table."""
    return Caption(f"table-{identifier}", CaptionKind.TABLE, text)


def figure_caption(identifier: str, text: str) -> Caption:
    """Return the caption of a chart, or of charts side by side."""
    return Caption(f"figure-{identifier}", CaptionKind.FIGURE, text)


def refer_to(caption_id: str) -> Span:
    """Return the span that refers to a caption (表３); it has its text once that is numbered."""
    return Span("", target=caption_id)


def number_captions(
    sections: Iterable[Section], numerals: NumeralStyle = NumeralStyle.MIXED
) -> tuple[Section, ...]:
    """Number the captions of each kind from 1, and give the spans that refer to them their text."""
    counts: Counter[str] = Counter()
    numbered = [_numbered(section, counts, numerals) for section in sections]
    blocks = (block for section in numbered for block in section.blocks)
    texts = {each.id: each.reference for block in blocks for each in captions_of(block)}
    return tuple(_referring(section, texts) for section in numbered)


def captions_of(block: Block) -> Iterator[Caption]:
    """Yield the caption of a block, if it has one."""
    if isinstance(block, Table | FigureGrid) and block.caption is not None:
        yield block.caption


def _numbered(section: Section, counts: Counter[str], numerals: NumeralStyle) -> Section:
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Table | FigureGrid) and block.caption is not None:
            counts[block.caption.kind] += 1
            number = write_numerals(str(counts[block.caption.kind]), numerals)
            blocks.append(replace(block, caption=replace(block.caption, number=number)))
        else:
            blocks.append(block)
    return replace(section, blocks=tuple(blocks))


def _referring(section: Section, texts: Mapping[str, str]) -> Section:
    return replace(section, blocks=tuple(_worded(block, texts) for block in section.blocks))


def _worded(block: Block, texts: Mapping[str, str]) -> Block:
    """Return a block whose references say what they refer to, however deep they stand."""
    match block:
        case Paragraph():
            return _worded_paragraph(block, texts)
        case ItemList():
            return _worded_list(block, texts)
        case Note():
            content = tuple(_worded_paragraph(each, texts) for each in block.content)
            return replace(block, content=content) if _are_others(content, block.content) else block
        case Table():
            rows = tuple(_worded_row(row, texts) for row in block.rows)
            return replace(block, rows=rows) if _are_others(rows, block.rows) else block
        case _:
            return block


def _are_others(made: Sequence[object], before: Sequence[object]) -> bool:
    """Whether anything was made anew: what refers to nothing, which is most, is left as it is."""
    return any(new is not old for new, old in zip(made, before, strict=True))


def _worded_row(row: Row, texts: Mapping[str, str]) -> Row:
    if not _may_refer(row):
        return row
    cells = tuple(_worded_cell(cell, texts) for cell in row.cells)
    return replace(row, cells=cells) if _are_others(cells, row.cells) else row


def _may_refer(row: Row) -> bool:
    """Whether a row may have a reference: of the many rows of a document hardly one has."""
    for cell in row.cells:
        for part in cell.content:
            if isinstance(part, ItemList):
                return True
            if isinstance(part, Paragraph) and any(map(_is_reference, part.spans)):
                return True
    return False


def _worded_cell(cell: Cell, texts: Mapping[str, str]) -> Cell:
    content = _worded_parts(cell.content, texts)
    return replace(cell, content=content) if _are_others(content, cell.content) else cell


def _worded_parts(parts: Sequence[CellBlock], texts: Mapping[str, str]) -> tuple[CellBlock, ...]:
    return tuple(
        _worded_paragraph(part, texts)
        if isinstance(part, Paragraph)
        else _worded_list(part, texts)
        if isinstance(part, ItemList)
        else part
        for part in parts
    )


def _worded_list(block: ItemList, texts: Mapping[str, str]) -> ItemList:
    items = tuple(_worded_item(item, texts) for item in block.items)
    return replace(block, items=items) if _are_others(items, block.items) else block


def _worded_item(item: ListItem, texts: Mapping[str, str]) -> ListItem:
    content = _worded_parts(item.content, texts)
    return replace(item, content=content) if _are_others(content, item.content) else item


def _worded_paragraph(block: Paragraph, texts: Mapping[str, str]) -> Paragraph:
    spans = tuple(_worded_span(span, texts) for span in block.spans)
    return replace(block, spans=spans) if _are_others(spans, block.spans) else block


def _worded_span(span: Span, texts: Mapping[str, str]) -> Span:
    return replace(span, text=texts[span.target or ""]) if _is_reference(span) else span


def _is_reference(span: Span) -> bool:
    return not span.text and span.target is not None and not span.is_page
