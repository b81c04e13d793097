"""The wheel and the sdist, the same bytes whenever and wherever they are built.

Comes in: the project's folder. Goes out: both files, and ``sha256sums.txt`` of them. What a
builder's computer would bring in is set: the time (``SOURCE_DATE_EPOCH``, the day of the release);
rights, owners and the order of files are set by the build back end. That is the one of
``pyproject.toml``, run in this environment: nothing is fetched. Run it from the repository's
root::

    python -m tools.releasing.distributions [FOLDER [DIST]]
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

SOURCES = (
    *("src/", "fonts/", "tests/", "reports/", "docs/", "benchmarks/", "tools/", "catalogue.json"),
    *("Makefile", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "LICENSE", "pyproject.toml"),
    ".gitignore",
)
"""What the distributions are built of."""

SUMS = "sha256sums.txt"
_USUAL = (".", "dist")
_RELEASED = re.compile(r'^__released__ = "([0-9-]+)"', re.MULTILINE)


def build_all(project: Path, dist: Path, *targets: str) -> tuple[Path, ...]:
    """Build the wheel and the sdist of a project's folder; return them, sorted.

    Args:
        project: the folder.
        dist: where they go.
        targets: ``wheel``, ``sdist``; both where nothing is said.

    Raises:
        subprocess.CalledProcessError: the back end refuses; what it said is on this one's stderr.
    """
    dist.mkdir(parents=True, exist_ok=True)
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or str(release_of(project))
    done = subprocess.run(  # noqa: S603 -- the back end of this environment
        [
            *(sys.executable, "-m", "hatchling", "build", "--directory", dist.absolute()),
            *(part for each in targets for part in ("--target", each)),
        ],
        cwd=project,
        env={**os.environ, "SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": "0"},
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,  # the names of the files, which whoever asked for them has
        encoding="utf-8",
    )
    if done.returncode:
        sys.stderr.write(done.stderr)
        done.check_returncode()
    return tuple(sorted((*dist.glob("*.whl"), *dist.glob("*.tar.gz"))))


def release_of(project: Path) -> int:
    """Return the beginning of the day of the release, in seconds since 1970."""
    text = (project / "src" / "kpireport" / "__init__.py").read_text(encoding="utf-8")
    found = _RELEASED.search(text)
    if found is None:
        raise SystemExit("src/kpireport/__init__.py says no __released__")
    return int(dt.datetime.fromisoformat(f"{found[1]}T00:00:00+00:00").timestamp())


def sums_of(files: Iterable[Path]) -> str:
    """Return the sums of files as ``sha256sum -c`` reads them."""
    return "".join(
        f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in files
    )


def main(arguments: list[str]) -> None:
    """Build both, write their sums beside them, and say what was made."""
    project, dist = (Path(each) for each in (*arguments, *_USUAL[len(arguments) :]))
    files = build_all(project, dist)
    (dist / SUMS).write_text(sums_of(files), encoding="utf-8", newline="\n")
    for each in (*files, dist / SUMS):
        print(each)  # noqa: T201 -- it is a tool


if __name__ == "__main__":
    main(sys.argv[1:])
