"""The only conductor: a report folder in, its finished files out. It alone knows all stages.

A stage is imported when it is needed: a command's help appears at once, and a build
of the Word file alone does not load what draws PDF.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, assert_never

from kpireport.errors import InputError
from kpireport.files import NewFile, check_writable, write_files

if TYPE_CHECKING:
    from kpireport.document.blocks import Document, Metadata
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.settings import OutputFormat, Settings


Progress: TypeAlias = Callable[[int, int, str], None]
"""Is told how far a build has come: steps done, steps in all, and what comes next."""


@dataclass(frozen=True, slots=True)
class Contents:
    """How much the inputs of a report hold, as :func:`check` counted it."""

    goals: int
    plans: int
    numeric_targets: int
    indicators: int


def build(report_dir: Path | str, *, progress: Progress | None = None) -> tuple[Path, ...]:
    """Build the report of a folder and return the files that were written.

    All of them are finished before any is written: a build that fails or is killed
    leaves the last good files.

    Args:
        report_dir: the folder of ``report.toml``.
        progress: called before each step, and after the last.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
        OutputError: a file cannot be written; it says how to mend that.
    """
    from kpireport.sources.settings import load_settings

    settings = load_settings(report_dir)
    check_writable(settings.outputs.values())

    total = len(settings.outputs) + 2
    tell = progress or _nobody
    tell(0, total, "計画を読み、文書を組み立てています")
    _, document = _read_and_compose(settings)
    files: list[NewFile] = []
    for done, (output_format, path) in enumerate(settings.outputs.items(), start=1):
        tell(done, total, f"{path.name} を作っています")
        files.append(NewFile(path, _writer(output_format)(document)))
    tell(total - 1, total, "保存しています")
    write_files(files)
    tell(total, total, "できました")
    return tuple(file.path for file in files)


def check(report_dir: Path | str) -> Contents:
    """Read everything that a build of the folder would read, write nothing, and count.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
    """
    from kpireport.sources.settings import load_settings

    catalogue, _ = _read_and_compose(load_settings(report_dir))
    return Contents(
        goals=len(catalogue.goals),
        plans=sum(len(goal.plans) for goal in catalogue.goals),
        numeric_targets=sum(len(goal.numeric_targets) for goal in catalogue.goals),
        indicators=sum(1 for _ in catalogue.indicators()),
    )


def _read_and_compose(settings: Settings) -> tuple[Catalogue, Document]:
    from kpireport.document.plan import compose_plan
    from kpireport.sources.catalogue import load_catalogue
    from kpireport.writers.fonts import missing_glyphs

    catalogue = load_catalogue(settings.catalogue)
    document = compose_plan(
        catalogue,
        _metadata(catalogue, settings),
        council_label=settings.council_label,
        committee=settings.committee,
    )
    if problems := missing_glyphs(document, str(settings.catalogue)):
        raise InputError(problems)
    return catalogue, document


def _metadata(catalogue: Catalogue, settings: Settings) -> Metadata:
    from kpireport.document.blocks import Metadata

    return Metadata(
        title="".join(catalogue.title),
        author=settings.author or catalogue.issuer,
        subject=settings.subject,
        keywords=settings.keywords,
        date=settings.date,
    )


def _writer(output_format: OutputFormat) -> Callable[[Document], bytes]:
    from kpireport.domain.settings import OutputFormat

    match output_format:
        case OutputFormat.DOCX:
            from kpireport.writers.docx import write_docx

            return write_docx
        case OutputFormat.PDF:
            from kpireport.writers.pdf import write_pdf

            return write_pdf
        case _:
            assert_never(output_format)


def _nobody(_done: int, _total: int, _what: str) -> None:
    """Tell nobody."""
