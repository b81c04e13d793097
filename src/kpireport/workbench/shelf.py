"""What was read of reports, kept until one of their files is another.

Comes in: a report folder. Goes out: its :class:`~kpireport.reports.Report`, read and
inspected; its board. A page is asked for many times between two changes; reading a plan of
1,000 indicators anew each time would make people wait.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from kpireport.errors import InputError
from kpireport.reports import Report

if TYPE_CHECKING:
    from kpireport.plan_books.plan_rows import PlanRows
    from kpireport.status import Board

State = tuple[tuple[str, int, int], ...]
"""Names, times and sizes: another one tells that a file is another, or that one came or went."""

_MOST = 24  # reports: a plan's years, and some more


@dataclass(slots=True)
class Book:
    """One report as it was read.

    Attributes:
        state: of its files at that time.
        report: inspected.
        board: ``None`` until somebody asks.
    """

    state: State
    report: Report
    board: Board | None = None


@dataclass(slots=True)
class Shelf:
    """Reports as they were read last; ``today`` tells the day that boards are held against."""

    today: Callable[[], dt.date]
    _books: dict[Path, Book] = field(default_factory=dict)
    _plans: dict[Path, tuple[State, PlanRows]] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)

    def report(self, folder: Path) -> Report:
        """Return a report, inspected.

        Raises:
            InputError: its settings or its plan cannot be used.
        """
        return self._book(folder).report

    def board(self, folder: Path) -> Board:
        """Return the board of a review.

        Raises:
            InputError: there is nothing to show; see :func:`kpireport.status.board`.
        """
        from kpireport.status import board_of

        with self._lock:
            book = self._book(folder)
            if book.board is None or book.board.today != self.today():
                book.board = board_of(book.report, today=self.today())
            return book.board

    def plan(self, file: Path) -> PlanRows:
        """Return a plan's file as rows.

        Raises:
            InputError: with every problem of the file.
        """
        from kpireport.plan_books.plan_rows import open_rows

        with self._lock:
            state = state_of(iter((file,)))
            known = self._plans.get(file)
            if known is None or known[0] != state:
                known = self._plans[file] = (state, open_rows(file))
                while len(self._plans) > _MOST:
                    del self._plans[next(iter(self._plans))]
            return known[1]

    def _book(self, folder: Path) -> Book:
        with self._lock:
            book = self._books.get(folder)
            if book is not None and state_of(files_of(book.report)) == book.state:
                return book
            self._books.pop(folder, None)
            report = Report.open(folder, with_notices=True)
            # before reading: what changes meanwhile is read again next time
            state = state_of(files_of(report))
            report.inspected()
            book = Book(state, report)
            self._books[folder] = book
            while len(self._books) > _MOST:
                del self._books[next(iter(self._books))]
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


def state_of(paths: Iterator[Path]) -> State:
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
