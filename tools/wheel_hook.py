"""Puts the handbook's site into the wheel, where ``make site`` has made it.

Hatchling runs this when it builds. A wheel made without the site is whole otherwise, and
its ``kpireport handbook`` says what is missing. What Sphinx keeps for itself stays out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE = "kpireport/handbook/site"
LEFT_OUT = (".doctrees", "_sources", ".buildinfo", "objects.inv")


class HandbookInWheel(BuildHookInterface[Any]):
    """Adds the pages to a wheel; one that points to the checkout finds them there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files that the wheel is to have."""
        site = Path(self.root, "docs/site")
        if version == "editable" or not (site / "index.html").is_file():
            return
        for path in sorted(site.rglob("*")):
            inside = path.relative_to(site)
            if path.is_file() and inside.parts[0] not in LEFT_OUT:
                build_data["force_include"][str(path)] = f"{INSIDE}/{inside.as_posix()}"
