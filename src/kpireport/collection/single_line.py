"""Long texts in one line of a message: what is different is what is shown.

Comes in: one text or two. Goes out: the same fit to be quoted, which cuts what is long.
"""

from __future__ import annotations

from itertools import takewhile

EMPTY = "（空）"
LINE_END = "／"
"""What a line end is in a text of one line."""
_LONGEST_BEGINNING = 24  # characters that two texts may share before they are cut
_LEAD = 8  # of these, so many are shown


def one_line(text: str) -> str:
    r"""The text without line ends; a mark where there is none.

    >>> one_line("増設した。\n定員も。")
    '増設した。／定員も。'
    """
    return LINE_END.join(text.split("\n")) or EMPTY


def differing_parts(old: str, new: str) -> tuple[str, str]:
    """Two texts, each in a line, without most of a long beginning that both have."""
    old, new = one_line(old), one_line(new)
    shared = sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(old, new, strict=False)))
    if shared <= _LONGEST_BEGINNING:
        return old, new
    first = shared - _LEAD
    return f"…{old[first:]}", f"…{new[first:]}"
