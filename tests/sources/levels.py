"""A plan of three levels for tests: the sound one, its plans in sections."""

from __future__ import annotations

from typing import Any

from tests.sources.catalogues import sound

LEVELS = [
    {"key": "goal", "show": "column"},
    {"key": "policy", "name": "基本施策", "show": "column"},
    {"key": "plan"},
]


def layered() -> dict[str, Any]:
    """The sound plan, each of its two plans in a section (s1, s2) of the first goal."""
    catalogue = sound()
    catalogue["levels"] = [dict(each) for each in LEVELS]
    goal = catalogue["goals"][0]
    first, second = goal.pop("plans")
    goal["sections"] = [
        {"id": "s1", "label": "１", "title": "施策の名", "plans": [first]},
        {"id": "s2", "label": "２", "title": "別の施策", "plans": [second]},
    ]
    return catalogue
