"""A plan's workbook taken for the plan's file: what it says, what is asked, what changes.

Comes in: a workbook, and the plan's file as it is so far. Goes out: the file's new text, and
the workbook with the ids and readings that its empty cells stand for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kpireport.domain.catalogue import Catalogue
from kpireport.editing.cells import with_cells
from kpireport.errors import InputError, Problem
from kpireport.findings import Findings
from kpireport.messages import about
from kpireport.ordinary_files import read_ordinary
from kpireport.plan_books import columns as of
from kpireport.plan_books.decided import DecidedChange, changes_between
from kpireport.plan_books.exporting import CellKey, empty_plan_book, plan_book, usual_moment
from kpireport.plan_books.flattening import FlatSheet, flatten
from kpireport.plan_books.growing import Grown, Origin
from kpireport.plan_books.importing import ReadBook, read_plan_book
from kpireport.plan_books.marking import marked_book
from kpireport.plan_books.noticing import notice, sums
from kpireport.plan_books.proposals import Reading
from kpireport.plan_books.proposing import propose, settled
from kpireport.plan_books.renamed import ask_of_renamed
from kpireport.plan_books.rows import item_at
from kpireport.plan_books.telling import Places, at_cells, in_order
from kpireport.quickly import dataclass
from kpireport.sources.catalogue import catalogue_of, checked, read_plan
from kpireport.sources.catalogue_file import CatalogueFile
from kpireport.sources.catalogue_text import canonical, canonical_text
from kpireport.sources.cells import LONGEST_TEXT
from kpireport.writers.xlsx import write_book


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the printed values of a plan.

    Attributes:
        read: rows whose meaning was read from their texts, in part or in whole.
        asked: questions that are left for a person.
        texts: rows whose target is a state in words.
        given: rows that got an id.
    """

    read: int
    asked: int
    texts: int
    given: int


@dataclass(frozen=True, slots=True)
class TakenPlan:
    """A plan's workbook, taken.

    Attributes:
        workbook: its path.
        book: what was read from it.
        findings: all that was found, errors and questions among it.
        counts: what became of its printed values.
        file: the plan's file that it says; ``None`` where there are errors.
        before: the plan's file as it is so far; ``None`` where there is none.
        before_data: its bytes.
    """

    workbook: Path
    book: ReadBook
    findings: Findings
    counts: Counts
    readings: tuple[tuple[Origin, Reading], ...]
    file: CatalogueFile | None
    before: CatalogueFile | None
    before_data: bytes | None

    @property
    def text(self) -> str:
        """The new text of the plan's file.

        Raises:
            InputError: there are errors, or questions.
        """
        return canonical_text(self.findings.settled(self.file))

    @property
    def is_same(self) -> bool:
        """Whether the plan's file says all of it already."""
        return self.before is not None and canonical_text(self.before) == self.text

    def plans(self) -> tuple[Catalogue | None, Catalogue]:
        """The plan as it is so far, if there is one, and as the workbook says it."""
        after = catalogue_of(self.findings.settled(self.file))
        return catalogue_of(self.before) if self.before else None, after

    def decided_changes(self) -> tuple[DecidedChange, ...]:
        """What it says otherwise of rows that the plan's file has: a revision, or a slip."""
        if self.before is None:
            return ()
        return tuple(changes_between(canonical(self.before), canonical(self._sound())))

    def _sound(self) -> CatalogueFile:
        return self.findings.settled(self.file)

    def with_readings(self) -> bytes:
        """The workbook with the ids and readings that its empty cells stand for."""
        data = self.book.data
        rows = {
            (sheet.sheet.name, row.number): row for sheet in self.book.sheets for row in sheet.rows
        }
        wanted: dict[str, dict[tuple[int, int], str | None]] = {}
        for (sheet, number, title), text in self._cells():
            row = rows[sheet, number]
            if cell := row.cell(title):
                wanted.setdefault(sheet, {})[cell] = text or None
        for sheet, values in wanted.items():
            data = with_cells(
                data, self.book.parts[sheet], {**values}, below=1, styles=self.book.styles_part
            )
        return data

    def _cells(self) -> Iterator[tuple[CellKey, str]]:
        """Yield the cells that ids and readings go into, and their texts; the stale ones first."""
        for (sheet, number), given in self.book.grown.given.items():
            yield (sheet, number, of.ID), given
        yield from ((cell, "") for cell in self.book.stale)
        yield from self._readings()

    def _readings(self) -> Iterator[tuple[CellKey, str]]:
        for origin, reading in self.readings:
            for column in origin.columns:
                if column.path in reading.filled:
                    value = item_at(reading.entry, column.path)
                    key = (origin.sheet.name, origin.row.number, column.title)
                    yield key, column.notation.write(value)

    def marked(self, moment: dt.datetime | None = None) -> bytes:
        """A copy of the workbook: cells that something is wrong with are marked, and say so.

        Args:
            moment: when it says that it was made; see :func:`usual_moment`.
        """
        raw = self.book.grown.raw
        filled = {key: text for key, text in self._readings() if text}
        title = str(item_at(raw, ("municipality",)) or "")
        problems, others = self.findings.problems, self.book.kept()
        book = marked_book(self.book.sheets, filled, problems, title, others)
        return write_book(book, moment=moment or usual_moment(raw))


def take_plan(workbook: Path, catalogue: Path) -> TakenPlan:
    """Read a plan's workbook against the plan's file.

    Args:
        workbook: the workbook.
        catalogue: the plan's file, which need not be there yet.

    Raises:
        InputError: one of the two cannot be used at all.
    """
    before_data = read_ordinary(catalogue) if catalogue.exists() else None
    before = None if before_data is None else read_plan(catalogue).entries
    known, log = canonical(before) if before else {}, Findings(workbook)
    return taken_of(read_plan_book(workbook, log, known), workbook, log, before, before_data)


def taken_of(
    book: ReadBook,
    workbook: Path,
    log: Findings,
    before: CatalogueFile | None,
    before_data: bytes | None,
) -> TakenPlan:
    """Take rows that were read for the plan's file.

    Args:
        book: the rows, with what they say of the plan.
        workbook: the file that people have them in, as problems name it.
        log: what was found of them so far.
        before: the plan's file as it is so far; ``None`` where there is none.
        before_data: its bytes.
    """
    known = canonical(before) if before else {}
    ask_of_renamed(book, known, log)
    notice(book, log)
    readings = tuple(propose(book.grown, log))
    told_of = {each.place for each in log.errors} | set(_follow_ups(book, readings))
    file, found = _checked(book.grown, workbook, told_of)
    told = Findings(workbook)
    told.take(in_order((*log.problems, *found)))
    counts = Counts(
        read=sum(bool(each.filled) for _, each in readings),
        asked=sum(len(each.doubts) for _, each in readings),
        texts=sum(each.is_text for _, each in readings),
        given=len(book.grown.given),
    )
    return TakenPlan(workbook, book, told, counts, readings, file, before, before_data)


def _follow_ups(book: ReadBook, readings: Iterable[tuple[Origin, Reading]]) -> Iterator[str]:
    """Yield the cells whose faults only follow from what is told already."""
    for origin, reading in readings:
        if reading.doubts:
            yield from map(origin.row.place, (of.KIND, of.QUANTITY, *of.QUANTITY_TITLES.values()))
    for row in sums(book.sheets):
        yield from map(row.place, (of.KIND, *of.CELL_TITLES.values()))


def _checked(
    grown: Grown, workbook: Path, told: Collection[str]
) -> tuple[CatalogueFile | None, list[Problem]]:
    """The plan's file that rows say, and what its checks find, told at their cells."""
    log, file = Findings(workbook), None
    with suppress(InputError):  # told by whoever needs it
        file = checked(grown.raw, log)
    return file, list(at_cells(log.problems, Places(grown), told))


# --- the way out -----------------------------------------------------------------


def plan_workbook(catalogue: Path, moment: dt.datetime | None = None) -> bytes:
    """The workbook of a plan's file.

    Args:
        catalogue: the plan's file.
        moment: when the workbook says that it was made; see :func:`usual_moment`.

    Raises:
        InputError: with every problem of the file.
    """
    return workbook_of(read_plan(catalogue).entries, moment, Findings(catalogue))


def _refuse_long(sheets: Iterable[FlatSheet], log: Findings) -> None:
    """Tell which texts no cell holds."""
    for sheet in sheets:
        for row in sheet.rows:
            for title, text in row.texts.items():
                if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
                    what = f"シート「{sheet.sheet.name}」の「{title}」の文字が多すぎます。"
                    remedy = f"セルに入るのは{LONGEST_TEXT:,}字までです。短くしてください。"
                    log.about(about(row.text(of.NAME), row.text(of.ID))).add("", what, remedy)


def empty_workbook(moment: dt.datetime | None = None) -> bytes:
    """A workbook to fill in with a plan.

    Args:
        moment: when it says that it was made; see :func:`usual_moment`.
    """
    return write_book(empty_plan_book(), moment=moment or usual_moment({}))


def workbook_of(file: CatalogueFile, moment: dt.datetime | None, log: Findings) -> bytes:
    """The workbook of a plan's file that was read; see :func:`plan_workbook`."""
    raw, title = canonical(file), "　".join(file.cover.title)
    sheets = flatten(raw)
    _refuse_long(sheets, log)
    log.settle()
    book = plan_book(settled(sheets, raw), title, file.cover.issuer)
    return write_book(book, moment=moment or usual_moment(raw))
