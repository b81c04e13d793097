"""The KPI table's columns as the plan lays them out (表の列), and an indicator's details in them.

Frozen facts without behaviour, but for the names: those that every plan has, and one
for each text of the plan's own (``details.委員会``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

OWN = "details."
"""What the name of a column begins with that has a text of the plan's own."""

ANSWERS = "answers."
"""What the name of a column begins with that has what is asked of each indicator and year."""


class LayoutName(StrEnum):
    """The columns that every plan may have."""

    PLAN = "plan"
    NUMBER = "number"
    INDICATOR = "indicator"
    UNIT = "unit"
    DIRECTION = "direction"
    DEFINITION = "definition"
    BASIS = "basis"
    SOURCE = "source"
    REMARKS = "remarks"
    DEPARTMENT = "department"
    PAST = "past"
    BASELINE = "baseline"
    BASELINE_YEAR = "baseline_year"
    ACTUALS = "actuals"
    TARGET = "target"
    DEADLINE = "deadline"
    RATE = "rate"
    EARLIER_MARKS = "earlier_marks"
    MARK = "mark"
    REASON = "reason"


OF_REVIEWS = (
    LayoutName.ACTUALS,
    LayoutName.RATE,
    LayoutName.EARLIER_MARKS,
    LayoutName.MARK,
    LayoutName.REASON,
)
"""What a plan has not yet."""

DETAIL_WORDS = {
    LayoutName.NUMBER: "番号",
    LayoutName.UNIT: "単位",
    LayoutName.DIRECTION: "方向性",
    LayoutName.DEFINITION: "定義・計算方法",
    LayoutName.BASIS: "設定根拠",
    LayoutName.SOURCE: "出典",
    LayoutName.REMARKS: "備考",
}
"""The texts beside an indicator, and what their columns are called."""


@dataclass(frozen=True, slots=True)
class Details:
    """The texts beside an indicator, verbatim; empty for none.

    ``past`` is the value before the baseline (過去値), ``own`` are texts of the plan's
    own by their keys.
    """

    number: str = ""
    unit: str = ""
    direction: str = ""
    definition: str = ""
    basis: str = ""
    source: str = ""
    remarks: str = ""
    past: str = ""
    own: tuple[tuple[str, str], ...] = ()

    def text(self, name: str) -> str:
        """The text of the column of this name; empty for none."""
        if name.startswith(OWN):
            return dict(self.own).get(name.removeprefix(OWN), "")
        text: str = getattr(self, name)
        return text


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    r"""A column: its name, and where stated its heading and its proportion.

    The lines of ``header`` after a ``\n`` explain the first. A ``width`` of ``None`` follows
    the content. ``group`` stands above it and above its neighbours of the same group: empty
    for nothing, ``None`` where that is not stated. ``has_all_years`` of an answer that has a
    column for each year.
    """

    name: str
    header: str = ""
    width: Decimal | None = None
    group: str | None = None
    has_all_years: bool = False


@dataclass(frozen=True, slots=True)
class Layouts:
    """The columns of the plan edition and of the review; empty for the original ones."""

    plan: tuple[LayoutColumn, ...] = ()
    review: tuple[LayoutColumn, ...] = ()


NO_LAYOUTS = Layouts()


def column_count(layout: Sequence[LayoutColumn], years: int) -> int:
    """How many columns a layout makes: of some names one for each year."""
    return sum(_columns_of(each, years) for each in layout)


def _columns_of(column: LayoutColumn, years: int) -> int:
    if column.name == LayoutName.EARLIER_MARKS:
        return years - 1
    return years if column.name == LayoutName.ACTUALS or column.has_all_years else 1


_MOST_UPRIGHT = 8  # columns on pages that stand upright


def is_wide(layout: Sequence[LayoutColumn], years: int) -> bool:
    """Whether a layout's table wants pages that lie."""
    return column_count(layout, years) > _MOST_UPRIGHT
