"""The pictures of a template (a crest, a logo): taken over if they are what they say.

Comes in: a part and the id of a relationship of its. Goes out: the picture as a part of its
own, with no relationships, or nothing: what lies in other files, what is another thing under
a picture's name, and what reaches out of itself (an SVG with a script or a link) is left.
"""

from __future__ import annotations

import re

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from lxml import etree

from kpireport.writers.docx.package import SVG_TYPE, parse

_BEGINNINGS: dict[str, tuple[tuple[int, bytes], ...]] = {
    "image/png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "image/jpeg": ((0, b"\xff\xd8\xff"),),
    "image/jpg": ((0, b"\xff\xd8\xff"),),
    "image/gif": ((0, b"GIF8"),),
    "image/bmp": ((0, b"BM"),),
    "image/x-bmp": ((0, b"BM"),),
    "image/tiff": ((0, b"II*\0"), (0, b"MM\0*")),
    "image/x-emf": ((40, b" EMF"),),
    "image/emf": ((40, b" EMF"),),
    "image/x-wmf": ((0, b"\xd7\xcd\xc6\x9a"), (0, b"\x01\x00\x09\x00")),
    "image/wmf": ((0, b"\xd7\xcd\xc6\x9a"), (0, b"\x01\x00\x09\x00")),
}
_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = ("script", "foreignObject", "iframe", "audio", "video", "handler", "listener", "a")
_OWN_REFERENCE = re.compile(r"\s*(#|data:image/(png|jpeg|gif)[;,])")
_REFERENCE_IN_STYLE = re.compile(r"@import|url\(\s*[\"']?(?!#)", re.IGNORECASE)


def picture_of(part: Part, identifier: str) -> Part | None:
    """Return the picture that ``part`` relates to; ``None`` if there is none to be trusted."""
    relation = part.rels.get(identifier)
    if relation is None or relation.is_external or relation.reltype != RELATIONSHIP_TYPE.IMAGE:
        return None
    picture: Part = relation.target_part
    if not _is_sound(picture.content_type, picture.blob):
        return None
    picture.rels.clear()
    return picture


def _is_sound(content_type: str, data: bytes) -> bool:
    if content_type == SVG_TYPE:
        return _is_plain_svg(data)
    beginnings = _BEGINNINGS.get(content_type.lower(), ())
    return any(data[start:].startswith(beginning) for start, beginning in beginnings)


def _is_plain_svg(data: bytes) -> bool:
    try:
        root = parse(data)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return str(root.tag) == f"{_SVG}svg" and all(_is_plain(each) for each in root.iter("*"))


def _is_plain(element: etree._Element) -> bool:
    name = etree.QName(element).localname
    texts = [element.text or ""] if name == "style" else []
    for key, value in element.attrib.items():
        attribute = etree.QName(key).localname.lower()
        if attribute.startswith("on"):
            return False
        if attribute in ("href", "src") and not _OWN_REFERENCE.match(value):
            return False
        texts.append(value)
    return name not in _ACTIVE and not any(map(_REFERENCE_IN_STYLE.search, texts))
