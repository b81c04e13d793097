"""Workbooks for the departments to fill in, one each.

Comes in: a report folder. Goes out: a folder of .xlsx files, the same bytes for the same
inputs. A file that is there already is left as it is: it may have been filled in.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from kpireport.archives.container import zip_bytes
from kpireport.collection.assignments import Assignment, Assignments, assignments
from kpireport.collection.comment_sheet import comment_sheet
from kpireport.collection.cover_sheet import Request, cover_sheet
from kpireport.collection.forms import (
    DEPARTMENT_PROPERTY,
    FORM_PROPERTY,
    FORM_VERSION,
    PLAN_PROPERTY,
    YEAR_PROPERTY,
)
from kpireport.collection.inputs import read_inputs
from kpireport.collection.outdated import plan_stamp
from kpireport.collection.register import read_register
from kpireport.collection.value_sheet import SheetFacts, value_sheet
from kpireport.document.editions import SAMPLE_NOTICE
from kpireport.domain.actuals import Actuals
from kpireport.domain.catalogue import Measure
from kpireport.domain.comment_columns import of_departments
from kpireport.domain.names import composed
from kpireport.domain.places import comment_words
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.errors import OutputError, Problem
from kpireport.files import (
    NewFile,
    check_writable,
    is_same_file,
    remove_abandoned,
    write_files,
)
from kpireport.findings import Findings
from kpireport.messages import about, did_you_mean, quoted, shortened, unreadable
from kpireport.ordinary_files import read_ordinary
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.actuals_forms import actuals_form, comment_form
from kpireport.sources.department_names import asked_about, spelt_in_two_ways
from kpireport.sources.file_names import file_name
from kpireport.sources.settings_notices import deadline_example, note_odd_years
from kpireport.writers.xlsx import write_book
from kpireport.writers.xlsx.book import Book

EXTENSION = ".xlsx"
KEPT = "（前の版）"

_MOST_LISTED = 20


class InTheWayError(OutputError):
    """Workbooks that may be filled in have the names of new ones; nothing was written."""


class SheetOutcome(StrEnum):
    """What became of a department's file."""

    WRITTEN = "作成しました"
    UNCHANGED = "前に作ったものと同じなので、そのままです"
    RENEWED = "作り直しました"


@dataclass(frozen=True, slots=True)
class HandedOut:
    """One department's workbook.

    Attributes:
        department: who fills it in.
        path: the file.
        outcome: what was done.
        kept: where the earlier file is now, if it was replaced.
    """

    department: str
    path: Path
    outcome: SheetOutcome
    kept: Path | None = None


def hand_out(
    report_dir: Path | str,
    *,
    output: Path | str | None = None,
    departments: Sequence[str] = (),
    renew: bool = False,
    moment: dt.datetime | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    warn: Callable[[Problem], None] | None = None,
) -> tuple[HandedOut, ...]:
    """Write a workbook for each department that leads something that is due.

    The folder for what comes back is made, too, where it is not there yet.

    Args:
        report_dir: the folder of a review's ``report.toml``.
        output: the folder to write into, instead of the one of the settings.
        departments: those that get one; all without any.
        renew: files that differ are replaced; the earlier ones are kept under another name.
        moment: when the files say that they were made; without one, the report's own date.
        progress: told how many are made, how many in all, and which comes next.
        warn: called for what deserves a second look: no deadline, years that do
            not fit, departments that have nothing to fill in and get no workbook.

    Raises:
        InputError: the inputs cannot be used, or measures have no department.
        OutputError: files that differ are there already (:class:`InTheWayError`), or cannot be
            written; none is written.
    """
    departments = tuple(map(composed, departments))
    inputs = read_inputs(report_dir)
    assigned = assignments(inputs.plan, inputs.actuals, inputs.review_settings.fiscal_year)
    _check(assigned, departments, inputs)
    wanted = departments or tuple(assigned.asked)
    sharing = () if departments else assigned.only_sharing
    if warn is not None:
        for notice in _notices(inputs, assigned, sharing):
            warn(notice)
    folder = inputs.collection_settings.sheets if output is None else Path(output)
    paths = _paths(assigned, folder, inputs.review_settings.fiscal_year)
    books = [assigned.by_department[department] for department in wanted]
    files = _files(books, inputs, moment or _date_of(inputs), progress)
    written = _write({each: paths[each] for each in wanted}, files, renew=renew)
    with suppress(OSError):  # people can make it themselves, and taking in tells them to
        inputs.collection_settings.inbox.mkdir(parents=True, exist_ok=True)
    return written


def handed_out(report: Report) -> dict[str, Path | None]:
    """Return where the departments' workbooks are, by those who are to fill one in.

    ``None`` for a workbook that is not in the folder of the settings.
    """
    year = report.review_settings.fiscal_year
    assigned = assignments(report.plan, report.actuals, year)
    paths = _paths(assigned, report.collection_settings.sheets, year)
    return {each: paths[each] if paths[each].is_file() else None for each in assigned.asked}


def sheets_zip(report: Report) -> bytes:
    """Return the departments' workbooks that there are as one .zip, the same for the same ones.

    Raises:
        OutputError: one of them cannot be read.
    """
    files: dict[str, bytes] = {}
    for path in filter(None, handed_out(report).values()):
        try:
            files[path.name] = read_ordinary(path)
        except OSError as error:
            raise OutputError(str(Problem(str(path), "", *unreadable(error)))) from error
    return zip_bytes(files, _date_of(report))


def _files(
    assigned: Sequence[Assignment],
    inputs: Report,
    moment: dt.datetime,
    progress: Callable[[int, int, str], None] | None,
) -> dict[str, bytes]:
    """Make the departments' workbooks, one after the other."""
    received, year = inputs.collection_settings.received, inputs.review_settings.fiscal_year
    taken = read_register(received, year).words()
    files = {}
    for number, each in enumerate(assigned):
        if progress is not None:
            progress(number, len(assigned), each.department)
        files[each.department] = write_book(department_book(each, inputs, taken), moment=moment)
    return files


def department_book(
    assignment: Assignment,
    inputs: Report,
    taken: Mapping[tuple[str, str], Mapping[str, str]],
) -> Book:
    """Compose the workbook of one department; ``taken`` as :meth:`Register.words` has it."""
    review, catalogue, style = inputs.review_settings, inputs.plan, inputs.settings.numerals
    year = format_fiscal_year(review.fiscal_year)
    notice = SAMPLE_NOTICE if review.is_sample else ""
    title = "".join(catalogue.title)
    header = "　".join(filter(None, (f"{year}実績", assignment.department, notice)))
    earlier = _earlier_years(inputs.actuals, review.fiscal_year)
    words = Words.of(catalogue)
    common = SheetFacts(
        inputs.actuals,
        review.fiscal_year,
        earlier,
        style,
        header,
        taken,
        words,
        comment_words(catalogue),
        inputs.mark_inputs.choices,
        comment_form(of_departments(catalogue.comments)),
        actuals_form(of_departments(catalogue.answers)),
    )
    request = Request(
        catalogue.municipality,
        title,
        review.fiscal_year,
        inputs.collection_settings.deadline,
        inputs.collection_settings.contact,
        style,
        header,
        notice,
        comment_words(catalogue),
    )
    return Book(
        title=f"{year}　実績の報告　{assignment.department}",
        author=inputs.settings.author or catalogue.issuer,
        sheets=(
            cover_sheet(assignment, request),
            value_sheet(assignment, common),
            comment_sheet(assignment, common),
        ),
        properties=(
            (FORM_PROPERTY, FORM_VERSION),
            (YEAR_PROPERTY, str(review.fiscal_year.year)),
            (DEPARTMENT_PROPERTY, assignment.department),
            (PLAN_PROPERTY, plan_stamp(assignment.led)),
        ),
    )


def _earlier_years(actuals: Actuals, fiscal_year: FiscalYear) -> tuple[FiscalYear, ...]:
    """The years before that something is known of, the first one first."""
    known = {each.fiscal_year for each in actuals.entries}
    known |= {each.fiscal_year for each in actuals.comments}
    return tuple(sorted(year for year in known if year < fiscal_year))


def _date_of(inputs: Report) -> dt.datetime:
    return dt.datetime.combine(inputs.settings.date, dt.time(), dt.UTC)


def _paths(assigned: Assignments, folder: Path, fiscal_year: FiscalYear) -> dict[str, Path]:
    """A file for each department, the same whichever of them are asked for."""
    paths: dict[str, Path] = {}
    taken: list[str] = []
    for department in assigned.by_department:
        name = file_name(f"{format_fiscal_year(fiscal_year)}実績_{department}", taken)
        taken.append(name)
        paths[department] = folder / f"{name}{EXTENSION}"
    return paths


# --- what keeps sheets from being handed out -------------------------------------


def _check(assigned: Assignments, departments: Sequence[str], inputs: Report) -> None:
    """Refuse measures without a department, and departments without a measure.

    Raises:
        InputError: with all of them.
    """
    log = Findings("所管課")
    if assigned.unassigned:
        log.take([_nobody(assigned.unassigned, inputs.settings.catalogue)])
    for each in departments:
        if each not in assigned.by_department:
            what = f"{quoted(each)}という所管課は、計画にも実績にもありません。"
            log.add("", what, did_you_mean(each, assigned.asked))
    for each in departments:
        if each in assigned.only_sharing:
            log.add(
                "",
                f"{quoted(each)}には、報告する指標がありません"
                "（ほかの課の指標に、ともに取り組む課です）。",
                "主な所管課のブックだけを作ります。",
            )
    log.settle()


def _nobody(measures: Sequence[Measure], catalogue: Path) -> Problem:
    listed = "、".join(f"{each.id} {about(each.name)}" for each in measures[:_MOST_LISTED])
    more = f"、ほか{len(measures) - _MOST_LISTED}件" if len(measures) > _MOST_LISTED else ""
    return Problem(
        str(catalogue),
        "",
        f"所管課の決まっていない指標が{len(measures)}件あります（{listed}{more}）。",
        "計画のそれぞれの指標の「所管課」か、実績のブックの「所管課」の欄に書いてください。",
    )


def _notices(inputs: Report, assigned: Assignments, sharing: Sequence[str]) -> tuple[Problem, ...]:
    """What deserves a second look; ``sharing`` departments get no workbook."""
    found = Findings(inputs.settings_file)
    note_odd_years(inputs.settings, inputs.folder, found)
    if inputs.collection_settings.deadline is None:
        example = deadline_example(inputs.review_settings.fiscal_year)
        found.warn(
            "collection.deadline",
            "回答期限がありません。表紙には「別にお知らせします。」と書きました。",
            f"[collection] の下に {example}のように書き、作り直してください。",
        )
    for one, other in spelt_in_two_ways(assigned.by_department):
        found.of(inputs.settings.catalogue).warn(
            "",
            f"{asked_about(other, one)}別々の課として、ブックを作ります。",
            "同じ部署なら、計画の所管課の書き方を揃えて、作り直してください。",
        )
    if sharing:
        found.of(inputs.settings.catalogue).warn(
            "",
            f"{'、'.join(map(shortened, sharing))}は、ほかの課の指標にともに取り組む課で、"
            "報告する指標がありません。ブックは作りません。",
            "報告を求めるなら、計画のその指標の「所管課」で、課の名前を初めに書いてください。",
        )
    return found.warnings


# --- writing ---------------------------------------------------------------------


def _write(
    paths: Mapping[str, Path], contents: Mapping[str, bytes], *, renew: bool
) -> tuple[HandedOut, ...]:
    """Write what is new; replace what differs where that is asked for, and keep what it was.

    Raises:
        InTheWayError: there are files that differ, and nobody asked to replace them.
    """
    check_writable(paths.values())
    results, new, in_the_way = [], [], []
    for department, path in paths.items():
        content = contents[department]
        old = _content(path)
        if old == content:
            results.append(HandedOut(department, path, SheetOutcome.UNCHANGED))
            continue
        if old is None:
            results.append(HandedOut(department, path, SheetOutcome.WRITTEN))
        else:
            in_the_way.append(path)
            kept = _kept_before(path, old) or _free_name(path)
            new.append(NewFile(kept, old))
            results.append(HandedOut(department, path, SheetOutcome.RENEWED, kept))
        new.append(NewFile(path, content))
    if in_the_way and not renew:
        raise InTheWayError("\n\n".join(map(str, map(_differs, in_the_way))))
    write_files(new)
    remove_abandoned({path.parent for path in paths.values()})
    return tuple(results)


def _content(path: Path) -> bytes | None:
    return read_ordinary(path) if os.path.lexists(path) else None


def _kept_before(path: Path, content: bytes) -> Path | None:
    """The copy of an earlier file that is there already, as a killed run leaves it."""
    beginning = f"{path.stem}{KEPT[:-1]}"
    beside = sorted(each for each in path.parent.iterdir() if each.stem.startswith(beginning))
    return next((each for each in beside if is_same_file(each, content)), None)


def _free_name(path: Path) -> Path:
    """A name beside a file that nothing has yet: ``…（前の版）.xlsx``, ``…（前の版２）.xlsx``."""
    taken = [each.stem for each in path.parent.iterdir()]
    return path.with_name(f"{file_name(f'{path.stem}{KEPT}', taken)}{path.suffix}")


def _differs(path: Path) -> Problem:
    return Problem(
        str(path),
        "",
        "前に作ったものがあり、今の内容と違います。記入されているかもしれないので、上書きしません。",
        "前のものを「（前の版）」と付けた名前で残して作り直すか、別のフォルダーに作ってください。",
    )
