"""An address and what answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from kpireport.workbench.asking import Asked, Posted


@dataclass(frozen=True, slots=True)
class Shown:
    """An address that shows something and changes nothing; ``{name:path}`` is a report's."""

    path: str
    show: Callable[[Asked], Response]


@dataclass(frozen=True, slots=True)
class Acted:
    """An address that forms are sent to."""

    path: str
    act: Callable[[Posted], Response]
