"""What the measures up to a review's year are called, where they stand, which were ended.

Comes in: the plan's history, the year. Goes out: names, places and measures by id, for
:mod:`kpireport.document.reviews`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kpireport.document.place_labels import measure_labels
from kpireport.domain.catalogue import Catalogue, IndicatorGroup, Measure
from kpireport.domain.histories import History
from kpireport.domain.names import in_one_line
from kpireport.domain.years import FiscalYear

_ENDING = re.compile(r"（[^（）]+）$")  # of a name: where its figures come from


def names_of(history: History, year: FiscalYear, survey: str) -> Iterator[tuple[str, str]]:
    """Yield the names by id, without the survey that all numeric targets are from.

    What stands below the name of a group is called by both: ``病床の確保　高野台新病院の整備``.
    """
    groups = {
        each.id: f"{in_one_line(row.name)}　"
        for catalogue in history.plans_until(year)
        for plan in catalogue.plans()
        for row in plan.rows
        if isinstance(row, IndicatorGroup)
        for each in row.indicators
    }
    for id_ in history.ids():
        if measure := history.last_form(id_, year):
            name = in_one_line(measure.name)
            group = groups.get(id_, "")
            yield id_, f"{group}{name.removesuffix(survey) or name}"


def places_of(history: History, year: FiscalYear) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield where every measure up to now stands, or stood last.

    That is the id and the label of its plan, or of its goal for a numeric target.
    """
    for catalogue in history.plans_until(year):
        labels = measure_labels(catalogue)
        for goal in catalogue.goals:
            yield from ((each.id, (goal.id, labels[each.id])) for each in goal.numeric_targets)
            for plan in goal.plans:
                yield from ((each.id, (plan.id, labels[each.id])) for each in plan.indicators())


def ended_by_place(
    history: History, year: FiscalYear, places: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, tuple[Measure, ...]]]:
    """Yield what was ended before the year, by the plan or the goal that it was in."""
    by_place: dict[str, list[Measure]] = {}
    for id_ in history.ids() if history.applied else ():
        last = history.last_form(id_, year)
        if last is not None and history.find(id_, year) is None:
            by_place.setdefault(places[id_][0], []).append(last)
    yield from ((place, tuple(found)) for place, found in by_place.items())


def common_ending(catalogue: Catalogue) -> str:
    """Return the bracket that ends the names of all numeric targets, empty where there is none."""
    names = [each.name for each in catalogue.numeric_targets()]
    endings = {"".join(_ENDING.findall(name.replace("\n", ""))) for name in names}
    return endings.pop() if len(endings) == 1 < len(names) else ""
