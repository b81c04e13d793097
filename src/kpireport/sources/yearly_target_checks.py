"""Whether a row's targets of earlier years (年度ごとの目標値) fit the row.

Comes in: an indicator or numeric target. Goes out: problems in the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpireport.domain.steps import step_in
from kpireport.domain.target_kinds import HeldAgainst
from kpireport.domain.units import same_unit
from kpireport.domain.values import Bound, Quantity, Value, parse_in_unit, scaled_quantity
from kpireport.findings import Findings
from kpireport.messages import quoted, western_year
from kpireport.sources.fields import YEAR_EXAMPLE
from kpireport.sources.measure_entries import (
    MeasureEntry,
    QuantityEntry,
    YearlyTargetEntry,
    counted_in,
    in_its_unit,
    unit_of,
)
from kpireport.sources.printed_quantities import check_quantities, written
from kpireport.sources.step_checks import check_base

if TYPE_CHECKING:
    from kpireport.sources.measure_checks import Frame


def check_yearly_targets(place: str, entry: MeasureEntry, frame: Frame, log: Findings) -> None:
    """Log what in the yearly targets at ``place`` does not fit together, or the row.

    Args:
        place: of the list.
        entry: the row.
        frame: what its plan says for all rows.
        log: where to.
    """
    before: int | None = None
    for index, each in enumerate(entry.yearly_targets):
        at = f"{place}[{index}]"
        _check_year(f"{at}.fiscal_year", each.fiscal_year, entry, frame, log)
        if before is not None:
            _check_order(f"{at}.fiscal_year", each.fiscal_year, before, log)
        before = each.fiscal_year
        _check_value(at, each, entry, frame, log)


def _check_year(place: str, year: int, entry: MeasureEntry, frame: Frame, log: Findings) -> None:
    first = entry.baseline.year or frame.baseline_year
    due = entry.target.deadline or frame.target_year
    if first is not None and year <= first:
        log.add(
            place,
            f"{western_year(year)}が、現状値の{western_year(first)}より後ではありません。",
            YEAR_EXAMPLE,
        )
    if due is not None and year >= due:
        log.add(
            place,
            f"{western_year(year)}が、目標値の{western_year(due)}より前ではありません。",
            "目標値の年度の目標は target に、それより前の年度の目標だけをここに書きます。",
        )


def _check_order(place: str, year: int, before: int, log: Findings) -> None:
    if year == before:
        log.add(
            place,
            f"{western_year(year)}の目標値が２つあります。",
            "どちらかを消すか、年度を直してください。",
        )
    elif year < before:
        log.add(
            place,
            f"{western_year(year)}が、上の{western_year(before)}より前です。",
            "年度の古い順に並べてください。",
        )


def _check_value(
    place: str, each: YearlyTargetEntry, entry: MeasureEntry, frame: Frame, log: Findings
) -> None:
    """A row that asks for a number asks for one in every year, or for none (―)."""
    entry, unit = in_its_unit(entry), unit_of(entry)
    each = counted_in(each, unit)
    printed = parse_in_unit(each.text, unit, units=frame.units)
    if entry.target.kind.facts.held_against is not HeldAgainst.NUMBER:
        if each.quantities:
            log.add(
                f"{place}.quantities",
                f"数を求めない目標（{entry.target.kind}）なのに、数量があります。",
                "この項目を消すか、target の kind を直してください。",
            )
        return
    if each.quantities:
        check_quantities(place, each.quantities, printed, log)
    stated: list[QuantityEntry] | tuple[Quantity, ...] = each.quantities or printed.quantities
    if not stated:
        if step := step_in(each.text, tuple(frame.units)):
            check_base(place, each.text, step, entry.baseline, log)
        elif not printed.is_none_yet:
            log.add(
                place,
                f"{quoted(each.text)}に数量がありません。",
                "quantities に数と単位を書くか、定めない年度なら text を ― としてください。",
            )
        return
    _check_bound(place, each, entry, printed, log)
    if entry.target.quantities and not _are_alike(stated[0], entry.target.quantities[0]):
        log.add(
            place,
            f"単位が違います：目標値は{quoted(written(entry.target.quantities[0]))}、"
            f"{western_year(each.fiscal_year)}は{quoted(written(stated[0]))}。",
            "同じ単位にしてください。",
        )


def _check_bound(
    place: str, each: YearlyTargetEntry, entry: MeasureEntry, printed: Value, log: Findings
) -> None:
    if printed.bound is None:
        return
    if entry.target.kind.facts.upward is not (printed.bound is Bound.AT_LEAST):
        log.add(
            f"{place}.text",
            f"{quoted(each.text)}と目標値の種類（{entry.target.kind}）が食い違っています。",
            "印字か、target の kind を直してください。",
        )


def _are_alike(one: QuantityEntry | Quantity, other: QuantityEntry) -> bool:
    """Whether a year's number counts what the target does; a unit may be left out."""
    unit = one.unit if isinstance(one, Quantity) else scaled_quantity(one.value, one.unit).unit
    return not unit or same_unit(unit, scaled_quantity(other.value, other.unit).unit)
