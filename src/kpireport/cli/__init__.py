"""The staff's commands: arguments, progress, reports of problems, exit statuses; no logic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpireport.lazily import finding, homes

if TYPE_CHECKING:
    from kpireport.cli.commands import main

__all__ = ["main"]

__getattr__ = finding(__name__, homes(__name__, {"commands": "main"}))
