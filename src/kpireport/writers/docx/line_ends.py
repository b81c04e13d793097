"""Where the lines of a text in a cell end in Word: where they end in the PDF.

Comes in: a paragraph that nobody edits in Word, the room for it. Goes out: the same with
:data:`LINE_ENDS` at the ends of its lines. In the file it is a break that ends lines beside
a floating picture (``w:br`` with ``w:clear``, 17.3.3.1): we have no such pictures, so it is
a line break that no text of ours has, and readers look through it.

LibreOffice parts digits and Latin letters from Japanese ones, also where a style says not
to, and neither it nor Word lets blanks hang over a line's end. Lines that this would
overfill end earlier, so that none leaves a letter or a blank behind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, pairwise, repeat

from kpireport.document.blocks import Paragraph, Span
from kpireport.document.ems import natural_width
from kpireport.document.styles import SpanStyle
from kpireport.quickly import dataclass
from kpireport.writers.breaks import Breaking
from kpireport.writers.linebreak import split_lines
from kpireport.writers.theme import MINIMUM_SIZE, Align, TextLook
from kpireport.writers.widths import (
    LETTER_GAP,
    MARK_SCALE,
    gap_places,
    set_text,
)

LINE_ENDS = "\u2028"
_BLANKS = frozenset(" \u3000")
_TOLERANCE = 0.01  # points


def with_line_ends(paragraph: Paragraph, look: TextLook, width: float) -> Paragraph:
    """Return ``paragraph``, which has ``width`` points from its indent on, with its lines' ends.

    Prose, which fills its lines, and what staff may edit stay as they are.
    """
    if look.letter_gaps or look.align in _FILLED or width <= 0 or is_edited(paragraph):
        return paragraph
    text = "".join(map(set_text, paragraph.spans))
    if len(text) * look.size <= width - (look.indent_em + look.first_line_em) * look.size:
        return paragraph  # the most usual: it fits, however wide its characters
    return _with_ends(paragraph, text, look, width)


_FILLED = (Align.JUSTIFY, Align.DISTRIBUTE)


def is_edited(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph has a text that staff may edit in Word."""
    return bool(paragraph.source) or any(span.source for span in paragraph.spans)


@lru_cache(maxsize=8192)  # a cell is measured for its row and written
def _with_ends(paragraph: Paragraph, text: str, look: TextLook, width: float) -> Paragraph:
    ends = set(_ends(text, paragraph.spans, look, width))
    return replace(paragraph, spans=tuple(_marked(paragraph.spans, ends))) if ends else paragraph


def _ends(text: str, spans: Sequence[Span], look: TextLook, width: float) -> Iterator[int]:
    """Yield the places in ``text`` where a line ends, but for those that it has itself."""
    mark = max(MINIMUM_SIZE, look.size * MARK_SCALE)
    advances = [
        natural_width(char) * (mark if span.style is SpanStyle.NOTE_MARK else look.size)
        for span in spans
        for char in set_text(span)
    ]
    glued, marks = set(_glued(spans)), set(_marks(spans))
    indent = look.indent_em * look.size
    first, begin = indent + look.first_line_em * look.size, 0
    for part in text.split("\n"):
        end = begin + len(part)
        line = _Line(
            part,
            (width - first, width - indent),
            frozenset(at - begin for at in glued),
            frozenset(at - begin for at in marks),
            look.breaking,
        )
        gaps = dict.fromkeys(gap_places(part), LETTER_GAP * look.size)
        yield from (begin + each for each in line.ends(advances[begin:end], gaps)[:-1])
        begin, first = end + 1, indent


@dataclass(frozen=True, slots=True)
class _Line:
    """A text that may take several lines, and the room for the first and for the others."""

    text: str
    widths: tuple[float, float]
    glued: frozenset[int]
    marks: frozenset[int]
    breaking: Breaking

    def ends(self, advances: Sequence[float], gaps: Mapping[int, float]) -> list[int]:
        """Return where lines end as in the PDF, or earlier where ``gaps`` would overfill one."""
        ends = self._split(advances)
        if not gaps and not _BLANKS.intersection(self.text):
            return ends
        wide = [advance + gaps.get(at, 0.0) for at, advance in enumerate(advances)]
        rooms = chain(self.widths[:1], repeat(self.widths[1]))
        lines = pairwise((0, *ends))
        is_full = any(
            sum(wide[start:end]) - gaps.get(end - 1, 0.0) > room + _TOLERANCE
            for (start, end), room in zip(lines, rooms, strict=False)
        )
        return self._split(self._with_blanks(wide)) if is_full else ends

    def _with_blanks(self, advances: Sequence[float]) -> list[float]:
        """Give the blanks' widths to the characters before them, for here none hang."""
        widths = list(advances)
        for at in range(len(widths) - 1, 0, -1):
            if self.text[at] in _BLANKS:
                widths[at - 1], widths[at] = widths[at - 1] + widths[at], 0.0
        return widths

    def _split(self, advances: Sequence[float]) -> list[int]:
        return _split(
            self.text, tuple(advances), self.widths, self.breaking, self.glued, self.marks
        )


@lru_cache(maxsize=4096)  # the same few words stand in many cells
def _split(
    part: str,
    advances: tuple[float, ...],
    widths: tuple[float, float],
    breaking: Breaking,
    glued: frozenset[int],
    marks: frozenset[int],
) -> list[int]:
    return split_lines(part, advances, widths, breaking, glued=glued, marks=marks)


def _glued(spans: Sequence[Span]) -> Iterator[int]:
    """Yield the places within what Word writes anew, and within a note's mark."""
    begin = 0
    for span in spans:
        end = begin + len(set_text(span))
        if span.target or span.style is SpanStyle.NOTE_MARK:
            yield from range(begin + 1, end)
        begin = end


def _marks(spans: Sequence[Span]) -> Iterator[int]:
    """Yield where the notes' marks begin."""
    begin = 0
    for span in spans:
        if span.style is SpanStyle.NOTE_MARK:
            yield begin
        begin += len(set_text(span))


def _marked(spans: Sequence[Span], ends: Collection[int]) -> Iterator[Span]:
    begin = 0
    for span in spans:
        shown = set_text(span)
        pieces = (LINE_ENDS + char if begin + at in ends else char for at, char in enumerate(shown))
        text = "".join(pieces)
        yield replace(span, text=text.removesuffix(shown) if span.is_page else text)
        begin += len(shown)
