"""What was decided about the plan after it (計画の変更): dated revisions and their changes.

Frozen facts, as ``catalogue.json`` has them. Every change names its measure by the id
that it has always had, and has its reason. What the plan becomes by them is
:mod:`kpireport.domain.histories`'s matter.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from kpireport.domain.catalogue import Baseline, Indicator, Target, YearlyTarget
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class TargetChange:
    """目標の変更: another target for an indicator or a numeric target."""

    id: str
    target: Target
    reason: str


@dataclass(frozen=True, slots=True)
class YearlyTargetChange:
    """年度ごとの目標の変更: other targets for some of the years before the target's own."""

    id: str
    yearly_targets: tuple[YearlyTarget, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class DetailChange:
    """欄の変更: other texts beside an indicator, by the names of their columns."""

    id: str
    texts: tuple[tuple[str, str], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class BaselineChange:
    """現状値の訂正: another baseline for an indicator or a numeric target."""

    id: str
    baseline: Baseline
    reason: str


@dataclass(frozen=True, slots=True)
class CategoryChange:
    """区分の変更: another class for an indicator or a numeric target; empty for none."""

    id: str
    category: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ending:
    """終了: an indicator, a numeric target, a group, a plan or a section is no longer pursued."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Addition:
    """追加: a new indicator in a plan.

    ``after`` is the row that it stands below: one of the plan's, the plan itself for its
    first place, ``None`` for its last. Below an indicator of a group it is in the group.
    """

    plan_id: str
    indicator: Indicator
    reason: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Renaming:
    """名称の変更: another name for what is measured, a group, a plan or a section."""

    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Split:
    """分割: several new indicators in the place of one.

    ``continues`` is the part that counts what the whole did: the whole's actuals are
    the part's earlier ones. ``None`` where no part does.
    """

    id: str
    parts: tuple[Indicator, ...]
    reason: str
    continues: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """移動: an indicator or a group goes to another plan, or to another place; as it is."""

    id: str
    plan_id: str
    reason: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class DepartmentChange:
    """所管課の変更: other departments report an indicator."""

    id: str
    departments: tuple[str, ...]
    reason: str


Change: TypeAlias = (
    TargetChange
    | YearlyTargetChange
    | DetailChange
    | BaselineChange
    | CategoryChange
    | Ending
    | Addition
    | Renaming
    | Split
    | Move
    | DepartmentChange
)


@dataclass(frozen=True, slots=True)
class Revision:
    """改定: what was decided together.

    Attributes:
        id: tells the revision from others.
        title: what it is called (``第１次改定``).
        decided: the day of the decision.
        first_year: the fiscal year from which it is in force.
        changes: in the order in which they are applied.
    """

    id: str
    title: str
    decided: dt.date
    first_year: FiscalYear
    changes: tuple[Change, ...]
