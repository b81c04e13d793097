"""Blocks → flows: set and measured content that waits to be placed on pages.

Comes in: one section's blocks and its text area. Goes out: flows in reading
order. A flow knows how much room its beginning needs (``lead``, below the space ``before``
it), and whether all of it is that beginning and asks for the next flow's (``keeps_next``, with
the space ``after`` it), so that what belongs together stands on one page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import pairwise, takewhile
from typing import TypeAlias, assert_never

from kpireport.document.blocks import (
    Block,
    Caption,
    Contents,
    Cover,
    FigureGrid,
    Heading,
    ItemList,
    Note,
    PageBreak,
    Paragraph,
    SamplePage,
    Span,
    Table,
)
from kpireport.document.notes import with_notes
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.quickly import dataclass
from kpireport.writers.pdf.contents import make_entries
from kpireport.writers.pdf.figures import lay_figures
from kpireport.writers.pdf.items import Item, Placed, StripItem, set_box
from kpireport.writers.pdf.sample import lay_sample
from kpireport.writers.pdf.strips import Strip, lines_to_strips
from kpireport.writers.pdf.structure import Element
from kpireport.writers.pdf.tables import TableLayout
from kpireport.writers.pdf.typeset import Typesetter, set_lines
from kpireport.writers.theme import TableLook, TextLook, Theme

_KEPT_NOTES = 1 / 2  # of a page, that the notes below a table move with its last row


@dataclass(frozen=True, slots=True)
class Area:
    """The text area of a page, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline that readers navigate by."""

    id: str
    title: str
    level: int


def bookmark_of(heading: Heading) -> Bookmark:
    """Return the entry of a heading."""
    return Bookmark(heading.id, heading.outline or heading.text, heading.level)


def strips_room(strips: Sequence[Strip]) -> float:
    """Return the height of lines that stand below each other on a page, with the gaps between."""
    gaps = (max(above.after, below.before) for above, below in pairwise(strips))
    return sum(strip.height for strip in strips) + sum(gaps)


@dataclass(frozen=True, slots=True)
class StripFlow:
    """Lines that may break over pages where they are not kept together; and their elements."""

    strips: Sequence[Strip]
    elements: Sequence[Element]
    bookmark: Bookmark | None = None

    @property
    def keeps_next(self) -> bool:
        """Whether no line of it may end a page."""
        return all(strip.keep_with_next for strip in self.strips)

    @property
    def before(self) -> float:
        """The space above the first line."""
        return self.strips[0].before

    @property
    def after(self) -> float:
        """The space below the last line."""
        return self.strips[-1].after

    @property
    def lead(self) -> float:
        """The height of the lines up to the first that may end a page."""
        kept = takewhile(lambda strip: strip.keep_with_next, self.strips[:-1])
        return strips_room(self.strips[: sum(1 for _ in kept) + 1])


@dataclass(frozen=True, slots=True)
class BlockFlow:
    """An item that stands on one page, with the space below it."""

    item: Item
    height: float
    after: float
    x: float = 0.0
    keeps_next: bool = False
    before: float = 0.0
    bookmark: Bookmark | None = None

    @property
    def lead(self) -> float:
        """The whole height."""
        return self.height


@dataclass(frozen=True, slots=True)
class TableFlow:
    """A table that is cut into pieces, page by page.

    ``continued`` names it again above each further piece (``表４（続き）``): in the margin,
    so that it takes no room from the rows.
    """

    layout: TableLayout
    look: TableLook
    continued: Strip | None = None
    before: float = 0.0

    @property
    def lead(self) -> float:
        """The height of its header and first rows."""
        return self.layout.least_height()

    @property
    def wish(self) -> float:
        """The height that it begins well in."""
        return self.layout.wished_height()

    @property
    def keeps_next(self) -> bool:
        """Whether its rows stay together, and with what follows."""
        return self.layout.is_kept_whole

    @property
    def after(self) -> float:
        """The space below it."""
        return self.look.space_after


@dataclass(frozen=True, slots=True)
class PageFlow:
    """A page laid out as a whole (the cover); offsets count from the text area's top."""

    placed: Sequence[Placed]
    before: float = 0.0
    lead: float = 0.0
    after: float = 0.0
    keeps_next: bool = False


@dataclass(frozen=True, slots=True)
class BreakFlow:
    """What follows begins on a new page."""

    before: float = 0.0
    lead: float = 0.0
    after: float = 0.0
    keeps_next: bool = False


SingleBlock: TypeAlias = Cover | Heading | Paragraph | ItemList | Note | SamplePage | PageBreak

Flow: TypeAlias = StripFlow | BlockFlow | TableFlow | PageFlow | BreakFlow


@dataclass(slots=True)
class FlowMaker:
    """Makes the flows of a document; every chapter is a Sect of its own."""

    theme: Theme
    root: Element
    headings: Sequence[Heading] = ()
    page_numbers: dict[str, str] = field(default_factory=dict)  # by block, once laid out
    page_begins: set[str] = field(default_factory=set)  # headings, likewise
    table_breaks: list[dict[int, float]] = field(default_factory=list)  # the same, table by table
    _typesetter: Typesetter = field(init=False)
    _chapter: Element = field(init=False)

    def __post_init__(self) -> None:
        self._typesetter = Typesetter(self.theme)
        self._chapter = Element("Sect", self.root)

    def make(self, blocks: Sequence[Block], area: Area) -> Iterator[Flow]:
        """Yield the flows of ``blocks`` for pages with this text area."""
        for block, notes in with_notes(blocks):
            if isinstance(block, Contents):
                yield from self._make_contents(block, area)
            elif isinstance(block, FigureGrid):
                yield from self._make_figures(block, area)
            elif isinstance(block, Table):
                yield from self._make_table(block, notes, area)
            else:
                yield self._make(block, area)

    def _make_contents(self, block: Contents, area: Area) -> Iterator[BlockFlow]:
        for entry in make_entries(
            block, self.headings, self.page_numbers, self.theme, area.width, self._chapter
        ):
            yield BlockFlow(entry, entry.height, after=0)

    def _make_figures(self, block: FigureGrid, area: Area) -> Iterator[Flow]:
        group = self._chapter
        if block.caption is not None:  # a group, for it is the caption of all of them
            group = Element("Div", self._chapter)
            yield self._make_caption(block.caption, area, group)
        for row, keeps in lay_figures(block, self.theme, area.width, group):
            yield BlockFlow(row, row.height, after=self.theme.chart.space_after, keeps_next=keeps)

    def _make_table(self, block: Table, notes: Sequence[Note], area: Area) -> Iterator[Flow]:
        """Make a table and the notes below it, which stand on one page with its last row."""
        name = f"t{len(self.table_breaks) + 1}"
        layout = TableLayout(block, self._typesetter, area.width, area.height, self._chapter, name)
        self.table_breaks.append(layout.breaks)
        continued = None
        if block.caption is not None:
            yield self._make_caption(block.caption, area, layout.element)
            continued = self._continue_caption(block.caption, area)
        look = self.theme.table[block.style]
        flows = [self._flow(note, area.width, self._chapter) for note in notes]
        layout.below, flows = self._keep_notes(flows, look, area)
        yield TableFlow(layout, look, continued)
        yield from flows

    def _flow(self, block: Paragraph | ItemList | Note, width: float, owner: Element) -> StripFlow:
        content = self._typesetter.set_blocks((block,), width)
        return StripFlow(content.strips, content.elements(owner))

    def _keep_notes(
        self, notes: list[StripFlow], look: TableLook, area: Area
    ) -> tuple[float, list[StripFlow]]:
        """Return the room that the notes need below their table, and them kept together.

        Many notes may break over pages: only their first line then stays with the table.
        """
        strips = [strip for note in notes for strip in note.strips]
        if not strips:
            return 0.0, notes
        before = max(look.space_after, strips[0].before)
        height = before + strips_room(strips)
        if height > area.height * _KEPT_NOTES:
            return before + notes[0].lead, notes
        last = strips[-1]

        def held(strip: Strip) -> Strip:
            return strip if strip is last else replace(strip, keep_with_next=True)

        kept = [replace(note, strips=[held(strip) for strip in note.strips]) for note in notes]
        return height, kept

    def _make_caption(self, caption: Caption, area: Area, owner: Element) -> StripFlow:
        """Set a caption as the first child of what it captions (14.8.4.3, Table 333)."""
        look = self.theme.text[TextStyle.CAPTION]
        first, *others = self._set(caption.printed, look, area.width)
        element = Element("Caption", owner)
        return StripFlow([replace(first, anchor=caption.id), *others], (element,))

    def _continue_caption(self, caption: Caption, area: Area) -> Strip:
        look = self.theme.text[TextStyle.CAPTION]
        return self._set(caption.continued, look, area.width)[0]

    def _make(self, block: SingleBlock, area: Area) -> Flow:
        match block:
            case Paragraph() | ItemList() | Note():
                owner = Element("P", self._chapter) if isinstance(block, Paragraph) else None
                return self._flow(block, area.width, owner or self._chapter)
            case Heading():
                return self._make_heading(block, area)
            case SamplePage():
                item = lay_sample(block, self.theme, (area.width, area.height), self._chapter)
                x = (area.width - item.size[0]) / 2
                return BlockFlow(item, item.size[1], after=12, x=x)
            case Cover():
                return PageFlow(self._lay_cover(block, area))
            case PageBreak():
                return BreakFlow()
            case _:
                assert_never(block)

    def _make_heading(self, heading: Heading, area: Area) -> Flow:
        if heading.level == 1:
            self._chapter = Element("Sect", self.root)
        look = self.theme.heading[heading.style]
        element = Element(f"H{heading.level}", self._chapter)
        bookmark = bookmark_of(heading)
        before = self.theme.chapter_gap if heading.is_apart else look.space_before
        if heading.style is HeadingStyle.BOXED:
            return self._make_box(heading.text, look, element, before, bookmark)
        first, *others = self._set(heading.text, look, area.width)
        return StripFlow([replace(first, before=before), *others], (element,), bookmark)

    def _make_box(
        self, text: str, look: TextLook, element: Element, before: float, bookmark: Bookmark
    ) -> BlockFlow:
        item = set_box(text, look, element, self.theme.accent)
        return BlockFlow(
            item,
            item.strip.height,
            look.space_after,
            keeps_next=True,
            before=before,
            bookmark=bookmark,
        )

    def _set(self, text: str, look: TextLook, width: float) -> list[Strip]:
        return lines_to_strips(set_lines((Span(text),), look, width), look)

    def _lay_cover(self, cover: Cover, area: Area) -> list[Placed]:
        """Lay the cover: label and committee above, the title high, date and issuer low."""
        placed: list[Placed] = []
        top = 0.0
        if cover.council_label:
            look = self.theme.text[TextStyle.COVER_LABEL]
            item = set_box(cover.council_label, look, Element("P", self._chapter), "000000")
            placed.append(Placed(item, area.width - item.width, top))
            top += item.strip.height + 6
        parts = (
            ((cover.committee,), TextStyle.COVER_COMMITTEE, top),
            (cover.title, TextStyle.COVER_TITLE, area.height * 0.27),
            ((cover.year,), TextStyle.COVER_YEAR, area.height * 0.40),
            (cover.notices, TextStyle.COVER_NOTICE, area.height * 0.55),
            ((cover.date,), TextStyle.COVER_DATE, area.height * 0.76),
            ((cover.issuer,), TextStyle.COVER_ISSUER, area.height * 0.83),
        )
        for texts, style, place in parts:
            y = place
            for text in filter(None, texts):
                owner = Element("P", self._chapter)
                for strip in self._set(text, self.theme.text[style], area.width):
                    placed.append(Placed(StripItem(strip, (owner,)), 0, y))
                    y += strip.height
        return placed
