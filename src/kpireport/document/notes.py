"""Notes below a table: what explains its marks belongs to it, page by page.

Comes in: the blocks of a section. Goes out: the blocks, each table with its notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpireport.document.blocks import Block, Note, Table


def with_notes(blocks: Sequence[Block]) -> Iterator[tuple[Block, tuple[Note, ...]]]:
    """Yield every block, a table with the notes directly below it, which then do not come alone."""
    at = 0
    while at < len(blocks):
        block, at = blocks[at], at + 1
        notes: tuple[Note, ...] = ()
        if isinstance(block, Table):
            below = (blocks[index] for index in range(at, len(blocks)))
            notes = tuple(_notes_first(below))
            at += len(notes)
        yield block, notes


def _notes_first(blocks: Iterator[Block]) -> Iterator[Note]:
    for block in blocks:
        if not isinstance(block, Note):
            return
        yield block
