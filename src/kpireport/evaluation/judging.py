"""From a year's actuals to judgements (評価する).

Comes in: the catalogue, the departments' actuals, the report's year and a scheme. Goes
out: an :class:`~kpireport.evaluation.judgements.Evaluation` with a judgement for every
indicator and numeric target in every year up to the report's. Nothing here fails on
what departments wrote: what cannot be judged is 対象外 and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from kpireport.domain.actuals import Actual, Actuals, Override, ReportedState
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.histories import History
from kpireport.domain.reporting import lacks_survey
from kpireport.domain.running_sums import running_sum
from kpireport.domain.values import Quantity, Value, parse_value
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.evaluation.courses import (
    Course,
    Standing,
    are_alike,
    expected_in,
    find_like,
    stand,
)
from kpireport.evaluation.criteria import Criteria
from kpireport.evaluation.judgements import (
    Evaluation,
    FurtherEvaluation,
    FurtherRates,
    Judgement,
)
from kpireport.evaluation.ladders import climb
from kpireport.evaluation.presets import LINEAR
from kpireport.evaluation.reasons import (
    Chosen,
    NoneAtDeadline,
    Nothing,
    NothingToJudge,
    NotReported,
    OfLastSurvey,
    Reason,
    ReferenceKind,
    StateReported,
)
from kpireport.evaluation.rows import (
    Row,
    from_first_known,
    interim_course,
    row_in,
    row_of_year,
    rows_by_year,
    years_to_judge,
)
from kpireport.evaluation.schemes import Against, ByPeople, ByRules, Mark, NoMarks, Scheme, Task
from kpireport.findings import Findings
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A mark, why, and the standing where there are figures."""

    mark: Mark
    reason: Reason
    standing: Standing | None = None


def evaluate(
    catalogue: Catalogue | History,
    actuals: Actuals,
    fiscal_year: FiscalYear,
    scheme: Scheme | Criteria = LINEAR,
) -> Evaluation:
    """Judge every row of the plan in every year from the plan's first to the report's.

    A year is judged by the plan that was in force in it: its rows, baselines and targets.

    Args:
        catalogue: the plan as decided, with its revisions, or its history where that is known.
        actuals: what was reported.
        fiscal_year: the year that is reported.
        scheme: how it is judged, or all that it is judged by.

    Raises:
        InputError: an override sets a mark that the scheme of its year does not have; all of
            them are listed.
    """
    criteria, history = Criteria.of(scheme), History.of(catalogue)
    measures = {*history.ids()}  # what is set for plans and goals is no judgement (集計)
    set_by_hand = tuple(
        each
        for each in actuals.overrides
        if each.measure_id in measures and criteria.in_year(each.fiscal_year).scheme.has_rules
    )
    _refuse_unknown_marks(set_by_hand, criteria)
    overrides = {(each.measure_id, each.fiscal_year): each for each in set_by_hand}
    years = years_to_judge(history.decided, fiscal_year, actuals)
    actuals = actuals.continuing(history.continued)
    judgements = tuple(
        _override(_judge_by(criteria, row, actuals, year), overrides, criteria)
        for rows in rows_by_year(history, years)
        for year, row in rows
    )
    plain = replace(actuals, overrides=())  # what people set is the first mark
    return Evaluation(
        criteria.scheme,
        fiscal_year,
        years,
        judgements,
        history.continued,
        criteria=criteria,
        further=tuple(
            FurtherEvaluation(
                each.key, each.title, evaluate(catalogue, plain, fiscal_year, each.criteria)
            )
            for each in criteria.further
        ),
    )


def judge_measure(
    catalogue: Catalogue | History,
    actuals: Actuals,
    fiscal_year: FiscalYear,
    measure_id: str,
    scheme: Scheme | Criteria = LINEAR,
) -> Judgement | None:
    """Judge one row in the report's year as :func:`evaluate` does, without the others.

    Args:
        catalogue: the plan as decided, with its revisions, or its history where that is known.
        actuals: what was reported; of other rows nothing need be there.
        fiscal_year: the year that is reported.
        measure_id: the row.
        scheme: how it is judged, or all that it is judged by.

    Returns:
        The judgement; ``None`` where the row is not in force in the year.

    Raises:
        InputError: an override sets a mark that the scheme does not have.
    """
    criteria, history = Criteria.of(scheme), History.of(catalogue)
    row = row_of_year(history, measure_id, fiscal_year)
    if row is None:
        return None
    overrides = {
        (each.measure_id, each.fiscal_year): each
        for each in actuals.overrides
        if each.measure_id == measure_id and criteria.in_year(fiscal_year).scheme.has_rules
    }
    _refuse_unknown_marks(tuple(overrides.values()), criteria)
    known = actuals.continuing(history.continued)
    return _override(_judge_by(criteria, row, known, fiscal_year), overrides, criteria)


def _judge_by(criteria: Criteria, row: Row, actuals: Actuals, year: FiscalYear) -> Judgement:
    return judge(row, actuals, year, criteria.scheme_of(row.measure, year))


def judge(row: Row, actuals: Actuals, year: FiscalYear, scheme: Scheme) -> Judgement:
    """Judge one row in one year; nobody's override is looked at."""
    actual = actuals.find(row.measure.id, year)
    if row.measure.target.is_none and _chosen(actual, scheme) is None:
        return _unjudged(row, actual, year, Nothing.NOT_SET, scheme)
    if lacks_survey(row.measure, actual, year):
        return _judge_by_last_survey(row, actuals, year, scheme)
    due = row.term.due
    row = from_first_known(row_in(row, year, scheme.against), actuals, year)
    verdict = _judge(row, actuals, year, scheme)
    standing = verdict.standing
    return Judgement(
        row.measure.id,
        year,
        row.course.task,
        mark=verdict.mark,
        computed=verdict.mark,
        reason=verdict.reason,
        due=due,
        standing=standing,
        expected=_expected(row, year, scheme),
        further=_further_rates(row, actual, year) if standing else (),
    )


def _unjudged(
    row: Row, actual: Actual | None, year: FiscalYear, why: Nothing, scheme: Scheme
) -> Judgement:
    """The judgement of a year of which there is nothing to judge, unless people choose a mark."""
    mark, expected = _chosen(actual, scheme) or scheme.not_applicable, _expected(row, year, scheme)
    task, due, reason = row.course.task, row.term.due, NothingToJudge(why)
    return Judgement(row.measure.id, year, task, mark, mark, reason, due, expected=expected)


def _judge_by_last_survey(
    row: Row, actuals: Actuals, year: FiscalYear, scheme: Scheme
) -> Judgement:
    """Judge a year without a survey: the last one's value as in its own year.

    Nothing is known that would make the value better or worse than it was then. Only what is
    due by now is held against the whole target.
    """
    surveyed, due = _last_surveyed(row, actuals, year), row.term.due
    entry = actuals.find(row.measure.id, year)
    if surveyed is None:
        return _unjudged(row, entry, year, Nothing.NO_SURVEY, scheme)
    if year >= row.term.due:
        row = replace(row, term=replace(row.term, due=min(row.term.due, surveyed)))
        scheme = replace(scheme, against=Against.FINAL)
    judged = judge(row, actuals, surveyed, scheme)
    explanation = entry.no_survey_reason if entry else ""
    reason = OfLastSurvey(surveyed, judged.reason, explanation)
    carried = replace(judged, fiscal_year=year, reason=reason, due=due)
    chosen = _chosen(entry, scheme)  # people may say something of a year without a survey, too
    return replace(carried, mark=chosen, computed=chosen) if chosen else carried


def _last_surveyed(row: Row, actuals: Actuals, year: FiscalYear) -> FiscalYear | None:
    """The last year before, after the baseline's, of which there is something to judge."""
    while (year := year.previous) > row.term.baseline:
        actual = actuals.find(row.measure.id, year)
        if actual and actual.is_reported and not (actual.value and actual.value.is_none_yet):
            return year
    return None


def _expected(row: Row, year: FiscalYear, scheme: Scheme) -> Fraction | None:
    """年度の目安, where rules hold anything against it."""
    return expected_in(row.course, row.term, year) if scheme.has_rules else None


def _judge(row: Row, actuals: Actuals, year: FiscalYear, scheme: Scheme) -> _Verdict:
    match scheme.marking:
        case ByRules():
            return _judge_by_rules(row, actuals, year, scheme)
        case ByPeople(who=who):
            return _judge_by_people(row, actuals, year, scheme, who)
        case NoMarks():
            return _told(row, actuals, year, scheme, Nothing.NO_MARKS)
        case _:
            assert_never(scheme.marking)


def _told(row: Row, actuals: Actuals, year: FiscalYear, scheme: Scheme, why: Nothing) -> _Verdict:
    """What was reported, without a mark; where it stands is told as far as that is known."""
    actual = actuals.find(row.measure.id, year)
    if actual is None or not actual.is_reported:
        return _not_reported(actual, scheme)
    if actual.value is None or row.course.task is Task.STATE:
        return _nothing(why, scheme)
    if actual.value.is_none_yet and _sum_of(row, actuals, year) is None:
        return _nothing(why, scheme)
    found = _stand(row, actual.value, actuals, year)
    standing = replace(found, expected=None) if isinstance(found, Standing) else None
    return replace(_nothing(why, scheme), standing=standing)


def _judge_by_people(
    row: Row, actuals: Actuals, year: FiscalYear, scheme: Scheme, who: str
) -> _Verdict:
    """The mark that people chose stands, whatever the value; without one there is none."""
    actual = actuals.find(row.measure.id, year)
    told = _told(row, actuals, year, scheme, Nothing.NOT_CHOSEN)
    if mark := _chosen(actual, scheme):
        return replace(told, mark=mark, reason=Chosen(who))
    if actual and actual.is_reported and actual.value and actual.value.is_none_yet:
        return _nothing(Nothing.NONE_YET, scheme)
    return replace(told, mark=scheme.unmarked) if actual and actual.is_reported else told


def _chosen(actual: Actual | None, scheme: Scheme) -> Mark | None:
    """The mark that people chose, where they do."""
    mark = scheme.find_mark(actual.mark) if actual and actual.mark else None
    return mark if mark in scheme.chosen_marks else None


def _judge_by_rules(row: Row, actuals: Actuals, year: FiscalYear, scheme: Scheme) -> _Verdict:
    actual = actuals.find(row.measure.id, year)
    if actual is None or not actual.is_reported:
        return _not_reported(actual, scheme)
    if row.course.task is Task.STATE:
        return _judge_state(actual, scheme, row.term.due, year)
    if actual.value is None:
        return _not_reported(actual, scheme)
    if actual.value.is_none_yet and _sum_of(row, actuals, year) is None:
        return _judge_none_yet(row, year, scheme)
    return _judge_number(row, actual.value, actuals, year, scheme)


def _not_reported(actual: Actual | None, scheme: Scheme) -> _Verdict:
    return _Verdict(scheme.unreported, NotReported(actual.reason if actual else ""))


def _nothing(why: Nothing, scheme: Scheme) -> _Verdict:
    return _Verdict(scheme.not_applicable, NothingToJudge(why))


def _judge_state(actual: Actual, scheme: Scheme, due: FiscalYear, year: FiscalYear) -> _Verdict:
    """A state is judged by what the department reports, never by the words of the cell.

    From the year of its deadline on, what is not reached is late.
    """
    state, is_due = actual.state, year >= due
    if state is not None:
        is_overdue = is_due and state is not ReportedState.DONE
        reason = StateReported(state, due, year > due) if is_overdue else StateReported(state)
        return _Verdict(scheme.state_mark(state, is_due=is_due), reason)
    if actual.value is not None and actual.value.is_none_yet:
        return _nothing(Nothing.NONE_YET, scheme)
    return _not_reported(actual, scheme)


def _judge_none_yet(row: Row, year: FiscalYear, scheme: Scheme) -> _Verdict:
    """None yet (``―``) is not zero: there is nothing to judge, until a new thing is due."""
    target = row.course.target
    is_due = row.course.reference_kind is ReferenceKind.ZERO and year >= row.term.due
    is_asked = target is not None and (row.course.of_year is None or target.value > 0)
    if target is None or not is_due or not is_asked:
        return _nothing(Nothing.NONE_YET, scheme)
    zero = stand(row.course, replace(target, value=Decimal(0)), row.term, year)
    key, _ = climb(scheme.ladders[row.course.task], zero, scheme.basis)
    return _Verdict(scheme.mark(key), NoneAtDeadline(row.course.of_year))


def _judge_number(
    row: Row, value: Value, actuals: Actuals, year: FiscalYear, scheme: Scheme
) -> _Verdict:
    standing = _stand(row, value, actuals, year)
    if isinstance(standing, Nothing):
        return _nothing(standing, scheme)
    key, reason = climb(scheme.ladders[standing.course.task], standing, scheme.basis)
    return _Verdict(scheme.mark(key), reason, standing)


def _stand(row: Row, value: Value, actuals: Actuals, year: FiscalYear) -> Standing | Nothing:
    """Where a value stands, or why it cannot be compared."""
    course = row.course
    if course.reference_kind is ReferenceKind.PREVIOUS:
        course = replace(course, reference=_previous(row, actuals, year))
    actual = value.quantities[0] if value.quantities else None
    if row.measure.is_cumulative and (actual or value.is_none_yet):
        actual = _sum_of(row, actuals, year)
        if actual is None:
            return Nothing.NO_SUM
    if actual is None:
        return Nothing.NOT_A_NUMBER
    why = _why_incomparable(row, course, value, actual)
    if why:
        return why
    before = None if row.measure.is_cumulative else _previous(row, actuals, year)
    before = before if before and are_alike(actual, before) else None
    interim = interim_course(row, year)
    return stand(course, actual, row.term, year, previous=before, interim=interim)


def _sum_of(row: Row, actuals: Actuals, year: FiscalYear) -> Quantity | None:
    """What is held against the target of a row that adds up (累計); ``None`` of others."""
    if not row.measure.is_cumulative:
        return None
    return running_sum(row.measure, actuals, row.term.baseline, year)


def _previous(row: Row, actuals: Actuals, year: FiscalYear) -> Quantity | None:
    """Last year's actual; in the plan's first year the baseline, where it has a number.

    Years without a survey are passed over.
    """
    before = year.previous
    actual = actuals.find(row.measure.id, before)
    while before > row.term.baseline and lacks_survey(row.measure, actual, before):
        before = before.previous
        actual = actuals.find(row.measure.id, before)
    if actual is not None and actual.value is not None:
        return actual.value.quantities[0] if actual.value.quantities else None
    return row.course.reference if before == row.term.baseline else None


def _why_incomparable(row: Row, course: Course, value: Value, actual: Quantity) -> Nothing | None:
    """Why an actual cannot be held against the target or the reference, if it cannot."""
    measured = course.reference if course.task is Task.DIRECTION else course.target
    if measured is None:
        if row.measure.baseline.is_first_known:
            return Nothing.NO_FIRST
        if course.task is not Task.DIRECTION:
            return Nothing.NO_TARGET
        is_previous = course.reference_kind is ReferenceKind.PREVIOUS
        return Nothing.NO_PREVIOUS if is_previous else Nothing.NO_BASELINE
    if not are_alike(actual, measured):
        return Nothing.OTHER_UNIT
    if value.action and _action_of_target(row) not in ("", value.action):
        return Nothing.OTHER_ACTION
    return None


def _action_of_target(row: Row) -> str:
    """What the target counts the doing of: 導入 in ``導入２か所``, empty for none."""
    target = row.measure.target
    return parse_value(target.text, units=(each.unit for each in target.quantities)).action


def _further_rates(row: Row, actual: Actual | None, year: FiscalYear) -> tuple[FurtherRates, ...]:
    """The rates of the quantities after the first, by unit and prefix, not by place.

    Of what adds up there are none: only the first quantities are added.
    """
    if row.measure.is_cumulative:
        return ()
    reported = actual.value.quantities[1:] if actual and actual.value else ()
    rates = []
    for course in row.further:
        if course.target is None:
            continue
        quantity = find_like(course.target, reported)
        standing = stand(course, quantity, row.term, year) if quantity else None
        rates.append(
            FurtherRates(
                course.target,
                quantity,
                standing.achievement_rate if standing else None,
                standing.progress_rate if standing else None,
            )
        )
    return tuple(rates)


# --- what people set -------------------------------------------------------------


def _override(
    judgement: Judgement,
    overrides: dict[tuple[str, FiscalYear], Override],
    criteria: Criteria,
) -> Judgement:
    override = overrides.get((judgement.measure_id, judgement.fiscal_year)) if overrides else None
    if override is None:
        return judgement
    mark = criteria.in_year(judgement.fiscal_year).scheme.find_mark(override.mark)
    return replace(judgement, mark=mark, override=override) if mark else judgement


def _refuse_unknown_marks(overrides: Sequence[Override], criteria: Criteria) -> None:
    log = Findings("評価の上書き")
    for override in overrides:
        scheme = criteria.in_year(override.fiscal_year).scheme
        choices = "、".join(mark.label for mark in scheme.marks)
        if scheme.find_mark(override.mark) is None:
            log.add(
                f"{override.measure_id}（{format_fiscal_year(override.fiscal_year)}）",
                f"「{override.mark}」という評価は、この報告書の評価の基準にありません。",
                f"次のどれかを、記号か言葉で書いてください：{choices}。",
            )
    log.settle()
