"""Table blocks → Word tables (ECMA-376-1, 17.4), row by row.

Comes in: a table and the width it fills. Goes out: markup in pieces (opening,
rows, closing), so that a long table is never in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from kpireport.document.blocks import Cell, HeaderScope, Heading, Paragraph, Table
from kpireport.document.styles import CellStyle, TableStyle
from kpireport.quickly import dataclass
from kpireport.writers.docx import names
from kpireport.writers.docx.cells import CellTexts, no_entry
from kpireport.writers.docx.grid import NO_BREAKS, GridCell, GridRow, Merge, lay_grid
from kpireport.writers.docx.keeping import CellMeasure, KeptRow, keep_rows
from kpireport.writers.docx.markup import NOTHING, Xml, join, w
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.paragraphs import PLAIN, Direct, TextWriter, is_repeatable
from kpireport.writers.docx.style_markup import SHADES
from kpireport.writers.docx.table_styles import (
    header_cell,
    label_cell,
    pad_sides,
    shade,
)
from kpireport.writers.docx.units import split_width, twips
from kpireport.writers.theme import CellLook, Theme
from kpireport.writers.widths import CellNeeds, fit_columns, is_dense, usual_cell

TABLE_ENDS = Xml("</w:tbl>")


def table_begins(
    style_id: str,
    columns: Iterable[int],
    *,
    description: str,
    title: str = "",
    has_header_row: bool = False,
    has_header_column: bool = False,
    centred: bool = False,
) -> Xml:
    """Return the opening of ``w:tbl``: its properties (17.4.60) and its grid (17.4.49)."""
    widths = tuple(columns)
    properties = w(
        "tblPr",
        w("tblStyle", val=style_id),
        w("tblW", w=sum(widths), type="dxa"),
        w("jc", val="center") if centred else NOTHING,
        w("tblLayout", type="fixed"),
        look(has_header_row=has_header_row, has_header_column=has_header_column),
        w("tblCaption", val=title) if title else NOTHING,
        w("tblDescription", val=description),
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    return join((Xml("<w:tbl>"), properties, grid))


def look(*, has_header_row: bool, has_header_column: bool) -> Xml:
    """``w:tblLook`` (17.4.56): which cells are headers, for Word and for screen readers."""
    row, column = int(has_header_row), int(has_header_column)
    return w(
        "tblLook",
        val=f"{0x0600 | row << 5 | column << 7:04X}",
        firstRow=row,
        lastRow=0,
        firstColumn=column,
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )


def repeat_as_header() -> Xml:
    """``w:tblHeader`` (17.4.50): the row is printed again at the top of each further page."""
    return w("tblHeader")


def keep_row_whole() -> Xml:
    """``w:cantSplit`` (17.4.6): the row is never cut by the end of a page."""
    return w("cantSplit")


def span_columns(columns: int) -> Xml:
    """``w:gridSpan`` (17.4.17)."""
    return w("gridSpan", val=columns) if columns > 1 else NOTHING


def merge_down(merge: Merge) -> Xml:
    """``w:vMerge`` (17.4.84): the first cell begins the merge, those below continue it."""
    match merge:
        case Merge.WHOLE:
            return NOTHING
        case Merge.BEGUN:
            return w("vMerge", val="restart")
        case Merge.CONTINUED:
            return w("vMerge")


def at_least(height: float) -> Xml:
    """``w:trHeight`` (17.4.81): the row is as high as its text, but no less than ``height``."""
    return w("trHeight", val=twips(height), hRule="atLeast")


@lru_cache(maxsize=1024)
def cell_properties(
    width: int,
    columns: int,
    merge: Merge,
    cell: CellLook,
    usual: CellLook,
    theme_shade: str = "",
) -> Xml:
    """``w:tcPr`` (17.4.69); the table's style makes a cell at its place look as ``usual``.

    A shade that is the theme's is said by its name.
    """
    fill = "" if cell.fill == usual.fill else cell.fill or "auto"
    is_placed = cell.vertical is usual.vertical
    return w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        span_columns(columns),
        merge_down(merge),
        shade(fill, SHADES if fill == theme_shade else ""),
        pad_sides(cell, usual),
        NOTHING if is_placed else w("vAlign", val=cell.vertical.value),
    )


@lru_cache(maxsize=1024)
def _row_properties(height: float, *, may_split: bool, repeats: bool) -> Xml:
    """``w:trPr`` (17.4.82) of a row at least so many points high."""
    return w(
        "trPr",
        NOTHING if may_split else keep_row_whole(),
        at_least(height) if height else NOTHING,
        repeat_as_header() if repeats else NOTHING,
    )


class TableWriter:
    """Writes the tables of a document.

    ``entry`` gives the fields with the lines of rows' headings in the contents.
    """

    def __init__(self, writer: TextWriter, entry: Callable[[Heading], Xml] = no_entry) -> None:
        """Begin without a table."""
        self.writer = writer
        self._texts = CellTexts(writer, entry)
        self._measure = CellMeasure(writer.theme)
        self._ample = _ample_styles(writer.theme)
        self._needs = CellNeeds(writer.theme)
        self._cells: dict[tuple[tuple[int, ...], bool, _PlaceLooks], _CellWriter] = {}

    def pieces(
        self,
        table: Table,
        width: int,
        page_height: int,
        breaks: Mapping[int, float] = NO_BREAKS,
        *,
        are_noted: bool = False,
    ) -> Iterator[Xml]:
        """Yield the markup of ``table``, ``width`` twips wide, on pages of ``page_height``.

        The rows at ``breaks`` below its header are expected to begin a page, which the page
        before lacks so many points for. Where they ``are_noted``, notes follow, which stay with
        the last. A table without rows is nothing: Word takes one for damage.
        """
        if not table.header_rows and not table.rows:
            return
        writer = self.writer
        dense = is_dense(table)
        widths = split_width(width, fit_columns(table, writer.theme, width / 20, self._needs))
        edges = tuple(accumulate(widths, initial=0))
        looks = _PlaceLooks.of(table, writer.theme, dense=dense)
        cells = self._cell_writer(edges, looks, dense=dense)
        style = names.table_style(table.style, dense=dense, sample=writer.sample)
        yield table_begins(
            writer.style_id(style),
            widths,
            title=table.title,
            description=table.description,
            has_header_row=bool(table.header_rows),
            has_header_column=_has_row_headers(table),
        )
        for row in lay_grid(table.header_rows, len(table.columns)):
            kept = KeptRow(row, stays_with_next=True, may_split=False)
            yield cells.row(kept, in_header=True, repeats=True)
        body = lay_grid(table.rows, len(table.columns), breaks)
        measured = (self._measure.heights(row, edges) for row in body)
        is_goal = table.style is TableStyle.BAND and not table.header_rows
        for number, kept in enumerate(keep_rows(measured, page_height, are_noted=are_noted)):
            # its first row names what the table is about, on each further page too
            repeats = is_goal and not number and not kept.may_split
            yield cells.row(kept, in_header=False, repeats=repeats)
        yield TABLE_ENDS

    def _cell_writer(
        self, edges: tuple[int, ...], looks: _PlaceLooks, *, dense: bool
    ) -> _CellWriter:
        """Return what writes the cells of tables that are alike: most of a document are."""
        key = (edges, dense, looks)
        if key not in self._cells:
            self._cells[key] = _CellWriter(self._texts, edges, dense, looks, self._ample)
        return self._cells[key]


def _has_row_headers(table: Table) -> bool:
    first = next(chain.from_iterable(row.cells for row in table.rows), None)
    return first is not None and first.scope in (HeaderScope.ROW, HeaderScope.BOTH)


@dataclass(frozen=True, slots=True)
class _PlaceLooks:
    """How the table's style makes cells look by their place."""

    usual: CellLook
    in_header: CellLook
    in_first_column: CellLook

    @classmethod
    def of(cls, table: Table, theme: Theme, *, dense: bool) -> _PlaceLooks:
        usual = usual_cell(theme, dense=dense)
        labels = label_cell(theme, table.style, dense=dense)
        header = replace(header_cell(theme, dense=dense), vertical=usual.vertical)
        return cls(usual, header, labels if _has_row_headers(table) else usual)

    def at(self, column: int, *, in_header: bool) -> CellLook:
        """Return the look of a cell: that of the header rows goes before the first column's."""
        if in_header:
            return self.in_header
        return self.usual if column else self.in_first_column


class _Room(NamedTuple):
    """What cells of a kind have in common: their properties, the twips that their text has."""

    properties: Xml
    width: int


@dataclass(frozen=True, slots=True)
class _CellWriter:
    """Writes the cells of tables whose columns are as wide, and look alike."""

    texts: CellTexts
    edges: Sequence[int]
    """Where in twips each column begins, and the last ends."""
    dense: bool
    looks: _PlaceLooks
    ample: frozenset[CellStyle]
    """The styles of cells with more space above and below than is usual."""
    _rooms: dict[tuple[CellStyle, int, int, Merge, bool], _Room] = field(default_factory=dict)
    _known: dict[tuple[int, int, bool, bool, bool], tuple[Cell, Xml]] = field(default_factory=dict)
    """Cells that were written, by their identity: with each the cell, so that it is no other's."""

    def row(self, kept: KeptRow, *, in_header: bool, repeats: bool) -> Xml:
        """Return ``w:tr`` (17.4.78); one that ``repeats`` stands at the top of further pages."""
        row = kept.row
        height = max(self._least_height(row), kept.height / 20)
        properties = _row_properties(height, may_split=kept.may_split, repeats=repeats)
        marks = row if (row.id or row.headings) and not self.texts.writer.sample else None
        cells: list[Xml] = []
        keep_next = kept.stays_with_next
        for placed in row.cells:
            is_begun = placed.merge is not Merge.CONTINUED
            if marks is not None and is_begun:  # the first of the row's own carries them
                cells.append(self._cell(placed, marks, keep_next=keep_next, in_header=in_header))
                marks = None
                continue
            key = (id(placed.cell), placed.column, is_begun, keep_next, in_header)
            known = self._known.get(key)
            if known:
                cells.append(known[1])
                continue
            written = self._cell(placed, None, keep_next=keep_next, in_header=in_header)
            if not is_begun or all(map(is_repeatable, placed.cell.content)):
                self._known[key] = (placed.cell, written)
            cells.append(written)
        return Xml(f"<w:tr>{properties}{join(cells)}</w:tr>")

    def _cell(
        self, placed: GridCell, marks: GridRow | None, *, keep_next: bool, in_header: bool
    ) -> Xml:
        """Return ``w:tc`` (17.4.65); one that goes on from above is empty."""
        room = self._room(placed, in_header=in_header)
        content = () if placed.merge is Merge.CONTINUED else placed.cell.content
        text = self.texts.text(
            content, room.width, keep_next=keep_next, dense=self.dense, marks=marks
        )
        return Xml(f"<w:tc>{room.properties}{text}</w:tc>")

    def _least_height(self, row: GridRow) -> float:
        """Make room for amply padded cells of short lines.

        Word and LibreOffice give such a padding to all cells of the row: the text
        beside a label would stand in it too.
        """
        theme = self.texts.writer.theme
        heights = (
            _short_height(placed.cell, theme)
            for placed in row.cells
            if placed.cell.style in self.ample and placed.merge is Merge.WHOLE
        )
        return max(heights, default=0.0)

    def _room(self, placed: GridCell, *, in_header: bool) -> _Room:
        """Return the properties of ``w:tc`` (17.4.65) and the room in it."""
        cell, column, merge, _ = placed
        kind = (cell.style, column, cell.colspan, merge, in_header)
        if kind not in self._rooms:
            width = self.edges[column + cell.colspan] - self.edges[column]
            look = self.texts.writer.theme.cell[cell.style]
            by_style = self.looks.at(column, in_header=in_header)
            theme_shade = self.texts.writer.theme_shade
            properties = cell_properties(width, cell.colspan, merge, look, by_style, theme_shade)
            self._rooms[kind] = _Room(properties, width - 2 * twips(look.padding_x))
        return self._rooms[kind]


def _ample_styles(theme: Theme) -> frozenset[CellStyle]:
    usual = usual_cell(theme, dense=False).padding_y
    return frozenset(style for style, look in theme.cell.items() if look.padding_y > usual)


def _short_height(cell: Cell, theme: Theme) -> float:
    """Return the height of a cell of short lines."""
    paragraphs = (part for part in cell.content if isinstance(part, Paragraph))
    padding = theme.cell[cell.style].padding_y
    return 2 * padding + sum(theme.text[part.style].leading for part in paragraphs)


def gap(writer: TextWriter, style: WordStyle = names.TABLE_GAP, direct: Direct = PLAIN) -> Xml:
    """Return the paragraph without which Word joins two tables that follow each other."""
    return writer.plain(style, direct=direct).xml()
