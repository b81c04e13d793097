"""The handbook's site, made by Sphinx once for all tests that read it or put it into a wheel."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.kept import ROOT, kept
from tests.reports import files_in


def site_files() -> dict[str, bytes]:
    """Return the site's files by their places in it."""
    return kept("site", _make, *_pages())


def make_site(docs: Path, into: Path) -> None:
    """Have Sphinx make the site of a folder of pages anew; a warning fails the test."""
    with TemporaryDirectory() as trees:
        strict = ("--quiet", "--fail-on-warning", "--keep-going", "--doctree-dir", trees)
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", *strict, docs, into],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr


def _make() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        make_site(ROOT / "docs", Path(folder))
        return files_in(Path(folder))


def _pages() -> Iterator[bytes]:
    """What the site is made of beside the sources, whose docstrings it has."""
    yield (ROOT / "CONTRIBUTING.md").read_bytes()
    docs = ROOT / "docs"
    for path in sorted(docs.rglob("*")):
        place = path.relative_to(docs)
        if path.is_file() and place.parts[0] != "site" and "__pycache__" not in place.parts:
            yield place.as_posix().encode()
            yield path.read_bytes()
