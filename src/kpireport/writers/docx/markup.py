"""WordprocessingML as text: the smallest pieces every other module is made of.

Comes in: names, values, text. Goes out: :data:`Xml`, markup that is already
escaped. Only :func:`text` and attribute values turn plain strings into
markup, and a plain ``str`` is not an ``Xml``, so the type checker sees to it
that no string reaches a file unescaped. Text (not a tree) because a table of
ten thousand rows is then written in linear time and flat memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import NewType

from kpireport.errors import OutputError

Xml = NewType("Xml", str)

NOTHING = Xml("")
DECLARATION = Xml('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# XML 1.0 (5th ed.), production 2 (Char); U+000D is left out: a parser would turn it into U+000A
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# ECMA-376-1, 17.3.1.26 (CT_PPr): the children of w:pPr stand in this order
_PARAGRAPH_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap"),
    *("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
    *("snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap"),
    *("jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId"),
    *("cnfStyle", "rPr", "sectPr", "pPrChange"),
)
_PARAGRAPH_RANK = {f"w:{name}": rank for rank, name in enumerate(_PARAGRAPH_ORDER)}
_NAME = re.compile(r"<([\w:]+)")


def w(name: str, /, *children: Xml, **attributes: str | int) -> Xml:
    """Return the element ``w:name``; its attributes are in the same namespace.

    >>> w("jc", val="both")
    '<w:jc w:val="both"/>'
    """
    return element(
        f"w:{name}", *children, attributes={f"w:{key}": value for key, value in attributes.items()}
    )


def element(name: str, *children: Xml, attributes: Mapping[str, str | int] | None = None) -> Xml:
    """Return an element of any namespace; ``name`` and attributes carry their prefixes."""
    given = attributes.items() if attributes else ()
    opening = name + "".join(f' {key}="{_quoted(value)}"' for key, value in given)
    content = "".join(children)
    return Xml(f"<{opening}>{content}</{name}>" if content else f"<{opening}/>")


def join(parts: Iterable[Xml]) -> Xml:
    """Return ``parts`` one after the other."""
    return Xml("".join(parts))


def text(string: str) -> Xml:
    """Return ``string`` escaped.

    Raises:
        OutputError: a character cannot stand in an XML file.
    """
    bad = _NOT_XML.search(string)
    if bad:
        raise OutputError(
            f"「{string[:40]!r}」に、Word ファイルに書けない文字 U+{ord(bad.group()):04X}"
            f"（{bad.start() + 1}文字目）があります。この文字を消してください。"
        )
    return Xml(escape(string, quote=False))


def attribute(value: str) -> Xml:
    """Return ``value`` escaped, as it stands between the quotation marks of an attribute.

    Raises:
        OutputError: a character cannot stand in an XML file.
    """
    return Xml(text(value).replace('"', "&quot;"))


def _quoted(value: str | int) -> str:
    return str(value) if isinstance(value, int) else attribute(value)


def paragraph_properties(*children: Xml) -> Xml:
    """Return ``w:pPr`` with ``children`` in the order that the schema demands; empty if none."""
    present = sorted(filter(None, children), key=_paragraph_rank)
    return w("pPr", *present) if present else NOTHING


@lru_cache(maxsize=4096)
def _paragraph_rank(child: Xml) -> int:
    match = _NAME.match(child)
    return _PARAGRAPH_RANK[match.group(1)] if match else 0


def later_in_paragraph(name: str) -> tuple[str, ...]:
    """Return the children of ``w:pPr`` that stand after ``name`` (``w:spacing``)."""
    return tuple(each for each, rank in _PARAGRAPH_RANK.items() if rank > _PARAGRAPH_RANK[name])


def part(root: str, *children: Xml) -> Xml:
    """Return a whole part whose root is ``w:root``, with the two namespaces declared."""
    namespaces = {"xmlns:w": MAIN, "xmlns:r": RELATIONSHIPS}
    return Xml(DECLARATION + element(f"w:{root}", *children, attributes=namespaces))
