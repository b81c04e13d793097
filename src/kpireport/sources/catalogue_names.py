"""The names of what stands at a place of a catalogue.

Comes in: the file's raw values and a path (``goals[0].plans[1].title``). Goes out: the
name and id of the row, plan or goal that the path lies in: staff search for these in
the file, for nobody counts to the second plan.
"""

from __future__ import annotations

import re

from kpireport.sources.problems import about

_STEP = re.compile(r"(goals|numeric_targets|plans|indicators)\[([0-9]+)\]")


def name_place(catalogue: object, place: str) -> str:
    """The name and id of the innermost goal, plan or row; ``""`` where there is none."""
    words = ""
    value = catalogue
    for match in _STEP.finditer(place):
        items = value.get(match[1]) if isinstance(value, dict) else None
        if not isinstance(items, list) or int(match[2]) >= len(items):
            break
        value = items[int(match[2])]
        words = _name(value) or words
    return words


def _name(entry: object) -> str:
    if not isinstance(entry, dict):
        return ""
    texts = (entry.get(key) for key in ("name", "title"))
    name = next((text for text in texts if isinstance(text, str)), "")
    id_ = entry.get("id")
    return about(name, id_ if isinstance(id_, str) else "")
