"""The bytes of a file that somebody sent: read at once, or refused with the reason.

Comes in: a path, and how large a file of its kind may be. Goes out: its bytes. What kind
of file they are is the caller's to find out.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from kpireport.errors import CellError
from kpireport.messages import unreadable
from kpireport.ordinary_files import read_bounded

_MEGABYTE = 2**20


def read_whole(path: Path, largest: int, *, shrink: str, program: str = "Excel") -> bytes:
    """Return the bytes of a file.

    Args:
        path: the file.
        largest: how many bytes it may have.
        shrink: how a larger one is made smaller.
        program: what people open it with.

    Raises:
        CellError: there is no such file, it cannot be read, or it is too large.
    """
    try:
        data = read_bounded(path, largest)
    except CellError:
        raise
    except (OSError, ValueError) as error:
        what, remedy = unreadable(error)
        raise CellError(what, remedy.replace("Excel", program)) from None
    if data is None:
        refuse_large(largest, shrink)
    return data


def refuse_large(largest: int, shrink: str) -> NoReturn:
    """Refuse a file that has more bytes than it may have.

    Raises:
        CellError: always.
    """
    raise CellError(f"ファイルが大きすぎます（{largest // _MEGABYTE} MB を超えます）。", shrink)
