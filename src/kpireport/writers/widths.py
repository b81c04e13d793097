"""How wide a table's columns are, and how ample its cells, the same in both writers.

Comes in: a table's proportions and its cells. Goes out: proportions under which no
column is narrower than the longest number in it, as far as the table has room:
``1,198,432人`` is one thing and is not cut, nor is ``令和４年度末``. Nor is a short word, as
far as the other columns need not give much: ``（４ルート）``, ``35,210人＊１``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import chain, pairwise, takewhile
from math import inf
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from kpireport.document.blocks import (
    TO_PAGE,
    Bar,
    Cell,
    HeaderScope,
    ItemList,
    Paragraph,
    SamplePage,
    Span,
    Sparkline,
    Table,
)
from kpireport.document.ems import natural_width
from kpireport.document.styles import CellStyle, SpanStyle, TextStyle
from kpireport.quickly import dataclass
from kpireport.writers.breaks import INSIDE_A_WORD, Break, Breaking, find_breaks
from kpireport.writers.table_headers import places
from kpireport.writers.theme import MINIMUM_SIZE, CellLook, Theme

# a number, the sign before it and the first letter of its counter, or a year of an era:
# no line ends inside; the blank before a year's value does not hang over the line's end in Word
_NUMBER = re.compile(
    r"[（(※]?[明大昭平令][治正和成](?:元|[0-9０-９]{1,2})年度?(?: (?=[0-9０-９]))?"
    r"|[−－＋▲△+-]?[0-9０-９][0-9０-９,.，．]*[千万億兆]?[^\s0-9０-９（）()、。「」]?"
)

_DEADLINE = re.compile(r"[（(]?[明大昭平令][治正和成](?:元|[0-9０-９]{1,2})年度末[）)]?")
_IN_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)|〔[^〔〕]*〕|［[^［］]*］")

PAGE_ROOM = "00"
"""As wide as the number of a page that is not known while lines are broken."""
_PAGES_ROOM = f"{PAGE_ROOM}{TO_PAGE}{PAGE_ROOM}"

LETTER_GAP = 0.2
"""In ems, what LibreOffice sets between Japanese letters and digits, whatever a style says."""

_SLACK = 0.5  # points, for what either writer rounds
_TOLERANCE = 1e-6  # points, for what sums of the same widths differ by
_NO_MARKS: frozenset[int] = frozenset()
_TWIPS = 20  # in a point
_LONGEST_WORD = 8  # in ems: longer ones are torn in a narrow column
_LONGEST_IN_BRACKETS = 9  # … with them: （定員2,550人分）
_FEWEST = 4  # in ems, of a line of words that can be read
_SHORT = 4  # characters, of a column's name or a line's (見込量), of an ample cell (累計)
_KEPT = 0.88  # of a column's own width, where another needs room for a word

MARK_SCALE = 0.7
"""Of the size of the text, that of a note's mark."""


@lru_cache(maxsize=16384)
def gap_places(text: str) -> tuple[int, ...]:
    """Return the characters that LibreOffice sets :data:`LETTER_GAP` behind."""
    widths = [char.isalnum() and natural_width(char) for char in text]
    return tuple(
        at
        for at, (before, after) in enumerate(pairwise(widths))
        if before and after and before != after
    )


def set_text(span: Span) -> str:
    """Return what is measured of a span: its text, or the room for the number of a page."""
    if not span.is_page:
        return span.text
    return _PAGES_ROOM if span.until else PAGE_ROOM


def page_targets(target: str, until: str, numbers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the blocks whose pages are printed: two only where these are not one."""
    is_one = not until or numbers.get(target) == numbers.get(until)
    return (target,) if is_one else (target, until)


def fit_columns(
    table: Table, theme: Theme, width: float, cells: CellNeeds | None = None
) -> tuple[int, ...]:
    """Return the proportions of the columns of ``table`` in ``width`` points.

    ``cells`` are what the cells of the same document's other tables need, in ``theme``.

    They are the table's own where these give every number and every short word its room.
    Else narrow columns take what they lack for numbers from those that have more than they
    need, in equal parts of that; then what they lack for words, as far as none of the others
    has to give more than a little.
    """
    total = sum(table.columns)
    own = [width * part / total for part in table.columns]
    needs = _find_needs(table, cells or CellNeeds(theme))
    widths = _with_room(_with_numbers(own, needs), own, needs)
    if widths == own:
        return table.columns
    return tuple(round(_TWIPS * each) for each in widths)


def least_widths(table: Table, theme: Theme) -> list[float]:
    """Return in points how narrow each column may be for people to read it.

    It has room for its longest number, and for lines of some characters of its words; the
    whole table may be wider than its page.
    """
    least = [need.numbers for need in _find_needs(table, CellNeeds(theme))]
    for rows in (table.header_rows, table.rows):
        for _, column, cell in places(rows, len(table.columns)):
            if cell.colspan == 1:
                least[column] = max(least[column], _least_width(cell, theme))
    return least


def _least_width(cell: Cell, theme: Theme) -> float:
    around = 2 * theme.cell[cell.style].padding_x + _SLACK
    lines = (
        min(_FEWEST, _room(line)) * theme.text[each.style].size
        for each in _paragraphs(cell.content)
        for line in "".join(map(set_text, each.spans)).split("\n")
    )
    return max(lines, default=0.0) + around


def _with_numbers(own: Sequence[float], needs: Sequence[_Need]) -> list[float]:
    """Return widths in which every column has what its numbers need, as far as there is room.

    No column has to give more than a little, and words that have room keep it, if that suffices.
    """
    lacking = [max(0.0, need.numbers - each) for need, each in zip(needs, own, strict=True)]
    if not any(lacking):
        return list(own)
    spare: list[float] = []
    for kept in (lambda need, each: need.kept(each, each), _Need.met, lambda need, _: need.numbers):
        spare = [max(0.0, each - kept(need, each)) for need, each in zip(needs, own, strict=True)]
        if sum(spare) >= sum(lacking):
            break
    if not any(spare):
        return list(own)
    given = min(1.0, sum(lacking) / sum(spare))  # of what is spare
    met = min(1.0, sum(spare) / sum(lacking))  # of what is lacking
    return [
        each + met * lack - given * more
        for each, lack, more in zip(own, lacking, spare, strict=True)
    ]


def _with_room(
    widths: Sequence[float], own: Sequence[float], needs: Sequence[_Need]
) -> list[float]:
    """Widen columns to their short words, the least lacking first.

    A word that is not given all that it needs is torn all the same: it gets nothing.
    """
    fitted = list(widths)
    steps = (
        (word - fitted[at], at, word)
        for at, need in enumerate(needs)
        for word in need.words_beyond(fitted[at])
    )
    for _, at, word in sorted(steps):
        lack = word - fitted[at]
        spare = [
            max(0.0, each - needs[other].kept(each, own[other])) if other != at else 0.0
            for other, each in enumerate(fitted)
        ]
        if 0 < lack <= sum(spare):
            given = lack / sum(spare)
            fitted = [each - given * more for each, more in zip(fitted, spare, strict=True)]
            fitted[at] += lack
    return fitted


def is_dense(table: Table) -> bool:
    """Tell whether a table has many columns, in all of its rows or in some."""
    cells = chain.from_iterable(row.cells for row in (*table.header_rows, *table.rows))
    return any(cell.style in (CellStyle.DENSE, CellStyle.DENSE_HEADER) for cell in cells)


def sample_width(sample: SamplePage, theme: Theme, width: float) -> float:
    """Return how wide the tables of ``sample`` are: ``width``, reduced as much as their text is."""
    dense = any(map(is_dense, sample.tables))
    style = TextStyle.DENSE_TEXT if dense else TextStyle.TABLE_TEXT
    reduced = theme.reduced(theme.sample_scale)
    return width * (reduced.text[style].size / theme.text[style].size)


def usual_cell(theme: Theme, *, dense: bool) -> CellLook:
    """Return the look of most cells of a table, dense or not.

    All but the amply padded have its padding above and below, for in Word the cells of a row
    have that in common.
    """
    return theme.cell[CellStyle.DENSE if dense else CellStyle.TEXT]


class _CellText(NamedTuple):
    """A paragraph as a column has it: all that its needs follow from."""

    text: str
    marks: frozenset[int]
    size: float
    around: float
    """What its cell has beside the text, in points."""
    scope: HeaderScope | None
    dense: bool
    """Whether its table is."""

    def room(self, text: str) -> float:
        """Return the width that a part of the text needs on one line."""
        return _room(text) * self.size + self.around


@dataclass(slots=True)
class _Need:
    """The width in points that a column needs for its numbers, and for each of its short words.

    ``texts`` are those that have the words, each with the most that one of its words may need,
    the widest first: words are told apart only where it matters, for that is dear.
    """

    numbers: float = 0.0
    lines: float = 0.0
    """What its longest text needs to stand on one line; without end for a picture."""
    texts: list[tuple[float, _CellText]] = field(default_factory=list)

    def words_beyond(self, width: float) -> set[float]:
        """Return what each word needs that a column so wide has no room for."""
        wider = takewhile(lambda text: text[0] > width - _TOLERANCE, self.texts)
        return {word for _, text in wider for word in _widths_of_words(text) if word > width}

    def met(self, width: float, least: float = 0.0) -> float:
        """Return how much of a column so wide has room for what it has room for, or ``least``."""
        most = max(self.numbers, least)
        for widest, text in self.texts:
            if widest <= most:
                break
            most = max(most, *(word for word in _widths_of_words(text) if word <= width), 0.0)
        return most

    def kept(self, width: float, own: float) -> float:
        """Return what a column so wide keeps, where another needs room for a word."""
        return self.met(width, min(_KEPT * own, self.lines))


class _CellNeed(NamedTuple):
    """What a cell needs; with it the cell, which is known by its identity."""

    cell: Cell
    numbers: float
    lines: float
    texts: tuple[tuple[float, _CellText], ...]
    """Those whose words count, with the most that a word may need."""


class CellNeeds:
    """What the cells of one document's tables need: those that are shared are measured once."""

    def __init__(self, theme: Theme) -> None:
        """Measure in the styles of ``theme``."""
        self._theme = theme
        self._known: dict[tuple[int, bool], _CellNeed] = {}

    def of(self, cell: Cell, *, dense: bool) -> _CellNeed:
        """Return what ``cell`` needs; ``dense`` is its table."""
        known = self._known.get((id(cell), dense))
        if known is None:
            known = self._known[id(cell), dense] = self._measured(cell, dense=dense)
        return known

    def _measured(self, cell: Cell, *, dense: bool) -> _CellNeed:
        texts = list(_cell_texts(cell, self._theme, dense=dense))
        widths = list(map(_widths_of_text, texts))
        lines = [each.lines for each in widths]
        if any(isinstance(each, Bar | Sparkline) for each in cell.content):
            lines.append(inf)
        has_words = dense or cell.scope is None
        return _CellNeed(
            cell,
            max((each.numbers for each in widths), default=0.0),
            max(lines, default=0.0),
            tuple(zip((each.widest for each in widths), texts, strict=True)) if has_words else (),
        )


def _find_needs(table: Table, needs: CellNeeds) -> list[_Need]:
    """Return what each column needs; ample tables have the original's room for most words."""
    columns: list[dict[int, Cell]] = [{} for _ in table.columns]  # shared cells once
    dense = is_dense(table)
    for rows in (table.header_rows, table.rows):
        for _, column, cell in places(rows, len(table.columns)):
            if cell.colspan == 1:
                columns[column][id(cell)] = cell
    return [_need_of([needs.of(cell, dense=dense) for cell in each.values()]) for each in columns]


def _need_of(cells: Sequence[_CellNeed]) -> _Need:
    """Return what a column needs for its cells."""
    texts = [each for cell in cells for each in cell.texts]
    return _Need(
        max((each.numbers for each in cells), default=0.0),
        max((each.lines for each in cells), default=0.0),
        sorted(texts, key=itemgetter(0), reverse=True),
    )


def _cell_texts(cell: Cell, theme: Theme, *, dense: bool) -> Iterator[_CellText]:
    around = 2 * theme.cell[cell.style].padding_x + _SLACK
    for each in _paragraphs(cell.content):
        text = "".join(map(set_text, each.spans))
        marks = _marked_places(each.spans)
        yield _CellText(text, marks, theme.text[each.style].size, around, cell.scope, dense)


class _TextWidths(NamedTuple):
    """What a text needs in points: for its numbers, for its longest line, for any of its words."""

    numbers: float
    lines: float
    widest: float
    """Without end where it is not easily told."""


@lru_cache(maxsize=16384)  # the same few texts stand in many cells, and are measured for each file
def _widths_of_text(cell: _CellText) -> _TextWidths:
    """Return what a text needs for its longest number, or what is as short, and the like."""
    lines = cell.text.split("\n")
    found: list[str] = _NUMBER.findall(cell.text)
    if cell.dense and cell.scope is HeaderScope.COLUMN:
        found += (*_words_of_header(cell.text), *_DEADLINE.findall(cell.text))
    # in a dense table those that name a column or a line of a row are
    if not cell.dense or cell.scope in (HeaderScope.COLUMN, HeaderScope.ROW):
        found += (line for line in lines if 0 < len(line) <= _SHORT)
    return _TextWidths(
        max(map(cell.room, found), default=0.0),
        max(map(cell.room, lines)),
        inf if cell.marks else cell.room(cell.text),
    )


def _paragraphs(content: Iterable[object]) -> Iterator[Paragraph]:
    for block in content:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from _paragraphs(item.content)


def _words_of_header(text: str) -> Iterator[str]:
    """Yield the words of a column's header, as far as any column has room for one."""
    for start, end in _pieces(text, lambda each: each.cost < INSIDE_A_WORD):
        word = text[start:end].strip()
        if 0 < natural_width(word) <= _LONGEST_WORD:
            yield word


def _room(text: str) -> float:
    """Return the width of ``text`` in ems where LibreOffice sets it."""
    return natural_width(text) + LETTER_GAP * len(gap_places(text))


_Places: TypeAlias = Iterator[tuple[int, int]]


@lru_cache(maxsize=16384)
def _widths_of_words(cell: _CellText) -> frozenset[float]:
    """Return the widths in points of a text's words that are short enough for narrow columns.

    A word is what no line should tear, with its brackets and the marks of its notes.
    """
    mark = max(MINIMUM_SIZE, cell.size * MARK_SCALE)
    widths: set[float] = set()
    words = _words if cell.dense else _brackets
    for start, end in words(cell.text, cell.marks):
        word = cell.text[start:end].rstrip()
        width = sum(
            natural_width(char) * (mark if start + at in cell.marks else cell.size)
            for at, char in enumerate(word)
        )
        widths.add(width + LETTER_GAP * cell.size * len(gap_places(word)) + cell.around)
    return frozenset(widths)


def _words(text: str, marks: Collection[int]) -> _Places:
    """Yield where each short word begins and ends, and what is in brackets with them."""
    whole = _pieces(text, lambda each: not each.tears, marks)
    parts = _pieces(text, lambda each: each.cost < INSIDE_A_WORD, marks)
    for start, end in chain(whole, parts):
        if natural_width(text[start:end].rstrip()) <= _LONGEST_WORD:
            yield start, end
    yield from _brackets(text, marks)


def _brackets(text: str, _: Collection[int]) -> _Places:
    """Yield where short brackets begin and end: ample tables are spared no other word."""
    for found in _IN_BRACKETS.finditer(text):
        if natural_width(found[0]) <= _LONGEST_IN_BRACKETS:
            yield found.span()


def _pieces(
    text: str, is_end: Callable[[Break], bool], whole: Collection[int] = ()
) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a text begin and end; none ends at the places in ``whole``."""
    begin = 0
    for line in text.split("\n"):
        ends = (begin + each.end for each in find_breaks(line, Breaking.NARROW) if is_end(each))
        yield from pairwise((begin, *(end for end in ends if end not in whole)))
        begin += len(line) + 1


def _marked_places(spans: Sequence[Span]) -> frozenset[int]:
    """Return the places of the characters of notes' marks: no line ends before one."""
    if not [span for span in spans if span.style is SpanStyle.NOTE_MARK]:
        return _NO_MARKS
    places: set[int] = set()
    begin = 0
    for span in spans:
        end = begin + len(set_text(span))
        if span.style is SpanStyle.NOTE_MARK:
            places.update(range(begin, end))
        begin = end
    return frozenset(places)
