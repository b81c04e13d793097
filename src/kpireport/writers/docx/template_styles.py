"""The styles of a municipality's own Word document (様式), made ready for the writer.

Comes in: its style sheet as Word, or another program, saved it. Goes out: the same
with our styles under the names that the writer looks for, in Japanese, with lengths
where Word had counted characters, and with those of ours that it lacks.

A style is found by its name; then by another name that Word keeps for it (a style that
was renamed in Word), by the name that a Japanese Word shows, and last by its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import chain, count

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from kpireport.quickly import dataclass
from kpireport.writers.docx.base import BASE_FILE
from kpireport.writers.docx.markup import MAIN
from kpireport.writers.docx.names import NORMAL, WordStyle, japanese_name
from kpireport.writers.docx.package import document_styles, open_document

_NAMESPACES = {"w": MAIN}
_ON = ("1", "true", "on")
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


def needed_styles() -> Iterator[NeededStyle]:
    """Yield all styles of the shipped base document but those that every document has."""
    for style in _ours(document_styles(open_document(BASE_FILE.read_bytes()))):
        if style.get(qn("w:default")) is None:
            yield _needed(style)


def _ours(shipped: Element) -> list[Element]:
    return list(shipped.findall(qn("w:style")))


def _needed(style: Element) -> NeededStyle:
    word_style = WordStyle(style.get(qn("w:styleId")), _name(style))
    return NeededStyle(word_style, style.get(qn("w:type")))


def adopt_styles(styles: Element, shipped: Element) -> list[NeededStyle]:
    """Give the styles of ``styles`` the names that the writer knows, and add those missing.

    Returns:
        What was added of the ``shipped`` ones. An added style has our sizes and spaces; its
        font and colour, where it says none, are those of the template's text.
    """
    index, ids, missing = _Index.of(styles), {}, []
    for ours in _ours(shipped):
        needed = _needed(ours)
        found = index.find(needed) if not ours.get(qn("w:default")) else index.default(needed)
        if found is None:
            missing.append(ours)
            ids[needed.style.id] = index.free_id(needed.style.id)
            continue
        ids[needed.style.id] = found.get(qn("w:styleId"))
        found.find(qn("w:name")).set(qn("w:val"), needed.style.name)
        _without_counted_lengths(found)
    usual_size = shipped.find(f"{qn('w:docDefaults')}//{qn('w:sz')}")
    for ours in missing:
        styles.append(_added(ours, ids, usual_size))
    _speak_japanese(styles)
    return [_needed(each) for each in missing if each.get(qn("w:default")) is None]


def name_styles(styles: Element) -> None:
    """Give each style the id and the name that it has to have (17.7.4.17)."""
    index = count(1)
    ids = {each.get(qn("w:styleId")) for each in styles.findall(qn("w:style"))}
    for style in styles.findall(qn("w:style")):
        style_id = style.get(qn("w:styleId"))
        if not style_id:
            style_id = next(each for each in (f"a{n}" for n in index) if each not in ids)
            style.set(qn("w:styleId"), style_id)
        name = style.find(qn("w:name"))
        if name is None:
            name = style.makeelement(qn("w:name"))
            style.insert(0, name)
        if not name.get(qn("w:val")):
            name.set(qn("w:val"), style_id)


def _added(ours: Element, ids: Mapping[str, str], usual_size: Element) -> Element:
    """Return one of our styles for a sheet that knows ours under ``ids``."""
    style = deepcopy(ours)
    style.set(qn("w:styleId"), ids[style.get(qn("w:styleId"))])
    for name in ("w:basedOn", "w:next", "w:link"):
        for reference in style.findall(qn(name)):
            reference.set(qn("w:val"), ids.get(reference.get(qn("w:val")), ""))
    base = ours.find(qn("w:basedOn"))
    for fonts in style.iter(qn("w:rFonts")):
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):  # the template's theme has its own
            fonts.attrib.pop(qn(f"w:{script}"), None)
    is_root = base is not None and base.get(qn("w:val")) == NORMAL.id
    if is_root and style.find(f"{qn('w:rPr')}/{qn('w:sz')}") is None:
        style.get_or_add_rPr().sz_val = usual_size.val
    return style


def _name(style: Element) -> str:
    name = style.find("w:name", _NAMESPACES)
    return "" if name is None else name.get(qn("w:val"), "")


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
            kind, name = style.get(qn("w:type"), "paragraph"), _name(style)
            if not name:
                continue
            names.setdefault((kind, name), style)
            folded.setdefault((kind, _plain(name)), style)
            for alias in _aliases(style):
                aliases.setdefault((kind, _plain(alias)), style)
            ids.setdefault((kind, style.get(qn("w:styleId"), "")), style)
        return cls((names, folded, aliases, ids))

    def default(self, needed: NeededStyle) -> Element | None:
        """Return the sheet's own default of a kind (標準): its name is no matter."""
        styles = (each for (kind, _), each in self.ways[-1].items() if kind == needed.kind)
        return next((each for each in styles if each.get(qn("w:default")) in _ON), None)

    def free_id(self, wanted: str) -> str:
        """Return an id that no style has, of whatever kind."""
        taken = {style_id for _, style_id in self.ways[-1]}
        return next(
            each
            for each in chain((wanted,), (f"{wanted}{n}" for n in count(2)))
            if each not in taken
        )

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
    return [] if aliases is None else aliases.get(qn("w:val"), "").split(",")


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
                count = element.attrib.pop(qn(f"w:{counted}"), None)
                known = any(element.get(qn(f"w:{length}")) is not None for length in lengths)
                if count is not None and not known:
                    length = round(int(count) * _HUNDREDTH[name])
                    element.set(qn(f"w:{lengths[0]}"), str(length))


def _speak_japanese(styles: Element) -> None:
    """Set the language of text as our base has it (``w:lang``, 17.3.2.20): no red squiggles.

    Latin letters have none, whatever language the template's Word was installed in.
    """
    defaults = _child(_child(_child(styles, "docDefaults", 0), "rPrDefault", 0), "rPr", 0)
    _child(defaults, "lang", len(defaults))
    for lang in styles.iter(qn("w:lang")):
        lang.attrib.pop(qn("w:val"), None)
        lang.set(qn("w:eastAsia"), "ja-JP")


def _child(parent: Element, name: str, place: int) -> Element:
    """Return a child, made at ``place`` where there is none."""
    found = parent.find(f"w:{name}", _NAMESPACES)
    if found is None:
        found = parent.makeelement(qn(f"w:{name}"))
        parent.insert(place, found)
    return found
