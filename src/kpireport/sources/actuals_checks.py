"""What is possible, but deserves a second look: the reported year against the one before.

Comes in: the merged actuals. Goes out: warnings, each for one subject, which the
report's settings can accept by its id once somebody has asked the department.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from kpireport.domain.actuals import Actual, ReportedState
from kpireport.domain.catalogue import TargetKind
from kpireport.domain.measures import Quantity, parse_value, same_unit
from kpireport.domain.years import FiscalYear
from kpireport.sources.actuals_rows import Found, Scope
from kpireport.sources.actuals_values import Subject, units_of
from kpireport.sources.cells import round_half_up
from kpireport.sources.problems import quoted

_LARGEST_CHANGE = Decimal("0.5")
_LOOK_AGAIN = (
    "所管課に確かめてください。正しければ、設定（report.toml の [review]）の accept に"
    ' "{id}" を加えます。'
)

_CUMULATIVE_KINDS = {TargetKind.AT_LEAST, TargetKind.NEW_COUNT}
# Counted afresh each year, or a state of affairs that goes up and down.
_NOT_CUMULATIVE = {"人", "回", "％", "人日", "人泊", "泊", "円", "千円", "百万円", "位"}


def suspicions(
    found: Collection[Found[Actual]], scope: Scope
) -> Iterator[tuple[Found[Actual], str, str]]:
    """Yield what looks odd in the reported year: the actual, what is odd, what to do."""
    year = scope.last_year
    last_year = FiscalYear(year.year - 1)
    before = {
        each.fact.subject_id: each.fact for each in found if each.fact.fiscal_year == last_year
    }
    for new in found:
        id_ = new.fact.subject_id
        if new.fact.fiscal_year != year:
            continue
        for what in (
            *_odd_state(new.fact, before.get(id_)),
            *_odd_value(new.fact, before.get(id_), scope.subjects[id_], scope),
        ):
            yield new, what, _LOOK_AGAIN.format(id=id_)


def _odd_state(new: Actual, before: Actual | None) -> Iterator[str]:
    states = list(ReportedState)
    if (
        new.state
        and before
        and before.state
        and states.index(new.state) < states.index(before.state)
    ):
        yield f"進捗状況が、前年度の{quoted(before.state)}から{quoted(new.state)}に戻っています。"


def _odd_value(new: Actual, before: Actual | None, subject: Subject, scope: Scope) -> Iterator[str]:
    value = new.value
    if value is None or subject.target.kind is TargetKind.STATE:
        return
    if value.is_none_yet and subject.baseline.quantities:
        yield f"現状値が{quoted(subject.baseline.text)}なのに、まだない（{value.text}）とあります。"
    if not value.quantities:
        return
    quantity = value.quantities[0]
    action = parse_value(subject.target.text, units=units_of(subject)).action
    if value.action and action and value.action != action:
        yield (
            f"{quoted(value.text)}は、目標{quoted(subject.target.text)}の{quoted(action)}した数では"
            "ないので、評価の対象になりません。"
        )
    yield from _odd_quantity(quantity, subject)
    if earlier := _earlier(new, before, subject, scope):
        yield from _odd_change(quantity, *earlier, subject)


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


def _earlier(
    new: Actual, before: Actual | None, subject: Subject, scope: Scope
) -> tuple[Quantity, str] | None:
    """What to compare with: last year's actual; in the first year what was at the start."""
    if before and before.value and before.value.quantities:
        return before.value.quantities[0], "前年度"
    is_first = new.fiscal_year == scope.first_year
    if is_first and subject.baseline.quantities and subject.target.kind is not TargetKind.NEW_COUNT:
        return subject.baseline.quantities[0], "現状値"
    return None


def _odd_change(
    quantity: Quantity, earlier: Quantity, name: str, subject: Subject
) -> Iterator[str]:
    if not same_unit(quantity.unit, earlier.unit):
        yield (f"単位が、{name}（{_written(earlier)}）と違います（{_written(quantity)}）。")
        return
    change = quantity.value - earlier.value
    is_leap = abs(change) > _LARGEST_CHANGE * abs(earlier.value)
    if earlier.value and is_leap and not _is_planned(quantity, subject):
        percent = round_half_up(change * 100 / earlier.value, 0)
        yield (
            f"{name}の{_written(earlier)}から{_written(quantity)}に、"
            f"{percent:+f}％ 変わっています。"
        )
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
    )


def _is_whole(*values: Decimal) -> bool:
    return all(value == value.to_integral_value() for value in values)


def _written(quantity: Quantity) -> str:
    return f"{quantity.prefix}{quantity.value:,f}{quantity.unit}"
