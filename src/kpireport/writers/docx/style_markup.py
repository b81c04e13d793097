"""The markup of styles: what all kinds of them have in common (ECMA-376-1, 17.7.4).

Comes in: names and properties. Goes out: ``w:style``, and the attributes of a plain border.
"""

from __future__ import annotations

from kpireport.document.blocks import HeadingStyle, TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import NOTHING, Xml, w
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.units import eighths

SIDES = ("top", "left", "bottom", "right")


def plain_rule(points: float, color: str) -> dict[str, str | int]:
    """The attributes of a plain border (``CT_Border``)."""
    return {"val": "single", "sz": eighths(points), "space": 0, "color": color}


def style_element(
    name: WordStyle,
    kind: str,
    *properties: Xml,
    based_on: WordStyle | None = None,
    default: bool = False,
) -> Xml:
    """Return ``w:style`` (17.7.4.17)."""
    attributes: dict[str, str | int] = {"type": kind, "styleId": name.id}
    if default:
        attributes["default"] = 1
    custom = {} if name in _BUILT_IN else {"customStyle": 1}
    base = w("basedOn", val=based_on.id) if based_on else NOTHING
    return w("style", w("name", val=name.name), base, *properties, **attributes, **custom)


_BUILT_IN = frozenset(
    {
        names.NORMAL,
        names.NORMAL_TABLE,
        names.DEFAULT_CHARACTER,
        names.NO_LIST,
        names.HEADER,
        names.FOOTER,
        names.STRONG,
        names.text_style(TextStyle.BODY),
        names.text_style(TextStyle.COVER_TITLE),
        names.text_style(TextStyle.CAPTION),
        names.heading_style(HeadingStyle.CHAPTER, 1, is_listed=False),
        *(WordStyle(f"Heading{level}", f"heading {level}") for level in names.HEADING_LEVELS),
        *(names.contents_style(level) for level in names.HEADING_LEVELS),
    }
)
