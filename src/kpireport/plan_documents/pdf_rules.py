"""The rules of a page as frames: where the cells of its ruled tables are.

Comes in: horizontal and vertical rules, dashed and doubled as they are drawn. Goes out: for
each table its columns' and rows' borders, and its cells, those that reach over several too.
Borders that are not drawn at a table's sides are where its rules end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kpireport.plan_documents.pdf_shapes import Box, Point, Rule
from kpireport.quickly import dataclass

_ONE_LINE = 2.6  # points between the lines of a doubled one, or of a thick one's sides
_GAP = 4.0  # points between dashes
_TOUCH = 3.5  # points that a rule may end before the one that it meets
_NARROWEST = 5.0  # points: no words stand between rules that close; they miss each other
_SHORTEST = 8.0  # points: what is shorter when it is whole borders nothing
_COVERED = 0.7  # of a cell's side, for it to be one
_MOST_RULES = 800  # of a page, once dashes are whole: more are a map or a pattern
_FEW_PLACES = 1_000
_MOST_PLACES = 20_000  # of a table: rows times columns


@dataclass(frozen=True, slots=True)
class FramedCell:
    """A cell between rules, by its place in the frame."""

    row: int
    column: int
    rows: int
    columns: int

    def places(self) -> Iterator[tuple[int, int]]:
        """Yield the rows and columns that it covers."""
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                yield row, column


@dataclass(frozen=True, slots=True)
class Frame:
    """A table's rules.

    Attributes:
        lefts: where its columns begin, and the last one ends.
        tops: where its rows begin, and the last one ends.
        cells: row by row; they cover all of it.
        is_guessed: words told where its columns or rows are, not rules.
        inner: rules that part the rows of some of its columns, where words told the columns.
    """

    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    cells: tuple[FramedCell, ...]
    is_guessed: bool = False
    inner: tuple[Rule, ...] = ()

    @property
    def box(self) -> Box:
        """Its area."""
        return Box(self.lefts[0], self.tops[0], self.lefts[-1], self.tops[-1])

    def homes(self) -> dict[tuple[int, int], int]:
        """Which of the cells is at each place."""
        return {place: index for index, cell in enumerate(self.cells) for place in cell.places()}

    def place_of(self, point: Point) -> tuple[int, int]:
        """In which row and column something stands."""
        return _step(self.tops, point[1]), _step(self.lefts, point[0])

    def box_of(self, cell: FramedCell) -> Box:
        """A cell's area."""
        return Box(
            self.lefts[cell.column],
            self.tops[cell.row],
            self.lefts[cell.column + cell.columns],
            self.tops[cell.row + cell.rows],
        )


def _step(places: Sequence[float], at: float) -> int:
    """Between which two of the places something is."""
    return min(max(bisect_right(places, at) - 1, 0), len(places) - 2)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules of a page make.

    Attributes:
        frames: those with more than one cell, from the top of the page.
        boxes: those with one, likewise.
        lines: horizontal rules that meet none.
        are_too_many: they were not looked at, or not all of them.
    """

    frames: tuple[Frame, ...] = ()
    boxes: tuple[Frame, ...] = ()
    lines: tuple[Rule, ...] = ()
    are_too_many: bool = False


def read_rules(across: Iterable[Rule], upright: Iterable[Rule], *, glyphs: int) -> Rules:
    """Return the frames that rules make; none where they are a drawing or a pattern.

    Args:
        across: the horizontal rules of a page.
        upright: the vertical ones.
        glyphs: how many characters the page has: a table has not many more cells.
    """
    lines, posts = whole_rules(across), whole_rules(upright)
    if len(lines) + len(posts) > _MOST_RULES:
        return Rules(are_too_many=True)
    groups = list(_groups(lines, posts))
    most = min(_MOST_PLACES, _FEW_PLACES + 2 * glyphs)
    crossed = [group for group in groups if all(group)]
    made = [_frame(*group) for group in crossed if _places_of(*group) <= most]
    found = sorted((each for each in made if each is not None), key=lambda each: each.box[1::-1])
    return Rules(
        tuple(each for each in found if len(each.cells) > 1),
        tuple(each for each in found if len(each.cells) == 1),
        tuple(each for group in groups if not group[1] for each in group[0]),
        len(made) < len(crossed),
    )


# --- rules --------------------------------------------------------------------------------


def whole_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Join dashes, and the lines of doubled ones."""
    whole: list[Rule] = []
    for group in _by_place(rules):
        pieces = sorted(group, key=lambda each: each.low)
        begin = pieces[:1]
        at, low, high = begin[0]
        for each in pieces[1:]:
            if each.low <= high + _GAP:
                high = max(high, each.high)
            else:
                whole.append(Rule(at, low, high))
                at, low, high = each
        whole.append(Rule(at, low, high))
    return [each for each in whole if each.high - each.low >= _SHORTEST]


def _by_place(rules: Iterable[Rule]) -> Iterator[list[Rule]]:
    """Yield groups of rules that lie on one line, all set to its middle."""
    group: list[Rule] = []
    for each in sorted(rules):
        if group and each.at - group[0].at > _ONE_LINE:
            yield _on_one_line(group)
            group = []
        group.append(each)
    if group:
        yield _on_one_line(group)


def _on_one_line(group: list[Rule]) -> list[Rule]:
    at = (group[0].at + group[-1].at) / 2
    return [Rule(at, each.low, each.high) for each in group]


def _groups(lines: list[Rule], posts: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the rules that touch each other, over others too."""
    owner = list(range(len(lines) + len(posts)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for i, line in enumerate(lines):
        for j, post in enumerate(posts, start=len(lines)):
            if _touch(line, post):
                owner[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(owner)):
        group = groups.setdefault(root(index), ([], []))
        if index < len(lines):
            group[0].append(lines[index])
        else:
            group[1].append(posts[index - len(lines)])
    yield from groups.values()


def _touch(line: Rule, post: Rule) -> bool:
    return (
        line.low - _TOUCH <= post.at <= line.high + _TOUCH
        and post.low - _TOUCH <= line.at <= post.high + _TOUCH
    )


# --- a frame ------------------------------------------------------------------------------


def _places_of(lines: list[Rule], posts: list[Rule]) -> int:
    """How many places a frame has at most."""
    return (len(lines) + 1) * (len(posts) + 1)


def _frame(lines: list[Rule], posts: list[Rule]) -> Frame | None:
    """Return the frame that rules make; ``None`` of one without an area."""
    tops = _places(lines, posts)
    lefts = _places(posts, lines)
    if len(tops) < 2 or len(lefts) < 2:
        return None
    return _without_idle(lefts, tops, list(_cells(_Borders(lefts, tops, lines, posts))))


def _without_idle(
    lefts: tuple[float, ...], tops: tuple[float, ...], cells: Sequence[FramedCell]
) -> Frame:
    """The frame without the rules at which no cell begins: lines below or through words."""
    columns = sorted({each.column for each in cells})
    rows = sorted({each.row for each in cells})
    return Frame(
        (*(lefts[each] for each in columns), lefts[-1]),
        (*(tops[each] for each in rows), tops[-1]),
        tuple(_moved(each, rows, columns) for each in cells),
    )


def _moved(cell: FramedCell, rows: list[int], columns: list[int]) -> FramedCell:
    row, column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
    return FramedCell(
        row,
        column,
        bisect_left(rows, cell.row + cell.rows) - row,
        bisect_left(columns, cell.column + cell.columns) - column,
    )


def _places(rules: list[Rule], crossing: list[Rule]) -> tuple[float, ...]:
    """Where rules are, and where those that cross them end: sides need not be drawn."""
    places: list[float] = []
    for at in sorted({each.at for each in rules}):
        if not places or at - places[-1] > _NARROWEST:
            places.append(at)
    ends = sorted([each.low for each in crossing] + [each.high for each in crossing])
    if ends and (not places or ends[0] < places[0] - _SHORTEST):
        places.insert(0, ends[0])
    if ends and ends[-1] > places[-1] + _SHORTEST:
        places.append(ends[-1])
    return tuple(places)


class _Borders:
    """Tells between which places of a frame there is a border."""

    def __init__(
        self,
        lefts: tuple[float, ...],
        tops: tuple[float, ...],
        lines: list[Rule],
        posts: list[Rule],
    ) -> None:
        self.rows, self.columns = len(tops) - 1, len(lefts) - 1
        self._above = _covered(tops, lefts, lines)
        self._before = _covered(lefts, tops, posts)

    def is_above(self, row: int, column: int) -> bool:
        """Whether a border is drawn above a place."""
        return self._above[row][column]

    def is_before(self, row: int, column: int) -> bool:
        """Whether a border is drawn left of a place."""
        return self._before[column][row]


def _covered(
    places: tuple[float, ...], steps: tuple[float, ...], rules: Sequence[Rule]
) -> list[list[bool]]:
    """Whether rules cover each step of each place, most of it."""
    covered = [[False] * (len(steps) - 1) for _ in places]
    for each in rules:
        row = covered[_nearest(places, each.at)]
        first = max(0, bisect_left(steps, each.low) - 1)
        for index in range(first, len(steps) - 1):
            low, high = steps[index], steps[index + 1]
            if low >= each.high:
                break
            shared = min(high, each.high) - max(low, each.low)
            row[index] |= shared >= _COVERED * (high - low)
    return covered


def _nearest(places: tuple[float, ...], at: float) -> int:
    index = bisect_left(places, at)
    if index == len(places) or (index and at - places[index - 1] < places[index] - at):
        return index - 1
    return index


def _cells(borders: _Borders) -> Iterator[FramedCell]:
    """Yield the largest rectangles without a border within, from the upper left corner."""
    taken = [[False] * borders.columns for _ in range(borders.rows)]
    for row in range(borders.rows):
        for column in range(borders.columns):
            if taken[row][column]:
                continue
            columns = _width(borders, taken, row, column)
            rows = _height(borders, taken, row, column, columns)
            for below in range(row, row + rows):
                taken[below][column : column + columns] = [True] * columns
            yield FramedCell(row, column, rows, columns)


def _width(borders: _Borders, taken: list[list[bool]], row: int, column: int) -> int:
    end = column + 1
    while end < borders.columns and not (borders.is_before(row, end) or taken[row][end]):
        if borders.is_above(row, end) != borders.is_above(row, column):
            break
        end += 1
    return end - column


def _height(borders: _Borders, taken: list[list[bool]], row: int, column: int, columns: int) -> int:
    """How many rows down the places go on without a border, all of them."""
    end = row + 1
    places = range(column, column + columns)
    while end < borders.rows and not any(
        borders.is_above(end, each) or taken[end][each] for each in places
    ):
        if any(borders.is_before(end, b) for _, b in pairwise(places)):
            break
        end += 1
    return end - row
