"""What is possible, but deserves a second look: the reported year against what came before.

Comes in: the merged actuals. Goes out: warnings, each for one subject, which the
report's settings can accept by its id once somebody has asked the department.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kpireport.domain.actuals import Actual, ReportedState
from kpireport.domain.catalogue import TargetKind
from kpireport.domain.measures import Quantity, Value, parse_value, same_unit
from kpireport.domain.years import format_fiscal_year
from kpireport.sources.actuals_forms import COMMENT, REASON
from kpireport.sources.actuals_rows import Found, Scope
from kpireport.sources.actuals_values import NOT_APPLICABLE, Subject, units_of
from kpireport.sources.cells import round_half_up
from kpireport.sources.problems import quoted

_LARGEST_CHANGE = Decimal("0.5")
_FULL_WIDTH_SIGN = {ord("+"): "＋", ord("-"): "－"}
_ASK = "所管課に確かめてください。"
_SAY_WHY = (
    f"理由を{quoted(COMMENT)}の列に書いてください。"
    f"報告できないだけなら、実績を空欄にして{quoted(REASON)}を書きます。"
)

_CUMULATIVE_KINDS = {TargetKind.AT_LEAST, TargetKind.NEW_COUNT}
# Counted afresh each year, or a state of affairs that goes up and down.
_NOT_CUMULATIVE = {"人", "回", "％", "人日", "人泊", "泊", "円", "千円", "百万円", "位"}


@dataclass(frozen=True, slots=True)
class _Row:
    """An actual of the reported year, what it is about, and what was reported before.

    ``past`` has the subject's earlier actuals, the latest first.
    """

    actual: Actual
    subject: Subject
    past: tuple[Actual, ...]
    scope: Scope

    @property
    def is_state(self) -> bool:
        """Whether the target is a state rather than a number."""
        return self.subject.target.kind is TargetKind.STATE


def suspicions(
    found: Collection[Found[Actual]], scope: Scope
) -> Iterator[tuple[Found[Actual], str, str]]:
    """Yield what looks odd in the reported year: the actual, what is odd, what to do."""
    continued = scope.history.continued
    past: dict[str, list[Actual]] = {}
    for each in sorted(found, key=lambda each: each.fact.fiscal_year, reverse=True):
        if each.fact.fiscal_year < scope.last_year:
            past.setdefault(each.fact.subject_id, []).append(each.fact)
    for new in found:
        if new.fact.fiscal_year != scope.last_year:
            continue
        id_: str | None = new.fact.subject_id
        row = _Row(new.fact, scope.subjects[new.fact.subject_id], (), scope)
        while id_ is not None:  # a part of a split one goes on with the whole's actuals
            row = replace(row, past=(*row.past, *past.get(id_, ())))
            id_ = continued.get(id_)
        for what, remedy in _odd_state(row) if row.is_state else _odd_value(row):
            yield new, what, remedy


# --- states ----------------------------------------------------------------------


def _odd_state(row: _Row) -> Iterator[tuple[str, str]]:
    state = row.actual.state
    if state is None:
        return
    states = list(ReportedState)
    before = next((each for each in row.past if each.state), None)
    if before and before.state and states.index(state) < states.index(before.state):
        year = format_fiscal_year(before.fiscal_year)
        yield f"進捗状況が、{year}の{quoted(before.state)}から{quoted(state)}に戻っています。", _ASK
    due = row.scope.due[row.actual.subject_id]
    if state is ReportedState.UNDERWAY and row.actual.fiscal_year >= due:
        when = "期限の年度ですが" if row.actual.fiscal_year == due else "期限の年度を過ぎましたが"
        target = f"目標{quoted(row.subject.target.text)}、{format_fiscal_year(due)}"
        yield (
            f"{when}（{target}）、進捗状況が{quoted(state)}のままです。",
            f"目標の状態になっていれば{quoted(ReportedState.DONE)}とします。{_ASK}",
        )


# --- values ----------------------------------------------------------------------


def _odd_value(row: _Row) -> Iterator[tuple[str, str]]:
    value, subject = row.actual.value, row.subject
    if value is None:
        return
    if value.text in NOT_APPLICABLE and not row.actual.comment:
        yield (
            f"実績が{quoted(value.text)}ですが、その理由がありません。評価は行いません。",
            _SAY_WHY,
        )
    if value.is_none_yet and subject.baseline.quantities:
        yield (
            f"現状値が{quoted(subject.baseline.text)}なのに、まだない（{value.text}）とあります。",
            _ASK,
        )
    if value.quantities:
        for what in _odd_number(row, value, value.quantities[0]):
            yield what, _ASK


def _odd_number(row: _Row, value: Value, quantity: Quantity) -> Iterator[str]:
    subject = row.subject
    action = parse_value(subject.target.text, units=units_of(subject)).action
    if value.action and action and value.action != action:
        yield (
            f"{quoted(value.text)}は、目標{quoted(subject.target.text)}の{quoted(action)}した数では"
            "ないので、評価の対象になりません。"
        )
    yield from _lacking(value, subject)
    yield from _odd_quantity(quantity, subject)
    if earlier := _earlier(row, quantity):
        yield from _odd_change(quantity, *earlier, subject)


def _lacking(value: Value, subject: Subject) -> Iterator[str]:
    """A second number that the plan has (定員) and the actual has not."""
    planned = max(subject.target.quantities, subject.baseline.quantities, key=len)
    for quantity in planned[len(value.quantities) :]:
        name = quantity.prefix or f"{quantity.unit}の数"
        yield (
            f"{quoted(value.text)}に、計画の値{quoted(_written(quantity))}に当たる{name}がありません。"
        )


def _odd_quantity(quantity: Quantity, subject: Subject) -> Iterator[str]:
    known = [
        each.value
        for quantities in (subject.baseline.quantities, subject.target.quantities)
        for each in quantities[:1]
    ]
    if same_unit(quantity.unit, "％"):
        if quantity.value > 100 and all(value <= 100 for value in known):
            yield f"{_written(quantity)} は100％を超えています。"
    elif known and _is_whole(*known) and not _is_whole(quantity.value):
        yield f"{_written(quantity)} に端数があります。計画の値はどれも整数です。"


def _earlier(row: _Row, quantity: Quantity) -> tuple[Quantity, str] | None:
    """What to compare with, and its name: the last known actual, else what was at the start."""
    for actual in row.past:
        if actual.value and actual.value.quantities:
            return actual.value.quantities[0], format_fiscal_year(actual.fiscal_year)
    baseline = row.subject.baseline
    if row.subject.target.kind is TargetKind.NEW_COUNT or not baseline.quantities:
        return None
    start = baseline.quantities[0]
    if not same_unit(start.unit, quantity.unit) or start.prefix != quantity.prefix:
        return None
    year = baseline.year or row.scope.baseline_year
    return start, f"現状値（{baseline.as_of or format_fiscal_year(year)}）"


def _odd_change(
    quantity: Quantity, earlier: Quantity, name: str, subject: Subject
) -> Iterator[str]:
    if not same_unit(quantity.unit, earlier.unit):
        yield (f"単位が、{name}（{_written(earlier)}）と違います（{_written(quantity)}）。")
        return
    change = quantity.value - earlier.value
    is_leap = abs(change) > _LARGEST_CHANGE * abs(earlier.value)
    if earlier.value and is_leap and not _is_planned(quantity, subject):
        percent = f"{round_half_up(change * 100 / earlier.value, 0):+f}".translate(_FULL_WIDTH_SIGN)
        yield f"{name}の{_written(earlier)}から{_written(quantity)}に、{percent}％ 変わっています。"
    elif change < 0 and _is_cumulative(quantity, subject):
        yield (
            f"積み重ねる数のはずが、{name}の{_written(earlier)}から"
            f"{_written(quantity)}に減っています。"
        )


def _is_planned(quantity: Quantity, subject: Subject) -> bool:
    """Whether a new thing comes into being as planned: from 1 to 3 of 7 is no leap."""
    target = subject.target
    return target.kind is TargetKind.NEW_COUNT and quantity.value <= target.quantities[0].value


def _is_cumulative(quantity: Quantity, subject: Subject) -> bool:
    """Whether a count can be expected not to fall: places, facilities, beds, projects."""
    return (
        subject.target.kind in _CUMULATIVE_KINDS
        and quantity.unit not in _NOT_CUMULATIVE
        and not quantity.prefix
        and _is_whole(quantity.value, *(each.value for each in _planned(subject)))
    )


def _planned(subject: Subject) -> Iterator[Quantity]:
    """The deciding numbers of baseline and target; an index (0.482) piles nothing up."""
    for quantities in (subject.baseline.quantities, subject.target.quantities):
        yield from quantities[:1]


def _is_whole(*values: Decimal) -> bool:
    return all(value == value.to_integral_value() for value in values)


def _written(quantity: Quantity) -> str:
    return f"{quantity.prefix}{quantity.scaled_value:,f}{quantity.scaled_unit}"
