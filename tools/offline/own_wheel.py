"""kpireport's own wheel, with the handbook's site in it, the same for the same checkout.

Comes in: this checkout, after ``make site``. Goes out: a wheel in a folder; the date of all
that is made.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from kpireport.cli.environment import SOURCE_DATE_EPOCH, asked_moment
from tools.offline.fetching import ROOT
from tools.offline.pip import run_pip


def moment(environment: Mapping[str, str]) -> dt.datetime:
    """Return the date that all files bear: that of ``SOURCE_DATE_EPOCH``, or of the commit."""
    asked = asked_moment(environment)
    return asked or dt.datetime.fromtimestamp(int(_git("log", "-1", "--format=%ct")), dt.UTC)


def own_wheel(root: Path, folder: Path, made: dt.datetime) -> Path:
    """Make the wheel of a checkout, with the build back end of this environment.

    Args:
        root: the checkout.
        folder: where the wheel is to be.
        made: the date that its files bear.

    Raises:
        FileNotFoundError: the site has not been made.
        PipError: the back end fails.
    """
    site = root / "docs/site/index.html"
    if not site.is_file():
        raise FileNotFoundError(f"{site} is absent: run make site first")
    environment = {**os.environ, SOURCE_DATE_EPOCH: str(int(made.timestamp()))}
    options = ("--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    run_pip("wheel", *options, root, environment=environment)
    (built,) = folder.glob("kpireport-*.whl")
    return built


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
