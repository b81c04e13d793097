"""Lengths in a template's styles that follow from sizes and page.

Comes in: a base document that someone restyled. Goes out: the same, its lengths that
followed from what it changed, and that nobody changed themselves, made to follow (the
box around a numeral, the tab at the right margin of 目次, a first line of one
character, the height of a line).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from kpireport.document.styles import TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import MAIN, later_in_paragraph
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.package import Base, parse
from kpireport.writers.docx.style_sheet import StyleSheet
from kpireport.writers.docx.styles import styles_part
from kpireport.writers.docx.template_looks import page_of, theme_of
from kpireport.writers.theme import Theme

_NAMESPACES = {"w": MAIN}


class _Length(NamedTuple):
    """An attribute of ``element``, a property of the paragraph."""

    element: str
    attribute: str

    @property
    def path(self) -> str:
        return f"w:pPr/{self.element}"


_FOLLOWING = (
    *(_Length("w:ind", attribute) for attribute in ("left", "right", "firstLine", "hanging")),
    *(_Length("w:spacing", attribute) for attribute in ("before", "line")),
    _Length("w:tabs/w:tab", "pos"),
)
_RULE = _Length("w:spacing", "lineRule")


def fit_styles(base: Base, usual: Theme) -> None:
    """Make the lengths in the styles of ``base`` follow its sizes and page.

    Those alone that are still what our base document for ``usual`` has: whoever
    changed one meant it. What a style inherits is changed where it comes from, and said
    by the style itself only where that is not right for it.
    """
    theme = theme_of(base, usual)
    sheet = StyleSheet.of(base.styles)
    ours = StyleSheet.of(parse(styles_part(usual).encode()))
    on_cover = StyleSheet.of(parse(styles_part(theme).encode()))
    numbered = replace(theme, page=page_of(base.numbered))
    in_text = StyleSheet.of(parse(styles_part(numbered).encode()))
    due: list[tuple[WordStyle, _Length, str]] = []
    for style in ours.word_styles():
        fresh = on_cover if style.id in _BEFORE_NUMBERS else in_text
        due.extend((style, length, to) for length, to in _due(style, sheet, ours, fresh))
    for style, length, to in sorted(due, key=lambda each: sheet.depth(each[0])):
        if sheet.value(style, length.path, length.attribute) != to:
            _say(style, sheet, length, to)


_BEFORE_NUMBERS = frozenset(
    (
        *(names.contents_style(level).id for level in names.HEADING_LEVELS),
        *(names.text_style(style).id for style in TextStyle if style.value.startswith("cover.")),
    )
)
"""The styles of 目次 and the cover, which stand on pages without a number."""


def _due(
    style: WordStyle, sheet: StyleSheet, ours: StyleSheet, fresh: StyleSheet
) -> Iterator[tuple[_Length, str]]:
    """Yield the lengths that a style of ``sheet`` has as ``ours``, with what is right now."""
    for length in _FOLLOWING:
        mine, before, after = (
            each.value(style, length.path, length.attribute) for each in (sheet, ours, fresh)
        )
        if mine is not None and mine == before and after is not None:
            yield length, after


def _say(style: WordStyle, sheet: StyleSheet, length: _Length, value: str) -> None:
    """Have ``style`` itself say ``value``, and of what rule it is where it inherited that."""
    own, rule = sheet.style(style), sheet.value(style, _RULE.path, _RULE.attribute)
    element = None if own is None else _property(own, length.element)
    if element is None:
        return
    element.set(qn(f"w:{length.attribute}"), value)
    if length.attribute == "line" and rule is not None:
        element.set(qn(f"w:{_RULE.attribute}"), rule)


def _property(style: Element, name: str) -> Element | None:
    """Return an element of the paragraph's properties, made where the style has none.

    Tabs are not made: they would come beside those that it inherits.
    """
    found = style.find(f"w:pPr/{name}", _NAMESPACES)
    if found is not None or "/" in name:
        return found
    properties = style.find("w:pPr", _NAMESPACES)
    if properties is None:
        properties = style.makeelement(qn("w:pPr"))
        style.insert(_place(style, _AFTER_PARAGRAPH), properties)
    made = properties.makeelement(qn(name))
    properties.insert(_place(properties, later_in_paragraph(name)), made)
    return made


_AFTER_PARAGRAPH = ("w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:tblStylePr")


def _place(parent: Element, later: Iterable[str]) -> int:
    """Return the place in ``parent`` before the first of those that stand ``later``."""
    tags = {qn(each) for each in later}
    return next((place for place, each in enumerate(parent) if each.tag in tags), len(parent))
