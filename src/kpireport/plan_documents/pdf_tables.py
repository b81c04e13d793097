"""A PDF as tables and texts, in the order of its pages.

Comes in: the path of a PDF. Goes out: its tables and the texts between them. Tables are found
by their rules; what is drawn without any by how its words stand one below the other, and is
marked as guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.plan_documents.pdf_joining import joined
from kpireport.plan_documents.pdf_lines import CellLines, cell_lines, lines_of
from kpireport.plan_documents.pdf_opening import open_pages
from kpireport.plan_documents.pdf_rules import Frame, FramedCell, frames
from kpireport.plan_documents.pdf_shapes import Glyph, PageInk
from kpireport.plan_documents.tables import (
    SourceCell,
    SourceDocument,
    SourcePart,
    SourceTable,
    SourceText,
)

_WIDEST_MARGIN = 6.0  # points, of a cell
_PICTURE_OF_PAGE = 0.5  # of a page without text


@dataclass(frozen=True, slots=True)
class _Placed:
    """A part with its place on the page."""

    top: float
    left: float
    part: SourcePart


def read_pdf_tables(path: Path, log: Findings) -> SourceDocument:
    """Read the tables of a PDF, and the texts between them.

    Args:
        path: the file.
        log: where what is unsure is noted.

    Raises:
        InputError: the file cannot be read, is protected, or has more than is read.
    """
    try:
        pages = list(open_pages(path))
    except CellError as error:
        log.fail("", error.what, error.remedy)
    size = _usual_size(pages)
    parts = [part for page in pages for part in _parts(page, size)]
    scanned = [page.number for page in pages if _is_picture(page)]
    return SourceDocument(tuple(parts), len(pages), bool(scanned))


def _usual_size(pages: Sequence[PageInk]) -> float:
    """The height of most of the document's characters."""
    sizes = [each.size for page in pages for each in page.glyphs]
    return median(sizes) if sizes else 0.0


def _is_picture(page: PageInk) -> bool:
    return not page.glyphs and page.pictures >= _PICTURE_OF_PAGE


def _parts(page: PageInk, size: float) -> Iterator[SourcePart]:
    """Yield a page's tables and texts, from the top."""
    found = [each for each in frames(page.across, page.upright) if len(each.cells) > 1]
    inside, outside = _shared_out(page.glyphs, found)
    placed = []
    for number, (frame, glyphs) in enumerate(zip(found, inside, strict=True), start=1):
        table = _table(frame, glyphs, page, number)
        placed.append(_Placed(frame.tops[0], frame.lefts[0], table))
    for line in lines_of(outside):
        is_large = line.is_bold or line.size > 1.15 * size
        text = SourceText(line.text, page.number, is_large=is_large)
        placed.append(_Placed(line.box.top, line.box.left, text))
    placed.sort(key=lambda each: (each.top, each.left))
    yield from (each.part for each in placed)


def _shared_out(
    glyphs: Sequence[Glyph], found: Sequence[Frame]
) -> tuple[list[list[Glyph]], list[Glyph]]:
    """Give each character to the innermost frame that it stands in."""
    inside: list[list[Glyph]] = [[] for _ in found]
    outside: list[Glyph] = []
    boxes = sorted(
        ((each.box, index) for index, each in enumerate(found)),
        key=lambda each: (each[0].right - each[0].left) * (each[0].bottom - each[0].top),
    )
    for glyph in glyphs:
        middle = glyph.middle
        home = next((index for box, index in boxes if box.holds(middle)), None)
        (outside if home is None else inside[home]).append(glyph)
    return inside, outside


def _table(frame: Frame, glyphs: Sequence[Glyph], page: PageInk, number: int) -> SourceTable:
    held = _held(frame, glyphs)
    found = [
        cell_lines(inside, frame.box_of(cell))
        for cell, inside in zip(frame.cells, held, strict=True)
    ]
    margin = min((each.margin for each in found), default=0.0)
    margin = min(max(margin, 0.0), _WIDEST_MARGIN)
    cells = [_cell(place, each, margin) for place, each in zip(frame.cells, found, strict=True)]
    return SourceTable(
        tuple(cells),
        rows=len(frame.tops) - 1,
        columns=len(frame.lefts) - 1,
        page=page.number,
        number=number,
        lefts=tuple(round(each / page.width, 4) for each in frame.lefts[:-1]),
    )


def _cell(place: FramedCell, said: CellLines, margin: float) -> SourceCell:
    text = joined(said.lines, said.area, margin)
    return SourceCell(
        text.text,
        place.row,
        place.column,
        place.rows,
        place.columns,
        said.is_bold,
        said.is_upright,
        text.rooms,
    )


def _held(frame: Frame, glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the characters of each cell, in the order they are drawn."""
    places: dict[tuple[int, int], int] = {}
    for index, cell in enumerate(frame.cells):
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                places[row, column] = index
    held: list[list[Glyph]] = [[] for _ in frame.cells]
    for glyph in glyphs:
        x, y = glyph.middle
        held[places[_step(frame.tops, y), _step(frame.lefts, x)]].append(glyph)
    return held


def _step(places: Sequence[float], at: float) -> int:
    """Between which two of the places something is."""
    return min(max(bisect_right(places, at) - 1, 0), len(places) - 2)
