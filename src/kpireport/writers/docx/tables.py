"""Table blocks → Word tables (ECMA-376-1, 17.4), row by row.

Comes in: a table and the width it fills. Goes out: markup in pieces (opening,
rows, closing), so that a long table is never in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from kpireport.document.blocks import Cell, HeaderScope, Heading, Paragraph, Table
from kpireport.document.styles import TableStyle, TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.grid import NO_BREAKS, GridCell, GridRow, Merge, lay_grid
from kpireport.writers.docx.keeping import KeptRow, RowMeasure, keep_rows
from kpireport.writers.docx.markup import NOTHING, Xml, join, w
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.paragraphs import KEEP_NEXT, PLAIN, Direct, TextWriter, WordParagraph
from kpireport.writers.docx.style_markup import SHADES
from kpireport.writers.docx.table_styles import (
    header_cell,
    label_cell,
    pad_sides,
    shade,
)
from kpireport.writers.docx.units import split_width, twips
from kpireport.writers.theme import CellLook
from kpireport.writers.widths import fit_columns, is_dense, usual_cell

TABLE_ENDS = Xml("</w:tbl>")


def _no_entry(_: Heading) -> Xml:
    return NOTHING


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


def table_pieces(
    table: Table,
    writer: TextWriter,
    width: int,
    page_height: int,
    breaks: Mapping[int, float] = NO_BREAKS,
    *,
    are_noted: bool = False,
    entry: Callable[[Heading], Xml] = _no_entry,
) -> Iterator[Xml]:
    """Yield the markup of ``table``, ``width`` twips wide, on pages of ``page_height``.

    The rows at ``breaks`` below its header are expected to begin a page, which the page before
    lacks so many points for. Where they ``are_noted``, notes follow, which stay with the last.
    ``entry`` gives the fields with the lines of rows' headings in the contents.
    A table without rows is nothing: Word takes one for damage.
    """
    if not table.header_rows and not table.rows:
        return
    dense = is_dense(table)
    columns = fit_columns(table, writer.theme, width / 20)
    cells = _CellWriter(
        writer,
        split_width(width, columns),
        dense,
        _PlaceLooks.of(table, writer),
        writer.theme_shade,
        entry,
    )
    style = names.table_style(table.style, dense=dense, sample=writer.sample)
    yield table_begins(
        writer.style_id(style),
        cells.widths,
        title=table.title,
        description=table.description,
        has_header_row=bool(table.header_rows),
        has_header_column=_has_row_headers(table),
    )
    for row in lay_grid(table.header_rows, len(table.columns)):
        yield cells.row(KeptRow(row, stays_with_next=True, may_split=False), repeat_as_header())
    body = lay_grid(table.rows, len(table.columns), breaks)
    measure = RowMeasure(writer.theme, cells.widths)
    is_goal = table.style is TableStyle.BAND and not table.header_rows
    for number, kept in enumerate(keep_rows(body, measure, page_height, are_noted=are_noted)):
        # its first row names what the table is about, on each further page too
        header = repeat_as_header() if is_goal and not number and not kept.may_split else NOTHING
        yield cells.row(kept, header, in_header=False)
    yield TABLE_ENDS


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
    def of(cls, table: Table, writer: TextWriter) -> _PlaceLooks:
        dense, theme = is_dense(table), writer.theme
        usual = usual_cell(theme, dense=dense)
        labels = label_cell(theme, table.style, dense=dense)
        return cls(
            usual,
            header_cell(theme, dense=dense),
            labels if _has_row_headers(table) else usual,
        )

    def at(self, column: int, *, in_header: bool) -> CellLook:
        """Return the look of a cell: that of the header rows goes before the first column's."""
        if in_header:
            return replace(self.in_header, vertical=self.usual.vertical)
        return self.usual if column else self.in_first_column


@dataclass(frozen=True, slots=True)
class _CellWriter:
    """Writes the cells of one table."""

    writer: TextWriter
    widths: tuple[int, ...]
    dense: bool
    looks: _PlaceLooks
    theme_shade: str
    entry: Callable[[Heading], Xml]

    def row(self, kept: KeptRow, header: Xml = NOTHING, *, in_header: bool = True) -> Xml:
        """Return ``w:tr`` (17.4.78), which the end of a page cuts only where it may."""
        row, direct = kept.row, KEEP_NEXT if kept.stays_with_next else PLAIN
        whole = NOTHING if kept.may_split else keep_row_whole()
        height = max(self._least_height(row), kept.height / 20)
        properties = w("trPr", whole, at_least(height) if height else NOTHING, header)
        first = next((cell for cell in row.cells if cell.merge is not Merge.CONTINUED), None)
        cells = "".join(
            self._cell(cell, direct, row if cell is first else None, in_header=in_header)
            for cell in row.cells
        )
        return Xml(f"<w:tr>{properties}{cells}</w:tr>")

    def _least_height(self, row: GridRow) -> float:
        """Make room for a cell with more space above and below than is usual.

        Word and LibreOffice give such a padding to all cells of the row: the text
        beside a label would stand in it too.
        """
        return max(
            (self._height(placed.cell) for placed in row.cells if placed.merge is Merge.WHOLE),
            default=0.0,
        )

    def _height(self, cell: Cell) -> float:
        """Return the height of an amply padded cell of short lines; 0 for any other."""
        theme = self.writer.theme
        padding = theme.cell[cell.style].padding_y
        if padding <= usual_cell(theme, dense=False).padding_y:
            return 0.0
        paragraphs = (part for part in cell.content if isinstance(part, Paragraph))
        return 2 * padding + sum(theme.text[part.style].leading for part in paragraphs)

    def _cell(
        self, placed: GridCell, direct: Direct, row: GridRow | None, *, in_header: bool
    ) -> Xml:
        """Return ``w:tc`` (17.4.65); a continued cell repeats nothing but its properties.

        ``row`` is the row, where the cell is to carry its headings and its bookmark.
        """
        cell = placed.cell
        width = sum(self.widths[placed.column : placed.column + cell.colspan])
        look = self.writer.theme.cell[cell.style]
        by_style = self.looks.at(placed.column, in_header=in_header)
        merge, theme_shade = placed.merge, self.theme_shade
        properties = cell_properties(width, cell.colspan, merge, look, by_style, theme_shade)
        content = () if placed.merge is Merge.CONTINUED else cell.content
        inner = width - 2 * twips(look.padding_x)
        paragraphs = list(self.writer.blocks(content, inner, direct)) or [self._empty(direct)]
        if row is not None and not self.writer.sample:
            paragraphs[0] = self._marked(paragraphs[0], row)
        written = self.writer.controls.paragraphs(paragraphs)
        return Xml(f"<w:tc>{properties}{''.join(written)}</w:tc>")

    def _marked(self, paragraph: WordParagraph, row: GridRow) -> WordParagraph:
        """Return what stands for a row and for its headings: bookmarked, with their lines."""
        around, content = self.writer.bookmarks.around, paragraph.content
        if row.id:
            content = around(row.id, content)
        for heading in reversed(row.headings):
            content = join((self.entry(heading), around(heading.id, content)))
        return replace(paragraph, content=content)

    def _empty(self, direct: Direct) -> WordParagraph:
        """Return the paragraph that a cell without text must have (17.4.65)."""
        style = TextStyle.DENSE_TEXT if self.dense else TextStyle.TABLE_TEXT
        name = names.text_style(style, sample=self.writer.sample)
        return self.writer.plain(name, direct=direct)


def gap(writer: TextWriter, style: WordStyle = names.TABLE_GAP, direct: Direct = PLAIN) -> Xml:
    """Return the paragraph without which Word joins two tables that follow each other."""
    return writer.plain(style, direct=direct).xml()
