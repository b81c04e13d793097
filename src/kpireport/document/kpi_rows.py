"""The rows of the KPI tables, and their columns from left to right.

Frozen facts; what the columns are is :mod:`kpireport.document.kpi_columns`'s matter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kpireport.document.columns import AnyColumn, Column
from kpireport.document.owners import NO_OWNERS, Owners
from kpireport.document.table_cells import DENSE, Look
from kpireport.domain.catalogue import Indicator, Plan


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in a KPI table.

    Attributes:
        indicator: what stands in the row.
        is_part: whether it stands below the name of its group.
        baseline_rows: how many rows its baseline stands beside; 0 where the one above does.
    """

    indicator: Indicator
    is_part: bool
    baseline_rows: int


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
    """

    plan: Column[Plan] | None
    before: tuple[Column[IndicatorRow], ...]
    after: tuple[Column[IndicatorRow], ...]
    look: Look = DENSE
    owners: Owners = NO_OWNERS

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

    def without_plan(self) -> KpiColumns:
        """The columns of a table that is one plan's alone, whose name stands above it."""
        return replace(self, plan=None, before=(), after=self.rows)

    def has(self, key: str) -> bool:
        """Tell whether there is such a column."""
        return any(each.key == key for each in self.all)
