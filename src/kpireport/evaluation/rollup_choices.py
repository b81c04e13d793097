"""What people chose, counted with the marks of indicators (施策の評価を合わせた集計).

Comes in: the columns of a plan in which one of some words is chosen, points for each word.
Goes out: how often each was chosen in a place and year, and the points of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from kpireport.domain.actuals import Actuals
from kpireport.domain.comment_columns import CommentColumn
from kpireport.domain.places import Place
from kpireport.domain.years import FiscalYear
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class CountedColumn:
    """A column whose choices count, and the points of each of its words.

    Attributes:
        column: the plan's.
        points: by its words.
        level: the key of the level that is commented on; empty for answers of indicators.
    """

    column: CommentColumn
    points: Mapping[str, Fraction]
    level: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen in one column, of all that stands in a place.

    Attributes:
        counted: the column.
        counts: how often each of its words was, in the order of the plan.
        missing: of how many nothing was.
        unknown: of how many something else was, in years whose plan had other words.
    """

    counted: CountedColumn
    counts: tuple[tuple[str, int], ...]
    missing: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """How many count."""
        return sum(count for _, count in self.counts)

    @property
    def points(self) -> Fraction:
        """What they come to."""
        return sum((self.counted.points[word] * n for word, n in self.counts), Fraction(0))

    @property
    def most(self) -> Fraction:
        """The most that they could have come to."""
        return max(self.counted.points.values()) * self.total


def chosen_in(counted: CountedColumn, place: Place, year: FiscalYear, actuals: Actuals) -> Chosen:
    """Count what was chosen in a column, of what stands in a place or of itself."""
    words = Counter(_words(counted, place, year, actuals))
    known = tuple((each, words[each]) for each in counted.column.choices if words[each])
    missing = words[""]
    return Chosen(
        counted, known, missing, words.total() - missing - sum(count for _, count in known)
    )


def _words(
    counted: CountedColumn, place: Place, year: FiscalYear, actuals: Actuals
) -> Iterator[str]:
    key = counted.column.key
    if not counted.level:
        for indicator in place.indicators():
            answered = actuals.find(indicator.id, year)
            yield answered.answer(key) if answered else ""
        return
    for each in (place, *place.all_below()):
        if each.level.key == counted.level:
            comment = actuals.find_comment(each.id, year)
            yield comment.text(key) if comment else ""
