"""Who is responsible for what (所管課), once for a plan or else at each of its indicators.

Comes in: the plan's departments. Goes out: the words below its names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Self

from kpireport.document.blocks import Cell, Paragraph, Span
from kpireport.domain.catalogue import Catalogue, Measure
from kpireport.domain.levels import Shown
from kpireport.domain.places import Place, all_places
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class Owners:
    """The departments of the indicators: the lead first, then those that work with it.

    Attributes:
        of_places: by the id of the outermost in the table whose indicators all have the same.
        of_indicators: by the indicator's id, where those of its plan have not.
        names_any: whether the plan names anybody, be it for a numeric target alone.
    """

    of_places: Mapping[str, str]
    of_indicators: Mapping[str, str]
    names_any: bool

    @classmethod
    def of(cls, catalogue: Catalogue) -> Self:
        """Find where the departments of all indicators are said best."""
        of_places: dict[str, str] = {}
        of_indicators: dict[str, str] = {}
        said: set[str] = set()  # what stands in one that says it
        for place in all_places(catalogue):
            if place.level.shown is Shown.CHAPTER or place.id in said:
                continue
            found = {each.id: departments_of(each) for each in place.indicators()}
            if len(set(found.values())) == 1:
                of_places[place.id] = next(iter(found.values()))
                said |= {each.id for each in place.all_below()}
            elif not place.below:
                of_indicators.update(found)
        names_any = any(each.departments for each in catalogue.measures())
        return cls(of_places, of_indicators, names_any)

    def of_place(self, place: Place) -> str:
        """The departments of a place as a whole, empty where its indicators' differ."""
        return self.of_places.get(place.id, "")

    def of_indicator(self, measure: Measure) -> str:
        """The departments of one indicator, empty where what it stands in says them."""
        return self.of_indicators.get(measure.id, "")


NO_OWNERS = Owners({}, {}, names_any=False)


def departments_of(measure: Measure) -> str:
    """Return a measure's departments in one text, the lead first; empty where none is named."""
    return "、".join(measure.departments)


def with_owners(cell: Cell, departments: str) -> Cell:
    """Add the departments to a cell whose last paragraph names what they are responsible for."""
    if not departments:
        return cell
    *before, name = cell.content
    if not isinstance(name, Paragraph):
        return cell
    owner = Span(f"〔{departments}〕")
    return replace(cell, content=(*before, replace(name, spans=(*name.spans, owner))))
