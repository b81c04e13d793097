"""What can be made of a report: the whole, its digest, its evaluation sheets; and their files.

Comes in: a report. Goes out: the documents that its settings ask for, each with its files: a
name that is not among these leads to no file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from kpireport.domain.settings import DocumentKind, Edition, OutputFormat, Settings
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.workbench.shelf import files_of


def which_of(settings: Settings, name: str = "") -> DocumentKind:
    """Return what an address or a form names; the whole where it names nothing that there is."""
    return next((each for each in kinds_of(settings) if each == name), DocumentKind.WHOLE)


def kinds_of(settings: Settings) -> tuple[DocumentKind, ...]:
    """Return what can be made: of a plan's edition the whole alone."""
    if settings.review is None:
        return (DocumentKind.WHOLE,)
    if settings.edition is Edition.SHEETS:
        return (DocumentKind.WHOLE, DocumentKind.DIGEST)
    return tuple(DocumentKind)


@dataclass(frozen=True, slots=True)
class Output:
    """A file that the settings ask for.

    Attributes:
        path: where it is, or will be.
        which: the document that it holds.
        kind: its format.
        made: when it was written; ``None`` where it is not there.
        is_outdated: an input was changed since.
        is_near: it is in the opened folder, so that it may be sent.
    """

    path: Path
    which: DocumentKind
    kind: OutputFormat
    made: dt.datetime | None
    is_outdated: bool
    is_near: bool

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return self.path.name

    @property
    def kind_words(self) -> str:
        """What staff call its format."""
        match self.kind:
            case OutputFormat.DOCX:
                return "Word"
            case OutputFormat.PDF:
                return "PDF"
            case OutputFormat.XLSX:
                return "Excel（データ）"
            case OutputFormat.HTML:
                return "ウェブページ"
            case _:
                assert_never(self.kind)

    @property
    def made_words(self) -> str:
        """When it was written, in words; empty where it is not there."""
        made = self.made
        return f"{made.year}年{made.month}月{made.day}日 {made:%H:%M}" if made else ""

    @property
    def media_type(self) -> str:
        """Its type as browsers know it."""
        return media_type(self.kind)


def media_type(kind: OutputFormat) -> str:
    """Return the type of a format as browsers know it (IANA's media types)."""
    match kind:
        case OutputFormat.DOCX:
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case OutputFormat.PDF:
            return "application/pdf"
        case OutputFormat.XLSX:
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case OutputFormat.HTML:
            return "text/html; charset=utf-8"
        case _:
            assert_never(kind)


def outputs_of(report: Report, root: Path) -> tuple[Output, ...]:
    """Return the files that a report's settings ask for, in the order of the settings."""
    changed = max(_times(files_of(report)), default=0.0)
    return tuple(
        _output(which, kind, path, changed, root)
        for which in kinds_of(report.settings)
        for kind, path in report.settings.of(which).outputs.items()
    )


def _output(
    which: DocumentKind, kind: OutputFormat, path: Path, changed: float, root: Path
) -> Output:
    made = next(_times(iter((path,))), None)
    return Output(
        path,
        which,
        kind,
        None if made is None else dt.datetime.fromtimestamp(made).astimezone(),
        is_outdated=made is not None and made < changed,
        is_near=path.resolve().is_relative_to(root),
    )


def _times(paths: Iterator[Path]) -> Iterator[float]:
    """Yield when each ordinary file was changed last."""
    for path in paths:
        if path.is_file():
            yield path.stat().st_mtime
