"""The zip package of a .docx (ECMA-376-2): read a base document, write a finished one.

Comes in: the base document's bytes; parts to write. Goes out: :class:`Base`,
what the writer needs to know of the base; bytes that are the same for the
same parts, whenever and wherever they are written.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from kpireport.errors import OutputError
from kpireport.writers.docx.markup import MAIN, RELATIONSHIPS, Xml, part
from kpireport.writers.docx.names import WordStyle

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
NUMBERING = "word/numbering.xml"
NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
CORE_PROPERTIES = "docProps/core.xml"
CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"

_NEEDED = (CONTENT_TYPES, DOCUMENT, DOCUMENT_RELATIONS, STYLES, CORE_PROPERTIES)
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip entry can carry
_NAMESPACES = {"w": MAIN, "r": RELATIONSHIPS}
_UNIX = 3


def write_package(parts: Iterable[tuple[str, Iterable[Xml | bytes]]]) -> bytes:
    """Return a package of ``parts``, each streamed piece by piece, without times or owners."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, pieces in parts:
            with package.open(_entry(name), "w", force_zip64=False) as stream:
                for piece in pieces:
                    stream.write(piece if isinstance(piece, bytes) else piece.encode())
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX  # zipfile would write the building machine's system
    return entry


@dataclass(frozen=True, slots=True)
class Base:
    """A base document: its parts, its styles' ids by name, its two models of a section."""

    parts: Mapping[str, bytes]
    styles: Element
    style_ids: Mapping[str, str]
    unnumbered: SectionModel
    numbered: SectionModel

    @classmethod
    def read(cls, data: bytes) -> Base:
        """Return the base document in ``data``.

        Raises:
            OutputError: ``data`` is no Word file, or a part or the page's size is missing.
        """
        parts = open_parts(data)
        sections = parse(parts[DOCUMENT]).findall(".//w:sectPr", _NAMESPACES)
        if not sections:
            raise OutputError("様式のWordファイルにページ設定（セクション）がありません。")
        styles = parse(parts[STYLES])
        return cls(
            parts,
            styles,
            _style_ids(styles),
            unnumbered=SectionModel(sections[0]),
            numbered=SectionModel(sections[-1]),
        )

    def section(self, *, numbered: bool) -> SectionModel:
        """Return the model of a section whose pages show their number, or do not."""
        return self.numbered if numbered else self.unnumbered

    def style_id(self, style: WordStyle) -> str:
        """Return the id under which the base knows ``style``.

        Raises:
            OutputError: the base has no style of that name.
        """
        try:
            return self.style_ids[_folded(style.name)]
        except KeyError:
            raise OutputError(
                f"様式のWordファイルにスタイル「{style.name}」がありません。"
                "消したか、名前を変えたスタイルを元に戻してください。"
            ) from None


@dataclass(frozen=True, slots=True)
class SectionModel:
    """A section's page as the base has it (``w:sectPr``, 17.6.17)."""

    element: Element

    def text_width(self, *, landscape: bool) -> int:
        """Return the width between the margins, in twips."""
        return self.size(landscape=landscape)[0] - sum(
            self.margin(side) for side in ("left", "right", "gutter")
        )

    def text_height(self, *, landscape: bool) -> int:
        """Return the height between the margins, in twips."""
        return self.size(landscape=landscape)[1] - self.margin("top") - self.margin("bottom")

    def margin(self, side: str) -> int:
        """Return a margin in twips (``w:pgMar``, 17.6.11); below 0 it means a fixed one."""
        return abs(_number(self.element.find("w:pgMar", _NAMESPACES), f"w:{side}"))

    def size(self, *, landscape: bool) -> tuple[int, int]:
        """Return the paper's width and height, in twips."""
        size = self.element.find("w:pgSz", _NAMESPACES)
        short, long = sorted((_number(size, "w:w"), _number(size, "w:h")))
        return (long, short) if landscape else (short, long)

    def header_ids(self) -> dict[str, str]:
        """Return the relationships of the page's headers by the pages that they are for."""
        references = self.element.findall("w:headerReference", _NAMESPACES)
        return {
            reference.get(qualified("w:type")): reference.get(qualified("r:id"))
            for reference in references
        }

    def xml(
        self, *, landscape: bool, restart: bool, headers: Mapping[str, str] | None = None
    ) -> Xml:
        """Return ``w:sectPr``; ``restart`` makes its first page number 1.

        ``headers`` stand instead of the page's own, as :meth:`header_ids` has them.
        """
        section = deepcopy(self.element)
        if headers is not None:
            _replace_headers(section, headers)
        size = section.find("w:pgSz", _NAMESPACES)
        width, height = self.size(landscape=landscape)
        size.set(qualified("w:w"), str(width))
        size.set(qualified("w:h"), str(height))
        size.attrib.pop(qualified("w:orient"), None)
        if landscape:
            size.set(qualified("w:orient"), "landscape")
        _restart_numbers(section, restart=restart)
        return Xml(etree.tostring(section, encoding="unicode", with_tail=False))


def _replace_headers(section: Element, headers: Mapping[str, str]) -> None:
    """Set the page headers (``w:headerReference``, 17.10.5), which stand first."""
    for reference in section.findall("w:headerReference", _NAMESPACES):
        section.remove(reference)
    for place, (pages, identifier) in enumerate(headers.items()):
        attributes = {qualified("w:type"): pages, qualified("r:id"): identifier}
        reference = etree.Element(qualified("w:headerReference"), attributes)
        section.insert(place, reference)


def _restart_numbers(section: Element, *, restart: bool) -> None:
    """Set or take away the first page's number (``w:pgNumType``, 17.6.12)."""
    numbers = section.find("w:pgNumType", _NAMESPACES)
    if numbers is None and restart:
        numbers = etree.Element(qualified("w:pgNumType"))
        before = [child for child in section if _local(child) in _BEFORE_NUMBERS]
        section.insert(len(before), numbers)
    if numbers is not None:
        numbers.attrib.pop(qualified("w:start"), None)
        if restart:
            numbers.set(qualified("w:start"), "1")


# The children of w:sectPr that stand before w:pgNumType (17.6.17, EG_SectPrContents)
_BEFORE_NUMBERS = frozenset(
    (
        *("headerReference", "footerReference", "footnotePr", "endnotePr", "type"),
        *("pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType"),
    )
)


def open_parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a base document.

    Raises:
        OutputError: it is no Word file, or lacks a part.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except zipfile.BadZipFile:
        raise OutputError("様式のファイルがWord（.docx）の形式ではありません。") from None
    missing = [name for name in _NEEDED if name not in parts]
    if missing:
        raise OutputError(f"様式のWordファイルに {'、'.join(missing)} がありません。")
    return parts if NUMBERING in parts else _with_numbering(parts)


def _with_numbering(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give a base without lists the part for them: Word leaves it out where it saves none."""
    types, relations = parse(parts[CONTENT_TYPES]), parse(parts[DOCUMENT_RELATIONS])
    types.append(
        types.makeelement(
            f"{{{types.nsmap[None]}}}Override",
            {"PartName": f"/{NUMBERING}", "ContentType": NUMBERING_TYPE},
        )
    )
    relations.append(
        relations.makeelement(
            f"{{{relations.nsmap[None]}}}Relationship",
            {"Id": "lists", "Type": f"{RELATIONSHIPS}/numbering", "Target": "numbering.xml"},
        )
    )
    return {
        **parts,
        CONTENT_TYPES: serialized(types),
        DOCUMENT_RELATIONS: serialized(relations),
        NUMBERING: part("numbering").encode(),
    }


def serialized(root: Element) -> bytes:
    """Return a part's bytes."""
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def parse(data: bytes) -> Element:
    """Return the root of a part; entities and the network stay out of it."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _style_ids(styles: Element) -> dict[str, str]:
    return {
        _folded(style.find("w:name", _NAMESPACES).get(qualified("w:val"))): style.get(
            qualified("w:styleId")
        )
        for style in styles.findall("w:style", _NAMESPACES)
    }


def _folded(name: str) -> str:
    """Word is free with the case of its built-in names (``Heading 1``, ``heading 1``)."""
    return name.casefold()


_TWIPS = {"": 1, "pt": 20, "pc": 240, "in": 1440, "cm": 1440 / 2.54, "mm": 144 / 2.54}
_LENGTH = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(pt|pc|in|cm|mm|)")


def _number(element: Element, attribute: str) -> int:
    """Return a length; 0 where it is not said."""
    return in_twips(element.get(qualified(attribute), "0")) or 0


def in_twips(written: str) -> int | None:
    """Return a length (``ST_SignedTwipsMeasure``) without a unit; ``None`` for anything else.

    >>> in_twips("567"), in_twips("10mm"), in_twips("landscape")
    (567, 567, None)
    """
    length = _LENGTH.fullmatch(written)
    return round(float(length[1]) * _TWIPS[length[2]]) if length else None


def relations_of(name: str) -> str:
    """Return the part that has the relationships of a part, or of the package for ``""``."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def qualified(name: str) -> str:
    """Return ``w:name`` as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def _local(element: Element) -> str:
    return str(etree.QName(element).localname)
