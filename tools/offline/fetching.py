"""The wheels that a system needs, for each version of Python, found and fetched by pip.

Comes in: a system. Goes out: its releases, of what their metadata tell; their wheels in a
folder. Nothing is built, nothing installed.

pip chooses the wheels of another system, but asks the markers of requirements
(``colorama; platform_system == "Windows"``) of the interpreter that it runs on. What
only the other system needs is therefore found in the metadata and asked for in addition,
until nothing is missing. What only this one needs is left out in the same way.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename

from tools.offline.pip import platform_options, run_pip
from tools.offline.targets import PYTHONS, Target
from tools.offline.wheels import Wheel, read_wheel

ROOT = Path(__file__).parents[2]
EXTRA = "check"
"""What the folders have besides kpireport itself."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release that pip chose for a system, and one wheel of it.

    Attributes:
        name: the distribution's name as everybody writes it.
        version: of the release.
        file: the wheel's file name.
        requires: what it needs.
    """

    name: NormalizedName
    version: str
    file: str
    requires: tuple[Requirement, ...]

    @property
    def is_for_all(self) -> bool:
        """Whether the wheel is for every Python 3, and for later ones than it was built with."""
        tags = parse_wheel_filename(self.file)[3]
        return any(tag.interpreter == "py3" or tag.abi == "abi3" for tag in tags)


def own_requirements(*extras: str) -> tuple[Requirement, ...]:
    """Return what kpireport asks for, with what the extras need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    written = [*project["dependencies"], *(each for name in extras for each in optional[name])]
    return tuple(map(Requirement, written))


def resolve(target: Target, requirements: Sequence[Requirement]) -> tuple[Release, ...]:
    """Return the newest releases that a system needs, by their metadata alone.

    The oldest version of Python decides on the releases.

    Args:
        target: the system.
        requirements: what is to work there.

    Raises:
        PipError: a distribution has no wheel for the system.
    """
    found: dict[NormalizedName, Release] = {}
    asked = _needed(requirements, found, target)
    while missing := [each for name, each in asked.items() if name not in found]:
        for release in _chosen(map(_without_marker, missing), found.values(), target):
            found.setdefault(release.name, release)
        asked = _needed(requirements, found, target)
    return tuple(found[name] for name in asked)


def in_later_pythons(target: Target, releases: Sequence[Release]) -> tuple[Release, ...]:
    """Return the same releases with a wheel for each later Python that the first is not for.

    Raises:
        PipError: a release has no wheel for one of the Pythons.
    """
    again = [release for release in releases if not release.is_for_all]
    chosen = partial(_chosen, list(map(_pinned, again)), again, target, "--no-deps")
    return tuple(each for python in PYTHONS[1:] for each in chosen(python=python))


def fetch(target: Target, requirements: Sequence[Requirement], folder: Path) -> tuple[Wheel, ...]:
    """Fetch the newest releases that a system needs, and return their wheels by name.

    The later versions of Python have the releases of the oldest, and where a wheel is for
    one version alone, one of their own.

    Args:
        target: the system.
        requirements: what is to work there.
        folder: where the wheels are to be.

    Raises:
        PipError: a distribution has no wheel for the system, or for one of the Pythons.
    """
    releases = resolve(target, requirements)
    again = [release for release in releases if not release.is_for_all]
    asked = [releases, *(again for _ in PYTHONS[1:] if again)]
    with ThreadPoolExecutor() as pool:  # pip mostly waits for the registry
        fetched = list(pool.map(partial(_download, target, folder), PYTHONS, asked))
    wheels = [wheel for each in fetched for wheel in each]
    return tuple(sorted(wheels, key=lambda wheel: wheel.path.name))


def _chosen(
    asked: Iterable[str],
    known: Iterable[Release],
    target: Target,
    *options: str,
    python: str = PYTHONS[0],
) -> list[Release]:
    """Return what pip would install of what is asked for and what that needs, as pip sees it."""
    with TemporaryDirectory() as folder:
        pins, report = Path(folder, "known.txt"), Path(folder, "report.json")
        pins.write_text("".join(map(_pinned, known)), encoding="utf-8")
        dry = ("install", "--dry-run", "--ignore-installed", "--target", folder, *options)
        of_system = platform_options(target, python)
        run_pip(*dry, "--report", report, "--constraint", pins, *of_system, *asked)
        installed = json.loads(report.read_text(encoding="utf-8"))["install"]
    return [_release(each["metadata"], each["download_info"]["url"]) for each in installed]


def _release(metadata: Mapping[str, Any], address: str) -> Release:
    return Release(
        canonicalize_name(metadata["name"]),
        metadata["version"],
        unquote(address.rpartition("/")[2]),
        tuple(map(Requirement, metadata.get("requires_dist", ()))),
    )


def _download(
    target: Target, folder: Path, python: str, releases: Sequence[Release]
) -> list[Wheel]:
    into = folder / python
    into.mkdir(parents=True)
    wanted = into / "wanted.txt"
    wanted.write_text("".join(map(_pinned, releases)), encoding="utf-8")
    options = platform_options(target, python)
    run_pip("download", "--no-deps", "--dest", into, *options, "--requirement", wanted)
    return [read_wheel(path) for path in into.glob("*.whl")]


def _pinned(release: Release) -> str:
    return f"{release.name}=={release.version}\n"


def _without_marker(requirement: Requirement) -> str:
    bare = Requirement(str(requirement))
    bare.marker = None
    return str(bare)


def _needed(
    wanted: Sequence[Requirement], found: Mapping[NormalizedName, Release], target: Target
) -> dict[NormalizedName, Requirement]:
    """Return what the system needs, by name, as far as metadata are known."""
    needed: dict[NormalizedName, Requirement] = {}
    seen: set[tuple[NormalizedName, frozenset[str]]] = set()
    ahead = [each for each in wanted if target.asks_for(each)]
    while ahead:
        requirement = ahead.pop()
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        needed.setdefault(name, requirement)
        if release := found.get(name):
            ahead += [each for each in release.requires if target.asks_for(each, ("", *extras))]
    return needed
