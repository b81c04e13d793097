"""Why a mark was given (評価の理由), as facts; the document puts them in words.

Comes in: from judging. Goes out: with every judgement, to the document, which writes
``進捗率66.7％ ≥ 年度の目安66.7％`` in its own numerals. Rates are exact; 1 is the target.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from kpireport.domain.actuals import ReportedState
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear
from kpireport.quickly import quickly_made


class Comparison(StrEnum):
    """How the first of two values stands to the second."""

    ABOVE = "＞"
    AT_LEAST = "≥"
    EQUAL = "＝"
    AT_MOST = "≤"
    BELOW = "＜"


class RateKind(StrEnum):
    """Which rate a reason speaks of."""

    PROGRESS = "進捗率"
    ACHIEVEMENT = "達成率"


class ReferenceKind(StrEnum):
    """What an actual is compared with, where that is not the target."""

    BASELINE = "現状値"
    PREVIOUS = "前年度実績"
    FIRST = "最初の実績"  # where the plan's year has no value
    ZERO = "起点"  # 0, for what is counted from there


@quickly_made
@dataclass(frozen=True, slots=True)
class AgainstTarget:
    """The actual beside the target: ``実績36校 ≥ 目標値35校``.

    ``of_year`` is the year of the target where that is one of an earlier year (年度ごとの
    目標値), as in all reasons.
    """

    actual: Quantity
    comparison: Comparison
    target: Quantity
    of_year: FiscalYear | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class AgainstExpected:
    """A rate beside a share of the expected progress: ``進捗率37.5％ ≥ 年度の目安33.3％``.

    ``holds`` tells whether rate ≥ share × expected, or, where ``is_strict``, more.
    """

    kind: RateKind
    rate: Fraction
    expected: Fraction
    share: Fraction
    holds: bool
    of_year: FiscalYear | None = None
    is_strict: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class AgainstShare:
    """A rate beside a share of the target, or of the way: ``達成率95.0％（90％以上）``.

    ``rate`` is never ``None``: where there is no rate, :class:`AgainstTarget` speaks.
    ``is_strict`` where it has to be more than the share.
    """

    rate: Fraction
    share: Fraction
    holds: bool
    of_year: FiscalYear | None = None
    kind: RateKind = RateKind.ACHIEVEMENT
    is_strict: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class AgainstReference:
    """The actual beside another value: ``実績6,500件 ＞ 現状値6,402件``.

    ``tolerance`` is set where a difference of up to that share of the value counts as
    the same level, and ``change`` is the difference as a share of it; ``in_points`` where
    both are points of a value in ％ instead (0.03 is 3 of them); ``is_strict`` where the
    difference has to be less than that (未満).
    """

    actual: Quantity
    comparison: Comparison
    reference: Quantity
    kind: ReferenceKind
    tolerance: Fraction | None = None
    change: Fraction | None = None
    in_points: bool = False
    is_strict: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class AgainstChange:
    """How much better than another value the actual is: ``現状値20.0％から＋1.6ポイント改善``.

    ``change`` and ``share`` are above 0 where it is better, as shares of the value or, where
    ``in_points``, as points of a value in ％ (0.03 is 3 of them).
    """

    actual: Quantity
    reference: Quantity
    kind: ReferenceKind
    change: Fraction
    share: Fraction
    holds: bool
    in_points: bool = False
    is_strict: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class StateReported:
    """The department reported a state: ``進捗状況「実施中」``.

    ``due`` is the deadline's year where the state was still to be reached in that year or
    after it (``期限の令和３年度末に実施中``), and ``is_past`` tells whether after.
    """

    state: ReportedState
    due: FiscalYear | None = None
    is_past: bool = False


class Nothing(StrEnum):
    """Why there is nothing to judge (対象外)."""

    NONE_YET = "none_yet"  # the actual is ―
    NOT_A_NUMBER = "not_a_number"  # the actual is in words, the target a number
    OTHER_UNIT = "other_unit"  # the actual counts something else than the target
    OTHER_ACTION = "other_action"  # 基本協定締結２か所 beside the target 導入２か所
    NO_TARGET = "no_target"  # the target has no number
    NOT_SET = "not_set"  # the plan sets no target
    NO_SUM = "no_sum"  # a year of those that are added up (累計) is not known
    NO_BASELINE = "no_baseline"  # no number to compare with
    NO_PREVIOUS = "no_previous"  # no actual of the year before
    NO_FIRST = "no_first"  # the first actual: there is none before it
    NO_SURVEY = "no_survey"  # none was held up to now
    NOT_CHOSEN = "not_chosen"  # whoever chooses the marks has chosen none yet
    NO_MARKS = "no_marks"  # the report tells values alone


@quickly_made
@dataclass(frozen=True, slots=True)
class NothingToJudge:
    """There is nothing to judge, and why."""

    why: Nothing


@dataclass(frozen=True, slots=True)
class NoneAtDeadline:
    """A new thing is due and there is none of it yet (``―``): missed, not 対象外."""

    of_year: FiscalYear | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """People chose the mark; ``who`` they are (所管課)."""

    who: str


@dataclass(frozen=True, slots=True)
class NotReported:
    """Nothing was reported; ``explanation`` is the department's, empty where it gave none."""

    explanation: str = ""


@quickly_made
@dataclass(frozen=True, slots=True)
class OfLastSurvey:
    """There is no survey in the year: the last one's value was judged, as in its own year.

    ``explanation`` is the department's, empty where it gave none.
    """

    fiscal_year: FiscalYear
    reason: Reason
    explanation: str = ""


Reason: TypeAlias = (
    AgainstTarget
    | AgainstExpected
    | AgainstShare
    | AgainstReference
    | AgainstChange
    | StateReported
    | NothingToJudge
    | NoneAtDeadline
    | Chosen
    | NotReported
    | OfLastSurvey
)


def is_without_survey(reason: Reason) -> bool:
    """Whether a reason is of a year without a survey."""
    return isinstance(reason, OfLastSurvey) or says_nothing(reason, Nothing.NO_SURVEY)


def says_nothing(reason: Reason, why: Nothing) -> bool:
    """Whether a reason is that there is nothing to judge, and why."""
    return isinstance(reason, NothingToJudge) and reason.why is why
