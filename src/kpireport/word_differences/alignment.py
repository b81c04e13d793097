"""Two sequences held against each other: what stayed, what became another, what came and went.

Comes in: the things and what they are recognized by. Goes out: pairs in reading order. What
both have once is found at once, and only short stretches between are searched for
likenesses, so that time grows with length, and no file can make it grow otherwise.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Generic, TypeVar

from kpireport.quickly import dataclass

_Thing = TypeVar("_Thing")

_MOST_REPEATED = 1_000_000  # pairs of equal keys that are tried in one stretch
_MOST_TRIED = 150  # likenesses that are worked out for one stretch
_LONGEST_TRIED = 200  # characters of a text that its likeness is judged by
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Pair(Generic[_Thing]):
    """The same thing on both sides, or what only one of them has.

    ``is_moved`` tells whether it stands in another order than before.
    """

    old: _Thing | None
    new: _Thing | None
    is_moved: bool = False


def aligned(
    olds: Sequence[_Thing],
    news: Sequence[_Thing],
    key: Callable[[_Thing], Hashable],
    text: Callable[[_Thing], str],
) -> Iterator[Pair[_Thing]]:
    """Pair what has the same key in the same order, then what reads alike in between.

    What is left on both sides with the same key was moved.

    Args:
        olds: the first sequence.
        news: the second.
        key: what a thing is recognized by.
        text: what its likeness to others is judged by.
    """
    ordered = _in_order(olds, news, key, text)
    pairs = [(old, new) for old, new in ordered]
    gone: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for at, (old, new) in enumerate(pairs):
        if old is not None and new is None:
            gone[key(old)].append(at)
    came_from = {}
    for at, (old, new) in enumerate(pairs):
        if old is None and new is not None and (places := gone.get(key(new))):
            came_from[at] = places.popleft()
    left = set(came_from.values())
    for at, (old, new) in enumerate(pairs):
        if at in came_from:
            yield Pair(pairs[came_from[at]][0], new, is_moved=True)
        elif at not in left:
            yield Pair(old, new)


def longest_rise(ranks: Sequence[int]) -> list[int]:
    """Return where a longest run of rising numbers stands among ``ranks``.

    >>> longest_rise([3, 0, 1, 2])
    [1, 2, 3]
    """
    tails: list[int] = []  # the lowest number that a run of each length ends with
    ends: list[int] = []  # where that is
    links: list[int | None] = []
    for at, rank in enumerate(ranks):
        length = bisect_left(tails, rank)
        links.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [rank]
        ends[length : length + 1] = [at]
    run: list[int] = []
    step = ends[-1] if ends else None
    while step is not None:
        run.append(step)
        step = links[step]
    return run[::-1]


def _in_order(
    olds: Sequence[_Thing],
    news: Sequence[_Thing],
    key: Callable[[_Thing], Hashable],
    text: Callable[[_Thing], str],
) -> Iterator[tuple[_Thing | None, _Thing | None]]:
    """Pair what both have once, as far as it kept its order; then what lies in between."""
    ours, theirs = [*map(key, olds)], [*map(key, news)]
    at = other = 0
    for fixed, also in (*_anchors(ours, theirs), (len(ours), len(theirs))):
        gap = _Gap(olds[at:fixed], news[other:also], ours[at:fixed], theirs[other:also])
        yield from gap.pairs(text)
        if fixed < len(ours):
            yield olds[fixed], news[also]
        at, other = fixed + 1, also + 1


def _anchors(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return where keys stand that both have once, in a longest order common to both."""
    counts = (Counter(ours), Counter(theirs))
    ranks = {key: at for at, key in enumerate(ours) if all(each[key] == 1 for each in counts)}
    common = [(ranks[key], at) for at, key in enumerate(theirs) if key in ranks]
    return [common[each] for each in longest_rise([rank for rank, _ in common])]


@dataclass(frozen=True, slots=True)
class _Gap(Generic[_Thing]):
    """A stretch without anything that is sure to be the same; with its keys."""

    olds: Sequence[_Thing]
    news: Sequence[_Thing]
    ours: Sequence[Hashable]
    theirs: Sequence[Hashable]

    def pairs(self, text: Callable[[_Thing], str]) -> Iterator[tuple[_Thing | None, _Thing | None]]:
        """Pair what has the same key, then what reads alike."""
        counts = Counter(self.theirs)
        if sum(counts[key] for key in self.ours) > _MOST_REPEATED:
            yield from zip_longest(self.olds, self.news)
            return
        matcher = SequenceMatcher(None, self.ours, self.theirs, autojunk=False)
        for kind, first, last, other_first, other_last in matcher.get_opcodes():
            olds, news = self.olds[first:last], self.news[other_first:other_last]
            if kind == "equal":
                yield from zip(olds, news, strict=True)
            else:
                yield from _alike(olds, news, text)


def _alike(
    olds: Sequence[_Thing], news: Sequence[_Thing], text: Callable[[_Thing], str]
) -> Iterator[tuple[_Thing | None, _Thing | None]]:
    if len(olds) * len(news) > _MOST_TRIED:
        yield from zip_longest(olds, news)
        return
    likeness = [[_likeness(text(old), text(new)) for new in news] for old in olds]
    for at, other in _best_pairs(likeness, len(news)):
        yield (None if at is None else olds[at]), (None if other is None else news[other])


def _best_pairs(
    likeness: Sequence[Sequence[float]], width: int
) -> Iterator[tuple[int | None, int | None]]:
    """Yield the pairs in order whose likenesses add up to the most, and what is in none."""
    height = len(likeness)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for at in reversed(range(height)):
        for other in reversed(range(width)):
            both = likeness[at][other] + best[at + 1][other + 1] if likeness[at][other] else 0.0
            best[at][other] = max(both, best[at + 1][other], best[at][other + 1])
    at = other = 0
    while at < height and other < width:
        like = likeness[at][other]
        if like and best[at][other] == like + best[at + 1][other + 1]:
            yield at, other
            at, other = at + 1, other + 1
        elif best[at][other] == best[at + 1][other]:
            yield at, None
            at += 1
        else:
            yield None, other
            other += 1
    yield from ((rest, None) for rest in range(at, height))
    yield from ((None, rest) for rest in range(other, width))


def _likeness(old: str, new: str) -> float:
    """Return how alike two texts are, 0 for too little to be the same one changed."""
    matcher = SequenceMatcher(None, old[:_LONGEST_TRIED], new[:_LONGEST_TRIED], autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _ALIKE else 0.0
