"""Characters that are struck out (取り消し線): they are no text of the plan.

Comes in: characters and horizontal rules of a page. Goes out: the characters that stand, and
what was struck out. A rule strikes out what it runs through the middle of, and ends with: a
table's rules run on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kpireport.plan_documents.pdf_shapes import Glyph, Rule

_MIDDLE = 0.2  # of the size: how far from the middle a rule strikes out
_BEYOND = 0.6  # of the size: how far a rule may run on beyond what it strikes out
_MOST_RULES = 2_000  # and characters that they run through: more are a drawing
_MOST_LOOKS = 1_000_000


def without_struck(
    glyphs: Sequence[Glyph], across: Sequence[Rule]
) -> tuple[tuple[Glyph, ...], tuple[str, ...]]:
    """Return the characters that are not struck out, and the texts that are."""
    flat = sorted(
        (index for index, each in enumerate(glyphs) if each.turn == 0),
        key=lambda index: glyphs[index].middle[1],
    )
    heights = [glyphs[index].middle[1] for index in flat]
    most = _MIDDLE * max((each.size for each in glyphs), default=0.0)
    struck: dict[int, None] = {}
    texts: list[str] = []
    looks = 0
    for rule in dict.fromkeys(across) if len(across) <= _MOST_RULES else ():
        near = flat[bisect_left(heights, rule.at - most) : bisect_right(heights, rule.at + most)]
        looks += len(near)
        if looks > _MOST_LOOKS:
            break
        through = sorted(index for index in near if _runs_through(rule, glyphs[index]))
        if through and _ends_with(rule, [glyphs[index] for index in through]):
            if text := "".join(glyphs[each].text for each in through if each not in struck).strip():
                texts.append(text)
            struck |= dict.fromkeys(through)
    return tuple(each for index, each in enumerate(glyphs) if index not in struck), tuple(texts)


def _runs_through(rule: Rule, glyph: Glyph) -> bool:
    x, y = glyph.middle
    return abs(rule.at - y) <= _MIDDLE * glyph.size and rule.low <= x <= rule.high


def _ends_with(rule: Rule, through: Sequence[Glyph]) -> bool:
    beyond = _BEYOND * max(each.size for each in through)
    begin, end = min(each.left for each in through), max(each.right for each in through)
    return rule.low >= begin - beyond and rule.high <= end + beyond
