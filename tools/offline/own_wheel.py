"""kpireport's own wheel, with the handbook's site in it; the date of all that is made.

Comes in: a checkout, after ``make site``. Goes out: the wheel that a release has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from kpireport.cli.environment import asked_moment
from tools.releasing.distributions import build_all, release_of


def moment(root: Path, environment: Mapping[str, str]) -> dt.datetime:
    """Return the date that all files bear: ``SOURCE_DATE_EPOCH``, or the day of the release."""
    return asked_moment(environment) or dt.datetime.fromtimestamp(release_of(root), dt.UTC)


def own_wheel(root: Path, folder: Path) -> Path:
    """Make the wheel of a checkout in a folder.

    Raises:
        FileNotFoundError: the site has not been made.
    """
    site = root / "docs/site/index.html"
    if not site.is_file():
        raise FileNotFoundError(f"{site} is absent: run make site first")
    (built,) = build_all(root, folder, "wheel")
    return built
