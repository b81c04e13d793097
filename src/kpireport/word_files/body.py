"""The walk through a body, a cell or a header: its paragraphs and tables, as a reader has them.

Comes in: the element. Goes out: paragraphs and tables of plain text, in which every marked
text is one sign; and those texts apart. Tracked changes (17.13.5) are read as accepted. A
table within a cell follows the table that it is in.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from kpireport.document.blocks import CONTINUED
from kpireport.quickly import dataclass
from kpireport.sources.packages import whole_number
from kpireport.word_files.appearance import Styles, unkept_of_paragraph
from kpireport.word_files.frames import Marked, Region, bookmarked_region, bookmarks
from kpireport.word_files.inline import MC, InlineReader
from kpireport.word_files.items import Grid, Item, Line
from kpireport.word_files.opening import W
from kpireport.word_files.signs import marked_sign, named_sign
from kpireport.word_files.structure import blocks, row_cells, table_rows

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURES = tuple(f"{W}{name}" for name in ("drawing", "pict", "object", "contentPart"))


@dataclass(slots=True)
class _Container:
    """How far a container is read: the open region, and text whose paragraph mark is deleted."""

    region: Region | None = None
    carried: str = ""
    is_bookmarked: bool = False


class BodyReader:
    """Walks a body; what was found on the way is kept, for fields reach over paragraphs."""

    def __init__(self, styles: Styles | None = None) -> None:
        """Begin; without styles there are no headings, and nothing is hidden by them."""
        self._styles = styles or Styles()
        self._inline = InlineReader(self._styles)
        self._number = ""
        self._inner: list[Grid] = []

    @property
    def marked(self) -> tuple[Marked, ...]:
        """The marked texts up to here, in reading order."""
        return tuple(self._inline.marked)

    def items(self, parent: Element) -> Iterator[Item]:
        """Yield the paragraphs and tables of a body, a cell or a header."""
        state = _Container()
        for child, region in blocks(parent, None):
            if child.tag != f"{W}tbl":
                yield from self._paragraph(child, region, state)
            elif region is not None:
                region.lines.append(named_sign("表", self._grid(child).shown()))
            else:
                yield from self._closed(state)
                yield from self._table(child)
        yield from self._closed(state)

    def _paragraph(
        self, child: Element, region: Region | None, state: _Container
    ) -> Iterator[Item]:
        """Read a paragraph into its region, or yield it."""
        yield from self._entered(child, region, state)
        text = state.carried + self._inline.text(child, state.region)
        self._number = self._inline.number
        boxes = list(self._boxes(child))
        if _is_mark_deleted(child):
            state.carried = text
            return
        state.carried = ""
        if state.region is not None:
            state.region.unkept += unkept_of_paragraph(child)
            state.region.lines.append(text)
        elif text.strip():
            yield Line(text, self._styles.level(child), tuple(_pictures(child)))
        yield from boxes

    def _entered(
        self, paragraph: Element, region: Region | None, state: _Container
    ) -> Iterator[Item]:
        """Note in which marked text a paragraph is; yield the sign of one that ended before it.

        Without its control (a program may have dropped it) a marked text reaches from
        the paragraph with its bookmark to the next paragraph with another one.
        """
        marked = None if region else bookmarked_region(paragraph)
        if region is None and (marked or any(bookmarks(paragraph))):
            if not (marked and state.region and state.region.source == marked.source):
                yield from self._closed(state)
                state.region, state.is_bookmarked = marked, marked is not None
        elif region is not None or not state.is_bookmarked:
            if region is not state.region:
                yield from self._closed(state)
            state.region = region

    def _closed(self, state: _Container) -> Iterator[Item]:
        """Yield the sign of a marked text whose end was reached."""
        if state.carried and state.region is None:
            yield Line(state.carried)
        elif state.carried and state.region:
            state.region.lines.append(state.carried)
        if state.region is not None:
            self._inline.marked.append(state.region.marked())
            yield Line(marked_sign(state.region.source))
        state.region, state.carried, state.is_bookmarked = None, "", False

    def _boxes(self, paragraph: Element) -> Iterator[Item]:
        """Yield the words in text boxes, as paragraphs of their own."""
        for box in paragraph.iter(f"{W}txbxContent"):
            if not _is_fallback(box):
                yield from self.items(box)

    # --- tables ----------------------------------------------------------------------

    def _table(self, table: Element) -> Iterator[Grid]:
        """Yield a table, then those that are in its cells."""
        outer, self._inner = self._inner, []
        found = (self._grid(table), *self._inner)
        self._inner = outer
        yield from found

    def _grid(self, table: Element) -> Grid:
        number, self._number = self._number, ""
        look = table.find(f"{W}tblPr/{W}tblLook")  # a row may repeat that is no headings
        has_headings = look is None or look.get(f"{W}firstRow") != "0"
        rows, columns, continues, headers = [], [], [], 0
        above: dict[int, str] = {}  # by column, the last text that is not a name over again
        for row in table_rows(table):
            texts, begins, merged, column = [], [], [], 0
            for cell in row_cells(row):
                text = self._cell(cell)
                goes_on = text == f"{above.get(column)}{CONTINUED}"
                if goes_on:
                    text = ""  # of a page's beginning, and no text of the document
                above[column] = text or above.get(column, "")
                texts.append(text)
                begins.append(column)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on |= merge is not None and merge.get(f"{W}val") != "restart"
                merged.append(goes_on)
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                column += 1 if span is None else whole_number(span.get(f"{W}val"), 1)
            rows.append(tuple(texts))
            columns.append(tuple(begins))
            continues.append(tuple(merged))
            headers += has_headings and row.find(f"{W}trPr/{W}tblHeader") is not None
        caption = table.find(f"{W}tblPr/{W}tblCaption")
        title = caption.get(f"{W}val", "") if caption is not None else ""
        return Grid(title, tuple(rows), tuple(columns), headers, tuple(continues), number)

    def _cell(self, cell: Element) -> str:
        lines = []
        for item in self.items(cell):
            if isinstance(item, Line):
                lines.append(item.text)
            else:
                self._inner.append(item)
        return "\n".join(lines)


def _is_mark_deleted(paragraph: Element) -> bool:
    """Tell whether the paragraph runs on into the next once changes are accepted."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and any(
        properties.find(f"{W}{name}") is not None for name in ("del", "moveFrom")
    )


def _pictures(paragraph: Element) -> Iterator[str]:
    """Yield the alternative texts of a paragraph's drawings (20.4.2.5), or nothing for each."""
    for drawing in paragraph.iter(*_PICTURES):
        if not _is_fallback(drawing):
            properties = next(drawing.iter(f"{_WP}docPr"), None)
            yield properties.get("descr", "") if properties is not None else ""


def _is_fallback(element: Element) -> bool:
    """Tell whether an element is for programs that do not know the other one (MC, 7.6)."""
    return any(each.tag == f"{MC}Fallback" for each in element.iterancestors())
