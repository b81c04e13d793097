"""Where a folder is: here, on a share, in one that a service copies."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from kpireport.checkup import shares
from kpireport.checkup.shares import (
    PlaceKind,
    file_system_of,
    is_on_share,
    is_synchronised,
    kind_of,
    mounts_of_linux,
    mounts_of_macos,
)

LINUX = r"""
/dev/vda1 / ext4 rw 0 0
//files/plan /mnt/shared\040plan cifs rw,vers=3.1.1 0 0
server:/home /mnt/home nfs4 rw 0 0
/dev/vdb1 /mnt/home/own ext4 rw 0 0
short
"""
MACOS = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//somebody@files/plan on /Volumes/shared plan (smbfs, nodev, nosuid, mounted by somebody)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/x", "ext4"),
        ("/mnt/shared plan/2021", "cifs"),
        ("/mnt/shared plans", "ext4"),
        ("/mnt/home/x", "nfs4"),
        ("/mnt/home/own/x", "ext4"),
    ],
)
def test_mounts_of_linux(path: str, kind: str) -> None:
    assert file_system_of(PurePosixPath(path), tuple(mounts_of_linux(LINUX))) == kind


@pytest.mark.parametrize(
    ("path", "kind"), [("/Users/x", "apfs"), ("/Volumes/shared plan/2021", "smbfs")]
)
def test_mounts_of_macos(path: str, kind: str) -> None:
    assert file_system_of(PurePosixPath(path), tuple(mounts_of_macos(MACOS))) == kind


def test_of_two_mounts_at_one_place_the_later_is_seen() -> None:
    mounts = (
        (PurePosixPath("/"), "ext4"),
        (PurePosixPath("/x"), "nfs"),
        (PurePosixPath("/x"), "xfs"),
    )
    assert file_system_of(PurePosixPath("/x/y"), mounts) == "xfs"
    assert file_system_of(PurePosixPath("/x"), ()) == ""


def test_unc_names_are_shares() -> None:
    assert is_on_share(PureWindowsPath(r"\\files\plan\2021"))  # type: ignore[arg-type]


def test_a_mounted_share_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kind_of(tmp_path) is PlaceKind.HERE
    monkeypatch.setattr(shares, "_mounts", lambda: ((tmp_path, "cifs"),))
    assert kind_of(tmp_path / "2021") is PlaceKind.SHARE


@pytest.mark.parametrize(
    ("name", "copied"),
    [("OneDrive - みどり市", True), ("Dropbox", True), ("Drive", False), ("企画課", False)],
)
def test_folders_that_services_copy(name: str, copied: bool) -> None:
    assert is_synchronised(PurePosixPath("/home/x", name, "2021")) is copied


def test_a_folder_that_is_copied_is_told(tmp_path: Path) -> None:
    assert kind_of(tmp_path / "OneDrive" / "2021") is PlaceKind.SYNCHRONISED
