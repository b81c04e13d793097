"""What a value of the document is, and where it comes from.

Comes in: a report; the id of an indicator, numeric target or plan. Goes out: its facts in
words: what the plan asks, each year's value with its mark, rates and reason, what was written
beside it, each with the file and the cell that it was read from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kpireport.document.judgements import describe_reason, rate_text
from kpireport.document.owners import departments_of
from kpireport.document.texts import one_line
from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.names import labelled
from kpireport.domain.wording import Words
from kpireport.domain.years import format_fiscal_year
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources import actuals_forms as forms

if TYPE_CHECKING:
    from kpireport.domain.catalogue import Catalogue, Measure, Plan
    from kpireport.evaluation import Judgement
    from kpireport.sources.actuals import FoundFact


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was read: the file, as it was named, and the sheet and cell in it."""

    file: str
    place: str


@dataclass(frozen=True, slots=True)
class Said:
    """A text that stands beside a value: what it is, itself, where it was read."""

    title: str
    text: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class YearFacts:
    """A year's value.

    Attributes:
        title: the year.
        value: as it is printed.
        origin: where it was read; ``None`` where nobody reported it.
        judged: mark, rates and reason, each with its name.
        said: what its department wrote beside it.
    """

    title: str
    value: str
    origin: Origin | None
    judged: tuple[Said, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an indicator, numeric target or plan.

    Attributes:
        id: its id.
        name: what it is called.
        place: what it stands in, from the outside in.
        asked: what the plan says of it, each with its name.
        years: the years' values, the latest first; none of a plan's edition.
        said: what was written of a plan.
        row: the id of its place in the pages.
        is_measure: whether it has values.
    """

    id: str
    name: str
    place: tuple[str, ...]
    asked: tuple[Said, ...]
    years: tuple[YearFacts, ...] = ()
    said: tuple[Said, ...] = ()
    is_measure: bool = True


def facts_of(report: Report, id_: str) -> Facts | None:
    """Return what is known of a measure or plan; ``None`` where the plan has none of that id."""
    plan = report.plan
    for goal in plan.goals:
        for target in goal.numeric_targets:
            if target.id == id_:
                return _measure(report, target, (goal.head,))
        for each in goal.plans:
            within = (goal.head, *(labelled(s.label, s.title) for s in each.sections))
            if each.id == id_:
                return _plan(report, each, within)
            for indicator in each.indicators():
                if indicator.id == id_:
                    place = (*within, labelled(each.label, each.title))
                    return _measure(report, indicator, place)
    return None


def names_of(plan: Catalogue) -> Mapping[str, str]:
    """Return the names of all indicators and numeric targets by id, in printed order."""
    return {each.id: one_line(each.name) for each in plan.measures()}


def find_measure(plan: Catalogue, wanted: str) -> str:
    """Return the id of the first row that has what somebody typed; empty where none has it."""
    names = names_of(plan)
    id_ = wanted.partition("　")[0].strip()
    if id_ in names:
        return id_
    folded = wanted.strip()
    return next((id_ for id_, name in names.items() if folded and folded in name), "")


# --- what the plan asks ----------------------------------------------------------


def _measure(report: Report, measure: Measure, place: tuple[str, ...]) -> Facts:
    words = Words.of(report.plan)
    asked = (
        Said(words.baseline, measure.baseline.text),
        Said(words.target, measure.target.text),
        Said("目標の種類", words.put_into(measure.target.kind.facts.meaning)),
        Said("所管課", departments_of(measure)),
    )
    return Facts(
        measure.id,
        one_line(measure.name),
        place,
        tuple(each for each in asked if each.text),
        tuple(_years(report, measure)),
    )


def _plan(report: Report, plan: Plan, place: tuple[str, ...]) -> Facts:
    said = tuple(_comments(report, plan.id))
    return Facts(plan.id, labelled(plan.label, plan.title), place, (), said=said, is_measure=False)


# --- the years -------------------------------------------------------------------


def _years(report: Report, measure: Measure) -> Iterator[YearFacts]:
    review = report.review
    if review is None:
        return
    facts = {
        (type(each.fact), each.fact.fiscal_year): each
        for each in report.found
        if not isinstance(each.fact, PlanComment) and each.fact.measure_id == measure.id
    }
    for year in reversed(review.years):
        found = facts.get((Actual, year))
        judgement = review.evaluation.get(measure.id, year)
        override = facts.get((Override, year))
        yield YearFacts(
            review.year_name(year),
            review.actual_text(measure.id, year),
            _origin(found, forms.VALUE),
            tuple(_judged(report, judgement, override)) if judgement else (),
            tuple(_beside(report, found)),
        )


def _judged(report: Report, judgement: Judgement, override: FoundFact | None) -> Iterator[Said]:
    review = report.review
    assert review is not None  # noqa: S101 -- it was judged
    scheme = review.evaluation.scheme_in(judgement.fiscal_year)
    style, words = review.numerals, review.words
    if judgement.mark in scheme.marks and review.marks:
        yield Said("評価", judgement.mark.label)
    if scheme.has_rates:
        yield Said("進捗率", rate_text(judgement.progress_rate, style))
        yield Said("達成率", rate_text(judgement.achievement_rate, style))
        if judgement.expected is not None:
            yield Said(words.pace, rate_text(judgement.expected, style))
    if scheme.has_rules:
        yield Said("評価の理由", describe_reason(judgement.reason, style, words))
    if judgement.override is not None:
        title = f"評価の修正（計算では{judgement.computed.label}）"
        yield Said(title, judgement.override.reason, _origin(override, forms.MARK))


def _beside(report: Report, found: FoundFact | None) -> Iterator[Said]:
    """Yield what a department wrote beside a value."""
    if found is None:
        return
    for column in forms.actuals_form(report.catalogue.answers).inputs:
        if column.title != forms.VALUE and found.record.is_filled(column.title):
            text = found.record.shown(column.title)
            yield Said(column.title, text, _origin(found, column.title))


def _comments(report: Report, id_: str) -> Iterator[Said]:
    """Yield what was written of a plan, the latest year first."""
    own = [
        each
        for each in report.found
        if isinstance(each.fact, PlanComment) and each.fact.plan_id == id_
    ]
    for each in sorted(own, key=lambda each: each.fact.fiscal_year, reverse=True):
        year = format_fiscal_year(each.fact.fiscal_year, report.settings.numerals)
        for column in forms.comment_form(report.catalogue.comments).inputs:
            if text := each.record.shown(column.title):
                yield Said(f"{year}の{column.title}", text, _origin(each, column.title))


def _origin(found: FoundFact | None, title: str) -> Origin | None:
    return Origin(found.file, found.record.place(title)) if found else None
