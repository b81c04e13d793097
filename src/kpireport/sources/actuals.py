"""The departments' yearly actuals: workbooks or CSV to :class:`~kpireport.domain.actuals.Actuals`.

Comes in: the report's file, those of earlier reports, the plan. Goes out: frozen facts
and warnings, or one error that lists all that is wrong with all of the files.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, TypeVar

from kpireport.domain.actuals import Actual, Actuals, Override, PlanComment
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.corrections import find_corrections
from kpireport.domain.histories import History, in_force
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.reporting import unreported
from kpireport.domain.settings import MOST_MAIN_CHARTS
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.errors import CellError, Problem
from kpireport.findings import Findings
from kpireport.messages import (
    about,
    did_you_mean,
    printable,
    quoted,
    unreadable,
    western_year,
)
from kpireport.sources.actuals_doubts import note_doubts
from kpireport.sources.actuals_forms import (
    ACTUALS,
    COMMENTS,
    OVERRIDES,
    REASON,
    SHEETS,
    InputForm,
)
from kpireport.sources.actuals_merge import (
    merge_actuals,
    merge_comments,
    merge_overrides,
    shown,
)
from kpireport.sources.actuals_rows import Found, read_actuals, read_comments, read_overrides
from kpireport.sources.actuals_scope import COMPUTED, MarkInputs, Scope, scope_of
from kpireport.sources.cells import SheetCells
from kpireport.sources.csv_file import read_csv
from kpireport.sources.formats import FileKind, fault_of_book
from kpireport.sources.settings import SETTINGS_FILE, is_there, missing_file
from kpireport.sources.titled_tables import Form, Table, find_table
from kpireport.sources.workbook import OpenedBooks
from kpireport.sources.years_in_force import outside_plan

_Fact = TypeVar("_Fact")

FoundFact: TypeAlias = Found[Actual] | Found[PlanComment] | Found[Override]

_CSV = ".csv"


def load_actuals(
    path: Path | str,
    catalogue: Catalogue,
    fiscal_year: FiscalYear,
    *,
    earlier: Sequence[Path | str] = (),
    accepted: Collection[str] = (),
    knows_mark: Callable[[str], bool] = bool,
    marks: MarkInputs = COMPUTED,
    numerals: NumeralStyle = NumeralStyle.MIXED,
) -> tuple[Actuals, tuple[Problem, ...]]:
    """Read and check the actuals up to a fiscal year.

    Args:
        path: a workbook (.xlsx), a CSV file of the sheet 実績, or a folder of CSV files,
            one per sheet and named as the sheets.
        catalogue: the plan.
        fiscal_year: the year that is reported; no later one may have actuals.
        earlier: the files of earlier reports.
        accepted: ids of measures whose suspicious values have been confirmed.
        knows_mark: whether the report's scheme has a mark that an override sets.
        marks: what of the marks people give.
        numerals: how a bare number of a cell is written in the document.

    Returns:
        The actuals, and warnings: what is possible, but deserves a second look.

    Raises:
        InputError: with every problem of all files, each with its sheet and cell.
    """
    read = read_reports(
        path,
        catalogue,
        fiscal_year,
        earlier=earlier,
        accepted=accepted,
        knows_mark=knows_mark,
        marks=marks,
        numerals=numerals,
    )
    read.findings.settle()
    return read.actuals, read.findings.warnings


@dataclass(frozen=True, slots=True)
class ReadActuals:
    """What was read from all reports, and what was found on the way.

    Attributes:
        actuals: what could be read.
        findings: what keeps them from being used, and what deserves a second look.
        unreported: what a final edition lacks, one problem per department. What was meant to
            be reported, but cannot be read, is among the errors and not here.
        found: the same facts with the places that they were read from.
        values: this year's sheet of actuals, where there is one.
        comments: this year's sheet of the plans' comments, where there is one.
        faulty: the measures of this year's rows with a fault.
        has_year: whether the rows of the reported year, one of the plan's, were found at all;
            else nothing can be said of what is missing.
    """

    actuals: Actuals
    findings: Findings
    unreported: tuple[Problem, ...]
    found: tuple[FoundFact, ...]
    values: Table | None
    comments: Table | None
    faulty: frozenset[str]
    has_year: bool


def read_reports(
    path: Path | str,
    plan: Catalogue | History,
    fiscal_year: FiscalYear,
    *,
    earlier: Sequence[Path | str] = (),
    accepted: Collection[str] = (),
    charted: Collection[str] = (),
    knows_mark: Callable[[str], bool] = bool,
    marks: MarkInputs = COMPUTED,
    numerals: NumeralStyle = NumeralStyle.MIXED,
    settings_file: Path | str = SETTINGS_FILE,
    books: OpenedBooks | None = None,
) -> ReadActuals:
    """Read the actuals up to a fiscal year; everything wrong is noted, nothing is raised.

    Args:
        path: a workbook (.xlsx), a CSV file of the sheet 実績, or a folder of CSV files,
            one per sheet and named as the sheets.
        plan: the plan as decided, with its revisions, or its history where that is known.
        fiscal_year: the year that is reported; no later one may have actuals.
        earlier: the files of earlier reports.
        accepted: ids of measures whose suspicious values have been confirmed.
        charted: ids of the most telling indicators, as the settings name them.
        knows_mark: whether the report's scheme has a mark that an override sets.
        marks: what of the marks people give.
        numerals: how a bare number of a cell is written in the document.
        settings_file: where the year and these ids are written, for messages.
        books: the workbooks that are open already.
    """
    findings = Findings(settings_file, accepted=accepted)
    scope = scope_of(plan, fiscal_year, knows_mark, numerals, marks=marks)
    findings.wording = Words.of(scope.history.decided).put_into
    is_planned = _check_settings(scope, accepted, charted, findings)
    books = books or OpenedBooks(SHEETS)
    read = _read_all(Path(path), earlier, scope, findings, books)
    actuals = merge_actuals(read.actuals, findings)
    comments = merge_comments(read.comments, findings)
    overrides = merge_overrides(read.overrides, findings)
    note_doubts(actuals, (*comments, *overrides), scope, findings)
    before = _known_before(read.actuals, findings.of(path).file)
    facts = Actuals(_facts(actuals), _facts(comments), _facts(overrides), before=before)
    _warn_of_corrections(actuals, facts, fiscal_year, findings)
    has_year = is_planned and read.own_actuals is not None
    unreported = unreported_problems(
        facts, scope.history.in_force(fiscal_year), fiscal_year, path, besides=read.faulty
    )
    return ReadActuals(
        actuals=facts,
        findings=findings,
        unreported=unreported if has_year else (),  # else everything would be
        found=(*actuals, *comments, *overrides),
        values=read.own_actuals,
        comments=read.own_comments,
        faulty=frozenset(read.faulty),
        has_year=has_year,
    )


def _known_before(found: Sequence[Found[Actual]], own: str) -> Actuals | None:
    """What the earlier reports knew without this year's; ``None`` where there are none."""
    earlier = [each for each in found if each.file != own]
    return Actuals(_facts(merge_actuals(earlier, Findings(own)))) if earlier else None


def _warn_of_corrections(
    found: Iterable[Found[Actual]], facts: Actuals, fiscal_year: FiscalYear, findings: Findings
) -> None:
    """Tell of values that replace others: a slip of the year looks the same."""
    places = {(each.fact.measure_id, each.fact.fiscal_year): each for each in found}
    for correction in find_corrections(facts, fiscal_year):
        if correction.is_late or correction.is_final or correction.before is None:
            continue
        new = correction.actual
        each = places[new.measure_id, new.fiscal_year]
        findings.of(each.file).about(each.about, new.measure_id, new.department).warn(
            each.place,
            f"{format_fiscal_year(new.fiscal_year)}の実績が{shown(new)}ですが、前の年度の報告では"
            f"{shown(correction.before)}でした。訂正として使い、報告書にそのことを書きます。",
            "訂正でなければ、この行を消してください。",
        )


def unreported_problems(
    actuals: Actuals,
    catalogue: Catalogue,
    fiscal_year: FiscalYear,
    path: Path | str,
    *,
    besides: Collection[str] = (),
) -> tuple[Problem, ...]:
    """What a final build of the year lacks: one problem per department, its measures in it.

    Args:
        actuals: what was reported.
        catalogue: the plan.
        fiscal_year: the year that is reported.
        path: the file that the actuals belong in.
        besides: measures that are spoken of elsewhere.
    """
    names = {each.id: about(each.name) for each in in_force(catalogue, fiscal_year).measures()}
    year = format_fiscal_year(fiscal_year)
    missing = unreported(actuals, catalogue, fiscal_year).items()
    by_department = (
        (department, [id_ for id_ in ids if id_ not in besides]) for department, ids in missing
    )
    return tuple(
        Problem(
            printable(str(path)),
            ACTUALS.name,
            f"{department or '所管課の記入なし'}：{year}の未報告が{len(ids)}件あります"
            f"（{'、'.join(f'{id_} {names[id_]}' for id_ in ids)}）。",
            f"実績を書くか、報告できないときは「{REASON}」を書いてください。"
            "設定で draft = true とすれば、未報告のまま案を作れます。",
            department=department,
        )
        for department, ids in by_department
        if ids
    )


# --- one report ------------------------------------------------------------------


@dataclass(slots=True)
class _Read:
    """What the sheets of all reports say, this year's first.

    ``faulty`` are the measures of this year's rows with a fault; ``own_actuals`` and
    ``own_comments`` are this year's sheets of them, where these were found.
    """

    actuals: list[Found[Actual]] = field(default_factory=list)
    comments: list[Found[PlanComment]] = field(default_factory=list)
    overrides: list[Found[Override]] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    own_actuals: Table | None = None
    own_comments: Table | None = None


def _read_all(
    own: Path,
    earlier: Sequence[Path | str],
    scope: Scope,
    findings: Findings,
    books: OpenedBooks,
) -> _Read:
    """Read this year's report and earlier ones; a file that is not there is noted."""
    read = _Read()
    for file in dict.fromkeys((own, *map(Path, earlier))):
        is_own = file == own
        if file not in books and not is_there(file):
            setting = "actuals" if is_own else "earlier"
            what, remedy = missing_file(setting, "実績", file)
            findings.add(f"review.{setting}", what, remedy)
            continue
        tables = _read_report(file, scope, findings, books, read, scope.forms(is_own=is_own))
        if is_own:
            read.own_actuals = tables.get(ACTUALS.name)
            read.own_comments = tables.get(COMMENTS)
    return read


def _read_report(
    file: Path,
    scope: Scope,
    findings: Findings,
    books: OpenedBooks,
    read: _Read,
    forms: tuple[InputForm, InputForm],
) -> Mapping[str, Table]:
    """Read one report's sheets; return those of actuals and of comments, by name, if found."""
    log = findings.of(file)
    actuals, comments = forms
    try:
        sheets = _sheets(file, scope, books, log)
    except CellError as error:
        log.fault("", error)
        return {}
    except OSError as error:  # of asking what there is
        log.add("", *unreadable(error))
        return {}
    tables = dict[str, Table]()
    if table := _table(actuals, sheets, log):
        tables[ACTUALS.name] = table
        read.actuals += read_actuals(table, scope, log, read.faulty)
    if table := _table(comments, sheets, log):
        tables[COMMENTS] = table
        read.comments += read_comments(table, scope, log)
    if table := _table(OVERRIDES, sheets, log):
        read.overrides += read_overrides(table, scope, log)
    return tables


def _table(form: Form, sheets: Mapping[str, SheetCells], log: Findings) -> Table | None:
    sheet = sheets.get(form.name)
    return find_table(form, sheet, log) if sheet else None


def _sheets(
    file: Path, scope: Scope, books: OpenedBooks, log: Findings
) -> Mapping[str, SheetCells]:
    """The sheets that there are, by their forms' names.

    Raises:
        CellError: the file cannot be used at all.
    """
    if file.is_dir():
        return _csv_sheets(file, log)
    if file.suffix.lower() == _CSV:
        return {ACTUALS.name: read_csv(file)}
    _, workbook = books.open(file)
    if fault := fault_of_book(FileKind.ACTUALS, workbook.properties):
        raise CellError(*fault)
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    for form in (scope.actuals, scope.comments, OVERRIDES):
        is_needed = scope.marks.has_overrides or form is not OVERRIDES
        if is_needed and form.name not in sheets:
            others = [name for name in workbook.names if name not in sheets]
            log.add("", f"シート{quoted(form.name)}がありません。", _mend_sheet(form, others))
    return sheets


def _csv_sheets(folder: Path, log: Findings) -> Mapping[str, SheetCells]:
    """The sheets in a folder of CSV files; only that of the actuals has to be there."""
    sheets = {}
    for name in SHEETS:
        file = folder / f"{name}{_CSV}"
        if name != ACTUALS.name and not file.exists():
            continue
        try:
            sheets[name] = read_csv(file, name)
        except CellError as error:
            log.fault(file.name, error)
    return sheets


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that are read for a path of the settings: itself, or those of its folder."""
    if not path.is_dir():
        return (path,)
    named = (path / f"{name}{_CSV}" for name in SHEETS)
    return tuple(file for file in named if file.exists())


def _mend_sheet(form: Form, others: list[str]) -> str:
    near = difflib.get_close_matches(form.name, others, n=1, cutoff=0.5)
    if near:
        return f"シート{quoted(near[0])}の名前を{quoted(form.name)}に直してください。"
    titles = "、".join(column.title for column in form.columns)
    return f"シートを加え、見出し（{titles}）を書いてください。見出しの下は空でかまいません。"


def _check_settings(
    scope: Scope, accepted: Collection[str], charted: Collection[str], log: Findings
) -> bool:
    """Check what the settings say against the plan; tell whether it has the reported year."""
    misplaced = outside_plan(scope.history, scope.last_year)
    if misplaced:
        log.add("review.fiscal_year", *misplaced)
    known = {*scope.measures, *scope.plans}
    for id_ in accepted:
        if id_ not in known:
            what = f"記号が{quoted(id_)}の指標は、計画にありません。"
            log.add("review.accept", what, did_you_mean(id_, known))
    _check_charted(scope, charted, log)
    return misplaced is None


def _check_charted(scope: Scope, charted: Collection[str], log: Findings) -> None:
    """Check that what is to have a chart is an indicator of the year's plan."""
    plan = scope.history.in_force(scope.last_year)
    surveyed = {each.id for each in plan.numeric_targets()}
    valid = [each.id for each in plan.indicators()]
    for id_ in charted:
        if id_ in valid:
            continue
        what = f"記号が{quoted(id_)}の指標は、{western_year(scope.last_year)}の計画にありません。"
        if id_ in surveyed:
            what = f"{quoted(id_)}は数値目標の記号です。ここには指標の記号を書きます。"
        log.add("review.main_charts", what, did_you_mean(id_, valid))
    for goal in plan.goals:
        named = [each.id for each in goal.indicators() if each.id in charted]
        if len(named) > MOST_MAIN_CHARTS:
            log.add(
                "review.main_charts",
                f"{quoted(goal.head)}の指標の記号が{len(named)}個あります（{'、'.join(named)}）。",
                f"１つの基本目標につき、{MOST_MAIN_CHARTS}個までにしてください。",
            )


def _facts(found: Iterable[Found[_Fact]]) -> tuple[_Fact, ...]:
    return tuple(each.fact for each in found)
