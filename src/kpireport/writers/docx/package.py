"""The package of a Word file, on python-docx: a base document opened, a finished file written.

Comes in: the base document's bytes. Goes out: :class:`Base`, what the writer needs to know
of it, with its parts, relationships and styles as python-docx has them; bytes that are the
same for the same parts, whenever and wherever they are written (python-docx's own writer
stamps the time of day, and has every part in memory).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias, cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import CT_Types
from docx.opc.package import OpcPackage
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part, PartFactory, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.section import CT_SectPr
from docx.package import Package
from docx.shared import Twips
from lxml import etree
from lxml.etree import _Element as Element

from kpireport.errors import OutputError
from kpireport.writers.docx.markup import Xml
from kpireport.writers.docx.names import WordStyle

TEMPLATE = "kpitemplate_"
"""What the bookmark's name begins with that tells which template a base is made of."""

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SVG_TYPE = "image/svg+xml"

# Word's table of fonts is to be changed, as its styles are
PartFactory.part_type_for[CONTENT_TYPE.WML_FONT_TABLE] = XmlPart

_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip entry can carry
_UNIX = 3
_BUFFER = 1 << 16  # bytes that are compressed at once: a row of a table is few
_DEFAULTS = {
    "rels": CONTENT_TYPE.OPC_RELATIONSHIPS,
    "xml": CONTENT_TYPE.XML,
    "png": CONTENT_TYPE.PNG,  # bars are drawn when the list of types is written
    "svg": SVG_TYPE,
}
_Pieces: TypeAlias = Iterable[Xml | bytes]


class LatePart(Part):
    """A part whose content is made when it is written, and not kept."""

    def __init__(
        self, name: PackURI, content_type: str, package: Package, make: Callable[[], bytes]
    ) -> None:
        """Begin a part that ``make`` gives its content."""
        super().__init__(name, content_type, package=package)
        self._make = make

    @property
    def blob(self) -> bytes:
        """The content, made anew."""
        return self._make()


def load_part(package: Package, name: str, content_type: str, kind: str, content: bytes) -> Part:
    """Return a part of ``package``, of the class that python-docx has for its type."""
    # a factory's type is that of what it makes
    return cast("Part", PartFactory(PackURI(name), content_type, kind, content, package))


def write_package(package: OpcPackage, streams: Mapping[Part, _Pieces] | None = None) -> bytes:
    """Return a package without times or owners; ``streams`` are instead of parts' own content.

    A part may get relationships while its stream runs: what it relates to is written after.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _put(archive, CONTENT_TYPES_URI, (_content_types(package),))
        _put(archive, PACKAGE_URI.rels_uri, (package.rels.xml,))
        for part in _parts(package, set()):
            stream = (streams or {}).get(part)
            _put(archive, part.partname, (part.blob,) if stream is None else stream)
            if part.rels:
                _put(archive, part.partname.rels_uri, (part.rels.xml,))
    return buffer.getvalue()


def _put(archive: zipfile.ZipFile, name: PackURI, pieces: _Pieces) -> None:
    entry = zipfile.ZipInfo(name.membername, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX  # zipfile would write the building machine's system
    with archive.open(entry, "w", force_zip64=False) as member:
        stream = io.BufferedWriter(cast("io.RawIOBase", member), _BUFFER)
        for piece in pieces:
            stream.write(piece if isinstance(piece, bytes) else piece.encode())
        stream.flush()


def _parts(source: OpcPackage | Part, seen: set[Part]) -> Iterator[Part]:
    """Yield each part once, before what it relates to (python-docx's walk looks in a list)."""
    for relation in source.rels.values():
        if not relation.is_external and relation.target_part not in seen:
            seen.add(relation.target_part)
            yield relation.target_part
            yield from _parts(relation.target_part, seen)


def _content_types(package: OpcPackage) -> bytes:
    """Return ``[Content_Types].xml`` (ECMA-376-2, 10.1.2)."""
    types = CT_Types.new()
    for extension, kind in _DEFAULTS.items():
        types.add_default(extension, kind)
    for part in _parts(package, set()):
        if _DEFAULTS.get(part.partname.ext) != part.content_type:
            types.add_override(part.partname, part.content_type)
    return serialized(types)


def open_document(data: bytes) -> Document:
    """Return the Word document in ``data``.

    Raises:
        OutputError: it is no Word file, or lacks a part.
    """
    try:
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        raise OutputError("様式のファイルがWord（.docx）の形式ではありません。") from None


@dataclass(frozen=True, slots=True)
class Base:
    """A base document: as opened, its styles' ids by name, its two models of a section."""

    document: Document
    style_ids: Mapping[str, str]
    unnumbered: SectionModel
    numbered: SectionModel

    @classmethod
    def read(cls, data: bytes) -> Base:
        """Return the base document in ``data``.

        Raises:
            OutputError: ``data`` is no Word file, or a part or the page's size is missing.
        """
        document = open_document(data)
        sections = list(document.element.iter(qn("w:sectPr")))
        if not sections:
            raise OutputError("様式のWordファイルにページ設定（セクション）がありません。")
        return cls(
            document,
            _style_ids(document.styles.element),
            unnumbered=SectionModel(sections[0]),
            numbered=SectionModel(sections[-1]),
        )

    @property
    def styles(self) -> Element:
        """The root of the style sheet."""
        return document_styles(self.document)

    @property
    def template(self) -> str:
        """The bookmark's name that tells which template the base is made of; empty for ours."""
        marks = self.document.element.iter(qn("w:bookmarkStart"))
        names = (str(mark.get(qn("w:name"))) for mark in marks)
        return next((name for name in names if name.startswith(TEMPLATE)), "")

    @property
    def shade(self) -> str:
        """The theme's colour of shades (``a:lt2``, 20.1.6.8); empty where it has none."""
        for relation in self.document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.THEME:
                colours = parse(relation.target_part.blob).iter(f"{_DRAWING}lt2")
                found = next((each.find(f"{_DRAWING}srgbClr") for each in colours), None)
                return "" if found is None else str(found.get("val", ""))
        return ""

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


def document_styles(document: Document) -> Element:
    """Return the root of a document's style sheet."""
    root: Element = document.styles.element
    return root


@dataclass(frozen=True, slots=True)
class SectionModel:
    """A section's page as the base has it (``w:sectPr``, 17.6.17)."""

    element: CT_SectPr
    _lengths: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def text_width(self, *, landscape: bool) -> int:
        """Return the width between the margins, in twips."""
        sides = ("left_margin", "right_margin", "gutter")
        return self.size(landscape=landscape)[0] - sum(map(self._length, sides))

    def text_height(self, *, landscape: bool) -> int:
        """Return the height between the margins, in twips."""
        height = self.size(landscape=landscape)[1]
        return height - self.margin("top") - self.margin("bottom")

    def margin(self, side: str) -> int:
        """Return a margin in twips (``w:pgMar``, 17.6.11); below 0 it means a fixed one."""
        return abs(self._length(f"{side}_margin"))

    def size(self, *, landscape: bool) -> tuple[int, int]:
        """Return the paper's width and height, in twips."""
        short, long = sorted(map(self._length, ("page_width", "page_height")))
        return (long, short) if landscape else (short, long)

    def _length(self, name: str) -> int:
        if name not in self._lengths:  # every heading asks how wide the page is
            length = getattr(self.element, name)
            self._lengths[name] = 0 if length is None else int(length.twips)
        return self._lengths[name]

    def edge_ids(self, kind: str) -> dict[str, str]:
        """Return the page's headers, or footers: their relationships by the pages they are for."""
        references = self.element.findall(qn(f"w:{kind}Reference"))
        return {each.get(qn("w:type")): each.get(qn("r:id")) for each in references}

    def xml(
        self,
        *,
        landscape: bool,
        restart: bool,
        edges: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    ) -> Xml:
        """Return ``w:sectPr``; ``restart`` makes its first page number 1.

        ``edges``, headers or footers, stand instead of the page's own, as :meth:`edge_ids`
        has them.
        """
        section = deepcopy(self.element)
        for kind, identifiers in edges.items():
            _replace_edges(section, kind, identifiers)
        section.page_width, section.page_height = map(Twips, self.size(landscape=landscape))
        section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
        _restart_numbers(section, restart=restart)
        return Xml(etree.tostring(section, encoding="unicode", with_tail=False))


def _replace_edges(section: CT_SectPr, kind: str, identifiers: Mapping[str, str]) -> None:
    """Set the page headers or footers (``w:headerReference``, 17.10.5), which stand first."""
    for reference in section.findall(qn(f"w:{kind}Reference")):
        section.remove(reference)
    for place, (pages, identifier) in enumerate(identifiers.items()):
        attributes = {qn("w:type"): pages, qn("r:id"): identifier}
        section.insert(place, section.makeelement(qn(f"w:{kind}Reference"), attributes))


def _restart_numbers(section: CT_SectPr, *, restart: bool) -> None:
    """Set or take away the first page's number (``w:pgNumType``, 17.6.12)."""
    numbers = section.find(qn("w:pgNumType"))
    if numbers is None and restart:
        numbers = section.makeelement(qn("w:pgNumType"))
        before = [child for child in section if etree.QName(child).localname in _BEFORE_NUMBERS]
        section.insert(len(before), numbers)
    if numbers is not None:
        numbers.attrib.pop(qn("w:start"), None)
        if restart:
            numbers.set(qn("w:start"), "1")


# The children of w:sectPr that stand before w:pgNumType (17.6.17, EG_SectPrContents)
_BEFORE_NUMBERS = frozenset(
    (
        *("headerReference", "footerReference", "footnotePr", "endnotePr", "type"),
        *("pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType"),
    )
)


def serialized(root: Element) -> bytes:
    """Return a part's bytes."""
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def parse(data: bytes) -> Element:
    """Return the root of a part; entities and the network stay out of it."""
    root: Element = parse_xml(data)
    return root


def _style_ids(styles: Element) -> dict[str, str]:
    return {
        _folded(style.find(qn("w:name")).get(qn("w:val"))): style.get(qn("w:styleId"))
        for style in styles.findall(qn("w:style"))
    }


def _folded(name: str) -> str:
    """Word is free with the case of its built-in names (``Heading 1``, ``heading 1``)."""
    return name.casefold()


_TWIPS = {"": 1, "pt": 20, "pc": 240, "in": 1440, "cm": 1440 / 2.54, "mm": 144 / 2.54}
_LENGTH = re.compile(r"([+-]?[0-9]{1,10}(?:\.[0-9]{1,10})?)(pt|pc|in|cm|mm|)")


def in_twips(written: str) -> int | None:
    """Return a length (``ST_SignedTwipsMeasure``) without a unit; ``None`` for anything else.

    >>> in_twips("567"), in_twips("10mm"), in_twips("landscape")
    (567, 567, None)
    """
    length = _LENGTH.fullmatch(written)
    return round(float(length[1]) * _TWIPS[length[2]]) if length else None
