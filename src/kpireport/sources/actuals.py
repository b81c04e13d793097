"""The departments' yearly actuals: workbooks or CSV to :class:`~kpireport.domain.actuals.Actuals`.

Comes in: the report's file, those of earlier reports, the plan. Goes out: frozen facts
and warnings, or one error that lists all that is wrong with all of the files.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from kpireport.domain.actuals import Actual, Actuals, Override, PlanComment, unreported
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.years import FiscalYear
from kpireport.errors import Problem
from kpireport.sources.actuals_checks import suspicions
from kpireport.sources.actuals_forms import ACTUALS, COMMENTS, FORMS, OVERRIDES, REASON
from kpireport.sources.actuals_merge import merge_actuals, merge_comments, merge_overrides
from kpireport.sources.actuals_rows import (
    Found,
    Scope,
    read_actuals,
    read_comments,
    read_overrides,
    scope_of,
)
from kpireport.sources.cells import Sheet
from kpireport.sources.csv_file import read_csv
from kpireport.sources.findings import CellError, FileFindings, Findings
from kpireport.sources.problems import did_you_mean, quoted
from kpireport.sources.settings import SETTINGS_FILE
from kpireport.sources.tables import Form, Table, find_table
from kpireport.sources.workbook import read_workbook

_Fact = TypeVar("_Fact")

_CSV = ".csv"


def load_actuals(
    path: Path | str,
    catalogue: Catalogue,
    fiscal_year: FiscalYear,
    *,
    earlier: Sequence[Path | str] = (),
    accepted: Collection[str] = (),
    knows_mark: Callable[[str], bool] = bool,
    numerals: NumeralStyle = NumeralStyle.MIXED,
) -> tuple[Actuals, tuple[Problem, ...]]:
    """Read and check the actuals up to a fiscal year.

    Args:
        path: a workbook (.xlsx), a CSV file of the sheet 実績, or a folder of CSV files,
            one per sheet and named as the sheets.
        catalogue: the plan.
        fiscal_year: the year that is reported; no later one may have actuals.
        earlier: the files of earlier reports.
        accepted: ids of subjects whose suspicious values have been confirmed.
        knows_mark: whether the report's scheme has a mark that an override sets.
        numerals: how a bare number of a cell is written in the document.

    Returns:
        The actuals, and warnings: what is possible, but deserves a second look.

    Raises:
        InputError: with every problem of all files, each with its sheet and cell.
    """
    findings = Findings()
    scope = scope_of(catalogue, fiscal_year, knows_mark, numerals)
    _check_settings(catalogue, scope, accepted, findings)
    read = _Read()
    for file in dict.fromkeys(map(Path, (path, *earlier))):
        _read_report(file, scope, findings, read)
    actuals = merge_actuals(read.actuals, findings)
    comments = merge_comments(read.comments, findings)
    overrides = merge_overrides(read.overrides, findings)
    for each, what, remedy in suspicions(actuals, scope):
        if each.fact.subject_id not in accepted:
            findings.of(each.file).warn(each.place, what, remedy)
    warnings = findings.settle()
    return Actuals(_facts(actuals), _facts(comments), _facts(overrides)), warnings


def unreported_problems(
    actuals: Actuals, catalogue: Catalogue, fiscal_year: FiscalYear, path: Path | str
) -> tuple[Problem, ...]:
    """What a final build of the year lacks: one problem per department, its subjects in it.

    Args:
        actuals: what was reported.
        catalogue: the plan.
        fiscal_year: the year that is reported.
        path: the file that the actuals belong in.
    """
    return tuple(
        Problem(
            str(path),
            ACTUALS.name,
            f"{department or '所管課の記入なし'}：{fiscal_year.year}年度の未報告が"
            f"{len(ids)}件あります（{'、'.join(ids)}）。",
            f"実績を書くか、報告できないときは「{REASON}」を書いてください。"
            "設定で draft = true とすれば、未報告のまま案を作れます。",
        )
        for department, ids in unreported(actuals, catalogue, fiscal_year).items()
    )


# --- one report ------------------------------------------------------------------


@dataclass(slots=True)
class _Read:
    """What the sheets of all reports say, this year's first."""

    actuals: list[Found[Actual]] = field(default_factory=list)
    comments: list[Found[PlanComment]] = field(default_factory=list)
    overrides: list[Found[Override]] = field(default_factory=list)


def _read_report(file: Path, scope: Scope, findings: Findings, read: _Read) -> None:
    log = findings.of(file)
    try:
        sheets = _sheets(file, log)
    except CellError as error:
        log.fault("", error)
        return
    if table := _table(ACTUALS, sheets, log):
        read.actuals += read_actuals(table, scope, log)
    if table := _table(COMMENTS, sheets, log):
        read.comments += read_comments(table, scope, log)
    if table := _table(OVERRIDES, sheets, log):
        read.overrides += read_overrides(table, scope, log)


def _table(form: Form, sheets: Mapping[str, Sheet], log: FileFindings) -> Table | None:
    sheet = sheets.get(form.name)
    return find_table(form, sheet, log) if sheet else None


def _sheets(file: Path, log: FileFindings) -> Mapping[str, Sheet]:
    """The sheets that there are, by their forms' names.

    Raises:
        CellError: the file cannot be used at all.
    """
    if file.is_dir():
        return _csv_sheets(file, log)
    if file.suffix.lower() == _CSV:
        return {ACTUALS.name: read_csv(file)}
    workbook = read_workbook(file, [form.name for form in FORMS])
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    for form in FORMS:
        if form.name not in sheets:
            others = [name for name in workbook.names if name not in sheets]
            log.add("", f"シート{quoted(form.name)}がありません。", _mend_sheet(form, others))
    return sheets


def _csv_sheets(folder: Path, log: FileFindings) -> Mapping[str, Sheet]:
    """The sheets in a folder of CSV files; only that of the actuals has to be there."""
    sheets = {}
    for form in FORMS:
        file = folder / f"{form.name}{_CSV}"
        if form is not ACTUALS and not file.exists():
            continue
        try:
            sheets[form.name] = read_csv(file, form.name)
        except CellError as error:
            log.fault(file.name, error)
    return sheets


def _mend_sheet(form: Form, others: list[str]) -> str:
    near = difflib.get_close_matches(form.name, others, n=1, cutoff=0.5)
    if near:
        return f"シート{quoted(near[0])}の名前を{quoted(form.name)}に直してください。"
    titles = "、".join(column.title for column in form.columns)
    return f"シートを加え、見出し（{titles}）を書いてください。見出しの下は空でかまいません。"


def _check_settings(
    catalogue: Catalogue, scope: Scope, accepted: Collection[str], findings: Findings
) -> None:
    """Check what the settings say against the plan, which their reader does not know."""
    log = findings.of(SETTINGS_FILE)
    first, last = scope.first_year.year, last_year_of(catalogue).year
    if not first <= scope.last_year.year <= last:
        log.add(
            "review.fiscal_year",
            f"{scope.last_year.year}年度は、計画の年度ではありません。",
            f"{first} から {last} までの年度を書いてください。",
        )
    for id_ in accepted:
        if id_ not in scope.subjects:
            log.add(
                "review.accept",
                f"id が{quoted(id_)}の指標は、計画にありません。",
                did_you_mean(id_, scope.subjects),
            )


def last_year_of(catalogue: Catalogue) -> FiscalYear:
    """The last fiscal year that something of the plan is due in."""
    deadlines = (each.target.deadline for each in catalogue.indicators() if each.target.deadline)
    return max(catalogue.years.target, catalogue.years.numeric_target, *deadlines)


def _facts(found: Iterable[Found[_Fact]]) -> tuple[_Fact, ...]:
    return tuple(each.fact for each in found)
