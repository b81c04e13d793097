"""How quickly the workbench answers: its first page after the command, and each page of a plan.

::

    python benchmarks/year.py prepare FOLDER 960    a city of so many indicators
    python benchmarks/workbench.py FOLDER/960       seconds as a browser waits

Each page is asked for twice: the first time its files are read, the second they have been.
At the end the report's own pages are asked for once more, after one value was changed.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

_YEAR = "/reports/reports/2021"
_PLAN = "/plans/catalogue.json"
_ACTUALS = "reports/2021/actuals.csv"
PAGES = (
    "/",
    f"{_YEAR}/board",
    f"{_YEAR}/summary",
    f"{_YEAR}/collecting",
    "/reports/reports/2022/values",  # 2021 has no workbook to type into
    f"{_YEAR}/document",
    f"{_YEAR}/preview",
    f"{_YEAR}/finishing",
    f"{_PLAN}/overview",
    f"{_PLAN}/revise",
)


def main() -> None:
    """Print what each page takes."""
    browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
    begun = time.perf_counter()
    command = [sys.executable, "-m", "kpireport", "open", sys.argv[1], "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[-1]
            browser.open(address).read()
            print(f"first page after the command: {time.perf_counter() - begun:.2f} s")
            base = re.sub("/enter.*", "", address)
            for path in PAGES:
                times, sizes = zip(*(_waited(browser, base + path) for _ in range(2)), strict=True)
                size = sizes[-1] // 1024
                print(f"{path}: {times[0]:.0f} ms, then {times[1]:.0f} ms ({size} KB)")
            with _changed(Path(sys.argv[1]) / _ACTUALS):
                waited, _ = _waited(browser, f"{base}{_YEAR}/preview")
            print(f"{_YEAR}/preview, one value being another: {waited:.0f} ms")
        finally:
            server.terminate()


def _waited(browser: OpenerDirector, address: str) -> tuple[float, int]:
    """Ask for a page; return how many milliseconds it took, and its bytes."""
    begun = time.perf_counter()
    size = len(browser.open(address).read())
    return 1000 * (time.perf_counter() - begun), size


@contextmanager
def _changed(actuals: Path) -> Iterator[None]:
    """Have a number of the actuals be another for a while."""
    before = actuals.read_bytes()
    actuals.write_bytes(re.sub(b",8,,,", b",7,,,", before, count=1))  # 実績, and nothing beside it
    try:
        yield
    finally:
        actuals.write_bytes(before)


if __name__ == "__main__":
    main()
