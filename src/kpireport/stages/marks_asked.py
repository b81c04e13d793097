"""What people give of the marks, as the readers of actuals ask it.

Comes in: a report's criteria, and how its marks are rolled up. Goes out: the marks that may
be chosen in this year, or might be in an earlier one.
"""

from __future__ import annotations

from kpireport.evaluation import Criteria, RollupRules
from kpireport.evaluation.rollups import GIVEN_KEY
from kpireport.sources.actuals_scope import COMPUTED, MarkInputs, RolledInputs


def mark_inputs_of(criteria: Criteria | None, rollup: RollupRules) -> MarkInputs:
    """The inputs; those of computed marks where the criteria are faulty."""
    if criteria is None:
        return COMPUTED

    def find(written: str) -> str:
        for scheme in criteria.schemes():
            mark = scheme.find_mark(written)
            if mark and mark in scheme.chosen_marks:
                return mark.label
        return ""

    def find_rolled(written: str) -> str:
        mark = rollup.find_mark(written)
        return mark.label if mark else ""

    scheme = criteria.scheme
    labels = tuple(mark.label for mark in scheme.chosen_marks)
    rolled = RolledInputs(rollup.computed, find_rolled, GIVEN_KEY)
    return MarkInputs(labels, find, scheme.has_rules, rolled)
