"""Reading all that a report's settings name, and judging what could be read.

Comes in: settings. Goes out: the plan, the actuals, their evaluation; what is wrong with
them is noted, so that a stage that finds fault hides none of the others': staff hear of
everything at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kpireport.errors import Problem, code_of
from kpireport.findings import Findings

if TYPE_CHECKING:
    from kpireport.document.blocks import Document
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.settings import ReviewSettings, Settings
    from kpireport.evaluation import Evaluation, Scheme
    from kpireport.sources.actuals import ReadActuals


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was read: the plan, and for a review the actuals and, unless faulty, the scheme."""

    catalogue: Catalogue
    scheme: Scheme | None = None
    read: ReadActuals | None = None


def read_inputs(
    settings: Settings, settings_file: Path, found: Findings, *, with_notices: bool = False
) -> Inputs:
    """Read all that the settings name; what is wrong is noted.

    Raises:
        InputError: there is no plan to hold the rest against.
    """
    scheme = _scheme(settings, settings_file, found)
    catalogue = _catalogue(settings, settings_file, found, with_notices=with_notices)
    if catalogue is None:
        found.settle()
        raise AssertionError
    found.take(_settings_notices(settings, settings_file))
    if settings.review is None:
        found.take(_misplaced_year(catalogue, settings, settings_file))
        return Inputs(catalogue)
    read = _actuals(catalogue, settings, settings.review, settings_file, scheme, found)
    return Inputs(catalogue, scheme, read)


def _settings_notices(settings: Settings, settings_file: Path) -> tuple[Problem, ...]:
    from kpireport.sources.settings_notices import settings_notices

    return settings_notices(settings, settings_file)


def lacking(read: ReadActuals | None, settings: Settings) -> tuple[Problem, ...]:
    """What nobody has reported, if the edition may not lack it."""
    is_final = settings.review is not None and not settings.review.is_draft
    return read.unreported if read and is_final else ()


def base_document(settings: Settings, found: Findings) -> bytes | None:
    """The base document of the municipality's own template; ``None`` for ours."""
    template = settings.word.template
    if template is None:
        return None
    from kpireport.sources.word_file import read_word_file
    from kpireport.writers.docx.templates import base_from_template

    base = found.attempt(lambda: base_from_template(read_word_file(template), str(template)))
    if base is None:
        return None
    found.take(base.notices)
    return base.data


def _scheme(settings: Settings, settings_file: Path, found: Findings) -> Scheme | None:
    """The review's scheme; ``None`` where it is faulty or there is no review."""
    from kpireport.evaluation import scheme_from_settings

    review = settings.review
    if review is None:
        return None
    return found.attempt(lambda: scheme_from_settings(review.evaluation, file=str(settings_file)))


def _catalogue(
    settings: Settings, settings_file: Path, found: Findings, *, with_notices: bool
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
        found.take(catalogue_notices(settings.catalogue, catalogue))
    return catalogue


def undrawable(
    document: Document, settings: Settings, settings_file: Path, read: ReadActuals | None
) -> tuple[Problem, ...]:
    """Find the characters that no font draws, at their places in the inputs.

    What is in none of them is told by the chapter of the document that it would stand in.
    """
    from kpireport.sources.characters import find_characters, find_in_rows
    from kpireport.writers.fonts import missing_characters, missing_glyphs

    wanted = missing_characters(document)
    if not wanted:
        return ()
    inputs = (settings_file, settings.catalogue)
    problems = [problem for path in inputs for problem in find_characters(path, wanted)]
    problems += find_in_rows(read.found if read else (), wanted)
    if settings.review is not None:
        told = {
            each for each in wanted if any(code_of(each) in problem.what for problem in problems)
        }
        problems += missing_glyphs(document, str(settings.review.actuals), told)
    return tuple(problems)


def _misplaced_year(
    catalogue: Catalogue, settings: Settings, settings_file: Path
) -> tuple[Problem, ...]:
    """What is wrong with the year that the plan edition is to show, if it has one."""
    if settings.as_of is None:
        return ()
    from kpireport.messages import printable
    from kpireport.sources.actuals import outside_plan

    misplaced = outside_plan(catalogue, settings.as_of)
    return (Problem(printable(str(settings_file)), "as_of", *misplaced),) if misplaced else ()


def _actuals(
    catalogue: Catalogue,
    settings: Settings,
    words: ReviewSettings,
    settings_file: Path,
    scheme: Scheme | None,
    found: Findings,
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
    found.take(read.findings.problems)
    return read


def evaluate_inputs(inputs: Inputs, settings: Settings) -> Evaluation | None:
    """Judge what could be read; ``None`` where there is no way of judging, or nothing to judge."""
    from kpireport.evaluation import evaluate

    read, review = inputs.read, settings.review
    if inputs.scheme is None or read is None or review is None or not read.has_year:
        return None
    return evaluate(inputs.catalogue, read.actuals, review.fiscal_year, inputs.scheme)
