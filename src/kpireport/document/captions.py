"""Captions (図表番号): their numbers, and the texts that refer to them.

Comes in: a document's sections as composed. Goes out: the same with every number
final. Numbers are given at the end, in reading order: a text may refer to what stands
further on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kpireport.document.blocks import (
    Block,
    Caption,
    CaptionKind,
    FigureGrid,
    Paragraph,
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
    blocks = (
        replace(block, spans=tuple(_worded(span, texts) for span in block.spans))
        if isinstance(block, Paragraph)
        else block
        for block in section.blocks
    )
    return replace(section, blocks=tuple(blocks))


def _worded(span: Span, texts: Mapping[str, str]) -> Span:
    if span.text or span.target is None:
        return span
    return replace(span, text=texts[span.target])
