"""The last taking-in undone: the files that it wrote, as they were before.

Comes in: the files that a run is about to write; later, a report folder. Goes out: one
more file beside the register (``取り込む前.zip``) with what they held before; the files with
that again. It keeps one step, and lets go of it when it is undone.

A file that is neither as the run left it nor as it was before was changed by somebody since:
then nothing is undone. The register goes back first: a run that is killed on the way leaves a
workbook ahead of its register, as ``collecting`` has it, and can be undone once more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

from pydantic import BaseModel, ConfigDict, ValidationError

from kpireport.archives.container import read_archive, zip_bytes
from kpireport.errors import InputError
from kpireport.files import GoneFile, NewFile, check_writable, write_files
from kpireport.findings import Findings, refuse
from kpireport.messages import unreadable
from kpireport.ordinary_files import read_ordinary
from kpireport.reports import Report

BEFORE = "取り込む前.zip"
_STEP = "undo.json"
_ANY_TIME = dt.datetime.min  # noqa: DTZ901 -- the same bytes at any time


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class _Written(_Part):
    """A file that a run wrote.

    Attributes:
        name: its own; ``is_own`` for the report's workbook, wherever the settings have that.
        was_there: it was there before.
        after: the sum of what was written.
    """

    name: str
    is_own: bool
    was_there: bool
    after: str

    @property
    def entry(self) -> str:
        """Where what it held before is kept."""
        return self.name if self.is_own else f"received/{self.name}"


class _Step(_Part):
    format: Literal[1] = 1
    books: tuple[str, ...]
    cells: int
    files: tuple[_Written, ...]


@dataclass(frozen=True, slots=True)
class LastTaking:
    """What the last run took in, as far as it can be undone.

    Attributes:
        books: the names of the workbooks, below the inbox, of which it noted something.
        cells: how many answers it wrote into the report's workbook.
        changed: the files that somebody has changed since: it cannot be undone.
    """

    books: tuple[str, ...]
    cells: int
    changed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone.

    Attributes:
        taking: what had been taken in.
        restored: the files that have again what they had.
        removed: those that were not there before.
        inbox: the folder in which the workbooks are still.
    """

    taking: LastTaking
    restored: tuple[Path, ...]
    removed: tuple[Path, ...]
    inbox: Path


def before_files(
    files: Sequence[NewFile], report: Report, *, books: Sequence[str], cells: int
) -> NewFile:
    """Return the file that keeps what others hold before they are written.

    What a run that was killed on the way has written already belongs to this step.

    Args:
        files: to be written: the report's workbook, and files of the register's folder.
        report: the report.
        books: see :class:`LastTaking`.
        cells: likewise.
    """
    own, received = report.review_settings.actuals, report.collection_settings.received
    begun = {each.path: each for each in _begun(report)}
    after = {path: each.after for path, each in begun.items()}
    after |= {each.path: _sum(each.content) for each in files}
    kept: dict[str, bytes] = {}
    written = []
    for path, sum_ in after.items():
        old = begun[path].before if path in begun else _content(path)
        was_there = old is not None
        record = _Written(name=path.name, is_own=path == own, was_there=was_there, after=sum_)
        written.append(record)
        if old is not None:
            kept[record.entry] = old
    step = _Step(books=tuple(books), cells=cells, files=tuple(written))
    kept[_STEP] = f"{step.model_dump_json(indent=1)}\n".encode()
    return NewFile(received / BEFORE, zip_bytes(kept, _ANY_TIME))


def _begun(report: Report) -> tuple[_State, ...]:
    """What the last run wrote, if it was killed before it had written all."""
    try:
        kept = _Kept.of(report)
    except InputError:
        return ()  # it is damaged, and made anew now
    states = kept.states if kept else ()
    if not any(each.is_restored for each in states):
        return ()
    return tuple(each for each in states if each.is_as_written and not each.is_restored)


def last_taking(report_dir: Path | str | Report) -> LastTaking | None:
    """Return what :func:`undo_collect` would undo; ``None`` for nothing.

    Raises:
        InputError: the settings cannot be used, or what is kept for it is damaged.
    """
    kept = _Kept.of(report_dir)
    return kept.taking if kept else None


def undo_collect(report_dir: Path | str) -> Undone:
    """Put back what the last :func:`~kpireport.collection.collect` wrote.

    The workbooks stay in the inbox: a further run takes them in again.

    Args:
        report_dir: the folder of ``report.toml``.

    Raises:
        InputError: there is nothing to undo, or a file was changed since; with all of them.
        OutputError: a file cannot be written; all are as they were.
    """
    kept = _Kept.of(report_dir)
    if kept is None:
        received = _report(report_dir).collection_settings.received
        what = "元に戻せる取り込みがありません。"
        refuse(received / BEFORE, what, "戻せるのは、最後の取り込みだけで、1回だけです。")
    log = Findings()
    for path in kept.taking.changed:
        log.of(path).add(
            "",
            "取り込んだ後に変わっているので、元に戻せません。何も変えていません。",
            f"手で直してください。取り込む前のファイルは、{kept.place} の中にあります。",
        )
    log.settle()
    return kept.restore()


@dataclass(frozen=True, slots=True)
class _State:
    """A file that a run wrote: where it is, what it holds now, and what it held before."""

    path: Path
    now: bytes | None
    before: bytes | None
    after: str

    @property
    def is_restored(self) -> bool:
        return self.now == self.before

    @property
    def is_as_written(self) -> bool:
        return self.now is not None and _sum(self.now) == self.after


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of the last run."""

    report: Report
    place: Path
    content: bytes
    step: _Step
    states: tuple[_State, ...]

    @classmethod
    def of(cls, report_dir: Path | str | Report) -> _Kept | None:
        """Read it; ``None`` where there is nothing to undo.

        Raises:
            InputError: it is damaged.
        """
        report = _report(report_dir)
        received = report.collection_settings.received
        place = received / BEFORE
        if not place.exists():
            return None
        content, files, step = _read(place)
        states = []
        for each in step.files:
            path = report.review_settings.actuals if each.is_own else received / each.name
            before = files.get(each.entry) if each.was_there else None
            states.append(_State(path, _content(path), before, each.after))
        if all(each.is_restored for each in states):
            return None
        return cls(report, place, content, step, tuple(states))

    @property
    def taking(self) -> LastTaking:
        strange = (each for each in self.states if not (each.is_restored or each.is_as_written))
        changed = tuple(each.path for each in strange)
        return LastTaking(self.step.books, self.step.cells, changed)

    def restore(self) -> Undone:
        """Write what was there before; the register first, and last what it is kept in."""
        to_do = [each for each in reversed(self.states) if not each.is_restored]
        check_writable([each.path for each in to_do])
        write_files([*_files(to_do), GoneFile(self.place, self.content)])
        return Undone(
            self.taking,
            tuple(each.path for each in to_do if each.before is not None),
            tuple(each.path for each in to_do if each.before is None),
            self.report.collection_settings.inbox,
        )


def _files(states: Sequence[_State]) -> Iterator[NewFile | GoneFile]:
    for each in states:
        if each.now is None:
            if each.before is not None:
                yield NewFile(each.path, each.before)
        elif each.before is None:
            yield GoneFile(each.path, each.now)
        else:
            yield NewFile(each.path, each.before, before=each.now)


def _read(place: Path) -> tuple[bytes, dict[str, bytes], _Step]:
    try:
        kept = read_archive(place)
        step = _Step.model_validate_json(kept.files.get(_STEP, b""))
    except (InputError, ValidationError):
        _refuse_damaged(place)
    wanted = {each.entry for each in step.files if each.was_there}
    names = (each.name for each in step.files)
    if not wanted <= {*kept.files} or any(Path(name).name != name for name in names):
        _refuse_damaged(place)
    return kept.container or b"", dict(kept.files), step


def _refuse_damaged(place: Path) -> NoReturn:
    refuse(
        place,
        "取り込む前のファイルの控えが壊れているので、元に戻せません。何も変えていません。",
        "このファイルを別の場所に移してください。次の取り込みから、また戻せるようになります。",
    )


def _report(report_dir: Path | str | Report) -> Report:
    report = report_dir if isinstance(report_dir, Report) else Report.open(report_dir)
    if report.settings.review is None:
        refuse(
            report.settings_file,
            "実績版（review）の設定ではありません。",
            "reports/2021 のような、実績版の年度のフォルダーを指定してください。",
            place="edition",
        )
    return report


def _content(path: Path) -> bytes | None:
    """What a file holds; ``None`` where there is none."""
    try:
        return read_ordinary(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        refuse(path, *unreadable(error))


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
