"""The words that two texts have in common.

Comes in: a name and what somebody wrote. Goes out: the pieces of the name that are in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LETTERS = re.compile(r"[\w々ー]+")
_TELLING = re.compile(r"[^\W\d_ぁ-ゖ]")  # a letter that is no hiragana
_JOINTS = "のをに"
_LEAST_TELLING = 2
_LEAST_LETTERS = 4  # which tell even in hiragana


def plain(text: str) -> str:
    """Return a text with one form of each letter, whichever width it was written in."""
    return unicodedata.normalize("NFKC", text)


def pieces_of(name: str, text: str) -> Iterator[str]:
    """Yield the pieces of a name that a text has too, the longest from the left.

    A piece has two letters that are no hiragana, or four letters: する and など are in every
    sentence. Both are read as :func:`plain` writes them.

    >>> list(pieces_of("練馬こども園の認定", "練馬こどもカフェは、認定を待つ。"))
    ['練馬こども', '認定']
    """
    said = plain(text)
    for run in _runs(name):
        start = 0
        while start < len(run) - 1:
            end = start + 2  # no piece is shorter
            if run[start:end] not in said:
                start += 1
                continue
            while end < len(run) and run[start : end + 1] in said:
                end += 1
            piece = run[start:end].strip(_JOINTS)
            if _is_telling(piece):
                yield piece
            start = end


@lru_cache(4096)  # a name is looked for in many texts
def _runs(name: str) -> tuple[str, ...]:
    """Return what stands between the signs and blanks of a name."""
    return tuple(_LETTERS.findall(plain(name)))


def _is_telling(piece: str) -> bool:
    return len(piece) >= _LEAST_LETTERS or len(_TELLING.findall(piece)) >= _LEAST_TELLING
