"""A style sheet, asked for what a style has, be it its own or inherited (17.7.1).

Comes in: the root of ``word/styles.xml``. Goes out: styles and the values of their
properties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from kpireport.quickly import dataclass
from kpireport.writers.docx.markup import MAIN
from kpireport.writers.docx.names import WordStyle

_NAMESPACES = {"w": MAIN}


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet, asked for what a style has, be it its own or inherited."""

    styles: Mapping[str, Element]
    ids: Mapping[str, str]
    defaults: Element | None

    @classmethod
    def of(cls, root: Element) -> StyleSheet:
        """Return the sheet of a part's root."""
        styles = root.findall("w:style", _NAMESPACES)
        by_id = {style.get(qn("w:styleId")): style for style in styles}
        ids = {
            style.find("w:name", _NAMESPACES).get(qn("w:val")).casefold(): style_id
            for style_id, style in by_id.items()
        }
        return cls(by_id, ids, root.find("w:docDefaults", _NAMESPACES))

    def word_styles(self) -> Iterator[WordStyle]:
        """Yield the styles by their ids and names."""
        for style_id, style in self.styles.items():
            yield WordStyle(style_id, style.find("w:name", _NAMESPACES).get(qn("w:val")))

    def style(self, style: WordStyle) -> Element | None:
        """Return the style of that name; ``None`` where there is none."""
        return self.styles.get(self.ids.get(style.name.casefold(), ""))

    def value(self, style: WordStyle, path: str, attribute: str = "val") -> str | None:
        """Return ``path``'s attribute of the style, or of the nearest that it is based on."""
        for element in self._chain(style):
            found = element.find(path, _NAMESPACES)
            value = None if found is None else found.get(qn(f"w:{attribute}"))
            if value is not None:
                return str(value)
        return None

    def number(self, style: WordStyle, path: str, attribute: str = "val") -> float | None:
        """Return the same as a number; ``None`` also for a length with its unit."""
        value = self.value(style, path, attribute)
        try:
            return None if value is None else float(value)
        except ValueError:  # 12pt: a measure with its unit, which Word does not write
            return None

    def depth(self, style: WordStyle) -> int:
        """Return on how many others a style is based."""
        return sum(1 for _ in self._chain(style))

    def _chain(self, style: WordStyle) -> Iterator[Element]:
        """Yield the style, those below it, and the defaults; a ring of styles ends."""
        seen: set[str] = set()
        style_id = self.ids.get(style.name.casefold(), "")
        while style_id in self.styles and style_id not in seen:
            seen.add(style_id)
            element = self.styles[style_id]
            yield element
            based_on = element.find("w:basedOn", _NAMESPACES)
            style_id = "" if based_on is None else based_on.get(qn("w:val"), "")
        if self.defaults is not None:
            for kind in ("w:rPrDefault", "w:pPrDefault"):
                yield from self.defaults.findall(kind, _NAMESPACES)
