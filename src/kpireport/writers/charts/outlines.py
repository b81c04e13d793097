"""The outlines of letters, for those that draw text without setting it.

Comes in: a letter of the report's gothic face. Goes out: its outline and its width, in
thousandths of its size from the baseline's beginning, upwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kpireport.writers.charts.compiled import compiled
from kpireport.writers.fonts import load_font
from kpireport.writers.theme import Typeface

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

_ft2font = compiled("matplotlib.ft2font")

EM = 1000.0
"""The units in which a letter as high as its size is outlined."""


class Code(IntEnum):
    """What a vertex is for, as FreeType's module and Agg know it (matplotlib's ``Path``)."""

    MOVE = 1
    LINE = 2
    CONIC = 3
    """One of the two of a quadratic curve."""
    CUBIC = 4
    """One of the three of a cubic curve."""
    CLOSE = 79


@dataclass(frozen=True, slots=True)
class Outline:
    """A letter: straight lines and quadratic curves (TrueType's), or nothing.

    Attributes:
        vertices: of shape (n, 2).
        codes: of shape (n,); what each vertex is for, see :class:`Code`.
        width: how far the next letter is.
    """

    vertices: NDArray[np.float64]
    codes: NDArray[np.uint8]
    width: float


_LOADING = Lock()


@cache
def outline_of(char: str, *, bold: bool) -> Outline:
    """Return a letter's outline, the same object each time."""
    with _LOADING:  # the face has one letter at a time
        font = _face(bold=bold)
        font.load_char(ord(char), flags=_ft2font.LoadFlags.NO_SCALE)
        vertices, codes = font.get_path()  # counted in 64ths
    known = load_font(Typeface.GOTHIC, bold=bold).face
    width = known.charWidths.get(ord(char), known.defaultWidth)
    return Outline(vertices * (64 * EM / font.units_per_EM), codes.astype(np.uint8), width)


@cache
def _face(*, bold: bool) -> FT2Font:
    font: FT2Font = _ft2font.FT2Font(load_font(Typeface.GOTHIC, bold=bold).face.filename)
    return font
