"""Whether a plan that has something late is said to have no issues (課題：特になし).

Comes in: a review, and its facts with the places that they were read from. Goes out: warnings,
for a reader who sees × above and 特になし below takes one of the two for a slip.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from kpireport.domain.actuals import PlanComment
from kpireport.domain.catalogue import Indicator
from kpireport.domain.comment_columns import ISSUES
from kpireport.domain.names import in_one_line
from kpireport.domain.places import commented
from kpireport.errors import Problem
from kpireport.evaluation import MarkLevel
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.reference_words import says_none

if TYPE_CHECKING:
    from kpireport.document.reviews import Review
    from kpireport.sources.actuals import FoundFact

_MOST_NAMED = 3


def unsaid_issues(
    review: Review, found: Iterable[FoundFact], accepted: Collection[str]
) -> tuple[Problem, ...]:
    """Find the comments of the reported year that name no issue where something is late.

    Args:
        review: the plan with its judgements.
        found: what was read, with its places.
        accepted: the plans of which somebody has looked.
    """
    log, year = Findings("", accepted=accepted), review.evaluation.fiscal_year
    column = next((each for each in review.catalogue.comments if each.key == ISSUES), None)
    rows = {
        place.id: [each for each in place.indicators() if _is_late(review, each)]
        for place in commented(review.catalogue)
    }
    if column is None:
        return ()
    for each in found:
        fact = each.fact
        if not isinstance(fact, PlanComment) or fact.fiscal_year != year:
            continue
        said = fact.text(ISSUES)
        behind = rows.get(fact.plan_id, [])
        if not behind or not says_none(said):
            continue
        names = "".join(quoted(in_one_line(one.name)) for one in behind[:_MOST_NAMED])
        more = f"ほか{len(behind) - _MOST_NAMED}件" if len(behind) > _MOST_NAMED else ""
        log.of(each.file).about(each.about, accepts=fact.plan_id).warn(
            each.record.place(column.title),
            f"{quoted(column.title)}が{quoted(said)}ですが、遅れている{review.words.indicator}があります（{names}{more}）。",
            "遅れているわけを書いてもらうか、所管課に確かめてください。",
        )
    return log.warnings


def _is_late(review: Review, indicator: Indicator) -> bool:
    judgement = review.evaluation.find(indicator.id)
    return judgement is not None and judgement.mark.level is MarkLevel.LATE
