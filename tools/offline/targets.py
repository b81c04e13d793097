"""The systems that dependencies have to have wheels for, and which of them get a folder to carry.

Comes in: nothing. Goes out: facts about systems, as pip and the markers of requirements
name them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from packaging.requirements import Requirement

PYTHONS = ("3.11", "3.12", "3.13")
"""The versions of CPython whose wheels are looked for, the oldest first."""


@dataclass(frozen=True, slots=True)
class Target:
    """A system.

    Attributes:
        name: as in the name of the zip file: ``windows-x64``.
        platforms: the platform tags whose wheels run there, the best first.
        markers: what the markers of requirements ask, for an interpreter there; without
            the version of Python.
    """

    name: str
    platforms: tuple[str, ...]
    markers: dict[str, str]

    def asks_for(self, requirement: Requirement, extras: Iterable[str] = ("",)) -> bool:
        """Whether any of the Pythons there needs what is required of them."""
        marker = requirement.marker
        return marker is None or any(
            marker.evaluate({**self._environment(python), "extra": extra})
            for python in PYTHONS
            for extra in extras
        )

    def _environment(self, python: str) -> dict[str, str]:
        """Return what markers ask of an interpreter of this version there."""
        return {
            **self.markers,
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "implementation_version": f"{python}.0",
            "python_full_version": f"{python}.0",
            "python_version": python,
        }


def _markers(os_name: str, system: str, platform: str, machine: str) -> dict[str, str]:
    return {
        "os_name": os_name,
        "platform_system": system,
        "sys_platform": platform,
        "platform_machine": machine,
        "platform_release": "",
        "platform_version": "",
    }


# glibc 2.28: Debian 10, Ubuntu 20.04, RHEL 8, and what is later; pip takes the tags as they
# are named and knows no older ones by itself
_GLIBC = tuple(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1))
_GLIBC_BY_YEAR = tuple(f"manylinux{name}_x86_64" for name in ("2014", "2010", "1"))

WINDOWS = Target("windows-x64", ("win_amd64",), _markers("nt", "Windows", "win32", "AMD64"))
LINUX = Target(
    "linux-x64", (*_GLIBC, *_GLIBC_BY_YEAR), _markers("posix", "Linux", "linux", "x86_64")
)
CARRIED = (WINDOWS, LINUX)
"""Those that ``make offline`` makes a folder for."""

# macOS 15: what pikepdf's wheels ask for; on an older one pip takes an older pikepdf
_MAC_ARM = Target(
    "macos-arm64", ("macosx_15_0_arm64",), _markers("posix", "Darwin", "darwin", "arm64")
)
_MAC_INTEL = Target(
    "macos-x64", ("macosx_15_0_x86_64",), _markers("posix", "Darwin", "darwin", "x86_64")
)
SUPPORTED = (*CARRIED, _MAC_ARM, _MAC_INTEL)
"""Those that pip is to install kpireport on without building anything."""
