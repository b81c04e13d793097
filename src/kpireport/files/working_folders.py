"""Folders for working files, elsewhere than what is written; none stays of a killed run."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_WORKING = "kpireport-"
_ABANDONED_WORK_AFTER = 24 * 3600.0  # seconds; no run takes a day


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder for working files, removed at the end; what killed runs left is removed first.

    Raises:
        OSError: there is no room for one.
    """
    place = Path(tempfile.gettempdir())
    for leftover in place.glob(f"{_WORKING}*"):
        with suppress(OSError):
            if _is_abandoned(leftover):
                shutil.rmtree(leftover)
    with tempfile.TemporaryDirectory(prefix=f"{_WORKING}{os.getpid()}-") as folder:
        yield Path(folder)


def _is_abandoned(folder: Path) -> bool:
    """Whether a working folder is ours, and whoever made it is gone."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        return False
    process = folder.name.removeprefix(_WORKING).partition("-")[0]
    if process.isdecimal() and os.name == "posix":  # elsewhere, asking would end the process
        try:
            os.kill(int(process), 0)
        except (ProcessLookupError, OverflowError):
            return True
        except PermissionError:  # it is another user's now
            return True
        return False
    return time.time() - status.st_mtime > _ABANDONED_WORK_AFTER
