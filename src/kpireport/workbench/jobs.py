"""Long work, one thing after the other, on a thread of its own.

Comes in: what to do, as a function that tells its progress. Goes out: a :class:`Job` that
pages show. It is cancelled between two steps, so that it ends as if it had failed there:
whatever writes files writes them all at the end, or none.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import TypeVar

from kpireport.conductor import Progress
from kpireport.errors import InputError, KpiReportError, Problem
from kpireport.quickly import dataclass

_Made = TypeVar("_Made")

_MOST_KEPT = 50


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "待っています"
    RUNNING = "作業中"
    DONE = "できました"
    FAILED = "できませんでした"
    CANCELLED = "中止しました"


class CancelledJobError(Exception):
    """The job was cancelled by a person; what it had begun was not written."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a job leaves.

    Attributes:
        written: files.
        warnings: what deserves a second look.
        said: what else is to be said.
        found: what was found, for the page that shows it.
    """

    written: tuple[Path, ...] = ()
    warnings: tuple[Problem, ...] = ()
    said: str = ""
    found: object = None


Work = Callable[[Progress], Done]


@dataclass(slots=True)
class Job:
    """A piece of long work.

    Attributes:
        id: for addresses.
        what: what is done, in words: 「令和４年度の実績版を作る」.
        back: the address to go on from.
        shows: the address of what shows what it finds; its own id is to be added.
        steps: done and in all; ``step`` says which is being done.
        done: what it left, once it is done.
        problems: why it failed.
        fault: why it failed, where that is no input's fault.
        over: set when nothing of it will change any more.
    """

    id: str
    what: str
    back: str
    shows: str = ""
    state: JobState = JobState.WAITING
    steps: tuple[int, int] = (0, 0)
    step: str = ""
    done: Done = field(default_factory=Done)
    problems: tuple[Problem, ...] = ()
    fault: str = ""
    is_cancelled: bool = False
    over: Event = field(default_factory=Event)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it will change any more."""
        return self.state not in (JobState.WAITING, JobState.RUNNING)

    @property
    def leads_to(self) -> str:
        """The address of what shows what it found; else whence it came. Empty if it says more."""
        done = self.done
        if self.state is not JobState.DONE or done.written or done.warnings or done.said:
            return ""
        return f"{self.shows}/{self.id}" if self.shows and done.found is not None else self.back

    @property
    def percent(self) -> int:
        """How much of it is done, of 100."""
        done, total = self.steps
        return 100 * done // total if total else 0

    def tell(self, done: int, total: int, step: str) -> None:
        """Note the progress; the end of a job that was cancelled meanwhile.

        Raises:
            CancelledJobError: it was.
        """
        if self.is_cancelled and done < total:  # at the end everything is written
            raise CancelledJobError
        self.steps, self.step = (done, total), step


class Jobs:
    """All jobs of a workbench."""

    def __init__(self) -> None:
        """Begin with none."""
        self._jobs: dict[str, Job] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")

    def start(self, what: str, back: str, work: Work, *, shows: str = "") -> Job:
        """Queue a piece of work."""
        job = Job(secrets.token_urlsafe(9), what, back, shows)
        over = [each.id for each in self._jobs.values() if each.is_over]
        for id_ in over[: max(0, len(self._jobs) - _MOST_KEPT)]:
            del self._jobs[id_]
        self._jobs[job.id] = job
        self._worker.submit(_run, job, work)
        return job

    def find(self, id_: str) -> Job | None:
        """Return a job; ``None`` where there is none of that id."""
        return self._jobs.get(id_)

    @property
    def unfinished(self) -> tuple[Job, ...]:
        """Those that are not over."""
        return tuple(each for each in self._jobs.values() if not each.is_over)

    def alone(self, work: Callable[[], _Made]) -> _Made:
        """Return what is made while no job runs: with what two cannot use at once."""
        made: Future[_Made] = self._worker.submit(work)
        return made.result()

    def wait(self) -> None:
        """Wait until all that was begun is over."""
        self.alone(lambda: None)

    def stop(self) -> None:
        """Cancel everything, and wait until it is over."""
        for each in self.unfinished:
            each.is_cancelled = True
        self._worker.shutdown(wait=True)


def _run(job: Job, work: Work) -> None:
    try:
        _do(job, work)
    finally:
        job.over.set()


def _do(job: Job, work: Work) -> None:
    if job.is_cancelled:
        job.state = JobState.CANCELLED
        return
    job.state = JobState.RUNNING
    try:
        job.done = work(job.tell)
    except CancelledJobError:
        job.state = JobState.CANCELLED
    except InputError as error:
        job.problems = (*error.problems, *error.warnings)
        job.state = JobState.FAILED
    except KpiReportError as error:
        job.fault = str(error)
        job.state = JobState.FAILED
    except Exception as error:  # noqa: BLE001 -- a thread's fault would be seen by nobody
        job.fault = f"プログラムの誤りで止まりました（{type(error).__name__}: {error}）。"
        job.state = JobState.FAILED
    else:
        job.state = JobState.DONE
