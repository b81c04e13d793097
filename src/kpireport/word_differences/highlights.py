"""What is another in two texts, marked so that it is seen without colour.

Comes in: the old and the new text. Goes out: both in pieces, or as text with 【 】 around what
is not in the other; where one has only something more, the other has 【】 in its place. Short
texts, and texts that have next to nothing in common, are clear as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from kpireport.quickly import dataclass

_OPEN, _CLOSE = "【", "】"
_SHORTEST = 24  # characters; shorter texts are seen at a glance
_MOST_WORDS = 600  # that are held against each other one by one
_IN_COMMON = 0.4
_GAP = 2  # words between two marks that one mark may reach over

# numbers, ids, Latin, katakana and kanji words are wholes, of the rest each character
_WORD = re.compile(
    r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+(?:[-,.，．_][0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+)*"
    r"|[ァ-ヺー]+|[一-鿿々]+|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it is what the other text has not: then it may be empty."""

    text: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Highlighted:
    """Both texts in pieces."""

    old_pieces: tuple[Piece, ...]
    new_pieces: tuple[Piece, ...]

    @property
    def is_marked(self) -> bool:
        """Whether anything is marked."""
        return any(each.is_own for each in (*self.old_pieces, *self.new_pieces))

    @property
    def old(self) -> str:
        """The old text with its marks."""
        return _text(self.old_pieces)

    @property
    def new(self) -> str:
        """The new text with its marks."""
        return _text(self.new_pieces)


def highlighted(old: str, new: str, *, shortest: int = _SHORTEST) -> Highlighted:
    """Mark what is not in the other text.

    Args:
        old: one text.
        new: the other.
        shortest: of so few characters both have to be; shorter ones are not marked.

    >>> told = highlighted("増設の計画は令和２年度に決まり、工事は翌年です。",
    ...                    "増設の計画は令和３年度に決まり、工事は翌年です。")
    >>> told.new
    '増設の計画は令和【３】年度に決まり、工事は翌年です。'
    """
    plain = Highlighted((Piece(old),), (Piece(new),))
    if min(len(old), len(new)) < shortest:
        return plain
    olds, news = _WORD.findall(old), _WORD.findall(new)
    blocks = list(_changes(olds, news))
    changed = sum(len("".join(news[first:last])) for _, _, first, last in blocks)
    if changed > (1 - _IN_COMMON) * len(new):
        return plain
    return Highlighted(
        tuple(_pieces(olds, [(first, last) for first, last, _, _ in blocks])),
        tuple(_pieces(news, [(first, last) for _, _, first, last in blocks])),
    )


def _changes(olds: list[str], news: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where the two differ, what is alike at both ends set aside first."""
    start = 0
    while start < min(len(olds), len(news)) and olds[start] == news[start]:
        start += 1
    end = 0
    while end < min(len(olds), len(news)) - start and olds[-1 - end] == news[-1 - end]:
        end += 1
    ours, theirs = olds[start : len(olds) - end], news[start : len(news) - end]
    if max(len(ours), len(theirs)) > _MOST_WORDS:
        yield start, len(olds) - end, start, len(news) - end
        return
    last: tuple[int, int, int, int] | None = None
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, first, until, other_first, other_until in matcher.get_opcodes():
        if kind == "equal":
            continue
        found = (start + first, start + until, start + other_first, start + other_until)
        if last is not None and found[0] - last[1] <= _GAP:
            found = (last[0], found[1], last[2], found[3])
        elif last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _pieces(words: list[str], spans: list[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    is_bare = all(first == last for first, last in spans)
    for first, last in spans:
        yield Piece("".join(words[at:first]))
        if last > first or is_bare:
            yield Piece("".join(words[first:last]), is_own=True)
        at = last
    yield Piece("".join(words[at:]))


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(f"{_OPEN}{each.text}{_CLOSE}" if each.is_own else each.text for each in pieces)
