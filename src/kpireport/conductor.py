"""The only conductor: a report folder in, its finished files out. It alone knows all stages.

A stage is imported when it is needed: a command's help appears at once, and a build
of the Word file alone does not load what draws PDF.
"""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kpireport.domain.settings import DOCUMENTS, ChartKind, DocumentKind
from kpireport.errors import Problem
from kpireport.files import NewFile, check_new, check_writable, write_files
from kpireport.findings import refuse
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.stages.kept_charts import keep_charts, kept_charts
from kpireport.stages.writing import Progress, Writing

if TYPE_CHECKING:
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.settings import Settings
    from kpireport.stages.word_beside import WordBeside
    from kpireport.writers.pdf import PdfAttachment

__all__ = [
    "Contents",
    "Made",
    "Progress",
    "Warn",
    "begin_template",
    "build",
    "change_settings",
    "check",
    "choose_template",
    "make",
]

Warn: TypeAlias = Callable[[Problem], None]
"""Is told of what is possible but deserves a second look."""


@dataclass(frozen=True, slots=True)
class Contents:
    """How much the inputs of a report hold, as :func:`check` counted it."""

    goals: int
    plans: int
    numeric_targets: int
    indicators: int

    @classmethod
    def of(cls, plan: Catalogue) -> Contents:
        """Count what a plan holds."""
        return cls(
            goals=len(plan.goals),
            plans=sum(1 for _ in plan.plans()),
            numeric_targets=sum(1 for _ in plan.numeric_targets()),
            indicators=plan.indicator_count,
        )


@dataclass(frozen=True, slots=True)
class Made:
    """A finished report that is not written yet: its files, its title, who issues it.

    ``images`` are those of charts to keep for the next time, if there are new ones.
    """

    files: tuple[NewFile, ...]
    title: str
    issuer: str
    images: bytes | None = None


def build(
    report_dir: Path | str,
    *,
    template: Path | str | None = None,
    document: DocumentKind = DocumentKind.WHOLE,
    draft: bool | None = None,
    cores: int = 1,
    moment: dt.datetime | None = None,
    progress: Progress | None = None,
    warn: Warn | None = None,
    digest: bool = False,
    sheets: bool = False,
) -> tuple[Path, ...]:
    """Build the report of a folder and return the files that were written.

    All of them are finished before any is written: a build that fails or is killed
    leaves the last good files. The same inputs make the same bytes. Images of charts are kept
    in the folder, in ``.kpireport``, so that those that stay the same are not drawn again.

    Args:
        report_dir: the folder of ``report.toml``.
        template: a Word file whose styles, page, headers and footers the Word file gets,
            instead of the one that the settings name, if they do.
        document: which document is made: the report itself; beside it, the review's digest
            (概要版), of one or two pages; or evaluation sheets (評価シート), one for each indicator
            or plan.
        draft: whether it is a draft (作成中) or final from now on: once it is built, the settings
            say so too; ``None`` for what they say.
        cores: how many cores it may use; with two, a review's Word file is made by a process of
            its own while this one makes the PDF.
        moment: when the files say that they were made, with its time zone; without
            one, the report's own date.
        progress: called before each step, and after the last.
        warn: called for every suspicious value that the settings do not accept.
        digest: ``document=DocumentKind.DIGEST`` as it was said before 0.2.0; it warns.
        sheets: ``document=DocumentKind.SHEETS``, likewise.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
        OutputError: a file cannot be written; it says how to mend that.
    """
    report = Report.open(report_dir)
    settings = () if draft is None else _switched(report, is_draft=draft)
    if draft is not None:
        report = report.as_draft(is_draft=draft)
    if template is not None:
        report = report.in_template(template)
    report = report.as_document(_asked(document, sheets=sheets, digest=digest))
    check_writable((*report.settings.outputs.values(), *(each.path for each in settings)))

    tell = progress or _nobody
    kept = kept_charts(report.folder)
    with _beside(report.settings, cores, draws=not kept) as beside:
        made = make(report, moment=moment, progress=progress, warn=warn, images=kept, beside=beside)
    total = len(made.files) + len(settings) + 2
    tell(total - 1, total, "保存しています")
    if made.images is not None:
        keep_charts(report.folder, made.images)
    write_files((*settings, *made.files))  # in this order: what is made of settings is no older
    tell(total, total, "できました")
    return tuple(file.path for file in (*made.files, *settings))


def _beside(
    settings: Settings, cores: int, *, draws: bool
) -> AbstractContextManager[WordBeside | None]:
    """Begin a process for the Word file, if there is a core for it and enough to do.

    A review has charts, or hundreds of rows; a plan and a digest are written before another
    process has begun.
    """
    is_large = settings.review is not None and not settings.is_digest
    if cores < 2 or not is_large or not set(DOCUMENTS) <= set(settings.formats):
        return nullcontext()
    from kpireport.stages.word_beside import word_beside

    return word_beside(draws=draws and settings.word.charts is ChartKind.IMAGE)


def _asked(document: DocumentKind, **former: bool) -> DocumentKind:
    """Return which document is asked for; the arguments of before work on, and warn."""
    for name, is_given in former.items():
        if is_given:
            document = DocumentKind(name)
            new = f"document=DocumentKind.{document.name}"
            told = f"kpireport.build({name}=True) is said {new} since 0.2.0, and will go"
            warnings.warn(told, DeprecationWarning, stacklevel=3)
    return document


def _switched(report: Report, *, is_draft: bool) -> tuple[NewFile, ...]:
    """The settings as they are to be once the edition is a draft, or final; none if they are.

    Raises:
        InputError: the edition is none that can be a draft.
    """
    from kpireport.editing.toml_items import with_draft

    review = report.settings.review
    if review is None:
        refuse(
            report.settings_file,
            "計画版には、案と確定版の別がありません。",
            "案か確定版かを選ばずに作ってください。",
            place="edition",
        )
    if review.is_draft is is_draft:
        return ()
    path = report.settings_file
    data = path.read_bytes()
    return (NewFile(path, with_draft(data, is_draft=is_draft), before=data),)


def change_settings(
    report_dir: Path | str, items: Mapping[tuple[str, ...], object], *, before: bytes
) -> None:
    """Write other values into a report's settings; remarks, order and layout stay.

    Args:
        report_dir: the folder of ``report.toml``.
        items: the values by their places, ``("review", "contact")``; ``None`` takes one out.
        before: the file as whoever wishes it has seen it.

    Raises:
        InputError: the settings could not be used then; with every problem. Nothing is written.
        OutputError: the file is another by now, or cannot be written; it is as it was.
    """
    from kpireport.editing.toml_items import with_items
    from kpireport.sources.settings import SETTINGS_FILE, load_settings

    made = with_items(before, items)
    load_settings(report_dir, data=made)
    write_files([NewFile(Path(report_dir) / SETTINGS_FILE, made, before=before)])


def choose_template(report_dir: Path | str, template: Path | None) -> tuple[Problem, ...]:
    """Have a report's Word file made by another template (様式) from now on; ``None`` for ours.

    Returns:
        What its office should know of the template.

    Raises:
        InputError: it cannot be used, or the settings cannot.
        OutputError: the settings cannot be written; they are as they were.
    """
    from kpireport.editing.toml_items import with_template

    report = Report.open(report_dir)
    path, place = report.settings_file, ""
    data = path.read_bytes()
    if template is not None:
        report = report.in_template(template)
        _ = report.base
        report.findings.settle()
        place = Path(os.path.relpath(template, path.parent)).as_posix()
    write_files([NewFile(path, with_template(data, place), before=data)])
    return report.findings.warnings


def begin_template(path: Path) -> None:
    """Write a new Word file to make a template (様式) of: ours, with every style in it.

    Raises:
        OutputError: there is something of that name, or it is none of a Word file.
    """
    from kpireport.writers.docx.base import BASE_FILE

    check_new(path, like="様式.docx")
    write_files([NewFile(path, BASE_FILE.read_bytes())])


def make(
    report: Report,
    *,
    attachments: Sequence[PdfAttachment] = (),
    moment: dt.datetime | None = None,
    progress: Progress | None = None,
    warn: Warn | None = None,
    images: bytes | None = None,
    beside: WordBeside | None = None,
) -> Made:
    """Make what :func:`build` writes, and write nothing.

    Args:
        report: what it is made of.
        attachments: files that go into the PDF.
        moment: as for :func:`build`.
        progress: called before each step; two more steps are the caller's.
        warn: as for :func:`build`.
        images: those of charts that were kept, empty for none; ``None`` to keep none.
        beside: who makes the Word file meanwhile; the settings ask for a PDF, too.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
        ValueError: ``moment`` has no time zone.
    """
    if moment is not None and moment.tzinfo is None:
        raise ValueError("a moment without a time zone means another time on each machine")
    tell = progress or _nobody
    tell(0, len(report.settings.outputs) + 2, "入力を読み、文書を組み立てています")
    base, document = report.base, report.document
    _tell(report.findings.warnings, warn)
    written = Writing(
        document,
        report.settings,
        tuple(attachments),
        moment,
        base,
        report.review,
        images=images,
        beside=beside,
    ).files(tell)
    title, issuer = document.metadata.title, report.catalogue.issuer
    return Made(written.files, title, issuer, written.images)


def check(report_dir: Path | str, *, warn: Warn | None = None) -> Contents:
    """Read everything that a build of the folder would read, write nothing, and count.

    Args:
        report_dir: the folder of ``report.toml``.
        warn: called for what :func:`build` warns of, and for what looks forgotten in the plan.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
    """
    report = Report.open(report_dir, with_notices=True).inspected()
    report.findings.take(report.lacking)
    report.findings.settle()
    _tell(report.findings.warnings, warn)
    return Contents.of(report.plan)


def _tell(warnings: Iterable[Problem], warn: Warn | None) -> None:
    for warning in warnings:
        if warn:
            warn(warning)


def _nobody(_done: int, _total: int, _what: str) -> None:
    """Tell nobody."""
