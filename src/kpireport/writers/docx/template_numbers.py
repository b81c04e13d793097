"""Numbers in a template's formatting, held to what Word's own dialogs take, and less.

Comes in: elements of formatting. Goes out: the same without lengths, sizes and counts that
are none or beyond bounds. A file may say anything: sizes of no points or of millions, numbers
of thousands of digits. What is left out is as if it had never been said: the style's base,
or the page of a usual document, says it then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from kpireport.writers.docx.markup import MAIN
from kpireport.writers.docx.package import in_twips

_LONGEST = 31_680  # twips: 22 inches, the largest paper
_SIZE = (2, 288)  # half-points: 1 to 144 pt
_LINE = (0, 4_000)  # twips: 200 pt
_SPACE = (0, 8_000)  # above and below a paragraph
_LENGTH = (-_LONGEST, _LONGEST)
_COUNT = (0, 2**31 - 1)
_PERCENTAGE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?%")

_PARTS = MappingProxyType(
    {
        "sz": {"val": _SIZE},
        "szCs": {"val": _SIZE},
        "spacing": {
            **dict.fromkeys(("before", "after", "beforeLines", "afterLines"), _SPACE),
            "line": _LINE,
            "val": _LENGTH,
        },
        "ind": dict.fromkeys(
            (
                *("left", "right", "start", "end", "firstLine", "hanging", "leftChars"),
                *("rightChars", "startChars", "endChars", "firstLineChars", "hangingChars"),
            ),
            _LENGTH,
        ),
        "position": {"val": _LENGTH},
        "tab": {"pos": _LENGTH},
        "pgSz": {"w": (1, _LONGEST), "h": (1, _LONGEST)},
        "pgMar": dict.fromkeys(
            ("top", "right", "bottom", "left", "header", "footer", "gutter"), _LENGTH
        ),
        "pgNumType": {"start": _COUNT},
        "abstractNum": {"abstractNumId": _COUNT},
        "abstractNumId": {"val": _COUNT},
        "num": {"numId": _COUNT},
        "numId": {"val": _COUNT},
        "start": {"val": _COUNT},
        "lvl": {"ilvl": (0, 8)},
        "ilvl": {"val": (0, 8)},
        "outlineLvl": {"val": (0, 9)},
        **{name: {"w": _LENGTH} for name in ("tblW", "tblInd", "tcW", "tblCellSpacing")},
        "trHeight": {"val": (0, _LONGEST)},
    }
)
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "pgSz": ("w", "h"),
    "tab": ("pos",),
    "abstractNum": ("abstractNumId",),
    "num": ("numId",),
    "lvl": ("ilvl",),
}
"""Without these an element says nothing; so does any other whose value is ``w:val``."""


def bound_numbers(root: Element) -> list[str]:
    """Leave out of ``root`` the numbers beyond bounds, and elements that said nothing else.

    Returns:
        What was left out, in words.
    """
    dropped: list[str] = []
    for element in list(root.iter(*(qn(f"w:{name}") for name in _PARTS))):
        name = etree.QName(element).localname
        parent = element.getparent()
        if name in ("tab", "start") and parent is not None and not _is_formatting(parent):
            continue  # of a text, and of a border or a margin
        for attribute, bounds in _PARTS[name].items():
            if _bound(element, qn(f"w:{attribute}"), *bounds):
                dropped = ["ありえない大きさや番号"]
        needed = _NEEDED.get(name, ("val",) if "val" in _PARTS[name] else ())
        lacks = any(element.get(qn(f"w:{each}")) is None for each in needed)
        if lacks and name != "spacing" and parent is not None:
            parent.remove(element)
    return dropped


def _is_formatting(parent: Element) -> bool:
    return parent.tag in (f"{{{MAIN}}}tabs", f"{{{MAIN}}}lvl")


def _bound(element: Element, attribute: str, least: int, most: int) -> bool:
    written = element.get(attribute)
    if written is None or _PERCENTAGE.fullmatch(written):
        return False
    length = in_twips(written)
    if length is not None and least <= length <= most:
        return False
    del element.attrib[attribute]
    return True
