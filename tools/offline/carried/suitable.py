"""Whether the Python that runs this can have kpireport installed; the exit status tells.

Comes in: ``folder.json`` beside this file. Goes out: 0, or 1 and why not.
"""

from __future__ import annotations

import importlib.util
import json
import platform
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def why_not(wanted: Mapping[str, Any]) -> str:
    """Return why this Python does not do; empty if it does.

    Args:
        wanted: ``pythons``, ``platform`` and the oldest ``glibc``, as ``folder.json`` has them.
    """
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if sys.implementation.name != "cpython" or version not in wanted["pythons"]:
        return f"Python {version} には対応していません。"
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "GIL のない Python には対応していません。"
    if sysconfig.get_platform() != wanted["platform"]:
        return f"64ビット（{wanted['platform']}）の Python ではありません。"
    if "WindowsApps" in Path(sys.base_prefix).parts:
        # it writes to the user's own folder in a place of its own that no other program sees
        return "Microsoft Store の Python には対応していません。"
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        return "仮想環境を作る部品（venv、ensurepip）がありません。"
    return _why_not_the_system(wanted.get("glibc"))


def _why_not_the_system(oldest: str | None) -> str:
    if oldest is None:
        return ""
    name, version = platform.libc_ver()
    numbers = [int(each) for each in version.split(".") if each.isdigit()]
    if name == "glibc" and numbers >= [int(each) for each in oldest.split(".")]:
        return ""
    return f"この Linux には対応していません（glibc {oldest} 以上が要ります）。"


def main() -> int:
    """Say why not, if so."""
    beside = Path(__file__).absolute().with_name("folder.json")
    reason = why_not(json.loads(beside.read_text(encoding="utf-8")))
    if reason:
        sys.stdout.write(f"{reason}\n")
    return 1 if reason else 0


if __name__ == "__main__":
    sys.exit(main())
