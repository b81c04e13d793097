"""The registry that pip is configured for, and what is made from it once a session."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.reports import put_files
from tests.sites import site_files
from tests.tools import missing
from tools.offline.fetching import ROOT
from tools.offline.pip import PipError, run_pip


@cache
def require_registry() -> None:
    """Skip (or fail) the running test where pip reaches no registry."""
    try:
        run_pip("install", "--dry-run", "--ignore-installed", "--no-deps", "packaging")
    except PipError:
        missing("pip reaches no registry of packages")


def checkout_with_site(place: Path) -> Path:
    """Return a copy of this checkout with its site: tests leave docs/site as it is."""
    if not (ROOT / ".git").exists():
        missing("this is no checkout")
    command = [
        "git",
        "-C",
        str(ROOT),
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, place / name)
    put_files(place / "docs/site", site_files())
    return place
