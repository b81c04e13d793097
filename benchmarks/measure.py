"""What a process uses: CPU and peak memory, its children's too, from its first import on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes; see getrusage(2)


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process used: CPU (user and system) and time in seconds, memory and result in bytes.

    Of a process with children, the memory is that of the largest of them.
    """

    cpu: float
    wall: float
    memory: int
    size: int


class NotMeasuredError(Exception):
    """A command that ended with an error, so that there is nothing to be told."""


def measure(command: Sequence[str]) -> Usage:
    """Run a command of Python, whose last word of output is the size of its result.

    Raises:
        NotMeasuredError: it failed.
    """
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as process:
        words = process.stdout.read().split() if process.stdout else []
        _, status, used = os.wait4(process.pid, 0)  # this child's usage, not all children's
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise NotMeasuredError(f"failed: {' '.join(command)}")
    wall = time.perf_counter() - begun
    memory = used.ru_maxrss * MAXRSS_UNIT
    return Usage(used.ru_utime + used.ru_stime, wall, memory, int(words[-1]))


def median(runs: Iterable[Usage]) -> Usage:
    """Return the run whose CPU is the middle one; of two, the lesser."""
    ordered = sorted(runs, key=lambda usage: usage.cpu)
    return ordered[(len(ordered) - 1) // 2]
