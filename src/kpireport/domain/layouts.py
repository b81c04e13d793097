"""The KPI table's columns as the plan lays them out (表の列), and an indicator's details in them.

Frozen facts without behaviour, but for the names: those that every plan has, and one
for each text of the plan's own (``details.委員会``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kpireport.domain.levels import Levels, Shown

OWN = "details."
"""What the name of a column begins with that has a text of the plan's own."""


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
    ACTUALS = "actuals"
    TARGET = "target"
    RATE = "rate"
    MARK = "mark"


OF_REVIEWS = (LayoutName.ACTUALS, LayoutName.RATE, LayoutName.MARK)
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
    the content.
    """

    name: str
    header: str = ""
    width: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Layouts:
    """The columns of the plan edition and of the review; empty for the original ones."""

    plan: tuple[LayoutColumn, ...] = ()
    review: tuple[LayoutColumn, ...] = ()


NO_LAYOUTS = Layouts()


def usual_layout(levels: Levels, *, is_review: bool) -> tuple[LayoutColumn, ...]:
    """Return the columns of a plan that lays out none but has levels of its own."""
    shown = [each.key for each in levels if each.shown is Shown.COLUMN]
    decided = [LayoutName.BASELINE, *([LayoutName.ACTUALS] if is_review else ()), LayoutName.TARGET]
    judged = [LayoutName.RATE, LayoutName.MARK] if is_review else []
    names = (*shown, LayoutName.INDICATOR, *decided, *judged)
    return tuple(LayoutColumn(name) for name in names)


def column_count(layout: Sequence[LayoutColumn], years: int) -> int:
    """How many columns a layout makes: one for each year's actuals."""
    return sum(years if each.name == LayoutName.ACTUALS else 1 for each in layout)


_MOST_UPRIGHT = 8  # columns on pages that stand upright


def is_wide(layout: Sequence[LayoutColumn], years: int) -> bool:
    """Whether a layout's table wants pages that lie."""
    return column_count(layout, years) > _MOST_UPRIGHT
