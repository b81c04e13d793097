"""The bundled fonts inside the Word file, for readers whose computers have not got them.

Comes in: a base document. Goes out: its parts with the fonts that its styles name, in
the obfuscated form that Word reads (ECMA-376-1, 17.8.1; ECMA-376-4, 11.4), under keys
that are the same for the same font. Their licence (SIL OFL 1.1) allows it.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree
from lxml.etree import _Element as Element

from kpireport.writers.docx.markup import MAIN, RELATIONSHIPS, Xml, element, w
from kpireport.writers.docx.package import (
    CONTENT_TYPES,
    STYLES,
    Base,
    parse,
    qualified,
    relations_of,
    serialized,
)
from kpireport.writers.fonts import font_file
from kpireport.writers.theme import Typeface

FONT_TABLE = "word/fontTable.xml"
_SETTINGS = "word/settings.xml"
_THEME = "word/theme/theme1.xml"
_NAMESPACES = {"w": MAIN}
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_OBFUSCATED = 32  # bytes from the beginning
_KINDS = {False: "embedRegular", True: "embedBold"}

# The settings (17.15.1.78, CT_Settings) that stand before w:embedTrueTypeFonts
_BEFORE_FONTS = frozenset(
    (
        *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
        *("doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText"),
        *("printFractionalCharacterWidth", "printFormsData"),
    )
)

_ALTERNATIVES = {
    Typeface.GOTHIC: "BIZ UDゴシック,游ゴシック,ＭＳ ゴシック",
    Typeface.MINCHO: "BIZ UD明朝,游明朝,ＭＳ 明朝",
}
# As the fonts' own tables have them (OpenType, OS/2): what Word matches a substitute by
_PANOSE = {Typeface.GOTHIC: "020B0400000000000000", Typeface.MINCHO: "02020400000000000000"}
_SIGNATURE = {
    "usb0": "E00002F7",
    "usb1": "2AC7EDF8",
    "usb2": "00000012",
    "usb3": "00000000",
    "csb0": "20020009",
    "csb1": "00000000",
}


def font_entry(typeface: Typeface) -> Xml:
    """``w:font`` (17.8.3.10): what to take where the font is not installed."""
    return w(
        "font",
        w("altName", val=_ALTERNATIVES[typeface]),
        w("panose1", val=_PANOSE[typeface]),
        w("charset", val="80"),  # SHIFTJIS_CHARSET
        w("family", val="roman" if typeface is Typeface.MINCHO else "modern"),
        w("pitch", val="fixed"),
        w("sig", **_SIGNATURE),
        name=typeface.value,
    )


def with_fonts(base: Base) -> Base:
    """Return ``base`` with the bundled fonts that its styles and its theme name."""
    parts = dict(base.parts)
    named = parts[STYLES].decode() + parts.get(_THEME, b"").decode()
    table = parse(parts[FONT_TABLE])
    relations = _relations(parts.get(relations_of(FONT_TABLE)))
    for typeface in Typeface:
        if f'"{typeface.value}"' in named:
            parts |= dict(_embed(typeface, _entry(table, typeface), relations))
    parts[FONT_TABLE] = serialized(table)
    parts[relations_of(FONT_TABLE)] = serialized(relations)
    parts[CONTENT_TYPES] = _with_font_type(parts[CONTENT_TYPES])
    parts[_SETTINGS] = _keeping_fonts(parts[_SETTINGS])
    return replace(base, parts=parts)


def obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """Return a font whose first 32 bytes are mixed with its key, or such a font as it was."""
    mask = key.bytes[::-1] * 2
    mixed = bytes(byte ^ other for byte, other in zip(font[:_OBFUSCATED], mask, strict=True))
    return mixed + font[_OBFUSCATED:]


def font_key(font: bytes) -> uuid.UUID:
    """Return a key that is always the same for the same font."""
    return uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(font).hexdigest())


def _embed(typeface: Typeface, entry: Element, relations: Element) -> Iterator[tuple[str, bytes]]:
    """Yield the fonts of a family as parts, and refer to them in its entry.

    One that the template carries already stays.
    """
    for bold, kind in _KINDS.items():
        file = font_file(typeface, bold=bold)
        if file is None or entry.find(f"w:{kind}", _NAMESPACES) is not None:
            continue
        font = file.read_bytes()
        key, identifier = font_key(font), file.stem
        target = f"fonts/{identifier}.odttf"
        attributes = {"Id": identifier, "Type": f"{RELATIONSHIPS}/font", "Target": target}
        etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", attributes)
        reference = element(
            f"w:{kind}",
            attributes={
                "xmlns:w": MAIN,
                "xmlns:r": RELATIONSHIPS,
                "r:id": identifier,
                "w:fontKey": f"{{{str(key).upper()}}}",
            },
        )
        entry.append(parse(reference.encode()))
        yield f"word/{target}", obfuscated(font, key)


def _entry(table: Element, typeface: Typeface) -> Element:
    """Return the table's entry of a family, made where a template has none."""
    for font in table.findall("w:font", _NAMESPACES):
        if font.get(qualified("w:name")) == typeface.value:
            return font
    root = f'<w:fonts xmlns:w="{MAIN}">{font_entry(typeface)}</w:fonts>'
    table.append(parse(root.encode())[0])
    return table[-1]


def _relations(part: bytes | None) -> Element:
    if part is not None:
        return parse(part)
    return etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})


def _with_font_type(types: bytes) -> bytes:
    """Declare the fonts in ``[Content_Types].xml``."""
    root = parse(types)
    attributes = {"Extension": "odttf", "ContentType": _FONT_TYPE}
    if not any(child.get("Extension", "").casefold() == "odttf" for child in root):
        root.append(root.makeelement(f"{{{root.nsmap[None]}}}Default", attributes))
    return serialized(root)


def _keeping_fonts(settings: bytes) -> bytes:
    """Have Word keep the fonts when it saves the file (``w:embedTrueTypeFonts``, 17.8.3.8)."""
    root = parse(settings)
    if root.find("w:embedTrueTypeFonts", _NAMESPACES) is None:
        before = [child for child in root if etree.QName(child).localname in _BEFORE_FONTS]
        root.insert(len(before), etree.Element(qualified("w:embedTrueTypeFonts")))
    return serialized(root)
