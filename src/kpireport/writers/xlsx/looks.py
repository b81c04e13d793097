"""What cells look like by what they are for: fonts, shades, frames, alignment.

Comes in: a cell's look. Goes out: XlsxWriter's format properties. Nothing is told by
colour alone: what is to be filled in has a heavy frame, what is not to be filled in is
hatched, on a black-and-white copy too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from kpireport.quickly import dataclass
from kpireport.writers.xlsx.book import CellLook

FONT = "BIZ UDPゴシック"  # comes with Windows
_GREY, _DARK = "#A6A6A6", "#404040"
_THIN, _MEDIUM, _THICK = 1, 2, 5  # styles of borders
_WIDE_UPWARD = 14  # of patterns: lightUp (18.18.55)


@dataclass(frozen=True, slots=True)
class Look:
    """A look: its size in points, whether its lines break, and the rest as properties."""

    size: float = 11
    wraps: bool = True
    properties: Mapping[str, object] = field(default_factory=dict)


def _framed(**more: object) -> dict[str, object]:
    return {"border": _THIN, "border_color": _GREY, "valign": "top", **more}


_INPUT = _framed(border=_MEDIUM, border_color=_DARK, bg_color="#FFF4CC")

LOOKS: Mapping[CellLook, Look] = {
    CellLook.TITLE: Look(14, wraps=False, properties={"bold": True, "valign": "vcenter"}),
    CellLook.NOTE: Look(10.5, properties={"valign": "top"}),
    CellLook.LABEL: Look(properties=_framed(bold=True, bg_color="#E4ECE9", valign="vcenter")),
    CellLook.HEADER: Look(
        10.5,
        properties=_framed(
            bold=True,
            bg_color="#2F5D50",
            font_color="#FFFFFF",
            align="center",
            valign="vcenter",
        ),
    ),
    CellLook.OPTIONAL: Look(
        10.5,
        properties=_framed(bold=True, bg_color="#E4ECE9", align="center", valign="vcenter"),
    ),
    CellLook.GROUP: Look(
        wraps=False,
        properties={
            "bold": True,
            "bg_color": "#D3DFDB",
            "valign": "vcenter",
            "top": _THIN,
            "bottom": _THIN,
            "top_color": _DARK,
            "bottom_color": _DARK,
        },
    ),
    CellLook.TEXT: Look(properties=_framed()),
    CellLook.MUTED: Look(9, properties=_framed(font_color="#595959")),
    CellLook.NUMBER: Look(properties=_framed(align="right")),
    CellLook.CENTRE: Look(properties=_framed(align="center")),
    CellLook.INPUT: Look(properties={**_INPUT, "locked": False}),
    CellLook.EXAMPLE: Look(properties=_INPUT),
    CellLook.UNUSED: Look(
        9,
        properties=_framed(
            pattern=_WIDE_UPWARD, fg_color=_GREY, bg_color="#FFFFFF", font_color="#595959"
        ),
    ),
    CellLook.ALERT: Look(
        properties=_framed(
            border=_THICK,
            border_color=_DARK,
            bold=True,
            bg_color="#FBE3D6",
            valign="vcenter",
        )
    ),
}
