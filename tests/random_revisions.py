"""Random revisions of a random plan: changes of every kind, each of what there is then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from kpireport.domain.catalogue import (
    Baseline,
    Catalogue,
    Indicator,
    IndicatorGroup,
    NumericTarget,
    Plan,
    Section,
    Target,
)
from kpireport.domain.plan_trees import PlanTree
from kpireport.domain.revisions import (
    Addition,
    BaselineChange,
    CategoryChange,
    Change,
    DepartmentChange,
    Ending,
    Move,
    Renaming,
    Revision,
    Split,
    TargetChange,
)
from kpireport.domain.years import FiscalYear

MAKERS = ("target", "baseline", "end", "add", "rename", "split", "move", "departments", "category")


@st.composite
def revised(
    draw: st.DrawFn,
    catalogue: Catalogue,
    *,
    indicators: Callable[[str], st.SearchStrategy[Indicator]],
    targets: st.SearchStrategy[Target],
    baselines: st.SearchStrategy[Baseline],
    names: st.SearchStrategy[str],
) -> Catalogue:
    """The catalogue with none to three revisions."""
    tree = PlanTree(catalogue)
    first = catalogue.years.baseline.year + 1
    years = sorted(draw(st.lists(st.integers(first, first + 5), max_size=3)))
    revisions = []
    for number, year in enumerate(years):
        changes: list[Change] = []
        for place in range(draw(st.integers(1, 6))):
            kind = draw(st.sampled_from(MAKERS))
            reason, new = draw(names), indicators(f"new-{number}-{place}")
            change = _change(draw, tree, kind, reason, (new, targets, baselines, names))
            if change is not None:
                tree.apply(change, FiscalYear(year))
                changes.append(change)
        if changes:
            title, decided = draw(names), dt.date(year, 3, 25)
            revisions.append(
                Revision(f"r{number}", title, decided, FiscalYear(year), tuple(changes))
            )
    return replace(catalogue, revisions=tuple(revisions))


def _change(  # noqa: C901 a flat list
    draw: st.DrawFn,
    tree: PlanTree,
    kind: str,
    reason: str,
    parts: tuple[
        st.SearchStrategy[Indicator],
        st.SearchStrategy[Target],
        st.SearchStrategy[Baseline],
        st.SearchStrategy[str],
    ],
) -> Change | None:
    """A change of something that there is; ``None`` where there is nothing to change."""
    new, targets, baselines, names = parts

    def one_of(*kinds: type) -> str | None:
        found = [id_ for id_, item in tree.items.items() if isinstance(item, kinds)]
        return draw(st.sampled_from(found)) if found else None

    if kind == "add":
        plan = one_of(Plan)
        after = draw(st.sampled_from([None, plan]))
        return Addition(plan, draw(new), reason, after) if plan else None
    measured = one_of(Indicator, NumericTarget)
    indicator = one_of(Indicator)
    if measured is None or (kind in ("split", "move") and indicator is None):
        return None
    match kind:
        case "target":
            return TargetChange(measured, draw(targets), reason)
        case "baseline":
            return BaselineChange(measured, draw(baselines), reason)
        case "category":
            return CategoryChange(measured, draw(st.sampled_from(["", "a", "b"])), reason)
        case "departments":
            return DepartmentChange(measured, ("企画課",), reason)
        case "end":
            ended = one_of(Indicator, NumericTarget, IndicatorGroup, Plan, Section)
            return Ending(ended, reason) if ended else None
        case "rename":
            renamed = one_of(Indicator, NumericTarget, IndicatorGroup, Plan, Section)
            return Renaming(renamed, draw(names), reason) if renamed else None
        case "split":
            parts_ = tuple(replace(draw(new), id=f"{indicator}-{each}") for each in "ab")
            continues = draw(st.sampled_from([None, parts_[0].id]))
            return Split(indicator or "", parts_, reason, continues)
        case _:
            plan = one_of(Plan)
            return Move(indicator or "", plan, reason) if plan else None
