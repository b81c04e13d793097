"""Time and memory of writing reports of growing size, as Markdown tables.

Each measurement is a process of its own, and counts all of it: imports, reading,
judging and composing, fonts, charts, writing. The tasks of a table take turns, and of a
task's runs the median is told: a machine whose speed changes changes it for all of them::

    python benchmarks/run.py             the editions, and the same tables by other libraries
    python benchmarks/run.py --editions  the editions alone
    python benchmarks/run.py --peers     the other libraries alone
    python benchmarks/run.py --year      handing out, collecting, checking, comparing, writing back
    python benchmarks/run.py --quick     96 indicators alone, each once
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from measure import NotMeasuredError, Usage, measure, median
from peers import PEERS
from year import STEPS

HERE = Path(__file__).resolve().parent
OURS_PDF, OURS_WORD = "**kpireport** (PDF)", "**kpireport** (Word)"
OURS_BOTH = "**kpireport** (Word and PDF)"
SIZES = (96, 960, 9600)
REPEATS = 3
LONG = 30.0  # seconds of CPU; what takes longer is measured well enough by one run
LARGEST_WITH_CHARTS = 960  # the cost of one more chart does not depend on their number
LINEAR = 2.0  # about 1 if the cost is linear, 10 if it is quadratic in these sizes
VERSIONS = ("matplotlib", "reportlab", "pikepdf", "lxml", "icu4py", "budoux", "pydantic")


@dataclass(frozen=True, slots=True)
class Task:
    """Something that is measured: its name, and what to run for each size.

    Attributes:
        rivals: names of the product's tasks whose cost is told as a multiple of this one's;
            empty for a task of the product.
    """

    name: str
    commands: Mapping[int, Sequence[str]]
    rivals: Sequence[str] = ()


Used = Mapping[str, Mapping[int, Usage]]  # by a task's name and size, what could be measured


def main() -> int:
    """Measure and print the tables; return 1 if the product's cost is not linear."""
    arguments = _parse_arguments()
    sizes = (96,) if arguments.quick else tuple(sorted(arguments.sizes))
    repeats = 1 if arguments.quick else REPEATS
    print("\n".join(_facts()))
    is_linear = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.year:
            return 0 if _print_table("The staff's year", _year(sizes, folder), repeats) else 1
        if not arguments.peers:
            tasks = _editions(sizes, arguments.largest_with_charts)
            is_linear &= _print_table("The editions", tasks, repeats)
        if not arguments.editions:
            tasks = _same_tables(sizes, folder)
            is_linear &= _print_table("The same tables", tasks, repeats)
            tasks = _same_tables(sizes[:1], folder, charts=True)
            is_linear &= _print_table("The same tables with their charts", tasks, repeats)
    return 0 if is_linear else 1


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time and memory of writing reports.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="INDICATORS")
    parser.add_argument("--quick", action="store_true", help="96 indicators alone, each once")
    parser.add_argument("--editions", action="store_true", help="the product's editions alone")
    parser.add_argument("--peers", action="store_true", help="the other libraries alone")
    parser.add_argument("--year", action="store_true", help="measure the staff's year instead")
    parser.add_argument("--largest-with-charts", type=int, default=LARGEST_WITH_CHARTS, metavar="N")
    return parser.parse_args()


def _facts() -> Iterable[str]:
    """Yield what the figures depend on."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    yield f"- {datetime.now(UTC):%Y-%m-%d}; {machine}, load {os.getloadavg()[0]:.1f}"
    yield f"- Python {platform.python_version()}; " + ", ".join(
        f"{name} {version(name)}" for name in VERSIONS
    )
    for peer in PEERS.values():
        yield f"- {peer.version}" if peer.is_installed else f"- {peer.distribution}: not installed"


# --- what is measured ------------------------------------------------------------


def _editions(sizes: Sequence[int], largest_with_charts: int) -> Iterable[Task]:
    with_charts = [size for size in sizes if size <= largest_with_charts]
    for output_format, name in (("pdf", "PDF"), ("docx", "Word"), ("both", "Word and PDF")):
        yield _product(f"plan, {name}", "plan", output_format, sizes)
        without = f"review without charts, {name}"
        yield _product(without, "review", output_format, sizes, charts=False)
        yield _product(f"review with charts, {name}", "review", output_format, with_charts)


def _year(sizes: Sequence[int], folder: Path) -> Iterable[Task]:
    """Yield the commands of the staff's year, each over the same cities."""
    for size in sizes:
        subprocess.run(_year_command("prepare", folder, size, sys.executable), check=True)
    for step in STEPS:
        yield Task(step, {size: _year_command(step, folder, size) for size in sizes})


def _year_command(step: str, folder: Path, size: int, *before: str) -> Sequence[str]:
    return (*before, str(HERE / "year.py"), step, str(folder), str(size))


def _same_tables(sizes: Sequence[int], folder: Path, *, charts: bool = False) -> Iterable[Task]:
    """Yield the product and each peer that is installed, writing the same tables."""
    files = {size: _handed_file(size, folder, charts=charts) for size in sizes}
    formats = {"pdf": OURS_PDF, "docx": OURS_WORD} | ({"both": OURS_BOTH} if charts else {})
    for output_format, name in formats.items():
        yield _product(name, "tables", output_format, sizes, charts=charts)
    for key, peer in PEERS.items():
        if peer.is_installed:
            commands = {
                size: (str(HERE / "peers.py"), key, str(file)) for size, file in files.items()
            }
            rivals = (OURS_WORD if peer.is_word else OURS_PDF, OURS_BOTH)
            yield Task(peer.title, commands, [each for each in rivals if each in formats.values()])


def _product(
    name: str, edition: str, output_format: str, sizes: Sequence[int], *, charts: bool = True
) -> Task:
    options = () if charts else ("--no-charts",)
    return Task(
        name,
        {
            size: (str(HERE / "product.py"), edition, output_format, str(size), *options)
            for size in sizes
        },
    )


def _handed_file(size: int, folder: Path, *, charts: bool) -> Path:
    """Write what the peers are handed.

    In a process of its own: what this one has in memory, its children seem to have had.
    """
    file = folder / f"tables-{size}-{charts}.pickle"
    options = ("--charts",) if charts else ()
    command = [sys.executable, str(HERE / "handing.py"), str(file), str(size), *options]
    subprocess.run(command, check=True)
    return file


# --- the tables ------------------------------------------------------------------


def _print_table(title: str, given: Iterable[Task], repeats: int) -> bool:
    """Measure the tasks and print a row for each; tell whether the product's are all linear."""
    tasks = tuple(given)
    used = _measure(tasks, repeats)
    sizes = tuple(tasks[0].commands)
    print("\n".join(("", *_header(title, sizes))))
    is_linear = True
    for task in tasks:
        growth = _growth(used[task.name])
        print(_row(task, sizes, used, growth), flush=True)
        is_linear &= bool(task.rivals) or growth is None or growth <= LINEAR
    return is_linear


def _measure(tasks: Sequence[Task], repeats: int) -> Used:
    """Run the tasks in turn, size by size; leave out what fails, and say so."""
    used: dict[str, dict[int, Usage]] = {task.name: {} for task in tasks}
    for size in dict.fromkeys(size for task in tasks for size in task.commands):
        runs: dict[str, list[Usage]] = {task.name: [] for task in tasks if size in task.commands}
        for _ in range(repeats):
            for task in tasks:
                done = runs.get(task.name)
                if done is None or (done and done[-1].cpu > LONG):
                    continue
                try:
                    done.append(measure(task.commands[size]))
                except NotMeasuredError as error:
                    print(error, file=sys.stderr)
                    del runs[task.name]
        used = {
            name: each | ({size: median(runs[name])} if runs.get(name) else {})
            for name, each in used.items()
        }
    return used


def _header(title: str, sizes: Sequence[int]) -> Iterable[str]:
    columns = (f"{size:,}: CPU (s) | MB | KB | ours ÷ it" for size in sizes)
    yield f"| {title} | {' | '.join(columns)} | growth |"
    yield "|---" + "|--:" * (4 * len(sizes) + 1) + "|"


def _row(task: Task, sizes: Sequence[int], used: Used, growth: float | None) -> str:
    figures = (_figures(task, size, used) for size in sizes)
    return f"| {task.name} | {' | '.join(figures)} | {'–' if growth is None else f'{growth:.2f}'} |"


def _figures(task: Task, size: int, used: Used) -> str:
    its = used[task.name].get(size)
    if its is None:
        return "– | – | – | –"
    ours = (used[name].get(size) for name in task.rivals)
    ratios = ", ".join(f"{each.cpu / its.cpu:.2f}" for each in ours if each)
    return f"{its.cpu:.2f} | {its.memory / 1e6:,.0f} | {its.size / 1e3:,.0f} | {ratios or '–'}"


def _growth(used: Mapping[int, Usage]) -> float | None:
    """Return what one more indicator costs at the end, as a multiple of before."""
    if len(used) < 3:
        return None
    before, after = (
        (used[larger].cpu - used[smaller].cpu) / (larger - smaller)
        for smaller, larger in pairwise(sorted(used)[-3:])
    )
    return after / before


if __name__ == "__main__":
    sys.exit(main())
