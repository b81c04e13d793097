"""What several departments say of one plan: each one's part, and all of them as one text.

Comes in: the departments' own texts. Goes out: the text of the cell, nothing lost. Who is
handed the joined text to correct returns it whole; of that, its own part is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence


def composed(texts: Mapping[str, str], order: Sequence[str]) -> str:
    r"""Join the departments' texts, each after its name where there are several.

    >>> composed({"教育課": "端末を配りました。", "保育課": "増設しました。"}, ["保育課", "教育課"])
    '（保育課）増設しました。\\n（教育課）端末を配りました。'

    Args:
        texts: by department; empty ones say nothing.
        order: the plan's departments in printed order; others come after them.
    """
    said = {name: text for name, text in texts.items() if text}
    if len(set(said.values())) <= 1:
        return next(iter(said.values()), "")
    ranks = {name: number for number, name in enumerate(order)}
    names = sorted(said, key=lambda name: (ranks.get(name, len(ranks)), name))
    return "\n".join(f"{_heading(name)}{said[name]}" for name in names)


def parts_of(text: str, departments: Sequence[str]) -> dict[str, str]:
    """Take a joined text apart; empty where it has nobody's name at the head of a line.

    What stands before the first name has the name ``""``.
    """
    headings = "|".join(re.escape(_heading(name)) for name in departments)
    if not headings:
        return {}
    before, *rest = re.split(f"^({headings})", text, flags=re.MULTILINE)
    parts = {"": before.strip()} if before.strip() else {}
    for heading, words in zip(rest[::2], rest[1::2], strict=True):
        name = heading[1:-1]
        parts[name] = "\n".join(filter(None, (parts.get(name, ""), words.strip())))
    return parts if rest else {}


def _heading(department: str) -> str:
    return f"（{department}）"
