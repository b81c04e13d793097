"""Time and memory of writing reports of growing size, as a Markdown table.

Each measurement is a process of its own, and counts all of it: imports, reading
and composing the plan, fonts, writing::

    python benchmarks/run.py
    python benchmarks/run.py --sizes 96 960 --peers
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from typing import cast

from workload import document_of

from kpireport.document.blocks import Document

SIZES = (96, 960, 4800, 9600)  # growth is read off the last three, past all fixed costs
PRODUCT = {
    "PDF": "kpireport:write_pdf",
    "Word": "kpireport:write_docx",
}
PEERS = {
    "ReportLab, naive (PDF)": "peers:naive_pdf",
    "python-docx, naive (Word)": "peers:naive_docx",
}
REPEATS = 3  # the least of them counts: what else the machine did is not ours
LARGEST_FOR_PEERS = 960  # the naive Word writer is quadratic: 9,600 rows take minutes
LINEAR = 1.5  # about 1 if the cost is linear, 2.5 if it is quadratic in these sizes
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes; see getrusage(2)


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process used: user CPU in seconds, peak memory and result in bytes."""

    cpu: float
    memory: int
    size: int


def main() -> int:
    """Measure and print the table; or, as a child process, be what is measured."""
    arguments = _parse_arguments()
    if arguments.measured:
        writer, indicators = arguments.measured
        print(len(_writer(writer)(document_of(int(indicators)))))
        return 0
    measured = _measure_all(PRODUCT | PEERS if arguments.peers else PRODUCT, arguments.sizes)
    growths = {name: _growth(measured[name]) for name in PRODUCT if len(measured[name]) > 2}
    for name, growth in growths.items():
        word = "linear" if growth <= LINEAR else "NOT linear"
        print(f"\n{name}: {word}; one more indicator costs {growth:.2f} times as much at the end")
    return 0 if all(growth <= LINEAR for growth in growths.values()) else 1


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time and memory of writing reports.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="INDICATORS")
    parser.add_argument("--peers", action="store_true", help="measure naive writers too")
    parser.add_argument("--measured", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure_all(writers: dict[str, str], sizes: Sequence[int]) -> dict[str, dict[int, Usage]]:
    """Measure every writer at every size, and print each row as it is known."""
    print("| | indicators | user CPU (s) | peak memory (MB) | size (KB) |")
    print("|---|--:|--:|--:|--:|")
    measured: dict[str, dict[int, Usage]] = {name: {} for name in writers}
    for name, writer in writers.items():
        for indicators in sorted(sizes):
            if name in PEERS and indicators > LARGEST_FOR_PEERS:
                continue
            runs = [_measure(writer, indicators) for _ in range(REPEATS)]
            used = measured[name][indicators] = min(runs, key=lambda run: run.cpu)
            figures = f"{used.cpu:.2f} | {used.memory / 1e6:,.0f} | {used.size / 1e3:,.0f}"
            print(f"| {name} | {indicators:,} | {figures} |", flush=True)
    return measured


def _measure(writer: str, indicators: int) -> Usage:
    """Run one measurement in a new process and return what it used."""
    command = [sys.executable, __file__, "--measured", writer, str(indicators)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        size = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)  # this child's usage, not all children's
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{writer} with {indicators} indicators failed")
    return Usage(used.ru_utime, used.ru_maxrss * MAXRSS_UNIT, int(size))


def _growth(measured: dict[int, Usage]) -> float:
    """Return what one more indicator costs between the two largest sizes, by the two before."""
    sizes = sorted(measured)[-3:]
    before, after = (
        (measured[larger].cpu - measured[smaller].cpu) / (larger - smaller)
        for smaller, larger in pairwise(sizes)
    )
    return after / before


def _writer(name: str) -> Callable[[Document], bytes]:
    module, _, function = name.partition(":")
    return cast("Callable[[Document], bytes]", getattr(import_module(module), function))


if __name__ == "__main__":
    sys.exit(main())
