"""Where the labels of a line chart stand: one at each point, one at the limit.

Comes in: a plot. Goes out: labels that overlap nothing. Values stand beside their
points; where the years are too close, without their unit (which the axis has), then
further off with a leader. The limit's label stands at its line, else above the
chart with a sample of the line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

from kpireport.document.charts import ChartLimit, LimitKind
from kpireport.quickly import dataclass
from kpireport.writers.charts.boxes import Box, Segment, Spot
from kpireport.writers.charts.labels import Place, place_labels
from kpireport.writers.charts.plots import BAND, MARKER, Plot
from kpireport.writers.charts.texts import LABEL_SIZE, shorten, text_width

ARROW = 6.0  # the width of the arrow behind a reference's label
SAMPLE = 14.0  # the length of a limit's line beside a label that stands off it

_NEAR = 4.2  # from a point to its label
_LESS_NEAR = 2.0  # more, where the line rises or falls too close to it
_ROW = LABEL_SIZE + 1.5
_CLEAR = 1.0  # between a label and a line
_BESIDE_LIMIT = 3.0  # more than between two values: 目標 97.5% is no year's
_BESIDE_UNIT = 3.0  # so that a value does not read on from the unit
_TIGHT = 0.2  # between a label and what has space around it already

# what shares of its width a label has left of its point
_SHIFTS = (0.5, 0.65, 0.35, 0.8, 0.2, 1.0, 0.0)
_SHIFTS_WITH_LEADER = (0.5, 0.7, 0.3, 0.9, 0.1)

_ROW_COST, _PARTED_COST, _UNFAVOURED_COST, _LESS_NEAR_COST = 3.0, 6.0, 0.5, 0.4
_ASTRAY_COST, _APART = 5.0, 6.0  # of a label as near to another point, in points
_FAR_COST = 8.0  # of a limit's label off its line
_OMISSION_COST, _END_OMISSION_COST = 100.0, 200.0
_LIMIT_STEPS = 12  # along the limit's line


@dataclass(frozen=True, slots=True)
class Label:
    """A placed text; ``leader`` joins it to its point, or is the sample of a limit's line."""

    text: str
    box: Box
    leader: Box | None


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of the points, as many as there is room for, and of the limit.

    ``earlier`` are those of what the limit was before, ``None`` where there is no room.
    """

    points: tuple[Label, ...]
    limit: Label | None
    earlier: tuple[Label | None, ...] = ()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """How labels are tried: up to ``rows`` off their points, without unit, some left out.

    ``may_part`` lets the limit's line part a value from its point, as if it were on the
    other side.
    """

    rows: int
    has_unit: bool = True
    may_omit: bool = False
    may_part: bool = False


_ATTEMPTS = (
    _Attempt(0),
    _Attempt(0, has_unit=False),  # the unit stands at the axis
    _Attempt(2, has_unit=False),
    _Attempt(6, has_unit=False),
    _Attempt(6, has_unit=False, may_part=True),
    _Attempt(6, has_unit=False, may_part=True, may_omit=True),
)


def place_line_labels(plot: Plot) -> Labels:
    """Return the labels at places where they overlap nothing.

    A chart that is too small for all of them loses values, the inner ones first.
    """
    for attempt in _ATTEMPTS:
        labels = _try(plot, attempt)
        if labels is not None:
            return labels
    return Labels((), None)


def _try(plot: Plot, attempt: _Attempt) -> Labels | None:
    chart = plot.chart
    texts = [
        point.text if attempt.has_unit else point.text.removesuffix(chart.unit)
        for point in chart.points
        if point.value is not None
    ]
    places = [list(_point_places(plot, number, text, attempt)) for number, text in enumerate(texts)]
    steps = chart.limit.steps(len(chart.points)) if chart.limit else ()
    for number, step in enumerate(steps):
        texts.append(_limit_text(plot, step.label, attempt))
        places.append(list(_limit_places(plot, texts[-1], number)))
    found = place_labels(places)
    if found is None:
        return None
    labels = [
        Label(text, place.box, place.leader) if place.box is not None else None
        for text, place in zip(texts, found, strict=True)
    ]
    limit = labels.pop() if steps else None
    values = labels[: len(texts) - len(steps)]
    return Labels(
        tuple(label for label in values if label is not None), limit, tuple(labels[len(values) :])
    )


def _limit_text(plot: Plot, label: str, attempt: _Attempt) -> str:
    """Return the limit's label; in the last attempt so short that it fits beside the unit."""
    if attempt.may_omit:
        room = plot.size[0] - plot.unit_box.right - SAMPLE - ARROW - 6
    else:
        room = plot.label_area.width - ARROW
    return shorten(label, room)


def _point_places(plot: Plot, number: int, text: str, attempt: _Attempt) -> Iterator[Place]:
    """Yield the free places of the ``number``-th point's label."""
    spot, width = plot.points[number], text_width(text)
    area = plot.label_area
    prefers_below = _is_valley(plot, number)
    for row in range(attempt.rows + 1):
        nearness = (0.0,) if row else (0.0, _LESS_NEAR)
        for is_above, further in product((True, False), nearness):
            offset = _NEAR + further + row * _ROW
            bottom = spot.y + offset if is_above else spot.y - offset - LABEL_SIZE
            for shift in _SHIFTS_WITH_LEADER if row else _SHIFTS:
                left = min(max(spot.x - width * shift, area.left), area.right - width)
                box = Box(left, bottom, left + width, bottom + LABEL_SIZE)
                leader = _leader(spot, box, is_above=is_above) if row else None
                parted = _is_parted(plot, spot, box)
                if parted and not attempt.may_part:
                    continue
                if _is_free(plot, box) and _is_clear(plot, leader, number):
                    cost = row * _ROW_COST + (is_above is prefers_below) * _UNFAVOURED_COST
                    cost += bool(further) * _LESS_NEAR_COST
                    cost += abs(left + width / 2 - spot.x) / 20
                    cost += parted * _PARTED_COST
                    cost += 0.0 if leader else _astray_cost(plot, number, box)
                    yield Place(box, cost, leader)
    if attempt.may_omit:
        is_end = number in (0, len(plot.points) - 1)
        yield Place(None, _END_OMISSION_COST if is_end else _OMISSION_COST)


def _leader(spot: Spot, box: Box, *, is_above: bool) -> Box:
    """Return the upright line from a point to its label some rows off."""
    if is_above:
        return Box(spot.x, spot.y + MARKER / 2, spot.x, box.bottom)
    return Box(spot.x, box.top, spot.x, spot.y - MARKER / 2)


def _is_parted(plot: Plot, spot: Spot, box: Box) -> bool:
    """Tell whether the limit's line parts a label from its point."""
    levels = [start.y for start, end in plot.limit_steps if start.x <= spot.x <= end.x]
    return any(spot.y < y < box.bottom or box.top < y < spot.y for y in levels)


def _astray_cost(plot: Plot, number: int, box: Box) -> float:
    """Return what it costs where a label could be taken for another point's, or an aim's."""
    own = _distance(plot.points[number], box)
    others = (*(spot for at, spot in enumerate(plot.points) if at != number), *plot.aims)
    return sum(_ASTRAY_COST for spot in others if _distance(spot, box) < own + _APART)


def _distance(spot: Spot, box: Box) -> float:
    """Return how far a point is from the nearest edge of ``box``."""
    aside = max(box.left - spot.x, 0.0, spot.x - box.right)
    upright = max(box.bottom - spot.y, 0.0, spot.y - box.top)
    return math.hypot(aside, upright)


def _is_valley(plot: Plot, number: int) -> bool:
    """Tell whether the line has its low at the point: the room is below it."""
    points = plot.points
    beside = [points[at].y for at in (number - 1, number + 1) if 0 <= at < len(points)]
    return bool(beside) and all(y > points[number].y for y in beside)


def _is_free(plot: Plot, box: Box, *, at_limit: bool = False) -> bool:
    """Tell whether a label may stand at ``box``; a limit's own label nears its line."""
    room = box.grown(_CLEAR)
    lines = plot.line if plot.zero_line is None else (*plot.line, plot.zero_line)
    return (
        plot.label_area.contains(box)
        and not any(box.grown(_TIGHT).overlaps(other) for other in _fixed(plot))
        and not any(room.crosses(segment) for segment in lines)
        and not any(room.overlaps(marker) for marker in plot.markers)
        and not any(
            (box if at_limit and line.start.y == line.end.y else room).crosses(line)
            for line in plot.limit_segments
        )
    )


def _fixed(plot: Plot) -> list[Box]:
    """Return what else stands where labels may: unit, break, hatching, aims, gaps' texts."""
    gaps = (box for _, box in plot.gaps)
    unit = plot.unit_box.widened(_BESIDE_UNIT)
    aims = (each.grown(_CLEAR) for each in plot.aim_markers)
    boxes = (unit, plot.break_box, *plot.limit_bands, *aims, *gaps)
    return [box for box in boxes if box is not None]


def _is_clear(plot: Plot, leader: Box | None, number: int) -> bool:
    """Tell whether a leader meets no text, no aim and no other point; lines it may cross."""
    if leader is None:
        return True
    others = [marker for at, marker in enumerate(plot.markers) if at != number]
    return not any(other.overlaps(leader) for other in (*others, *plot.aim_markers, plot.unit_box))


def _limit_places(plot: Plot, text: str, number: int) -> Iterator[Place]:
    """Yield the free places of the label of the limit's ``number``-th step.

    Along its line, else beside the unit; what was before may do without.
    """
    limit, step = plot.chart.limit, plot.limit_steps[number]
    assert limit is not None  # noqa: S101 - it has steps
    is_last = number == len(plot.limit_steps) - 1
    y = step.start.y
    width = text_width(text) + (ARROW if has_arrow(limit) else 0.0)
    area = plot.label_area if is_last and not number else _area_of_step(plot, step, width)
    has_band = bool(plot.limit_bands)
    above = y + _CLEAR + _TIGHT + (BAND if has_band else 0.0)
    below = y - _CLEAR - _TIGHT - LABEL_SIZE
    unfavoured = above if has_band else below
    for shift in range(_LIMIT_STEPS + 1):
        left = area.right - width - (area.width - width) * shift / _LIMIT_STEPS
        for bottom in (above, below):
            box = Box(left, bottom, left + width, bottom + LABEL_SIZE)
            if left >= area.left and _is_free(plot, box, at_limit=True):
                cost = 0.1 * shift + (bottom == unfavoured) * _UNFAVOURED_COST
                yield Place(box, cost, apart=_BESIDE_LIMIT)
    if not is_last:
        yield Place(None, _OMISSION_COST)
        return
    right = plot.size[0]
    bottom = plot.unit_box.bottom
    box = Box(right - width - SAMPLE - 2, bottom, right, bottom + LABEL_SIZE)
    middle = bottom + LABEL_SIZE / 2
    if _is_free(plot, box):
        sample = Box(box.left, middle, box.left + SAMPLE, middle)
        yield Place(box, _FAR_COST, sample)


def _area_of_step(plot: Plot, step: Segment, width: float) -> Box:
    """Return where the label of a step may stand: by its line, or over its ends if longer."""
    area = plot.label_area
    left = max(area.left, min(step.start.x, step.end.x - width))
    right = min(area.right, max(step.end.x, step.start.x + width))
    return Box(left, area.bottom, right, area.top)


def has_arrow(limit: ChartLimit) -> bool:
    """Tell whether an arrow to the good side stands behind the limit's label."""
    return limit.kind in (LimitKind.ABOVE, LimitKind.BELOW)
