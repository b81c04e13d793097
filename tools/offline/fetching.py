"""The wheels that a system needs, for each version of Python, found and fetched by pip.

Comes in: a system. Goes out: wheels in a folder; nothing is built, nothing installed.

pip chooses the wheels of another system, but asks the markers of requirements
(``colorama; platform_system == "Windows"``) of the interpreter that it runs on. What
only the other system needs is therefore found in the metadata and asked for in addition,
until nothing is missing. What only this one needs is left out in the same way.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename

from tools.offline.pip import platform_options, run_pip
from tools.offline.targets import PYTHONS, Target
from tools.offline.wheels import Wheel, read_wheel

ROOT = Path(__file__).parents[2]
EXTRA = "check"


def own_requirements() -> tuple[Requirement, ...]:
    """Return what kpireport asks for, with what ``check-pdf`` needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    written = [*project["dependencies"], *project["optional-dependencies"][EXTRA]]
    return tuple(map(Requirement, written))


def fetch(target: Target, requirements: Sequence[Requirement], folder: Path) -> tuple[Wheel, ...]:
    """Fetch the newest releases that a system needs, and return their wheels by name.

    The oldest version of Python decides on the releases. The later ones have the same, and
    where a wheel is for one version alone, one of their own.

    Args:
        target: the system.
        requirements: what is to work there.
        folder: where the wheels are to be.

    Raises:
        PipError: a distribution has no wheel for the system, or for one of the Pythons.
    """
    first, *later = PYTHONS
    found: dict[NormalizedName, Wheel] = {}
    asked = _needed(requirements, found, target)
    while missing := [each for name, each in asked.items() if name not in found]:
        for wheel in _download(map(_without_marker, missing), found, target, folder / first):
            found.setdefault(wheel.name, wheel)
        asked = _needed(requirements, found, target)
    needed = [found[name] for name in asked]
    again = [wheel for wheel in needed if not _is_for_all(wheel)]
    with ThreadPoolExecutor() as pool:  # pip mostly waits for the registry
        others = list(pool.map(partial(_download_again, again, target, folder), later))
    wheels = [*needed, *(wheel for each in others for wheel in each)]
    return tuple(sorted(wheels, key=lambda wheel: wheel.path.name))


def _download(
    asked: Iterable[str], known: Mapping[NormalizedName, Wheel], target: Target, into: Path
) -> list[Wheel]:
    """Fetch for the oldest Python what is asked for and what that needs, as pip sees it."""
    with TemporaryDirectory() as folder:
        pins = Path(folder, "known.txt")
        pins.write_text("".join(map(_pinned, known.values())), encoding="utf-8")
        options = platform_options(target, PYTHONS[0])
        run_pip("download", "--dest", into, "--constraint", pins, *options, *asked)
    return [read_wheel(path) for path in into.glob("*.whl")]


def _download_again(
    wheels: Sequence[Wheel], target: Target, folder: Path, python: str
) -> list[Wheel]:
    """Fetch for a later Python the same releases."""
    into = folder / python
    into.mkdir()
    wanted = into / "wanted.txt"
    wanted.write_text("".join(map(_pinned, wheels)), encoding="utf-8")
    options = platform_options(target, python)
    run_pip("download", "--no-deps", "--dest", into, *options, "--requirement", wanted)
    return [read_wheel(path) for path in into.glob("*.whl")]


def _pinned(wheel: Wheel) -> str:
    return f"{wheel.name}=={wheel.version}\n"


def _is_for_all(wheel: Wheel) -> bool:
    """Whether the wheel is for every Python 3, and for later ones than it was built with."""
    tags = parse_wheel_filename(wheel.path.name)[3]
    return any(tag.interpreter == "py3" or tag.abi == "abi3" for tag in tags)


def _without_marker(requirement: Requirement) -> str:
    bare = Requirement(str(requirement))
    bare.marker = None
    return str(bare)


def _needed(
    wanted: Sequence[Requirement], found: Mapping[NormalizedName, Wheel], target: Target
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
        if wheel := found.get(name):
            ahead += [each for each in wheel.requires if target.asks_for(each, ("", *extras))]
    return needed
