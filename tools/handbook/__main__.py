"""Write what is true today into the handbook's pages: ``python -m tools.handbook``.

That is what the commands print, and what the program computes (:mod:`tools.handbook.computed`).
Only outputs that are not true any more are replaced. What a page left out of them
(``（略）`` for any lines, ``…`` for any characters) stays so; read the difference, and shorten
by hand what is new and long.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.handbook.computed import with_computed
from tools.handbook.pages import matches, steps_of
from tools.handbook.renewing import renew
from tools.handbook.samples import ROOT
from tools.handbook.sessions import run_steps


def pages() -> tuple[Path, ...]:
    """Return the pages with what is run or computed: the handbook's, and one for developers."""
    return (*sorted((ROOT / "docs/handbook").glob("*.md")), ROOT / "docs/developer/rooms.md")


def renewed(page: str) -> str:
    """Return a page as the commands print it and the program computes it now."""
    page = with_computed(page)
    lines = page.split("\n")
    with TemporaryDirectory() as folder:
        printed = tuple(run_steps(steps_of(page), Path(folder)))
    for each in reversed(printed):
        expected = each.commands.expected
        if expected and not matches(expected.texts, each.text):
            lines[expected.start : expected.stop] = renew(expected.texts, each.text.split("\n"))
    return "\n".join(lines)


def main() -> None:
    """Renew the pages named on the command line, or all."""
    for page in map(Path, sys.argv[1:]) if sys.argv[1:] else pages():
        before = page.read_text(encoding="utf-8")
        after = renewed(before)
        if after != before:
            page.write_text(after, encoding="utf-8")
            sys.stdout.write(f"{page}\n")


if __name__ == "__main__":
    main()
