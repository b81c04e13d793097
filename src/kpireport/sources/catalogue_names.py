"""The names of what stands at a place of a catalogue.

Comes in: the file's raw values and a path (``goals[0].plans[1].title``). Goes out: the
name and id of the row, plan, goal or revision that the path lies in: staff search for these in
the file, for nobody counts to the second plan.
"""

from __future__ import annotations

import re

from kpireport.messages import about

_STEP = re.compile(
    r"(goals|numeric_targets|sections|plans|indicators|revisions|changes|into)\[([0-9]+)\]"
)


def name_place(catalogue: object, place: str) -> str:
    """The name and id of the innermost goal, plan or row; ``""`` where there is none."""
    words = ""
    value = catalogue
    for match in _STEP.finditer(place):
        items = value.get(match[1]) if isinstance(value, dict) else None
        if not isinstance(items, list) or int(match[2]) >= len(items):
            break
        holder, value = value, items[int(match[2])]
        words = (_name_change(value, holder) if match[1] == "changes" else _name(value)) or words
    return words


def _name_change(change: object, revision: object) -> str:
    """A change by its revision, and by the row that it is about."""
    if not isinstance(change, dict) or not isinstance(revision, dict):
        return ""
    row = change if isinstance(change.get("id"), str) else change.get("indicator")
    id_ = row.get("id") if isinstance(row, dict) else None
    title = revision.get("title")
    return about(title if isinstance(title, str) else "", id_ if isinstance(id_, str) else "")


def _name(entry: object) -> str:
    if not isinstance(entry, dict):
        return ""
    texts = (entry.get(key) for key in ("name", "title"))
    name = next((text for text in texts if isinstance(text, str)), "")
    id_ = entry.get("id")
    return about(name, id_ if isinstance(id_, str) else "")
