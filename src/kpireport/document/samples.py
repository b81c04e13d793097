"""How much of a goal goes on the reduced sample page: as much as one page holds.

Comes in: a goal and some of its plans. Goes out: the goal cut to what fits, the same
for every writer. Lines are estimated, for a sample needs no exact measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpireport.document.texts import one_line
from kpireport.domain.catalogue import Catalogue, Direction, Goal, Indicator, IndicatorGroup, Plan

_BAND_LINES, _TABLE_LINES = 26, 18
_BAND_CHARACTERS = 36  # on a line of the band
_NAME_CHARACTERS, _VALUE_CHARACTERS = 14, 9  # on a line of the table's columns


def cut_to_sample(goal: Goal, plan_ids: Sequence[str]) -> Goal:
    """Return ``goal`` with what fits on the sample page of ``plan_ids``, from the top."""
    plans = (plan for plan in goal.plans if plan.id in plan_ids)
    targets = goal.numeric_targets[:5]
    room = _BAND_LINES - 2 * len(targets)
    return replace(
        goal,
        numeric_targets=targets,
        directions=tuple(_cut_directions(goal.directions, room)),
        plans=tuple(_cut_plans(plans, _TABLE_LINES)),
    )


def numeral_of_sample(catalogue: Catalogue, goal: Goal) -> str:
    """Return what stands in the box above a goal's tables; goals of one table have no box."""
    if catalogue.levels.is_one_table:
        return ""
    return goal.numeral or one_line(catalogue.labels.goal)


def _cut_directions(directions: Sequence[Direction], room: int) -> Iterator[Direction]:
    for direction in directions:
        paragraphs, room = _cut_texts(direction.paragraphs, room)
        items, room = _cut_texts(direction.items, room)
        if paragraphs or items:
            yield replace(direction, paragraphs=paragraphs, items=items)


def _cut_texts(texts: Sequence[str], room: int) -> tuple[tuple[str, ...], int]:
    """Return the texts that fit in ``room`` lines, and the lines that are left."""
    kept: list[str] = []
    for text in texts:
        room -= _lines(text, _BAND_CHARACTERS)
        if room < 0:
            break
        kept.append(text)
    return tuple(kept), room


def _cut_plans(plans: Iterator[Plan], room: int) -> Iterator[Plan]:
    for plan in plans:
        rows: list[Indicator | IndicatorGroup] = []
        for each in plan.rows:
            # the first stands in any case, for the callouts point at the columns
            row = _cut_row(each, room) if room == _TABLE_LINES else each
            room -= _row_lines(row)
            if room < 0:
                break
            rows.append(row)
        if rows or (room >= 0 and not plan.rows):
            yield replace(plan, rows=tuple(rows))
        if room < 0:
            return


def _cut_row(row: Indicator | IndicatorGroup, room: int) -> Indicator | IndicatorGroup:
    """Return the part of a row that fits in ``room`` lines: less indicators, shorter texts."""
    if _row_lines(row) <= room:
        return row
    if isinstance(row, Indicator):
        baseline = _shortened(row.baseline.text, _VALUE_CHARACTERS, room)
        target = _shortened(row.target.text, _VALUE_CHARACTERS, room)
        return replace(
            row,
            name=_shortened(row.name, _NAME_CHARACTERS, room),
            baseline=replace(row.baseline, text=baseline),
            target=replace(row.target, text=target),
        )
    room -= 1  # the group's own name
    kept: list[Indicator] = []
    for indicator in row.indicators:
        room -= _row_lines(indicator)
        if room < 0:
            break
        kept.append(indicator)
    if not kept:
        first = _cut_row(row.indicators[0], _TABLE_LINES - 1)
        kept = [first] if isinstance(first, Indicator) else []
    return replace(row, indicators=tuple(kept))


def _shortened(text: str, characters: int, room: int) -> str:
    """Return the beginning of ``text`` that fits in ``room`` lines, with … where it is cut."""
    if _lines(text, characters) <= room:
        return text
    kept: list[str] = []
    for part in text.split("\n"):
        kept.append(part[: room * characters])
        room -= _lines(kept[-1], characters)
        if room <= 0:
            break
    return "\n".join(kept)[:-1] + "…"


def _row_lines(row: Indicator | IndicatorGroup) -> int:
    if isinstance(row, IndicatorGroup):
        return 1 + sum(_row_lines(each) for each in row.indicators)
    return max(
        _lines(row.name, _NAME_CHARACTERS),
        _lines(row.baseline.text, _VALUE_CHARACTERS),
        _lines(row.target.text, _VALUE_CHARACTERS),
    )


def _lines(text: str, characters: int) -> int:
    return sum(1 + (len(part) - 1) // characters for part in text.split("\n"))
