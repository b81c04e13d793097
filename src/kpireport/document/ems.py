"""How wide a text is in ems, in the bundled fonts' two widths."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_HALF_EM = ("Na", "H", "N")  # narrow, half-width, neutral (UAX #11)


@lru_cache(maxsize=65536)  # a word is measured for its column, its row, its line
def natural_width(line: str) -> float:
    """Return the width of ``line`` in ems, in the bundled fonts' two widths (UAX #11)."""
    return sum(0.5 if unicodedata.east_asian_width(char) in _HALF_EM else 1.0 for char in line)
