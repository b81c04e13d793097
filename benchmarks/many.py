"""Many municipalities at a time: one process, two, and a cluster's two workers.

::

    python benchmarks/many.py                200 municipalities of the plan's indicators
    python benchmarks/many.py --reports 20

Each has the sample's review of three years under indicators' names of its own, so that no
chart and no text is another's. Told is the time from the first to the last, and how much of
two processes' time was well spent: that of one process, as a part of twice that of two.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree
from typing import Any

from kpireport import build_many

ROOT = Path(__file__).resolve().parents[1]
LAST_YEAR = "2021"
PROCESSES = 2


def main() -> int:
    """Print a row for each way to make the same reports."""
    parser = argparse.ArgumentParser(description="Time of making many reports.")
    parser.add_argument("--reports", type=int, default=200, metavar="N")
    count: int = parser.parse_args().reports
    with tempfile.TemporaryDirectory() as name:
        folders = [_city(Path(name, f"{number:04}"), number) for number in range(count)]
        one = _timed(folders, workers=1)
        rows = [("one process", one), (f"{PROCESSES} processes", _timed(folders, workers=2))]
        with _cluster() as address:
            rows.append((f"cluster of {PROCESSES} workers", _timed(folders, scheduler=address)))
    print(f"| {count} reports | time (s) | reports an hour | well spent |\n|---|--:|--:|--:|")
    for title, seconds in rows:
        spent = "–" if seconds == one else f"{one / seconds / PROCESSES:.0%}"
        print(f"| {title} | {seconds:.1f} | {count / seconds * 3600:,.0f} | {spent} |")
    return 0


def _timed(folders: Sequence[Path], **how: Any) -> float:  # noqa: ANN401 - build_many's own
    for folder in folders:
        rmtree(folder / ".kpireport", ignore_errors=True)  # images that the last way has drawn
    begun = time.perf_counter()
    outcomes = list(build_many(folders, **how))
    seconds = time.perf_counter() - begun
    if failed := [each for each in outcomes if not each.written]:
        raise RuntimeError(f"{len(failed)} failed, such as {failed[0]}")
    return seconds


@contextmanager
def _cluster() -> Iterator[str]:
    """Give the address of a scheduler with workers in processes of their own."""
    from distributed import LocalCluster  # noqa: PLC0415 -- not before the others are timed

    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=PROCESSES, threads_per_worker=1, dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


def _city(folder: Path, number: int) -> Path:
    """Write a municipality's plan and reports; return the folder of the latest."""
    copytree(
        ROOT / "reports",
        folder / "reports",
        ignore=ignore_patterns("out", ".kpireport", "towns", "plan"),
    )
    plan = json.loads((ROOT / "catalogue.json").read_text(encoding="utf-8"))
    plan.pop("$schema")
    _each_indicator(plan, lambda row: row.update(name=f"{row['name']}{number}"))
    (folder / "catalogue.json").write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    return folder / "reports" / LAST_YEAR


def _each_indicator(part: Any, change: Callable[[dict[str, Any]], None]) -> None:  # noqa: ANN401
    """Change every indicator of what a JSON file holds."""
    match part:
        case {"id": _, "name": _}:
            change(part)
        case dict():
            for each in part.values():
                _each_indicator(each, change)
        case list():
            for each in part:
                _each_indicator(each, change)
        case _:
            pass


if __name__ == "__main__":
    sys.exit(main())
