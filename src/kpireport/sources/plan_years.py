"""Of which kind a plan's years are, told before the plan is read.

Comes in: the plan's file. Goes out: whether its years are calendar years. The settings
name years of the plan and are read first; what is wrong with the plan is told when that
is read.
"""

from __future__ import annotations

import json
from pathlib import Path

from kpireport.domain.catalogue import YearKind
from kpireport.ordinary_files import read_ordinary


def has_calendar_years(catalogue: Path) -> bool:
    """Whether a plan's file, as far as it can be read, says that its years are calendar years."""
    try:
        data = read_ordinary(catalogue)
        if f'"{YearKind.CALENDAR}"'.encode() not in data:
            return False
        return says_calendar_years(json.loads(data.decode("utf-8-sig")))
    except (OSError, ValueError, RecursionError):
        return False


def says_calendar_years(raw: object) -> bool:
    """Whether a plan as it was written, be it faulty, says that its years are calendar years."""
    years = raw.get("years") if isinstance(raw, dict) else None
    return isinstance(years, dict) and years.get("kind") == YearKind.CALENDAR
