"""What the installer noted of this program, and how what is missing of it is added.

Comes in: the notes beside the package. Goes out: what it asks for, and a command for it. Parts are
asked for by their own names, never by that of this program: on PyPI it is somebody else's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement


def noted() -> Distribution | None:
    """Return what the installer noted; ``None`` where the program runs from a folder alone."""
    try:
        return distribution("kpireport")
    except PackageNotFoundError:
        return None


def required(notes: Distribution, extra: str = "") -> Iterator[Requirement]:
    """Yield what the program asks for, on this system.

    Args:
        notes: what the installer noted.
        extra: the name of what is asked for beside what it cannot do without: that alone is
            returned then.
    """
    for each in map(Requirement, notes.requires or ()):
        is_always = each.marker is None or each.marker.evaluate({"extra": ""})
        is_wanted = each.marker is not None and each.marker.evaluate({"extra": extra})
        if is_always if not extra else is_wanted and not is_always:
            yield each


def how_to_add(extra: str) -> str:
    """Return the command that adds the parts of an extra to this very Python's environment.

    Args:
        extra: its name in ``pyproject.toml``: ``check``.
    """
    notes = noted()
    if notes is None:  # in the folder that it runs from
        return f'{_installer()} -e ".[{extra}]"'
    parts = (f'"{each.name}{each.specifier}"' for each in required(notes, extra))
    return " ".join((_installer(), *parts))


def _installer() -> str:
    """Return what adds parts to this environment; what made it may have left pip out."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    if (Path(sys.prefix) / "pipx_metadata.json").is_file():
        return "pipx inject kpireport"
    if find_spec("pip"):
        return f"{python} -m pip install"
    return f"uv pip install -p {python}"
