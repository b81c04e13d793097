"""What was asked of the departments: the plan, the year, and what is known up to now.

Comes in: a report folder. Goes out: everything that an answer is held against, and the
workbook that takes it. Both have to be sound: an answer cannot be put into a workbook that
nobody can read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kpireport.collection.inputs import Inputs, read_inputs
from kpireport.domain.actuals import Actual, Actuals, PlanComment
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.reporting import departments_by_measure, due
from kpireport.domain.years import FiscalYear
from kpireport.findings import Findings
from kpireport.sources.actuals import ReadActuals, read_reports
from kpireport.sources.actuals_forms import ACTUALS, COMMENTS
from kpireport.sources.actuals_rows import Found, Scope, measure_and_year, plain_name, scope_of
from kpireport.sources.package import read_package
from kpireport.sources.settings import SETTINGS_FILE, is_there, load_settings
from kpireport.sources.tables import Record, Table, find_table
from kpireport.sources.workbook import read_workbook, sheet_part, styles_part


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer is held against.

    Attributes:
        decided: the plan as decided, with its revisions.
        plan: the plan that is in force in the year.
        fiscal_year: the year that is asked for.
        numerals: how a bare number of a cell is written.
        accepted: ids of measures whose suspicious values have been confirmed.
        actuals: what was reported up to now, earlier years included.
        departments: who answers for a measure, by its id, the lead first.
        due: what is to be reported, by id, in printed order.
        plans: who may say something of a plan, by its id, in printed order.
    """

    decided: Catalogue
    plan: Catalogue
    fiscal_year: FiscalYear
    numerals: NumeralStyle
    accepted: tuple[str, ...]
    actuals: Actuals
    departments: Mapping[str, tuple[str, ...]]
    due: tuple[str, ...]
    plans: Mapping[str, tuple[str, ...]]

    def scope(self) -> Scope:
        """Return what rows may speak of; each reading has its own."""
        return scope_of(self.decided, self.fiscal_year, bool, self.numerals)

    def lead(self, measure_id: str) -> str:
        """Return the department that answers for a measure, empty where none is known."""
        return next(iter(self.departments.get(measure_id, ())), "")

    def ids(self) -> frozenset[str]:
        """Return the ids of all measures and plans."""
        return frozenset({*self.departments, *self.plans})

    @property
    def all_departments(self) -> tuple[str, ...]:
        """Every department that is known, in printed order."""
        named = (each for departments in self.departments.values() for each in departments)
        return tuple(dict.fromkeys(named))

    def named_in(self, name: str) -> str:
        """Return the one department that a file's name speaks of, empty for none or several.

        That tells people whose a file may be; nothing is taken for it.
        """
        said = plain_name(name)
        named = {each for each in self.all_departments if each and plain_name(each) in said}
        # 学校教育課 has 教育課 in its own name
        inner = {one for one in named for other in named - {one} if one in other}
        return next(iter(named - inner)) if len(named - inner) == 1 else ""


@dataclass(frozen=True, slots=True)
class OwnBook:
    """The report's own workbook (``actuals.xlsx``) as it is.

    Attributes:
        path: its file.
        data: its bytes.
        tables: its sheets by name, with their titles found.
        parts: where those sheets are in the package.
        styles_part: likewise the looks of cells, empty for none.
        actuals: the rows of the year that is asked for, by measure's id.
        comments: likewise of the plans.
        prepared: the rows of the year's plans, those that are still to be filled in included.
        read: all that was read, earlier reports included.
    """

    path: Path
    data: bytes
    tables: Mapping[str, Table]
    parts: Mapping[str, str]
    styles_part: str
    actuals: Mapping[str, Found[Actual]]
    comments: Mapping[str, Found[PlanComment]]
    prepared: Mapping[str, Record]
    read: ReadActuals

    def row(self, sheet: str, id_: str) -> Record | None:
        """Return the row of a measure or plan in a sheet, if it has one."""
        if sheet == COMMENTS.name:
            return self.prepared.get(id_)
        return self.actuals[id_].record if id_ in self.actuals else None


@dataclass(frozen=True, slots=True)
class ReportFolder:
    """A report folder whose inputs are sound."""

    inputs: Inputs
    expected: Expected
    own: OwnBook


def open_report(folder: Path) -> ReportFolder:
    """Read the settings, the plan and the actuals of a report folder.

    Raises:
        InputError: one of them cannot be used, or the folder collects nothing.
    """
    _check_workbook(folder)
    inputs = read_inputs(folder)
    review, plan = inputs.review, inputs.plan
    departments = departments_by_measure(plan, inputs.actuals)
    expected = Expected(
        decided=inputs.catalogue,
        plan=plan,
        fiscal_year=review.fiscal_year,
        numerals=inputs.settings.numerals,
        accepted=review.accepted,
        actuals=inputs.actuals,
        departments=departments,
        due=tuple(due(inputs.actuals, plan, review.fiscal_year)),
        plans=_departments_of_plans(plan, departments),
    )
    return ReportFolder(
        inputs, expected, open_book(review.actuals, review.fiscal_year, inputs.read)
    )


def read_again(report: ReportFolder, actuals: Path) -> ReadActuals:
    """Read another file in the place of the report's workbook, as a build would."""
    inputs = report.inputs
    return read_reports(
        actuals,
        inputs.catalogue,
        inputs.review.fiscal_year,
        earlier=inputs.review.earlier,
        accepted=inputs.review.accepted,
        numerals=inputs.settings.numerals,
    )


def open_book(path: Path, fiscal_year: FiscalYear, read: ReadActuals) -> OwnBook:
    """Return the report's workbook with the places of what was read from it."""
    data = read_package(path)
    findings = Findings(path)
    sheets = {
        sheet.name: sheet for sheet in read_workbook(data, [ACTUALS.name, COMMENTS.name]).sheets
    }
    tables = {}
    for form in (ACTUALS, COMMENTS):
        table = find_table(form, sheets[form.name], findings)
        assert table is not None  # noqa: S101 - it has been read before
        tables[form.name] = table
    own = [
        each
        for each in read.found
        if each.file == findings.file and each.fact.fiscal_year == fiscal_year
    ]
    comments = {each.fact.plan_id: each for each in own if isinstance(each.fact, PlanComment)}
    return OwnBook(
        path=path,
        data=data,
        tables=tables,
        parts={name: sheet_part(data, name) for name in tables},
        styles_part=styles_part(data),
        actuals={each.fact.measure_id: each for each in own if isinstance(each.fact, Actual)},
        comments=comments,
        prepared=_prepared(tables[COMMENTS.name], fiscal_year)
        | {id_: each.record for id_, each in comments.items()},
        read=read,
    )


def _prepared(table: Table, fiscal_year: FiscalYear) -> dict[str, Record]:
    """The rows of plans that a year has, filled in or not: the first of each."""
    rows: dict[str, Record] = {}
    for record in table.records():
        if (found := measure_and_year(record)) and found[1] == fiscal_year:
            rows.setdefault(found[0], record)
    return rows


def _check_workbook(folder: Path) -> None:
    """Refuse settings whose actuals are no workbook, or are not there yet.

    Raises:
        InputError: with how to mend that.
    """
    review = load_settings(folder).review
    if review is None:  # the inputs' reader will say so
        return
    path, log = review.actuals, Findings(folder / SETTINGS_FILE)
    if path.is_dir() or path.suffix.lower() != ".xlsx":
        log.fail(
            "review.actuals",
            "返ってきたブックを集められるのは、Excelのブック（.xlsx）だけです。",
            "CSVの内容を actuals.xlsx に移し、actuals に actuals.xlsx と書いてください。",
        )
    if not is_there(path):
        log.fail(
            "review.actuals",
            f"実績のブック（{path}）が、まだありません。",
            "kpireport collect を --dry-run を付けずに実行すると、空のものができます。",
        )


def _departments_of_plans(
    catalogue: Catalogue, departments: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {
        plan.id: tuple(
            dict.fromkeys(
                department
                for indicator in plan.indicators()
                for department in departments[indicator.id]
            )
        )
        for goal in catalogue.goals
        for plan in goal.plans
    }
