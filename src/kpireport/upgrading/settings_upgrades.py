"""What becomes of a report's settings, and whether they mean what they meant."""

from __future__ import annotations

from pathlib import Path

from kpireport.errors import OutputError
from kpireport.evaluation.criteria_settings import criteria_from_settings
from kpireport.ordinary_files import read_ordinary
from kpireport.quickly import dataclass
from kpireport.sources.formats import FileKind, newest
from kpireport.sources.settings import SETTINGS_FILE, load_settings
from kpireport.upgrading.former import settings_version
from kpireport.upgrading.migrations import MIGRATIONS, FormatChange, migrated


@dataclass(frozen=True, slots=True)
class FileUpgrade:
    """A file that has a version before the newest.

    Attributes:
        path: the file.
        kind: what it is.
        version: that it has.
        to: that it will have.
        changes: what is written otherwise.
        before: what it holds.
        after: what it will hold.
    """

    path: Path
    kind: FileKind
    version: int
    to: int
    changes: tuple[FormatChange, ...]
    before: bytes
    after: bytes

    @property
    def deprecated(self) -> tuple[FormatChange, ...]:
        """What is written in a way that should not stay."""
        return tuple(each for each in self.changes if each.deprecates)

    @property
    def since(self) -> str:
        """The kpireport that first read the new version."""
        return next(
            each.since for each in MIGRATIONS if each.kind is self.kind and each.to == self.to
        )


def of_settings(folder: Path) -> FileUpgrade | None:
    """What becomes of a report's settings; ``None`` where they have the newest version.

    Args:
        folder: the report's, whose settings can be read.

    Raises:
        InputError: what they judge by cannot be used.
        OutputError: they would mean something else.
    """
    path, kind = folder / SETTINGS_FILE, FileKind.SETTINGS
    before = read_ordinary(path)
    version = settings_version(before)
    if version == newest(kind):
        return None
    after, changes = migrated(kind, before, version, folder)
    _check_same(folder, before, after)
    return FileUpgrade(path, kind, version, newest(kind), changes, before, after)


def _check_same(folder: Path, before: bytes, after: bytes) -> None:
    """Refuse settings by which a report would be made or judged otherwise."""
    old, new = (load_settings(folder, data=each) for each in (before, after))
    judged = [
        criteria_from_settings(each.review.evaluation) if each.review else None
        for each in (old, new)
    ]
    is_same = judged[0] == judged[1] and old.outputs == new.outputs
    if not is_same:
        raise OutputError(
            f"{folder / SETTINGS_FILE} は、同じ意味のまま新しい形にできません。"
            "何も書き込んでいません。"
        )
