"""Where a report's archive is kept unless somebody says otherwise: beside its settings.

Comes in: a report folder. Goes out: places in it.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = "archive"
ZIP = ".zip"


def usual_place(report_dir: Path, *, as_zip: bool) -> Path:
    """Return where a report's archive is kept unless somebody says otherwise."""
    return report_dir / f"{FOLDER}{ZIP if as_zip else ''}"


def kept_in(report_dir: Path) -> tuple[Path, ...]:
    """Return what is kept of a report in its usual places: nothing, an archive, or two."""
    places = (usual_place(report_dir, as_zip=as_zip) for as_zip in (False, True))
    return tuple(each for each in places if each.exists())
