"""A Chromium that shows pages to tests: what it lays out, what the keyboard does, what axe finds.

Playwright drives the system's own Chromium, which sees the bundled fonts alone. axe-core, the
common checker of WCAG, is fetched by npx. Where either is absent, the test is skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.tools import fetched_by_npx, require_chromium, with_bundled_fonts_alone

# of WCAG 2.2 A and AA, and what axe's authors hold for good besides
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


_running = ExitStack()


@cache
def _browser() -> Any:
    sync_api = pytest.importorskip("playwright.sync_api", exc_type=ImportError)
    program = require_chromium()
    driver = _running.enter_context(sync_api.sync_playwright())
    return _running.enter_context(
        driver.chromium.launch(
            executable_path=program, args=["--no-sandbox"], env=with_bundled_fonts_alone()
        )
    )


def end() -> None:
    """End the browser, if one runs; the next page begins another.

    As long as Playwright runs, so does its event loop, in the thread of the tests: no other
    could run there.
    """
    _running.close()
    _browser.cache_clear()


@contextmanager
def shown(file: Path, width: int = 1366, height: int = 768) -> Iterator[Any]:
    """Show a page in a window of so many pixels; nothing but the file can be reached."""
    context = _browser().new_context(viewport={"width": width, "height": height}, offline=True)
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        yield page
    finally:
        context.close()


@contextmanager
def visiting(
    address: str, width: int = 1366, height: int = 768, *, scripts: bool = True
) -> Iterator[Any]:
    """Visit a server of this computer, with cookies of one's own; its page is yielded.

    What the console is told of errors is gathered in ``page.said``.
    """
    context = _browser().new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts, locale="ja-JP"
    )
    try:
        page = context.new_page()
        page.said = []
        page.on("console", lambda each: _note(page, each.type, each.text))
        page.on("pageerror", lambda each: _note(page, "error", str(each)))
        page.goto(address)
        settle(page)
        yield page
    finally:
        context.close()


def settle(page: Any) -> None:
    """Wait until a page is shown that is not followed by another one by itself."""
    page.wait_for_selector("[data-follow]", state="detached")
    page.wait_for_load_state("load")


def _note(page: Any, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        page.said.append(text)


def violations(page: Any) -> list[str]:
    """Return what axe finds wrong: the rule, and the first element that breaks it."""
    page.evaluate(_axe())
    done = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", _TAGS)
    assert len(done["passes"]) > 10
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in done["violations"]]


@cache
def _axe() -> str:
    script = fetched_by_npx("axe-core@4").parent / "axe-core" / "axe.min.js"
    return script.read_text(encoding="utf-8")
