"""What several departments say of one plan, as one text.

Comes in: the departments' own texts. Goes out: the text of the cell, nothing lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def composed(texts: Mapping[str, str], order: Sequence[str]) -> str:
    """Join the departments' texts, each after its name where there are several.

    A text that has the others' names at its head already, because somebody was handed
    the joined text to correct, stands for all of them.

    Args:
        texts: by department; empty ones say nothing.
        order: the plan's departments in printed order; others come after them.
    """
    said = {name: text for name, text in texts.items() if text}
    if len(said) <= 1:
        return next(iter(said.values()), "")
    for text in said.values():
        if all(_heading(other) in text for other in said):
            return text
    ranks = {name: number for number, name in enumerate(order)}
    names = sorted(said, key=lambda name: (ranks.get(name, len(ranks)), name))
    return "\n".join(f"{_heading(name)}{said[name]}" for name in names)


def _heading(department: str) -> str:
    return f"（{department}）"
