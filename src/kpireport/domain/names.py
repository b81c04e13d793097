"""Names and values that are printed on several lines, where there is one line for them."""

from __future__ import annotations

import re

_LINE_END = re.compile(r"\s*\n\s*")
_OPENING = "（「『【〈《［｛("


def in_one_line(text: str) -> str:
    r"""Return ``text`` on one line; what stood on lines of its own is still told apart.

    >>> in_one_line("街かどケアカフェ\n常設型"), in_one_line("受入率\n（4月1日現在）")
    ('街かどケアカフェ　常設型', '受入率（4月1日現在）')
    """

    def joint(match: re.Match[str]) -> str:
        is_apart = text[match.end() : match.end() + 1] not in _OPENING
        return "\u3000" if is_apart else ""

    return _LINE_END.sub(joint, text)
