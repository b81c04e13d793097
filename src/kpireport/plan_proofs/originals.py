"""What the original of a plan says where its rows were read (原本), as far as it is known.

Comes in: the plan's workbook, which has the place of each row and, on a sheet of its own,
the words that stand there. Goes out: the place and the words of a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kpireport.findings import Findings
from kpireport.plan_books import columns as of
from kpireport.plan_proofs.rows import ProofRow
from kpireport.sources.cells import SheetCells, usable_text
from kpireport.sources.titled_tables import Column, Form, find_table
from kpireport.sources.workbook import read_workbook

SHEET, PLACE = "原本", "場所"
_PARTED = re.compile(r"[\n、；;]\s*")
_MEASURED = (of.INDICATORS.name, of.TARGETS.name)
_TITLES_WITHIN = 20


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
class Originals:
    """The places of a plan's rows in its original, and the words at each.

    Attributes:
        places: of rows that the workbook tells, by their sheets and ids.
        words: the cells at each place, in the original's order.
    """

    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        """Learn where each text stands first."""
        for place, cells in self.words.items():
            for cell in cells:
                self._known.setdefault(plain(cell), place)

    @property
    def are_any(self) -> bool:
        """Whether anything is known of an original."""
        return bool(self.places or self.words)

    def of(self, row: ProofRow) -> Original:
        """What the original says of a row.

        What has no place of its own, such as a plan's name in a cell beside its rows, stands
        where the original has the same words first. Of a measure that would be a guess: its
        name may stand twice.
        """
        place = self.places.get((row.kind, row.id), "")
        if not place and row.kind not in _MEASURED:
            place = self._known.get(plain(row.name), "")
        return Original(place, tuple(self._cells(place))) if place else NO_ORIGINAL

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
        return [place] if place in self.words else _PARTED.split(place)


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
    places = {
        (name, id_): place
        for name, sheet in found.items()
        if name != SHEET
        for id_, place in _places(sheet)
    }
    return Originals(places, dict(_words(found[SHEET])) if SHEET in found else {})


def _places(sheet: SheetCells) -> Iterator[tuple[str, str]]:
    """Yield the ids of a sheet's rows with the places that they have."""
    form = Form(sheet.name, (Column(of.ID), Column(of.ORIGIN)))
    table = find_table(form, sheet, Findings())  # sheets without the column have no places
    for record in table.records() if table else ():
        id_, place = record.shown(of.ID), record.shown(of.ORIGIN)
        if id_ and place:
            yield id_, place


def _words(sheet: SheetCells) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the places of the original with the texts to the right of each."""
    titles = _title_row(sheet)
    if titles is None:
        return
    title_row, column = titles
    for number in sorted(sheet.rows):
        row = sheet.rows[number]
        place = usable_text(row.get(column))
        if number > title_row and place:
            cells = (usable_text(row[each]) for each in sorted(row) if each > column)
            yield place, tuple(filter(None, cells))


def _title_row(sheet: SheetCells) -> tuple[int, int] | None:
    for number in sorted(sheet.rows)[:_TITLES_WITHIN]:
        for column, content in sheet.rows[number].items():
            if usable_text(content) == PLACE:
                return number, column
    return None
