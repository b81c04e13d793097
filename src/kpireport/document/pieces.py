"""The words that two texts have in common.

Comes in: a name and what somebody wrote. Goes out: the pieces of the name that are in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

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
    for found in _LETTERS.finditer(plain(name)):
        rest = found[0]
        while rest:
            piece = _common_start(rest, said)
            rest = rest[len(piece) or 1 :]
            stripped = piece.strip(_JOINTS)
            if _is_telling(stripped):
                yield stripped


def _common_start(rest: str, said: str) -> str:
    length = 0
    while length < len(rest) and rest[: length + 1] in said:
        length += 1
    return rest[:length]


def _is_telling(piece: str) -> bool:
    return len(piece) >= _LEAST_LETTERS or len(_TELLING.findall(piece)) >= _LEAST_TELLING
