"""Who reports what (所管課), what is due in a year, and what of it nobody has reported.

Comes in: the plan and the actuals that there are. Goes out: measures' ids by department.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpireport.domain.actuals import Actuals
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.histories import in_force
from kpireport.domain.years import FiscalYear


def departments_by_measure(
    catalogue: Catalogue, actuals: Actuals | None = None
) -> Mapping[str, tuple[str, ...]]:
    """Find the departments of every indicator and numeric target.

    The plan's own come first; a measure without any has the one that reported it last.

    Returns:
        The departments by measure's id, the lead (主管課) first; empty where none is known.
    """
    reported: dict[str, tuple[str, ...]] = {}
    for each in sorted(actuals.entries if actuals else (), key=lambda each: each.fiscal_year):
        if each.department:
            reported[each.measure_id] = (each.department,)
    return {
        measure.id: measure.departments or reported.get(measure.id, ())
        for measure in catalogue.measures()
    }


def due(actuals: Actuals, catalogue: Catalogue, fiscal_year: FiscalYear) -> Iterator[str]:
    """Yield the ids of what has to be reported for a year, in printed order.

    That is every indicator that is in force then, and of the numeric targets those that were
    announced: an entry without a value. A survey that is not held every year has no entry
    at all.
    """
    for goal in in_force(catalogue, fiscal_year).goals:
        for target in goal.numeric_targets:
            if actuals.find(target.id, fiscal_year) is not None:
                yield target.id
        for indicator in goal.indicators():
            yield indicator.id


def reporters(catalogue: Catalogue, actuals: Actuals, fiscal_year: FiscalYear) -> Mapping[str, str]:
    """Find who reports each measure for a year: the row says, among those that the plan names.

    Where the row names another department than the plan does, that is a name of former times:
    the plan's lead counts.

    Args:
        catalogue: the plan that is in force in the year.
        actuals: what has been reported.
        fiscal_year: the year.

    Returns:
        The department by measure's id; empty where none is known.
    """
    departments = departments_by_measure(catalogue, actuals)
    entries = {id_: actuals.find(id_, fiscal_year) for id_ in departments}
    planned = {each.id: each.departments for each in catalogue.measures()}
    return {
        id_: entry.department
        if entry and entry.department and (not planned[id_] or entry.department in planned[id_])
        else next(iter(departments[id_]), "")
        for id_, entry in entries.items()
    }


def unreported(
    actuals: Actuals, catalogue: Catalogue, fiscal_year: FiscalYear
) -> dict[str, tuple[str, ...]]:
    """Find what is due, and nobody has reported nor given a reason for, by department.

    Returns:
        The measures' ids in printed order by the department that was to report them (see
        :func:`reporters`); ``""`` where none is known.
    """
    catalogue = in_force(catalogue, fiscal_year)
    departments = reporters(catalogue, actuals, fiscal_year)
    missing: dict[str, list[str]] = {}
    for id_ in due(actuals, catalogue, fiscal_year):
        entry = actuals.find(id_, fiscal_year)
        if entry is None or not (entry.is_reported or entry.reason):
            missing.setdefault(departments[id_], []).append(id_)
    return {department: tuple(ids) for department, ids in missing.items()}
