"""Placing labels: every label at the best of its places, none over another.

Comes in: for each label the places that are free of lines and markers, each with
what it costs to stand there. Goes out: one place for each. Depth-first search with
a bound, the label with the fewest places left first; a chart has some six labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from kpireport.quickly import dataclass
from kpireport.writers.charts.boxes import Box

_GAP_X, _GAP_Y = 3.0, 0.8  # between two labels, points: a space, so that they read as two
_MOST_STEPS = 600  # of the search; what is best by then is taken


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label may stand.

    ``leader`` is an upright or level line that joins a label to what it names, a
    box without width or height; ``box`` is ``None`` for a label that is left out. ``apart`` is
    what it has left and right of it beyond the usual, points.
    """

    box: Box | None
    cost: float
    leader: Box | None = None
    apart: float = 0.0

    def collides(self, other: Place) -> bool:
        """Tell whether two labels, or a label and the other's leader, touch."""
        if self.box is None or other.box is None:
            return False
        apart = max(self.apart, other.apart)
        return (
            _touch(self.box.widened(apart), other.box)
            or (other.leader is not None and _touch(self.box, other.leader))
            or (self.leader is not None and _touch(self.leader, other.box))
        )


def _touch(box: Box, other: Box) -> bool:
    return (
        box.left - _GAP_X < other.right
        and other.left - _GAP_X < box.right
        and box.bottom - _GAP_Y < other.top
        and other.bottom - _GAP_Y < box.top
    )


# the labels that are still to be placed, each with the places left to it, cheapest first
_Open: TypeAlias = Mapping[int, Sequence[Place]]
_Placed: TypeAlias = Mapping[int, Place]


@dataclass(slots=True)
class _Search:
    best: _Placed | None = None
    best_cost: float = float("inf")
    steps: int = 0

    def run(self, open_labels: _Open, placed: _Placed, cost: float) -> None:
        """Place the open labels beside the ``placed`` ones, which cost ``cost``."""
        if not open_labels:
            self.best, self.best_cost = placed, cost
            return
        label = min(open_labels, key=lambda number: len(open_labels[number]))
        rest = {number: places for number, places in open_labels.items() if number != label}
        for place in open_labels[label]:
            self.steps += 1
            if self.steps > _MOST_STEPS:
                return
            left = {
                number: [other for other in places if not place.collides(other)]
                for number, places in rest.items()
            }
            if all(left.values()):
                least = cost + place.cost + sum(places[0].cost for places in left.values())
                if least < self.best_cost:
                    self.run(left, {**placed, label: place}, cost + place.cost)


def place_labels(labels: Sequence[Sequence[Place]]) -> list[Place] | None:
    """Return a place for every label at the least cost together, ``None`` where there is none."""
    ranked = {
        number: sorted(places, key=lambda place: place.cost) for number, places in enumerate(labels)
    }
    if not all(ranked.values()):
        return None
    search = _Search()
    search.run(ranked, {}, 0.0)
    if search.best is None:
        return None
    return [search.best[number] for number in range(len(labels))]
