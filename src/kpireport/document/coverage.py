"""What a review covers, counted: ``６つの基本目標と21の戦略計画の、96の指標``.

Comes in: a review. Goes out: words, whose numbers get their width later.
"""

from __future__ import annotations

from collections import Counter

from kpireport.document.reviews import Review
from kpireport.domain.catalogue import period_of
from kpireport.domain.levels import GOAL, PLAN
from kpireport.domain.places import all_places, named_levels

_MOST_WITH_COUNTER = 9  # ９つ, but 10


def covered(review: Review) -> str:
    """Return how many goals, plans, indicators and numeric targets there are."""
    words, catalogue = review.words, review.catalogue
    counts = Counter(each.level.key for each in all_places(catalogue))
    names = {**named_levels(catalogue), GOAL: words.goal, PLAN: words.plan}
    indicators = catalogue.indicator_count
    targets = sum(1 for _ in catalogue.numeric_targets())
    *outer, inner = ((counts[key], names[key]) for key in names)
    places = "と".join(filter(None, (_counted("、", *outer), _counted("", inner))))
    measures = _counted("および", (indicators, words.indicator), (targets, words.numeric_targets))
    return f"{places}の、{measures}" if measures else places


def aims(review: Review) -> str:
    """Return what is aimed for: indicators' targets, or numeric targets where these are all."""
    if any(review.catalogue.indicators()):
        return f"{review.words.indicator}の目標"
    return review.words.numeric_targets


def has_periods(review: Review) -> bool:
    """Whether some values are of another time than the year's end, and the plan says of which."""
    return any(map(period_of, review.catalogue.measures()))


def _counted(conjunction: str, *counts: tuple[int, str]) -> str:
    """Return ``6つの基本目標と21の戦略計画``; what there is none of is left out."""
    return conjunction.join(
        f"{count}{'つ' if count <= _MOST_WITH_COUNTER else ''}の{name}"
        for count, name in counts
        if count
    )
