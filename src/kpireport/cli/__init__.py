"""The staff's commands: arguments, progress, reports of problems, exit statuses; no logic."""

from __future__ import annotations

from kpireport.cli.commands import main

__all__ = ["main"]
