"""What was read of reports, kept until one of their files is another.

Comes in: a report folder. Goes out: its :class:`~kpireport.reports.Report`, read and
inspected; its board; its values. A page is asked for many times between two changes; reading
a plan of 1,000 indicators anew each time would make people wait.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from kpireport.errors import InputError
from kpireport.files import is_same_file
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.workbench.recent import MOST_REPORTS, Recent

if TYPE_CHECKING:
    from kpireport.collection import ValueBook
    from kpireport.plan_books.plan_rows import PlanRows
    from kpireport.plan_proofs.ticking import OpenProof
    from kpireport.status import Board
    from kpireport.workbench.value_grid import ValueGrid

State = tuple[tuple[str, int, int], ...]
"""Names, times and sizes: another one tells that a file is another, or that one came or went."""


@dataclass(slots=True)
class Book:
    """One report as it was read.

    Attributes:
        state: of its files at that time.
        files: what decides that state.
        report: read as far as anybody has asked.
        is_inspected: whether all of it was looked through.
        board: ``None`` until somebody asks.
        grid: its values; likewise.
        lock: held by whoever reads any of it.
    """

    state: State
    files: tuple[Path, ...]
    report: Report
    is_inspected: bool = False
    board: Board | None = None
    grid: ValueGrid | None = None
    lock: RLock = field(default_factory=RLock)


@dataclass(slots=True)
class Shelf:
    """Reports as they were read last; ``today`` tells the day that boards are held against."""

    today: Callable[[], dt.date]
    _books: Recent[Path, Book] = field(default_factory=lambda: Recent(MOST_REPORTS))
    _plans: Recent[Path, tuple[State, PlanRows]] = field(
        default_factory=lambda: Recent(MOST_REPORTS)
    )
    _proofs: Recent[Path, tuple[State, State, OpenProof]] = field(
        default_factory=lambda: Recent(MOST_REPORTS)
    )
    _lock: RLock = field(default_factory=RLock)
    _lock_of_plans: RLock = field(default_factory=RLock)

    def report(self, folder: Path) -> Report:
        """Return a report, inspected.

        Raises:
            InputError: its settings or its plan cannot be used.
        """
        with self._inspected(folder) as book:
            return book.report

    def board(self, folder: Path) -> Board:
        """Return the board of a review.

        Raises:
            InputError: there is nothing to show; see :func:`kpireport.status.board`.
        """
        from kpireport.status import board_of

        with self._inspected(folder) as book:
            if book.board is None or book.board.today != self.today():
                book.board = board_of(book.report, today=self.today())
            return book.board

    def values(self, folder: Path) -> ValueGrid:
        """Return the values of a review, to be typed into; no more is read for them.

        Raises:
            InputError: there is no workbook to type into; see
                :class:`~kpireport.collection.ValueBook`.
        """
        from kpireport.collection import ValueBook
        from kpireport.workbench.value_grid import ValueGrid

        with self._held(folder) as book:
            if book.grid is None:
                with self._forgetting(folder):
                    book.grid = ValueGrid(ValueBook(book.report))
            return book.grid

    def wrote(self, folder: Path, values: ValueBook) -> ValueGrid:
        """Keep the values that were just written, so that they need not be read again."""
        from kpireport.workbench.value_grid import ValueGrid

        grid = ValueGrid(values)
        with self._lock:
            self._books.pop(folder, None)
            book = self._book(folder)
            if is_same_file(values.path, values.folder.own.data):  # nobody has written since
                book.grid = grid
            return grid

    @contextmanager
    def _inspected(self, folder: Path) -> Iterator[Book]:
        with self._held(folder) as book:
            if not book.is_inspected:
                with self._forgetting(folder):
                    book.report.inspected()
                book.is_inspected = True
            yield book

    @contextmanager
    def _held(self, folder: Path) -> Iterator[Book]:
        """Hold a report, that nobody else reads it; others are read beside it."""
        while True:
            book = self._book(folder)
            with book.lock:
                if self._books.get(folder) is book:  # none has come while this was waited for
                    yield book
                    return

    @contextmanager
    def _forgetting(self, folder: Path) -> Iterator[None]:
        """Have a report opened anew where it cannot be read: it would tell its faults twice."""
        try:
            yield
        except BaseException:
            self._books.pop(folder, None)
            raise

    def plan(self, file: Path) -> PlanRows:
        """Return a plan's file as rows.

        Raises:
            InputError: with every problem of the file.
        """
        from kpireport.plan_books.plan_rows import open_rows

        with self._lock_of_plans:  # no plan waits for years to be read
            state = state_of(iter((file,)))
            known = self._plans.get(file)
            if known is None or known[0] != state:
                known = self._plans[file] = (state, open_rows(file))
            return known[1]

    def proof(self, file: Path) -> OpenProof:
        """Return a plan set beside its original, with what was ticked so far.

        Raises:
            InputError: the plan's file, its workbook or the proof cannot be used.
        """
        from kpireport.plan_proofs.places import usual_place
        from kpireport.plan_proofs.ticking import open_proof, workbook_beside

        with self._lock_of_plans:
            workbook = workbook_beside(file)
            of_plan = state_of((file, workbook) if workbook else (file,))
            ticked = state_of((usual_place(file),))
            known = self._proofs.get(file)
            if known is None or known[:2] != (of_plan, ticked):
                is_same = known is not None and known[0] == of_plan
                beside = known[2].beside if known and is_same else None
                opened = open_proof(file, workbook, beside=beside)
                known = self._proofs[file] = (of_plan, ticked, opened)
            return known[2]

    def proved(self, file: Path, opened: OpenProof) -> None:
        """Keep a proof that was just written, so that it need not be read again."""
        with self._lock_of_plans:
            known = self._proofs.get(file)
            state = state_of((opened.path,))
            if known is not None and opened.data and is_same_file(opened.path, opened.data):
                self._proofs[file] = (known[0], state, opened)

    def _book(self, folder: Path) -> Book:
        with self._lock:
            book = self._books.get(folder)
            if book is not None and state_of(book.files) == book.state:
                return book
            self._books.pop(folder, None)
            report = Report.open(folder, with_notices=True)
            # before reading: what changes meanwhile is read again next time
            files = tuple(files_of(report))
            book = Book(state_of(files), files, report)
            self._books[folder] = book
            return book


def files_of(report: Report) -> Iterator[Path]:
    """Yield the files and folders that decide what a report, and its board, is."""
    settings = report.settings
    yield report.settings_file
    yield settings.catalogue
    if settings.word.template:
        yield settings.word.template
    if settings.review:
        yield settings.review.actuals
        yield from settings.review.earlier
    if settings.collection:
        yield settings.collection.inbox
        yield settings.collection.received


def state_of(paths: Iterable[Path]) -> State:
    """Return what tells files from what they become; folders with the files in them."""
    return tuple(each for path in paths for each in _states(path))


def _states(path: Path) -> Iterator[tuple[str, int, int]]:
    try:
        status = path.stat()
        yield str(path), status.st_mtime_ns, status.st_size
        if path.is_dir():
            for each in sorted(path.iterdir()):
                inner = each.stat()
                yield str(each), inner.st_mtime_ns, inner.st_size
    except OSError:
        yield str(path), 0, -1


def attempted(read: Callable[[], Report]) -> Report | InputError:
    """Return a report, or what is wrong with it: one that is faulty hides no others."""
    try:
        return read()
    except InputError as error:
        return error
