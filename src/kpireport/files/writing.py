"""Files written and removed together, or a new folder of them: all or none."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from kpireport.files.checks import changed_meanwhile, check_absent
from kpireport.files.explaining import explained
from kpireport.files.parts import beside, flush_folder, remove, remove_left, write_flushed
from kpireport.ordinary_files import read_ordinary
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to write: where, its whole content, what it has to hold ``before``, if anything."""

    path: Path
    content: bytes
    before: bytes | None = None


@dataclass(frozen=True, slots=True)
class GoneFile:
    """A file to remove: where, and what it has to hold ``before``."""

    path: Path
    before: bytes


@dataclass(frozen=True, slots=True)
class _Replacement:
    """A target, its new content beside it, and a copy of its old content if it has any.

    ``new`` is ``None`` where the target is to go. ``state`` is what the target was when it was
    copied, where nobody may change it meanwhile.
    """

    target: Path
    new: Path | None
    old: Path | None
    state: tuple[int, ...] | None = None


def write_files(files: Sequence[NewFile | GoneFile]) -> None:
    """Write and remove all ``files``, in their order, or none of them.

    Missing folders are made. A file that exists keeps its permissions; a symbolic
    link stays one, and what it points at is replaced. What somebody saves into a file that
    has to hold something before stays: then nothing is written.

    Raises:
        OutputError: a file cannot be written; all files are as they were before.
    """
    staged: list[_Replacement] = []
    try:
        for file in files:
            with explained(file.path):
                _stage(file, staged)
                _check_unchanged(file, staged)
        _replace_all(staged)
    finally:
        for replacement in staged:
            for path in (replacement.new, replacement.old):
                if path:
                    remove(path)
    last_in_folder = {each.target.parent: each.target for each in staged if each.new}
    for folder, target in last_in_folder.items():
        flush_folder(folder)
        remove_left(folder, fresh=target)


def write_new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that is not there yet, complete or not at all.

    Args:
        folder: where; the folders above it are made.
        files: the contents by their paths below it, with ``/`` between folders.

    Raises:
        OutputError: there is something of that name, or it cannot be written.
    """
    check_absent(folder)
    with explained(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = beside(folder)
        try:
            for name, content in files.items():
                write_flushed(new / name, content)
            new.rename(folder)
        except BaseException:  # an interrupt, too, must leave nothing behind
            shutil.rmtree(new, ignore_errors=True)
            raise
    flush_folder(folder.parent)
    remove_left(folder.parent, fresh=folder)


def _stage(file: NewFile | GoneFile, staged: list[_Replacement]) -> None:
    """Write the new content beside its target, and keep a copy of the old content there."""
    target = file.path.resolve() if file.path.is_symlink() else file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    exists = target.exists()
    if exists and not target.is_file():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    state = _state(target) if file.before is not None else None
    old = beside(target) if exists else None
    new = beside(target) if isinstance(file, NewFile) else None
    staged.append(_Replacement(target, new, old, state))
    if new and isinstance(file, NewFile):
        write_flushed(new, file.content)
    if old:
        shutil.copy2(target, old)
        if new:
            shutil.copymode(target, new)


def _check_unchanged(file: NewFile | GoneFile, staged: list[_Replacement]) -> None:
    """Refuse a file that does not hold any more what its new content was made from.

    The copy is compared, not the file, which may change again: it is told by its state.
    """
    if file.before is None:
        return
    copy = staged[-1].old
    if copy is None or read_ordinary(copy) != file.before:
        raise changed_meanwhile(file.path)


def _check_state(replacement: _Replacement) -> None:
    if replacement.state not in (None, _state(replacement.target)):
        raise changed_meanwhile(replacement.target)


def _state(path: Path) -> tuple[int, ...] | None:
    """What tells a file from what it becomes once somebody saves it; ``None`` for none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return (status.st_ino, status.st_mtime_ns, status.st_size)


def _replace_all(staged: Sequence[_Replacement]) -> None:
    """Rename the new files over their targets; undo what is done if one resists."""
    begun: list[_Replacement] = []
    try:
        for replacement in staged:
            begun.append(replacement)
            with explained(replacement.target):
                _check_state(replacement)
                if replacement.new:
                    replacement.new.replace(replacement.target)
                else:
                    replacement.target.unlink()
    except BaseException:  # an interrupt, too, must not leave a new file beside an old one
        for replacement in reversed(begun):
            _restore(replacement)
        raise


def _restore(replacement: _Replacement) -> None:
    if replacement.new and replacement.new.exists():  # not renamed: its target is untouched
        return
    if not replacement.new and replacement.target.exists():  # it was not removed
        return
    with suppress(OSError):  # the failure that led here is the one to report
        if replacement.old:
            replacement.old.replace(replacement.target)
        else:
            replacement.target.unlink()
