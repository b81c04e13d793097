"""Whether each goal begins a page of its own, or follows the one before on the same page.

Goals of a few indicators each would leave half of every last page empty. The catalogue may say
what the plan's own document does; else their length decides.
"""

from __future__ import annotations

from kpireport.domain.catalogue import Catalogue

MOST_FLOWING = 8
"""The most indicators a goal, on average, with which goals follow each other: what stands on
about a page and a half with the goal's band, its comments and its charts."""


def goals_flow(catalogue: Catalogue) -> bool:
    """Tell whether what is short follows what stands before it on the same page."""
    wanted = catalogue.levels.goal.begins_page
    if wanted is not None:
        return not wanted
    goals = len(catalogue.goals)
    return goals > 0 and catalogue.indicator_count <= MOST_FLOWING * goals
