"""A table's rows → cells in their places, set and measured.

Comes in: rows of a table block. Goes out: grid cells with their column edges,
set strips and structure elements (TR, TH, TD with scope, spans and headers:
ISO 32000-1, 14.8.5.7; PDF/UA-1, 7.5), and the heights of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from itertools import accumulate

from kpireport.document.blocks import Cell, Row
from kpireport.document.styles import CellStyle
from kpireport.quickly import dataclass
from kpireport.writers.pdf.strips import Content, Strip
from kpireport.writers.pdf.structure import Element
from kpireport.writers.pdf.typeset import Typesetter
from kpireport.writers.table_headers import HeadedCell, HeaderFinder
from kpireport.writers.theme import CellLook
from kpireport.writers.widths import usual_cell


@dataclass(slots=True, eq=False)
class GridCell:
    """A cell in its place; ``x`` and ``width`` are points from the table's left edge.

    It is headed as ``headed`` says, in its row's element.
    """

    headed: HeadedCell
    row: int
    x: float
    width: float
    look: CellLook
    content: Content
    line: Element
    _elements: Sequence[Element] = ()

    @property
    def cell(self) -> Cell:
        """The block."""
        return self.headed.cell

    @property
    def column(self) -> int:
        """The first column."""
        return self.headed.column

    @property
    def strips(self) -> Sequence[Strip]:
        """The lines of its content."""
        return self.content.strips

    @property
    def end_row(self) -> int:
        """The first row below the cell."""
        return self.row + self.headed.cell.rowspan

    @property
    def height(self) -> float:
        """The height that the cell's content needs, paddings included."""
        return self.content.height + 2 * self.look.padding_y

    @property
    def elements(self) -> Sequence[Element]:
        """Its own element, and those of its content: made when it is painted."""
        if not self._elements:
            headed = self.headed
            own = Element(
                "TH" if headed.cell.scope else "TD",
                self.line,
                attributes=_attributes(headed.cell, headed.headers),
                identifier=headed.id,
            )
            self._elements = self.content.elements(own)
        return self._elements


def column_edges(proportions: Sequence[int], width: float) -> list[float]:
    """Return the x of every column's left edge, and of the table's right edge."""
    total = sum(proportions)
    return [0.0, *(width * part / total for part in accumulate(proportions))]


@dataclass(slots=True)
class GridMaker:
    """Makes the grid cells of one table.

    ``name`` begins the ids of its header cells; ``usual`` is the look of most cells.
    """

    typesetter: Typesetter
    edges: Sequence[float]
    name: str
    usual: CellLook
    _finder: HeaderFinder = field(init=False)
    _looks: dict[CellStyle, CellLook] = field(init=False)
    _widths: dict[tuple[int, int], float] = field(default_factory=dict)  # by column, columns

    def __post_init__(self) -> None:
        self._finder = HeaderFinder(self.name, len(self.edges) - 1)
        least = usual_cell(self.typesetter.theme, dense=False).padding_y
        self._looks = {
            style: replace(look, padding_y=self.usual.padding_y)
            if look.padding_y <= least
            else look
            for style, look in self.typesetter.theme.cell.items()
        }

    def make(self, rows: Sequence[Row], parent: Element) -> list[GridCell]:
        """Return the cells of ``rows``, row by row from the left.

        Header rows are made first, under a THead: they head the columns of all rows below.
        """
        lines = [Element("TR", parent) for _ in rows]
        return [
            self._set(each, lines[each.row])
            for each in self._finder.find(rows, parent.tag[1].lower())
        ]

    def _set(self, headed: HeadedCell, line: Element) -> GridCell:
        cell, look = headed.cell, self._looks[headed.cell.style]
        width = self._width(headed.column, cell.colspan)
        content = self.typesetter.set_cell(cell.content, width - 2 * look.padding_x)
        return GridCell(headed, headed.row, self.edges[headed.column], width, look, content, line)

    def _width(self, column: int, columns: int) -> float:
        place = column, columns
        if place not in self._widths:
            self._widths[place] = self.edges[column + columns] - self.edges[column]
        return self._widths[place]


def _attributes(cell: Cell, headers: Sequence[str]) -> str:
    """Return a cell's spans and headers as the entries of its attribute object."""
    entries = ["/O /Table"]
    if cell.scope:
        entries.append(f"/Scope /{cell.scope.value}")
    if cell.colspan > 1:
        entries.append(f"/ColSpan {cell.colspan}")
    if cell.rowspan > 1:
        entries.append(f"/RowSpan {cell.rowspan}")
    if headers:
        names = " ".join(f"({name})" for name in headers)
        entries.append(f"/Headers [{names}]")
    return " ".join(entries)


def row_heights(cells: Sequence[GridCell], count: int) -> list[float]:
    """Return the heights of ``count`` rows: each holds its cells, spans share theirs evenly."""
    heights = [0.0] * count
    spanning: list[GridCell] = []
    for cell in cells:
        if cell.cell.rowspan == 1:
            heights[cell.row] = max(heights[cell.row], cell.height)
        else:
            spanning.append(cell)
    for cell in sorted(spanning, key=lambda cell: cell.cell.rowspan):
        rows = range(cell.row, cell.end_row)
        lacking = cell.height - sum(heights[row] for row in rows)
        for row in rows if lacking > 0 else ():
            heights[row] += lacking / len(rows)
    return heights
