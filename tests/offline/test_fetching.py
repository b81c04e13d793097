"""What a system needs is found by pip and its metadata, whatever system this is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.offline.small import make_wheel
from tools.offline.fetching import fetch
from tools.offline.pip import PipError
from tools.offline.targets import LINUX, WINDOWS, Target

ON_WINDOWS = 'platform_system == "Windows"'
ON_LINUX = 'sys_platform == "linux"'


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that pip is configured for, as for a registry."""
    folder = tmp_path / "registry"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def fetched(target: Target, folder: Path, *requirements: str) -> list[str]:
    wheels = fetch(target, list(map(Requirement, requirements)), folder / "fetched")
    return [wheel.path.name.removesuffix(".whl") for wheel in wheels]


def test_markers_are_asked_of_the_system_that_is_meant(registry: Path, tmp_path: Path) -> None:
    make_wheel(registry, "app", "1", f"winonly; {ON_WINDOWS}", f"linuxonly; {ON_LINUX}")
    make_wheel(registry, "winonly", "1", f"winbelow>=2; {ON_WINDOWS}", "both")
    for name, version in (("winbelow", "2"), ("linuxonly", "1"), ("both", "1"), ("both", "3")):
        make_wheel(registry, name, version)

    assert fetched(WINDOWS, tmp_path / "1", "app") == [
        f"{each}-py3-none-any" for each in ("app-1", "both-3", "winbelow-2", "winonly-1")
    ]
    assert fetched(LINUX, tmp_path / "2", "app") == [
        f"{each}-py3-none-any" for each in ("app-1", "linuxonly-1")
    ]


def test_extras_are_followed_only_where_they_are_asked_for(registry: Path, tmp_path: Path) -> None:
    extra = f'winonly; extra == "fast" and {ON_WINDOWS}'
    make_wheel(registry, "app", "1", "lib[fast]", "plain")
    make_wheel(registry, "lib", "1", extra)
    make_wheel(registry, "plain", "1", 'never; extra == "fast"')
    make_wheel(registry, "winonly", "1")

    assert fetched(WINDOWS, tmp_path, "app") == [
        f"{each}-py3-none-any" for each in ("app-1", "lib-1", "plain-1", "winonly-1")
    ]


def test_what_is_for_one_python_is_fetched_for_each(registry: Path, tmp_path: Path) -> None:
    tags = [f"cp3{minor}-cp3{minor}-win_amd64" for minor in (11, 12, 13)]
    for tag in tags:
        make_wheel(registry, "native", "1", tag=tag)
    make_wheel(registry, "native", "2", tag=tags[2])  # newer, but not for the oldest Python
    make_wheel(registry, "stable", "1", tag="cp311-abi3-win_amd64")

    assert fetched(WINDOWS, tmp_path / "1", "native", "stable") == [
        *(f"native-1-{tag}" for tag in tags),
        "stable-1-cp311-abi3-win_amd64",
    ]
    with pytest.raises(PipError, match="native"):
        fetched(LINUX, tmp_path / "2", "native")

    (registry / f"native-1-{tags[1]}.whl").unlink()
    with pytest.raises(PipError, match="native==1"):
        fetched(WINDOWS, tmp_path / "3", "native", "stable")
