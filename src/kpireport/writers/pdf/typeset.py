"""Paragraphs and lists → content: lines of placed text, and the elements that they ask for.

Comes in: blocks of text and a width. Goes out: what a page or a table row is filled with
(:mod:`kpireport.writers.pdf.strips`). Equal blocks of equal width are the same content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from functools import lru_cache
from typing import TypeAlias, assert_never

from reportlab.pdfbase.ttfonts import TTFont

from kpireport.document.blocks import (
    Bar,
    CellBlock,
    ItemList,
    ListItem,
    Note,
    Paragraph,
    Span,
    Sparkline,
)
from kpireport.document.styles import SpanStyle, TextStyle
from kpireport.quickly import dataclass
from kpireport.writers.cell_pictures import lay_bar, lay_spark
from kpireport.writers.fonts import load_font
from kpireport.writers.linebreak import split_lines
from kpireport.writers.pdf.cell_pictures import BulletPicture, SparkPicture
from kpireport.writers.pdf.strips import (
    Content,
    Part,
    PlacedRun,
    Run,
    Strip,
    lines_to_strips,
    strips_height,
)
from kpireport.writers.theme import DISTRIBUTION_LIMIT, MINIMUM_SIZE, Align, TextLook, Theme
from kpireport.writers.widths import LETTER_GAP, CellNeeds, gap_places, set_text

_WIDEST_GAP = 0.1  # em between characters; a line that justifying would pull apart is ragged
_NOTE_MARK_SCALE, _NOTE_MARK_RISE = 0.7, 0.35
_KEPT = 8192  # contents that are at hand to be set again, and as many paragraphs

Lines: TypeAlias = tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class _Glyphs:
    """A paragraph's characters with their span and advance."""

    text: str
    spans: tuple[int, ...]  # of each character
    advances: tuple[float, ...]


@dataclass(slots=True)
class Typesetter:
    """Sets text in the looks of a theme, for one document."""

    theme: Theme
    cell_needs: CellNeeds = field(init=False)
    """The widths that the document's cells need."""
    _contents: Callable[[tuple[CellBlock, ...], float], Content] = field(init=False)
    _lines: Callable[[tuple[Span, ...], TextStyle, float], Lines] = field(init=False)

    def __post_init__(self) -> None:
        self.cell_needs = CellNeeds(self.theme)
        self._contents = lru_cache(_KEPT)(self.set_blocks)
        self._lines = lru_cache(_KEPT)(self._set_lines)

    def set_cell(self, blocks: Sequence[CellBlock], width: float) -> Content:
        """Return what :meth:`set_blocks` does; cells that look the same share it."""
        return self._contents(tuple(map(_without_source, blocks)), width)

    def set_blocks(self, blocks: Sequence[CellBlock | Note], width: float) -> Content:
        """Return ``blocks`` set in ``width`` points.

        A single paragraph's text belongs to the owner of the content itself.
        """
        setting = _Setting(self)
        strips = setting.blocks(blocks, width, parent=0, shift=0.0)
        return Content(tuple(strips), tuple(setting.parts), strips_height(strips))

    def paragraph_lines(self, paragraph: Paragraph, width: float) -> Lines:
        """Return the lines of a paragraph."""
        return self._lines(paragraph.spans, paragraph.style, width)

    def _set_lines(self, spans: tuple[Span, ...], style: TextStyle, width: float) -> Lines:
        return set_lines(spans, self.theme.text[style], width)


def _without_source(block: CellBlock) -> CellBlock:
    """Return a block without what names the input of its texts: nothing of that is seen."""
    if not isinstance(block, Paragraph):
        return block
    if not block.source and not [span for span in block.spans if span.source]:
        return block
    spans = tuple(replace(span, source="") if span.source else span for span in block.spans)
    return replace(block, spans=spans, source="")


@dataclass(slots=True)
class _Setting:
    """The setting of one content, whose ``parts`` are numbered as they are met."""

    typesetter: Typesetter
    parts: list[Part] = field(default_factory=list)

    @property
    def theme(self) -> Theme:
        return self.typesetter.theme

    def _part(self, tag: str, parent: int, attributes: str = "", identifier: str = "") -> int:
        self.parts.append(Part(tag, parent, attributes, identifier))
        return len(self.parts)  # the owner is 0

    def blocks(
        self, blocks: Sequence[CellBlock | Note], width: float, *, parent: int, shift: float
    ) -> list[Strip]:
        """Return the strips of ``blocks``, set ``shift`` points to the right in ``width``."""
        strips: list[Strip] = []
        is_alone = sum(not isinstance(block, Bar | Sparkline) for block in blocks) == 1
        for block in blocks:
            match block:
                case Paragraph():
                    owner = parent if is_alone else self._part("P", parent)
                    strips.extend(self._paragraph(block, width, owner, shift))
                case ItemList():
                    strips.extend(self._list(block, width, parent, shift))
                case Note():
                    strips.extend(self._note(block, width, parent, shift))
                case Bar():
                    strips.append(self._bar(block, width))
                case Sparkline():
                    strips.append(self._spark(block, width))
                case _:
                    assert_never(block)
        return strips

    def _paragraph(
        self, paragraph: Paragraph, width: float, part: int, shift: float
    ) -> list[Strip]:
        lines = self.typesetter.paragraph_lines(paragraph, width)
        return lines_to_strips(lines, self.theme.text[paragraph.style], part, shift)

    def _list(self, block: ItemList, width: float, parent: int, shift: float) -> list[Strip]:
        numbering = "Disc" if block.items[0].label in "・●" else "Decimal"
        part = self._part("L", parent, f"/O /List /ListNumbering /{numbering}")
        look = self.theme.text[block.style]
        strips: list[Strip] = []
        for item in block.items:
            if strips and item is block.items[-1]:  # no last item alone on a page
                strips[-1] = replace(strips[-1], keep_with_next=True)
            strips.extend(self._item(item, look, width, self._part("LI", part), shift))
        # a list stays together, not with what follows it
        strips[-1] = replace(strips[-1], keep_with_next=False)
        return strips

    def _item(
        self, item: ListItem, look: TextLook, width: float, parent: int, shift: float
    ) -> list[Strip]:
        label, body = self._part("Lbl", parent), self._part("LBody", parent)
        indent = look.label_em * look.size
        first, *others = self.blocks(
            item.content, width - indent, parent=body, shift=shift + indent
        )
        return [_with_label(first, item.label, look, label, shift), *others]

    def _note(self, note: Note, width: float, parent: int, shift: float) -> list[Strip]:
        part = self._part("Note", parent, identifier=note.id)
        look = self.theme.text[note.style]
        indent = look.label_em * look.size
        label = self._part("Lbl", part)
        strips: list[Strip] = []
        for paragraph in note.content:
            owner = self._part("P", part)
            strips.extend(self._paragraph(paragraph, width - indent, owner, shift + indent))
        first = _with_label(strips[0], note.label, look, label, shift)
        return [replace(first, anchor=note.id), *strips[1:]]

    def _bar(self, bar: Bar, width: float) -> Strip:
        look = self.theme.bar
        bullet = lay_bar(bar, width, look)
        picture = BulletPicture(bullet, (width - bullet.width) / 2, look, self.theme.accent)
        height = bullet.height + bullet.space_after
        return Strip(height, bullet.height, (), picture=picture)

    def _spark(self, block: Sparkline, width: float) -> Strip:
        look = self.theme.spark
        spark = lay_spark(block, width, look)
        picture = SparkPicture(spark, (width - spark.width) / 2, look, self.theme.accent)
        return Strip(look.height + look.space_after, look.height, (), picture=picture)


def _with_label(strip: Strip, text: str, look: TextLook, part: int, shift: float) -> Strip:
    """Set a label on a strip, before its text."""
    font = load_font(look.typeface, bold=look.bold)
    label = Run(text, font, look.size, 0.0, text_width(text, font, look.size))
    return replace(strip, runs=(PlacedRun(label, part, shift), *strip.runs))


def text_width(text: str, font: TTFont, size: float) -> float:
    """Return the natural width of ``text`` in points."""
    return sum(_advances(text, font, size))


def _advances(text: str, font: TTFont, size: float) -> list[float]:
    widths, default = font.face.charWidths, font.face.defaultWidth
    return [widths.get(ord(char), default) * size / 1000 for char in text]


def set_lines(spans: Sequence[Span], look: TextLook, width: float) -> Lines:
    """Break ``spans`` into lines of ``width`` points and align them.

    A line break in the text is kept; every part between two is indented as
    the paragraph's continuation, not as a new paragraph.
    """
    lines: list[tuple[Run, ...]] = []
    indent = look.indent_em * look.size
    first = indent + look.first_line_em * look.size
    for part in _split_parts(spans):
        glyphs = _measure(part, look)
        ends = split_lines(
            glyphs.text,
            _with_gaps(glyphs, look) if look.letter_gaps else glyphs.advances,
            (width - first, width - indent),
            look.breaking,
            glued=_glued(part),
            marks=_marks(part),
        )
        for start, end in zip([0, *ends], ends, strict=False):
            is_last = end == len(glyphs.text)
            line = _runs(part, glyphs, start, end, look)
            lines.append(_align(line, look, width, first, is_last=is_last))
            first = indent
    return tuple(lines)


def set_in_one_line(text: str, look: TextLook, width: float) -> tuple[Run, ...]:
    """Return ``text`` as one line of ``width`` points, shortened where it is longer."""
    first, *others = set_lines((Span(text),), look, width)
    if not others:
        return first
    kept = len("".join(run.text for run in first)) - 1
    return set_lines((Span(f"{text[:kept]}…"),), look, width)[0]


def _split_parts(spans: Sequence[Span]) -> list[list[Span]]:
    """Split ``spans`` at forced line breaks."""
    parts: list[list[Span]] = [[]]
    for span in spans:
        for number, text in enumerate(set_text(span).split("\n")):
            if number:
                parts.append([])
            parts[-1].append(span if text == span.text else replace(span, text=text))
    return parts


def _measure(spans: Sequence[Span], look: TextLook) -> _Glyphs:
    advances: list[float] = []
    owners: list[int] = []
    for number, span in enumerate(spans):
        font, size, _ = _span_face(span, look)
        advances.extend(_advances(span.text, font, size))
        owners.extend([number] * len(span.text))
    return _Glyphs("".join(span.text for span in spans), tuple(owners), tuple(advances))


def _with_gaps(glyphs: _Glyphs, look: TextLook) -> tuple[float, ...]:
    """Return the advances with what LibreOffice sets between Japanese letters and digits.

    Word's file leaves such a text's lines to whoever opens it, for it is edited there; so it
    takes as many here.
    """
    advances = list(glyphs.advances)
    for at in gap_places(glyphs.text):
        advances[at] += LETTER_GAP * look.size
    return tuple(advances)


def _glued(spans: Sequence[Span]) -> set[int]:
    """Return where no line may begin: within a note's mark."""
    return {at for begin, end in _marked(spans) for at in range(begin + 1, end)}


def _marks(spans: Sequence[Span]) -> set[int]:
    """Return where the notes' marks begin."""
    return {begin for begin, _ in _marked(spans)}


def _marked(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    at = 0
    for span in spans:
        if span.style is SpanStyle.NOTE_MARK:
            yield at, at + len(span.text)
        at += len(span.text)


def _span_face(span: Span, look: TextLook) -> tuple[TTFont, float, float]:
    """Return a span's font, size and rise; a note's mark is small and raised, 8 pt or more."""
    match span.style:
        case SpanStyle.PLAIN:
            return load_font(look.typeface, bold=look.bold), look.size, 0.0
        case SpanStyle.STRONG:
            return load_font(look.typeface, bold=True), look.size, 0.0
        case SpanStyle.NOTE_MARK:
            size = max(MINIMUM_SIZE, look.size * _NOTE_MARK_SCALE)
            font = load_font(look.typeface, bold=look.bold)
            return font, size, look.size * _NOTE_MARK_RISE
        case _:
            assert_never(span.style)


def _runs(
    spans: Sequence[Span], glyphs: _Glyphs, start: int, end: int, look: TextLook
) -> list[Run]:
    """Return the runs of one line, set from 0 at their natural width."""
    runs: list[Run] = []
    x = 0.0
    at = start
    while at < end:
        owner = glyphs.spans[at]
        stop = at
        while stop < end and glyphs.spans[stop] == owner:
            stop += 1
        width = sum(glyphs.advances[at:stop])
        span = spans[owner]
        font, size, rise = _span_face(span, look)
        runs.append(
            Run(
                glyphs.text[at:stop],
                font,
                size,
                x,
                width,
                rise=rise,
                target=span.target or "",
                spoken=span.spoken or "",
                is_page=span.is_page,
                until=span.until,
            )
        )
        x += width
        at = stop
    return runs


def _align(
    runs: list[Run], look: TextLook, width: float, indent: float, *, is_last: bool
) -> tuple[Run, ...]:
    """Shift or spread a line's runs within ``width`` as the look asks."""
    hanging = _hanging_blank(runs)
    natural = sum(run.width for run in runs) - sum(hanging)
    slack = width - indent - natural
    match look.align:
        case Align.LEFT:
            return _spread(runs, indent, 0.0)
        case Align.CENTER:
            return _spread(runs, indent + max(0.0, slack / 2), 0.0)
        case Align.RIGHT:
            return _spread(runs, indent + max(0.0, slack), 0.0)
        case Align.JUSTIFY:
            gaps = sum(len(run.text) for run in runs) - len(hanging) - 1
            spacing = slack / gaps if gaps > 0 and not is_last else 0.0
            return _spread(runs, indent, spacing if spacing <= _WIDEST_GAP * look.size else 0.0)
        case Align.DISTRIBUTE:
            return _distribute(runs, indent, natural, width - indent)
        case _:
            assert_never(look.align)


def _hanging_blank(runs: Sequence[Run]) -> list[float]:
    """Return the widths of the blanks at a line's end: they hang over it and shift nothing."""
    if not runs or not "".join(run.text for run in runs).strip():
        return []
    last = runs[-1]
    blanks = last.text[len(last.text.rstrip("\u3000 ")) :]
    return _advances(blanks, last.font, last.size)


def _spread(runs: Sequence[Run], x: float, spacing: float) -> tuple[Run, ...]:
    if not x and not spacing:
        return tuple(runs)
    placed: list[Run] = []
    for run in runs:
        width = run.width + spacing * len(run.text)
        placed.append(replace(run, x=x, width=width, spacing=spacing))
        x += width
    return tuple(placed)


def _distribute(
    runs: Sequence[Run], indent: float, natural: float, width: float
) -> tuple[Run, ...]:
    """Spread a word over the width (均等割付), but not beyond what still reads as a word."""
    gaps = sum(len(run.text) for run in runs) - 1
    goal = min(width, natural * DISTRIBUTION_LIMIT)
    spacing = (goal - natural) / gaps if gaps > 0 and goal > natural else 0.0
    x = indent + (width - max(goal, natural)) / 2 if gaps > 0 else indent + (width - natural) / 2
    return tuple(replace(run, is_distributed=spacing > 0) for run in _spread(runs, x, spacing))
