"""The samples that the handbook works on, in a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# what was made from them
_MADE = ("out", "archive", "archive.zip", "sheets", "inbox", "received")


def copy_samples(place: Path) -> None:
    """Copy the plan and the sample reports, without what was built from them."""
    place.mkdir(parents=True)
    shutil.copy(ROOT / "catalogue.json", place)
    shutil.copytree(ROOT / "reports", place / "reports", ignore=shutil.ignore_patterns(*_MADE))
