"""Where a folder is: on this computer, on another's share, or in one that a service copies.

Comes in: a path; what the system says of its drives and mounts. Goes out: what kind of place
that is, without its name.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path, PurePath

_MOUNTS = Path("/proc/self/mounts")
_SHARED = frozenset(
    {
        *("afpfs", "cifs", "davfs", "fuse.davfs2", "fuse.sshfs", "ncpfs", "nfs", "nfs3", "nfs4"),
        *("smb2", "smb3", "smbfs", "webdav"),
    }
)
"""What systems call the file systems of shares."""

_OF_MACOS = re.compile(r"^.+? on (?P<at>/.*) \((?P<kind>[^,)]+)", re.MULTILINE)
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOTE = 4  # DRIVE_REMOTE, https://learn.microsoft.com/windows/win32/api/fileapi
_SECONDS = 10
_SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "box sync")


class PlaceKind(StrEnum):
    """Where a folder is, in words."""

    HERE = "このパソコンの中"
    SHARE = "共有フォルダー（ネットワークの先）"
    SYNCHRONISED = "同期されるフォルダー（OneDrive など）"


def kind_of(folder: Path) -> PlaceKind:
    """Return where a folder is, which is complete and may be absent."""
    if is_on_share(folder):
        return PlaceKind.SHARE
    if is_synchronised(folder):
        return PlaceKind.SYNCHRONISED
    return PlaceKind.HERE


def is_synchronised(path: PurePath) -> bool:
    """Whether a folder's name, or that of one above it, is what such services call theirs."""
    return any(each.casefold().startswith(_SYNCHRONISED) for each in path.parts)


def is_on_share(path: Path) -> bool:
    """Whether a path leads to another computer: a UNC name, a mapped drive, a mount."""
    if str(path).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _REMOTE)
    return file_system_of(path, _mounts()) in _SHARED


def file_system_of(path: PurePath, mounts: tuple[tuple[PurePath, str], ...]) -> str:
    """Return the kind of the file system that a path is on; empty where nobody says.

    Args:
        path: complete.
        mounts: where each file system is mounted, and its kind; of two at one place the
            later is seen.
    """
    found, kind = PurePath(), ""
    for at, each in mounts:
        if path.is_relative_to(at) and len(at.parts) >= len(found.parts):
            found, kind = at, each
    return kind


def _mounts() -> tuple[tuple[PurePath, str], ...]:
    with suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "darwin":
            done = subprocess.run(
                ["/sbin/mount"], capture_output=True, check=True, timeout=_SECONDS
            )
            return tuple(mounts_of_macos(done.stdout.decode("utf-8", "replace")))
        return tuple(mounts_of_linux(_MOUNTS.read_text("utf-8", "replace")))
    return ()


def mounts_of_linux(text: str) -> Iterator[tuple[PurePath, str]]:
    r"""Yield the mounts of ``/proc/self/mounts``, where spaces are written ``\040`` (fstab(5))."""
    for line in text.splitlines():
        fields = line.split(" ")
        if len(fields) > 2:
            at = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[1])
            yield PurePath(at), fields[2]


def mounts_of_macos(text: str) -> Iterator[tuple[PurePath, str]]:
    """Yield the mounts that ``mount`` lists: ``//s/x on /Volumes/x (smbfs, nodev)``."""
    for found in _OF_MACOS.finditer(text):
        yield PurePath(found["at"]), found["kind"]
