"""pip, configured as it is for everybody here, asked for the wheels of another system.

Comes in: arguments. Goes out: what pip did, or why it could not.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.offline.targets import Target

_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


class PipError(Exception):
    """pip failed, most often for want of a wheel; the message is pip's."""


def run_pip(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> None:
    """Run pip.

    Args:
        arguments: pip's.
        environment: its variables, where they are not those of this process.

    Raises:
        PipError: it fails.
    """
    done = subprocess.run(
        [*_PIP, *arguments], capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode:
        raise PipError(done.stderr.strip())


def platform_options(target: Target, python: str) -> Iterator[str]:
    """Yield pip's options for wheels of a system and a version of Python, and nothing else."""
    yield "--only-binary=:all:"
    for platform in target.platforms:
        yield from ("--platform", platform)
    yield from ("--implementation", "cp", "--python-version", python)
