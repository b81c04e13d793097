"""How a report's settings ask marks to be rolled up.

Comes in: the review's settings, the scheme, the plan. Goes out: the rules.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpireport.domain.catalogue import Catalogue
    from kpireport.domain.settings import ReviewSettings
    from kpireport.evaluation import RollupRules, Scheme
    from kpireport.findings import Findings


def rollup_rules(
    review: ReviewSettings | None,
    scheme: Scheme | None,
    plan: Catalogue | None,
    findings: Findings,
    file: Path,
) -> RollupRules:
    """Return how marks are rolled up; not at all where that is faulty, which is noted.

    Without a plan, what can be told without one is noted.
    """
    from kpireport.evaluation import rollup_from_settings
    from kpireport.evaluation.rollups import NO_RULES
    from kpireport.evaluation.scheme_settings import scheme_of_marks

    if review is None:
        return NO_RULES
    scheme = scheme or scheme_of_marks(review.evaluation)  # all problems are told at once
    if scheme is None:
        return NO_RULES
    found = findings.attempt(
        lambda: rollup_from_settings(review.evaluation, scheme, plan, file=str(file))
    )
    return found or NO_RULES
