"""What people give of the marks, as the readers of actuals ask it.

Comes in: a report's criteria. Goes out: the marks that may be chosen, in this year or were in
an earlier one.
"""

from __future__ import annotations

from kpireport.evaluation import Criteria
from kpireport.sources.actuals_scope import COMPUTED, MarkInputs


def mark_inputs_of(criteria: Criteria | None) -> MarkInputs:
    """The inputs; those of computed marks where the criteria are faulty."""
    if criteria is None:
        return COMPUTED

    def find(written: str) -> str:
        for scheme in criteria.schemes():
            mark = scheme.find_mark(written)
            if mark and mark in scheme.chosen_marks:
                return mark.label
        return ""

    scheme = criteria.scheme
    labels = tuple(mark.label for mark in scheme.chosen_marks)
    return MarkInputs(labels, find, scheme.has_rules)
