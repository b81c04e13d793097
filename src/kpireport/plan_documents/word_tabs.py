"""Tables that are set by tabs or spaces in paragraphs, and are no tables of the file.

Comes in: paragraphs one below the other. Goes out: a table, where their words stand in columns.
Where a tab leads is told by the paragraph's stops (17.3.1.38) and by how wide the words before
it are, roughly: whoever uses the table has to look, and it says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpireport.plan_documents.joining import MARK, width_of
from kpireport.plan_documents.tables import SourceCell, SourceTable
from kpireport.quickly import dataclass

_GAP = re.compile("[\u3000 ]*\t[\u3000 \t]*|\u3000{2,}| {4,}")
_STOP = 42.0  # points from one stop to the next where a paragraph sets none (17.15.1.25)
_FEWEST_COLUMNS, _FEWEST_LINES = 3, 2
_MOST_COLUMNS, _MOST_LINES = 60, 2_000
_APART = 12.0  # points: what begins closer together stands in one column
_DOUBT = "タブや空白でそろえた行を、表として読みました。列が合っているか、原本と見比べてください。"


@dataclass(frozen=True, slots=True)
class AlignedLine:
    """A line whose words stand apart.

    Attributes:
        pieces: its words, each with how far from the left it begins, in points.
        page: that it stands on; 0 where the file does not say.
        is_bold: all of it is.
    """

    pieces: tuple[tuple[str, float], ...]
    page: int = 0
    is_bold: bool = False

    def with_marks_taken(self) -> AlignedLine:
        """It with the mark or number at its beginning taken to the words behind."""
        (mark, at), (words, _), *others = self.pieces
        if not MARK.fullmatch(mark):
            return self
        return AlignedLine(((f"{mark} {words}", at), *others), self.page, self.is_bold)


def aligned_pieces(
    text: str, *, indent: float, size: float, stops: Sequence[float]
) -> tuple[tuple[str, float], ...]:
    """Part a line where its words stand apart.

    Args:
        text: the line.
        indent: where it begins, in points.
        size: of its characters, in points.
        stops: where tabs lead, from the left, in points.
    """
    pieces, at, begin = [], indent, 0
    for gap in (*_GAP.finditer(text), None):
        words = text[begin : gap.start() if gap else len(text)]
        if words.strip():
            pieces.append((words.strip(), at))
        at += width_of(words) * size / 2
        for each in gap[0] if gap else "":
            at = _next_stop(at, stops) if each == "\t" else at + width_of(each) * size / 2
        begin = gap.end() if gap else begin
    return tuple(pieces)


def _next_stop(at: float, stops: Sequence[float]) -> float:
    return next((each for each in stops if each > at), (at // _STOP + 1) * _STOP)


def aligned_table(lines: Sequence[AlignedLine]) -> SourceTable | None:
    """Return the table that lines make; ``None`` where their words make none."""
    full = [each for each in lines if len(each.pieces) >= _FEWEST_COLUMNS]
    if len(full) < _FEWEST_LINES or len(lines) > _MOST_LINES:
        return None
    lines = _alike(lines)
    columns = max(len(each.pieces) for each in lines)
    places = _places(lines)
    if columns > _MOST_COLUMNS:
        return None
    cells: list[SourceCell] = []
    for row, line in enumerate(lines):
        for number, (words, at) in enumerate(line.pieces):
            is_whole = len(line.pieces) == columns or len(places) != columns
            column = number if is_whole else _column(places, at)
            cells.append(SourceCell(words, row, column, is_bold=line.is_bold))
    pages = tuple(each.page for each in lines)
    return SourceTable(
        tuple(cells),
        rows=len(lines),
        columns=columns,
        page=pages[0],
        row_pages=pages if pages[0] else (),
        doubts=(_DOUBT,),
    )


def _alike(lines: Sequence[AlignedLine]) -> Sequence[AlignedLine]:
    """The lines, with marks taken to the words behind them where not all lines have one."""
    if len({len(each.pieces) for each in lines}) == 1:
        return lines
    return [each.with_marks_taken() for each in lines]


def _places(lines: Sequence[AlignedLine]) -> list[float]:
    """Where columns begin."""
    places: list[float] = []
    for at in sorted(at for line in lines for _, at in line.pieces):
        if not places or at - places[-1] > _APART:
            places.append(at)
    return places


def _column(places: Sequence[float], at: float) -> int:
    return min(range(len(places)), key=lambda each: abs(places[each] - at))
