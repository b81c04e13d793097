"""How wide a table's columns are, and how ample its cells, the same in both writers.

Comes in: a table's proportions and its cells. Goes out: proportions under which no
column is narrower than the longest number in it, as far as the table has room:
``1,198,432人`` is one thing and is not cut, nor is ``令和４年度``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from kpireport.document.blocks import Cell, ItemList, Paragraph, Row, Span, Table
from kpireport.document.styles import CellStyle
from kpireport.writers.theme import CellLook, Theme

# a number, the sign before it and the first letter of its counter, or a year of an era:
# no line ends inside
_NUMBER = re.compile(
    r"[（(※]?[明大昭平令][治正和成](?:元|[0-9０-９]{1,2})年度?"
    r"|[−－＋▲△+-]?[0-9０-９][0-9０-９,.，．]*[千万億兆]?[^\s0-9０-９（）()、。「」]?"
)

_HALF_EM = ("Na", "H", "N")  # narrow, half-width, neutral (UAX #11)
PAGE_ROOM = "00"
"""As wide as the number of a page that is not known while lines are broken."""

LETTER_GAP = 0.2
"""In ems, what LibreOffice sets between Japanese letters and digits, whatever a style says."""

_SLACK = 0.5  # points, for what either writer rounds
_TWIPS = 20  # in a point


def natural_width(line: str) -> float:
    """Return the width of ``line`` in ems, in the bundled fonts' two widths (UAX #11)."""
    return sum(0.5 if unicodedata.east_asian_width(char) in _HALF_EM else 1.0 for char in line)


def gap_places(text: str) -> Iterator[int]:
    """Yield the characters that LibreOffice sets :data:`LETTER_GAP` behind."""
    widths = [char.isalnum() and natural_width(char) for char in text]
    for at, (before, after) in enumerate(pairwise(widths)):
        if before and after and before != after:
            yield at


def set_text(span: Span) -> str:
    """Return what is measured of a span: its text, or the room for the number of a page."""
    return PAGE_ROOM if span.is_page else span.text


def fit_columns(table: Table, theme: Theme, width: float) -> tuple[int, ...]:
    """Return the proportions of the columns of ``table`` in ``width`` points.

    They are the table's own where these give every number its room. Else narrow columns
    take what they lack from those that have more than they need, in equal parts of that.
    """
    total = sum(table.columns)
    widths = [width * part / total for part in table.columns]
    needed = _needed_widths(table, theme)
    lacking = [max(0.0, need - own) for need, own in zip(needed, widths, strict=True)]
    spare = [max(0.0, own - need) for need, own in zip(needed, widths, strict=True)]
    if not any(lacking) or not any(spare):
        return table.columns
    given = min(1.0, sum(lacking) / sum(spare))  # of what is spare
    met = min(1.0, sum(spare) / sum(lacking))  # of what is lacking
    return tuple(
        round(_TWIPS * (own + met * lack - given * more))
        for own, lack, more in zip(widths, lacking, spare, strict=True)
    )


def is_dense(table: Table) -> bool:
    """Tell whether a table has many columns, in all of its rows or in some."""
    cells = chain.from_iterable(row.cells for row in (*table.header_rows, *table.rows))
    return any(cell.style in (CellStyle.DENSE, CellStyle.DENSE_HEADER) for cell in cells)


def usual_cell(theme: Theme, *, dense: bool) -> CellLook:
    """Return the look of most cells of a table, dense or not.

    All but the amply padded have its padding above and below, for in Word the cells of a row
    have that in common.
    """
    return theme.cell[CellStyle.DENSE if dense else CellStyle.TEXT]


def _needed_widths(table: Table, theme: Theme) -> list[float]:
    """Return the width in points that the longest number of each column needs."""
    needed = [0.0] * len(table.columns)
    for rows in (table.header_rows, table.rows):
        for cell, column in _placed(rows, len(table.columns)):
            if cell.colspan == 1:
                needed[column] = max(needed[column], _needed_width(cell, theme))
    return needed


def _needed_width(cell: Cell, theme: Theme) -> float:
    widest = max((_widest_number(each, theme) for each in _paragraphs(cell.content)), default=0.0)
    return widest + 2 * theme.cell[cell.style].padding_x + _SLACK if widest else 0.0


def _paragraphs(content: Iterable[object]) -> Iterator[Paragraph]:
    for block in content:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from _paragraphs(item.content)


def _widest_number(paragraph: Paragraph, theme: Theme) -> float:
    text = "".join(map(set_text, paragraph.spans))
    found = (
        natural_width(number) + LETTER_GAP * len(list(gap_places(number)))
        for number in _NUMBER.findall(text)
    )
    return max(found, default=0.0) * theme.text[paragraph.style].size


def _placed(rows: Sequence[Row], columns: int) -> Iterator[tuple[Cell, int]]:
    """Yield every cell with its first column; columns under a span from above are passed."""
    covered = [0] * columns  # rows that a cell above still takes
    for row in rows:
        column = 0
        for cell in row.cells:
            while covered[column]:
                column += 1
            yield cell, column
            covered[column : column + cell.colspan] = [cell.rowspan] * cell.colspan
            column += cell.colspan
        covered = [max(0, left - 1) for left in covered]
