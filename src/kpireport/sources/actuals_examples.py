"""What could be typed for a measure: examples that fit its unit, and what it is about.

Comes in: a measure. Goes out: words for a state, or a number with its unit; empty where
nothing in the plan tells what is counted, for a wrong unit is worse than none.
"""

from __future__ import annotations

import re

from kpireport.domain.catalogue import Measure
from kpireport.domain.names import in_one_line

_COUNTED = (
    ("割合|率", "62.1％"),
    ("件数|閲覧数|アクセス数", "12,345件"),
    ("人数|者数", "120人"),
    ("回数", "12回"),
    ("か所数|箇所数|カ所数", "12か所"),
    ("世帯数", "120世帯"),
    ("冊数", "1,200冊"),
    ("日数", "12日"),
)  # what the name of a measure counts, the likeliest first
_MARKED = re.compile(r"\s*※.*")
_SAYS_NOTHING = re.compile(r"[―—－\-‐\s]*")


def state_example(measure: Measure) -> str:
    """Return words for how far a measure has got: the plan's own."""
    texts = (measure.baseline.text, measure.target.text)
    plain = (_MARKED.sub("", in_one_line(text)) for text in texts)
    return next((text for text in plain if not _SAYS_NOTHING.fullmatch(text)), "")


def counted_example(measure: Measure) -> str:
    """Return a number with the unit that a measure's name tells of; empty for none."""
    name = measure.name.replace("\n", "")
    return next((example for words, example in _COUNTED if re.search(words, name)), "")


def in_words(example: str, how: str) -> str:
    """Return how to write something, by an example; by two that differ where none is known."""
    return f"「{example}」のように、{how}" if example else f"「12,345件」「62.1％」のように、{how}"
