"""The parts of a template beside its text, with nothing in them that acts or leads elsewhere.

Comes in: the parts of its style sheet, lists, fonts and theme, its headers and footers.
Goes out: the same with what a report may carry, and no relationships but to its pictures and
fonts; and what was left behind, in words, by the name of the part.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.opc.rel import _Relationship as Relationship
from docx.oxml.ns import qn
from docx.package import Package

from kpireport.errors import Problem, Severity
from kpireport.messages import printable
from kpireport.writers.docx.fonts import obfuscated
from kpireport.writers.docx.markup import RELATIONSHIPS
from kpireport.writers.docx.package import load_part, parse, serialized
from kpireport.writers.docx.template_pictures import picture_of
from kpireport.writers.docx.template_settings import make_own
from kpireport.writers.docx.template_sieve import (
    ELSE,
    LINK,
    OBJECT,
    OTHER_TEXT,
    PICTURE,
    Sieve,
    sift_formatting,
)
from kpireport.writers.docx.template_styles import name_styles

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BY_ID = f"{{{RELATIONSHIPS}}}"
_STORIES = {
    qn("w:hdr"): (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    qn("w:ftr"): (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}
_FONT = "フォント"
_TEMPLATE = "ほかの様式へのつながり"
_RELATED = {
    "hyperlink": LINK,
    "image": PICTURE,
    "oleObject": OBJECT,
    "package": OBJECT,
    "control": OBJECT,
    "activeXControlBinary": OBJECT,
    "aFChunk": OTHER_TEXT,
    "subDocument": OTHER_TEXT,
    "font": _FONT,
    "attachedTemplate": _TEMPLATE,
    "mailMergeSource": "差し込み印刷",
    "vbaProject": "マクロ",
    "keyMapCustomizations": "マクロ",
    "customXml": "カスタム XML",
}
_EMBEDDED = ("w:embedRegular", "w:embedBold", "w:embedItalic", "w:embedBoldItalic")
_FONT_BEGINNINGS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")


class Leavings:
    """What was left behind of a template, by the part where it stood."""

    def __init__(self) -> None:
        self._parts: dict[str, dict[str, None]] = {}

    def add(self, part: str, whats: Iterable[str]) -> None:
        """Note what was left behind in a part."""
        for what in whats:
            self._parts.setdefault(part.lstrip("/"), {})[what] = None

    def notices(self, file: str) -> tuple[Problem, ...]:
        """Return what the template's office should know, part by part."""
        return tuple(
            Problem(
                file, printable(part), f"{_LEFT}: {'、'.join(whats)}", _INSTEAD, Severity.WARNING
            )
            for part, whats in self._parts.items()
        )


_LEFT = "様式のこの部品にある、報告書に入れられないものを除きました"
_INSTEAD = (
    "そのままでも作れます。要るものは、Wordで、ただの文字か、ファイルに埋め込んだ画像"
    "（PNG・JPEGなど）に置き換えて、保存し直してください。"
)


def sifted_edge(own: Part, package: Package, leavings: Leavings) -> Part | None:
    """Return a header or footer with what a report may show; ``None`` for what is none."""
    root = parse(own.blob)
    if root.tag not in _STORIES:
        leavings.add(own.partname, [ELSE])
        return None
    sieve = Sieve(own)
    sieve.sift(root)
    made = load_part(package, own.partname, *_STORIES[str(root.tag)], serialized(root))
    for identifier, picture in sieve.pictures.items():
        made.load_rel(RELATIONSHIP_TYPE.IMAGE, picture, identifier)
    leavings.add(own.partname, sieve.dropped)
    leavings.add(own.partname, _left_relations(own, sieve.pictures))
    return made


def sift_looks(parts: Mapping[str, Part], leavings: Leavings) -> None:
    """Leave in the parts of a template's looks, by their kinds, what a report may carry."""
    for kind, part in parts.items():
        match kind:
            case RELATIONSHIP_TYPE.THEME:
                kept = _sift_theme(part, leavings)
            case RELATIONSHIP_TYPE.FONT_TABLE:
                kept = _sift_fonts(cast("XmlPart", part), leavings)
            case RELATIONSHIP_TYPE.NUMBERING:
                kept = _sift_lists(cast("XmlPart", part), leavings)
            case RELATIONSHIP_TYPE.SETTINGS:
                leavings.add(part.partname, make_own(cast("XmlPart", part).element))
                kept = {}
            case _:
                leavings.add(part.partname, sift_formatting(cast("XmlPart", part).element))
                name_styles(cast("XmlPart", part).element)
                kept = {}
        leavings.add(part.partname, _left_relations(part, kept))
        part.rels.clear()
        for identifier, (of_kind, target) in kept.items():
            part.load_rel(of_kind, target, identifier)


_Kept: TypeAlias = Mapping[str, tuple[str, Part]]
"""The relationships that stay, by their ids."""


def _sift_lists(part: XmlPart, leavings: Leavings) -> _Kept:
    """Leave lists without their pictures: a bullet is a character then."""
    for name in ("w:numPicBullet", "w:lvlPicBulletId"):
        for bullet in list(part.element.iter(qn(name))):
            bullet.getparent().remove(bullet)
            leavings.add(part.partname, ["画像の行頭記号"])
    leavings.add(part.partname, sift_formatting(part.element))
    return {}


def _sift_fonts(table: XmlPart, leavings: Leavings) -> _Kept:
    """Leave the fonts that are some (17.8.3.3): Word hands them to the system."""
    kept = {}
    for entry in list(table.element.iter(*map(qn, _EMBEDDED))):
        identifier = entry.get(f"{_BY_ID}id", "")
        font = _font(table.rels.get(identifier), entry.get(qn("w:fontKey"), ""))
        if font is None:
            entry.getparent().remove(entry)
            leavings.add(table.partname, [_FONT])
        else:
            kept[identifier] = (RELATIONSHIP_TYPE.FONT, font)
    leavings.add(table.partname, sift_formatting(table.element, also=f"{_BY_ID}id"))
    return kept


def _font(relation: Relationship | None, key: str) -> Part | None:
    """Return a font that is embedded as Word does; ``None`` for anything else."""
    if relation is None or relation.is_external or relation.reltype != RELATIONSHIP_TYPE.FONT:
        return None
    font = relation.target_part
    try:
        data = obfuscated(font.blob, uuid.UUID(key.strip("{}"))) if key else font.blob
    except ValueError:  # it is no key, or less than the part that is obfuscated
        return None
    if not data.startswith(_FONT_BEGINNINGS):
        return None
    font.rels.clear()
    return font


def _sift_theme(part: Part, leavings: Leavings) -> _Kept:
    """Leave of a theme its colours, fonts and effects (20.1.6.9), with their pictures."""
    root, kept = parse(part.blob), {}
    for name in ("objectDefaults", "extLst"):
        for element in list(root.iter(f"{_DRAWING}{name}")):
            element.getparent().remove(element)
    for blip in list(root.iter(f"{_DRAWING}blip")):
        identifier = blip.get(f"{_BY_ID}embed", "")
        if (picture := picture_of(part, identifier)) is not None:
            kept[identifier] = (RELATIONSHIP_TYPE.IMAGE, picture)
            continue
        leavings.add(part.partname, [PICTURE])
        fill = blip.getparent()  # one of three that there must be
        fill.getparent().replace(fill, fill.makeelement(f"{_DRAWING}noFill"))
    for element in root.iter("*"):
        for key in [each for each in element.attrib if each.startswith(_BY_ID)]:
            if element.get(key) not in kept or element.tag != f"{_DRAWING}blip":
                del element.attrib[key]
    part._blob = serialized(root)  # noqa: SLF001 - python-docx has no other way
    return kept


def _left_relations(part: Part, kept: Collection[str]) -> list[str]:
    """Return what a part relates to and is not kept, in words."""
    return [
        _RELATED.get(each.reltype.rpartition("/")[2], ELSE)
        for identifier, each in part.rels.items()
        if identifier not in kept
    ]


def left_of_document(main: Part, leavings: Leavings) -> None:
    """Note what a template carries beside its text that somebody may miss in the report."""
    for relation in main.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in ("vbaProject", "keyMapCustomizations", "customXml"):
            name = relation.target_ref if relation.is_external else relation.target_part.partname
            leavings.add(str(name), [_RELATED[kind]])
