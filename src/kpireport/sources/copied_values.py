"""Numbers that are likely to be copies: of last year's, the plan's, or the row above.

Comes in: a reported number, its measure, what was reported before. Goes out: what is odd,
in words. Only numbers are looked at that hardly come twice by chance: what is counted
afresh each year, from 1,000 on, and for some questions fractions as of shares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kpireport.domain.actuals import Actual
from kpireport.domain.catalogue import Baseline, Measure, Target
from kpireport.domain.units import same_unit
from kpireport.domain.values import Quantity
from kpireport.domain.years import format_fiscal_year
from kpireport.messages import quoted
from kpireport.quickly import dataclass
from kpireport.sources.actuals_values import written_quantity

_COUNTED_AFRESH = {"人", "件", "回", "人日", "人泊", "泊"}
_FROM = 1_000  # what is counted afresh: smaller numbers come twice by chance
_ROUND = 100  # a multiple of it may be a capacity, which stays
_YEARS_ALIKE = 3


@dataclass(frozen=True, slots=True)
class RowAbove:
    """The row above in the same file: its number and what that is about."""

    quantity: Quantity
    measure: Measure


def find_copies(
    quantity: Quantity, measure: Measure, past: Sequence[Actual], above: RowAbove | None
) -> Iterator[str]:
    """Yield what a number may have been copied from.

    Args:
        quantity: the deciding one of the actual.
        measure: what it is about.
        past: the measure's earlier actuals, the latest first.
        above: what stands in the row above, if that is a number.
    """
    earlier = [each for each in past if each.value and each.value.quantities]
    if (name := _source(quantity, measure, earlier)) is not None:
        yield (f"{name}と同じ数です（{written_quantity(quantity)}）。写したままかもしれません。")
    elif _is_unchanged(quantity, earlier):
        yield f"{_YEARS_ALIKE}年続けて同じ値です（{written_quantity(quantity)}）。"
    if above and _is_from_above(quantity, measure, above):
        yield (
            f"すぐ上の行の{quoted(above.measure.name)}と同じ値です（{written_quantity(quantity)}）。"
            "行がずれているかもしれません。"
        )


def _source(quantity: Quantity, measure: Measure, earlier: Sequence[Actual]) -> str | None:
    """What has the same number, which counts afresh each year: the name of the first."""
    if not _hardly_comes_twice(quantity):
        return None
    if _is_same(quantity, measure.target):
        return "目標値"
    if quantity.value % _ROUND == 0:
        return None
    if earlier and _equals(quantity, earlier[0]):
        return format_fiscal_year(earlier[0].fiscal_year)
    return "現状値" if _is_same(quantity, measure.baseline) else None


def _hardly_comes_twice(quantity: Quantity) -> bool:
    return (
        quantity.unit in _COUNTED_AFRESH
        and quantity.value >= _FROM
        and not quantity.approximate
        and not quantity.scale
    )


def _is_same(quantity: Quantity, planned: Baseline | Target) -> bool:
    return any(
        quantity.value == each.value and same_unit(quantity.unit, each.unit)
        for each in planned.quantities[:1]
    )


def _equals(quantity: Quantity, actual: Actual) -> bool:
    found = actual.value.quantities[0] if actual.value else None
    return (
        found is not None and quantity.value == found.value and same_unit(quantity.unit, found.unit)
    )


def _is_unchanged(quantity: Quantity, earlier: Sequence[Actual]) -> bool:
    """Whether a share with a fraction is what it was in the years before."""
    before = earlier[: _YEARS_ALIKE - 1]
    return (
        _has_fraction(quantity.value)
        and len(before) == _YEARS_ALIKE - 1
        and all(_equals(quantity, each) for each in before)
    )


def _is_from_above(quantity: Quantity, measure: Measure, above: RowAbove) -> bool:
    """Whether two rows have one number though they are not the same measure twice."""
    is_telling = _hardly_comes_twice(quantity) or _has_fraction(quantity.value)
    is_alike = quantity.value == above.quantity.value and same_unit(
        quantity.unit, above.quantity.unit
    )
    was_alike = [each.value for each in measure.baseline.quantities] == [
        each.value for each in above.measure.baseline.quantities
    ]
    has_baseline = bool(measure.baseline.quantities)
    return is_telling and is_alike and not (was_alike and has_baseline)


def _has_fraction(value: Decimal) -> bool:
    return value != value.to_integral_value()
