"""What was kept of an earlier year's actuals, where these are not the same any more.

Comes in: the file of an earlier report. Goes out: the place of what its archive keeps of it.
"""

from __future__ import annotations

from pathlib import Path

from kpireport.archives.manifest import MANIFEST, Role, entry_of, read_manifest
from kpireport.archives.places import usual_place


def kept_otherwise(actuals: Path) -> Path | None:
    """Find what the archive beside an earlier report's actuals keeps, if that is not the same.

    Only a folder is looked at: nothing is unpacked for a notice.

    Args:
        actuals: the workbook or CSV of the earlier report.

    Returns:
        The kept file; ``None`` where there is none, or it is the same.
    """
    archive = usual_place(actuals.parent, as_zip=False)
    try:
        manifest = read_manifest((archive / MANIFEST).read_bytes()).manifest
        content = actuals.read_bytes()
    except OSError:
        return None
    entry = manifest.entry(Role.ACTUALS) if manifest else None
    if entry is None or entry_of(entry.path, entry.role, content).sha256 == entry.sha256:
        return None
    kept = archive / entry.path
    return kept if kept.is_file() else None
