"""How quickly the workbench answers: its first page after the command, and each page of a plan.

::

    python benchmarks/year.py prepare FOLDER 960    a city of so many indicators
    python benchmarks/workbench.py FOLDER/960       seconds as a browser waits

Each page is asked for twice: the first time its files are read, the second they have been.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

_YEAR = "/reports/reports/2021"
_PLAN = "/plans/catalogue.json"
PAGES = (
    "/",
    f"{_YEAR}/board",
    f"{_YEAR}/summary",
    f"{_YEAR}/collecting",
    "/reports/reports/2022/values",  # 2021 has no workbook to type into
    f"{_YEAR}/document",
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
                times = []
                for _ in range(2):
                    begun = time.perf_counter()
                    size = len(browser.open(base + path).read())
                    times.append(1000 * (time.perf_counter() - begun))
                print(f"{path}: {times[0]:.0f} ms, then {times[1]:.0f} ms ({size // 1024} KB)")
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
