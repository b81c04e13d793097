"""One department typed in several spellings (建設環境課 and 建設・環境課): one, and asked about.

Comes in: the departments that are known, a name as somebody typed it. Goes out: the known
spelling. Two names differ in spelling alone if they do in widths, spaces, dots between words
and hyphens; or if one has the division or the town that the department belongs to before it
(福祉部保育課 and 保育課), as long as no other is meant as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from kpireport.domain.names import composed
from kpireport.domain.numerals import fold_width
from kpireport.messages import quoted

_BETWEEN = re.compile(r"[\s・･·‧•,，、.．/／&＆と‐‑\-_]")
_ABOVE = re.compile(r".+(?:部|局|本部|区|市|町|村|都|道|府|県|役所|役場|庁)")


def department_key(name: str) -> str:
    """A department's name without what spelling alone adds."""
    plain = fold_width(composed(name))
    return _BETWEEN.sub("", plain).casefold() or plain


def is_same_department(one: str, other: str) -> bool:
    """Whether two names may be one department's in two spellings."""
    shorter, longer = sorted((department_key(one), department_key(other)), key=len)
    if not shorter or not longer.endswith(shorter):
        return False
    above = longer[: len(longer) - len(shorter)]
    return not above or _ABOVE.fullmatch(above) is not None


def known_spelling(written: str, known: Iterable[str]) -> str:
    """The one known department that a name may be another spelling of; else the name itself."""
    names = tuple(known)
    if not written or written in names:
        return written
    same = [each for each in names if each and department_key(each) == department_key(written)]
    same = same or [each for each in names if each and is_same_department(each, written)]
    return same[0] if len(same) == 1 else written


def spelt_in_two_ways(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names that may be one department's, in their order."""
    for one, other in combinations(dict.fromkeys(filter(None, names)), 2):
        if is_same_department(one, other):
            yield one, other


def asked_about(written: str, known: str) -> str:
    """The question whether two spellings are one department."""
    return f"{quoted(written)}と{quoted(known)}は、同じ部署ですか。"
