"""Many reports, as many at a time as there is somebody to make them.

Comes in: report folders, workers. Goes out: what came of each, as it comes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from kpireport.batches.orders import Delivery, Outcome, Wish, build_there, failure, fulfil, order_of
from kpireport.errors import KpiReportError, Problem
from kpireport.files import NewFile, check_writable, write_files
from kpireport.quickly import dataclass

_DIED = (
    "作る途中で、作業用のプロセスが止まりました。メモリーの空きを確かめて、この報告書だけを"
    "作り直してください。"
)


def build_many(
    folders: Iterable[Path | str],
    *,
    workers: int = 1,
    scheduler: str = "",
    shared: bool = False,
    wish: Wish | None = None,
) -> Iterator[Outcome]:
    """Build many reports and yield what came of each, the first that is done first.

    Args:
        folders: of ``report.toml``, each once.
        workers: how many at a time on this computer: for each a core.
        scheduler: the address of a Dask scheduler, whose workers make them; empty for this
            computer.
        shared: these workers see the same folders by the same names, and write by themselves.
        wish: what is wanted of each; the report itself if nothing is said.

    Raises:
        OutputError: the scheduler does not answer, or what talks to it is not installed.
    """
    asked = wish or Wish()
    named = tuple(dict.fromkeys(Path(each) for each in folders))
    if scheduler:
        from kpireport.batches.clusters import Cluster

        with Cluster.at(scheduler) as cluster:
            work = _InPlace(asked) if shared else _ByBytes(asked)
            yield from _run(named, work, cluster.executor, cluster.at_once)
    else:
        yield from _run(named, _InPlace(asked), lambda: _processes(workers), workers)


class _MakeExecutor(Protocol):
    def __call__(self) -> AbstractContextManager[Executor]:
        """Return who makes reports; anew where the last died."""


@contextmanager
def _processes(count: int) -> Iterator[Executor]:
    # begun anew and not copied: threads and open files of this one are not theirs
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as executor:
        yield executor


class _Work(Protocol):
    """How a report is handed over, and what is done with what comes back."""

    def begin(self, folder: Path, executor: Executor) -> Future[Delivery]:
        """Hand a report over."""

    def end(self, folder: Path, delivery: Delivery) -> Outcome:
        """Return what came of it."""


@dataclass(frozen=True, slots=True)
class _InPlace:
    """Whoever makes it writes it."""

    wish: Wish

    def begin(self, folder: Path, executor: Executor) -> Future[Delivery]:
        return executor.submit(build_there, folder, self.wish)

    def end(self, folder: Path, delivery: Delivery) -> Outcome:
        return _outcome(folder, delivery)


class _ByBytes:
    """Inputs go and files come as bytes."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._away: dict[Path, tuple[tuple[Path, ...], Mapping[str, str]]] = {}

    def begin(self, folder: Path, executor: Executor) -> Future[Delivery]:
        order, outputs, names = order_of(folder, self._wish)
        check_writable(outputs)
        self._away[folder] = outputs, names
        return executor.submit(fulfil, order)

    def end(self, folder: Path, delivery: Delivery) -> Outcome:
        outputs, names = self._away.pop(folder)
        if not delivery.contents:
            return _outcome(folder, delivery, names)
        files = zip(outputs, delivery.contents, strict=True)
        write_files(tuple(NewFile(path, content) for path, content in files))
        return _outcome(folder, replace(delivery, written=outputs), names)


def _outcome(folder: Path, delivery: Delivery, names: Mapping[str, str] | None = None) -> Outcome:
    return Outcome(
        delivery.written,
        tuple(_named(each, names or {}) for each in delivery.warnings),
        tuple(_named(each, names or {}) for each in delivery.problems),
        delivery.fault,
        delivery.seconds,
        folder=folder,
    )


def _named(problem: Problem, names: Mapping[str, str]) -> Problem:
    """Return a problem with files called as they are here."""
    for path, own in names.items():
        problem = replace(
            problem,
            file=problem.file.replace(path, own),
            what=problem.what.replace(path, own),
            remedy=problem.remedy.replace(path, own),
        )
    return problem


def _run(
    folders: Iterable[Path], work: _Work, make_executor: _MakeExecutor, at_once: int
) -> Iterator[Outcome]:
    """Yield what comes of reports; those whose process died are made once more, one by one.

    Nobody knows which of those under way it died of.
    """
    to_do, again = deque(folders), deque[Path]()
    while to_do:
        yield from _round(to_do, work, make_executor, at_once, again)
    while again:
        died = deque[Path]()
        yield from _round(deque((again.popleft(),)), work, make_executor, 1, died)
        yield from (Outcome(folder=each, fault=_DIED) for each in died)


def _round(
    to_do: deque[Path],
    work: _Work,
    make_executor: _MakeExecutor,
    at_once: int,
    died: deque[Path],
) -> Iterator[Outcome]:
    """Yield what comes of reports, so many at once, until all are done or a process has died."""
    with make_executor() as executor:
        away: dict[Future[Delivery], Path] = {}
        is_broken = False
        while away or (to_do and not is_broken):
            while to_do and len(away) < at_once and not is_broken:
                folder = to_do.popleft()
                match _begun(work, folder, executor):
                    case Outcome() as failed:
                        yield failed
                    case None:
                        to_do.appendleft(folder)
                        is_broken = True
                    case future:
                        away[future] = folder
            for future in wait(away, return_when=FIRST_COMPLETED).done:
                folder = away.pop(future)
                outcome = _ended(work, folder, future)
                if outcome is None:
                    died.append(folder)
                    is_broken = True
                else:
                    yield outcome


def _begun(work: _Work, folder: Path, executor: Executor) -> Future[Delivery] | Outcome | None:
    """Hand a report over; return what is wrong with it, or ``None`` if nobody is there any more."""
    try:
        return work.begin(folder, executor)
    except BrokenExecutor:
        return None
    except KpiReportError as error:
        return _outcome(folder, failure(error))


def _ended(work: _Work, folder: Path, future: Future[Delivery]) -> Outcome | None:
    """Return what came of a report; ``None`` if whoever made it died."""
    try:
        return work.end(folder, future.result())
    except BrokenExecutor:
        return None
    except KpiReportError as error:
        return _outcome(folder, failure(error))
    except Exception:  # noqa: BLE001 -- a cluster's: it gave a worker up as often as it may
        return Outcome(folder=folder, fault=_DIED)
