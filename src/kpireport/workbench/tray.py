"""What was dropped on a page, until it is decided what becomes of it.

Comes in: files that a person dropped. Goes out: the same by an id, while its pages are
looked at; as a file on the disk for the readers, which take paths. It is in memory alone: what
nobody takes is gone with the server, and nothing of it was ever in the folder.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import TypeVar

from kpireport.errors import InputError, Problem
from kpireport.files import working_folder

_Kept = TypeVar("_Kept")

_MOST = 8  # the last ones: people look at one thing at a time
_LONGEST_NAME = 70  # characters: a file's name has 255 bytes, and Japanese ones three each less


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that was dropped: its name as the person has it, and its bytes."""

    name: str
    data: bytes

    @property
    def shown(self) -> str:
        """Its name, as a page and a file system can have it; its ending stays."""
        plain = "".join(each if each.isprintable() else "_" for each in self.name)
        path = Path(re.sub(r'[\\/:*?"<>|]', "_", plain))
        stem = path.name.removesuffix(path.suffix).strip(". ") or "ファイル"
        return f"{stem[:_LONGEST_NAME]}{path.suffix[:10]}"

    @contextmanager
    def as_file(self) -> Iterator[Path]:
        """The file on the disk, in a folder of its own; problems name it as the person does.

        Raises:
            InputError: whoever reads it raises that.
            OSError: there is no room for it.
        """
        with working_folder() as folder:
            path = folder / self.shown
            path.write_bytes(self.data)
            try:
                yield path
            except InputError as error:
                raise InputError(
                    self.renamed(path, error.problems), self.renamed(path, error.warnings)
                ) from error

    def renamed(self, path: Path, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Problems that name the file on the disk, as people have it."""
        return tuple(
            replace(
                each,
                file=self.shown if each.file == str(path) else each.file,
                what=each.what.replace(str(path), self.shown),
                remedy=each.remedy.replace(str(path), self.shown),
            )
            for each in problems
        )


@dataclass(slots=True)
class Tray:
    """The files that were dropped last, and what was read of them, by ids that nobody guesses."""

    _kept: dict[str, object] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def put(self, dropped: Dropped) -> str:
        """Keep a file; return its id."""
        id_ = secrets.token_urlsafe(9)
        with self._lock:
            self._kept[id_] = dropped
            while len(self._kept) > _MOST:
                del self._kept[next(iter(self._kept))]
        return id_

    def change(self, id_: str, read: object) -> None:
        """Keep what was read of a file in its place, if that is still there."""
        with self._lock:
            if id_ in self._kept:
                self._kept[id_] = read

    def find(self, id_: str, kind: type[_Kept]) -> _Kept | None:
        """Return what is kept, if it is of that kind; ``None`` else, or where it is gone."""
        found = self._kept.get(id_)
        return found if isinstance(found, kind) else None
