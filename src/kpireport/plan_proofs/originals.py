"""What the original of a plan says where its rows were read (原本), as far as it is known.

Comes in: the plan's workbook, which has the place of each row and, on a sheet of its own,
the words that stand there. Goes out: the place and the words of a row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path

from kpireport.findings import Findings
from kpireport.plan_books import columns as of
from kpireport.plan_proofs.rows import ProofRow
from kpireport.quickly import dataclass
from kpireport.sources.cells import SheetCells, usable_text
from kpireport.sources.titled_tables import Column, Form, find_table
from kpireport.sources.workbook import read_workbook

SHEET, PLACE = "原本", "場所"
_PARTED = re.compile(r"[、；;]\s*")
_MEASURED = (of.INDICATORS.name, of.TARGETS.name)
JOINT = "\0"
"""Between texts that are looked through at once; in none of them."""

_TITLES_WITHIN = 20
_NAME = "名称"
_LEAST = 8  # characters; shorter texts stand in many cells by chance


@dataclass(frozen=True, slots=True)
class Original:
    """Where something stands in the original, and the cells or lines that stand there."""

    place: str = ""
    cells: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Its words, cells told apart."""
        return " ｜ ".join(self.cells)


NO_ORIGINAL = Original()


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of the plan's workbook with its place: its id, what it is called."""

    kind: str
    id: str
    name: str
    place: str


class Originals:
    """The places of a plan's rows in its original, and the words at each."""

    def __init__(
        self, placed: Iterable[Placed] = (), words: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        """Learn what stands where.

        Args:
            placed: the rows of the workbook that have places.
            words: the cells at each place, in the original's order.
        """
        self.words = words or {}
        rows = tuple(placed)
        self._by_id = {(each.kind, each.id): each for each in rows}
        self._by_name: dict[tuple[str, str], list[Placed]] = {}
        for each in rows:
            self._by_name.setdefault((each.kind, plain(each.name)), []).append(each)
        self._cells_in_order = [
            Original(place, (cell,)) for place, cells in self.words.items() for cell in cells
        ]
        lines = [
            Original(each.place, (line,))
            for each in self._cells_in_order
            for line in each.cells[0].split("\n")
        ]
        known = [*self._cells_in_order, *lines]
        self._first = {plain(each.cells[0]): each for each in reversed(known)}
        looked_for = [plain(each.cells[0]) for each in self._cells_in_order]
        self._whole = JOINT.join(looked_for)
        self._starts = [0, *accumulate(len(each) + 1 for each in looked_for)]

    @property
    def are_any(self) -> bool:
        """Whether anything is known of an original."""
        return bool(self._by_id or self.words)

    def of(self, row: ProofRow) -> Original:
        """What the original says of a row.

        What has no place of its own, such as a paragraph or a plan's name in a cell beside its
        rows, stands where the original has the same words first. Of a measure that would be a
        guess: its name may stand twice.
        """
        if place := self._told(row):
            return Original(place, tuple(self._cells(place)))
        return NO_ORIGINAL if row.kind in _MEASURED else self._found(row)

    def _told(self, row: ProofRow) -> str:
        """The place that the workbook tells: by the id if the name is the same, else by the name.

        A workbook that was read anew has given ids anew.
        """
        same = self._by_id.get((row.kind, row.id))
        if same is not None and (not same.name or plain(same.name) == plain(row.own_name)):
            return same.place
        alike = self._by_name.get((row.kind, plain(row.own_name)), [])
        if len(alike) == 1:
            return alike[0].place
        return same.place if same is not None and not alike else ""

    def _found(self, row: ProofRow) -> Original:
        """The first cell or line that says the same, or, if that is long, has it in it."""
        longest = max(row.texts, key=len, default="")
        for text in map(plain, (row.name, longest, longest.partition("\n")[0])):
            if text in self._first:
                return self._first[text]
            at = self._whole.find(text) if len(text) >= _LEAST else -1
            if at >= 0:
                cell = self._cells_in_order[bisect_right(self._starts, at) - 1]
                lines = cell.cells[0].split("\n")
                within = (each for each in lines if text in plain(each))
                return Original(cell.place, (next(within, cell.cells[0]),))
        return NO_ORIGINAL

    def unread(self, places: Iterable[str]) -> Iterator[Original]:
        """Yield what stands at none of these places."""
        used = {part for place in places for part in self._parts(place)}
        for place, cells in self.words.items():
            if place not in used and cells:
                yield Original(place, cells)

    def _cells(self, place: str) -> Iterator[str]:
        for part in self._parts(place):
            yield from self.words.get(part, ())

    def _parts(self, place: str) -> list[str]:
        """The places that a cell names: one, or those of a row that was read from several."""
        lines = place.split("\n")
        return [
            part
            for line in lines
            for part in ([line] if line in self.words else _PARTED.split(line))
        ]


def plain(text: str) -> str:
    """A text as it is looked for: without white space, which a page may have anywhere."""
    return re.sub(r"\s", "", text)


def read_originals(workbook: Path) -> Originals:
    """Read what a plan's workbook knows of its original.

    Args:
        workbook: the plan's workbook.

    Raises:
        CellError: it cannot be used as a workbook at all.
    """
    book = read_workbook(workbook, {SHEET, *(each.name for each in of.SHEETS)})
    found = {each.name: each for each in book.sheets}
    placed = [each for name, sheet in found.items() if name != SHEET for each in _placed(sheet)]
    return Originals(placed, _words(found[SHEET]) if SHEET in found else {})


def _placed(sheet: SheetCells) -> Iterator[Placed]:
    """Yield the rows of a sheet that have places."""
    form = Form(sheet.name, (Column(of.ID), Column(of.ORIGIN), Column(_NAME, is_required=False)))
    table = find_table(form, sheet, Findings())  # sheets without the column have no places
    for record in table.records() if table else ():
        id_, place = record.shown(of.ID), record.shown(of.ORIGIN)
        if id_ and place:
            yield Placed(sheet.name, id_, record.shown(_NAME), place)


def _words(sheet: SheetCells) -> dict[str, tuple[str, ...]]:
    """The places of the original with the texts to the right of each; one may have several rows."""
    words: dict[str, tuple[str, ...]] = {}
    titles = _title_row(sheet)
    title_row, column = titles or (0, 0)
    for number in sorted(sheet.rows):
        row = sheet.rows[number]
        place = usable_text(row.get(column))
        if titles and number > title_row and place:
            cells = (usable_text(row[each]) for each in sorted(row) if each > column)
            words[place] = (*words.get(place, ()), *filter(None, cells))
    return words


def _title_row(sheet: SheetCells) -> tuple[int, int] | None:
    for number in sorted(sheet.rows)[:_TITLES_WITHIN]:
        for column, content in sheet.rows[number].items():
            if usable_text(content) == PLACE:
                return number, column
    return None
