"""What several departments say of one plan: each one's part, and all of them as one text.

Comes in: the departments' own texts. Goes out: the text of the cell, nothing lost. A cell is
never taken apart by what looks like a heading: a department may begin a line with the name
of another one. It is held against the texts that are known to be in it, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kpireport.sources.actuals_scope import plain_name


def composed(texts: Mapping[str, str], order: Sequence[str]) -> str:
    r"""Join the departments' texts, each after its name where there are several.

    >>> composed({"教育課": "端末を配りました。", "保育課": "増設しました。"}, ["保育課", "教育課"])
    '（保育課）増設しました。\\n（教育課）端末を配りました。'

    Args:
        texts: by department; empty ones say nothing.
        order: the plan's departments in printed order; others come after them.
    """
    said = _said(texts)
    if len(set(said.values())) <= 1:
        return next(iter(said.values()), "")
    return _joined(said, _sorted(said, order))


def consists_of(cell: str, texts: Mapping[str, str]) -> bool:
    """Whether a cell says just these texts, in whatever order; white space does not count.

    A single one may have its department's name before it: the others' were deleted by hand.
    """
    said = _said(texts)
    names = sorted(said, key=lambda name: cell.find(_block(name, said[name])))
    forms = (composed(said, ()), _joined(said, names))
    return plain_name(cell) in map(plain_name, forms)


def own_part(
    text: str, department: str, texts: Mapping[str, str], order: Sequence[str]
) -> str | None:
    r"""A department's own part of a cell that it was handed whole, ``None`` for another text.

    Everybody else's part has to be there to the letter.

    >>> texts = {"保育課": "増設", "教育課": "配備"}
    >>> own_part("（保育課）増設\n（教育課）全校に配備", "教育課", texts, ["保育課", "教育課"])
    '全校に配備'
    """
    said = _said(texts)
    others = {name: words for name, words in said.items() if name != department}
    if not others:
        return None
    names = _sorted({*others, department}, order)
    at = names.index(department)
    before, after = _joined(others, names[:at]), _joined(others, names[at + 1 :])
    head = f"{before}\n{_heading(department)}" if before else _heading(department)
    tail = f"\n{after}" if after else ""
    if len(text) < len(head) + len(tail) or not (text.startswith(head) and text.endswith(tail)):
        return None
    return text[len(head) : len(text) - len(tail)].strip()


def look_alikes(text: str, department: str, departments: Iterable[str]) -> tuple[str, ...]:
    """The other departments whose names begin lines of a text, as they do in a joined one."""
    return tuple(
        name
        for name in departments
        if name != department and re.search(f"^{re.escape(_heading(name))}", text, re.MULTILINE)
    )


def has_heading(cell: str, department: str) -> bool:
    """Whether a cell has a line that begins with the department's name."""
    return bool(look_alikes(cell, "", (department,)))


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _sorted(names: Iterable[str], order: Sequence[str]) -> list[str]:
    ranks = {name: number for number, name in enumerate(order)}
    return sorted(names, key=lambda name: (ranks.get(name, len(ranks)), name))


def _joined(said: Mapping[str, str], names: Iterable[str]) -> str:
    return "\n".join(_block(name, said[name]) for name in names)


def _block(department: str, text: str) -> str:
    """A text after its department's name, which some write themselves."""
    heading = _heading(department)
    return text if text.startswith(heading) else f"{heading}{text}"


def _heading(department: str) -> str:
    return f"（{department}）"
