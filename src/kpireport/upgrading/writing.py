"""An upgrade, written: all files or none, with what they held before in one file beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from kpireport.archives.container import zip_bytes
from kpireport.errors import InputError
from kpireport.files import NewFile, write_files
from kpireport.upgrading.planning import Upgrade, planned

COPY = "新しい形にする前"
_ANY_TIME = dt.datetime.min  # noqa: DTZ901 -- the same bytes at any time


def upgrade(folder: Path | str, *, apply: bool = False) -> Upgrade:
    """Bring the files of a folder to today's formats; what they mean stays the same.

    Args:
        folder: a report's, or one that has reports below it.
        apply: whether to write; what was there is kept in a zip file in the folder. Without
            it, nothing is written.

    Raises:
        InputError: with every problem of every file: it cannot be read, or is of a later
            kpireport.
        OutputError: a change cannot be made or written; all files are as they were.
    """
    found = planned(folder)
    _settle(found)
    return written(found) if apply else found


def _settle(found: Upgrade) -> None:
    if found.problems:
        raise InputError(found.problems)


def written(found: Upgrade) -> Upgrade:
    """Write what was found, if that is anything, and return it with the copy.

    Raises:
        InputError: something is in its way.
        OutputError: it cannot be written, or somebody has changed a file since.
    """
    _settle(found)
    if not found.files:
        return found
    kept = {each.path.relative_to(found.folder).as_posix(): each.before for each in found.files}
    copy = next(each for each in _names(found.folder) if not each.exists())
    write_files(
        [
            NewFile(copy, zip_bytes(kept, _ANY_TIME)),
            *(NewFile(each.path, each.after, each.before) for each in found.files),
        ]
    )
    return replace(found, copy=copy)


def _names(folder: Path) -> Iterator[Path]:
    yield folder / f"{COPY}.zip"
    yield from (folder / f"{COPY}（{number}）.zip" for number in count(2))
