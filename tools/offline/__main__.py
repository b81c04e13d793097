"""``python -m tools.offline``: the zip files in ``dist``; names of systems make these alone."""

from __future__ import annotations

import hashlib
import os
import sys
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


def main() -> int:
    """Make what the command line names, or all; tell each with its sum."""
    names = sys.argv[1:] or [target.name for target in CARRIED]
    for target in (target for target in CARRIED if target.name in names):
        try:
            path = make(target, ROOT, DIST)
        except (PipError, FileNotFoundError, UntoldError) as error:
            sys.stderr.write(f"{target.name}: {error}\n")
            return 1
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        sys.stdout.write(f"{digest}  {path.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
