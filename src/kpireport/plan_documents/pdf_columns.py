"""Columns that no rules show: told by where words stand one below the other.

Comes in: lines of text. Goes out: their pieces, and the gutters between which these stand.
What is told so may be wrong: whoever uses it marks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kpireport.plan_documents.joining import MARK
from kpireport.plan_documents.pdf_lines import Line, line_of, spread
from kpireport.plan_documents.pdf_rules import Frame, FramedCell
from kpireport.plan_documents.pdf_shapes import Rule
from kpireport.quickly import dataclass

_PIECE_GAP = 1.15  # of the size: between words of two columns
_GUTTER = 0.7  # of the size: what is left of it over all rows
_LARGER = 1.15  # times the size of a table's words: a heading
_CLOSE = 0.6  # of the size: between lines of a cell
_CROSSING = 7  # of so many rows one may reach over a gutter: headers do
_NUMBERED = re.compile(r"[（(]?[0-9０-９Ⅰ-ⅿ]{1,2}[\s)）.．、]?(?=[^\W\d_])|第.{1,2}[章節]")
_LEADER = re.compile(r"[.．・…‥･·]{4,}")
_WORDS = re.compile(r"[ぁ-んァ-ヶー一-龠々]{3}|[A-Za-z]{4}")
_ONE_RULE = 1.0  # points
_PROSE = 12  # characters of a line, on average
_PROSE_FULL = 0.6  # of the lines are full, in prose


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text as its pieces, from the left."""

    pieces: tuple[Line, ...]

    @property
    def top(self) -> float:
        """Where it begins."""
        return min(each.box.top for each in self.pieces)

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return max(each.box.bottom for each in self.pieces)

    @property
    def size(self) -> float:
        """The height of its largest characters."""
        return max(each.size for each in self.pieces)


def row_of(line: Line) -> Row:
    """Part a line where its words stand far apart; a mark stays with what it marks."""
    letters = [each for each in line.glyphs if not each.text.isspace()]
    widest = _PIECE_GAP + spread(letters)
    pieces = [[letters[0]]]
    for before, after in pairwise(letters):
        if after.left - before.right > widest * min(before.size, after.size):
            pieces.append([])
        pieces[-1].append(after)
    marked = [pieces[0]]
    for each in pieces[1:]:
        if MARK.fullmatch("".join(glyph.text for glyph in marked[-1])):
            marked[-1] += each
        else:
            marked.append(each)
    return Row(tuple(line_of(each) for each in marked))


def gutters(rows: Sequence[Row]) -> list[float]:
    """Return the middles of the gutters that the pieces of rows leave free."""
    if not rows:
        return []
    size = sorted(row.size for row in rows)[len(rows) // 2]
    edges = sorted(
        [(piece.box.left, 1) for row in rows for piece in row.pieces]
        + [(piece.box.right, -1) for row in rows for piece in row.pieces]
    )
    allowed = len(rows) // _CROSSING
    found, count, free = [], 0, None
    for at, change in edges:
        before, count = count, count + change
        if before > allowed >= count:
            free = at
        elif before <= allowed < count and free is not None:
            if at - free >= _GUTTER * size:
                found.append((free + at) / 2)
            free = None
    return [each for each in found if _parts(rows, each)]


def _parts(rows: Sequence[Row], gutter: float) -> bool:
    """Whether some rows have something on both sides of a gutter."""
    both = sum(
        any(piece.box.right <= gutter for piece in row.pieces)
        and any(piece.box.left >= gutter for piece in row.pieces)
        for row in rows
    )
    return both >= max(2, len(rows) // 4)


def blocks(rows: Sequence[Row], breaks: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield from which row to which there may be a table.

    Args:
        rows: of the page, from the top.
        breaks: heights where something else stands between.
    """
    start: int | None = None
    last = 0
    for index, row in enumerate(rows):
        if start is not None and (
            _is_apart(rows[index - 1], row, breaks)
            or index - last > 3
            or _has_leader(row)
            or _is_heading(row, rows[last])
        ):
            yield start, _with_last_lines(rows, last)
            start = None
        if len(row.pieces) > 1 and not _has_leader(row):
            start = index if start is None else start
            last = index
    if start is not None:
        yield start, _with_last_lines(rows, last)


def _with_last_lines(rows: Sequence[Row], last: int) -> int:
    """Where a block ends: a cell of its last row may have further lines."""
    end = last + 1
    while (
        end < len(rows)
        and len(rows[end].pieces) == 1
        and rows[end].top - rows[end - 1].bottom <= _CLOSE * rows[end].size
        and any(_is_below(piece, rows[end].pieces[0]) for piece in rows[last].pieces)
    ):
        end += 1
    return end


def _is_below(above: Line, line: Line) -> bool:
    return (
        abs(above.box.left - line.box.left) <= line.size
        and line.box.right <= above.box.right + 3 * line.size
    )


def _is_apart(before: Row, after: Row, breaks: Sequence[float]) -> bool:
    gap = after.top - before.bottom
    return gap > 3 * max(before.size, after.size) or any(
        before.bottom <= each <= after.top for each in breaks
    )


def _is_heading(row: Row, above: Row) -> bool:
    return len(row.pieces) == 1 and row.size > _LARGER * above.size


def _has_leader(row: Row) -> bool:
    """Whether it is a line of a list of contents."""
    return any(_LEADER.search(piece.text) for piece in row.pieces)


def has_words(rows: Sequence[Row]) -> bool:
    """Whether most rows have words: what stands in a chart is figures mostly."""
    worded = sum(any(_WORDS.search(piece.text) for piece in row.pieces) for row in rows)
    return 2 * worded >= len(rows)


def is_prose(rows: Sequence[Row], middles: Sequence[float]) -> bool:
    """Whether columns are those of running text: their lines are long, and most are full."""
    if len(middles) > 2:
        return False
    columns: list[list[Line]] = [[] for _ in range(len(middles) + 1)]
    for row in rows:
        for piece in row.pieces:
            columns[sum(piece.box.left > each for each in middles)].append(piece)
    return all(map(_is_prose_column, columns))


def _is_prose_column(lines: Sequence[Line]) -> bool:
    if len(lines) < 3 or sum(len(each.text) for each in lines) < _PROSE * len(lines):
        return False
    end = max(each.box.right for each in lines)
    full = sum(end - each.box.right < 1.5 * each.size for each in lines)
    return full >= _PROSE_FULL * len(lines)


# --- frames without rules -----------------------------------------------------------------


def guessed_frame(
    rows: Sequence[Row],
    middles: Sequence[float],
    tops: Sequence[float],
    sides: tuple[float, float],
    inner: Sequence[Rule] = (),
) -> Frame:
    """Return the frame of rows and columns that words tell.

    Args:
        rows: the lines in it.
        middles: of the gutters.
        tops: where its rows begin, and the last one ends.
        sides: its left and right end.
        inner: rules that part rows of some columns alone.
    """
    lefts = (sides[0], *middles, sides[1])
    cells: list[FramedCell] = []
    for number, (top, bottom) in enumerate(pairwise(tops)):
        inside = [row for row in rows if top <= (row.top + row.bottom) / 2 < bottom]
        cells += _row_cells(number, inside, middles)
    whole = _whole_below(cells, lefts, tops, inner) if middles else cells
    return Frame(lefts, tuple(tops), tuple(whole), is_guessed=True, inner=tuple(inner))


def _whole_below(
    cells: Sequence[FramedCell],
    lefts: Sequence[float],
    tops: Sequence[float],
    inner: Sequence[Rule],
) -> list[FramedCell]:
    """Cells row by row; those that the rule between two rows does not reach are one."""
    whole: list[FramedCell] = []
    last = dict[int, int]()  # by column, which of them is the lowest
    for cell in cells:
        above = whole[last[cell.column]] if cell.column in last else cell
        middle = (lefts[cell.column] + lefts[cell.column + cell.columns]) / 2
        rule = next((each for each in inner if abs(each.at - tops[cell.row]) <= _ONE_RULE), None)
        is_one = (
            rule is not None
            and not rule.low <= middle <= rule.high
            and (above.columns, above.row + above.rows) == (cell.columns, cell.row)
        )
        if is_one:
            whole[last[cell.column]] = replace(above, rows=above.rows + 1)
        else:
            last[cell.column] = len(whole)
            whole.append(cell)
    return whole


def _row_cells(
    number: int, inside: Sequence[Row], middles: Sequence[float]
) -> Iterator[FramedCell]:
    """Yield a row's cells: what reaches over a gutter is one with what is beside it."""
    crossed = {
        index
        for row in inside
        for piece in row.pieces
        for index, each in enumerate(middles)
        if piece.box.left + piece.size / 2 < each < piece.box.right - piece.size / 2
    }
    start = 0
    for column in range(len(middles) + 1):
        if column not in crossed:
            yield FramedCell(number, start, 1, column + 1 - start)
            start = column + 1


def _is_band(row: Row, below: Row) -> bool:
    """Whether one of two lines is a heading of rows, not a line of a cell."""
    counts = len(row.pieces), len(below.pieces)
    if min(counts) > 1 or max(counts) < 2:
        return False
    alone = (row if counts[0] == 1 else below).pieces[0]
    is_marked = row.pieces[0].is_bold != below.pieces[0].is_bold
    return is_marked or bool(_NUMBERED.match(alone.text))


def row_tops(rows: Sequence[Row], middles: Sequence[float]) -> list[float]:
    """Return where rows of cells begin, and the last one ends: cells may have several lines.

    Where some lines stand closer than others, these are lines of cells. Elsewhere a line
    that fills one column alone goes on with the one above.
    """
    gaps = [after.top - before.bottom for before, after in pairwise(rows)]
    size = sorted(row.size for row in rows)[len(rows) // 2]
    tight = min(min(gaps, default=0.0) + 0.3 * size, _CLOSE * size)
    apart = sum(gap > tight for gap in gaps)
    are_told_by_gaps = 3 * apart >= len(gaps) and apart < len(gaps) and apart > 1
    tops = [rows[0].top]
    for (before, after), gap in zip(pairwise(rows), gaps, strict=True):
        goes_on = (
            gap <= tight
            and not _is_band(before, after)
            and (are_told_by_gaps or (len(middles) > 1 and len(after.pieces) == 1))
        )
        if not goes_on:
            tops.append((before.bottom + after.top) / 2)
    return [*tops, rows[-1].bottom]
