"""What stands on a page: items that know how to paint themselves.

Comes in: strips, table pieces, boxes, from the layout. Goes out: calls of the
painter. Coordinates are points from the page's lower left; ``top`` is the upper
edge of the item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kpireport.document.blocks import Span
from kpireport.writers.fonts import load_font
from kpireport.writers.pdf.painter import Fill, Painter, Rule
from kpireport.writers.pdf.strips import Strip, lines_to_strips
from kpireport.writers.pdf.structure import Element
from kpireport.writers.pdf.tables import Piece, PlacedCell
from kpireport.writers.pdf.typeset import set_lines, text_width
from kpireport.writers.theme import TableLook, TextLook, VerticalAlign


class Item(Protocol):
    """Something that is painted at a place."""

    def paint(self, painter: Painter, x: float, top: float) -> None:
        """Paint this with its upper left corner at ``x``, ``top``."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An item at its place on a page."""

    item: Item
    x: float
    top: float


@dataclass(frozen=True, slots=True)
class StripItem:
    """A line of text with the elements of its content; an artifact if it has none."""

    strip: Strip
    elements: Sequence[Element] = ()

    def paint(self, painter: Painter, x: float, top: float) -> None:
        """Paint the line."""
        painter.strip(self.strip, self.elements, x, top)


@dataclass(frozen=True, slots=True)
class BoxItem:
    """A line of text in a box (the numeral of a goal, the label of the council's paper)."""

    strip: Strip
    element: Element
    width: float
    rule: float
    color: str

    def paint(self, painter: Painter, x: float, top: float) -> None:
        """Paint the box, then its text."""
        height = self.strip.height
        painter.frame(x, top - height, (self.width, height), self.rule, self.color)
        painter.strip(self.strip, (self.element,), x, top)


def set_box(text: str, look: TextLook, element: Element, color: str) -> BoxItem:
    """Return ``text`` in a box: three characters wide, or wider than the text."""
    font = load_font(look.typeface, bold=look.bold)
    width = max(3 * look.size, text_width(text, font, look.size) + 1.2 * look.size)
    strip = lines_to_strips(set_lines((Span(text),), look, width), look)[0]
    return BoxItem(strip, element, width, 1.2, color)


@dataclass(frozen=True, slots=True)
class PieceItem:
    """A page's part of a table: shades and rules, then the cells in reading order."""

    piece: Piece
    look: TableLook

    def paint(self, painter: Painter, x: float, top: float) -> None:
        """Paint the piece."""
        cells = self.piece.cells
        painter.shapes(
            [_fill(cell, x, top) for cell in cells if cell.cell.look.fill],
            sorted(_rules(cells, x, top)),
            self.look.rule,
            self.look.rule_color,
        )
        for cell in cells:
            _paint_content(painter, cell, x, top)


def _fill(placed: PlacedCell, x: float, top: float) -> Fill:
    cell = placed.cell
    y = top - placed.top - placed.height
    return Fill(x + cell.x, y, cell.width, placed.height, cell.look.fill)


def _rules(cells: Sequence[PlacedCell], x: float, top: float) -> set[Rule]:
    """Return the edges of all cells; an edge that two cells share is drawn once."""
    rules: set[Rule] = set()
    for placed in cells:
        sides = (x + placed.cell.x, x + placed.cell.x + placed.cell.width)
        ends = (top - placed.top, top - placed.top - placed.height)
        # as they are written: sums in another order, or of another Python, are another float
        left, right, upper, lower = (round(each, 3) for each in (*sides, *ends))
        rules.add((left, upper, right, upper))
        rules.add((left, lower, right, lower))
        rules.add((left, lower, left, upper))
        rules.add((right, lower, right, upper))
    return rules


def _paint_content(painter: Painter, placed: PlacedCell, x: float, top: float) -> None:
    cell, look = placed.cell, placed.cell.look
    elements = () if placed.is_repeated else cell.elements
    if elements:
        painter.structure.join(elements[0])  # an empty cell is a cell all the same
    slack = (
        max(0.0, placed.height - placed.needed) if look.vertical is VerticalAlign.CENTER else 0.0
    )
    y = top - placed.top - look.padding_y - slack / 2
    for number, strip in enumerate(placed.strips):
        y -= strip.before if number else 0.0
        painter.strip(strip, elements, x + cell.x + look.padding_x, y)
        y -= strip.height


@dataclass(frozen=True, slots=True)
class SampleItem:
    """The reduced page in its frame; the whole is one figure."""

    element: Element
    placed: Sequence[Placed]
    size: tuple[float, float]
    rule: float
    color: str

    def paint(self, painter: Painter, x: float, top: float) -> None:
        """Paint the frame and everything in it as the figure's content."""
        width, height = self.size
        box = (x, top - height, x + width, top)
        entries = " ".join(f"{value:.2f}" for value in box)
        self.element.attributes = f"/O /Layout /Placement /Block /BBox [{entries}]"
        with painter.figure(self.element):
            painter.frame(x, top - height, self.size, self.rule, self.color)
            for placed in self.placed:
                placed.item.paint(painter, x + placed.x, top - placed.top)
