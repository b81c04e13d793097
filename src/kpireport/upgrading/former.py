"""Whether a report's settings have a version before the newest: asked after each build.

What would become of them is found only where they have; nearly all have not, and wait for
nothing that changes files.
"""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kpireport.errors import KpiReportError
from kpireport.ordinary_files import read_ordinary
from kpireport.sources.formats import FileKind, newest
from kpireport.sources.settings import SETTINGS_FILE, load_settings

if TYPE_CHECKING:
    from kpireport.upgrading.settings_upgrades import FileUpgrade


def former_settings(folder: Path) -> FileUpgrade | None:
    """What becomes of a report's settings of before; ``None`` where there is nothing to tell.

    That is where they have the newest version, and where they cannot be used: others tell that.

    Args:
        folder: the report's.
    """
    with suppress(KpiReportError):
        load_settings(folder)
        if settings_version(read_ordinary(folder / SETTINGS_FILE)) < newest(FileKind.SETTINGS):
            from kpireport.upgrading.settings_upgrades import of_settings

            return of_settings(folder)
    return None


def settings_version(data: bytes) -> int:
    """Return the version of settings that can be read."""
    return int(tomllib.loads(data.decode("utf-8-sig")).get("format", 1))
