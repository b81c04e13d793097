"""What a process uses: user CPU and peak memory, all of it, from its first import on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

LONG = 10.0  # seconds of CPU
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes; see getrusage(2)


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process used: user CPU in seconds, peak memory and result in bytes."""

    cpu: float
    memory: int
    size: int


def measure(command: Sequence[str], repeats: int) -> Usage:
    """Run a command of Python ``repeats`` times; return the run with the least CPU.

    What else the machine did only ever adds. A long run is measured well enough by one.
    """
    runs = [_run(command)]
    if runs[0].cpu < LONG:
        runs += (_run(command) for _ in range(repeats - 1))
    return min(runs, key=lambda usage: usage.cpu)


def _run(command: Sequence[str]) -> Usage:
    """Run a command, whose last word of output is the size of its result."""
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as process:
        words = process.stdout.read().split() if process.stdout else []
        _, status, used = os.wait4(process.pid, 0)  # this child's usage, not all children's
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"failed: {' '.join(command)}")
    return Usage(used.ru_utime, used.ru_maxrss * MAXRSS_UNIT, int(words[-1]))
