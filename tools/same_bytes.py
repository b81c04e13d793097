"""Another Python must make the same bytes: ``python -m tools.same_bytes .venv-3.13/bin/python``.

Builds the plan edition and the sample reviews with this Python and with that one, each in a
copy of its own, and names the files that differ.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copyfile, copytree, ignore_patterns
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ("plan", "2020", "2021", "towns/muginohara/2023", "towns/kirarazawa/2023")
_MADE = ("out", ".kpireport")


def main() -> int:
    """Compare with the Python that the command line names; 1 if a file differs."""
    with TemporaryDirectory() as name:
        here, there = (
            _built(Path(name, side), python)
            for side, python in (("here", sys.executable), ("there", sys.argv[1]))
        )
    differing = sorted(file for file in here | there if here.get(file) != there.get(file))
    sys.stderr.writelines(f"{file} differs\n" for file in differing)
    sys.stdout.write(f"{len(here) - len(differing)} of {len(here)} files have the same bytes\n")
    return 1 if differing else 0


def _built(folder: Path, python: str) -> dict[str, bytes]:
    """Return the files that ``python`` makes, by their place."""
    copytree(ROOT / "reports", folder / "reports", ignore=ignore_patterns(*_MADE))
    copyfile(ROOT / "catalogue.json", folder / "catalogue.json")
    reports = [str(folder / "reports" / report) for report in REPORTS]
    subprocess.run([python, "-m", "kpireport", "build", "--quiet", *reports], check=True)  # noqa: S603
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for report in reports
        for file in Path(report, "out").iterdir()
    }


if __name__ == "__main__":
    sys.exit(main())
