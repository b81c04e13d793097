"""The lines of a Japanese text in a column: filled in prose, balanced in a narrow cell.

Comes in: final text, its characters' widths, the room. Goes out: where its lines end, at
the breaks of :mod:`kpireport.writers.breaks`. In narrow columns breaks between phrases
(文節) are preferred among the shortest settings.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from math import inf

from kpireport.writers.breaks import INSIDE_A_PHRASE, Break, Breaking, find_breaks, places_of_need

_LINE_COST = 1.5  # a further line
_BEFORE_A_MARK = 2.4  # a line that ends before a note's mark: less than one in a word
_RUNT = 0.06  # of the room
_LONGEST_RUNT = 2  # characters
_RUNT_COST = 0.6  # a last line of one or two characters, or as short beside the others

_BLANKS = " \u3000"
_TOLERANCE = 1e-6  # points
_LONGEST_BALANCED = 240  # characters; beyond, prose is filled line by line


def split_lines(
    text: str,
    advances: Sequence[float],
    widths: tuple[float, float],
    breaking: Breaking,
    *,
    glued: Collection[int] = (),
    marks: Collection[int] = (),
) -> list[int]:
    """Return the ends of the lines of ``text``.

    ``advances`` are the characters' widths, ``widths`` the room on the first
    and on each further line, in points. A short text that is not to fill its lines
    is broken at its best breaks; others are filled one after the other. No line
    ends before the characters at ``glued``, nor, rather than within a word, before
    the notes' marks at ``marks``.
    """
    if not text or sum(advances) <= widths[0] + _TOLERANCE:
        return [len(text)]  # a text without letters is a line too, even where there is no room
    is_prose = breaking in (Breaking.FILLED, Breaking.RAGGED)
    is_balanced = not is_prose and len(text) <= _LONGEST_BALANCED
    found = find_breaks(text, breaking if is_balanced else Breaking.FILLED)
    kept = {*glued, *marks}
    allowed = [candidate for candidate in found if candidate.end not in kept]
    if is_balanced and marks:
        own = (Break(at, _BEFORE_A_MARK) for at in marks if 0 < at < len(text))
        allowed = sorted((*allowed, *own), key=lambda each: each.end)
    breaks = _fine_breaks(text, allowed, advances, min(widths))
    if is_balanced:
        return _best_lines(text, advances, widths, breaks)
    ends = _filled_lines(text, advances, widths, breaks)
    return _without_runt(text, ends, breaks, by_phrase=breaking is Breaking.RAGGED)


def _fine_breaks(
    text: str, breaks: Sequence[Break], advances: Sequence[float], width: float
) -> list[Break]:
    """Add breaks to every run that is wider than the column.

    That is before a unit or behind an era, where both sides have room; else after every
    character.
    """
    fine: list[Break] = []
    start = 0
    for candidate in breaks:
        end = candidate.end
        if sum(advances[start:end]) > width:
            for first, last in pairwise((start, *_within(text, start, end), end)):
                if sum(advances[first:last]) > width:
                    fine.extend(Break(each, INSIDE_A_PHRASE) for each in range(first + 1, last))
                if last < end:
                    fine.append(Break(last, INSIDE_A_PHRASE))
        fine.append(candidate)
        start = candidate.end
    return fine


def _within(text: str, start: int, end: int) -> list[int]:
    """Return the places of need between two places."""
    return sorted(at for at in places_of_need(text) if start < at < end)


def _visible_ends(text: str) -> list[int]:
    """Return for each end of a line where its last letter ends: blanks may hang over the end."""
    ends = [0]
    for end, char in enumerate(text, start=1):
        ends.append(ends[-1] if char in _BLANKS else end)
    return ends


def _prefix_sums(advances: Sequence[float]) -> list[float]:
    sums = [0.0]
    for advance in advances:
        sums.append(sums[-1] + advance)
    return sums


def _filled_lines(
    text: str, advances: Sequence[float], widths: tuple[float, float], breaks: Sequence[Break]
) -> list[int]:
    sums, visible = _prefix_sums(advances), _visible_ends(text)
    ends: list[int] = []
    start = last = 0
    room = widths[0]
    for candidate in breaks:
        width = sums[max(visible[candidate.end], start + 1)] - sums[start]
        if width > room + _TOLERANCE and last > start:
            ends.append(last)
            start, room = last, widths[1]
        last = candidate.end
    ends.append(len(text))
    return ends


def _without_runt(
    text: str, ends: list[int], breaks: Sequence[Break], *, by_phrase: bool
) -> list[int]:
    """Move some characters down to a last line that would have one or two.

    They are as few as can be, or ``by_phrase`` the phrase that the line ends (three characters
    are only its end, too: ``した。``), where that is no more than half of the line above.
    """
    if len(ends) < 2 or ends[-1] - ends[-2] > _LONGEST_RUNT + by_phrase:
        return ends
    start, end = ends[-3] if len(ends) > 2 else 0, ends[-2]
    earlier = [each.end for each in breaks if start < each.end < end]
    if not earlier:
        return ends
    found = find_breaks(text[start:], Breaking.BALANCED) if by_phrase else ()
    phrases = {start + each.end for each in found if not each.cost}
    fair = [at for at in earlier if at in phrases and 2 * at >= start + end]
    if ends[-1] - end > _LONGEST_RUNT and (end in phrases or not fair):
        return ends
    return [*ends[:-2], max(fair or earlier), ends[-1]]


def _best_lines(
    text: str, advances: Sequence[float], widths: tuple[float, float], breaks: Sequence[Break]
) -> list[int]:
    """Choose the fewest lines, among these the cheapest and most even breaks."""
    sums, visible = _prefix_sums(advances), _visible_ends(text)
    starts = [0, *(candidate.end for candidate in breaks)]
    best: list[tuple[float, int]] = [(0.0, 0)]  # cost up to a break, the break before it
    for number, candidate in enumerate(breaks, start=1):
        end, is_last = visible[candidate.end], candidate.end == len(text)
        cheapest, chosen = inf, 0
        for before in range(number - 1, -1, -1):
            start = starts[before]
            room = widths[1] if start else widths[0]
            width = sums[end if end > start else start + 1] - sums[start]
            if width > room + _TOLERANCE and before < number - 1:
                break
            if not is_last:
                roughness = (1 - width / room) ** 2 if width < room else 0.0
            else:
                is_runt = candidate.end - start <= 2 or width < _RUNT * room
                roughness = _RUNT_COST if start and is_runt else 0.0
            cost = best[before][0] + _LINE_COST + roughness + candidate.cost
            if cost <= cheapest:  # of equals the one with the longer last line
                cheapest, chosen = cost, before
        best.append((cheapest, chosen))
    ends: list[int] = []
    number = len(breaks)
    while number:
        ends.append(starts[number])
        number = best[number][1]
    return ends[::-1]
