"""What the plan's own tables call a column: other tables and sheets call it so too.

Comes in: a review. Goes out: words as its layout has them, ours where it does not state them.
"""

from __future__ import annotations

from kpireport.document.reviews import Review
from kpireport.domain.layouts import YEAR_WORDS, LayoutName, YearPart


def heading_of(review: Review, name: str, usual: str) -> str:
    """Return what the plan calls a column in one line, notes left out.

    Args:
        review: whose layouts are asked, that of the review before that of the plan.
        name: the column's, as layouts have it.
        usual: what it is called where no layout says it.
    """
    layouts = review.catalogue.layouts
    columns = (*layouts.review, *layouts.plan)
    stated = (each.header.partition("\n")[0] for each in columns if each.name == name)
    return next(filter(None, stated), usual)


def mark_heading(review: Review) -> str:
    """Return what the mark is called: 評価, 達成度, 総合評価."""
    return heading_of(review, LayoutName.MARK, "評価")


def part_heading(review: Review, part: YearPart) -> str:
    """Return what a year's target or actual is called where both stand side by side."""
    words = (dict(each.shown.words).get(part) for each in review.catalogue.layouts.review)
    return next(filter(None, words), YEAR_WORDS[part])
