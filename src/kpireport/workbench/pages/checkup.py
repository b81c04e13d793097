"""このパソコンの点検: what may keep this computer from doing the work, as ``doctor`` finds it."""

from __future__ import annotations

from starlette.responses import Response

from kpireport.checkup import examine
from kpireport.workbench.asking import Asked


def checkup(asked: Asked) -> Response:
    """Look at the computer and the folder, and show what was found."""
    root = asked.desk.workplace.root
    found = examine(root if root.is_dir() else None, now=asked.desk.clock.now())
    return asked.page("checkup.html", found=found)
