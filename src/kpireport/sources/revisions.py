"""From the entries of ``catalogue.json`` to the revisions of the plan.

Comes in: entries that were checked. Goes out: frozen facts.
"""

from __future__ import annotations

from typing import assert_never

from kpireport.domain.catalogue import Indicator
from kpireport.domain.revisions import (
    Addition,
    BaselineChange,
    CategoryChange,
    Change,
    DepartmentChange,
    DetailChange,
    Ending,
    Move,
    Renaming,
    Revision,
    Split,
    TargetChange,
    YearlyTargetChange,
)
from kpireport.domain.years import FiscalYear
from kpireport.sources.measures_from_entries import (
    baseline_of,
    measure_of,
    stated_yearly_target,
    target_of,
)
from kpireport.sources.revision_entries import (
    AdditionEntry,
    AnyChange,
    BaselineChangeEntry,
    CategoryChangeEntry,
    DepartmentChangeEntry,
    DetailChangeEntry,
    EndingEntry,
    MoveEntry,
    RenamingEntry,
    RevisionEntry,
    SplitEntry,
    TargetChangeEntry,
    YearlyTargetChangeEntry,
)


def revision_of(entry: RevisionEntry) -> Revision:
    """A revision with its changes."""
    return Revision(
        id=entry.id,
        title=entry.title,
        decided=entry.decided,
        first_year=FiscalYear(entry.from_),
        changes=tuple(_change(each) for each in entry.changes),
    )


def _change(entry: AnyChange) -> Change:  # noqa: C901 a flat list
    match entry:
        case TargetChangeEntry():
            return TargetChange(entry.id, target_of(entry.target), entry.reason)
        case YearlyTargetChangeEntry():
            targets = tuple(map(stated_yearly_target, entry.yearly_targets))
            return YearlyTargetChange(entry.id, targets, entry.reason)
        case DetailChangeEntry():
            return DetailChange(entry.id, tuple(entry.texts.items()), entry.reason)
        case BaselineChangeEntry():
            return BaselineChange(entry.id, baseline_of(entry.baseline), entry.reason)
        case CategoryChangeEntry():
            return CategoryChange(entry.id, entry.category, entry.reason)
        case EndingEntry():
            return Ending(entry.id, entry.reason)
        case AdditionEntry():
            return Addition(
                entry.plan, measure_of(Indicator, entry.indicator), entry.reason, entry.after
            )
        case RenamingEntry():
            return Renaming(entry.id, entry.name, entry.reason)
        case SplitEntry():
            parts = tuple(measure_of(Indicator, each) for each in entry.into)
            return Split(entry.id, parts, entry.reason, entry.continues)
        case MoveEntry():
            return Move(entry.id, entry.plan, entry.reason, entry.after)
        case DepartmentChangeEntry():
            return DepartmentChange(entry.id, tuple(entry.departments), entry.reason)
        case _:
            assert_never(entry)
