"""What differs between two tables of Word files, cell by cell.

Comes in: two tables. Goes out: differences with the row's labels and the column's heading.
A row is known by its labels: by as few of its first cells as tell it from all others. What
stands across the columns below a row (its notes, a department's comment) is known by that
row, or by its plan and the part's own heading.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kpireport.quickly import dataclass
from kpireport.word_differences.alignment import aligned
from kpireport.word_files.items import Grid
from kpireport.word_files.signs import PICTURE, for_people

_HEADED_ROW = 2  # rows: the headings and one below
_MOST_LABELS = 3
_ONLY_ROW = -1
_HEADER_ROW = "表の見出し"
_ROW, _COLUMN, _TEXT = "行", "列", "文"
_NOTE = "＊"  # what a note below a row begins with
_PROSE = -1  # the column of what stands across the columns
_WITH_LABEL = 2  # columns of a table that has one beside its labels


@dataclass(frozen=True, slots=True)
class GridDifference:
    """A cell, a row or a column that is not the same; ``None`` where there is none.

    ``labels`` are the row's, from the outside in; ``column`` is its heading. A row that is
    moved says the same in another order.
    """

    labels: tuple[str, ...]
    column: str
    old: str | None
    new: str | None
    is_moved: bool = False


def grid_differences(old: Grid, new: Grid) -> Iterator[GridDifference]:
    """Yield what differs between two tables, row by row."""
    if old == new:
        return
    if old.header_rows != new.header_rows:
        old, new = _upright(old), _upright(new)
    columns = _Columns.of(old, new)
    labels = _label_count(old, new)
    yield from columns.headings()
    yield from columns.come_and_gone(labels)
    ours, theirs = _body(old), _body(new)
    for pair in aligned(ours, theirs, key=lambda row: row.key(labels), text=lambda row: row.text):
        old_row, new_row = pair.old, pair.new
        if old_row is not None and new_row is not None:
            if pair.is_moved:
                where = new_row.labels(labels)
                yield GridDifference(where, _ROW, new_row.text, new_row.text, is_moved=True)
            yield from _pair(old_row, new_row, columns, labels)
        elif (row := old_row or new_row) is not None:
            gone, come = (each.text if each else None for each in (old_row, new_row))
            where = (*row.labels(labels), row.title) if row.title else row.labels(labels)
            yield GridDifference(where, _ROW, gone, come)


def _upright(grid: Grid) -> Grid:
    """Return a table of one row below headings as rows of two cells.

    What is narrow has its headings beside the texts, what is wide has them above.
    """
    is_wide = grid.header_rows == 1 and len(grid.rows) == len(grid.columns) == _HEADED_ROW
    if not is_wide or grid.columns[0] != grid.columns[1]:
        return grid
    rows = tuple(zip(*grid.rows, strict=True))
    return Grid(grid.title, rows, ((0, 1),) * len(rows), 0)


# --- rows ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's texts by the columns where its cells begin, those from the rows above too.

    What stands across the columns is a row whose other cells are its names.
    """

    number: int
    cells: Mapping[int, str]
    own: frozenset[int]  # the columns of cells that do not only continue the one above
    title: str = ""  # of a part of what stands across the columns

    @property
    def is_prose(self) -> bool:
        """Whether it is what stands across the columns."""
        return _PROSE in self.cells

    def key(self, labels: int) -> tuple[str, ...]:
        """Return what the row is known by; all of it without labels."""
        if self.is_prose:
            names = (_plain(text) for column, text in self.cells.items() if column != _PROSE)
            return (_TEXT, self.title, *names)
        texts = tuple(map(_plain, self.cells.values()))
        return texts[:labels] if labels > 0 else texts

    def labels(self, labels: int) -> tuple[str, ...]:
        """Return the first lines of the same, or which row it is; nothing of an only row."""
        if labels == _ONLY_ROW:
            return ()
        key = self.key(labels)
        named = key[2:] if self.is_prose else key[:labels]
        texts = (text.partition("\n")[0] for text in named)
        return tuple(text for text in texts if text) or (f"{self.number}行目",)

    @property
    def text(self) -> str:
        """The whole row on one line."""
        texts = (_plain(self.cells[column]) for column in sorted(self.own))
        return "｜".join(text.replace("\n", " ") for text in texts)


def _body(grid: Grid) -> list[_Row]:
    rows: list[_Row] = []
    above: dict[int, str] = {}
    headed = sorted({column for row in grid.columns[: grid.header_rows] for column in row})
    for number in range(grid.header_rows, len(grid.rows)):
        columns, continues = grid.columns[number], _continues(grid, number)
        cells = {
            column: above.get(column, "") if continued else text
            for column, text, continued in zip(columns, grid.rows[number], continues, strict=True)
        }
        own = frozenset(
            column for column, continued in zip(columns, continues, strict=True) if not continued
        )
        is_across = _is_across(headed, columns, continues)
        prose = list(_prose(number + 1, cells, above)) if is_across else []
        rows.extend(prose or (_Row(number + 1, cells, own),))
        above = above if prose else cells
    return rows


def _is_across(headed: Sequence[int], begins: Sequence[int], continues: Sequence[bool]) -> bool:
    """Tell whether each cell of a row stands below several headings, or only goes on."""
    edges = (*(bisect_left(headed, column) for column in begins), len(headed))
    widths = (end - start for start, end in pairwise(edges))
    return all(width > 1 or goes_on for width, goes_on in zip(widths, continues, strict=True))


def _prose(number: int, cells: Mapping[int, str], above: Mapping[int, str]) -> Iterator[_Row]:
    """Yield what stands across the columns: a note below a row, the parts of a comment."""
    own = frozenset((_PROSE,))
    first, *_ = cells
    *_, last = cells.values()
    if not above:
        return
    if last.startswith(_NOTE) or (not first and len(cells) == 1):
        named = {column: text for column, text in above.items() if column <= 1}
        yield _Row(number, {**named, _PROSE: last}, own)
    elif not first and all("\n" in text for text in cells.values()):
        for text in cells.values():
            title, _, words = text.partition("\n")
            yield _Row(number, {0: above[0], _PROSE: words}, own, title)


def _continues(grid: Grid, number: int) -> Sequence[bool]:
    return grid.continues[number] if grid.continues else (False,) * len(grid.rows[number])


def _plain(text: str) -> str:
    """Return a cell's words; its pictures say the same again."""
    lines = for_people(text.replace(PICTURE, "")).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _shown(old: str, new: str) -> tuple[str, str]:
    """Return two cells' words; in full where only what is no word differs."""
    plain = _plain(old), _plain(new)
    return plain if plain[0] != plain[1] else (for_people(old), for_people(new))


def _label_count(*grids: Grid) -> int:
    """Return how many first cells tell each row from the others; 0 if none so few do.

    The only row of a table has no labels: its columns say what its cells are.
    """
    bodies = [_body(grid) for grid in grids]
    if all(len(body) == 1 for body in bodies):
        return _ONLY_ROW
    for labels in range(1, _MOST_LABELS + 1):
        keys = [[row.key(labels) for row in body if not row.is_prose] for body in bodies]
        if all(len(set(each)) == len(each) for each in keys):
            return labels
    return 0


def _pair(old: _Row, new: _Row, columns: _Columns, labels: int) -> Iterator[GridDifference]:
    where = new.labels(labels)
    if old.is_prose and new.is_prose:
        if old.cells[_PROSE] != new.cells[_PROSE]:
            gone, come = _shown(old.cells[_PROSE], new.cells[_PROSE])
            yield GridDifference(where, new.title or _TEXT, gone, come)
        return
    if not columns.is_regular and old.cells.keys() != new.cells.keys():
        if old.text != new.text:
            yield GridDifference(where, _ROW, old.text, new.text)
        return
    for column, text in new.cells.items():
        before = columns.before.get(column)
        if before is None or before not in old.cells or column not in new.own:
            continue
        if old.cells[before] != text:
            yield GridDifference(where, columns.name(column), *_shown(old.cells[before], text))


# --- columns ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of two tables.

    Attributes:
        old, new: the tables.
        headed: the headings of the second's columns.
        before: where the second's columns were in the first.
        is_regular: whether there are headings to tell columns by.
    """

    old: Grid
    new: Grid
    headed: Mapping[int, str]
    before: Mapping[int, int]
    is_regular: bool

    @classmethod
    def of(cls, old: Grid, new: Grid) -> _Columns:
        """Pair the columns: by place where both have the same, else by heading."""
        shapes = [grid.columns[: grid.header_rows] for grid in (old, new)]
        headed = _headings(new)
        if shapes[0] == shapes[1]:
            columns = {column for row in new.columns for column in row}
            same = {column: column for column in columns}
            return cls(old, new, headed, same, is_regular=bool(new.header_rows))
        return cls(old, new, headed, _paired(_headings(old), _headings(new)), is_regular=True)

    def name(self, column: int) -> str:
        """Return a column's heading, or which column it is; beside a label, 文."""
        if heading := self.headed.get(column):
            return heading
        return _TEXT if len(self.headed) <= _WITH_LABEL else f"{column + 1}列目"

    def headings(self) -> Iterator[GridDifference]:
        """Yield headings that say something else in the same place."""
        if self.old.columns[: self.old.header_rows] != self.new.columns[: self.new.header_rows]:
            return
        for number in range(self.new.header_rows):
            cells = zip(self.old.rows[number], self.new.rows[number], strict=True)
            for at, (old, new) in enumerate(cells):
                if old != new:
                    yield GridDifference((_HEADER_ROW,), f"{at + 1}列目", *_shown(old, new))

    def come_and_gone(self, labels: int) -> Iterator[GridDifference]:
        """Yield the columns that only one of the tables has, each with all of its cells."""
        kept = set(self.before.values())
        if self.is_regular:
            for column in _begins(self.old):
                if column not in kept:
                    told = _column_text(self.old, column, labels)
                    yield GridDifference((_heading(self.old, column),), _COLUMN, told, None)
            for column in _begins(self.new):
                if column not in self.before:
                    told = _column_text(self.new, column, labels)
                    yield GridDifference((_heading(self.new, column),), _COLUMN, None, told)


def _headings(grid: Grid) -> dict[int, str]:
    return {column: _heading(grid, column) for column in _begins(grid)}


def _paired(olds: Mapping[int, str], news: Mapping[int, str]) -> Mapping[int, int]:
    """Return where columns were by their headings; then by one that only says more now."""
    places = {name: column for column, name in olds.items()}
    found = {column: places[name] for column, name in news.items() if name in places}
    for column in news.keys() - found.keys():
        for was in olds.keys() - set(found.values()):
            one, other = (set(name.split()) for name in (olds[was], news[column]))
            if one and other and (one <= other or other <= one):
                found[column] = was
                break
    return found


def _begins(grid: Grid) -> list[int]:
    """Return where the columns below the headings begin."""
    return sorted({column for row in grid.columns[grid.header_rows :] for column in row})


def _heading(grid: Grid, column: int) -> str:
    """Return the lowest heading of a column, on one line."""
    for number in reversed(range(grid.header_rows)):
        for begins, text in zip(grid.columns[number], grid.rows[number], strict=True):
            if begins == column and text:
                return for_people(text).replace("\n", " ")
    return ""


def _column_text(grid: Grid, column: int, labels: int) -> str:
    """Return all cells of a column, each after the last label of its row."""
    rows = (row for row in _body(grid) if column in row.cells)
    cells = ((row.labels(labels), _plain(row.cells[column]).replace("\n", " ")) for row in rows)
    return "\n".join(f"{names[-1]}: {text}" if names else text for names, text in cells)
