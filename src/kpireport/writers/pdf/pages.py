"""Flows → pages: what stands where.

Comes in: the document's sections as flows. Goes out: pages of placed items with
their bookmarks and printed numbers. Nothing is painted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from typing import NamedTuple, assert_never

from kpireport.document.blocks import Section, Span
from kpireport.quickly import dataclass
from kpireport.writers.pdf.flows import (
    Area,
    BlockFlow,
    Bookmark,
    BreakFlow,
    Flow,
    FlowMaker,
    PageFlow,
    StripFlow,
    TableFlow,
    bookmark_of,
    strips_room,
)
from kpireport.writers.pdf.items import PieceItem, Placed, StripItem
from kpireport.writers.pdf.strips import Strip
from kpireport.writers.pdf.structure import Element
from kpireport.writers.pdf.typeset import set_lines
from kpireport.writers.theme import LARGEST_GAP, PageLook, Theme

_TOLERANCE = 0.01  # points
_SOME_LINES = 0.04  # of a page


@dataclass(slots=True)
class Page:
    """A page; ``number`` is the printed one, empty on pages that count but show none.

    ``room`` is what is left free below the last item, in points.
    """

    width: float
    height: float
    number: str
    items: list[Placed] = field(default_factory=list)
    bookmarks: list[tuple[Bookmark, float]] = field(default_factory=list)  # with its top
    anchors: list[tuple[str, float]] = field(default_factory=list)  # ids of rows, with their tops
    notices: tuple[str, ...] = ()
    head: str = ""
    foot: str = ""
    room: float = 0.0


def lay_pages(sections: Sequence[Section], maker: FlowMaker) -> Iterator[Page]:
    """Yield all pages as they are filled; numbered sections count on from 1."""
    number = 0
    for section in sections:
        pager = _Pager(page_look(section, maker.theme))
        before: Page | None = None
        for page in pager.fill(maker.make(section.blocks, pager.area)):
            if section.numbered:
                number += 1
                page.number = str(number)
            page.notices, page.head, page.foot = section.notices, section.head, section.foot
            maker.page_numbers.update((each, page.number) for each in _begun(page))
            if before is not None:
                maker.page_begins.update(_begins(before, page))
            before = page
            yield page


def _begun(page: Page) -> Iterator[str]:
    """Yield the ids of what begins on a page: headings, rows, captions, notes."""
    yield from (bookmark.id for bookmark, _ in page.bookmarks)
    yield from (identifier for identifier, _ in page.anchors)
    strips = (placed.item.strip for placed in page.items if isinstance(placed.item, StripItem))
    yield from (strip.anchor for strip in strips if strip.anchor)


def _begins(before: Page, page: Page) -> Iterator[str]:
    """Yield the heading that begins a page though the one before had room for some lines."""
    if page.bookmarks and before.room >= _SOME_LINES * before.height:
        bookmark, top = page.bookmarks[0]
        if top >= max(placed.top for placed in page.items) - _TOLERANCE:
            yield bookmark.id


def page_look(section: Section, theme: Theme) -> PageLook:
    """Return the pages of a section: on their side, with more room for a foot of many lines."""
    look = theme.page
    if section.landscape:
        look = replace(look, width=look.height, height=look.width)
    if not section.foot:
        return look
    lines = len(set_lines((Span(section.foot),), theme.foot, look.width - 2 * look.margin_x))
    needed = foot_bottom(theme) + lines * theme.foot.leading + theme.foot.space_before
    return replace(look, margin_bottom=max(look.margin_bottom, needed))


def foot_bottom(theme: Theme) -> float:
    """Return where the lines above the page number end, from the page's lower edge."""
    return theme.page.page_number_baseline + theme.page_number.size + theme.foot.space_after


class _Following(NamedTuple):
    """The room that what follows asks for: to begin well in, and to begin at all."""

    wished: float = 0.0
    least: float = 0.0


_NOTHING = _Following()


@dataclass(slots=True)
class _Pager:
    """Fills the pages of one section from top to bottom; ``pages`` are those not handed on."""

    look: PageLook
    pages: list[Page] = field(default_factory=list)
    _top: float = 0.0  # of the free room, from the page's lower edge
    _pending: float = 0.0  # space below the last item
    _is_held: bool = False  # what comes next stands on the page of what is above it

    @property
    def area(self) -> Area:
        """The text area."""
        look = self.look
        return Area(
            look.width - 2 * look.margin_x, look.height - look.margin_top - look.margin_bottom
        )

    @property
    def _room(self) -> float:
        return self._top - self._pending - self.look.margin_bottom

    @property
    def _is_fresh(self) -> bool:
        return not self.pages[-1].items

    def fill(self, flows: Iterable[Flow]) -> Iterator[Page]:
        """Place the flows one after the other, and yield each page that is full."""
        self._new_page()
        self._is_held = False
        for stretch in _stretches(flows):
            for flow, following in zip(stretch, self._followings(stretch), strict=True):
                self._place(flow, following)
                self._is_held = _holds(flow)
                yield from self.pages[:-1]
                del self.pages[:-1]
        self._leave_page()
        yield from self.pages

    def _followings(self, flows: Sequence[Flow]) -> list[_Following]:
        """Return for each flow the room that the next one asks for below it.

        What the next is kept with counts too. What fits on no page cannot be kept: it needs
        the room of its own beginning. A table whose first rows are kept together may begin
        with two of them; it begins with all where they stand on a page with what is above.
        """
        wished = least = before = 0.0
        following: list[_Following] = []
        for flow in reversed(flows):
            gap = max(0.0, before - flow.after)
            beginning = flow.lead + flow.after + gap if _holds(flow) else 0.0
            is_possible = beginning + wished <= self.area.height
            following.append(_Following(gap + (wished if is_possible else least), gap + least))
            if flow.keeps_next:
                chains = [beginning + each for each in (wished, least)]
                fitting = [each for each in chains if each <= self.area.height] or [flow.lead]
                wished, least = fitting[0], fitting[-1]
            else:
                least = flow.lead
                wished = flow.wish if isinstance(flow, TableFlow) else least
            before = flow.before
        return following[::-1]

    def _fits(self, height: float, following: _Following, room: float) -> bool:
        """Tell whether ``room`` holds something so high, and what follows it.

        That begins as it can where a new page would leave too much of this one empty, and
        below what stands here only for its sake.
        """
        if height + following.wished <= room + _TOLERANCE:
            return True
        is_begun = self._is_held or room > LARGEST_GAP * self.area.height
        return is_begun and height + following.least <= room + _TOLERANCE

    def _new_page(self) -> None:
        self._leave_page()
        self.pages.append(Page(self.look.width, self.look.height, ""))
        self._top = self.look.height - self.look.margin_top
        self._pending = 0.0

    def _leave_page(self) -> None:
        if self.pages:
            self.pages[-1].room = self._top - self.look.margin_bottom

    def _place(self, flow: Flow, following: _Following) -> None:
        match flow:
            case StripFlow():
                self._place_strips(flow, following)
            case BlockFlow():
                self._place_block(flow, following)
            case TableFlow():
                self._place_table(flow, following)
            case PageFlow():
                top = self._top
                self.pages[-1].items.extend(
                    replace(placed, x=placed.x + self.look.margin_x, top=top - placed.top)
                    for placed in flow.placed
                )
            case BreakFlow():
                if not self._is_fresh:
                    self._new_page()
            case _:
                assert_never(flow)

    def _put(self, placed: Placed, height: float) -> None:
        self.pages[-1].items.append(placed)
        self._top = placed.top - height
        self._pending = 0.0

    def _bookmark(self, bookmark: Bookmark | None, top: float) -> None:
        if bookmark is not None:
            self.pages[-1].bookmarks.append((bookmark, top))

    def _place_block(self, flow: BlockFlow, following: _Following) -> None:
        needed = flow.height + (flow.after if flow.keeps_next else 0.0)
        before = self._pending if self._is_fresh else max(flow.before, self._pending)
        below = following if flow.keeps_next else _NOTHING
        if not self._fits(needed, below, self._top - before - self.look.margin_bottom):
            before = 0.0
            if not self._is_fresh:
                self._new_page()
        top = self._top - (0.0 if self._is_fresh else before)
        self._bookmark(flow.bookmark, top)
        self._put(Placed(flow.item, self.look.margin_x + flow.x, top), flow.height)
        self._pending = flow.after

    def _place_strips(self, flow: StripFlow, following: _Following) -> None:
        bookmark = flow.bookmark
        for unit, is_kept in _units(flow.strips):
            needed = strips_room(unit) + (unit[-1].after if is_kept else 0.0)
            room = self._room - max(0.0, unit[0].before - self._pending)
            fits = self._fits(needed, following if is_kept else _NOTHING, room)
            if not fits and not self._is_fresh:
                self._new_page()
            for strip in unit:
                self._place_strip(strip, flow.elements)
                self._bookmark(bookmark, self._top + strip.height)
                bookmark = None

    def _place_strip(self, strip: Strip, elements: Sequence[Element]) -> None:
        if strip.height > self._room + _TOLERANCE and not self._is_fresh:
            self._new_page()
        before = 0.0 if self._is_fresh else max(strip.before, self._pending)
        top = self._top - before
        self._put(Placed(StripItem(strip, elements), self.look.margin_x, top), strip.height)
        self._pending = strip.after

    def _place_table(self, flow: TableFlow, following: _Following) -> None:
        layout = flow.layout
        if layout.keeps_last and not flow.keeps_next:
            needed = flow.after + following.wished
            layout.below = max(layout.below, needed if needed <= self.area.height / 2 else 0.0)
        if flow.keeps_next and not self._is_fresh:
            needed = flow.lead + flow.after
            is_possible = needed + following.wished <= self.area.height
            if is_possible and not self._fits(needed, following, self._room):
                self._new_page()
        is_first = True
        while not layout.is_finished:
            fresh = self._is_fresh
            is_held = self._is_held and not fresh
            piece = layout.next_piece(self._room, fresh_page=fresh, is_held=is_held)
            if piece is None:
                self._new_page()
                continue
            top = self._top - self._pending
            item = PieceItem(piece, flow.look)
            self._put(Placed(item, self.look.margin_x, top), piece.height)
            if flow.continued and fresh and not is_first:
                self._place_above(flow.continued, top)
            is_first = False
            for heading, below in piece.headings:
                self._bookmark(bookmark_of(heading), top - below)
            self.pages[-1].anchors.extend((id_, top - below) for id_, below in piece.anchors)
            if not layout.is_finished:
                self._new_page()
        self._pending = flow.look.space_after

    def _place_above(self, strip: Strip, top: float) -> None:
        """Place a line into the margin: no content, for the structure has it already."""
        item = StripItem(strip)
        self.pages[-1].items.append(Placed(item, self.look.margin_x, top + strip.height))


def _stretches(flows: Iterable[Flow]) -> Iterator[list[Flow]]:
    """Yield the flows up to each page break, before which nothing is kept with what follows."""
    stretch: list[Flow] = []
    for flow in flows:
        if isinstance(flow, BreakFlow) and stretch:
            yield stretch
            stretch = []
        stretch.append(flow)
    if stretch:
        yield stretch


def _holds(flow: Flow) -> bool:
    """Tell whether what follows a flow stands on the page that it ends on."""
    return flow.keeps_next or (isinstance(flow, TableFlow) and flow.layout.keeps_last)


def _units(strips: Sequence[Strip]) -> Iterator[tuple[list[Strip], bool]]:
    """Yield the runs of lines that stay together, and whether the next flow must follow."""
    unit: list[Strip] = []
    for strip in strips:
        unit.append(strip)
        if not strip.keep_with_next:
            yield unit, False
            unit = []
    if unit:
        yield unit, True
