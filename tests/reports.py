"""A small report folder for tests, of another municipality than the real one."""

from __future__ import annotations

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


CALLOUT = {"mark": "①", "column": "target", "label": "「目標値」欄", "text": "目標の値です。"}


def write_report(folder: Path, *changes: tuple[str, Any]) -> Path:
    """Write settings and a catalogue, sound but for ``changes``, into the folder; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.toml").write_text(SETTINGS, encoding="utf-8")
    catalogue = catalogues.spoilt(("how_to_read.callouts", [CALLOUT]), *changes)
    catalogues.write(folder, catalogue)
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file below the folder by its relative path, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def put_files(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder, as :func:`files_in` returns them."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
