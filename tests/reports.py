"""A small report folder for tests, of another municipality than the real one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.sources import catalogues

SETTINGS = """\
edition = "plan"
catalogue = "catalogue.json"
date = 2020-04-01

[output]
name = "計画"
"""
OUTPUTS = ("out/計画.docx", "out/計画.pdf")


def write_report(folder: Path, catalogue: Mapping[str, Any] | None = None) -> Path:
    """Write settings and a catalogue into the folder, a sound one unless given; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.toml").write_text(SETTINGS, encoding="utf-8")
    catalogues.write(folder, catalogue or catalogues.sound())
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file below the folder by its relative path, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
