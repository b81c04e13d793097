"""The wheel and the sdist are the same bytes whenever, wherever and by whomever they are built."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.tools import missing
from tools.releasing.distributions import SOURCES, SUMS, build_all, sums_of

PROJECT = Path(__file__).resolve().parents[1]


def copied(folder: Path) -> Path:
    """The project's files as another person has them: elsewhere, with other times and rights."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False
    )
    if listed.returncode:
        missing("this is no checkout: nobody says which files are the project's")
    names = (each for each in listed.stdout.decode().split("\0") if each.startswith(SOURCES))
    for number, name in enumerate(names):
        if (PROJECT / name).is_file():  # or it is about to go
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, target)
            os.utime(target, (10**9 + number, 10**9 + number))
            target.chmod(0o640)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The wheel and the sdist, built of a copy."""
    place = tmp_path_factory.mktemp("one")
    return build_all(copied(place), place / "dist")


def test_another_build_elsewhere_makes_the_same_bytes_and_their_sums(
    built: tuple[Path, ...], tmp_path: Path
) -> None:
    place = copied(tmp_path / "another" / "folder")
    dist = tmp_path / "dist"
    done = subprocess.run(
        [sys.executable, "-m", "tools.releasing.distributions", place, dist],
        cwd=PROJECT,
        env={**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {each.suffix for each in built} == {".whl", ".gz"}
    assert (dist / SUMS).read_text("utf-8") == sums_of(built)
    assert sums_of(each for each in sorted(dist.iterdir()) if each.name != SUMS) == sums_of(built)


def test_the_wheel_of_the_sdist_is_the_wheel(built: tuple[Path, ...], tmp_path: Path) -> None:
    (sdist,) = (each for each in built if each.suffix == ".gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    wheels = build_all(unpacked, tmp_path / "dist", "wheel")
    assert sums_of(wheels) == sums_of(each for each in built if each.suffix == ".whl")


def test_the_sums_are_as_common_tools_read_them(tmp_path: Path) -> None:
    file = tmp_path / "kpireport.whl"
    file.write_bytes(b"wheel")
    assert sums_of([file]) == f"{hashlib.sha256(b'wheel').hexdigest()}  kpireport.whl\n"
