"""The styles of a municipality's own Word document (様式), made ready for the writer.

Comes in: its style sheet as Word, or another program, saved it. Goes out: the same
with our styles under the names that the writer looks for, in Japanese, with lengths
where Word had counted characters; or the names of those that are missing.

A style is found by its name; then by another name that Word keeps for it (a style that
was renamed in Word), by the name that a Japanese Word shows, and last by its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.etree import _Element as Element

from kpireport.writers.docx.base import BASE_FILE
from kpireport.writers.docx.markup import MAIN
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.package import STYLES, open_parts, parse, qualified

_NAMESPACES = {"w": MAIN}
_JAPANESE = {
    "body text": "本文",
    "title": "表題",
    "caption": "図表番号",
    "header": "ヘッダー",
    "footer": "フッター",
    "strong": "強調太字",
    "toc heading": "目次の見出し",
}
_NUMBERED = {"heading": "見出し", "toc": "目次"}
_KINDS = {"character": "文字スタイル", "table": "表スタイル"}


@dataclass(frozen=True, slots=True)
class NeededStyle:
    """A style that the writer uses, of a ``w:type`` (17.18.83)."""

    style: WordStyle
    kind: str

    @property
    def shown_name(self) -> str:
        """The name as a Japanese Word shows it, with what it is where that is not usual."""
        name = japanese_name(self.style.name)
        return f"{name}（{_KINDS[self.kind]}）" if self.kind in _KINDS else name


def japanese_name(name: str) -> str:
    """Return a style's name as a Japanese Word shows it.

    >>> japanese_name("heading 1"), japanese_name("Body Text"), japanese_name("表本文")
    ('見出し 1', '本文', '表本文')
    """
    word, _, number = name.casefold().partition(" ")
    if number.isdecimal() and word in _NUMBERED:
        return f"{_NUMBERED[word]} {number}"
    return _JAPANESE.get(name.casefold(), name)


def needed_styles() -> Iterator[NeededStyle]:
    """Yield all styles of the shipped base document but those that every document has."""
    for style in parse(open_parts(BASE_FILE.read_bytes())[STYLES]).findall("w:style", _NAMESPACES):
        if style.get(qualified("w:default")) is None:
            word_style = WordStyle(style.get(qualified("w:styleId")), _name(style))
            yield NeededStyle(word_style, style.get(qualified("w:type")))


def adopt_styles(styles: Element) -> list[NeededStyle]:
    """Give the styles of ``styles`` the names that the writer knows; return those missing."""
    index = _Index.of(styles)
    missing = []
    for needed in needed_styles():
        found = index.find(needed)
        if found is None:
            missing.append(needed)
        else:
            found.find("w:name", _NAMESPACES).set(qualified("w:val"), needed.style.name)
            _without_counted_lengths(found)
    _speak_japanese(styles)
    return missing


def _name(style: Element) -> str:
    name = style.find("w:name", _NAMESPACES)
    return "" if name is None else name.get(qualified("w:val"), "")


@dataclass(frozen=True, slots=True)
class _Index:
    """The styles of a sheet, by each of the ways to find one."""

    ways: tuple[Mapping[tuple[str, str], Element], ...]

    @classmethod
    def of(cls, styles: Element) -> _Index:
        names: dict[tuple[str, str], Element] = {}
        folded: dict[tuple[str, str], Element] = {}
        aliases: dict[tuple[str, str], Element] = {}
        ids: dict[tuple[str, str], Element] = {}
        for style in styles.findall("w:style", _NAMESPACES):
            kind, name = style.get(qualified("w:type"), "paragraph"), _name(style)
            if not name:
                continue
            names.setdefault((kind, name), style)
            folded.setdefault((kind, _plain(name)), style)
            for alias in _aliases(style):
                aliases.setdefault((kind, _plain(alias)), style)
            ids.setdefault((kind, style.get(qualified("w:styleId"), "")), style)
        return cls((names, folded, aliases, ids))

    def find(self, needed: NeededStyle) -> Element | None:
        """Return the style; one found by its name goes before one found another way."""
        names, folded, aliases, ids = self.ways
        kind, (style_id, name) = needed.kind, needed.style
        shown = _plain(japanese_name(name))
        for way, key in (
            (names, name),
            (folded, _plain(name)),
            (aliases, _plain(name)),
            (folded, shown),
            (aliases, shown),
            (ids, style_id),
        ):
            if (kind, key) in way:
                return way[kind, key]
        return None


def _plain(name: str) -> str:
    """Word is free with the case of its built-in names, and people with blanks (見出し1)."""
    return re.sub(r"\s+", "", name).casefold()


def _aliases(style: Element) -> list[str]:
    """Return the other names of a style (``w:aliases``, 17.7.4.1)."""
    aliases = style.find("w:aliases", _NAMESPACES)
    return [] if aliases is None else aliases.get(qualified("w:val"), "").split(",")


_COUNTED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "ind": {
        "leftChars": ("left", "start"),
        "startChars": ("left", "start"),
        "rightChars": ("right", "end"),
        "endChars": ("right", "end"),
        "firstLineChars": ("firstLine",),
        "hangingChars": ("hanging",),
    },
    "spacing": {"beforeLines": ("before",), "afterLines": ("after",)},
}
_HUNDREDTH = {"ind": 2.1, "spacing": 2.4}  # twips: a character of 10.5 pt, a line of 12 pt


def _without_counted_lengths(style: Element) -> None:
    """Turn lengths counted in characters or lines into the lengths that Word noted beside them.

    A count in a style (17.3.1.12, ``firstLineChars``) would win over a length that the
    writer says of a single paragraph, such as a list's.
    """
    for name, attributes in _COUNTED.items():
        for element in style.findall(f"w:pPr/w:{name}", _NAMESPACES):
            for counted, lengths in attributes.items():
                count = element.attrib.pop(qualified(f"w:{counted}"), None)
                known = any(element.get(qualified(f"w:{length}")) is not None for length in lengths)
                if count is not None and not known:
                    length = round(int(count) * _HUNDREDTH[name])
                    element.set(qualified(f"w:{lengths[0]}"), str(length))


def _speak_japanese(styles: Element) -> None:
    """Set the language of text as our base has it (``w:lang``, 17.3.2.20): no red squiggles.

    Latin letters have none, whatever language the template's Word was installed in.
    """
    defaults = _child(_child(_child(styles, "docDefaults", 0), "rPrDefault", 0), "rPr", 0)
    _child(defaults, "lang", len(defaults))
    for lang in styles.iter(qualified("w:lang")):
        lang.attrib.pop(qualified("w:val"), None)
        lang.set(qualified("w:eastAsia"), "ja-JP")


def _child(parent: Element, name: str, place: int) -> Element:
    """Return a child, made at ``place`` where there is none."""
    found = parent.find(f"w:{name}", _NAMESPACES)
    if found is None:
        found = parent.makeelement(qualified(f"w:{name}"))
        parent.insert(place, found)
    return found
