"""A file that was dropped on a page, for readers that take paths.

Comes in: its name and bytes. Goes out: a file on the disk, as long as it is read, never in the
opened folder; problems that name it as the person does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kpireport.errors import InputError, Problem
from kpireport.files import working_folder
from kpireport.quickly import dataclass

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
