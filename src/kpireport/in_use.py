"""What runs from this environment, for those who install over it or take it away.

Comes in: what somebody asked for. Goes out: a mark, a file in the environment that is held for
as long as the process lives; what the marks that are held say.

The system tells whether a mark is held, not that it is there: one that a killed process left is
held by nobody, and is taken away by whoever looks next. Marks are left only where an install
made the folder for them (``導入``), which is an environment that scripts replace and remove;
these ask ``python -m kpireport.in_use``, which ends with :data:`IN_USE` where something runs.
Nothing but the standard library is needed: an environment that is broken can be asked, too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

FOLDER = "in-use"
"""The folder of an environment where its marks are."""

IN_USE = 75
"""The exit status for "try again later", as ``sysexits.h`` has it; Python itself has no such."""

_LONGEST = 400
_HOW_TO_END = """\
  → ブラウザーの画面の「終了する」を押してください。画面がもうないときと、画面でないものは、
    動いている窓（端末）で Ctrl+C を押すか、その窓を閉じてください。
  → 終わってから、もう一度実行してください。
"""


@contextmanager
def marked(what: str, environment: Path | None = None) -> Iterator[None]:
    """Leave a mark while the body runs; where none can be left, the body runs without.

    Args:
        what: what runs, in words for those who are to end it.
        environment: the folder of the environment; ``None`` for that of this process.
    """
    folder = (environment or Path(sys.prefix)) / FOLDER
    mark = folder / os.urandom(6).hex()
    held = _hold(mark, what) if folder.is_dir() else None
    try:
        yield
    finally:
        if held is not None:
            os.close(held)
            with suppress(OSError):
                mark.unlink(missing_ok=True)


def running(environment: Path) -> tuple[str, ...]:
    """Return what runs from an environment, as the marks that are held say it."""
    marks = sorted((environment / FOLDER).glob("*"))
    return tuple(_words(mark) for mark in marks if _is_held(mark))


def _hold(mark: Path, what: str) -> int | None:
    """Make a mark and hold it, until it is closed or the process ends in whatever way."""
    try:
        # Windows lets nobody remove a file that is open; elsewhere a lock says that it is
        held = os.open(mark, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        return None
    with suppress(OSError):  # a full disk, or one without locks: no reason not to work
        os.write(held, what.encode(errors="backslashreplace"))
        if sys.platform != "win32":
            fcntl.flock(held, fcntl.LOCK_EX)
    return held


def _is_held(mark: Path) -> bool:
    """Whether the process that left the mark lives; the mark is gone if not."""
    if sys.platform != "win32" and _is_locked(mark):
        return True
    try:
        mark.unlink()
    except PermissionError:
        return sys.platform == "win32"  # elsewhere it is somebody else's, held by nobody
    except OSError:
        return False
    return False


def _is_locked(mark: Path) -> bool:
    try:
        with mark.open("rb+") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _words(mark: Path) -> str:
    try:
        text = mark.read_text(encoding="utf-8", errors="replace")[:_LONGEST]
    except OSError:
        return ""
    return "".join(each if each.isprintable() else "�" for each in text)


def main() -> int:
    """Say what runs from this environment and how to end it, where something does."""
    found = running(Path(sys.prefix))
    if not found:
        return 0
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    what = "".join(f"  動いているもの: {each}\n" for each in found)
    sys.stdout.write(f"kpireport が動いています。\n{what}{_HOW_TO_END}")
    return IN_USE


if __name__ == "__main__":
    sys.exit(main())
