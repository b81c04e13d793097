"""The KPI table's columns as the plan lays them out (表の列), and an indicator's details in them.

Frozen facts without behaviour, but for the names: those that every plan has, and one
for each text of the plan's own (``details.委員会``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kpireport.domain.levels import Levels, Shown
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass

OWN = "details."
"""What the name of a column begins with that has a text of the plan's own."""

ANSWERS = "answers."
"""What the name of a column begins with that has what is asked of each indicator and year."""


FURTHER = "further."
"""What the name of a column begins with that has a mark beside the first."""


class LayoutName(StrEnum):
    """The columns that every plan may have."""

    PLAN = "plan"
    NUMBER = "number"
    INDICATOR = "indicator"
    UNIT = "unit"
    PERIOD = "period"
    DIRECTION = "direction"
    DEFINITION = "definition"
    BASIS = "basis"
    SOURCE = "source"
    REMARKS = "remarks"
    DEPARTMENT = "department"
    CATEGORY = "category"
    PAST = "past"
    BASELINE = "baseline"
    BASELINE_YEAR = "baseline_year"
    ACTUALS = "actuals"
    YEARLY_TARGETS = "yearly_targets"
    YEARS = "years"
    TARGET = "target"
    DEADLINE = "deadline"
    RATE = "rate"
    EARLIER_MARKS = "earlier_marks"
    MARK = "mark"
    REASON = "reason"


OF_REVIEWS = (
    LayoutName.ACTUALS,
    LayoutName.YEARS,
    LayoutName.RATE,
    LayoutName.EARLIER_MARKS,
    LayoutName.MARK,
    LayoutName.REASON,
)
"""What a plan has not yet."""

BY_YEAR = (LayoutName.ACTUALS, LayoutName.YEARLY_TARGETS, LayoutName.YEARS)
"""What has a column for each year."""

WITH_FORMER = (LayoutName.BASELINE, LayoutName.TARGET)
"""What is revised, and may have its former value below it."""

DETAIL_WORDS = {
    LayoutName.NUMBER: "番号",
    LayoutName.UNIT: "単位",
    LayoutName.PERIOD: "期間・時点",
    LayoutName.DIRECTION: "方向性",
    LayoutName.DEFINITION: "定義・計算方法",
    LayoutName.BASIS: "設定根拠",
    LayoutName.SOURCE: "出典",
    LayoutName.REMARKS: "備考",
}
"""The texts beside an indicator, and what their columns are called."""


COLUMN_WORDS = {
    LayoutName.PLAN: "戦略計画",
    LayoutName.INDICATOR: "指標",
    **DETAIL_WORDS,
    LayoutName.DEPARTMENT: "所管課",
    LayoutName.CATEGORY: "区分",
    LayoutName.PAST: "過去値",
    LayoutName.BASELINE: "現状値",
    LayoutName.BASELINE_YEAR: "現状値の年度",
    LayoutName.ACTUALS: "実績",
    LayoutName.YEARLY_TARGETS: "年度ごとの目標値",
    LayoutName.YEARS: "年度ごとの目標と実績",
    LayoutName.TARGET: "目標値",
    LayoutName.DEADLINE: "期限",
    LayoutName.RATE: "進捗率",
    LayoutName.EARLIER_MARKS: "前年度までの評価",
    LayoutName.MARK: "評価",
    LayoutName.REASON: "評価の理由",
}
"""What staff call the columns, whatever a plan prints above them."""

OF_KEYS = {OWN: "欄：", ANSWERS: "指標ごとの欄：", FURTHER: "２つ目の評価："}
"""What stands before the key in the words for columns that a plan has of its own."""


def column_word(name: str) -> str:
    """Return what staff call a column; a level's is its key.

    >>> column_word("baseline"), column_word("details.委員会")
    ('現状値', '欄：委員会')
    """
    for before, words in OF_KEYS.items():
        if name.startswith(before):
            return f"{words}{name.removeprefix(before)}"
    return COLUMN_WORDS[LayoutName(name)] if name in set(LayoutName) else name


def detail_word(name: str) -> str:
    """Return what the column of a text beside an indicator is called."""
    return name.removeprefix(OWN) if name.startswith(OWN) else DETAIL_WORDS[LayoutName(name)]


@dataclass(frozen=True, slots=True)
class Details:
    """The texts beside an indicator, verbatim; empty for none.

    ``period`` says of what time its values are where that is not the fiscal year (暦年,
    9月30日現在): it stands at the indicator's name unless it has a column.
    ``past`` is the value before the baseline (過去値), ``pasts`` are several of them, each
    with what it is called (平成22年度); ``own`` are texts of the plan's own by their keys.
    """

    number: str = ""
    unit: str = ""
    period: str = ""
    direction: str = ""
    definition: str = ""
    basis: str = ""
    source: str = ""
    remarks: str = ""
    past: str = ""
    pasts: tuple[tuple[str, str], ...] = ()
    own: tuple[tuple[str, str], ...] = ()

    def text(self, name: str) -> str:
        """The text of the column of this name; empty for none."""
        if name.startswith(OWN):
            return dict(self.own).get(name.removeprefix(OWN), "")
        text: str = getattr(self, name)
        return text

    def past_of(self, label: str) -> str:
        """The value before the baseline that is called so; of no name the only one."""
        return dict(self.pasts).get(label, "") if label else self.past

    def saying(self, texts: Mapping[str, str]) -> Details:
        """Return the same with these texts in their columns, by name."""
        own, known = dict(self.own), dict[str, Any]()
        for name, text in texts.items():
            if name.startswith(OWN):
                own[name.removeprefix(OWN)] = text
            else:
                known[name] = text
        return replace(self, **known, own=tuple(own.items()))


NO_DETAILS = Details()


class YearPart(StrEnum):
    """What a year has in a table."""

    TARGET = "target"
    ACTUAL = "actual"
    RATE = "rate"


YEAR_WORDS = {YearPart.TARGET: "目標", YearPart.ACTUAL: "実績", YearPart.RATE: "達成率"}
"""What they are called, unless the plan has words of its own (見込量)."""


class YearShow(StrEnum):
    """How a year's target and actual stand."""

    SIDE_BY_SIDE = "side_by_side"  # each in a column, below the year
    TWO_LINES = "two_lines"  # each on a line, beside what it is


@dataclass(frozen=True, slots=True)
class YearsShown:
    """Which years a table has, what of each, and how that stands.

    Attributes:
        of: what of each year, in this order; what the column's name says where it is empty.
        show: how several of a year stand.
        years: those that are shown, besides the report's; empty for all.
        last: how many of the last; ``None`` for all.
        to_come: whether those after the report's year are shown too, up to the plan's last.
        words: what the plan calls the parts.
    """

    of: tuple[YearPart, ...] = ()
    show: YearShow = YearShow.SIDE_BY_SIDE
    years: tuple[FiscalYear, ...] = ()
    last: int | None = None
    to_come: bool = False
    words: tuple[tuple[YearPart, str], ...] = ()

    def word(self, part: YearPart) -> str:
        """What a part is called."""
        return dict(self.words).get(part, YEAR_WORDS[part])

    def chosen(self, known: Iterable[FiscalYear]) -> tuple[FiscalYear, ...]:
        """Return the years that are wanted of those that there are."""
        wanted = sorted(each for each in set(known) if not self.years or each in self.years)
        return tuple(wanted[-self.last :] if self.last else wanted)


ALL_YEARS = YearsShown()


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    r"""A column: its name, and where stated its heading and its proportion.

    The lines of ``header`` after a ``\n`` explain the first. A ``width`` of ``None`` follows
    the content. ``shown`` tells of the years of a column that has one for each (``BY_YEAR``).
    ``group`` stands above it and above its neighbours of the same group: empty for nothing,
    ``None`` where that is not stated. ``is_by_year`` of an answer that has a column for each
    year. ``has_former`` of a baseline or target that has what it was before it was revised
    (改定前) below it.
    """

    name: str
    header: str = ""
    width: Decimal | None = None
    shown: YearsShown = ALL_YEARS
    group: str | None = None
    is_by_year: bool = False
    has_former: bool = False

    @property
    def parts(self) -> tuple[YearPart, ...]:
        """What of each year stands in it; nothing in a column that is none of years."""
        match self.name:
            case LayoutName.ACTUALS:
                return (YearPart.ACTUAL,)
            case LayoutName.YEARLY_TARGETS:
                return (YearPart.TARGET,)
            case LayoutName.YEARS:
                return self.shown.of or (YearPart.TARGET, YearPart.ACTUAL)
            case _:
                return ()

    @property
    def lines(self) -> int:
        """On how many lines its rows stand."""
        is_lined = self.name == LayoutName.YEARS and self.shown.show is YearShow.TWO_LINES
        return len(self.parts) if is_lined else 1

    def years(
        self, reported: Sequence[FiscalYear], aimed: Sequence[FiscalYear], last: FiscalYear
    ) -> tuple[FiscalYear, ...]:
        """Return the years that it shows.

        The report's own is always one of them where actuals are: it is what is judged.

        Args:
            reported: the years of the report, its own last; none in the plan edition.
            aimed: those before the targets' own that any row has a target for.
            last: the plan's last.
        """
        if self.name == LayoutName.YEARLY_TARGETS:
            return self.shown.chosen(aimed)
        if self.name == LayoutName.EARLIER_MARKS:
            return self.shown.chosen(reported[:-1])
        if not (self.parts or self.is_by_year) or not reported:
            return ()
        found = set(self.shown.chosen(reported)) | set(reported[-1:])
        if self.name == LayoutName.YEARS:
            later = map(FiscalYear, range(reported[-1].year + 1, last.year + 1))
            to_come = set(later) if self.shown.to_come or self.shown.years else set()
            found |= {each for each in to_come if self.shown.to_come or each in self.shown.years}
        return tuple(sorted(found))

    def count(self, years: int) -> int:
        """How many columns it makes of so many years."""
        if self.lines > 1:
            return years + 1  # and one that says what each line is
        if self.name == LayoutName.EARLIER_MARKS or self.is_by_year:
            return years
        return years * len(self.parts) if self.parts else 1


@dataclass(frozen=True, slots=True)
class Layouts:
    """The columns of the plan edition and of the review; empty for the original ones."""

    plan: tuple[LayoutColumn, ...] = ()
    review: tuple[LayoutColumn, ...] = ()


NO_LAYOUTS = Layouts()


def usual_layout(
    levels: Levels, answers: Iterable[str] = (), *, is_review: bool
) -> tuple[LayoutColumn, ...]:
    """Return the columns of a plan that lays out none but has levels of its own."""
    shown = [each.key for each in levels if each.shown is Shown.COLUMN]
    decided = [LayoutName.BASELINE, *([LayoutName.ACTUALS] if is_review else ()), LayoutName.TARGET]
    judged = [LayoutName.RATE, LayoutName.MARK] if is_review else []
    names = (*shown, LayoutName.INDICATOR, *decided, *judged, *answers)
    return tuple(LayoutColumn(name) for name in names)


_MOST_UPRIGHT = 8  # columns on pages that stand upright


def is_wide(
    layout: Sequence[LayoutColumn],
    reported: Sequence[FiscalYear],
    aimed: Sequence[FiscalYear],
    last: FiscalYear,
) -> bool:
    """Whether a layout's table wants pages that lie; of which years see ``LayoutColumn.years``."""
    counts = (each.count(len(each.years(reported, aimed, last))) for each in layout)
    return sum(counts) > _MOST_UPRIGHT
