"""Who reports what (所管課), what is due in a year, and what of it nobody has reported.

Comes in: the plan and the actuals that there are. Goes out: measures' ids by department.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpireport.domain.actuals import Actual, Actuals
from kpireport.domain.catalogue import Catalogue, Measure, NumericTarget
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

    That is all that is in force then and is not without a survey in that year.
    """
    for measure in in_force(catalogue, fiscal_year).measures():
        if not lacks_survey(measure, actuals.find(measure.id, fiscal_year), fiscal_year):
            yield measure.id


def lacks_survey(measure: Measure, entry: Actual | None, fiscal_year: FiscalYear) -> bool:
    """Tell whether a year is one without a survey (調査のない年度) for a measure.

    What was reported stands. Else the answer says it, or the plan; a numeric target of which
    the plan says nothing has no entry in such a year.

    Args:
        measure: as it is in force in the year.
        entry: what there is of it in the year.
        fiscal_year: the year.
    """
    if entry is not None and (entry.is_reported or entry.no_survey_words):
        return not entry.is_reported
    if measure.survey is not None:
        return not measure.survey.is_held_in(fiscal_year)
    return entry is None and isinstance(measure, NumericTarget)


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

    What has no target is not missed.

    Returns:
        The measures' ids in printed order by the department that was to report them (see
        :func:`reporters`); ``""`` where none is known.
    """
    catalogue = in_force(catalogue, fiscal_year)
    departments = reporters(catalogue, actuals, fiscal_year)
    without_target = {each.id for each in catalogue.measures() if each.target.is_none}
    missing: dict[str, list[str]] = {}
    for id_ in due(actuals, catalogue, fiscal_year):
        entry = actuals.find(id_, fiscal_year)
        if id_ in without_target:
            continue
        if entry is None or not (entry.is_reported or entry.reason):
            missing.setdefault(departments[id_], []).append(id_)
    return {department: tuple(ids) for department, ids in missing.items()}
