"""Which releases a system needs: found by pip, without building and without installing.

Comes in: requirements, a system. Goes out: one release of each distribution, with a wheel
for each version of Python.

pip chooses the wheels of another system, but asks the markers of requirements
(``colorama; platform_system == "Windows"``) of the interpreter that it runs on. What
only the other system needs is therefore found in the metadata and asked for in addition,
until nothing is missing. What only this one needs is left out in the same way.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from tools.offline.targets import PYTHONS, Target

ROOT = Path(__file__).parents[2]
EXTRA = "check"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


class UnresolvedError(Exception):
    """Some distribution has no wheel for a system; the message is pip's."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A release that is needed."""

    name: str
    version: str
    requires: tuple[Requirement, ...]

    @property
    def requirement(self) -> str:
        """As a line of a file of requirements."""
        return f"{self.name}=={self.version}"


def own_requirements() -> tuple[Requirement, ...]:
    """Return what kpireport asks for, with what ``check-pdf`` needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    written = [*project["dependencies"], *project["optional-dependencies"][EXTRA]]
    return tuple(map(Requirement, written))


def resolve(target: Target, requirements: Sequence[Requirement] | None = None) -> tuple[Pin, ...]:
    """Return the newest releases that a system needs, by name.

    The oldest version of Python decides: its releases have wheels for the later ones, which
    :func:`tools.offline.downloading.download` holds them to.

    Args:
        target: the system.
        requirements: kpireport's own where they are left out.

    Raises:
        UnresolvedError: a distribution has no wheel for the system.
    """
    wanted = own_requirements() if requirements is None else tuple(requirements)
    found: dict[NormalizedName, Pin] = {}
    asked = [each for each in wanted if _applies(each, target)]
    while asked:
        for pin in _asked_of_pip(asked, target, found.values()):
            found.setdefault(canonicalize_name(pin.name), pin)
        needed = _reached(wanted, found, target)
        asked = [each for name, each in needed.items() if name not in found]
    return tuple(found[name] for name in sorted(needed))


def platform_options(target: Target, python: str) -> Iterator[str]:
    """Yield pip's options for wheels of a system and a version of Python, and nothing else."""
    yield "--only-binary=:all:"
    for platform in target.platforms:
        yield from ("--platform", platform)
    yield from ("--implementation", "cp", "--python-version", python)


def run_pip(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> None:
    """Run pip, configured as it is for everybody here.

    Raises:
        UnresolvedError: it fails; most often the distribution has no such wheel.
    """
    done = subprocess.run(
        [*PIP, *arguments], capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode:
        raise UnresolvedError(done.stderr.strip())


def _asked_of_pip(
    asked: Iterable[Requirement], target: Target, known: Iterable[Pin]
) -> Iterator[Pin]:
    """Yield what pip would install for the requirements, beside what is known already."""
    with TemporaryDirectory() as folder:
        report, pins = Path(folder, "report.json"), Path(folder, "known.txt")
        pins.write_text("".join(f"{pin.requirement}\n" for pin in known), encoding="utf-8")
        run_pip(
            *("install", "--dry-run", "--ignore-installed", "--report", report),
            *("--target", Path(folder, "nowhere"), "--constraint", pins),
            *platform_options(target, PYTHONS[0]),
            *(_without_marker(each) for each in asked),
        )
        installed = json.loads(report.read_text(encoding="utf-8"))["install"]
    for each in installed:
        yield _pin(each["metadata"])


def _pin(metadata: Mapping[str, Any]) -> Pin:
    requires = tuple(map(Requirement, metadata.get("requires_dist", ())))
    return Pin(canonicalize_name(metadata["name"]), metadata["version"], requires)


def _without_marker(requirement: Requirement) -> str:
    bare = Requirement(str(requirement))
    bare.marker = None
    return str(bare)


def _reached(
    wanted: Sequence[Requirement], found: Mapping[NormalizedName, Pin], target: Target
) -> dict[NormalizedName, Requirement]:
    """Return what the system needs, by name, as far as metadata are known."""
    needed: dict[NormalizedName, Requirement] = {}
    seen: set[tuple[NormalizedName, frozenset[str]]] = set()
    ahead = [each for each in wanted if _applies(each, target)]
    while ahead:
        requirement = ahead.pop()
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        needed.setdefault(name, requirement)
        if pin := found.get(name):
            ahead += [each for each in pin.requires if _applies(each, target, {"", *extras})]
    return needed


def _applies(
    requirement: Requirement, target: Target, extras: Iterable[str] = frozenset({""})
) -> bool:
    """Whether any of the Pythons there needs it."""
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate({**target.environment(python), "extra": extra})
        for python in PYTHONS
        for extra in extras
    )
