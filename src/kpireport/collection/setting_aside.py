"""A workbook taken out of the inbox, and kept: one that was put there by mistake.

Comes in: a report folder, a workbook of its inbox. Goes out: the same bytes in a folder beside
the register (``受付から外したブック``), under a name that begins with their sum; from there it
can be put back. What was taken in of it stays in the report's workbook, and the register still
says so. What the register says against such a file is nobody's to mend any more
(:func:`is_aside`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from kpireport.collection.inbox import WORKBOOKS, ask_about_place, look_through
from kpireport.collection.receiving import is_kept_as, kept_name, own_name
from kpireport.domain.settings import CollectionSettings
from kpireport.files import GoneFile, NewFile, write_files
from kpireport.findings import refuse
from kpireport.messages import printable, quoted, unreadable
from kpireport.ordinary_files import read_ordinary
from kpireport.reports import Report
from kpireport.sources.file_names import file_name

ASIDE = "受付から外したブック"


def set_aside(report_dir: Path | str, book: Path | str) -> Path:
    """Take a workbook out of the inbox; return where it is kept.

    Args:
        report_dir: the folder of ``report.toml``.
        book: a workbook below the inbox.

    Raises:
        InputError: the settings cannot be used, there is no such workbook in the inbox, or it
            cannot be read.
        OutputError: it cannot be moved, and is where it was.
    """
    report = Report.open(report_dir)
    settings = report.collection_settings
    ask_about_place(settings.inbox, report.folder, report.settings_file)
    inbox = settings.inbox.resolve()
    there = look_through(inbox, besides=(report.review_settings.actuals, settings.received))
    path = inbox / book
    if path not in there.workbooks:
        what = f"{quoted(printable(path.name))}というブックは、受付のフォルダーにありません。"
        refuse(inbox, what, "もう一度調べて、受付にあるブックを確かめてください。")
    data = _read(path)
    sum_ = hashlib.sha256(data).hexdigest()
    kept = settings.received / ASIDE / kept_name(path, sum_)
    write_files([NewFile(kept, data), GoneFile(path, data)])
    return kept


def put_back(report_dir: Path | str, name: str) -> Path:
    """Put a workbook that was taken out back into the inbox; return where it is then.

    Args:
        report_dir: the folder of ``report.toml``.
        name: of a file that :func:`books_aside` has.

    Raises:
        InputError: the settings cannot be used, there is no such file, or it cannot be read.
        OutputError: it cannot be moved, and is where it was.
    """
    report = Report.open(report_dir)
    settings = report.collection_settings
    ask_about_place(settings.inbox, report.folder, report.settings_file)
    kept = next((each for each in books_aside(settings) if each.name == name), None)
    if kept is None:
        what = f"{quoted(printable(name))}というブックは、ありません。"
        refuse(settings.received / ASIDE, what, "もう一度、画面を開いて確かめてください。")
    data = _read(kept)
    inbox = settings.inbox.resolve()
    taken = [each.stem for each in inbox.iterdir()] if inbox.is_dir() else []
    path = inbox / f"{file_name(Path(own_name(kept)).stem, taken)}{kept.suffix}"
    write_files([NewFile(path, data), GoneFile(kept, data)])
    return path


def books_aside(settings: CollectionSettings) -> tuple[Path, ...]:
    """Return the workbooks that were taken out, by the names that they had."""
    folder = settings.received / ASIDE
    if not folder.is_dir():
        return ()
    books = (each for each in folder.iterdir() if each.suffix in WORKBOOKS)
    return tuple(sorted(books, key=lambda each: (own_name(each), each.name)))


def is_aside(sha256: str, aside: Sequence[Path]) -> bool:
    """Whether the file of a sum is among those that were taken out."""
    return any(is_kept_as(each, sha256) for each in aside)


def _read(path: Path) -> bytes:
    try:
        return read_ordinary(path)
    except OSError as error:
        refuse(path, *unreadable(error))
