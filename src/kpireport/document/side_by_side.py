"""Sections of a few words, set side by side in a table instead of below each other.

Comes in: blocks. Goes out: the same, where sections of a sentence and a list follow each other
in one table, whose header they are, so that they do not take half a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace

from kpireport.document.blocks import Block, Cell, CellBlock, Heading, ItemList, Paragraph, Table
from kpireport.document.columns import Column, compose_table, rows_of
from kpireport.document.styles import CellStyle, TextStyle
from kpireport.quickly import dataclass

_LEAST = 10  # letters that a column has room for
_MOST = 3
"""Side by side: more would break the lines of a few words."""


@dataclass(slots=True)
class _Section:
    """A heading and what stands below it; None for what stands above the first."""

    heading: Heading | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def is_brief(self) -> bool:
        """Whether it consists of sentences and lists alone."""
        return self.heading is not None and all(
            isinstance(each, Paragraph | ItemList) for each in self.blocks
        )


def side_by_side(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield ``blocks``, brief sections that follow each other side by side.

    Args:
        blocks: headings of one level, each with what stands below it.
    """
    found = _sections(blocks)
    brief = [each for each in found if each.is_brief]
    if len(brief) > 1:
        yield from _tables(brief)
        found = [each for each in found if not each.is_brief]
    for each in found:
        yield from (each.heading,) if each.heading else ()
        yield from each.blocks


def _sections(blocks: Iterable[Block]) -> list[_Section]:
    found = [_Section(None)]
    for block in blocks:
        if isinstance(block, Heading):
            found.append(_Section(block))
        else:
            found[-1].blocks.append(block)
    return found


def _tables(brief: Sequence[_Section]) -> Iterator[Table]:
    tables = -(-len(brief) // _MOST)
    size = -(-len(brief) // tables)
    for at in range(0, len(brief), size):
        beside = brief[at : at + size]
        names = [each.heading.text for each in beside if each.heading]
        longest = [max(_LEAST, *map(_longest, each.blocks)) for each in beside]
        widths = [100 * each // sum(longest) for each in longest]
        columns = tuple(
            Column(f"section-{number}", width, name, _maker(each))
            for number, (each, name, width) in enumerate(zip(beside, names, widths, strict=True))
        )
        yield compose_table(columns, rows_of(columns, (None,)), "と".join(names))


def _longest(block: Block) -> int:
    """Return the letters of a list's longest item; a sentence may take several lines."""
    if not isinstance(block, ItemList):
        return 0
    texts = (each for item in block.items for each in item.content if isinstance(each, Paragraph))
    return max((len(each.text) for each in texts), default=0)


def _maker(brief: _Section) -> Callable[[None], Cell]:
    content = tuple(_dense(each) for each in brief.blocks if isinstance(each, Paragraph | ItemList))
    return lambda _: Cell(content, CellStyle.PROSE)


def _dense(block: Paragraph | ItemList) -> CellBlock:
    if isinstance(block, Paragraph):
        return replace(block, style=TextStyle.DENSE_TEXT)
    return block
