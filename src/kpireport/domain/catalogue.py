r"""The plan as decided (catalogue): goals, plans, indicators, baselines, targets.

Frozen facts without behaviour. Every ``text`` is verbatim as printed in the
decided document; ``\n`` in it separates the lines of one cell and is content.
The meaning (quantity, unit, deadline …) stands beside the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from kpireport.domain.comment_columns import USUAL_COMMENTS, AskedKind, CommentColumn
from kpireport.domain.layouts import (
    ANSWERS,
    NO_DETAILS,
    NO_LAYOUTS,
    Details,
    Layouts,
    usual_layout,
)
from kpireport.domain.levels import USUAL_LEVELS, Levels
from kpireport.domain.names import in_one_line, labelled, repeats_word
from kpireport.domain.surveys import Survey
from kpireport.domain.target_kinds import HeldAgainst, TargetKind
from kpireport.domain.units import minus_in, same_unit, spelling_in, stated_unit
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear

if TYPE_CHECKING:
    from kpireport.domain.revisions import Revision


@dataclass(frozen=True, slots=True)
class Baseline:
    """現状値: the state at the start.

    ``quantities`` is empty where the baseline is a state (``検討``) or none
    yet (``―``); the first quantity decides, the others are shown.
    ``shared_with`` names the indicator directly above whose printed cell spans this
    row too. ``year`` is the fiscal year that progress counts from where that is not the
    plan's, as of an indicator that was added later. ``is_first_known`` where there is no
    value in that year and the first actual serves instead.
    """

    text: str
    quantities: tuple[Quantity, ...] = ()
    as_of: str | None = None
    shared_with: str | None = None
    year: FiscalYear | None = None
    is_first_known: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """目標値: what is asked for, by when.

    ``deadline`` is the fiscal year of a target with a deadline of its own;
    ``None`` means the plan's target year. ``step`` is the difference to the baseline that
    is asked for, where the plan's file states it beside the text; a per cent is a share of it.
    """

    text: str
    kind: TargetKind
    quantities: tuple[Quantity, ...] = ()
    deadline: FiscalYear | None = None
    step: Quantity | None = None

    @property
    def is_state(self) -> bool:
        """Whether a state is asked for (状態) rather than a number."""
        return self.kind.facts.held_against is HeldAgainst.WORDS

    @property
    def is_none(self) -> bool:
        """Whether no target is set (設定しない): the actuals are printed, and not judged."""
        return self.kind.facts.held_against is HeldAgainst.NOTHING


@dataclass(frozen=True, slots=True)
class YearlyTarget:
    """年度ごとの目標: what is asked for by the end of a year before the target's own.

    ``quantities`` is empty where the year has no target of its own (``―``).
    """

    fiscal_year: FiscalYear
    text: str
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured year by year: an indicator, or a goal's numeric target.

    ``yearly_targets`` are those of years before the target's own, earliest first: of each
    year, or of one midway (中間目標). ``departments`` (所管課) are those that work on it; the
    first is the lead (主管課) and reports its actuals. ``survey`` says in which years it is
    surveyed, where that is not every year; it is no part of what was decided.
    ``is_cumulative`` where each year's own amount is reported, and their sum since the
    baseline's year (累計) is held against the target. ``category`` is the key of its class
    (区分), by which it may be counted and judged apart; empty for none.
    """

    id: str
    name: str
    baseline: Baseline
    target: Target
    departments: tuple[str, ...] = ()
    survey: Survey | None = None
    yearly_targets: tuple[YearlyTarget, ...] = ()
    is_cumulative: bool = False
    category: str = ""

    def cells(self) -> Iterator[Baseline | Target | YearlyTarget]:
        """Yield what its row says in numbers or in words."""
        yield self.baseline
        yield self.target
        yield from self.yearly_targets

    def yearly_target(self, year: FiscalYear) -> YearlyTarget | None:
        """The target of a year before the target's own, as it is printed."""
        return next((each for each in self.yearly_targets if each.fiscal_year == year), None)

    def next_yearly_target(self, year: FiscalYear) -> YearlyTarget | None:
        """The number that is due next, in a year or after it, before the target's own."""
        later = (each for each in self.yearly_targets if each.fiscal_year >= year)
        return next((each for each in later if each.quantities), None)

    def __hash__(self) -> int:  # what is equal has the same id, and many look rows up
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Indicator(Measure):
    """重要業績評価指標（KPI）: one row of a plan's table, with the texts beside it."""

    details: Details = NO_DETAILS

    __hash__ = Measure.__hash__


def years_with_targets(indicators: Iterable[Indicator]) -> tuple[FiscalYear, ...]:
    """Return the years before the targets' own that any of these has a target for."""
    return tuple(sorted({aim.fiscal_year for each in indicators for aim in each.yearly_targets}))


def past_labels(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """What the values before the baselines are called, in order; empty for one without a name."""
    labels: dict[str, None] = {}
    for each in indicators:
        labels |= dict.fromkeys([""] if each.details.past else [])
        labels |= dict.fromkeys(label for label, _ in each.details.pasts)
    return tuple(labels)


def unit_of(measure: Measure) -> str:
    """The unit that an indicator states for itself (単位); empty for none (－)."""
    return stated_unit(measure.details.unit) if isinstance(measure, Indicator) else ""


def period_of(measure: Measure) -> str:
    """Of what time an indicator's values are, where that is not the fiscal year; else empty."""
    return measure.details.period if isinstance(measure, Indicator) else ""


def as_spelt(unit: str, measure: Measure) -> str:
    """A unit as the row of a measure spells it (カ所, 箇所): in its column, or in its texts."""
    own = unit_of(measure)
    if own and same_unit(own, unit):
        return own
    return spelling_in(unit, measure.target.text, measure.baseline.text)


@dataclass(frozen=True, slots=True)
class NumericTarget(Measure):
    """基本目標における数値目標: a goal-level target, measured by a survey."""

    __hash__ = Measure.__hash__


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """A heading row without values of its own (病床の確保) and its sub-rows."""

    id: str
    name: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a goal that has plans, or further sections (基本施策); its label may be empty."""

    id: str
    label: str
    title: str
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """戦略計画: a named plan and the rows that measure it; its label may be empty.

    ``sections`` are those that it stands in, outermost first; plans of the same section
    follow each other. ``departments`` are those of its indicators that name none.
    """

    id: str
    label: str
    title: str
    rows: tuple[Indicator | IndicatorGroup, ...]
    sections: tuple[Section, ...] = ()
    departments: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """What it is called where there is little room: its number, or its name."""
        return self.label or in_one_line(self.title)

    def indicators(self) -> Iterator[Indicator]:
        """Yield the plan's indicators in printed order, those in groups included."""
        for row in self.rows:
            if isinstance(row, IndicatorGroup):
                yield from row.indicators
            else:
                yield row


@dataclass(frozen=True, slots=True)
class Direction:
    """A part of 基本的な方向性: prose and items, titled and numbered where there are several."""

    label: str
    title: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """基本目標: one chapter of the document; its numeral may be empty."""

    id: str
    numeral: str
    title: str
    numeric_targets: tuple[NumericTarget, ...]
    directions: tuple[Direction, ...]
    plans: tuple[Plan, ...]
    departments: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """What it is called where there is little room: its number, or its name."""
        return self.numeral or in_one_line(self.title)

    @property
    def head(self) -> str:
        """Its number and name."""
        return labelled(self.numeral, self.title)

    def indicators(self) -> Iterator[Indicator]:
        """Yield the goal's indicators in printed order."""
        for plan in self.plans:
            yield from plan.indicators()


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A numbered point (⑴ …) or a note (※１ …): its label and its lines."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Introduction:
    """はじめに: prose, numbered points and ※ notes."""

    title: str
    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[LabelledText, ...]
    notes: tuple[LabelledText, ...]


class YearKind(StrEnum):
    """Of which kind the years of a plan are."""

    FISCAL = "fiscal"
    CALENDAR = "calendar"


class ColumnName(StrEnum):
    """A column of the KPI table that a callout can point at."""

    PLAN = "plan"
    INDICATOR = "indicator"
    BASELINE = "baseline"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Callout:
    """① 「現状値」欄：…: a mark on the sample page and its explanation."""

    mark: str
    column: ColumnName
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class HowToRead:
    """表の見方: which goal and plans make the reduced sample page, and its callouts."""

    title: str
    goal_id: str
    plan_ids: tuple[str, ...]
    callouts: tuple[Callout, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """The words printed in the tables' headers; a label may have several lines.

    ``indicator_noun`` is what sentences call an indicator: a header (指標名) is no noun.
    """

    goal: str
    numeric_targets: str
    numeric_targets_note: str
    directions: str
    plan: str
    indicators: str
    indicator: str
    baseline: str
    baseline_note: str
    target: str
    target_note: str
    indicator_noun: str = "指標"
    past: str = ""
    past_note: str = ""

    def called(self, numeral: str) -> str:
        """What a goal is called by its number: ``基本目標Ⅰ``, ``政策１`` where that says it."""
        word = self.goal.replace("\n", "")
        return numeral if word in numeral else f"{word}{numeral}"

    @property
    def above_indicators(self) -> str:
        """What stands above the columns of indicators; empty where it says the column's word."""
        return "" if repeats_word(self.indicators, self.indicator) else self.indicators

    @property
    def past_word(self) -> str:
        """What stands above the values before the baselines, ours where the plan has no word."""
        return self.past or "過去値"


@dataclass(frozen=True, slots=True)
class PlanYears:
    """The fiscal years the plan rests on (現状値・目標値・数値目標の年度)."""

    baseline: FiscalYear
    target: FiscalYear
    numeric_target: FiscalYear

    def due(self, measure: Measure) -> FiscalYear:
        """The year that a measure is due in: its own deadline, or the plan's year."""
        plain = self.numeric_target if isinstance(measure, NumericTarget) else self.target
        return measure.target.deadline or plain


@dataclass(frozen=True, slots=True)
class Category:
    """区分: a class of indicators (客観・主観), counted apart."""

    key: str
    label: str


@dataclass(frozen=True)  # without slots: what walks the whole plan is found once
class Catalogue:
    """The whole plan of one municipality as it was decided.

    ``revisions`` are what was decided about it since, earliest first; what the plan is
    in a fiscal year is :mod:`kpireport.domain.histories`'s matter. ``comments`` are what
    is said of each of its plans, or of each part of the level that ``levels`` names;
    ``answers`` what is asked of each indicator and year beside its value. ``categories`` are
    the classes of its indicators (区分), in the order of their counts.
    """

    municipality: str
    issuer: str
    title: tuple[str, ...]
    issued: str
    years: PlanYears
    labels: Labels
    introduction: Introduction | None
    how_to_read: HowToRead | None
    goals: tuple[Goal, ...]
    revisions: tuple[Revision, ...] = ()
    layouts: Layouts = NO_LAYOUTS
    comments: tuple[CommentColumn, ...] = USUAL_COMMENTS
    answers: tuple[CommentColumn, ...] = ()
    levels: Levels = USUAL_LEVELS
    categories: tuple[Category, ...] = ()

    def category_label(self, measure: Measure) -> str:
        """What the class of a measure is called; empty for none."""
        found = (each.label for each in self.categories if each.key == measure.category)
        return next(found, "")

    @cached_property
    def columns(self) -> Layouts:
        """The columns of both editions as they are printed; empty for the original ones."""
        stated, levels = self.layouts, self.levels
        if levels.are_usual:
            return stated
        return Layouts(
            plan=stated.plan or usual_layout(levels, is_review=False),
            review=stated.review or usual_layout(levels, self._answer_names(), is_review=True),
        )

    def _answer_names(self) -> Iterator[str]:
        """Yield the columns of what is asked of indicators; texts have none unless laid out."""
        asked = (each for each in self.answers if each.kind is not AskedKind.TEXT)
        return (f"{ANSWERS}{each.key}" for each in asked)

    @cached_property
    def minus(self) -> str:
        """The sign with which the plan writes its numbers below nought; − where it has none."""
        return minus_in(
            cell.text
            for each in self.measures()
            for cell in each.cells()
            if any(quantity.value < 0 for quantity in cell.quantities)
        )

    def plans(self) -> Iterator[Plan]:
        """Yield all plans in printed order."""
        for goal in self.goals:
            yield from goal.plans

    def indicators(self) -> Iterator[Indicator]:
        """Yield all indicators in printed order."""
        return iter(self._indicators)

    @cached_property
    def _indicators(self) -> tuple[Indicator, ...]:
        return tuple(each for goal in self.goals for each in goal.indicators())

    @property
    def indicator_count(self) -> int:
        """How many indicators there are."""
        return len(self._indicators)

    def numeric_targets(self) -> Iterator[NumericTarget]:
        """Yield all numeric targets in printed order."""
        for goal in self.goals:
            yield from goal.numeric_targets

    @cached_property
    def has_yearly_targets(self) -> bool:
        """Whether anything has a target of a year before its own (年度ごとの目標値)."""
        return any(each.yearly_targets for each in self.measures())

    @cached_property
    def years_with_targets(self) -> tuple[FiscalYear, ...]:
        """The years before the targets' own that any indicator has a target for."""
        return years_with_targets(self.indicators())

    def measures(self) -> Iterator[Measure]:
        """Yield all that is reported: each goal's numeric targets, then its indicators."""
        return iter(self._measures)

    @cached_property
    def _measures(self) -> tuple[Measure, ...]:
        goals = self.goals
        return tuple(each for it in goals for each in (*it.numeric_targets, *it.indicators()))
