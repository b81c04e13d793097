"""The colours of charts, and how the parts of a stacked bar are filled.

Comes in: the accent. Goes out: fills that differ in grey and in hatching, so that a
copy in black and white keeps them apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpireport.quickly import dataclass

BLACK = "#000000"
GREY = "#505050"
WHITE = "#FFFFFF"

_LIGHT = 0.68  # share of white in the lighter accent


@dataclass(frozen=True, slots=True)
class Fill:
    """How a mark's part is filled: a colour, and hatching of ``spacing`` points over it.

    ``tint`` is the share of white that makes ``color`` of the accent, ``None`` for a grey.
    """

    color: str
    spacing: float = 0.0
    is_crossed: bool = False
    is_rising: bool = True
    text: str = BLACK
    tint: float | None = None


def fills(accent: str) -> tuple[Fill, ...]:
    """Return the fills of the marks, the best first; neighbours differ most in grey."""
    return (
        Fill(accent, text=WHITE, tint=0.0),
        Fill(_lightened(accent, _LIGHT), tint=_LIGHT),
        Fill(WHITE, spacing=4.0),
        Fill(WHITE, spacing=3.0, is_crossed=True),
        Fill(WHITE, spacing=7.0, is_rising=False),
        Fill(WHITE),
        Fill("#BDBDBD", spacing=4.0, is_rising=False),
        Fill("#8C8C8C"),
    )


def nth_fill(found: Sequence[Fill], number: int) -> Fill:
    """Return the fill of the ``number``-th mark; they repeat where marks are many."""
    return found[number % len(found)]


def _lightened(color: str, share: float) -> str:
    """Return ``color`` mixed with a share of white."""
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02X}" for part in parts)
