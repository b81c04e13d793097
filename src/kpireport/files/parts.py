"""Files on the way to their places: beside these, flushed, and removed where a run was killed.

``.kpireport-….part`` is the name of each, of a folder as of a file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_PREFIX, _SUFFIX = ".kpireport-", ".part"
_ABANDONED_AFTER = 60.0  # seconds; writing takes far less, so the writer is gone


def beside(target: Path) -> Path:
    """Return a new name in the target's folder: renaming never crosses a file system."""
    return target.with_name(f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")


def write_flushed(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, down to the disk; missing folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def remove(path: Path) -> None:
    """Remove a file, if it is there and can be."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Make the renames last through a power cut, where the system can (not on Windows)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_left(folder: Path, *, fresh: Path) -> None:
    """Remove what killed builds left in ``folder``, judged against a ``fresh`` file there.

    Both times come from the file system: on a shared folder the clocks of server
    and desktop may differ. What is young may belong to a colleague's build.
    """
    now = fresh.stat().st_ctime
    for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if now - leftover.stat().st_ctime <= _ABANDONED_AFTER:
                continue
            if leftover.is_dir() and not leftover.is_symlink():
                shutil.rmtree(leftover)
            else:
                leftover.unlink()


def remove_abandoned(folders: Iterable[Path]) -> None:
    """Remove what killed runs left in ``folders``, where nothing new is to be written.

    Only ``write_files`` knows how late it is on a folder's disk; here a file is made
    for that and removed again, if there is anything to remove.
    """
    for folder in folders:
        with suppress(OSError):
            if any(folder.glob(f"{_PREFIX}*{_SUFFIX}")):
                probe = beside(folder / "probe")
                write_flushed(probe, b"")
                try:
                    remove_left(folder, fresh=probe)
                finally:
                    remove(probe)
