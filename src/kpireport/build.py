"""The only conductor: a report folder in, its finished files out. It alone knows all stages.

A stage is imported when it is needed: a command's help appears at once, and a build
of the Word file alone does not load what draws PDF.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, assert_never

from kpireport.errors import InputError, Problem
from kpireport.files import NewFile, check_writable, write_files

if TYPE_CHECKING:
    from kpireport.document.blocks import Document, Metadata
    from kpireport.document.reviews import Review
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.settings import ReviewSettings, Settings


Progress: TypeAlias = Callable[[int, int, str], None]
"""Is told how far a build has come: steps done, steps in all, and what comes next."""

Warn: TypeAlias = Callable[[Problem], None]
"""Is told of what is possible but deserves a second look."""


@dataclass(frozen=True, slots=True)
class Contents:
    """How much the inputs of a report hold, as :func:`check` counted it."""

    goals: int
    plans: int
    numeric_targets: int
    indicators: int


def build(
    report_dir: Path | str, *, progress: Progress | None = None, warn: Warn | None = None
) -> tuple[Path, ...]:
    """Build the report of a folder and return the files that were written.

    All of them are finished before any is written: a build that fails or is killed
    leaves the last good files.

    Args:
        report_dir: the folder of ``report.toml``.
        progress: called before each step, and after the last.
        warn: called for every suspicious value that the settings do not accept.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
        OutputError: a file cannot be written; it says how to mend that.
    """
    from kpireport.sources.settings import load_settings

    settings = load_settings(report_dir)
    check_writable(settings.outputs.values())

    total = len(settings.outputs) + 2
    tell = progress or _nobody
    tell(0, total, "入力を読み、文書を組み立てています")
    _, document = _read_and_compose(settings, Path(report_dir), warn)
    files = _write(document, settings, tell)
    tell(total - 1, total, "保存しています")
    write_files(files)
    tell(total, total, "できました")
    return tuple(file.path for file in files)


def check(report_dir: Path | str, *, warn: Warn | None = None) -> Contents:
    """Read everything that a build of the folder would read, write nothing, and count.

    Raises:
        InputError: the inputs cannot be used; it lists every problem.
    """
    from kpireport.sources.settings import load_settings

    catalogue, _ = _read_and_compose(load_settings(report_dir), Path(report_dir), warn)
    return Contents(
        goals=len(catalogue.goals),
        plans=sum(len(goal.plans) for goal in catalogue.goals),
        numeric_targets=sum(len(goal.numeric_targets) for goal in catalogue.goals),
        indicators=sum(1 for _ in catalogue.indicators()),
    )


# --- reading and composing -------------------------------------------------------


def _read_and_compose(
    settings: Settings, report_dir: Path, warn: Warn | None
) -> tuple[Catalogue, Document]:
    from kpireport.sources.catalogue import load_catalogue

    catalogue = load_catalogue(settings.catalogue)
    if settings.review is None:
        document = _compose_plan(catalogue, settings)
    else:
        document = _compose_review(catalogue, settings, settings.review, warn)
    _refuse_missing_glyphs(document, settings, report_dir)
    return catalogue, document


def _refuse_missing_glyphs(document: Document, settings: Settings, report_dir: Path) -> None:
    """Refuse characters that no font draws, at their places in the inputs.

    A workbook's are told by the chapter of the document that they would stand in.
    """
    from kpireport.sources.characters import find_characters
    from kpireport.sources.settings import SETTINGS_FILE
    from kpireport.writers.fonts import missing_characters, missing_glyphs

    wanted = missing_characters(document)
    if not wanted:
        return
    inputs = (report_dir / SETTINGS_FILE, settings.catalogue)
    problems = [problem for path in inputs for problem in find_characters(path, wanted)]
    if settings.review is not None:
        known = "".join(problem.what for problem in problems)
        problems.extend(
            problem
            for problem in missing_glyphs(document, str(settings.review.actuals))
            if problem.what not in known
        )
    raise InputError(tuple(problems))


def _compose_plan(catalogue: Catalogue, settings: Settings) -> Document:
    from kpireport.document.plan import compose_plan

    return compose_plan(
        catalogue,
        _metadata(catalogue, settings, catalogue.title),
        council_label=settings.council_label,
        committee=settings.committee,
    )


def _compose_review(
    catalogue: Catalogue, settings: Settings, words: ReviewSettings, warn: Warn | None
) -> Document:
    from kpireport.document.review import compose_review, review_title

    review = _evaluate(catalogue, settings, words, warn)
    return compose_review(
        review,
        words,
        _metadata(catalogue, settings, review_title(review, words)),
        council_label=settings.council_label,
        committee=settings.committee,
    )


def _evaluate(
    catalogue: Catalogue, settings: Settings, words: ReviewSettings, warn: Warn | None
) -> Review:
    """Read the actuals and judge them; a final build refuses what is not reported."""
    from kpireport.document.reviews import Review
    from kpireport.evaluation import evaluate, scheme_from_settings
    from kpireport.sources.actuals import load_actuals, unreported_problems

    scheme = scheme_from_settings(words.evaluation)
    actuals, warnings = load_actuals(
        words.actuals,
        catalogue,
        words.fiscal_year,
        earlier=words.earlier,
        accepted=words.accepted,
        knows_mark=lambda written: scheme.find_mark(written) is not None,
        numerals=settings.numerals,
    )
    if not words.is_draft and (
        problems := unreported_problems(actuals, catalogue, words.fiscal_year, words.actuals)
    ):
        raise InputError((*problems, *warnings))
    for warning in warnings:
        if warn:
            warn(warning)
    evaluation = evaluate(catalogue, actuals, words.fiscal_year, scheme)
    return Review.of(catalogue, actuals, evaluation, settings.numerals, words.orientation)


def _metadata(catalogue: Catalogue, settings: Settings, title: tuple[str, ...]) -> Metadata:
    from kpireport.document.blocks import Metadata

    return Metadata(
        title="".join(title),
        author=settings.author or catalogue.issuer,
        subject=settings.subject,
        keywords=settings.keywords,
        date=settings.date,
    )


# --- writing ---------------------------------------------------------------------


def _write(document: Document, settings: Settings, tell: Progress) -> list[NewFile]:
    """Return the finished files in the order of the settings.

    The PDF's layout comes first where there are contents: the Word file's contents
    carry its page numbers.
    """
    from kpireport.document.blocks import Contents as ContentsBlock
    from kpireport.domain.settings import OutputFormat

    formats = settings.outputs
    has_contents = any(isinstance(block, ContentsBlock) for block in document.blocks())
    laid_out = None
    if OutputFormat.PDF in formats or has_contents:
        from kpireport.writers.pdf import lay_out

        laid_out = lay_out(document)
    files: list[NewFile] = []
    for done, (output_format, path) in enumerate(formats.items(), start=1):
        tell(done, len(formats) + 2, f"{path.name} を作っています")
        match output_format:
            case OutputFormat.DOCX:
                from kpireport.writers.docx import write_docx

                page_numbers = laid_out.page_numbers if laid_out else {}
                files.append(NewFile(path, write_docx(document, page_numbers=page_numbers)))
            case OutputFormat.PDF:
                from kpireport.writers.pdf import paint

                assert laid_out is not None  # noqa: S101 - it is laid out above
                files.append(NewFile(path, paint(laid_out)))
            case _:
                assert_never(output_format)
    return files


def _nobody(_done: int, _total: int, _what: str) -> None:
    """Tell nobody."""
