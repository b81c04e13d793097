"""Values of earlier years that last year's report did not have, or had otherwise (訂正).

Comes in: what is known now, and what last year's report knew. Goes out: each value that
differs, with what was said of it then.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from kpireport.domain.actuals import Actual, Actuals
from kpireport.domain.numerals import fold_width
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """A value of an earlier year that was reported late, or corrected.

    Attributes:
        actual: what is known now.
        before: the entry that last year's report had, ``None`` for none.
    """

    actual: Actual
    before: Actual | None

    @property
    def is_late(self) -> bool:
        """Whether there was no value before."""
        return self.before is None or not self.before.is_reported

    @property
    def is_final(self) -> bool:
        """Whether the final value came (確定) in the place of one that was to be replaced."""
        was = self.before.value if self.before else None
        now = self.actual.value
        return bool(was and was.qualifier and now and not now.qualifier)


def find_corrections(actuals: Actuals, fiscal_year: FiscalYear) -> Iterator[Correction]:
    """Yield what is known of earlier years now, and was not before, or otherwise.

    Args:
        actuals: what is known, and what last year's report knew; of a year of which that has
            nothing at all, nothing can be said.
        fiscal_year: the year that is reported.
    """
    before = actuals.before
    if before is None:
        return
    years = {each.fiscal_year for each in before.entries if each.fiscal_year < fiscal_year}
    for entry in actuals.entries:
        if entry.fiscal_year not in years or not entry.is_reported:
            continue
        was = before.find(entry.measure_id, entry.fiscal_year)
        if was is None or meaning_of(entry) != meaning_of(was):
            yield Correction(entry, was)


def meaning_of(actual: Actual) -> Hashable:
    """What was reported, spelling aside; ``None`` if nothing was."""
    if not actual.is_reported:
        return None
    value = actual.value
    if value is None:
        return (actual.state,)
    if value.quantities:
        quantities = ((each.value, each.unit, each.prefix) for each in value.quantities)
        return (*quantities, value.qualifier)
    return (actual.state, "".join(fold_width(value.text).split()))
