"""The zip files in ``dist``: of all systems, or of those that are named.

Comes in: a command line. Goes out: the files, and each one's sum on the console.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.offline.fetching import EXTRA, ROOT, fetch, own_requirements
from tools.offline.folders import folder_files, folder_name, folder_zip
from tools.offline.licences import UntoldError
from tools.offline.own_wheel import moment, own_wheel
from tools.offline.pip import PipError
from tools.offline.targets import CARRIED, Target
from tools.offline.wheels import read_wheel

DIST = ROOT / "dist"


def make(target: Target, root: Path, into: Path) -> Path:
    """Make the zip file for a system.

    Args:
        target: the system.
        root: the checkout, with its site.
        into: the folder where the zip file is to be.

    Returns:
        The zip file.

    Raises:
        PipError: a wheel is not to be had.
        FileNotFoundError: the site has not been made.
        UntoldError: a wheel has something that the tables do not tell.
    """
    made = moment(root, os.environ)
    with TemporaryDirectory() as folder:
        own = read_wheel(own_wheel(root, Path(folder)))
        wheels = (own, *fetch(target, own_requirements(EXTRA), Path(folder)))
        content = folder_zip(folder_files(wheels, target, made), target, made)
    into.mkdir(parents=True, exist_ok=True)
    path = into / f"{folder_name(target)}.zip"
    path.write_bytes(content)
    return path


def main(names: Sequence[str]) -> int:
    """Make what is named, or all; tell each with its sum, and return the exit status."""
    systems = {target.name: target for target in CARRIED}
    if unknown := [name for name in names if name not in systems]:
        sys.stderr.write(f"{', '.join(unknown)}: there is a folder for {', '.join(systems)}\n")
        return 2
    for target in map(systems.__getitem__, names or systems):
        try:
            path = make(target, ROOT, DIST)
        except (PipError, FileNotFoundError, UntoldError) as error:
            sys.stderr.write(f"{target.name}: {error}\n")
            return 1
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        sys.stdout.write(f"{digest}  {path.relative_to(ROOT)}\n")
    return 0
