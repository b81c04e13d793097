"""Whether the printed texts of a row and their stated meaning agree.

Comes in: one indicator or numeric target. Goes out: problems in the log. The
meaning is stated in the file, never guessed from the text; but where the text
can be read with certainty, the two must say the same, or one is a slip.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kpireport.domain.target_kinds import HeldAgainst, KindFacts, TargetKind
from kpireport.domain.units import same_unit
from kpireport.domain.values import Bound, Value, parse_in_unit
from kpireport.domain.years import Period, parse_period
from kpireport.findings import Findings
from kpireport.messages import quoted, western_year
from kpireport.quickly import dataclass
from kpireport.sources.fields import YEAR_EXAMPLE, unlikely_date
from kpireport.sources.measure_entries import (
    BaselineEntry,
    MeasureEntry,
    QuantityEntry,
    SurveyEntry,
    TargetEntry,
    in_its_unit,
    unit_of,
)
from kpireport.sources.printed_quantities import check_quantities, log_unstated
from kpireport.sources.step_checks import check_step, is_step
from kpireport.sources.yearly_target_checks import check_yearly_targets


@dataclass(frozen=True, slots=True)
class Frame:
    """What a row's plan says for all rows; a year is ``None`` where it cannot be read.

    ``target_year`` is when a row is due unless it has a deadline of its own.
    ``units`` are all that the file uses, so that its texts are read with them.
    ``is_calendar`` tells that the plan's years are calendar years.
    """

    baseline_year: int | None
    target_year: int | None
    units: frozenset[str]
    is_calendar: bool = False


def check_measure(place: str, entry: MeasureEntry, frame: Frame, log: Findings) -> None:
    """Log what in the row at ``place`` does not fit together."""
    check_cells((f"{place}.baseline", f"{place}.target"), entry, frame, log)
    check_yearly_targets(f"{place}.yearly_targets", entry, frame, log)
    if entry.cumulative:
        _check_cumulative(f"{place}.cumulative", entry.target.kind, log)
    if entry.survey is not None:
        _check_survey(f"{place}.survey", entry.survey, log)


def _check_cumulative(place: str, kind: TargetKind, log: Findings) -> None:
    if kind.facts.held_against is not HeldAgainst.NUMBER or kind.facts.keeps:
        log.add(
            place,
            f"目標値の種類（{kind}）は、累計と比べるものではありません。",
            'この項目を消すか、"kind" を "at_least" などに直してください。',
        )


def _check_survey(place: str, entry: SurveyEntry, log: Findings) -> None:
    is_cycle = entry.first is not None and entry.every is not None
    is_part = entry.first is not None or entry.every is not None
    if bool(entry.years) == is_part or is_part != is_cycle:
        log.add(
            place,
            "調査を行う年度が決まりません。",
            '"years": [2020, 2022] のように年度を並べるか、"from": 2020 と "every": 2 の両方を'
            "書いてください（どちらか一方の書き方だけにします）。",
        )


def check_cells(places: tuple[str, str], entry: MeasureEntry, frame: Frame, log: Findings) -> None:
    """Log what in a row does not fit together whose cells stand at two places.

    Args:
        places: of the baseline and of the target.
        entry: the row.
        frame: what its plan says for all rows.
        log: where to.
    """
    at_baseline, at_target = places
    entry, unit = in_its_unit(entry), unit_of(entry)
    baseline = parse_in_unit(entry.baseline.text, unit, units=frame.units)
    target = parse_in_unit(entry.target.text, unit, units=frame.units)
    _check_baseline(at_baseline, entry, baseline, log)
    _check_target(at_target, entry.target, target, log)
    check_step(at_target, entry, frame.units, log)
    if entry.baseline.year is not None:
        frame = replace(frame, baseline_year=entry.baseline.year)
    _check_deadline(at_target, entry.target, target, frame, log)
    _check_direction(at_target, entry, log)


# --- one cell --------------------------------------------------------------------


def _check_baseline(place: str, entry: MeasureEntry, printed: Value, log: Findings) -> None:
    kind, facts = entry.target.kind, entry.target.kind.facts
    stated = entry.baseline.quantities
    is_first_known = entry.baseline.first_known
    if is_first_known and (stated or facts.held_against is HeldAgainst.PREVIOUS):
        log.add(
            f"{place}.first_known",
            "現状値に数量があるか、前年度と比べる目標なので、最初の実績を起点にできません。",
            "この項目を消してください。",
        )
    if not stated and facts.held_against is HeldAgainst.BASELINE and not is_first_known:
        log.add(
            place,
            f"現状値と比べる目標（{kind}）なのに、現状値{quoted(printed.text)}に数量がありません。",
            'quantities に現状値の数と単位を書くか、数で比べないなら "kind": "state" とします。'
            '最初の実績と比べるなら "first_known": true と書きます。',
        )
    elif not stated and printed.quantities and _counts_the_same(facts):
        log_unstated(place, printed, log)
    elif stated:
        check_quantities(place, stated, printed, log)
    _check_as_of(place, entry.baseline, printed, log)


def _check_target(place: str, entry: TargetEntry, printed: Value, log: Findings) -> None:
    said = _kinds_said(printed)
    if said and entry.kind not in said:
        choices = " か ".join(f'"{kind}"' for kind in said)
        log.add(
            f"{place}.kind",
            f"{quoted(entry.text)}と種類（{entry.kind}）が食い違っています。",
            f'"kind" を {choices} に直すか、印字のほうの誤りを直してください。',
        )
    elif entry.kind.facts.held_against is HeldAgainst.NUMBER:
        _check_number(place, entry, printed, log)
    elif entry.quantities:
        log.add(
            f"{place}.quantities",
            f"数を求めない目標（{entry.kind}）なのに、数量があります。",
            'この項目を消すか、数を求める目標なら "kind" を "at_least" などに直してください。',
        )


def _check_number(place: str, entry: TargetEntry, printed: Value, log: Findings) -> None:
    if entry.quantities:
        check_quantities(place, entry.quantities, printed, log)
    elif printed.quantities:
        log_unstated(place, printed, log)
    elif not is_step(entry):
        log.add(
            place,
            f"数を求める目標（{entry.kind}）なのに、{quoted(entry.text)}に数量がありません。",
            'quantities に数と単位を書くか、状態の目標なら "kind": "state"、目標を定めないなら'
            ' "kind": "none" としてください。',
        )


def _counts_the_same(facts: KindFacts) -> bool:
    """Whether a number of the baseline counts what the actuals do that are held against it."""
    match facts.held_against:
        case HeldAgainst.NUMBER:
            return not facts.counts_from_zero
        case HeldAgainst.BASELINE | HeldAgainst.NOTHING:
            return True
        case HeldAgainst.PREVIOUS | HeldAgainst.WORDS:
            return False
        case _:
            assert_never(facts.held_against)


def _kinds_said(printed: Value) -> tuple[TargetKind, ...]:
    """The kinds that a target's text allows; none where the text leaves it open."""
    if printed.movement:
        return (printed.movement,)
    to_a_number = [kind for kind in TargetKind if kind.facts.held_against is HeldAgainst.NUMBER]
    if printed.bound is not None:
        is_least = printed.bound is Bound.AT_LEAST
        return tuple(kind for kind in to_a_number if kind.facts.upward is is_least)
    return tuple(to_a_number) if printed.quantities and not printed.action else ()


# --- when ------------------------------------------------------------------------


def _check_as_of(place: str, entry: BaselineEntry, printed: Value, log: Findings) -> None:
    stated_period = _period(entry.as_of) if entry.as_of else None
    if _log_unlikely(f"{place}.as_of", entry.as_of or "", stated_period, log):
        return
    if _log_unlikely(f"{place}.text", entry.text, printed.period, log):
        return
    if printed.period is None or stated_period == printed.period:
        return
    stated = (
        f"as_of の{quoted(entry.as_of)}と食い違っています" if entry.as_of else "as_of がありません"
    )
    log.add(
        f"{place}.as_of",
        f"{quoted(entry.text)}に時点がありますが、{stated}。",
        "印字の時点をそのまま as_of に書いてください。",
    )


def _log_unlikely(place: str, text: str, period: Period | None, log: Findings) -> bool:
    """Log a time that no plan can mean, such as 令和99年; tell whether it is one."""
    unlikely = unlikely_date(text, period.last_day) if period else None
    if unlikely:
        log.add(place, *unlikely)
    return unlikely is not None


def _period(text: str) -> Period | None:
    try:
        return parse_period(text)
    except ValueError:
        return None


def _check_deadline(
    place: str, entry: TargetEntry, printed: Value, frame: Frame, log: Findings
) -> None:
    first = frame.baseline_year
    if entry.deadline is not None and first is not None and entry.deadline <= first:
        log.add(
            f"{place}.deadline",
            f"期限の{western_year(entry.deadline)}が、現状値の{western_year(first)}より"
            "後ではありません。",
            YEAR_EXAMPLE,
        )
    due = frame.target_year if entry.deadline is None else entry.deadline
    if _log_unlikely(f"{place}.text", entry.text, printed.period, log):
        return
    year = printed.period.year(is_calendar=frame.is_calendar) if printed.period else None
    if year and due is not None and year.year != due:
        log.add(
            f"{place}.deadline",
            f"{quoted(entry.text)}の期限は{western_year(year)}なのに、{western_year(due)}に"
            "なっています。",
            f'"deadline": {year.year} と書くか、印字のほうの誤りを直してください。',
        )


# --- baseline and target ---------------------------------------------------------


def _count_alike(before: QuantityEntry, after: QuantityEntry) -> bool:
    return same_unit(before.unit, after.unit) and before.prefix == after.prefix


def _check_direction(place: str, entry: MeasureEntry, log: Findings) -> None:
    """Refuse a target below its baseline that does not say how it is meant."""
    facts = entry.target.kind.facts
    if facts.held_against is not HeldAgainst.NUMBER or not facts.upward:
        return
    if facts.keeps or facts.counts_from_zero or entry.cumulative:
        return
    if not (entry.baseline.quantities and entry.target.quantities):
        return
    if not _count_alike(entry.baseline.quantities[0], entry.target.quantities[0]):
        return  # numbers of different things are neither more nor less
    if entry.target.quantities[0].value < entry.baseline.quantities[0].value:
        log.add(
            f"{place}.kind",
            f"目標値{quoted(entry.target.text)}が現状値{quoted(entry.baseline.text)}より小さいのに、"
            "どう読むのかが決まっていません。",
            '減らす目標なら "kind": "at_most"、現状値より下がっても目標値以上を保てばよいなら'
            ' "kind": "keep_at_least" と書いてください。',
        )
