"""Where the collection of a year's actuals stands, as frozen facts.

A board has the departments that report, each with its indicators and numeric targets (its
measures): what was reported, what is missing, what is wrong or odd, and the judgement
to come.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path

from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.wording import USUAL_WORDS, Words
from kpireport.domain.years import FiscalYear
from kpireport.errors import Problem, Severity
from kpireport.evaluation import Mark, MarkCounts, Scheme
from kpireport.quickly import dataclass

NO_DEPARTMENT = "所管課の記入なし"


class MeasureState(StrEnum):
    """How far the report on one measure is; each has exactly one."""

    REFUSED = "要修正"  # what was reported or sent back cannot be used
    UNREPORTED = "未報告"
    EXPLAINED = "理由あり"  # not reported, with a reason
    REPORTED = "報告済み"
    NO_SURVEY = "調査なし"  # there is no survey in the year: nothing is to be reported


class DepartmentState(StrEnum):
    """What a department's reports amount to, the most urgent first."""

    REFUSED = "要修正"
    UNREPORTED = "未報告"  # nothing of it at all
    INCOMPLETE = "一部未報告"
    DOUBTFUL = "要確認"  # all there, something of it odd
    DONE = "済み"


@dataclass(frozen=True, slots=True)
class MeasureStatus:
    """One indicator or numeric target.

    Attributes:
        id: of the plan.
        name: on one line.
        plan: the label of its plan, or that of all numeric targets.
        departments: that which reports it, then the others that work on it.
        baseline: 現状値 as printed.
        target: 目標値 as printed.
        previous: the actual of the year before as reported; empty where there is none.
        actual: that of the year; empty where there is none that can be used.
        explanation: why it is not reported, in the department's words.
        state: how far the report is.
        mark: the judgement to come, a person's before the computed one; ``None`` where it
            cannot be told: because of an error about the measure or in the scheme.
        reason: why that mark, in words.
        is_overridden: a person set the mark.
        problems: what is wrong with it, and what is odd.
        unit: that it states apart from its values; empty for none.
        aim: the year's own target as printed; empty for none.
        within: the number and name of its goal and sections, by the board's ``levels``; empty
            where it stands in none.
    """

    id: str
    name: str
    plan: str
    departments: tuple[str, ...]
    baseline: str
    target: str
    previous: str
    actual: str
    explanation: str
    state: MeasureState
    mark: Mark | None
    reason: str
    is_overridden: bool
    problems: tuple[Problem, ...]
    unit: str = ""
    aim: str = ""
    within: tuple[str, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether something deserves a second look, but nothing is wrong."""
        return self.state is not MeasureState.REFUSED and bool(self.problems)


@dataclass(frozen=True, slots=True)
class DepartmentStatus:
    """One department (所管課), empty ``name`` for what nobody is known to report.

    Attributes:
        name: of the department.
        measures: what it reports, in printed order.
        problems: name the department, but no measure of the plan.
        refusals: what it sent back that could not be used, of its measures and beside them.
        is_all_refused: nothing of what it sent back could be read: what it has not reported
            may well be in there.
        is_undecided: several versions came back, and nobody has said which one counts.
    """

    name: str
    measures: tuple[MeasureStatus, ...]
    problems: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    is_all_refused: bool = False
    is_undecided: bool = False

    @property
    def label(self) -> str:
        """What the department is called on a board."""
        return self.name or NO_DEPARTMENT

    def of(self, state: MeasureState) -> tuple[MeasureStatus, ...]:
        """The measures in a state, in printed order."""
        return tuple(each for each in self.measures if each.state is state)

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all is reported of what there is to report."""
        without_survey = len(self.of(MeasureState.NO_SURVEY))
        return len(self.of(MeasureState.UNREPORTED)) == len(self.measures) - without_survey

    @property
    def doubtful(self) -> tuple[MeasureStatus, ...]:
        """The measures of which something is odd, in printed order."""
        return tuple(each for each in self.measures if each.is_doubtful)

    @property
    def to_mend(self) -> tuple[Problem, ...]:
        """What the department itself has to mend of what it sent back."""
        return tuple(each for each in self.refusals if not each.is_ours)

    @property
    def beside(self) -> tuple[Problem, ...]:
        """What is wrong or odd beside its measures: a comment, a row of another plan, a file."""
        own = {each.id for each in self.measures}
        return (*self.problems, *(each for each in self.refusals if each.measure_id not in own))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What is wrong beside its measures."""
        return tuple(each for each in self.beside if each.severity is Severity.ERROR)

    @property
    def questions(self) -> tuple[Problem, ...]:
        """What is odd beside its measures."""
        return tuple(each for each in self.beside if each.severity is Severity.WARNING)

    @property
    def state(self) -> DepartmentState:
        """The most urgent of what there is."""
        missing = self.of(MeasureState.UNREPORTED)
        if self.of(MeasureState.REFUSED) or self.errors:
            return DepartmentState.REFUSED
        if missing:
            return DepartmentState.UNREPORTED if self.is_silent else DepartmentState.INCOMPLETE
        if self.doubtful or self.problems:
            return DepartmentState.DOUBTFUL
        return DepartmentState.DONE


@dataclass(frozen=True, slots=True)
class Marks:
    """How many stand at each mark, as far as that can be told.

    Attributes:
        indicators: of the indicators.
        numeric_targets: of the numeric targets.
        rolled: of plans and goals, by what these are called, where they have marks.
    """

    indicators: MarkCounts
    numeric_targets: MarkCounts
    rolled: tuple[tuple[str, MarkCounts], ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """The state of a year's collection.

    Attributes:
        title: the plan's, on one line.
        issuer: the municipality, as it is printed.
        fiscal_year: the year that is reported.
        measures: all that has to be reported, that there is no survey of in the year, or that
            something is wrong with, in the plan's order.
        departments: the same by who reports it, in the order of their first.
        errors: all that keeps the report from being built, of whomsoever.
        warnings: all that deserves a second look, of whomsoever.
        marks: the judgements to come; ``None`` where the scheme is faulty or has no marks.
        deadline: by when the departments answer, ``None`` for none set.
        contact: whom they ask, empty for nobody.
        today: ``None`` where nobody said.
        date: of the board: today where that is known, else the report's own date.
        waiting: what came back and has not been taken in yet: its departments may have
            reported.
        refusals: what came back and could not be used, or not yet, of whomsoever.
        is_draft: 作成中: what is not reported does not keep the report from being built.
        is_sample: the figures are invented.
        numerals: how numbers are written in generated text.
        words: what the plan calls its parts.
        scheme: the way of judging; ``None`` where it is faulty.
        levels: what the goals and the sections in them are called; nothing in a plan without
            sections.
    """

    title: str
    issuer: str
    fiscal_year: FiscalYear
    measures: tuple[MeasureStatus, ...]
    departments: tuple[DepartmentStatus, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    marks: Marks | None
    deadline: dt.date | None
    contact: str
    today: dt.date | None
    date: dt.date
    waiting: tuple[Path, ...]
    refusals: tuple[Problem, ...]
    is_draft: bool
    is_sample: bool
    numerals: NumeralStyle
    words: Words = USUAL_WORDS
    scheme: Scheme | None = None
    levels: tuple[str, ...] = ()

    @property
    def has_marks(self) -> bool:
        """Whether the report has marks at all."""
        return self.scheme is None or self.scheme.has_marks

    @property
    def has_rules(self) -> bool:
        """Whether its marks follow from the values, so that there are reasons to tell."""
        return self.scheme is None or self.scheme.has_rules

    @property
    def is_complete(self) -> bool:
        """Whether everything is reported, or a reason is given, and nothing is refused."""
        answered = (MeasureState.REPORTED, MeasureState.EXPLAINED, MeasureState.NO_SURVEY)
        return (
            not self.errors
            and all(each.state in answered for each in self.measures)
            and not any(each.errors for each in self.departments)
        )
