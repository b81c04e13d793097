"""Names of sheets that Excel takes.

Comes in: any text, and the names that there are. Goes out: a name that is valid and new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpireport.writers.spreadsheets import cell_text, shortened

LONGEST_NAME = 31  # UTF-16 code units

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]")
_RESERVED = {"history", "履歴"}  # Excel's own, for shared workbooks
_NAMELESS = "シート"


def sheet_name(text: str, taken: Iterable[str] = ()) -> str:
    """Return ``text`` as a sheet's name: what is forbidden replaced, cut, numbered if taken.

    >>> sheet_name("実績/計画", ["実績／計画"])
    '実績／計画（2）'
    """
    plain = cell_text(text).translate(str.maketrans("[]:*?/\\", "［］：＊？／＼"))
    plain = _FORBIDDEN.sub(" ", plain).strip().strip("'").strip() or _NAMELESS
    if plain.lower() in _RESERVED:
        plain += "_"
    known = {name.lower() for name in taken}  # Excel sees no difference of case
    name, number = shortened(plain, LONGEST_NAME), 1
    while name.lower() in known:
        number += 1
        suffix = f"（{number}）"
        name = shortened(plain, LONGEST_NAME - len(suffix)) + suffix
    return name
