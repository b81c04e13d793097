"""The markup of styles: what all kinds of them have in common (ECMA-376-1, 17.7.4).

Comes in: names and properties. Goes out: ``w:style``, and the attributes of a plain border.
"""

from __future__ import annotations

from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import NOTHING, Xml, w
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.units import eighths

SIDES = ("top", "left", "bottom", "right")


ACCENT, RULES, SHADES = "accent1", "text2", "background2"
"""The theme's colours (17.18.97): of boxes, of tables' rules, of their header cells."""


def plain_rule(points: float, color: str, themed: str = "") -> dict[str, str | int]:
    """The attributes of a plain border (``CT_Border``); ``themed`` is its colour's name."""
    rule: dict[str, str | int] = {"val": "single", "sz": eighths(points), "space": 0}
    rule["color"] = color
    return rule | {"themeColor": themed} if themed else rule


def style_element(
    name: WordStyle,
    kind: str,
    *properties: Xml,
    based_on: WordStyle | None = None,
    following: WordStyle | None = None,
    default: bool = False,
    hidden: bool = False,
) -> Xml:
    """Return ``w:style`` (17.7.4.17).

    Paragraphs after one of it are ``following``; one that is ``hidden`` is in no list or
    gallery of Word's until somebody asks for all styles.
    """
    attributes: dict[str, str | int] = {"type": kind, "styleId": name.id}
    if default:
        attributes["default"] = 1
    custom = {} if name in _BUILT_IN else {"customStyle": 1}
    base = w("basedOn", val=based_on.id) if based_on else NOTHING
    after = w("next", val=following.id) if following else NOTHING
    rank = w("uiPriority", val=_HIDDEN if hidden else _rank(name))
    shown = w("semiHidden") if hidden else w("qFormat")
    head = (w("name", val=name.name), base, after, rank, shown)
    return w("style", *head, *properties, **attributes, **custom)


_HIDDEN = 99
_RANKS = (
    ("Normal", 0),
    ("BodyText", 1),
    ("Heading", 2),
    ("TOC", 39),
    ("Title", 10),
    ("Cover", 11),
    ("Caption", 12),
    ("Table", 20),
    ("Dense", 21),
    ("Band", 22),
)
"""Where Word lists the styles whose ids begin so; others come between them."""
_USUAL_RANK = 15


def _rank(name: WordStyle) -> int:
    return next((rank for begin, rank in _RANKS if name.id.startswith(begin)), _USUAL_RANK)


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
