"""How quickly the workbench answers: its first page after the command, each page of a plan, a key.

::

    python benchmarks/year.py prepare FOLDER 960    a city of so many indicators
    python benchmarks/workbench.py FOLDER/960       milliseconds as a browser waits

Each page is opened three times: at once after the first page, when nothing is read and the
rest of the program not loaded yet; once more; and by somebody who looked at the first page of
another server for a while. Then a value is typed, saved, and looked for in the document. The
city is put back as it was.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from lxml import html

_YEAR = "/reports/reports/2021"
_TYPED = "/reports/reports/2022"  # 2021 has no workbook to type into
_PLAN = "/plans/catalogue.json"
PAGES = (
    "/",
    f"{_YEAR}/board",
    f"{_YEAR}/summary",
    f"{_YEAR}/collecting",
    f"{_TYPED}/values",
    f"{_TYPED}/document",
    f"{_YEAR}/document",
    f"{_YEAR}/finishing",
    f"{_PLAN}/overview",
    f"{_PLAN}/revise",
)
_LOOKED_AT = 10.0  # seconds
_OPENED = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
_PART = {"hx-request": "true"}
_ASKED_AGAIN = b'http-equiv="refresh"'


class Browser:
    """A browser that has opened the workbench."""

    def __init__(self, address: str) -> None:
        """Enter by the printed address."""
        self._base = re.sub("/enter.*", "", address)
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        self._ask(Request(address))

    def _ask(self, request: Request) -> bytes:
        found: bytes = self._opener.open(request).read()
        return found

    def open(self, path: str) -> tuple[float, float, bytes]:
        """Open a page; return when anything is shown and when the page is, in ms, and it."""
        begun = time.perf_counter()
        shown = page = self._ask(Request(self._base + path, headers=_OPENED))
        told = _since(begun)
        while _ASKED_AGAIN in page:
            page = self._ask(Request(self._base + path, headers=_OPENED))
        return told, told if page is shown else _since(begun), page

    def part(self, path: str, fields: Mapping[str, str] | None = None) -> tuple[float, bytes]:
        """Have a part of a page made, or a form taken; return how long it took in ms, and it."""
        begun = time.perf_counter()
        data = urlencode(fields).encode() if fields is not None else None
        headers = {**_PART, "origin": self._base}
        page = self._ask(Request(self._base + path, data, headers))
        return _since(begun), page


def main() -> None:
    """Print what each page takes."""
    folder = Path(sys.argv[1])
    with _served(folder) as (browser, seconds):
        print(f"first page after the command: {seconds:.2f} s")
        print("| page | opened at once: told, there | again | KB |")
        for path in PAGES:
            told, there, _ = browser.open(path)
            _, again, page = browser.open(path)
            print(f"| {path} | {told:.0f}, {there:.0f} | {again:.0f} | {len(page) // 1024} |")
        _type(browser, folder)
    with _served(folder) as (browser, _):
        time.sleep(_LOOKED_AT)
        print(f"| page | opened first after {_LOOKED_AT:.0f} s: told, there |")
        for path in PAGES:
            told, there, _ = browser.open(path)
            print(f"| {path} | {told:.0f}, {there:.0f} |")


@contextmanager
def _served(folder: Path) -> Iterator[tuple[Browser, float]]:
    """Yield a browser with the first page of a new server, and the seconds that this took."""
    command = [sys.executable, "-m", "kpireport", "open", str(folder), "--no-browser"]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            browser = Browser(server.stdout.readline().split()[-1])
            yield browser, time.perf_counter() - begun
        finally:
            server.terminate()


def _type(browser: Browser, folder: Path) -> None:
    """Print how long a key takes, and a changed value until the document shows it."""
    book = folder / "reports" / "2022" / "actuals.xlsx"
    before = book.read_bytes()
    _, _, page = browser.open(f"{_TYPED}/values")
    tree = html.fromstring(page)
    row = next(each for each in tree.iter("tr") if each.get("hx-post"))
    fields = {
        each.get("name"): each.value or "" for each in row.iter("input", "select", "textarea")
    }
    value = next(name for name in fields if name.endswith(":実績") and not name.startswith("seen"))
    keys = []
    for text in ("1", "12", "12.", "12.5"):
        took, _ = browser.part(row.get("hx-post"), {**fields, value: text})
        keys.append(took)
    print(f"a key typed into the grid: {max(keys):.0f} ms")
    _, _, document = browser.open(f"{_TYPED}/document")
    (asks,) = (each for each in html.fromstring(document).iter("div") if each.get("id") == "pages")
    begun = time.perf_counter()
    try:
        to = row.get("hx-post").replace("/check", "/save")
        saved, _ = browser.part(to, {**fields, value: "12"})
        _, changed = browser.part(asks.get("hx-get"))
        frame = next(html.fromstring(changed).iter("iframe"))
        told = _since(begun)
        browser.part(frame.get("src").partition("#")[0])
        print(f"a value saved: {saved:.0f} ms")
        print(f"the document tells of it: {told:.0f} ms; shows it: {_since(begun):.0f} ms")
    finally:
        book.write_bytes(before)


def _since(begun: float) -> float:
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
