"""A folder to carry that has one small wheel: what installs it is the real one.

Its kpireport prints what it was asked for, and runs until its standard input ends; or it fails.
"""

from __future__ import annotations

import base64
import hashlib
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

from kpireport import in_use
from tests.reports import put_files
from tests.tools import missing
from tools.offline.folders import SUMS, setup_files, sums
from tools.offline.targets import LINUX, PYTHONS
from tools.offline.wheels import Wheel, read_wheel

ANSWERS = """
import sys
from kpireport.in_use import marked
with marked(" ".join(("kpireport", *sys.argv[1:]))):
    print("asked for", *sys.argv[1:], "of", "VERSION", flush=True)
    sys.stdin.read()
"""
FAILS = "raise SystemExit(9)\n"


def require_linux() -> None:
    """Skip (or fail) the running test where the folder for Linux does not install."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if (sys.platform, platform.machine()) != ("linux", "x86_64") or version not in PYTHONS:
        missing(f"the folder for Linux is not for Python {version} on {platform.platform()}")


def small_wheel(folder: Path, version: str, main: str) -> Wheel:
    """Make a wheel called kpireport whose command is ``main``."""
    package: dict[str, str | bytes] = {
        "kpireport/__init__.py": "",
        "kpireport/in_use.py": Path(in_use.__file__).read_text(encoding="utf-8"),
        "kpireport/__main__.py": main.replace("VERSION", version),
    }
    return read_wheel(make_wheel(folder, "kpireport", version, package=package))


def make_wheel(
    folder: Path,
    name: str,
    version: str,
    *requires: str,
    tag: str = "py3-none-any",
    package: Mapping[str, str | bytes] | None = None,
    licence: str = "",
) -> Path:
    """Make a wheel that needs others and has the files of a package."""
    about = f"{name}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {each}\n" for each in requires)
    needs += f"License: {licence}\n" if licence else ""
    files: dict[str, str | bytes] = {
        **(package or {}),
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}",
        f"{about}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    record = [f"{file},sha256={_digest(content)}," for file, content in files.items()]
    files[f"{about}/RECORD"] = "\n".join((*record, f"{about}/RECORD,,\n"))
    path = folder / f"{name}-{version}-{tag}.whl"
    with ZipFile(path, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    return path


def small_folder(place: Path, version: str, main: str = ANSWERS) -> Path:
    """Make a folder to carry for Linux, read-only as on a share."""
    place.mkdir(parents=True)
    files = dict(setup_files([small_wheel(place.parent, version, main)], LINUX))
    files[SUMS] = sums(files)
    put_files(place, files)
    return place


def home(user: Path) -> Path:
    """Return where kpireport usually lives."""
    return user / ".local/share/kpireport"


def run_script(
    script: Path, user: Path, *arguments: str | Path, path: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a script as a person whose folder is ``user``, with this Python and no other in PATH."""
    return subprocess.run(
        ["sh", script, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**_environment(user, path), **variables},
        check=False,
    )


@contextmanager
def started(script: Path, user: Path) -> Iterator[subprocess.Popen[str]]:
    """What a script of that person started, and has said its first line."""
    with subprocess.Popen(
        ["sh", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=_environment(user, None),
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        yield process


def _environment(user: Path, path: str | None) -> dict[str, str]:
    user.mkdir(exist_ok=True)
    return {"HOME": str(user), "PATH": path or search_path(user)}


def search_path(user: Path) -> str:
    """Return a PATH where this Python is the first."""
    folder = user / ".python"
    folder.mkdir(exist_ok=True)
    link = folder / "python3.13"  # the first name that is tried, whatever version it is
    if not link.exists():
        real = Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}")
        link.write_text(f'#!/bin/sh\nexec "{real}" "$@"\n', encoding="utf-8")
        link.chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


def _digest(content: str | bytes) -> str:
    data = content.encode() if isinstance(content, str) else content
    digest = hashlib.sha256(data).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
