"""What an upgrade of a folder would change, before anything is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from kpireport.collection.register import REGISTER, read_register
from kpireport.domain.settings import Settings
from kpireport.errors import CellError, Problem
from kpireport.findings import Findings, require_folder
from kpireport.quickly import dataclass
from kpireport.sources.catalogue import read_plan
from kpireport.sources.formats import FileKind, fault_of_book
from kpireport.sources.report_folders import is_looked_into
from kpireport.sources.settings import SETTINGS_FILE, load_settings
from kpireport.sources.workbook import read_workbook
from kpireport.upgrading.settings_upgrades import FileUpgrade, of_settings

_DEEPEST = 4  # folders below the one that is named: reports/towns/みどり市/2022
_MOST_REPORTS = 1_000
_NAME_A_REPORT = "報告書のフォルダーか、その上のフォルダーを指定してください。"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade of a folder changes.

    Attributes:
        folder: as it was named.
        files: those of earlier versions, sorted.
        looked_at: how many files there are, with those that are as they should be.
        problems: of the files that cannot be read, or are of a later kpireport: while there
            are any, nothing is written.
        copy: the file that keeps what was replaced; ``None`` while nothing is written.
    """

    folder: Path
    files: tuple[FileUpgrade, ...]
    looked_at: int
    problems: tuple[Problem, ...] = ()
    copy: Path | None = None


def planned(folder: Path | str) -> Upgrade:
    """Return what an upgrade of a folder would change, and what is in its way.

    Nothing is written. One file that cannot be read hides none of the others.

    Args:
        folder: a report's, or one that has reports below it.

    Raises:
        InputError: there is no such folder, or no report in it.
        OutputError: a change cannot be made.
    """
    folder = Path(folder)
    require_folder(folder, _NAME_A_REPORT)
    findings = Findings(folder)
    reports = _reports(folder, findings)
    if not reports and not findings.has_errors:
        what = f"報告書のフォルダー（{SETTINGS_FILE} のあるフォルダー）が、この中にありません。"
        findings.fail("", what, _NAME_A_REPORT)
    files: list[FileUpgrade] = []
    seen = set()
    for report in reports:
        settings = findings.attempt(partial(load_settings, report))
        if settings is None:
            continue
        own = findings.of(report)
        seen |= {report / SETTINGS_FILE, *_refuse_unreadable(settings, own)}
        if not own.has_errors:
            found = own.attempt(partial(of_settings, report))
            files += [found] if found else []
    return Upgrade(folder, tuple(files), len(seen), findings.problems)


def _reports(folder: Path, findings: Findings) -> tuple[Path, ...]:
    """The folders with settings: the one that is named, or those below it but what is kept."""
    return tuple(islice(_below(folder, findings), _MOST_REPORTS))


def _below(folder: Path, findings: Findings) -> Iterator[Path]:
    def refused(error: OSError) -> None:
        remedy = (
            "フォルダーの管理者に権限を依頼するか、報告書のフォルダーを一つずつ指定してください。"
        )
        findings.of(error.filename or folder).add("", "フォルダーを開けません。", remedy)

    for at, folders, names in os.walk(folder, onerror=refused):
        here = Path(at)
        if SETTINGS_FILE in names:
            yield here
        deep = len(here.relative_to(folder).parts) >= _DEEPEST
        folders[:] = [] if deep else sorted(filter(is_looked_into, folders))


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
