"""How far a command has come, on the standard error, where somebody can see it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kpireport.build import Progress


@contextmanager
def progress_bar(*, hidden: bool) -> Iterator[Progress | None]:
    """Show a bar on the standard error while the body runs, where somebody can see it."""
    if hidden or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int, what: str) -> None:
            # drawn at once: a step may be over before the next tick
            bar.update(task, completed=done, total=total, description=what, refresh=True)

        yield show
