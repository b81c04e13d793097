"""What deserves a second look in the reported year's rows, each told of its indicator or plan.

Comes in: the merged facts with their places. Goes out: warnings: numbers that look odd
(:mod:`kpireport.sources.actuals_checks`), words that point at what is not printed, one
department in several spellings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias, assert_never

from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.catalogue import NumericTarget
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.actuals_checks import suspicions
from kpireport.sources.actuals_forms import CHOSEN, DEPARTMENT, InputKind, form_of
from kpireport.sources.actuals_rows import Found
from kpireport.sources.actuals_scope import Scope
from kpireport.sources.department_names import asked_about
from kpireport.sources.reference_words import reference_in

_FoundFact: TypeAlias = Found[Actual] | Found[PlanComment] | Found[Override]


def note_doubts(
    actuals: Sequence[Found[Actual]],
    others: Iterable[_FoundFact],
    scope: Scope,
    findings: Findings,
) -> None:
    """Note them all.

    Args:
        actuals: what was reported, earlier years included.
        others: what was said beside it.
        scope: what rows may speak of.
        findings: where it is noted.
    """
    for each, what, remedy in suspicions(actuals, scope):
        _log_about(each, findings).warn(each.place, what, remedy)
    _note_still_provisional(actuals, scope, findings)
    _note_unmarked(actuals, scope, findings)
    _note_without_second_mark(actuals, scope, findings)
    _note_references((*actuals, *others), scope, findings)
    _note_spellings(actuals, scope.last_year, findings)


def _note_still_provisional(
    actuals: Iterable[Found[Actual]], scope: Scope, findings: Findings
) -> None:
    """Remind of values of earlier years that were to be replaced by the final ones."""
    for each in actuals:
        fact, value = each.fact, each.fact.value
        if fact.fiscal_year >= scope.last_year or value is None or not value.qualifier:
            continue
        year = format_fiscal_year(fact.fiscal_year)
        _log_about(each, findings).warn(
            each.place,
            f"{year}の実績が、{quoted(value.text)}のままです。",
            f"確定していれば、今年度の実績のブックに{year}の行を加え、確定した値を書いてください。",
        )


def _note_unmarked(actuals: Iterable[Found[Actual]], scope: Scope, findings: Findings) -> None:
    """Ask about what was reported for the year without the mark that people are to choose."""
    if not scope.marks.choices:
        return
    choices = f"次のどれかを選んでください：{'、'.join(scope.marks.choices)}。"
    told: set[str] = set()
    for each in actuals:
        fact, value = each.fact, each.fact.value
        is_judged = fact.is_reported and not (value and value.is_none_yet)
        if fact.fiscal_year != scope.last_year or not is_judged or fact.mark:
            continue
        if CHOSEN in each.record.columns:
            what = "実績があるのに、評価がありません。未評価とします。"
            _log_about(each, findings).warn(each.record.place(CHOSEN), what, choices)
        elif each.file not in told:
            told.add(each.file)
            findings.of(each.file).warn(
                each.record.sheet.place_of(),
                f"見出し{quoted(CHOSEN)}の列がないので、すべて未評価とします。",
                f"見出し{quoted(CHOSEN)}の列を加え、{choices}",
            )


def _note_without_second_mark(
    actuals: Iterable[Found[Actual]], scope: Scope, findings: Findings
) -> None:
    """Ask about what was reported for the year without a mark beside the first one.

    What a committee gives is not there before it has met: that is not asked for row by row.
    """
    asked = [
        each for each in scope.history.decided.answers if each.is_mark and each.is_of_departments
    ]
    for each in actuals:
        fact = each.fact
        if not asked or fact.fiscal_year != scope.last_year or not fact.is_reported:
            continue
        is_target = isinstance(scope.measures[fact.measure_id], NumericTarget)
        for column in asked:
            if not fact.answer(column.key) and (column.is_of_targets or not is_target):
                _log_about(each, findings).warn(
                    each.record.place(column.title),
                    f"実績があるのに、{column.title}がありません。",
                    f"次のどれかを選んでください：{'、'.join(column.choices)}。",
                )


def _note_references(found: Iterable[_FoundFact], scope: Scope, findings: Findings) -> None:
    """Ask about texts of the reported year that say nothing in print: 同上."""
    for each in found:
        if each.fact.fiscal_year != scope.last_year:
            continue
        log = _log_about(each, findings)
        for column in form_of(each.fact, scope.history.decided).inputs:
            if column.kind is InputKind.CHOICE or not column.content(each.fact):
                continue
            if words := reference_in(column.text(each.fact)):
                log.warn(
                    each.record.place(column.title),
                    f"{quoted(words)}だけでは、印刷した文書で何のことかわかりません。",
                    "指している文を、そのまま書いてください。",
                )


def _log_about(found: _FoundFact, findings: Findings) -> Findings:
    """Where to note what is odd about a fact, so that the settings can accept it."""
    fact, log = found.fact, findings.of(found.file)
    match fact:
        case Actual():
            return log.about(found.about, fact.measure_id, fact.department)
        case Override():
            return log.about(found.about, fact.measure_id)
        case PlanComment():
            return log.about(found.about, accepts=fact.plan_id)
        case _:
            assert_never(fact)


def _note_spellings(actuals: Iterable[Found[Actual]], year: FiscalYear, findings: Findings) -> None:
    """Ask about each department that rows of the year spell in another way than is known."""
    told: set[tuple[str, str]] = set()
    for each in actuals:
        written, known = each.record.shown(DEPARTMENT), each.fact.department
        is_known = written == known or (each.file, written) in told
        if is_known or each.fact.fiscal_year != year:
            continue
        told.add((each.file, written))
        findings.of(each.file).about("", department=known).warn(
            each.record.place(DEPARTMENT),
            f"{asked_about(written, known)}{quoted(known)}として扱います。",
            "同じ部署なら、書き方を揃えてください。別の部署なら、紛れない名前にしてください。",
        )
