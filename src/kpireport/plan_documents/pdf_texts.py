"""The lines between tables as paragraphs and headings, and what runs along with the pages.

Comes in: the lines of all pages. Goes out: texts in the order of reading; apart from them what
stands at the same place of most pages: running heads, page numbers, tabs at the side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from kpireport.plan_documents.pdf_joining import joined
from kpireport.plan_documents.pdf_lines import Line
from kpireport.plan_documents.pdf_shapes import Box, PageInk
from kpireport.plan_documents.tables import SourceText

_LARGE = 1.15  # times the usual size
_LONGEST_HEADING = 60  # characters
_MOST_LEVELS = 3
_LEADING = 1.0  # of the size: the gap between lines of a paragraph
_SAME_LEFT = 3.0  # of the size: lines of one column
_COLUMN = 5  # lines
_MOST_LINES = 1_000  # of a page, to look for its columns
_MARGIN = 0.12  # of a page, at each side: where running heads stand
_MOST_PAGES = 0.4  # of the pages; left and right pages may differ
_FEWEST_PAGES = 3
_NUMBERED = re.compile(
    r"[0-9０-９]{1,2}(?:[-－][0-9０-９]{1,2})*[\s.．]?(?=[^\s0-9０-９.．,，年月日人件％%）)])"
    r"|[Ⅰ-Ⅻ①-⑳⑴-⒇]|第[0-9０-９一二三四五六七八九十]{1,2}[章節編部]"
    r"|(?:基本目標|政策|基本施策|施策|戦略計画|目標)\s*[0-9０-９一二三四五六七八九十Ⅰ-Ⅻ①-⑳⑴-⒇]"
)
_NUMBERS = re.compile(r"[0-9０-９]+|(?<![a-zA-Z])[ivxlcIVXLCⅰ-ⅿⅠ-Ⅿ]+(?![a-zA-Z])")


class TextStyle:
    """What is large in a document, told by the size of most of its characters."""

    def __init__(self, pages: Iterable[PageInk]) -> None:
        """Measure the characters of all pages."""
        sizes = [each.size for page in pages for each in page.glyphs]
        self._usual = median(sizes) if sizes else 0.0
        large = {_rounded(each) for each in sizes if each >= _LARGE * self._usual}
        self._levels = {size: rank for rank, size in enumerate(sorted(large, reverse=True), 1)}

    def text(self, said: str, line: Line, page: int) -> SourceText:
        """Return a paragraph of the document."""
        level = 0
        if line.size >= _LARGE * self._usual and len(said) <= _LONGEST_HEADING:
            level = min(self._levels.get(_rounded(line.size), _MOST_LEVELS), _MOST_LEVELS)
        return SourceText(said, page, level, is_large=level > 0 or line.is_bold)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def paragraphs(lines: Sequence[Line], width: float) -> Iterator[tuple[Line, str]]:
    """Yield each paragraph with its first line; lines that were merely full are joined.

    Args:
        lines: of a page, in the order of reading.
        width: the page's.
    """
    group: list[Line] = []
    for each in lines:
        if group and not _is_below(group[-1], each):
            yield from _parted(group, lines, width)
            group = []
        group.append(each)
    if group:
        yield from _parted(group, lines, width)


def _is_below(before: Line, after: Line) -> bool:
    """Whether a line follows another in the same column, close by."""
    size = max(before.size, after.size)
    return (
        after.box.bottom - before.box.bottom > 0
        and after.box.top - before.box.bottom <= _LEADING * size
        and abs(after.box.left - before.box.left) <= _SAME_LEFT * size
        and not (after.is_bold and _NUMBERED.match(after.text))
    )


def _parted(
    group: Sequence[Line], lines: Sequence[Line], width: float
) -> Iterator[tuple[Line, str]]:
    left = min(each.box.left for each in group)
    reach = _SAME_LEFT * group[0].size
    beside = lines if len(lines) <= _MOST_LINES else group
    ends = [each.end for each in beside if abs(each.box.left - left) <= reach]
    right = max(ends)
    if len(ends) < _COLUMN:  # too few to tell how wide their column is
        right = max(right, (1 - _MARGIN) * width)
    text = joined(group, Box(left, group[0].box.top, right, group[-1].box.bottom), 0.0)
    begun = 0
    for piece in text.split("\n"):
        yield group[begun], piece
        begun += _lines_of(piece, group[begun:])


def _lines_of(piece: str, lines: Sequence[Line]) -> int:
    """How many of the lines a text is made of."""
    left = len("".join(piece.split()))
    for count, each in enumerate(lines, start=1):
        left -= len("".join(each.text.split()))
        if left <= 0:
            return count
    return len(lines)


def running(pages: Sequence[tuple[PageInk, Sequence[Line]]]) -> set[tuple[int, Line]]:
    """Return the lines that run along with the pages, with their page's number."""
    places: dict[tuple[str, int, int], list[tuple[int, Line]]] = defaultdict(list)
    for page, lines in pages:
        for line in lines:
            if _is_at_margin(line.box, page):
                said = _NUMBERS.sub("#", "".join(line.text.split()))
                places[said, *_height(line.box, page)].append((page.number, line))
    fewest = max(_FEWEST_PAGES, _MOST_PAGES * len(pages))
    return {
        each
        for found in places.values()
        if len({number for number, _ in found}) >= fewest
        for each in found
    }


def _is_at_margin(box: Box, page: PageInk) -> bool:
    return (
        box.bottom < _MARGIN * page.height
        or box.top > (1 - _MARGIN) * page.height
        or box.right < _MARGIN * page.width
        or box.left > (1 - _MARGIN) * page.width
    )


def _height(box: Box, page: PageInk) -> tuple[int, int]:
    """How high a line stands, roughly; from the nearer end, for pages of several sizes."""
    middle = (box.top + box.bottom) / 2
    is_below = middle > page.height / 2
    return int(is_below), round((page.height - middle if is_below else middle) / 6)
