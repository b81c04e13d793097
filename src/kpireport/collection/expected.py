"""What was asked of the departments: the plan, the year, and what is known up to now.

Comes in: a report folder. Goes out: everything that an answer is held against, and the
workbook that takes it. Both have to be sound: an answer cannot be put into a workbook that
nobody can read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kpireport.collection.inputs import read_inputs
from kpireport.collection.own_book import OwnBook, check_own_book, open_book
from kpireport.domain.actuals import Actuals
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.comment_columns import of_departments
from kpireport.domain.histories import History
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.places import commented
from kpireport.domain.reporting import departments_by_measure, due
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.actuals_forms import InputForm, actuals_form, comment_form
from kpireport.sources.actuals_scope import COMPUTED, MarkInputs, Scope, scope_of
from kpireport.sources.department_names import department_key


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer is held against.

    Attributes:
        history: the plan through the years.
        plan: the plan that is in force in the year.
        fiscal_year: the year that is asked for.
        numerals: how a bare number of a cell is written.
        accepted: ids of measures whose suspicious values have been confirmed.
        actuals: what was reported up to now, earlier years included.
        departments: who answers for a measure, by its id, the lead first.
        due: what is to be reported, by id, in printed order.
        plans: who may say something of what is commented on, by its id, in printed order.
        marks: what of the marks people give.
    """

    history: History
    plan: Catalogue
    fiscal_year: FiscalYear
    numerals: NumeralStyle
    accepted: tuple[str, ...]
    actuals: Actuals
    departments: Mapping[str, tuple[str, ...]]
    due: tuple[str, ...]
    plans: Mapping[str, tuple[str, ...]]
    marks: MarkInputs = COMPUTED

    def scope(self) -> Scope:
        """Return what rows may speak of; each reading has its own."""
        return scope_of(self.history, self.fiscal_year, bool, self.numerals, marks=self.marks)

    @property
    def comments(self) -> InputForm:
        """The sheet of the plans' comments, as departments have it."""
        return comment_form(of_departments(self.plan.comments))

    @property
    def values(self) -> InputForm:
        """The sheet of the actuals, with what else departments are asked of their indicators."""
        return actuals_form(of_departments(self.plan.answers))

    def lead(self, measure_id: str) -> str:
        """Return the department that answers for a measure, empty where none is known."""
        return next(iter(self.departments.get(measure_id, ())), "")

    def ids(self) -> frozenset[str]:
        """Return the ids of all measures, and of what is commented on."""
        return frozenset({*self.departments, *self.plans})

    @property
    def all_departments(self) -> tuple[str, ...]:
        """Every department that is known, in printed order."""
        known = (*self.departments.values(), *self.plans.values())
        return tuple(dict.fromkeys(each for departments in known for each in departments))

    def named_in(self, name: str) -> str:
        """Return the one department that a file's name speaks of, empty for none or several.

        That tells people whose a file may be; nothing is taken for it.
        """
        return department_named(name, self.all_departments)


def department_named(name: str, departments: Iterable[str]) -> str:
    """Return the one of some departments that a name speaks of, empty for none or several."""
    said = department_key(name)
    named = {each for each in departments if each and department_key(each) in said}
    # 学校教育課 has 教育課 in its own name
    inner = {one for one in named for other in named - {one} if one in other}
    return next(iter(named - inner)) if len(named - inner) == 1 else ""


@dataclass(frozen=True, slots=True)
class ReportFolder:
    """A report folder whose inputs are sound."""

    inputs: Report
    expected: Expected
    own: OwnBook


def open_report(inputs: Report) -> ReportFolder:
    """Read the settings, the plan and the actuals of a report folder.

    Raises:
        InputError: one of them cannot be used, or the folder collects nothing.
    """
    check_own_book(inputs)
    read_inputs(inputs)
    return folder_of(inputs)


def folder_of(inputs: Report) -> ReportFolder:
    """Return the folder of a report whose sheets are there, whatever is wrong with their rows."""
    review, plan = inputs.review_settings, inputs.plan
    departments = departments_by_measure(plan, inputs.actuals)
    expected = Expected(
        history=inputs.history,
        plan=plan,
        fiscal_year=review.fiscal_year,
        numerals=inputs.settings.numerals,
        accepted=review.accepted,
        actuals=inputs.actuals,
        departments=departments,
        due=tuple(due(inputs.actuals, plan, review.fiscal_year)),
        plans=_departments_of_plans(plan, departments),
        marks=inputs.mark_inputs,
    )
    return ReportFolder(inputs, expected, open_book(inputs, review.fiscal_year))


def of_earlier_year(folder: ReportFolder, year: FiscalYear) -> ReportFolder:
    """Return the folder with its workbook's rows of a year before the report's.

    They add what came late, and correct what earlier reports said.
    """
    plan = folder.expected.history.in_force(year)
    expected = replace(folder.expected, plan=plan, fiscal_year=year)
    return ReportFolder(folder.inputs, expected, open_book(folder.inputs, year))


def _departments_of_plans(
    catalogue: Catalogue, departments: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {
        place.id: tuple(
            dict.fromkeys(
                (
                    *place.unit.departments,
                    *(each for row in place.indicators() for each in departments[row.id]),
                )
            )
        )
        for place in commented(catalogue)
    }
