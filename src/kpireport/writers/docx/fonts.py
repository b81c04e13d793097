"""The bundled fonts inside the Word file, for readers whose computers have not got them.

Comes in: a base document. Goes out: the same with the fonts that its styles name, in
the obfuscated form that Word reads (ECMA-376-1, 17.8.1; ECMA-376-4, 11.4), under keys
that are the same for the same font. Their licence (SIL OFL 1.1) allows it.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from kpireport.writers.docx.markup import MAIN, Xml, w
from kpireport.writers.docx.package import Base, parse, serialized
from kpireport.writers.fonts import font_file
from kpireport.writers.theme import Typeface

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


def embed_bundled(base: Base) -> None:
    """Put the bundled fonts into ``base`` that its styles and its theme name."""
    main = base.document.part
    table = cast("XmlPart", main.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE))
    themes = (each for each in main.rels.values() if each.reltype == RELATIONSHIP_TYPE.THEME)
    named = [serialized(base.styles), *(each.target_part.blob for each in themes)]
    for typeface in Typeface:
        if any(f'"{typeface.value}"'.encode() in each for each in named):
            _embed(typeface, _entry(table.element, typeface), table)
    _keep_fonts(base.document.settings.element)


def obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """Return a font whose first 32 bytes are mixed with its key, or such a font as it was."""
    mask = key.bytes[::-1] * 2
    mixed = bytes(byte ^ other for byte, other in zip(font[:_OBFUSCATED], mask, strict=True))
    return mixed + font[_OBFUSCATED:]


def font_key(font: bytes) -> uuid.UUID:
    """Return a key that is always the same for the same font."""
    return uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(font).hexdigest())


def _embed(typeface: Typeface, entry: Element, table: XmlPart) -> None:
    """Add the fonts of a family as parts, and refer to them in its entry.

    One that the template carries already stays.
    """
    for bold, kind in _KINDS.items():
        file = font_file(typeface, bold=bold)
        if file is None or entry.find(qn(f"w:{kind}")) is not None:
            continue
        font = file.read_bytes()
        key, identifier = font_key(font), file.stem
        name = PackURI(f"/word/fonts/{identifier}.odttf")
        part = Part(name, _FONT_TYPE, obfuscated(font, key), table.package)
        table.load_rel(RELATIONSHIP_TYPE.FONT, part, identifier)
        attributes = {qn("r:id"): identifier, qn("w:fontKey"): f"{{{str(key).upper()}}}"}
        entry.append(entry.makeelement(qn(f"w:{kind}"), attributes))


def _entry(table: Element, typeface: Typeface) -> Element:
    """Return the table's entry of a family, made where a template has none."""
    for font in table.findall(qn("w:font")):
        if font.get(qn("w:name")) == typeface.value:
            return font
    root = f'<w:fonts xmlns:w="{MAIN}">{font_entry(typeface)}</w:fonts>'
    table.append(parse(root.encode())[0])
    return table[-1]


def _keep_fonts(settings: Element) -> None:
    """Have Word keep the fonts when it saves the file (``w:embedTrueTypeFonts``, 17.8.3.8)."""
    name = qn("w:embedTrueTypeFonts")
    if settings.find(name) is None:
        before = [child for child in settings if etree.QName(child).localname in _BEFORE_FONTS]
        settings.insert(len(before), settings.makeelement(name))
