"""Tables beside each other: what stands above each of them is its own.

Comes in: a page's lines, where its tables are. Goes out: both in groups that are read one
behind the other: what stands to the left of a gutter between two tables before what stands to
the right of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kpireport.plan_documents.pdf_columns import row_of
from kpireport.plan_documents.pdf_lines import Line
from kpireport.plan_documents.pdf_shapes import Box


def in_columns(
    lines: Sequence[Line], boxes: Sequence[Box]
) -> Iterator[tuple[list[Line], list[int]]]:
    """Yield lines and tables that are read together.

    Args:
        lines: of the page, in no table.
        boxes: its tables, from the top.
    """
    rest, waiting = list(lines), list[int]()
    for group in _beside(boxes):
        if len(group) == 1:
            waiting += group
            continue
        top = min(boxes[each].top for each in group)
        bottom = max(boxes[each].bottom for each in group)
        gutters = [(boxes[one].right + boxes[other].left) / 2 for one, other in pairwise(group)]
        above = [each for each in rest if each.box.top < top]
        inside = [each for each in rest if top <= each.box.top < bottom]
        begin = _begin(above, gutters)
        yield above[:begin], waiting
        pieces = [piece for line in (*above[begin:], *inside) for piece in row_of(line).pieces]
        for number, index in enumerate(group):
            yield [each for each in pieces if _column(each, gutters) == number], [index]
        rest, waiting = [each for each in rest if each.box.top >= bottom], []
    yield rest, waiting


def _beside(boxes: Sequence[Box]) -> Iterator[list[int]]:
    """Yield tables in groups of those that stand beside each other, from the left."""
    group: list[int] = []
    for index, box in enumerate(boxes):
        if group and not all(_are_beside(box, boxes[each]) for each in group):
            yield sorted(group, key=lambda each: boxes[each].left)
            group = []
        group.append(index)
    if group:
        yield sorted(group, key=lambda each: boxes[each].left)


def _are_beside(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    is_apart = one.right <= other.left or other.right <= one.left
    return is_apart and shared > 0


def _begin(lines: Sequence[Line], gutters: Sequence[float]) -> int:
    """From which of the lines above tables on they are those of the tables."""
    begin = len(lines)
    for index in reversed(range(len(lines))):
        pieces = row_of(lines[index]).pieces
        if any(piece.box.left < each < piece.box.right for piece in pieces for each in gutters):
            break
        if len({_column(each, gutters) for each in pieces}) > 1:
            begin = index
    return begin


def _column(piece: Line, gutters: Sequence[float]) -> int:
    return sum(piece.box.left >= each for each in gutters)
