"""What a Word style says: how it looks, less what the style that it is based on says already.

Comes in: looks of the theme. Goes out: :class:`StyleLook`, everything that a paragraph
style of that look has, and ``w:style`` with what is left of it beside its base
(ECMA-376-1, 17.7.1). So a colour, a font or a language that somebody gives to 表本文
carries to the styles of all table text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from kpireport.quickly import dataclass
from kpireport.writers.docx.markup import Xml, paragraph_properties, w
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.units import half_points, twips
from kpireport.writers.theme import TextLook, Typeface

_Attributes: TypeAlias = Mapping[str, str | int]
_Properties: TypeAlias = Mapping[str, _Attributes]

# What is said together or not at all: Word takes a height without its rule for a multiple
# (17.3.1.33), and a style of a font of its own names it for every script
_FONTS = ("ascii", "hAnsi", "eastAsia", "cs")
_THEME_FONTS = {
    "asciiTheme": "HAnsi",
    "hAnsiTheme": "HAnsi",
    "eastAsiaTheme": "EastAsia",
}
_THEMED = {Typeface.GOTHIC: "major", Typeface.MINCHO: "minor"}
_TOGETHER = (frozenset(("line", "lineRule")), frozenset(("hint", *_FONTS, *_THEME_FONTS)))


@dataclass(frozen=True, slots=True)
class StyleLook:
    """All that a paragraph style has, its own or inherited: elements with their attributes.

    ``more`` are borders and tabs, which a style has whole or not at all.
    """

    paragraph: _Properties
    characters: _Properties
    more: tuple[Xml, ...] = ()

    def beyond(self, base: StyleLook) -> tuple[Xml, Xml]:
        """Return ``w:pPr`` and ``w:rPr`` of what ``base`` does not say; empty where that is all."""
        more = (each for each in self.more if each not in base.more)
        paragraph = paragraph_properties(*_beyond(self.paragraph, base.paragraph), *more)
        characters = _beyond(self.characters, base.characters)
        return paragraph, w("rPr", *characters) if characters else Xml("")

    def with_paragraph(self, **properties: _Attributes) -> StyleLook:
        """Return this look with ``properties`` of the paragraph instead of its own."""
        return replace(self, paragraph={**self.paragraph, **properties})


def _beyond(own: _Properties, base: _Properties) -> list[Xml]:
    elements = []
    for name, attributes in own.items():
        inherited = base.get(name, {})
        said = {key for key, value in attributes.items() if inherited.get(key) != value}
        for together in _TOGETHER:
            if said & together:
                said |= together
        if said:
            kept = {key: value for key, value in attributes.items() if key in said}
            elements.append(w(name, **kept))
    return elements


@dataclass(frozen=True, slots=True)
class NamedLook:
    """A paragraph style: its name, and all that it has."""

    name: WordStyle
    look: StyleLook


def plain_look(typeface: Typeface, size: float) -> StyleLook:
    """Return what text has that no style but Normal says anything of.

    Spaces, indents and alignment are not in here: whatever is based on Normal says its
    own, so that it stays as it is in a template whose Normal has other ones.
    """
    characters = _characters(TextLook(typeface, size, leading=0))
    return StyleLook(MappingProxyType(_ON_ANY_LINE), characters)


_ON_ANY_LINE: _Properties = {
    "keepNext": {"val": 0},
    "autoSpaceDE": {"val": 1},
    "autoSpaceDN": {"val": 1},
}


def size(points: float) -> tuple[Xml, Xml]:
    """Return ``w:sz`` and ``w:szCs`` (17.3.2.38)."""
    return w("sz", val=half_points(points)), w("szCs", val=half_points(points))


def style_look(look: TextLook, *more: Xml, latin_space: bool = True) -> StyleLook:
    """Return all that a style of ``look`` has.

    Its lines have an exact height (17.3.1.33), so that Word fills its pages as the PDF
    does. With ``latin_space`` Word parts Japanese from Latin letters and digits by a
    quarter em (17.3.1.2, 17.3.1.3).
    """
    left = (look.indent_em + look.label_em) * look.size
    paragraph: _Properties = {
        "keepNext": {"val": int(look.keep_with_next)},
        "autoSpaceDE": {"val": int(latin_space)},
        "autoSpaceDN": {"val": int(latin_space)},
        "spacing": {
            "before": twips(look.space_before),
            "after": twips(look.space_after),
            "line": twips(look.leading),
            "lineRule": "exact",
        },
        "ind": {
            "left": twips(left),
            "right": 0,
            "firstLine": twips(look.first_line_em * look.size),
        },
        "jc": {"val": look.align.value},
    }
    return StyleLook(paragraph, _characters(look), tuple(filter(None, more)))


def growing(look: StyleLook) -> StyleLook:
    """Return ``look`` with lines that grow with what stands in them: a crest is not cut off."""
    return look.with_paragraph(spacing={**look.paragraph["spacing"], "lineRule": "atLeast"})


def fonts(typeface: Typeface) -> _Attributes:
    """Name the font for Latin and for Japanese text alike (``w:rFonts``, 17.3.2.26).

    What counts is the theme's font, so that デザイン → フォント changes all text.
    """
    themed = {key: f"{_THEMED[typeface]}{script}" for key, script in _THEME_FONTS.items()}
    return {"hint": "eastAsia", **dict.fromkeys(_FONTS, typeface.value), **themed}


def _characters(look: TextLook) -> _Properties:
    """Return what ``w:rPr`` says of ``look`` (17.3.2.28), in the schema's order."""
    points = half_points(look.size)
    return {
        "rFonts": fonts(look.typeface),
        "b": {"val": int(look.bold)},
        "bCs": {"val": int(look.bold)},
        "color": {"val": "auto" if look.color == "000000" else look.color},
        "sz": {"val": points},
        "szCs": {"val": points},
    }
