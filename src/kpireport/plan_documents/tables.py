"""A document as tables of cells, and the texts between them, in the order of its pages.

Comes in: nothing: the dataclasses are what the readers of Word, Excel and PDF make. Goes out:
nothing yet. Texts are verbatim; the lines of a cell are parted by line feeds where the document
parts them (a PDF parts lines also where they are merely full).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell of a table.

    Attributes:
        text: what it says, without white space at its ends.
        row: the first row that it stands in, from 0.
        column: likewise.
        rows: over how many rows it reaches.
        columns: likewise.
        is_bold: all of it is set bold, as headers and goals are.
        indent: how far its first line stands in from the cell's left, in points; 0 where the
            file does not say.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    is_bold: bool = False
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table: no two cells overlap; there may be places without a cell.

    Attributes:
        cells: row by row, from left to right.
        rows: how many rows it has.
        columns: how many columns.
        page: the page that it begins on, from 1; 0 where the file does not say.
        number: of the table, from 1: on its page, or in the document.
        sheet: the sheet's name, of a workbook.
        first_row: the number of its first row in the sheet, from 1; 1 elsewhere.
        lefts: where its columns begin, as shares of the page's width from 0 to 1, if known:
            a table that goes on over a page has them where it began.
        doubts: why somebody has to look at each of its rows, in words for staff: where its
            rows and columns are is guessed from where its words stand, say.
        row_pages: the page that each row begins on, where the file says so.
        row_numbers: the number of each row in the sheet, where cells are merged over rows.
    """

    cells: tuple[SourceCell, ...]
    rows: int
    columns: int
    page: int = 0
    number: int = 1
    sheet: str = ""
    first_row: int = 1
    lefts: tuple[float, ...] = ()
    doubts: tuple[str, ...] = ()
    row_pages: tuple[int, ...] = ()
    row_numbers: tuple[int, ...] = ()

    def grid(self) -> list[list[SourceCell | None]]:
        """The cell at each place; one that reaches over several is at each of them."""
        grid: list[list[SourceCell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.rows, self.rows)):
                for column in range(cell.column, min(cell.column + cell.columns, self.columns)):
                    grid[row][column] = cell
        return grid

    def by_rows(self) -> list[list[SourceCell]]:
        """The cells that begin in each row."""
        rows: list[list[SourceCell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows

    def place(self, row: int) -> str:
        """Where a row stands, in words: ``３ページ 表１ ５行目``, ``Sheet1!5行目``."""
        if self.sheet:
            number = self.row_numbers[row] if self.row_numbers else self.first_row + row
            return f"{self.sheet}!{number}行目"
        page = self.row_pages[row] if self.row_pages else self.page
        if page != self.page:
            return f"{page}ページ（{self.page}ページからの表{self.number}） {row + 1}行目"
        begins = f"{self.page}ページ " if self.page else ""
        return f"{begins}表{self.number} {row + 1}行目"


@dataclass(frozen=True, slots=True)
class SourceText:
    """A paragraph between tables.

    Attributes:
        text: what it says.
        page: the page that it stands on, from 1; 0 where the file does not say.
        level: of a heading, from 1; 0 for other text.
        is_large: it is set larger than most of the document, or bold.
    """

    text: str
    page: int = 0
    level: int = 0
    is_large: bool = False


SourcePart: TypeAlias = SourceTable | SourceText


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document in the order of its pages.

    Attributes:
        parts: its tables and the texts between them.
        pages: how many pages it has; 0 where the file does not say.
        has_pictures_of_pages: it has pages without any text that are pictures: a scan.
        running: what stands at the same place of most pages: running heads, page numbers.
    """

    parts: tuple[SourcePart, ...]
    pages: int = 0
    has_pictures_of_pages: bool = False
    running: tuple[SourceText, ...] = ()

    def tables(self) -> Iterator[SourceTable]:
        """Yield the tables."""
        yield from (each for each in self.parts if isinstance(each, SourceTable))
