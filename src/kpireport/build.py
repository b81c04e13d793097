"""The only conductor: a report folder in, its finished files out. It alone knows all stages.

A stage is imported when it is needed: a command's help appears at once, and a build
of the Word file alone does not load what draws PDF.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar, assert_never

from kpireport.errors import InputError, Problem
from kpireport.files import NewFile, check_writable, write_files

if TYPE_CHECKING:
    from kpireport.document.blocks import Document, Metadata
    from kpireport.domain.actuals import Actuals
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.settings import OutputFormat, ReviewSettings, Settings
    from kpireport.evaluation import Evaluation, Scheme
    from kpireport.sources.actuals import FoundFact, ReadActuals
    from kpireport.writers.pdf import Attachment, LaidOut


Progress: TypeAlias = Callable[[int, int, str], None]
"""Is told how far a build has come: steps done, steps in all, and what comes next."""

Warn: TypeAlias = Callable[[Problem], None]
"""Is told of what is possible but deserves a second look."""


_Result = TypeVar("_Result")


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
    attachments: Sequence[Attachment] = (),
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
    found = _Found()
    base = _base(settings, found)
    catalogue, document = _read_and_compose(settings, Path(report_dir) / SETTINGS_FILE, found)
    _tell(found.warnings, warn)
    writing = _Writing(document, settings, tuple(attachments), moment, base)
    return Report(writing.files(tell), document.metadata.title, catalogue.issuer)


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

        found = _Found()
        base = _base(self.settings, found)
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

    found = _Found()
    _, document = _read_and_compose(settings, Path(report_dir) / SETTINGS_FILE, found)
    return Composed(settings, document, found.facts)


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
        goals = self.catalogue.goals
        return Contents(
            goals=len(goals),
            plans=sum(len(goal.plans) for goal in goals),
            numeric_targets=sum(len(goal.numeric_targets) for goal in goals),
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

    settings, found = load_settings(report_dir), _Found()
    settings_file = Path(report_dir) / SETTINGS_FILE
    _base(settings, found)
    inputs = _read_inputs(settings, settings_file, found, with_notices=True)
    evaluation = _evaluate(inputs, settings)
    if not found.errors:
        document = _compose(inputs, settings, evaluation)
        found.errors += _missing_glyphs(document, settings, settings_file)
    return Inspection(
        settings,
        _shown_plan(inputs.catalogue, settings),
        inputs.read,
        evaluation,
        tuple(found.errors),
        tuple(found.warnings),
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

    found = _Found()
    inputs = _read_inputs(settings, Path(report_dir) / SETTINGS_FILE, found)
    found.settle()
    actuals = inputs.read.actuals if inputs.read else None
    return ReadInputs(inputs.catalogue, actuals, _evaluate(inputs, settings))


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
    errors = (*inspection.errors, *_lacking(inspection.read, inspection.settings))
    if errors:
        raise InputError(errors, inspection.warnings)
    _tell(inspection.warnings, warn)
    return inspection.contents


# --- reading and composing -------------------------------------------------------


@dataclass(slots=True)
class _Found:
    """What is wrong with the inputs, and what deserves a second look, found on the way.

    ``facts`` are a review's, with their places.
    """

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    facts: tuple[FoundFact, ...] = ()

    def attempt(self, stage: Callable[[], _Result]) -> _Result | None:
        """Run a stage; keep what it refuses, so that the next can go on."""
        try:
            return stage()
        except InputError as error:
            self.errors += error.problems
            self.warnings += error.warnings
            return None

    def settle(self) -> None:
        """Raise everything that was found, if there is an error."""
        if self.errors:
            raise InputError(tuple(self.errors), tuple(self.warnings))


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What was read: the plan, and for a review the actuals and, unless faulty, the scheme."""

    catalogue: Catalogue
    scheme: Scheme | None = None
    read: ReadActuals | None = None


def _read_and_compose(
    settings: Settings, settings_file: Path, found: _Found
) -> tuple[Catalogue, Document]:
    """Read all that the settings name, and compose the document.

    A stage that finds fault leaves as many of the others to do their work as can: staff
    hear of everything at once.

    Raises:
        InputError: with the errors of all stages, and apart from them the warnings.
    """
    inputs = _read_inputs(settings, settings_file, found)
    document = None
    if not found.errors:
        document = _compose(inputs, settings, _evaluate(inputs, settings))
    found.errors += _lacking(inputs.read, settings)  # does not keep the rest from being checked
    if document is not None:
        found.errors += _missing_glyphs(document, settings, settings_file)
    if document is None or found.errors:
        raise InputError(tuple(found.errors), tuple(found.warnings))
    return inputs.catalogue, document


def _read_inputs(
    settings: Settings, settings_file: Path, found: _Found, *, with_notices: bool = False
) -> _Inputs:
    """Read all that the settings name; what is wrong is noted.

    Raises:
        InputError: there is no plan to hold the rest against.
    """
    scheme = _scheme(settings, settings_file, found)
    catalogue = _catalogue(settings, settings_file, found, with_notices=with_notices)
    if catalogue is None:
        raise InputError(tuple(found.errors), tuple(found.warnings))
    if settings.review is None:
        found.errors += _misplaced_year(catalogue, settings, settings_file)
        return _Inputs(catalogue)
    read = _actuals(catalogue, settings, settings.review, settings_file, scheme, found)
    return _Inputs(catalogue, scheme, read)


def _lacking(read: ReadActuals | None, settings: Settings) -> tuple[Problem, ...]:
    """What nobody has reported, if the edition may not lack it."""
    is_final = settings.review is not None and not settings.review.is_draft
    return read.unreported if read and is_final else ()


def _base(settings: Settings, found: _Found) -> bytes | None:
    """The base document of the municipality's own template; ``None`` for ours."""
    template = settings.word.template
    if template is None:
        return None
    from kpireport.sources.word_file import read_word_file
    from kpireport.writers.docx.templates import base_from_template

    return found.attempt(lambda: base_from_template(read_word_file(template), str(template)))


def _scheme(settings: Settings, settings_file: Path, found: _Found) -> Scheme | None:
    """The review's scheme; ``None`` where it is faulty or there is no review."""
    from kpireport.evaluation import scheme_from_settings

    review = settings.review
    if review is None:
        return None
    return found.attempt(lambda: scheme_from_settings(review.evaluation, file=str(settings_file)))


def _catalogue(
    settings: Settings, settings_file: Path, found: _Found, *, with_notices: bool
) -> Catalogue | None:
    """The plan; ``None`` where it is faulty or missing."""
    from kpireport.sources.catalogue import load_catalogue
    from kpireport.sources.catalogue_notices import catalogue_notices
    from kpireport.sources.settings import check_catalogue_exists

    def read() -> Catalogue:
        check_catalogue_exists(settings, settings_file)
        return load_catalogue(settings.catalogue)

    catalogue = found.attempt(read)
    if catalogue is not None and with_notices:
        found.warnings += catalogue_notices(settings.catalogue, catalogue)
    return catalogue


def _missing_glyphs(
    document: Document, settings: Settings, settings_file: Path
) -> tuple[Problem, ...]:
    """Find the characters that no font draws, at their places in the inputs.

    A workbook's are told by the chapter of the document that they would stand in.
    """
    from kpireport.sources.characters import find_characters
    from kpireport.writers.fonts import missing_characters, missing_glyphs

    wanted = missing_characters(document)
    if not wanted:
        return ()
    inputs = (settings_file, settings.catalogue)
    problems = [problem for path in inputs for problem in find_characters(path, wanted)]
    if settings.review is not None:
        known = "".join(problem.what for problem in problems)
        problems.extend(
            problem
            for problem in missing_glyphs(document, str(settings.review.actuals))
            if problem.what not in known
        )
    return tuple(problems)


def _misplaced_year(
    catalogue: Catalogue, settings: Settings, settings_file: Path
) -> tuple[Problem, ...]:
    """What is wrong with the year that the plan edition is to show, if it has one."""
    if settings.as_of is None:
        return ()
    from kpireport.sources.actuals import outside_plan
    from kpireport.sources.problems import printable

    misplaced = outside_plan(catalogue, settings.as_of)
    return (Problem(printable(str(settings_file)), "as_of", *misplaced),) if misplaced else ()


def _actuals(
    catalogue: Catalogue,
    settings: Settings,
    words: ReviewSettings,
    settings_file: Path,
    scheme: Scheme | None,
    found: _Found,
) -> ReadActuals:
    """The actuals as far as they can be read."""
    from kpireport.sources.actuals import read_reports

    read = read_reports(
        words.actuals,
        catalogue,
        words.fiscal_year,
        earlier=words.earlier,
        accepted=words.accepted,
        knows_mark=(lambda mark: scheme.find_mark(mark) is not None) if scheme else bool,
        numerals=settings.numerals,
        settings_file=settings_file,
    )
    found.errors += read.errors
    found.warnings += read.warnings
    found.facts = read.found
    return read


def _evaluate(inputs: _Inputs, settings: Settings) -> Evaluation | None:
    """Judge what could be read; ``None`` where there is no way of judging, or nothing to judge."""
    from kpireport.evaluation import evaluate

    read, review = inputs.read, settings.review
    if inputs.scheme is None or read is None or review is None or not read.has_year:
        return None
    return evaluate(inputs.catalogue, read.actuals, review.fiscal_year, inputs.scheme)


def _compose(inputs: _Inputs, settings: Settings, evaluation: Evaluation | None) -> Document:
    """Compose the edition's document from inputs without errors."""
    if settings.review is None:
        return _compose_plan(inputs.catalogue, settings)
    assert inputs.read is not None  # noqa: S101 -- a review's actuals are read
    assert evaluation is not None  # noqa: S101 -- only errors keep them from being judged
    return _compose_review(
        inputs.catalogue, inputs.read.actuals, evaluation, settings, settings.review
    )


def _compose_plan(catalogue: Catalogue, settings: Settings) -> Document:
    from kpireport.document.plan import compose_plan

    return compose_plan(
        catalogue,
        _metadata(catalogue, settings, catalogue.title),
        council_label=settings.council_label,
        committee=settings.committee,
        as_of=settings.as_of,
        numerals=settings.numerals,
    )


def _compose_review(
    catalogue: Catalogue,
    actuals: Actuals,
    evaluation: Evaluation,
    settings: Settings,
    words: ReviewSettings,
) -> Document:
    from kpireport.document.review import compose_review, review_title
    from kpireport.document.reviews import Review

    review = Review.of(catalogue, actuals, evaluation, settings.numerals, words.orientation)
    return compose_review(
        review,
        words,
        _metadata(catalogue, settings, review_title(review, words)),
        council_label=settings.council_label,
        committee=settings.committee,
    )


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


@dataclass(frozen=True, slots=True)
class _Writing:
    """A composed document, and what its files are to say beside it."""

    document: Document
    settings: Settings
    attachments: tuple[Attachment, ...]
    moment: dt.datetime | None
    base: bytes | None

    def files(self, tell: Progress) -> tuple[NewFile, ...]:
        """Return the finished files in the order of the settings.

        The PDF's layout comes first: the Word file has its page numbers in the contents, and
        repeats the plans' names where its pages begin.
        """
        from kpireport.writers.pdf import lay_out

        outputs = self.settings.outputs
        laid_out = lay_out(self.document)
        files: list[NewFile] = []
        for done, (output_format, path) in enumerate(outputs.items(), start=1):
            tell(done, len(outputs) + 2, f"{path.name} を作っています")
            files.append(NewFile(path, self._file(output_format, laid_out)))
        return tuple(files)

    def _file(self, output_format: OutputFormat, laid_out: LaidOut) -> bytes:
        from kpireport.domain.settings import ChartKind, OutputFormat

        match output_format:
            case OutputFormat.DOCX:
                from kpireport.writers.docx import write_docx

                pages = self._laid_out_in_word(laid_out)
                return write_docx(
                    self.document,
                    base=self.base,
                    page_numbers=pages.page_numbers,
                    row_breaks=pages.table_breaks,
                    moment=self.moment,
                    embed_fonts=self.settings.word.embed_fonts,
                    native_charts=self.settings.word.charts is ChartKind.NATIVE,
                )
            case OutputFormat.PDF:
                from kpireport.writers.pdf import paint

                return paint(laid_out, moment=self.moment, attachments=self.attachments)
            case _:
                assert_never(output_format)

    def _laid_out_in_word(self, laid_out: LaidOut) -> LaidOut:
        """Return the pages to expect in Word: the PDF's, or in a template those of its sizes."""
        if self.base is None:
            return laid_out
        from kpireport.writers.docx.template_looks import theme_of_template
        from kpireport.writers.pdf import lay_out

        return lay_out(self.document, theme=theme_of_template(self.base))


def _tell(warnings: Iterable[Problem], warn: Warn | None) -> None:
    for warning in warnings:
        if warn:
            warn(warning)


def _nobody(_done: int, _total: int, _what: str) -> None:
    """Tell nobody."""
