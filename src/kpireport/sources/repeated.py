"""What has to be told apart in a file, and stands in it twice."""

from __future__ import annotations

from collections.abc import Iterable

from kpireport.findings import Findings
from kpireport.messages import quoted


def refuse_twice(named: Iterable[tuple[str, str]], kind: str, remedy: str, log: Findings) -> None:
    """Log every word that stands a second time, with the place where it stood first.

    Args:
        named: the words, each behind its place.
        kind: what they are.
        remedy: how to mend it.
        log: where to note it.
    """
    places: dict[str, str] = {}
    for place, word in named:
        if word in places:
            what = f"{kind}{quoted(word)}は {places[word]} でも使われています。"
            log.add(place, what, remedy)
        places.setdefault(word, place)
