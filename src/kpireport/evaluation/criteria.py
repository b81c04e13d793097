"""All that a report judges by (評価の基準): a scheme, those of classes, years, further marks.

Comes in: from settings (:mod:`kpireport.evaluation.criteria_settings`). Goes out: to the
judging, which asks for the scheme of a row in a year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from kpireport.domain.catalogue import Measure
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.schemes import Mark, Scheme
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a report judges by.

    Attributes:
        scheme: the report's way of judging.
        categories: other ladders to the same marks, by the key of a class of indicators (区分).
        earlier: what years up to one were judged by, earliest first.
        further: marks beside the first (方向性).
    """

    scheme: Scheme
    categories: Mapping[str, Scheme] = field(default_factory=dict)
    earlier: tuple[EarlierCriteria, ...] = ()
    further: tuple[FurtherCriteria, ...] = ()

    @staticmethod
    def of(scheme: Scheme | Criteria) -> Criteria:
        """The criteria, where a scheme may be all that there is."""
        return scheme if isinstance(scheme, Criteria) else Criteria(scheme)

    def in_year(self, year: FiscalYear) -> Criteria:
        """What a year is judged by."""
        return next((each.criteria for each in self.earlier if year <= each.until), self)

    def scheme_of(self, measure: Measure, year: FiscalYear) -> Scheme:
        """The scheme that judges a row in a year."""
        criteria = self.in_year(year)
        return criteria.categories.get(measure.category, criteria.scheme)

    def schemes(self) -> Iterator[Scheme]:
        """Yield the schemes whose marks a report speaks of, its own first."""
        yield self.scheme
        yield from (each.criteria.scheme for each in self.earlier)

    def find_mark(self, written: str) -> Mark | None:
        """The mark that a person wrote, of the report's year or an earlier one."""
        found = (each.find_mark(written) for each in self.schemes())
        return next((mark for mark in found if mark), None)


@dataclass(frozen=True, slots=True)
class EarlierCriteria:
    """What the years up to ``until`` were judged by."""

    until: FiscalYear
    criteria: Criteria


@dataclass(frozen=True, slots=True)
class FurtherCriteria:
    """What gives a mark beside the first: its key in layouts, its name for readers."""

    key: str
    title: str
    criteria: Criteria
