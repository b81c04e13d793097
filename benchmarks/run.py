"""Time and memory of writing reports of growing size, as Markdown tables.

Each measurement is a process of its own, and counts all of it: imports, reading,
judging and composing, fonts, charts, writing::

    python benchmarks/run.py             the product's editions
    python benchmarks/run.py --peers     the same tables by the product and other libraries
    python benchmarks/run.py --year      handing out, collecting, checking, comparing
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

from measure import Usage, measure
from peers import PEERS
from year import STEPS

HERE = Path(__file__).resolve().parent
SIZES = (96, 960, 9600)
REPEATS = 3
LARGEST_WITH_CHARTS = 960  # some 700 charts; the cost of one more does not depend on their number
LINEAR = 2.0  # about 1 if the cost is linear, 10 if it is quadratic in these sizes
VERSIONS = ("matplotlib", "reportlab", "pikepdf", "lxml", "icu4py", "budoux", "pydantic")


@dataclass(frozen=True, slots=True)
class Task:
    """Something that is measured: its name, and what to run for each size."""

    name: str
    commands: Mapping[int, Sequence[str]]
    is_product: bool = True


def main() -> int:
    """Measure and print the tables; return 1 if the product's cost is not linear."""
    arguments = _parse_arguments()
    sizes = (96,) if arguments.quick else tuple(sorted(arguments.sizes))
    repeats = 1 if arguments.quick else REPEATS
    print("\n".join(_facts()))
    if arguments.year:
        with tempfile.TemporaryDirectory() as folder:
            tasks = _year(sizes, Path(folder))
            return 0 if _print_table("The staff's year", tasks, repeats) else 1
    if not arguments.peers:
        tasks = _editions(sizes, arguments.largest_with_charts)
        return 0 if _print_table("The editions", tasks, repeats) else 1
    with tempfile.TemporaryDirectory() as folder:
        tasks = _same_tables(sizes, Path(folder))
        is_linear = _print_table("The same tables", tasks, repeats)
        tasks = _same_tables(sizes[:1], Path(folder), charts=True)
        is_linear &= _print_table("The same tables with their charts", tasks, repeats)
    return 0 if is_linear else 1


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time and memory of writing reports.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="INDICATORS")
    parser.add_argument("--quick", action="store_true", help="96 indicators alone, each once")
    parser.add_argument("--peers", action="store_true", help="compare with other libraries")
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
    for output_format, name in (("pdf", "PDF"), ("docx", "Word")):
        yield _product(f"**kpireport** ({name})", "tables", output_format, sizes, charts=charts)
    for key, peer in PEERS.items():
        if peer.is_installed:
            commands = {
                size: (str(HERE / "peers.py"), key, str(file)) for size, file in files.items()
            }
            yield Task(peer.title, commands, is_product=False)


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
    command = [sys.executable, str(HERE / "workload.py"), str(file), str(size), *options]
    subprocess.run(command, check=True)
    return file


# --- the tables ------------------------------------------------------------------


def _print_table(title: str, tasks: Iterable[Task], repeats: int) -> bool:
    """Measure the tasks, print a row for each as it is known; tell whether all are linear."""
    is_linear = True
    for number, task in enumerate(tasks):
        if number == 0:
            sizes = tuple(task.commands)
            print("\n".join(("", *_header(title, sizes))))
        used = {size: measure(command, repeats) for size, command in task.commands.items()}
        growth = _growth(used)
        print(_row(task.name, [used.get(size) for size in sizes], growth), flush=True)
        is_linear &= not task.is_product or growth is None or growth <= LINEAR
    return is_linear


def _header(title: str, sizes: Sequence[int]) -> Iterable[str]:
    yield f"| {title} | " + " | ".join(f"{n:,}: CPU (s) | MB | KB" for n in sizes) + " | growth |"
    yield "|---" + "|--:" * (3 * len(sizes) + 1) + "|"


def _row(name: str, used: Sequence[Usage | None], growth: float | None) -> str:
    figures = (
        f"{each.cpu:.2f} | {each.memory / 1e6:,.0f} | {each.size / 1e3:,.0f}"
        if each
        else "– | – | –"
        for each in used
    )
    return f"| {name} | {' | '.join(figures)} | {'–' if growth is None else f'{growth:.2f}'} |"


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
