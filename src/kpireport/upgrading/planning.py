"""What an upgrade of a folder would change, before anything is written."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kpireport.collection.register import REGISTER, read_register
from kpireport.domain.settings import Settings
from kpireport.errors import CellError, KpiReportError, OutputError
from kpireport.evaluation.criteria_settings import criteria_from_settings
from kpireport.findings import Findings
from kpireport.ordinary_files import read_ordinary
from kpireport.sources.catalogue import read_plan
from kpireport.sources.formats import FileKind, fault_of_book, newest
from kpireport.sources.settings import SETTINGS_FILE, load_settings
from kpireport.sources.workbook import read_workbook
from kpireport.upgrading.migrations import MIGRATIONS, FormatChange, migrated

_DEEPEST = 4  # folders below the one that is named: reports/towns/みどり市/2022
_MOST_REPORTS = 1_000


@dataclass(frozen=True, slots=True)
class FileUpgrade:
    """A file that has a version before the newest.

    Attributes:
        path: the file.
        kind: what it is.
        version: that it has.
        to: that it will have.
        changes: what is written otherwise.
        before: what it holds.
        after: what it will hold.
    """

    path: Path
    kind: FileKind
    version: int
    to: int
    changes: tuple[FormatChange, ...]
    before: bytes
    after: bytes

    @property
    def deprecated(self) -> tuple[FormatChange, ...]:
        """What is written in a way that should not stay."""
        return tuple(each for each in self.changes if each.deprecates)

    @property
    def since(self) -> str:
        """The kpireport that first read the new version."""
        return next(
            each.since for each in MIGRATIONS if each.kind is self.kind and each.to == self.to
        )


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade of a folder changes.

    Attributes:
        folder: as it was named.
        files: those of earlier versions, sorted.
        looked_at: how many files there are, with those that are as they should be.
        copy: the file that keeps what was replaced; ``None`` while nothing is written.
    """

    folder: Path
    files: tuple[FileUpgrade, ...]
    looked_at: int
    copy: Path | None = None


def planned(folder: Path | str) -> Upgrade:
    """Return what an upgrade of a folder would change; nothing is written.

    Args:
        folder: a report's, or one that has reports below it.

    Raises:
        InputError: with every problem of every file: it cannot be read, or is of a later
            kpireport.
        OutputError: a change cannot be made.
    """
    folder = Path(folder)
    findings = Findings(folder)
    reports = _reports(folder)
    if not reports:
        findings.fail(
            "",
            f"報告書のフォルダー（{SETTINGS_FILE} のあるフォルダー）が、この中にありません。",
            "報告書のフォルダーか、その上のフォルダーを指定してください。",
        )
    files: list[FileUpgrade] = []
    seen = set()
    for report in reports:
        settings = findings.attempt(partial(load_settings, report))
        if settings is None:
            continue
        seen |= {report / SETTINGS_FILE, *_refuse_unreadable(settings, findings)}
        if not findings.has_errors:
            found = findings.attempt(partial(_of_settings, report))
            files += [found] if found else []
    findings.settle()
    return Upgrade(folder, tuple(files), len(seen))


def _reports(folder: Path) -> tuple[Path, ...]:
    """The folders with settings: the one that is named, or those below it but what is kept."""
    return tuple(_below(folder))[:_MOST_REPORTS]


def _below(folder: Path) -> Iterator[Path]:
    for at, folders, names in os.walk(folder):
        here = Path(at)
        if SETTINGS_FILE in names:
            yield here
        deep = len(here.relative_to(folder).parts) >= _DEEPEST
        folders[:] = [] if deep else sorted(each for each in folders if _is_looked_into(each))


def _is_looked_into(name: str) -> bool:
    return not name.startswith((".", "archive"))


def former_settings(folder: Path) -> FileUpgrade | None:
    """What becomes of a report's settings of before; ``None`` where there is nothing to tell.

    That is where they have the newest version, and where they cannot be used: others tell that.

    Args:
        folder: the report's.
    """
    with suppress(KpiReportError):
        load_settings(folder)
        return _of_settings(folder)
    return None


def _of_settings(folder: Path) -> FileUpgrade | None:
    """What becomes of a report's settings; ``None`` where they have the newest version.

    Args:
        folder: the report's, whose settings can be read.

    Raises:
        InputError: what they judge by cannot be used.
        OutputError: they would mean something else.
    """
    path, kind = folder / SETTINGS_FILE, FileKind.SETTINGS
    before = read_ordinary(path)
    version = int(tomllib.loads(before.decode("utf-8-sig")).get("format", 1))
    if version == newest(kind):
        return None
    after, changes = migrated(kind, before, version, folder)
    _check_same(folder, before, after)
    return FileUpgrade(path, kind, version, newest(kind), changes, before, after)


def _check_same(folder: Path, before: bytes, after: bytes) -> None:
    """Refuse settings by which a report would be made or judged otherwise."""
    old, new = (load_settings(folder, data=each) for each in (before, after))
    judged = [
        criteria_from_settings(each.review.evaluation) if each.review else None
        for each in (old, new)
    ]
    is_same = judged[0] == judged[1] and old.outputs == new.outputs
    if not is_same:
        raise OutputError(
            f"{folder / SETTINGS_FILE} は、同じ意味のまま新しい形にできません。"
            "何も書き込んでいません。"
        )


def _refuse_unreadable(settings: Settings, findings: Findings) -> Iterator[Path]:
    """Note what keeps a report's other files from being read; yield those that are there.

    All versions of theirs that there have been are read as they are.
    """
    if settings.catalogue.is_file():
        findings.attempt(lambda: read_plan(settings.catalogue))
        yield settings.catalogue
    if settings.review is None or settings.collection is None:
        return
    book = settings.review.actuals
    if book.is_file() and book.suffix.lower() == ".xlsx":
        try:
            fault = fault_of_book(FileKind.ACTUALS, read_workbook(book, ()).properties)
        except CellError as error:
            fault = (error.what, error.remedy)
        if fault:
            findings.of(book).add("", *fault)
        yield book
    received, year = settings.collection.received, settings.review.fiscal_year
    if (received / REGISTER).is_file():
        findings.attempt(lambda: read_register(received, year))
        yield received / REGISTER
