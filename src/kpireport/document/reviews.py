"""What every section of the review edition is composed from, and how it writes values.

Comes in: the catalogue, the actuals and their evaluation. Goes out: texts of single
values, names and years, the same wherever they stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from typing import Self, TypeVar, assert_never, cast

from kpireport.document.blocks import Span
from kpireport.document.change_spots import review_spots
from kpireport.document.changes import Changes
from kpireport.document.corrections import Corrected, Corrections, notes_id
from kpireport.document.judgements import rate_text, survey_name
from kpireport.document.mark_words import apart_from_dash, counted, in_numerals
from kpireport.document.missing import missing_text, plain_reason
from kpireport.document.numbers import format_quantity
from kpireport.document.owners import NO_OWNERS, Owners
from kpireport.document.review_names import common_ending, ended_by_place, names_of, places_of
from kpireport.document.styles import SpanStyle
from kpireport.domain.actuals import Actual, Actuals
from kpireport.domain.catalogue import Catalogue, Measure, as_spelt, unit_of
from kpireport.domain.comment_columns import AskedKind
from kpireport.domain.corrections import Correction, find_corrections
from kpireport.domain.first_known import counted_from, first_known
from kpireport.domain.histories import History
from kpireport.domain.layouts import is_wide
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.reporting import lacks_survey
from kpireport.domain.running_sums import running_sum
from kpireport.domain.settings import ChartScope, Orientation
from kpireport.domain.surveys import NO_SURVEY
from kpireport.domain.units import with_unit
from kpireport.domain.values import Quantity
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import (
    Evaluation,
    Judgement,
    Mark,
    Rollup,
    RollupRules,
    Scheme,
    Summary,
    roll_up,
    summarize,
)
from kpireport.evaluation.reasons import OfLastSurvey, is_without_survey
from kpireport.evaluation.rollups import NO_RULES
from kpireport.evaluation.schemes import Against, ByPeople, ByRules, NoMarks
from kpireport.evaluation.summaries import count_marks
from kpireport.evaluation.usual_marks import NOT_APPLICABLE
from kpireport.quickly import dataclass

_About = TypeVar("_About")
_Made = TypeVar("_Made")

NOT_REPORTED = "未報告"
NOT_YET, ENDED, SPLIT = "―", "終了", "分割"
"""In a year in which a row was not in the plan yet, or no longer, or only in its parts."""
OVERRIDDEN = "＊"
_MOST_PORTRAIT_YEARS = 3


MOST_YEARS = 6
"""Beside each other in a table that the plan has not laid out, and in the bars of the years."""


@dataclass(frozen=True, slots=True)
class Review:
    """One fiscal year's review: facts, judgements, and how they are written.

    ``catalogue`` is the plan that is in force in the year; ``history`` knows the others.
    ``is_landscape`` tells how the pages of the wide tables lie.
    """

    history: History
    catalogue: Catalogue
    actuals: Actuals
    evaluation: Evaluation
    numerals: NumeralStyle
    is_landscape: bool
    summary: Summary
    changes: Changes
    names: Mapping[str, str]  # of all measures up to now, on one line
    labels: Mapping[str, str]  # of all measures up to now: the plan's, or numeric targets'
    places: Mapping[str, str]  # the id of the plan, or of the goal, that each measure stands in
    measures: Mapping[str, Measure]
    ended: Mapping[str, tuple[Measure, ...]]  # before the year, by the id of what it stood in
    owners: Owners
    charts: ChartScope
    main_charts: tuple[str, ...]
    corrections: Corrections
    rollup: Rollup  # the marks of plans and goals
    survey: str  # the bracket that ends the names of all numeric targets: （区民意識意向調査）
    words: Words  # what the plan calls what it consists of
    marks: tuple[Mark, ...]  # those that the document speaks of, best first; none of values alone
    _made: dict[object, object] = field(init=False, compare=False, repr=False, default_factory=dict)

    @classmethod
    def of(
        cls,
        catalogue: Catalogue | History,
        actuals: Actuals,
        evaluation: Evaluation,
        numerals: NumeralStyle = NumeralStyle.MIXED,
        orientation: Orientation = Orientation.AUTO,
        *,
        charts: ChartScope = ChartScope.MAIN,
        main_charts: Sequence[str] = (),
        shows_departments: bool = True,
        rollup: RollupRules = NO_RULES,
        on: dt.date | None = None,
    ) -> Self:
        """Return the review of what was evaluated.

        Args:
            catalogue: the plan as decided, with its revisions, or its history where that is
                known.
            actuals: what was reported.
            evaluation: the judgements.
            numerals: how generated numbers are written.
            orientation: how the pages of the wide tables are to lie.
            charts: which indicators have a chart of their own.
            main_charts: ids of the most telling indicators, empty for those that a rule finds.
            shows_departments: whether the tables say who is responsible (所管課).
            rollup: how marks of plans and goals are made of those of indicators.
            on: the day of the document, which names no era that began later; ``None`` names
                all of them.
        """
        year = evaluation.fiscal_year
        history = History.of(catalogue)
        now = history.in_force(year)
        places = dict(places_of(history, year))
        spots = review_spots(now, evaluation.years, evaluation.years[-MOST_YEARS:])
        return cls(
            history,
            now,
            actuals.continuing(history.continued),
            evaluation,
            numerals,
            _is_landscape(orientation, now, evaluation.years),
            summarize(history, evaluation),
            Changes.of(history, year, numerals, spots, on=on),
            dict(names_of(history, year, common_ending(now))),
            {id_: label for id_, (_, label) in places.items()},
            {id_: place for id_, (place, _) in places.items()},
            {each.id: each for each in now.measures()},
            dict(ended_by_place(history, year, places)),
            Owners.of(now) if shows_departments else NO_OWNERS,
            charts,
            tuple(main_charts),
            _corrections(history, actuals, year, numerals),
            roll_up(rollup, history, evaluation, actuals),
            common_ending(now),
            Words.of(now, on),
            _marks(evaluation),
        )

    @property
    def years(self) -> tuple[FiscalYear, ...]:
        """The years with actuals, earliest first; the last is the report's."""
        return self.evaluation.years

    @property
    def scheme(self) -> Scheme:
        """The way of judging."""
        return self.evaluation.scheme

    def year_name(self, year: FiscalYear | None = None) -> str:
        """Return ``令和元年度``; of the report's year unless another is given."""
        return self.words.year_name(year or self.evaluation.fiscal_year, self.numerals)

    @property
    def shown_years(self) -> tuple[FiscalYear, ...]:
        """The last years, as many as stand side by side in tables that no plan has laid out."""
        return self.years[-MOST_YEARS:]

    def numbers(self, text: str) -> str:
        """Return a generated text in the report's numerals; what marks are called stays."""
        return in_numerals(text, self.evaluation.scheme.marks, self.numerals)

    @property
    def shows_departments(self) -> bool:
        """Whether the tables say who is responsible: where that is wanted, and the plan says it."""
        return self.owners.names_any

    def judgement(self, measure: Measure) -> Judgement:
        """Return the judgement of the report's year."""
        return self.evaluation.find(measure.id)

    def plan_label(self, measure_id: str) -> str:
        """Return ``計画１`` for an indicator, ``数値目標（Ⅰ）`` for a goal's numeric target."""
        return self.labels[measure_id]

    def actual_text(self, measure_id: str, year: FiscalYear) -> str:
        """Return an actual as reported, 未報告 where there is none though there should be.

        The report's year without a survey has the last one's value beside it.
        """
        if year == self.evaluation.fiscal_year:
            return self.judged_text(measure_id, year)
        return self._own_text(measure_id, year)

    def judged_text(self, measure_id: str, year: FiscalYear) -> str:
        """Return the actual that a year was judged by, with its year where that is another."""
        text = self._own_text(measure_id, year)
        judgement = self.evaluation.get(measure_id, year)
        if judgement is None or not isinstance(judgement.reason, OfLastSurvey):
            return text
        surveyed = judgement.reason.fiscal_year
        value = actual_text(self.actuals.find(measure_id, surveyed))
        return f"{text}\n（{survey_name(surveyed, self.numerals, self.words)} {value}）"

    def correction_marks(self, measure_id: str, year: FiscalYear) -> tuple[Span, ...]:
        """Return the mark of an actual that last year's document did not have so.

        It leads to the note below the measure's row, where the year's plan has that.
        """
        target = notes_id(measure_id) if measure_id in self.measures else None
        return tuple(
            Span(self.corrections.label(each), SpanStyle.NOTE_MARK, target=target)
            for each in self._corrected(measure_id, (year,))
        )

    def correction_notes(self, measure_id: str) -> tuple[tuple[str, str], ...]:
        """Return the marks of a row's actuals, each with what it says."""
        return tuple(
            (self.corrections.label(each), self.corrections.words(each))
            for each in self._corrected(measure_id, self.years)
        )

    def _corrected(self, measure_id: str, years: Iterable[FiscalYear]) -> Iterator[Corrected]:
        """Yield what was corrected in a row, which had another id before it was split."""
        for year in years if self.corrections else ():
            at = self.history.id_in(measure_id, year) or measure_id
            if found := self.corrections.find(at, year):
                yield found

    @property
    def has_years_without_survey(self) -> bool:
        """Whether a year of any measure is one without a survey."""
        return any(is_without_survey(each.reason) for each in self.evaluation.judgements)

    def is_without_survey(self, measure_id: str, year: FiscalYear) -> bool:
        """Whether a year is one without a survey for a measure."""
        judgement = self.evaluation.get(measure_id, year)
        return judgement is not None and is_without_survey(judgement.reason)

    def _own_text(self, measure_id: str, year: FiscalYear) -> str:
        if self.history.id_in(measure_id, year) is None:
            if self.history.last_form(measure_id, year) is None:
                return NOT_YET
            return SPLIT if self.changes.is_split(measure_id) else ENDED
        if self.is_without_survey(measure_id, year):
            return NO_SURVEY
        entry, form = self.actuals.find(measure_id, year), self.history.find(measure_id, year)
        if form is not None and form.target.is_none and not (entry and entry.is_reported):
            return NOT_YET
        total = self.sum_text(measure_id, year)
        return f"{actual_text(entry)}\n（{total}）" if total else actual_text(entry)

    def running_sum(self, measure_id: str, year: FiscalYear) -> Quantity | None:
        """Return what had come together by a year (累計); ``None`` of what does not add up."""
        form = self.history.find(measure_id, year)
        if form is None or not form.is_cumulative:
            return None
        return running_sum(form, self.actuals, self._start(form), year)

    def _start(self, measure: Measure) -> FiscalYear:
        """Return the year that a row counts from: its own, or the plan's."""
        return measure.baseline.year or self.history.decided.years.baseline

    def sum_text(self, measure_id: str, year: FiscalYear) -> str:
        """Return the sum as it is written (``累計12件``), in the row's spelling; may be empty."""
        total = self.running_sum(measure_id, year)
        if total is None:
            return ""
        unit = as_spelt(total.unit, self.measures[measure_id])
        return self.words.signed(format_quantity(replace(total, unit=unit), self.numerals))

    def continued_words(self) -> str:
        """Say what the earlier actuals of a part of a split row are, if there is such a part."""
        year = self.evaluation.fiscal_year
        parts = self.history.continued
        if not any(self.history.last_form(id_, year) for id_ in parts):
            return ""
        text = (
            "分割した指標の実績を引き継ぐものは、分割前の年度に、分割前の指標の値を示しています。"
        )
        return self.words.put_into(text)

    def baseline_text(self, measure_id: str) -> str:
        """Return the baseline of what is in the plan as it is written, with its unit."""
        measure = self.measures[measure_id]
        return with_unit(measure.baseline.text, unit_of(measure))

    def first_known_text(self, measure: Measure) -> str:
        """Return what serves as the baseline (``（令和２年度 20.9％）``); may be empty."""
        first = self._first_known(measure)
        return f"（{self.year_name(first.fiscal_year)} {actual_text(first)}）" if first else ""

    def counted_from_known(self, measure: Measure) -> Measure:
        """Return what is in the plan with the baseline that it is counted from by now."""
        first = self._first_known(measure)
        return counted_from(measure, first) if first else measure

    def _first_known(self, measure: Measure) -> Actual | None:
        if not measure.baseline.is_first_known:
            return None
        after = self.evaluation.fiscal_year.next
        return first_known(measure, self.actuals, self._start(measure), after)

    def target_text(self, measure_id: str) -> str:
        """Return the target of what is in the plan as it is written, with its unit."""
        measure = self.measures[measure_id]
        return with_unit(measure.target.text, unit_of(measure))

    @property
    def is_held_against_years(self) -> bool:
        """Whether years are held against targets of their own (年度ごとの目標値)."""
        is_asked = self.evaluation.scheme.against is Against.YEARLY
        return is_asked and self.catalogue.has_yearly_targets

    def judged_target_text(self, judgement: Judgement) -> str:
        """Return the target that a year was held against, with its year if not the row's own."""
        of_year = judgement.standing.course.of_year if judgement.standing else None
        judged = self._judged(judgement)
        yearly = judged.yearly_target(of_year) if of_year else None
        if yearly is None:
            return self.target_text(judgement.measure_id)
        return (
            f"{with_unit(yearly.text, unit_of(judged))}\n（{self.year_name(yearly.fiscal_year)}）"
        )

    def yearly_target_text(self, measure_id: str, year: FiscalYear) -> str:
        """Return a year's own target, with its unit: ``20か所``; empty without one."""
        form = self.history.find(measure_id, year)
        yearly = form.yearly_target(year) if form else None
        return with_unit(yearly.text, unit_of(form)) if form and yearly else ""

    def has_yearly_targets(self, year: FiscalYear) -> bool:
        """Whether any row has a target of its own for a year."""
        return self.once(_has_yearly_targets, year)

    def once(self, make: Callable[[Review, _About], _Made], about: _About) -> _Made:
        """Return what is made of this review about something: once, however many ask."""
        key = make, about
        if key not in self._made:
            self._made[key] = make(self, about)
        return cast("_Made", self._made[key])

    def forget(self) -> None:
        """Let go of what was made once, as a document is done.

        Some of it leads back to the review, which would be kept with all the years while the
        document is written.
        """
        self._made.clear()

    def next_target_text(self, measure: Measure) -> str:
        """Return the target that is due next after the years shown, before the row's own."""
        yearly = measure.next_yearly_target(self.evaluation.fiscal_year)
        if yearly is None or yearly.fiscal_year == self.evaluation.fiscal_year:
            return ""
        return (
            f"（{self.year_name(yearly.fiscal_year)} {with_unit(yearly.text, unit_of(measure))}）"
        )

    def counted_marks(self, measures: Iterable[Measure]) -> Iterator[str]:
        """Yield how many stand at each mark, best first, without those that none has: ``◎３``."""
        if not self.marks:
            return
        counts = count_marks(self.evaluation.scheme, map(self.judgement, measures))
        yield from (
            counted(each.mark.symbol, each.count, self.numerals)
            for each in counts.counts
            if each.count
        )

    def missing(self, judgement: Judgement, *, is_beside_target: bool = False) -> str:
        """Return what is missing to a target in its own unit: ``あと１園``; may be empty.

        A year's own target is named, unless it stands beside.
        """
        measure, style = self._judged(judgement), self.numerals
        text = missing_text(
            judgement, measure, style, self.words, is_beside_target=is_beside_target
        )
        return self.words.signed(text)

    def reason(self, judgement: Judgement) -> str:
        """Return why the scheme gave its mark, in people's words: ``25園まであと１園``."""
        text = plain_reason(judgement, self._judged(judgement), self.numerals, self.words)
        return self.words.signed(text)

    def _judged(self, judgement: Judgement) -> Measure:
        """Return the row as it was in force in the judgement's year."""
        found = self.history.find(judgement.measure_id, judgement.fiscal_year)
        assert found is not None  # noqa: S101 -- else it would not have been judged
        return found

    def rate_text(self, rate: Fraction | None) -> str:
        """Return a rate in the report's numerals, with the plan's minus."""
        return self.words.signed(rate_text(rate, self.numerals))

    def mark(self, judgement: Judgement) -> tuple[Span, ...]:
        """Return a mark as a symbol that is spoken as its word; one set by hand is marked."""
        symbol = Span(judgement.mark.symbol, spoken=judgement.mark.word)
        changed = (Span(OVERRIDDEN, spoken="修正"),) if judgement.is_overridden else ()
        return apart_from_dash(symbol, *changed)


def _has_yearly_targets(review: Review, year: FiscalYear) -> bool:
    return any(review.yearly_target_text(each, year) for each in review.measures)


def _marks(evaluation: Evaluation) -> tuple[Mark, ...]:
    """Return the marks that are spoken of: of ours beside people's what any has."""
    scheme = evaluation.scheme
    match scheme.marking:
        case ByRules():
            return scheme.marks
        case ByPeople():
            found = {each.mark for each in evaluation.judgements}
            ours = (NOT_APPLICABLE, scheme.unmarked, scheme.unreported)
            return tuple(each for each in scheme.marks if each in found or each not in ours)
        case NoMarks():
            return ()
        case _:
            assert_never(scheme.marking)


def _is_landscape(orientation: Orientation, plan: Catalogue, years: Sequence[FiscalYear]) -> bool:
    if orientation is Orientation.AUTO and plan.columns.review:
        return is_wide(plan.columns.review, years, plan.years_with_targets, plan.years.target)
    if orientation is Orientation.AUTO:
        beside = sum(each.kind is not AskedKind.TEXT for each in plan.answers)
        return len(years) + beside > _MOST_PORTRAIT_YEARS
    return orientation is Orientation.LANDSCAPE


def _corrections(
    history: History, actuals: Actuals, year: FiscalYear, numerals: NumeralStyle
) -> Corrections:
    """Return what last year's document did not have, or had otherwise."""

    def said_before(each: Correction) -> str:
        entry, at = each.before, each.actual.fiscal_year
        measure = history.find(each.actual.measure_id, at)
        if measure is not None and lacks_survey(measure, entry, at):
            return NO_SURVEY
        reason = f"（{entry.reason}）" if entry and entry.reason else ""
        return f"{actual_text(entry)}{reason}"

    rows = dict.fromkeys((*(each.id for each in history.in_force(year).measures()), *history.ids()))
    return Corrections.of(find_corrections(actuals, year), rows, said_before, numerals)


def actual_text(actual: Actual | None) -> str:
    """Return an actual as reported, 未報告 where there is none, 調査なし where it says so."""
    if actual is None or not actual.is_reported:
        return NO_SURVEY if actual and actual.no_survey_words else NOT_REPORTED
    if actual.value is None:
        return str(actual.state)
    if actual.state is None or actual.state in actual.value.text:
        return actual.value.text
    return f"{actual.value.text}（{actual.state}）"
