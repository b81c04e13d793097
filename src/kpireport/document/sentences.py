"""Single sentences of what departments wrote.

Comes in: their texts. Goes out: the first sentence, the one about an indicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

_SENTENCE = re.compile(r"[^。\n]+。?")
_LEAST_COMMON = 5
"""Characters in a row that a sentence has of a name if it is about what is called so."""


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text."""
    return (found[0].strip() for found in _SENTENCE.finditer(text))


def sentence_about(name: str, text: str) -> str:
    """Return the sentence that has most of a name in one piece, empty where none has enough.

    >>> sentence_about("練馬こどもカフェの創設", "足りています。こどもカフェの店舗が課題です。")
    'こどもカフェの店舗が課題です。'
    """
    found = [(_common(name, each), each) for each in sentences(text)]
    length, sentence = max(found, key=lambda each: each[0], default=(0, ""))
    return sentence if length >= _LEAST_COMMON else ""


def _common(one: str, other: str) -> int:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.find_longest_match(0, len(one), 0, len(other)).size
