"""Who is responsible for what (所管課), once for a plan or else at each of its indicators.

Comes in: the plan's departments. Goes out: the words below its names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from kpireport.document.blocks import Cell, Paragraph, Span
from kpireport.domain.catalogue import Catalogue, Measure
from kpireport.domain.places import Place


@dataclass(frozen=True, slots=True)
class Owners:
    """The departments of the indicators: the lead first, then those that work with it.

    Attributes:
        of_plans: by the plan's id, where all of its indicators have the same.
        of_indicators: by the indicator's id, where they have not.
        names_any: whether the plan names anybody, be it for a numeric target alone.
    """

    of_plans: Mapping[str, str]
    of_indicators: Mapping[str, str]
    names_any: bool

    @classmethod
    def of(cls, catalogue: Catalogue) -> Self:
        """Find where the departments of all indicators are said best."""
        of_plans: dict[str, str] = {}
        of_indicators: dict[str, str] = {}
        for plan in catalogue.plans():
            found = {each.id: departments_of(each) for each in plan.indicators()}
            if len(set(found.values())) == 1:
                of_plans[plan.id] = next(iter(found.values()))
            else:
                of_indicators.update(found)
        names_any = any(each.departments for each in catalogue.measures())
        return cls(of_plans, of_indicators, names_any)

    def of_place(self, place: Place) -> str:
        """The departments of a plan as a whole, empty where its indicators' differ."""
        return self.of_plans.get(place.id, "")

    def of_indicator(self, measure: Measure) -> str:
        """The departments of one indicator, empty where they are its plan's."""
        return self.of_indicators.get(measure.id, "")


NO_OWNERS = Owners({}, {}, names_any=False)


def departments_of(measure: Measure) -> str:
    """Return a measure's departments in one text, the lead first; empty where none is named."""
    return "、".join(measure.departments)


def with_owners(cell: Cell, departments: str) -> Cell:
    """Add the departments to a cell whose last paragraph names what they are responsible for."""
    *before, name = cell.content
    if not departments or not isinstance(name, Paragraph):
        return cell
    owner = Span(f"〔{departments}〕")
    return replace(cell, content=(*before, replace(name, spans=(*name.spans, owner))))
