"""The staff's commands: arguments, progress, reports of problems, exit statuses; no logic."""

from __future__ import annotations

from kpireport.cli import diffing
from kpireport.cli.commands import app, main

diffing.register(app)

__all__ = ["main"]
