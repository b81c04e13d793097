"""The records of a report: the plan's, with what was reported and judged, and the settings.

Comes in: the facts of two reports, of one fiscal year or of two. Goes out: their records,
with the plan that was in force in each report's year and what was decided to make it so,
made so that what belongs together has one key. Of one year, every year's facts meet those
of the same year. Of two, each report's own year meets the other's (推移), and a year that
both have meets itself: where it differs, a value that was reported before was corrected.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from kpireport.comparing.plan_records import measure_key, place_key, plan_records
from kpireport.comparing.records import NOT_REPORTED, Fact, Record
from kpireport.comparing.revision_records import revision_records
from kpireport.comparing.setting_records import setting_facts
from kpireport.comparing.what_differs import DifferenceKind, MarkTally
from kpireport.document.judgements import rate_text
from kpireport.document.reviews import Review
from kpireport.document.table_cells import NOTHING
from kpireport.domain.catalogue import Measure
from kpireport.domain.places import Place, all_places, commented
from kpireport.domain.surveys import NO_SURVEY
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.evaluation import Judgement
from kpireport.evaluation.reasons import is_without_survey
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.actuals_forms import (
    CHOSEN,
    MARK,
    OVERRIDES,
    STATE,
    VALUE,
    actuals_form,
    comment_form,
)

_ENDED = "終了した指標"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A year of one report, and what it is compared as.

    ``name`` is the year's, empty for each report's own where these differ.
    """

    year: FiscalYear
    key: str
    name: str
    reported: DifferenceKind
    computed: DifferenceKind


@dataclass(frozen=True, slots=True)
class Slots:
    """Which years of two reports are compared with which."""

    old: tuple[_Slot, ...]
    new: tuple[_Slot, ...]

    @classmethod
    def of(cls, old: Review, new: Review) -> Slots:
        """Return the pairs of years; the latest first."""
        ours, theirs = old.evaluation.fiscal_year, new.evaluation.fiscal_year
        first = min(ours, theirs)
        common = sorted((set(old.years) & set(new.years)), reverse=True)
        if ours == theirs:
            own = [
                _slot(year, DifferenceKind.CHANGED if year == ours else DifferenceKind.CORRECTED)
                for year in common
            ]
            return cls(tuple(own), tuple(own))
        shared = [_slot(year, DifferenceKind.CORRECTED) for year in common if year <= first]
        progressed = DifferenceKind.PROGRESSED
        pair = [_Slot(year, "own", "", progressed, progressed) for year in (ours, theirs)]
        return cls((pair[0], *shared), (pair[1], *shared))


def _slot(year: FiscalYear, reported: DifferenceKind) -> _Slot:
    name = format_fiscal_year(year)
    return _Slot(year, str(year.year), name, reported, DifferenceKind.COMPUTED)


def report_records(old: Report, new: Report) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """Return the records of two reports: of a review with actuals, of a plan without."""
    slots = Slots.of(old.review, new.review) if old.review and new.review else Slots((), ())
    years = {each.review.evaluation.fiscal_year for each in (old, new) if each.review}
    is_yearly = len(years) > 1
    ended = _ended(old.review) & _ended(new.review) if old.review and new.review else set()
    return (
        _records(old, slots.old, ended, is_of_another_year=is_yearly),
        _records(new, slots.new, ended, is_of_another_year=is_yearly),
    )


def _ended(review: Review) -> set[str]:
    """Return what was measured before and is not any more, nor under another id."""
    history, year = review.history, review.evaluation.fiscal_year
    goes_on = set(history.continued.values())
    return {
        id_
        for id_ in history.ids()
        if id_ not in goes_on and history.find(id_, year) is None and history.last_form(id_, year)
    }


def count_marks(old: Review, new: Review) -> tuple[MarkTally, ...]:
    """Count the indicators' marks of both, best first; nothing where one of them has none."""
    if not (old.marks and new.marks):
        return ()
    counts: dict[str, list[int]] = {}
    for side, review in enumerate((old, new)):
        for mark in review.marks:
            counts.setdefault(mark.label, [0, 0])
        for indicator in review.catalogue.indicators():
            label = review.evaluation.find(indicator.id).mark.label
            counts.setdefault(label, [0, 0])[side] += 1
    return tuple(MarkTally(mark, *pair) for mark, pair in counts.items() if any(pair))


def _records(
    report: Report, slots: tuple[_Slot, ...], ended: Set[str], *, is_of_another_year: bool
) -> tuple[Record, ...]:
    settings = setting_facts(report.settings, is_of_another_year=is_of_another_year)
    records = (
        Record("settings", "設定", ("設定",), facts=settings),
        *plan_records(report.plan),
        *revision_records(report.history),
    )
    if report.review is None:
        return records
    reported = _Reported(report.review, slots)
    more = reported.by_record()
    return (
        *(
            replace(each, facts=(*each.facts, *more[each.key])) if each.key in more else each
            for each in records
        ),
        *reported.of_ended(ended),
    )


@dataclass(frozen=True, slots=True)
class _Reported:
    """What a review says of the years that are compared."""

    review: Review
    slots: tuple[_Slot, ...]

    def by_record(self) -> dict[str, tuple[Fact, ...]]:
        """Return the facts by the key of the record that they belong to."""
        catalogue = self.review.catalogue
        found = {
            measure_key(measure.id): tuple(
                fact for slot in self.slots for fact in self._measure(measure, slot)
            )
            for measure in catalogue.measures()
        }
        found |= {
            place_key(place): tuple(
                fact for slot in self.slots for fact in self._place(place.id, slot)
            )
            for place in commented(catalogue)
        }
        for place in all_places(catalogue):
            key = place_key(place)
            rolled = tuple(fact for slot in self.slots for fact in self._rolled(place, slot))
            found[key] = (*found.get(key, ()), *rolled)
        return found

    def of_ended(self, ids: Set[str]) -> Iterator[Record]:
        """Yield the records of what is not in the plan any more; earlier values may change."""
        history, year = self.review.history, self.review.evaluation.fiscal_year
        for id_ in history.ids():
            form = history.last_form(id_, year) if id_ in ids else None
            if form is not None:
                facts = tuple(fact for slot in self.slots for fact in self._measure(form, slot))
                name = self.review.names.get(id_, form.name)
                yield Record(f"ended:{id_}", _ENDED, (_ENDED,), "", id_, name, facts)

    def _measure(self, measure: Measure, slot: _Slot) -> Iterator[Fact]:
        actual = self.review.actuals.find(measure.id, slot.year)
        judgement = self.review.evaluation.get(measure.id, slot.year)
        override = judgement.override if judgement else None
        form = actuals_form(self.review.history.decided.answers)
        asked = form.asked(has_choices=bool(self.review.scheme.chosen_marks))
        reported = {each.name: each.text(actual) for each in asked}
        if actual and actual.mark and CHOSEN in reported:
            reported[CHOSEN] = self._written_mark(actual.mark)
        if judgement is not None and not (actual and actual.is_reported):
            title = STATE if measure.target.is_state else VALUE
            is_without = is_without_survey(judgement.reason)
            reported[title] = NO_SURVEY if is_without else NOT_REPORTED
        reported["報告した課"] = actual.department if actual else ""
        reported |= {each.name: each.text(override) for each in OVERRIDES.inputs}
        if override:
            reported[OVERRIDES.input(MARK).name] = self._written_mark(override.mark)
        for word, text in reported.items():
            yield Fact(f"{slot.key}:{word}", _item(slot, word), text, slot.reported)
        judged = self._judged(judgement) if judgement else {}
        for word, text in judged.items():
            yield Fact(f"{slot.key}:{word}", _item(slot, word), text, slot.computed)

    def _judged(self, judgement: Judgement) -> dict[str, str]:
        """Return what is shown of a judgement; its reason follows from that and the scheme."""
        scheme, judged = self.review.scheme, dict[str, str]()
        if scheme.has_rates:
            judged["進捗率"] = self._rate(judgement)
        if scheme.has_rules:  # what people chose is among what was reported
            judged["評価"] = _mark(judgement)
        return judged

    def _rate(self, judgement: Judgement) -> str:
        """Return 進捗率, or 達成率 by its name where that serves instead."""
        text = rate_text(judgement.rate, self.review.numerals)
        has_name = judgement.progress_rate is None and judgement.rate is not None
        return f"達成率{text}" if has_name else text

    def _written_mark(self, written: str) -> str:
        mark = self.review.evaluation.scheme.find_mark(written)
        return mark.label if mark else written

    def _rolled(self, place: Place, slot: _Slot) -> Iterator[Fact]:
        """Yield what is made of the marks in a place, as a person left it."""
        rolled = self.review.rollup.get(place.id, slot.year)
        if rolled is None or rolled.level not in self.review.rollup.rules.computed:
            return  # what people give is among what they reported
        mark = rolled.mark.label if rolled.mark else NOTHING
        computed = rolled.computed.label if rolled.computed else NOTHING
        text = f"{mark}（計算では {computed}）" if rolled.override else mark
        key = f"{slot.key}:rolled"
        yield Fact(key, _item(slot, "まとめた評価"), text, slot.computed)
        reason = rolled.override.reason if rolled.override else ""
        word = "まとめた評価の修正の理由"
        yield Fact(f"{key}:reason", _item(slot, word), reason, slot.reported)

    def _place(self, id_: str, slot: _Slot) -> Iterator[Fact]:
        comment = self.review.actuals.find_comment(id_, slot.year)
        for column in comment_form(self.review.history.decided.comments).inputs:
            word, text = column.name, column.text(comment)
            yield Fact(f"{slot.key}:{word}", _item(slot, word), text, slot.reported)


def _mark(judgement: Judgement) -> str:
    if not judgement.is_overridden:
        return judgement.mark.label
    return f"{judgement.mark.label}（計算では {judgement.computed.label}）"


def _item(slot: _Slot, word: str) -> str:
    return f"{word}（{slot.name}）" if slot.name else word
