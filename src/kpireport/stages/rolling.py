"""What a report's settings ask of marks: how they are rolled up, what people give of them.

Comes in: the review's settings, the scheme, the plan. Goes out: the rules, and what the
readers of actuals have to know of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.settings import ReviewSettings
    from kpireport.evaluation import RollupRules, Scheme
    from kpireport.findings import Findings
    from kpireport.sources.actuals_scope import MarkInputs


def rollup_rules(
    review: ReviewSettings | None,
    scheme: Scheme | None,
    plan: Catalogue,
    findings: Findings,
    file: Path,
) -> RollupRules:
    """Return how marks are rolled up; not at all where that is faulty, which is noted."""
    from kpireport.evaluation import rollup_from_settings
    from kpireport.evaluation.rollups import NO_RULES

    if review is None or scheme is None:
        return NO_RULES
    found = findings.attempt(
        lambda: rollup_from_settings(review.evaluation, scheme, plan, file=str(file))
    )
    return found or NO_RULES


def mark_inputs(scheme: Scheme, rollup: RollupRules) -> MarkInputs:
    """Return what people give of a report's marks."""
    from kpireport.evaluation.rollups import GIVEN_KEY
    from kpireport.sources.actuals_scope import MarkInputs, RolledInputs

    marks = scheme.chosen_marks

    def find(written: str) -> str:
        mark = scheme.find_mark(written)
        return mark.label if mark in marks and mark else ""

    def find_rolled(written: str) -> str:
        mark = rollup.find_mark(written)
        return mark.label if mark else ""

    rolled = RolledInputs(rollup.computed, find_rolled, GIVEN_KEY)
    return MarkInputs(tuple(mark.label for mark in marks), find, scheme.has_rules, rolled)
