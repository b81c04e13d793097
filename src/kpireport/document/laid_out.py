"""The KPI tables' columns as the plan lays them out: their order, headings and widths.

Comes in: a layout, and what makes the columns that it names. Goes out: the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from kpireport.document.columns import AnyColumn, Column, under
from kpireport.document.content_widths import Share, needed_by, proportions
from kpireport.document.indicator_rows import IndicatorRow
from kpireport.document.owners import NO_OWNERS, Owners
from kpireport.document.table_cells import DENSE, Look, PlanCells, header_cell
from kpireport.domain.catalogue import Catalogue, Indicator, Labels, Plan
from kpireport.domain.layouts import LayoutColumn, LayoutName

_Given = TypeVar("_Given")
_MOST_MEASURED = 300  # rows by which widths are found


@dataclass(frozen=True, slots=True)
class KpiColumns:
    """The columns from left to right.

    Attributes:
        plan: of the plans' names, each beside all rows of its plan; ``None`` where a name
            stands in a row across the table.
        before: those at the left of it.
        after: those at its right, all where there is none.
        look: of all cells.
        owners: who is responsible, where names say it.
        lines: on how many lines an indicator stands.
    """

    plan: Column[Plan] | None
    before: tuple[Column[IndicatorRow], ...]
    after: tuple[Column[IndicatorRow], ...]
    look: Look = DENSE
    owners: Owners = NO_OWNERS
    lines: int = 1

    @property
    def all(self) -> tuple[AnyColumn, ...]:
        """All columns."""
        return (*self.before, *((self.plan,) if self.plan else ()), *self.after)

    @property
    def rows(self) -> tuple[Column[IndicatorRow], ...]:
        """Those that tell of an indicator."""
        return (*self.before, *self.after)

    @property
    def broad(self) -> tuple[Column[IndicatorRow], ...]:
        """Those that a row across is set in, beside the plan's name: at its right, if any are."""
        return self.after or self.before

    def has(self, key: str) -> bool:
        """Tell whether there is such a column."""
        return any(each.key == key for each in self.all)


class Decided(Protocol):
    """What makes the columns of what was decided."""

    @property
    def cells(self) -> PlanCells:
        """The makers of their cells."""

    @property
    def owners(self) -> Owners:
        """Who is responsible, where names say it."""

    @property
    def labels(self) -> Labels:
        """What the plan calls its columns."""

    def plan(self, width: int) -> Column[Plan]:
        """Return the column of the plans' names."""

    def named(self, name: str) -> Column[IndicatorRow]:
        """Return the column of a layout's name."""

    def past(self, indicators: Iterable[Indicator]) -> tuple[Column[IndicatorRow], ...]:
        """Return the columns of the values before the baselines, one for each name."""


def laid_out(
    layout: Sequence[LayoutColumn],
    catalogue: Catalogue,
    decided: Decided,
    reported: Mapping[str, tuple[Column[IndicatorRow], ...]],
    yearly: tuple[Column[IndicatorRow], ...] = (),
) -> KpiColumns:
    """Return the columns of a layout, in its order and with its headings and widths.

    Those of ``yearly`` targets stand before the target and share its width.
    """
    indicators = catalogue.indicators()
    rows = _few([IndicatorRow(each, is_part=False, baseline_rows=1) for each in indicators])
    plans = _few(list(catalogue.plans()))
    plan: Column[Plan] | None = None
    before: tuple[Column[IndicatorRow], ...] = ()
    columns: list[Column[IndicatorRow]] = []
    shares: list[Share] = []
    groups: dict[str, str | None] = {}
    for each in layout:
        if each.name == LayoutName.PLAN:
            plan = _headed(decided.plan(1), each, decided.cells.look)
            shares.append(_share(plan, each, plans))
            groups[plan.key] = each.group
            before, columns = tuple(columns), []
            continue
        found = reported.get(each.name)
        if each.name == LayoutName.PAST:
            past = decided.past(catalogue.indicators())
            found = past if len(past) > 1 else (_headed(past[0], each, decided.cells.look),)
        if found is None:
            found = (_headed(decided.named(each.name), each, decided.cells.look),)
        if each.name == LayoutName.TARGET:
            found = (*yearly, *found)
        columns.extend(found)
        groups |= {column.key: each.group for column in found}
        shares.extend(_share(column, each, rows, of=len(found)) for column in found)
    lines = max(each.lines for each in layout)
    found_columns = KpiColumns(plan, before, tuple(columns), lines=lines)
    return _with_widths(_below_headings(found_columns, groups, decided), shares)


def _with_widths(columns: KpiColumns, shares: Sequence[Share]) -> KpiColumns:
    """Return the columns with their widths."""
    widths = tuple(proportions(shares))
    at = len(columns.before)
    after = widths[at + 1 :] if columns.plan else widths
    return replace(
        columns,
        plan=replace(columns.plan, width=widths[at]) if columns.plan else None,
        before=tuple(_wide(columns.before, widths)),
        after=tuple(_wide(columns.after, after)),
    )


def _below_headings(
    columns: KpiColumns, groups: Mapping[str, str | None], decided: Decided
) -> KpiColumns:
    """Return the columns below what stands above several: the groups that are stated.

    Where none are, those behind the plan stand below the indicators' heading.
    """
    look = decided.cells.look
    columns = replace(columns, look=look, owners=decided.owners)
    if all(each is None for each in groups.values()):
        above = header_cell(decided.labels.indicators, look=look)
        return replace(columns, after=tuple(under(above, columns.after)))

    def grouped(column: Column[_Given]) -> Column[_Given]:
        group = groups.get(column.key)
        above = (header_cell(group, look=look),) if group else ()
        return replace(column, above=(*above, *column.above))

    return replace(
        columns,
        plan=grouped(columns.plan) if columns.plan else None,
        before=tuple(map(grouped, columns.before)),
        after=tuple(map(grouped, columns.after)),
    )


def _wide(
    columns: Iterable[Column[IndicatorRow]], widths: Sequence[int]
) -> Iterator[Column[IndicatorRow]]:
    yield from (replace(each, width=width) for each, width in zip(columns, widths, strict=False))


def _headed(column: Column[_Given], stated: LayoutColumn, look: Look) -> Column[_Given]:
    if not stated.header:
        return column
    return replace(column, header=header_cell(*stated.header.split("\n"), look=look))


def _share(
    column: Column[_Given], stated: LayoutColumn, items: Sequence[_Given], of: int = 1
) -> Share:
    """Return the proportion of a column that is one ``of`` those stated together."""
    width = None if stated.width is None else stated.width / of
    return Share(width, needed_by(column.header_cell, map(column.cell, items)))


def _few(items: Sequence[_Given]) -> Sequence[_Given]:
    """Return so many items, from all over, as tell how long texts are."""
    return items[:: -(-len(items) // _MOST_MEASURED) or 1]
