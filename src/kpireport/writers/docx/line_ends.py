"""Where the lines of a text in a cell end in Word: where they end in the PDF.

Comes in: a paragraph that nobody edits in Word, the room for it. Goes out: the same with
:data:`LINE_ENDS` at the ends of its lines. In the file it is a break that ends lines beside
a floating picture (``w:br`` with ``w:clear``, 17.3.3.1): we have no such pictures, so it is
a line break that no text of ours has, and readers look through it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kpireport.document.blocks import Paragraph, Span, SpanStyle
from kpireport.writers.linebreak import split_lines
from kpireport.writers.theme import Align, TextLook
from kpireport.writers.widths import PAGE_ROOM, natural_width, set_text

LINE_ENDS = "\u2028"
_MARK_SCALE = 0.7  # of a note's mark


def with_line_ends(paragraph: Paragraph, look: TextLook, width: float) -> Paragraph:
    """Return ``paragraph``, which has ``width`` points from its indent on, with its lines' ends.

    Prose, which fills its lines, and what staff may edit stay as they are.
    """
    is_edited = paragraph.source or any(span.source for span in paragraph.spans)
    if is_edited or not look.phrase_breaks or look.align is Align.DISTRIBUTE or width <= 0:
        return paragraph
    text = "".join(map(set_text, paragraph.spans))
    if len(text) * look.size <= width - (look.indent_em + look.first_line_em) * look.size:
        return paragraph  # the most usual: it fits, however wide its characters
    ends = set(_ends(text, paragraph.spans, look, width))
    return replace(paragraph, spans=tuple(_marked(paragraph.spans, ends))) if ends else paragraph


def _ends(text: str, spans: Sequence[Span], look: TextLook, width: float) -> Iterator[int]:
    """Yield the places in ``text`` where a line ends, but for those that it has itself."""
    advances = [
        natural_width(char) * look.size * (_MARK_SCALE if span.style is SpanStyle.NOTE_MARK else 1)
        for span in spans
        for char in set_text(span)
    ]
    glued = set(_glued(spans))
    indent = look.indent_em * look.size
    first, begin = indent + look.first_line_em * look.size, 0
    for part in text.split("\n"):
        end = begin + len(part)
        ends = _split(
            part,
            tuple(advances[begin:end]),
            (width - first, width - indent),
            frozenset(at - begin for at in glued),
        )
        yield from (begin + each for each in ends[:-1])
        begin, first = end + 1, indent


@lru_cache(maxsize=4096)  # the same few words stand in many cells
def _split(
    part: str, advances: tuple[float, ...], widths: tuple[float, float], glued: frozenset[int]
) -> list[int]:
    return split_lines(part, advances, widths, balanced=True, glued=glued)


def _glued(spans: Sequence[Span]) -> Iterator[int]:
    """Yield the places within what Word writes anew, and before a note's mark."""
    begin = 0
    for span in spans:
        end = begin + len(set_text(span))
        if span.style is SpanStyle.NOTE_MARK:
            yield begin
        if span.target:
            yield from range(begin + 1, end)
        begin = end


def _marked(spans: Sequence[Span], ends: Collection[int]) -> Iterator[Span]:
    begin = 0
    for span in spans:
        shown = set_text(span)
        pieces = (LINE_ENDS + char if begin + at in ends else char for at, char in enumerate(shown))
        text = "".join(pieces)
        yield replace(span, text=text.removesuffix(PAGE_ROOM) if span.is_page else text)
        begin += len(shown)
