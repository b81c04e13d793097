"""Report folders below another, for those who named the folder above.

Comes in: a folder. Goes out: the folders below it that have a report's settings.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

_DEEPEST = 2  # the folder of a town may be named: みどり市/reports/plan
_MOST_FOLDERS = 1_000  # more is somebody's whole disk


def is_looked_into(name: str) -> bool:
    """Whether reports are looked for in a folder of that name.

    What was kept is not worked in, what is hidden is not ours.
    """
    return not name.startswith((".", "archive"))


def folders_with(file: str, folder: Path, most: int) -> tuple[Path, ...]:
    """Return folders below another that have a file, sorted.

    Args:
        file: its name.
        folder: the folder above; what may not be looked into is passed over.
        most: how many are returned, at most.
    """
    return tuple(islice(_below(folder, file), most))


def _below(folder: Path, file: str) -> Iterator[Path]:
    for at, folders, names in islice(os.walk(folder), _MOST_FOLDERS):
        here = Path(at)
        if file in names and here != folder:
            yield here
        is_deep = len(here.relative_to(folder).parts) >= _DEEPEST
        folders[:] = [] if is_deep else sorted(filter(is_looked_into, folders))
