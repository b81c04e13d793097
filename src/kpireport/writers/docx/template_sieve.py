"""What of a template's headers and footers goes into a report: an allow-list of elements.

Comes in: a header's or footer's part. Goes out: its text, fields (``template_fields``),
tables, embedded pictures (``template_pictures``), shapes without links; and what was left
behind, in words. A report is opened by many who trust it, a template comes from anywhere:
nothing that starts a program, fetches something, or leads elsewhere is taken over.

Text that hangs on something else (a link, a content control, an insertion that is tracked)
stays without it. What is never seen (bookmarks, comments' anchors, deletions that are
tracked) goes without a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from kpireport.quickly import dataclass
from kpireport.writers.docx.markup import MAIN, RELATIONSHIPS
from kpireport.writers.docx.template_fields import sift_fields
from kpireport.writers.docx.template_numbers import bound_numbers
from kpireport.writers.docx.template_pictures import picture_of

LINK, PICTURE, OBJECT = "リンク", "外部か不明な形式の画像", "埋め込みオブジェクト"
ELSE, OTHER_TEXT = "そのほかの部品", "ほかのファイルの差し込み"

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_XML = "http://www.w3.org/XML/1998/namespace"
_VML, _OFFICE = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"
_OFFICE_WORD = "urn:schemas-microsoft-com:office:word"
_OF_WORD = "http://schemas.microsoft.com/office/word/20"  # 10/wordml and later: more formatting
_DRAWINGS = tuple(
    f"http://schemas.{each}"
    for each in (
        *("openxmlformats.org/drawingml/2006/main", "openxmlformats.org/drawingml/2006/picture"),
        "openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        *(f"microsoft.com/office/word/2010/wordprocessing{one}" for one in ("Shape", "Group")),
        *(f"microsoft.com/office/word/2010/wordprocessing{one}" for one in ("Canvas", "Drawing")),
        *("microsoft.com/office/drawing/2010/main", "microsoft.com/office/drawing/2014/main"),
        "microsoft.com/office/drawing/2016/SVG/main",
    )
)

_TEXT = frozenset(
    (
        *("hdr", "ftr", "p", "r", "t", "tab", "br", "cr", "sym", "noBreakHyphen", "softHyphen"),
        *("ptab", "pgNum", "ruby", "rt", "rubyBase", "fldSimple", "fldChar", "instrText"),
        *("tbl", "tr", "tc", "tblGrid", "gridCol", "drawing", "pict", "txbxContent"),
    )
)
_PROPERTIES = frozenset(
    ("pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "rubyPr"),
)
_OPENED = frozenset(
    ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "dir", "bdo")
)
_TOLD = {
    "hyperlink": LINK,
    "object": OBJECT,
    "control": OBJECT,
    "altChunk": OTHER_TEXT,
    "subDoc": OTHER_TEXT,
    "contentPart": ELSE,
    "movie": ELSE,
}
_CONTENT = frozenset(  # what formatting has no place for
    (
        *("p", "r", "t", "tbl", "tr", "tc", "sdt", "customXml", "smartTag", "drawing", "pict"),
        *("fldSimple", "fldChar", "instrText", "txbxContent", *_TOLD),
    )
)
_UNSEEN = frozenset(
    (
        *("del", "moveFrom", "delText", "delInstrText", "sdtPr", "sdtEndPr", "smartTagPr"),
        *("customXmlPr", "proofErr", "lastRenderedPageBreak", "annotationRef", "footnoteRef"),
        *("endnoteRef", "footnoteReference", "endnoteReference", "commentReference"),
        *("separator", "continuationSeparator", "bookmarkStart", "bookmarkEnd", "permStart"),
        *("permEnd", "fldData", "ffData", "numberingChange", "sectPr"),
    )
)
_LINKS = frozenset(("hlinkClick", "hlinkHover", "hlinkMouseOver"))
_MEDIA = frozenset(
    ("audioCd", "wavAudioFile", "audioFile", "videoFile", "quickTimeFile", "snd", "contentPart")
)
_VML_SHAPES = frozenset(
    (
        *("shape", "rect", "oval", "line", "roundrect", "polyline", "curve", "arc", "group"),
        *("shapetype", "image", "path", "formulas", "f", "handles", "h", "stroke", "fill"),
        *("shadow", "textbox", "textpath", "imagedata", "background"),
        *("left", "top", "right", "bottom", "column", "lock", "extrusion", "callout", "skew"),
        *("complex", "wrap", "anchorlock"),
        *("bordertop", "borderleft", "borderright", "borderbottom"),
    )
)
_OFFICE_ATTRIBUTES = frozenset(
    (
        *("spt", "spid", "preferrelative", "connecttype", "connectlocs", "connectangles", "hr"),
        *("hrstd", "hralign", "hrnoshade", "hrpct", "allowincell", "allowoverlap", "insetmode"),
        *("bwmode", "oned", "userdrawn", "ext", "title", "bordertopcolor", "borderleftcolor"),
        *("borderbottomcolor", "borderrightcolor", "clip", "cliptowrap", "detectmouseclick"),
    )
)
_LEADING_ELSEWHERE = frozenset(("href", "src", "target", "althref", "link"))
# a:ext: its own size of pixels, a picture's twin in SVG, a number of Word's
_EXTENSIONS = (
    *("{28A0092B-C50C-407E-A947-70E740481C1C}", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"),
    "{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}",
)
_IN_STYLES = ("url(", "expression(", "behavior")


class _RefusedError(Exception):
    """What stands in a drawing is such that the whole of it is left behind."""


@dataclass(slots=True)
class Sieve:
    """Sifts the elements of one part in place.

    Attributes:
        part: what they stand in, for its relationships.
        dropped: what was left behind, in words.
        pictures: the pictures that are shown, by the ids of their relationships.
    """

    part: Part
    dropped: list[str] = field(default_factory=list)
    pictures: dict[str, Part] = field(default_factory=dict)
    _drawings: int = 0
    """How many of them are around what is sifted now."""

    def sift(self, root: Element) -> None:
        """Leave in ``root`` what is allowed."""
        self._attributes(root)
        self._children(root)
        self.dropped.extend(sift_fields(root))
        for place in (root, *root.iter(qn("w:tc"), qn("w:txbxContent"))):
            # a cell ends with a paragraph (17.4.65), and nothing may be empty
            if not len(place) or (place is not root and place[-1].tag != qn("w:p")):
                place.append(place.makeelement(qn("w:p")))

    def _children(self, parent: Element) -> None:
        for child in list(parent):
            self._child(child)

    def _child(self, child: Element) -> None:
        if not isinstance(child.tag, str):
            _remove(child)
            return
        name = etree.QName(child)
        if name.namespace == MAIN:
            self._of_word(child, name.localname)
        elif name.namespace == _COMPATIBILITY:
            self._alternatives(child, name.localname)
        elif self._drawings and name.namespace in _DRAWINGS:
            self._of_drawing(child, name.localname)
        elif self._drawings and name.namespace in (_VML, _OFFICE, _OFFICE_WORD):
            self._of_vml(child, name.localname)
        else:
            self._drop(child, ELSE)

    def _of_word(self, child: Element, name: str) -> None:
        if name in _PROPERTIES:
            self.dropped.extend(sift_formatting(child))
        elif name in ("drawing", "pict"):
            self._whole(child)
        elif name in _TEXT:
            self._attributes(child)
            self._children(child)
        elif name in _OPENED:
            if name in _TOLD:
                self.dropped.append(_TOLD[name])
            within = list(child)
            for each in within:
                child.addprevious(each)
            _remove(child)
            for each in within:
                self._child(each)
        elif name in _UNSEEN or "Range" in name or name.endswith("Change"):
            _remove(child)
        else:
            self._drop(child, _TOLD.get(name, ELSE))

    def _alternatives(self, child: Element, name: str) -> None:
        """Sift what is there for newer and for older programs (ECMA-376-3, 10.2)."""
        if name != "AlternateContent":
            self._drop(child, ELSE)
            return
        self._attributes(child)
        for each in list(child):
            if _is_choice(each) or each.tag == f"{{{_COMPATIBILITY}}}Fallback":
                self._children(each)
            else:
                _remove(each)
        if len(child) and etree.QName(child[0]).localname == "Fallback":
            for each in list(child[0]):
                child.addprevious(each)
            _remove(child)
        elif not len(child):
            _remove(child)

    def _whole(self, drawing: Element) -> None:
        """Sift a drawing, or leave it behind as a whole."""
        self._attributes(drawing)
        around, self._drawings = self._drawings, self._drawings + 1
        try:
            self._children(drawing)
        except _RefusedError as refused:
            self._drop(drawing, str(refused))
        self._drawings = around

    def _of_drawing(self, child: Element, name: str) -> None:
        if name in _LINKS:
            self._drop(child, LINK)
        elif name in _MEDIA:
            self._drop(child, ELSE)
        elif name == "ext" and child.get("uri") is not None and child.get("uri") not in _EXTENSIONS:
            _remove(child)
        elif name == "graphicData" and child.get("uri") not in _DRAWINGS:
            raise _RefusedError("グラフや図表などのオブジェクト")
        else:
            if name in ("blip", "svgBlip"):
                self._picture(child, f"{{{RELATIONSHIPS}}}embed")
            self._attributes(child)
            self._children(child)

    def _of_vml(self, child: Element, name: str) -> None:
        if name == "OLEObject":
            raise _RefusedError(OBJECT)
        if name not in _VML_SHAPES:
            self._drop(child, ELSE)
            return
        has_picture = child.get(f"{{{RELATIONSHIPS}}}id") is not None
        if has_picture or name in ("imagedata", "image") or child.get("src") is not None:
            self._picture(child, f"{{{RELATIONSHIPS}}}id")
        self._attributes(child)
        self._children(child)

    def _picture(self, element: Element, attribute: str) -> None:
        """Note the picture that ``element`` shows."""
        identifier = element.get(attribute, "")
        picture = picture_of(self.part, identifier)
        if picture is None:
            raise _RefusedError(PICTURE)
        self.pictures[identifier] = picture

    def _attributes(self, element: Element) -> None:
        for key, value in list(element.attrib.items()):
            name = etree.QName(key)
            if self._is_allowed(name, value):
                continue
            del element.attrib[key]
            if name.localname.lower() in _LEADING_ELSEWHERE or name.namespace == RELATIONSHIPS:
                self.dropped.append(LINK)

    def _is_allowed(self, name: etree.QName, value: str) -> bool:
        local, namespace = name.localname, name.namespace
        if namespace == RELATIONSHIPS:
            return local in ("embed", "id") and value in self.pictures
        if namespace is None:
            is_active = local.lower().startswith("on") and local != "on"
            leads_elsewhere = local.lower() in _LEADING_ELSEWHERE
            is_style = local == "style" and any(each in value.lower() for each in _IN_STYLES)
            return not (is_active or leads_elsewhere or is_style)
        if namespace in (_OFFICE, _VML):
            return local in _OFFICE_ATTRIBUTES
        return namespace in (MAIN, _XML, *_DRAWINGS) or is_of_word(namespace) or local in _IGNORED

    def _drop(self, element: Element, what: str) -> None:
        _remove(element)
        self.dropped.append(what)


_IGNORED = ("Ignorable", "Requires")  # of markup compatibility


def is_of_word(namespace: str | None) -> bool:
    """Tell whether a namespace is of Word's later formatting (``w14`` and on)."""
    return (namespace or "").startswith(_OF_WORD)


def sift_formatting(properties: Element, also: str = "") -> list[str]:
    """Leave formatting alone in an element that is to have nothing else.

    Args:
        properties: the element.
        also: an attribute that stays.

    Returns:
        What was left behind, in words; without what is never seen.
    """
    dropped = bound_numbers(properties)
    for element in list(properties.iter()):
        if not isinstance(element.tag, str) or _is_tracked(element):
            _remove(element)
            continue
        if not _is_formatting(element):
            dropped.append(_TOLD.get(etree.QName(element).localname, ELSE))
            _remove(element)
            continue
        for key in list(element.attrib):
            namespace = etree.QName(key).namespace
            is_known = namespace in (None, MAIN, _XML) or is_of_word(namespace) or key == also
            if not is_known and etree.QName(key).localname not in _IGNORED:
                del element.attrib[key]
    return dropped


def _is_formatting(element: Element) -> bool:
    name = etree.QName(element)
    return is_of_word(name.namespace) or (name.namespace == MAIN and name.localname not in _CONTENT)


def _is_tracked(element: Element) -> bool:
    name = etree.QName(element).localname
    return name in ("ins", "del", "moveFrom", "moveTo", "sectPr") or name.endswith("Change")


def _is_choice(element: Element) -> bool:
    """Whether a choice asks for what is allowed, and for that alone."""
    if element.tag != f"{{{_COMPATIBILITY}}}Choice":
        return False
    needed: Iterable[str] = element.get("Requires", "").split()
    spaces = [element.nsmap.get(prefix, "") for prefix in needed]
    return bool(spaces) and all(
        each in _DRAWINGS or is_of_word(each) or each == _VML for each in spaces
    )


def _remove(element: Element) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)
