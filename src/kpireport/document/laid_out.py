"""The KPI tables' columns as the plan lays them out: their order, headings and widths.

Comes in: a layout, and what makes the columns that it names. Goes out: the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import Protocol, TypeVar

from kpireport.document.columns import AnyColumn, Column, below_indicators
from kpireport.document.content_widths import Share, needed_by, proportions
from kpireport.document.indicator_rows import IndicatorRow
from kpireport.document.owners import NO_OWNERS, Owners
from kpireport.document.table_cells import DENSE, Look, PlanCells, header_cell
from kpireport.domain.catalogue import Catalogue, Labels
from kpireport.domain.layouts import LayoutColumn, LayoutName
from kpireport.domain.places import Place, places_at
from kpireport.quickly import dataclass

_Given = TypeVar("_Given")
_MOST_MEASURED = 300  # rows by which widths are found


@dataclass(frozen=True)  # without slots: every row asks where the columns stand
class KpiColumns:
    """The columns from left to right.

    Attributes:
        rows: those that tell of an indicator.
        levels: those of the names of goals, sections and plans, each beside all rows of its
            own, by their places among all columns. A level without one has its names in rows
            across the table.
        look: of all cells.
        owners: who is responsible, where names say it.
        lines: on how many lines an indicator stands.
    """

    rows: tuple[Column[IndicatorRow], ...]
    levels: Mapping[int, Column[Place]]
    look: Look = DENSE
    owners: Owners = NO_OWNERS
    lines: int = 1

    @cached_property
    def all(self) -> tuple[AnyColumn, ...]:
        """All columns."""
        rows: Iterator[AnyColumn] = iter(self.rows)
        count = len(self.rows) + len(self.levels)
        return tuple(self.levels.get(at) or next(rows) for at in range(count))

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where the columns stand that tell of an indicator."""
        count = len(self.rows) + len(self.levels)
        return tuple(at for at in range(count) if at not in self.levels)

    def free(self, taken: frozenset[int]) -> tuple[range, ...]:
        """Where columns stand side by side that are not among those that names have ``taken``."""
        if taken not in self._free:
            free = enumerate(at for at in range(len(self.all)) if at not in taken)
            runs = (list(run) for _, run in groupby(free, key=lambda each: each[1] - each[0]))
            self._free[taken] = tuple(range(run[0][1], run[-1][1] + 1) for run in runs)
        return self._free[taken]

    @cached_property
    def _free(self) -> dict[frozenset[int], tuple[range, ...]]:
        return {}

    def level(self, key: str) -> tuple[int, Column[Place]] | None:
        """The column of a level, with where it stands; ``None`` where it has none."""
        return next((found for found in self.levels.items() if found[1].key == key), None)

    def without_levels(self) -> KpiColumns:
        """The columns of a table that is one plan's alone, whose name stands above it."""
        return replace(self, levels={})

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

    def level(self, key: str, width: int) -> Column[Place]:
        """Return the column of the names of a level."""

    def named(self, name: str) -> tuple[Column[IndicatorRow], ...]:
        """Return the columns of a layout's name: most have one."""


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
    keys = {each.key for each in catalogue.levels}
    levels: dict[int, Column[Place]] = {}
    columns: list[Column[IndicatorRow]] = []
    shares: list[Share] = []
    groups: dict[str, str | None] = {}
    for each in layout:
        if each.name in keys:
            level = _headed(decided.level(each.name, 1), each, decided.cells.look)
            shares.append(_share(level, each, _few(list(places_at(catalogue, each.name)))))
            groups[level.key] = each.group
            levels[len(levels) + len(columns)] = level
            continue
        found = reported.get(each.name)
        if found is None:
            found = decided.named(each.name)
            if len(found) == 1:  # several have headings that tell them apart
                found = (_headed(found[0], each, decided.cells.look),)
        if each.name == LayoutName.TARGET:
            found = (*yearly, *found)
        columns.extend(found)
        groups |= {column.key: each.group for column in found}
        shares.extend(_share(column, each, rows, of=len(found)) for column in found)
    lines = max(each.lines for each in layout)
    found_columns = KpiColumns(tuple(columns), levels, lines=lines)
    return _with_widths(_below_headings(found_columns, groups, decided), shares)


def _with_widths(columns: KpiColumns, shares: Sequence[Share]) -> KpiColumns:
    """Return the columns with their widths."""
    widths = tuple(proportions(shares))
    placed = zip(columns.places, columns.rows, strict=True)
    return replace(
        columns,
        rows=tuple(replace(each, width=widths[at]) for at, each in placed),
        levels={at: replace(each, width=widths[at]) for at, each in columns.levels.items()},
    )


def _below_headings(
    columns: KpiColumns, groups: Mapping[str, str | None], decided: Decided
) -> KpiColumns:
    """Return the columns below what stands above several: the groups that are stated.

    Where none are, those behind the plans stand below the indicators' heading.
    """
    look = decided.cells.look
    columns = replace(columns, look=look, owners=decided.owners)
    if all(each is None for each in groups.values()):
        before = sum(at < max(columns.levels, default=-1) for at in columns.places)
        below = below_indicators(decided.labels, columns.rows[before:], look)
        return replace(columns, rows=(*columns.rows[:before], *below))

    def grouped(column: Column[_Given]) -> Column[_Given]:
        group = groups.get(column.key)
        above = (header_cell(group, look=look),) if group else ()
        return replace(column, above=(*above, *column.above))

    return replace(
        columns,
        rows=tuple(map(grouped, columns.rows)),
        levels={at: grouped(each) for at, each in columns.levels.items()},
    )


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
