"""Ordinary files: what stands in them, or why it is not read.

Comes in: a path, and how large a file may be. Goes out: its bytes. A pipe would be waited
for, and a device has no end: neither is opened, whoever named it.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from kpireport.errors import CellError
from kpireport.messages import NOT_ORDINARY

_MEGABYTE = 2**20
_LARGEST = 256 * _MEGABYTE


def read_bounded(path: Path, largest: int) -> bytes | None:
    """Return what an ordinary file holds; ``None`` of one that has more than ``largest`` bytes.

    Raises:
        CellError: it is no ordinary file.
        OSError: there is none, or it cannot be read.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise CellError(*NOT_ORDINARY)
    if status.st_size > largest:
        return None
    pieces, left = [], largest + 1  # it may have grown, or have no size
    with path.open("rb") as stream:
        while left and (piece := stream.read(min(left, _MEGABYTE))):
            pieces.append(piece)
            left -= len(piece)
    return b"".join(pieces) if left else None


def read_ordinary(path: Path, largest: int = _LARGEST) -> bytes:
    """Return what a file holds that is there for the program itself.

    Raises:
        OSError: there is none, it is no ordinary file or too large, or it cannot be read.
    """
    try:
        data = read_bounded(path, largest)
    except CellError as error:
        raise OSError(errno.ESPIPE, error.what, str(path)) from error
    if data is None:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data
