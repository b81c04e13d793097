"""The rows of the KPI tables, as their columns see them."""

from __future__ import annotations

from dataclasses import dataclass

from kpireport.domain.catalogue import Indicator
from kpireport.quickly import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in a KPI table.

    Attributes:
        indicator: what stands in the row.
        is_part: whether it stands below the name of its group.
        baseline_rows: how many rows its baseline stands beside; 0 where the one above does.
        line: which of its lines it is (目標, 実績), where it stands on several.
    """

    indicator: Indicator
    is_part: bool
    baseline_rows: int
    line: int = 0
