"""The folder to carry, put together, and its zip file.

Comes in: wheels, a system, a date. Goes out: all files by their paths, the list of their
sums among them; the bytes of a zip file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from kpireport import __version__, in_use
from kpireport.archives.container import zip_bytes
from tools.offline.fetching import ROOT
from tools.offline.inventory import sbom
from tools.offline.pages import pages
from tools.offline.parts import parts_of
from tools.offline.scripts import LAUNCHERS, OLDEST_GLIBC, file_name, scripts
from tools.offline.targets import PYTHONS, WINDOWS, Target
from tools.offline.wheels import Wheel

SUMS = "SHA256SUMS"
SAMPLES = "見本"
CARRIED = Path(__file__).with_name("carried")


def folder_name(target: Target) -> str:
    """Return what the folder is called; its zip file has that name and ``.zip``."""
    return f"kpireport-{__version__}-{target.name}"


def folder_files(wheels: Sequence[Wheel], target: Target, made: dt.datetime) -> Mapping[str, bytes]:
    """Return the folder's files by their paths in it."""
    parts = parts_of(wheels, target)
    files = {
        **setup_files(wheels, target),
        **pages(parts, target, made),
        "sbom.cdx.json": sbom(parts, made).encode(),
        **_samples(),
    }
    return {**files, SUMS: sums(files)}


def setup_files(wheels: Sequence[Wheel], target: Target) -> Mapping[str, bytes]:
    """Return the files that an install reads or runs: scripts, programs, wheels."""
    return {
        **scripts(target),
        "setup/suitable.py": (CARRIED / "suitable.py").read_bytes(),
        "setup/install.py": (CARRIED / "install.py").read_bytes(),
        "setup/folder.json": _about(target),
        "setup/wheels.txt": _pinned(wheels),
        **{f"wheels/{wheel.path.name}": wheel.path.read_bytes() for wheel in wheels},
    }


def folder_zip(files: Mapping[str, bytes], target: Target, made: dt.datetime) -> bytes:
    """Return the zip file of the folder: the same for the same files."""
    return zip_bytes({f"{folder_name(target)}/{path}": files[path] for path in files}, made)


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return the list of sums, as ``sha256sum --check`` reads it."""
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode()


def _about(target: Target) -> bytes:
    """Return what the carried programs have to know of the folder."""
    is_windows = target is WINDOWS
    about = {
        "version": __version__,
        "pythons": PYTHONS,
        "platform": "win-amd64" if is_windows else "linux-x86_64",
        "in_use": in_use.IN_USE,
        "launchers": [file_name(title, target) for title in LAUNCHERS],
        **({} if is_windows else {"glibc": OLDEST_GLIBC}),
    }
    return (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode()


def _pinned(wheels: Sequence[Wheel]) -> bytes:
    """Return pip's list of what to install, each release with the sums of its wheels."""
    pinned: dict[str, list[str]] = {}
    for wheel in wheels:
        pinned.setdefault(f"{wheel.name}=={wheel.version}", []).append(wheel.sha256)
    lines = (
        " ".join((release, *(f"--hash=sha256:{each}" for each in sorted(pinned[release]))))
        for release in sorted(pinned)
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _samples() -> dict[str, bytes]:
    """Return the sample plans and reports, as they are kept in the repository."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "catalogue.json", "reports"]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {f"{SAMPLES}/{name}": (ROOT / name).read_bytes() for name in names.split("\0") if name}
