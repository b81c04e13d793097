"""The wheels of the releases that a system needs, fetched by pip for each version of Python.

Comes in: releases, a system. Goes out: files in a folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.offline.resolving import Pin, platform_options, run_pip
from tools.offline.targets import PYTHONS, Target


def download(pins: Sequence[Pin], target: Target, folder: Path) -> tuple[Path, ...]:
    """Fetch the wheels into a folder, and return them by name.

    Raises:
        UnresolvedError: one of the releases has no wheel for one of the Pythons.
    """
    with TemporaryDirectory(dir=folder) as beside, ThreadPoolExecutor() as pool:
        # pip mostly waits for the registry; each in a folder of its own
        for fetched in pool.map(partial(_for_python, pins, target, Path(beside)), PYTHONS):
            for wheel in fetched.glob("*.whl"):
                wheel.replace(folder / wheel.name)
    return tuple(sorted(folder.glob("*.whl")))


def _for_python(pins: Sequence[Pin], target: Target, beside: Path, python: str) -> Path:
    folder, wanted = beside / python, beside / f"{python}.txt"
    wanted.write_text("".join(f"{pin.requirement}\n" for pin in pins), encoding="utf-8")
    options = platform_options(target, python)
    run_pip("download", "--no-deps", "--dest", folder, *options, "--requirement", wanted)
    return folder
