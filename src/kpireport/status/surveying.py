"""From a report folder to the board of who has reported what.

Comes in: a report that was looked through (:meth:`kpireport.reports.Report.inspected`). Goes out: a
:class:`~kpireport.status.boards.Board`. Errors in the actuals are its content, and keep
nothing else from being shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kpireport.collection.withdrawn import still_open
from kpireport.document.judgements import describe_reason
from kpireport.document.place_labels import measure_labels
from kpireport.document.reviews import actual_text
from kpireport.document.rolled import level_names
from kpireport.document.texts import goal_head
from kpireport.domain.actuals import Actual, Actuals
from kpireport.domain.catalogue import Catalogue, Measure, unit_of
from kpireport.domain.names import in_one_line, labelled
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.places import named_levels
from kpireport.domain.reporting import (
    departments_by_measure,
    due,
    lacks_survey,
    reporters,
)
from kpireport.domain.settings import ReviewSettings
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear
from kpireport.errors import Problem
from kpireport.evaluation import Evaluation, Judgement, MarkCounts
from kpireport.evaluation.reasons import Chosen
from kpireport.evaluation.summaries import count_marks
from kpireport.findings import refuse
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.actuals import ReadActuals
from kpireport.status.boards import (
    Board,
    DepartmentStatus,
    Marks,
    MeasureState,
    MeasureStatus,
)
from kpireport.status.refusals import Refusals, read_doubts, read_refusals
from kpireport.status.waiting import files_waiting


def board(report_dir: Path | str, *, today: dt.date | None = None) -> Board:
    """Find out who has reported, what is missing, wrong or odd, and what the marks will be.

    Args:
        report_dir: the folder of ``report.toml``; nothing is written.
        today: against which the deadline is held, if anybody knows.

    Raises:
        InputError: there is nothing to show: the settings, the plan or the year's actuals
            cannot be read at all, or the edition has none.
    """
    return board_of(Report.open(report_dir, with_notices=True).inspected(), today=today)


def board_of(report: Report, *, today: dt.date | None = None) -> Board:
    """Return the board of a report that was inspected; see :func:`board`.

    Raises:
        InputError: there is nothing to show.
    """
    settings, read, found = report.settings, report.read, report.findings
    review, collection = settings.review, settings.collection
    if review is None or read is None:
        refuse(
            report.settings_file,
            "実績版ではないので、報告の状況はありません。",
            'edition が "review" の、年度のフォルダーを指定してください。',
            place="edition",
        )
    if not read.has_year:
        found.settle()
    doubts: tuple[Problem, ...] = ()
    if collection:
        doubts = (
            *still_open(collection, review, read, report.plan),
            *read_doubts(collection, review),
        )
    survey = _Survey.of(report, review, read, doubts)
    measures = tuple(survey.status(measure) for measure in survey.measures())
    refusals = read_refusals(collection, review) if collection else Refusals()
    asked = {department for each in measures for department in each.departments}
    refusals = refusals.among(_unreported(measures), asked)
    refused = _Problems.of(refusals.problems, {each.id for each in measures}).by_measure
    measures = tuple(_with_refusals(each, refused.get(each.id, ())) for each in measures)
    return Board(
        title="".join(report.plan.title),
        issuer=report.plan.issuer,
        fiscal_year=review.fiscal_year,
        measures=measures,
        departments=tuple(_departments(measures, survey.problems, refusals)),
        errors=found.errors,
        warnings=(*found.warnings, *doubts),
        marks=_marks(report, measures),
        deadline=collection.deadline if collection else None,
        contact=collection.contact if collection else review.contact,
        today=today,
        date=today or settings.date,
        waiting=files_waiting(collection, review) if collection else (),
        refusals=(*refusals.problems, *refusals.beside, *refusals.choices),
        is_draft=review.is_draft,
        is_sample=review.is_sample,
        numerals=settings.numerals,
        words=Words.of(report.plan),
        scheme=report.scheme,
        levels=_levels(report.plan),
    )


@dataclass(frozen=True, slots=True)
class _Problems:
    """What was found, by measure; by department where that is none of the plan's."""

    by_measure: Mapping[str, tuple[Problem, ...]]
    by_department: Mapping[str, tuple[Problem, ...]]

    @classmethod
    def of(cls, problems: Iterable[Problem], measures: Collection[str]) -> _Problems:
        by_measure: dict[str, list[Problem]] = {}
        by_department: dict[str, list[Problem]] = {}
        for each in problems:
            if each.measure_id in measures:
                by_measure.setdefault(each.measure_id, []).append(each)
            elif each.department:
                by_department.setdefault(each.department, []).append(each)
        return cls(
            {id_: tuple(found) for id_, found in by_measure.items()},
            {department: tuple(found) for department, found in by_department.items()},
        )


@dataclass(frozen=True, slots=True)
class _Survey:
    """All that the status of a measure is put together from."""

    report: Report
    catalogue: Catalogue
    actuals: Actuals
    fiscal_year: FiscalYear
    departments: Mapping[str, tuple[str, ...]]
    plans: Mapping[str, str]
    within: Mapping[str, tuple[str, ...]]
    problems: _Problems
    refused: frozenset[str]
    words: Words

    @classmethod
    def of(
        cls,
        report: Report,
        review: ReviewSettings,
        read: ReadActuals,
        doubts: Iterable[Problem],
    ) -> _Survey:
        catalogue = report.plan
        refused = {each.measure_id for each in report.findings.errors if each.measure_id}
        actuals = read.actuals
        if report.evaluation is not None:  # which knows what parts of split rows go on with
            actuals = actuals.continuing(report.evaluation.continued)
        return cls(
            report,
            catalogue,
            actuals,
            review.fiscal_year,
            _departments_of(catalogue, actuals, review.fiscal_year),
            measure_labels(catalogue),
            _within(catalogue),
            _Problems.of(
                (*report.findings.errors, *report.findings.warnings, *doubts),
                {each.id for each in catalogue.measures()},
            ),
            frozenset(refused | read.faulty),
            Words.of(catalogue),
        )

    def measures(self) -> Iterator[Measure]:
        """What has to be reported, and what else something is wrong with."""
        asked = {*due(self.actuals, self.catalogue, self.fiscal_year), *self.refused}
        return (
            each
            for each in self.catalogue.measures()
            if (each.id in asked and not self._is_no_matter(each))
            or self._is_said_to_lack_survey(each)
        )

    def _is_no_matter(self, measure: Measure) -> bool:
        """Whether nobody misses what is not reported: there is no target to hold it against."""
        if not measure.target.is_none or measure.id in self.refused:
            return False
        entry = self.actuals.find(measure.id, self.fiscal_year)
        return entry is None or not entry.is_reported

    def _is_said_to_lack_survey(self, measure: Measure) -> bool:
        """Whether the plan or an answer says that there is no survey in the year."""
        entry = self.actuals.find(measure.id, self.fiscal_year)
        is_said = entry is not None or measure.survey is not None
        return is_said and lacks_survey(measure, entry, self.fiscal_year)

    def status(self, measure: Measure) -> MeasureStatus:
        """Put together all about one measure."""
        entry = self.actuals.find(measure.id, self.fiscal_year)
        before = self.actuals.find(measure.id, self.fiscal_year.previous)
        state = self._state(measure, entry)
        judgement = self._judgement(measure.id, state)
        return MeasureStatus(
            id=measure.id,
            name=in_one_line(measure.name),
            plan=self.plans[measure.id],
            departments=self.departments[measure.id],
            baseline=measure.baseline.text,
            target=measure.target.text,
            previous=_text(before),
            actual=_text(entry),
            explanation=entry.reason if entry else "",
            state=state,
            mark=judgement.mark if judgement else None,
            reason=self._reason(judgement),
            is_overridden=judgement is not None and judgement.is_overridden,
            problems=self.problems.by_measure.get(measure.id, ()),
            unit=unit_of(measure),
            aim=aim.text if (aim := measure.yearly_target(self.fiscal_year)) else "",
            within=self.within.get(measure.id, ()),
        )

    def _state(self, measure: Measure, entry: Actual | None) -> MeasureState:
        if measure.id in self.refused:
            return MeasureState.REFUSED
        if lacks_survey(measure, entry, self.fiscal_year):
            return MeasureState.NO_SURVEY
        if entry is not None and entry.is_reported:
            return MeasureState.REPORTED
        return MeasureState.EXPLAINED if entry and entry.reason else MeasureState.UNREPORTED

    def _judgement(self, id_: str, state: MeasureState) -> Judgement | None:
        evaluation = self.report.evaluation
        if evaluation is None or state is MeasureState.REFUSED:
            return None
        if not evaluation.scheme.has_marks:
            return None
        return evaluation.find(id_)

    def _reason(self, judgement: Judgement | None) -> str:
        if judgement is None:
            return ""
        return judgement_reason(judgement, self.report.settings.numerals, self.words)


def judgement_reason(judgement: Judgement, style: NumeralStyle, words: Words) -> str:
    """Return why a mark is given, in the words of whoever set it; empty where people chose it."""
    if judgement.override is not None:
        return judgement.override.reason
    if isinstance(judgement.reason, Chosen):
        return ""  # what there is of reasons is theirs who chose
    return describe_reason(judgement.reason, style, words)


def _levels(plan: Catalogue) -> tuple[str, ...]:
    """Return what the goals and sections are called, in a plan that has sections."""
    levels, names = plan.levels, named_levels(plan)
    keys = (levels.goal.key, *(each.key for each in levels.sections)) if levels.sections else ()
    return tuple(in_one_line(names[key]) for key in keys)


def _within(plan: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Return the goal and sections of what is measured, by id, in a plan that has sections."""
    within: dict[str, tuple[str, ...]] = {}
    sections = plan.levels.sections
    for goal in plan.goals if sections else ():
        head = in_one_line(goal_head(goal))
        within |= {each.id: (head, *("" for _ in sections)) for each in goal.numeric_targets}
        for inner in goal.plans:
            heads = (in_one_line(labelled(each.label, each.title)) for each in inner.sections)
            rows = (each.id for each in inner.indicators())
            within |= dict.fromkeys(rows, (head, *heads))
    return within


def _text(entry: Actual | None) -> str:
    is_told = entry is not None and (entry.is_reported or entry.no_survey_words)
    return actual_text(entry) if is_told else ""


def _departments_of(
    catalogue: Catalogue, actuals: Actuals, fiscal_year: FiscalYear
) -> dict[str, tuple[str, ...]]:
    """Who reports each measure for the year, then who else works on it."""
    known = departments_by_measure(catalogue, actuals)
    return {
        id_: tuple(dict.fromkeys(filter(None, (first, *known[id_]))))
        for id_, first in reporters(catalogue, actuals, fiscal_year).items()
    }


def _unreported(measures: Iterable[MeasureStatus]) -> dict[str, str]:
    """Who owes what is not reported, by its id."""
    return {
        each.id: next(iter(each.departments), "")
        for each in measures
        if each.state is MeasureState.UNREPORTED
    }


def _with_refusals(measure: MeasureStatus, found: tuple[Problem, ...]) -> MeasureStatus:
    """What was sent back about a measure and refused is more than that it is not reported."""
    if not found:
        return measure
    return replace(
        measure,
        state=MeasureState.REFUSED,
        mark=None,
        reason="",
        problems=(*measure.problems, *found),
    )


def _departments(
    measures: Iterable[MeasureStatus], problems: _Problems, refusals: Refusals
) -> Iterator[DepartmentStatus]:
    by_name: dict[str, list[MeasureStatus]] = {}
    for measure in measures:
        by_name.setdefault(next(iter(measure.departments), ""), []).append(measure)
    for name, own in by_name.items():
        yield DepartmentStatus(
            name,
            tuple(own),
            problems.by_department.get(name, ()),
            tuple(
                each
                for each in (*refusals.problems, *refusals.beside)
                if name and each.department == name
            ),
            is_all_refused=name in refusals.whole,
            is_undecided=any(each.department == name for each in refusals.choices),
        )


def _marks(report: Report, measures: Iterable[MeasureStatus]) -> Marks | None:
    """Count what can be told; what is refused stands at no mark."""
    evaluation = report.evaluation
    if evaluation is None or not evaluation.scheme.has_marks:
        return None
    told = {each.id for each in measures if each.mark is not None}
    catalogue = report.plan
    return Marks(
        _counts(evaluation, told, catalogue.indicators()),
        _counts(evaluation, told, catalogue.numeric_targets()),
        tuple(_rolled(report)),
    )


def _rolled(report: Report) -> Iterator[tuple[str, MarkCounts]]:
    """Yield the marks of plans and goals, with what these are called (集計)."""
    review = report.review
    if review is None:
        return
    for key, name in level_names(review).items():
        yield name, review.rollup.counts(key, review.evaluation.fiscal_year)


def _counts(evaluation: Evaluation, told: set[str], measures: Iterable[Measure]) -> MarkCounts:
    found = (evaluation.find(each.id) for each in measures if each.id in told)
    return count_marks(evaluation.scheme, found)
