"""A report made with both cores: the first time, once more, and after one value was changed.

::

    python benchmarks/again.py

The sample review as Word, PDF and the workbook of its data, by ``kpireport build``, in turn and
five times. Told is the time to wait for, the CPU of all its processes, and the one as a part of
the other: half would be two cores that are never idle.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from shutil import copyfile, copytree, ignore_patterns, rmtree

import openpyxl
from measure import Usage, measure, median

ROOT = Path(__file__).resolve().parents[1]
YEAR, ID, ACTUAL = "2021", "記号", "実績"
CHANGED = "p01-03"  # one that has a chart
REPEATS = 5
BUILD = """
import os, sys
from kpireport.cli import main
sys.stderr = open(os.devnull, "w")  # what is to be asked of the departments
print(1 - bool(main(["build", sys.argv[1]])))
"""


def main() -> int:
    """Print a row for each way to make the report."""
    ways: dict[str, list[Usage]] = {"the first time": [], "once more": [], "one value changed": []}
    with tempfile.TemporaryDirectory() as name:
        report = _copied(Path(name))
        for number in range(REPEATS):
            rmtree(report / ".kpireport", ignore_errors=True)
            ways["the first time"].append(_built(report))
            ways["once more"].append(_built(report))
            _change_value(report / "actuals.xlsx", 180 + number)
            ways["one value changed"].append(_built(report))
    print("| | time (s) | CPU (s) | time ÷ CPU |\n|---|--:|--:|--:|")
    for way, runs in ways.items():
        usual = median(runs)
        print(f"| {way} | {usual.wall:.2f} | {usual.cpu:.2f} | {usual.wall / usual.cpu:.0%} |")
    return 0


def _copied(folder: Path) -> Path:
    copyfile(ROOT / "catalogue.json", folder / "catalogue.json")
    ignored = ignore_patterns("out", ".kpireport", "towns", "plan")
    return copytree(ROOT / "reports", folder / "reports", ignore=ignored) / YEAR


def _built(report: Path) -> Usage:
    return measure(("-c", BUILD, str(report)))


def _change_value(file: Path, value: int) -> None:
    """Write another actual of an indicator."""
    book = openpyxl.load_workbook(file)
    rows = [[cell.value for cell in row] for row in book[ACTUAL].iter_rows()]
    titles = next(row for row in rows if ID in row)
    row = next(at for at, row in enumerate(rows, 1) if row[titles.index(ID)] == CHANGED)
    book[ACTUAL].cell(row, titles.index(ACTUAL) + 1, value)
    book.save(file)


if __name__ == "__main__":
    sys.exit(main())
