"""What is in the opened folder: plans, and the report folders made of them.

Comes in: the folder. Goes out: its report folders and plans, by names that addresses may
bear. A name that is not in the list found here leads nowhere, whatever its characters.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kpireport.archives.manifest import MANIFEST, SUMS
from kpireport.quickly import dataclass
from kpireport.sources.settings import SETTINGS_FILE

OWN = "~"
"""The name of the opened folder itself where that is a report folder."""

PLAN_FILE = "catalogue.json"

_DEEPEST = 4  # folders below the opened one: reports/towns/みどり市/2022
_MOST_FOLDERS = 5_000
_PASSED_OVER = ("node_modules", "received", "inbox")


@dataclass(frozen=True, slots=True)
class Found:
    """What is in the folder now.

    Attributes:
        reports: the folders with settings, by name, sorted.
        plans: the plans' files, by name, sorted.
        is_cut: there are more folders than anybody looks through.
    """

    reports: dict[str, Path]
    plans: dict[str, Path]
    is_cut: bool = False

    def plan_named(self, file: Path) -> str:
        """Return the name of a plan's file; empty where it is not in the folder."""
        wanted = file.resolve()
        return next((name for name, path in self.plans.items() if path.resolve() == wanted), "")


@dataclass(frozen=True, slots=True)
class Workplace:
    """The opened folder; ``root`` is complete."""

    root: Path

    @classmethod
    def at(cls, folder: Path | str) -> Workplace:
        """Open a folder, which may be empty, or not be there yet."""
        return cls(Path(folder).resolve())

    def look(self) -> Found:
        """Find the report folders and plans; not those in archives, nor behind links."""
        reports: dict[str, Path] = {}
        plans: dict[str, Path] = {}
        for seen, (folder, files) in enumerate(_walk(self.root, _DEEPEST)):
            if seen == _MOST_FOLDERS:
                return Found(reports, plans, is_cut=True)
            if SETTINGS_FILE in files:
                reports[self.name_of(folder)] = folder
            if PLAN_FILE in files:
                plans[self.name_of(folder / PLAN_FILE)] = folder / PLAN_FILE
        return Found(dict(sorted(reports.items())), dict(sorted(plans.items())))

    def name_of(self, path: Path) -> str:
        """Return the name of something in the folder: its path in it, with ``/``."""
        relative = path.relative_to(self.root).as_posix()
        return OWN if relative == "." else relative

    def shortened(self, file: str) -> str:
        """Return a file as a problem names it by its path in the folder, where it is in it."""
        path = Path(file)
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else file

    def said(self, text: str) -> str:
        """Return a text that names files, by their paths in the folder."""
        return text.replace(f"{self.root}{os.sep}", "")

    def path_of(self, name: str) -> Path:
        """Return what a name of :meth:`name_of` stands for; never of what an address bears."""
        return self.root if name == OWN else self.root / name


def _walk(folder: Path, depth: int) -> Iterator[tuple[Path, frozenset[str]]]:
    """Yield folders with the names of their files; those that cannot be read are passed over.

    So is what was kept (保存したもの): its plan and settings are no further ones to work on.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    files = frozenset(each.name for each in entries if each.is_file())
    if files.issuperset((MANIFEST, SUMS)):
        return
    yield folder, files
    if not depth:
        return
    for each in entries:
        if each.name.startswith((".", "~")) or each.name in _PASSED_OVER:
            continue
        if each.is_dir(follow_symlinks=False):
            yield from _walk(Path(each.path), depth - 1)
