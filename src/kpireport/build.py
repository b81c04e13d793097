"""The only conductor: a report folder in, its finished files out. It alone knows all stages.

A stage is imported when it is needed: a command's help appears at once, and a build
of the Word file alone does not load what draws PDF.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kpireport.errors import InputError, Problem
from kpireport.files import NewFile, check_writable, write_files
from kpireport.findings import Findings
from kpireport.stages.composing import compose_document
from kpireport.stages.reading import (
    Inputs,
    base_document,
    evaluate_inputs,
    lacking,
    read_inputs,
    undrawable,
)
from kpireport.stages.writing import Progress, Writing

if TYPE_CHECKING:
    from kpireport.document.blocks import Document
    from kpireport.domain.actuals import Actuals
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.settings import Settings
    from kpireport.evaluation import Evaluation
    from kpireport.sources.actuals import FoundFact, ReadActuals
    from kpireport.writers.pdf import PdfAttachment


__all__ = [
    "Composed",
    "Contents",
    "Inspection",
    "Progress",
    "ReadInputs",
    "Report",
    "Warn",
    "build",
    "check",
    "compose",
    "inspect",
    "make",
    "read",
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


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report that is not written yet: its files, its title, who issues it."""

    files: tuple[NewFile, ...]
    title: str
    issuer: str


def build(
    report_dir: Path | str,
    *,
    template: Path | str | None = None,
    moment: dt.datetime | None = None,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> tuple[Path, ...]:
    """Build the report of a folder and return the files that were written.

    All of them are finished before any is written: a build that fails or is killed
    leaves the last good files. The same inputs make the same bytes.

    Args:
        report_dir: the folder of ``report.toml``.
        template: a Word file whose styles, page, headers and footers the Word file gets,
            instead of the one that the settings name, if they do.
        moment: when the files say that they were made, with its time zone; without
            one, the report's own date.
        progress: called before each step, and after the last.
        warn: called for every suspicious value that the settings do not accept.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
        OutputError: a file cannot be written; it says how to mend that.
    """
    from kpireport.sources.settings import load_settings

    settings = load_settings(report_dir)
    if template is not None:
        settings = replace(settings, word=replace(settings.word, template=Path(template)))
    check_writable(settings.outputs.values())

    tell = progress or _nobody
    files = make(settings, report_dir, moment=moment, progress=progress, warn=warn).files
    total = len(files) + 2
    tell(total - 1, total, "保存しています")
    write_files(files)
    tell(total, total, "できました")
    return tuple(file.path for file in files)


def make(
    settings: Settings,
    report_dir: Path | str,
    *,
    attachments: Sequence[PdfAttachment] = (),
    moment: dt.datetime | None = None,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> Report:
    """Make what :func:`build` writes, and write nothing.

    Args:
        settings: those of the folder.
        report_dir: the folder, for the problems of its settings.
        attachments: files that go into the PDF.
        moment: as for :func:`build`.
        progress: called before each step; two more steps are the caller's.
        warn: as for :func:`build`.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
        ValueError: ``moment`` has no time zone.
    """
    from kpireport.sources.settings import SETTINGS_FILE

    if moment is not None and moment.tzinfo is None:
        raise ValueError("a moment without a time zone means another time on each machine")
    tell = progress or _nobody
    tell(0, len(settings.outputs) + 2, "入力を読み、文書を組み立てています")
    found = Findings()
    base = base_document(settings, found)
    inputs, document = _read_and_compose(settings, Path(report_dir) / SETTINGS_FILE, found)
    _tell(found.warnings, warn)
    writing = Writing(document, settings, tuple(attachments), moment, base)
    return Report(writing.files(tell), document.metadata.title, inputs.catalogue.issuer)


@dataclass(frozen=True, slots=True)
class Composed:
    """A composed report, the moment before it is written.

    Attributes:
        settings: those that it was composed with.
        document: every word of it.
        found: the facts of a review with the places that they were read from.
    """

    settings: Settings
    document: Document
    found: tuple[FoundFact, ...]

    def word(self, *, native_charts: bool = False) -> bytes:
        """Return the Word file without what comes of its pages; Word draws its charts or not."""
        from kpireport.writers.docx import write_docx

        found = Findings()
        base = base_document(self.settings, found)
        found.settle()
        return write_docx(self.document, base=base, native_charts=native_charts)


def compose(settings: Settings, report_dir: Path | str) -> Composed:
    """Read all that the settings name and compose the report, as :func:`build` does.

    Args:
        settings: those of the folder, or changed ones.
        report_dir: the folder, for the problems of its settings.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
    """
    from kpireport.sources.settings import SETTINGS_FILE

    found = Findings()
    inputs, document = _read_and_compose(settings, Path(report_dir) / SETTINGS_FILE, found)
    return Composed(settings, document, inputs.read.found if inputs.read else ())


@dataclass(frozen=True, slots=True)
class Inspection:
    """The inputs of a report, as far as they can be read, and what is wrong with them.

    Attributes:
        settings: those of the folder.
        catalogue: the plan as the edition shows it: what is in force in its year.
        read: a review's actuals; ``None`` for other editions.
        evaluation: the judgements of what could be read; ``None`` where there are none, or
            the scheme is faulty.
        errors: what keeps the report from being built. What nobody has reported yet is not
            among them: ``read`` has it.
        warnings: what :func:`build` warns of, and what looks forgotten in the plan.
    """

    settings: Settings
    catalogue: Catalogue
    read: ReadActuals | None
    evaluation: Evaluation | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def contents(self) -> Contents:
        """How much the plan holds."""
        return Contents(
            goals=len(self.catalogue.goals),
            plans=sum(1 for _ in self.catalogue.plans()),
            numeric_targets=sum(1 for _ in self.catalogue.numeric_targets()),
            indicators=sum(1 for _ in self.catalogue.indicators()),
        )


def inspect(report_dir: Path | str) -> Inspection:
    """Read and check everything that a build of the folder would; write nothing.

    Args:
        report_dir: the folder of ``report.toml``.

    Raises:
        InputError: the settings or the plan cannot be used; it lists every problem.
    """
    from kpireport.sources.settings import SETTINGS_FILE, load_settings

    settings, found = load_settings(report_dir), Findings()
    settings_file = Path(report_dir) / SETTINGS_FILE
    base_document(settings, found)
    inputs = read_inputs(settings, settings_file, found, with_notices=True)
    evaluation = evaluate_inputs(inputs, settings)
    if not found.errors:
        document = compose_document(inputs, settings, evaluation)
        found.take(undrawable(document, settings, settings_file, inputs.read))
    return Inspection(
        settings,
        _shown_plan(inputs.catalogue, settings),
        inputs.read,
        evaluation,
        found.errors,
        found.warnings,
    )


@dataclass(frozen=True, slots=True)
class ReadInputs:
    """The inputs of a report, without faults.

    Attributes:
        catalogue: the plan as decided, with its revisions.
        actuals: a review's; ``None`` for other editions.
        evaluation: their judgements; ``None`` for other editions.
    """

    catalogue: Catalogue
    actuals: Actuals | None
    evaluation: Evaluation | None


def read(settings: Settings, report_dir: Path | str) -> ReadInputs:
    """Read and judge all that the settings name; compose nothing.

    What is not reported yet is no fault here, even of a final edition.

    Args:
        settings: those of the folder, or changed ones.
        report_dir: the folder, for the problems of its settings.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
    """
    from kpireport.sources.settings import SETTINGS_FILE

    found = Findings()
    inputs = read_inputs(settings, Path(report_dir) / SETTINGS_FILE, found)
    found.settle()
    actuals = inputs.read.actuals if inputs.read else None
    return ReadInputs(inputs.catalogue, actuals, evaluate_inputs(inputs, settings))


def _shown_plan(catalogue: Catalogue, settings: Settings) -> Catalogue:
    from kpireport.domain.histories import in_force

    year = settings.review.fiscal_year if settings.review else settings.as_of
    return catalogue if year is None else in_force(catalogue, year)


def check(report_dir: Path | str, *, warn: Warn | None = None) -> Contents:
    """Read everything that a build of the folder would read, write nothing, and count.

    Args:
        report_dir: the folder of ``report.toml``.
        warn: called for what :func:`build` warns of, and for what looks forgotten in the plan.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
    """
    inspection = inspect(report_dir)
    errors = (*inspection.errors, *lacking(inspection.read, inspection.settings))
    if errors:
        raise InputError(errors, inspection.warnings)
    _tell(inspection.warnings, warn)
    return inspection.contents


def _read_and_compose(
    settings: Settings, settings_file: Path, found: Findings
) -> tuple[Inputs, Document]:
    """Read all that the settings name, and compose the document.

    A stage that finds fault leaves as many of the others to do their work as can: staff
    hear of everything at once.

    Raises:
        InputError: with the errors of all stages, and apart from them the warnings.
    """
    inputs = read_inputs(settings, settings_file, found)
    document = None
    if not found.errors:
        document = compose_document(inputs, settings, evaluate_inputs(inputs, settings))
    found.take(lacking(inputs.read, settings))  # does not keep the rest from being checked
    if document is not None:
        found.take(undrawable(document, settings, settings_file, inputs.read))
    return inputs, found.settled(document)


def _tell(warnings: Iterable[Problem], warn: Warn | None) -> None:
    for warning in warnings:
        if warn:
            warn(warning)


def _nobody(_done: int, _total: int, _what: str) -> None:
    """Tell nobody."""
