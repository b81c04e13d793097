"""The pages of a municipality's own Word document (様式): two sections, headers and footers.

Comes in: the document, opened. Goes out: the properties of the section without page numbers
and of the one with them. A page number that is missing on numbered pages is added to their
footers, on even pages too where these have one of their own; on pages without a number, the
line that has it is left empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import field
from typing import TypeAlias, cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
from docx.package import Package
from lxml import etree
from lxml.etree import _Element as Element

from kpireport.quickly import dataclass
from kpireport.writers.docx.base import BASE_FILE, page_number
from kpireport.writers.docx.markup import MAIN, NOTHING, Xml, paragraph_properties, part, w
from kpireport.writers.docx.package import Base, in_twips, load_part, parse, serialized
from kpireport.writers.docx.relations import copy_relations
from kpireport.writers.docx.template_numbers import bound_numbers
from kpireport.writers.docx.template_parts import Leavings, sifted_edge

_Place: TypeAlias = tuple[str, str]
"""Header or footer, and the pages that it is for."""
_Edges: TypeAlias = dict[_Place, Part]

_ALL_PAGES = "default"
_PAGE = re.compile(r"\bPAGE\b")
_ROOTS = {"header": "hdr", "footer": "ftr"}
_TYPES = {
    "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}
_KINDS = tuple(kind for _, kind in _TYPES.values())

# What stays of a section (17.6.17): columns, vertical text, line numbers, notes and
# printers would be those of the text that is left behind, and a grid of characters would
# spread the letters of tables
_OF_SECTION = ("pgSz", "pgMar", "paperSrc", "pgBorders", "pgNumType", "titlePg")


@dataclass(slots=True)
class TemplatePages:
    """The first and the last section of a template, and what stands at their edges."""

    document: Document
    first: CT_SectPr
    last: CT_SectPr
    first_edges: _Edges
    last_edges: _Edges
    _styles: Mapping[str, str] = field(default_factory=dict)
    _made: int = 0

    @classmethod
    def of(cls, document: Document, leavings: Leavings) -> TemplatePages | None:
        """Return the pages of a document; ``None`` where it has no section."""
        sections = list(document.element.iter(qn("w:sectPr")))
        if not sections:
            return None
        for section in sections:
            leavings.add(document.part.partname, bound_numbers(section))
        edges = list(_inherited_edges(sections, _sifted_edges(document, leavings)))
        return cls(document, sections[0], sections[-1], edges[0], edges[-1])

    def sections(self, styles: Mapping[str, str]) -> tuple[Xml, Xml]:
        """Return ``w:sectPr`` of pages without a number and of those with one.

        ``styles`` are the ids of those of headers and footers.
        """
        self._styles = styles
        unnumbered = self._numberless(self.first_edges)
        numbered = self._with_number(self.last_edges)
        for place in sorted(unnumbered.keys() | numbered.keys()):
            for mine in (unnumbered, numbered):
                if place not in mine:  # else the section takes over that of the one before
                    mine[place] = self._edge(place[0], _lines(place[0], self._styles))
        return _section(self.first, unnumbered), _section(self.last, numbered)

    def _numberless(self, edges: _Edges) -> dict[_Place, str]:
        """Take over headers and footers, the lines with a page number left empty."""
        result = {}
        for place, own in edges.items():
            root = parse(own.blob)
            for line in list(_page_number_lines(root)):
                for child in line.findall("*"):
                    if child.tag != qn("w:pPr"):
                        line.remove(child)
            result[place] = self._edge(place[0], serialized(root), own)
        return result

    def _with_number(self, edges: _Edges) -> dict[_Place, str]:
        """Take over headers and footers; add a page number to the footer if none has one."""
        result = {place: self._edge(place[0], own.blob, own) for place, own in edges.items()}
        usual = self._has_number(edges, _ALL_PAGES)
        if not usual:
            self._add_number(edges, result, _ALL_PAGES)
        has_even_pages = self.document.settings.odd_and_even_pages_header_footer
        if has_even_pages and not self._has_number(edges, "even"):
            # without a footer of their own, even pages would have none at all
            self._add_number(edges, result, "even")
        return result

    def _has_number(self, edges: _Edges, pages: str) -> bool:
        roots = (parse(own.blob) for (_, kind), own in edges.items() if kind == pages)
        return any(next(_page_number_lines(root), None) is not None for root in roots)

    def _add_number(self, edges: _Edges, result: dict[_Place, str], pages: str) -> None:
        place = ("footer", pages)
        own = edges.get(place)
        lines = _lines("footer", self._styles, page_number())
        if own is not None:
            root = parse(own.blob)
            root.extend(parse(lines))
            lines = serialized(root)
        result[place] = self._edge("footer", lines, own)

    def _edge(self, kind: str, content: bytes, own: Part | None = None) -> str:
        """Add a header or footer with what ``own`` relates to, and return its relationship."""
        self._made += 1
        identifier, (content_type, relation) = f"{kind}{self._made}", _TYPES[kind]
        package = cast("Package", self.document.part.package)
        made = load_part(package, f"/word/{identifier}.xml", content_type, relation, content)
        copy_relations(own, made)
        self.document.part.load_rel(relation, made, identifier)
        return identifier


def _sifted_edges(document: Document, leavings: Leavings) -> Mapping[str, Part]:
    """Return the headers and footers by their ids, with what a report may show of them."""
    package = cast("Package", document.part.package)
    found: dict[str, Part] = {}
    for identifier, relation in document.part.rels.items():
        if relation.is_external or relation.reltype not in _KINDS:
            continue
        sifted = sifted_edge(relation.target_part, package, leavings)
        if sifted is not None:
            found[identifier] = sifted
    return found


def _inherited_edges(sections: list[CT_SectPr], parts: Mapping[str, Part]) -> Iterator[_Edges]:
    """Yield each section's headers and footers; one that it lacks is the one before's."""
    edges: _Edges = {}
    for section in sections:
        edges = dict(edges)
        for kind in _ROOTS:
            for reference in section.findall(qn(f"w:{kind}Reference")):
                own = parts.get(reference.get(qn("r:id"), ""))
                if own is not None:
                    edges[kind, reference.get(qn("w:type"), _ALL_PAGES)] = own
        yield edges


def _page_number_lines(root: Element) -> Iterator[Element]:
    """Yield the paragraphs with a ``PAGE`` field (17.16.5.44), simple or complex."""
    for line in root.iter(qn("w:p")):
        if next(line.iterdescendants(qn("w:p")), None) is not None:
            continue  # a text box inside: its own paragraphs follow
        simple = [each.get(qn("w:instr"), "") for each in line.iter(qn("w:fldSimple"))]
        complex_ = "".join(text.text or "" for text in line.iter(qn("w:instrText")))
        if any(_PAGE.search(instruction) for instruction in (*simple, complex_)):
            yield line


def _lines(kind: str, styles: Mapping[str, str], content: Xml = NOTHING) -> bytes:
    line = w("p", paragraph_properties(w("pStyle", val=styles[kind])), content)
    return part(_ROOTS[kind], line).encode()


def _section(section: CT_SectPr, edges: Mapping[_Place, str]) -> Xml:
    """Return a section's properties (17.6.17): its page, its headers and footers."""
    references = [
        Xml(f'<w:{kind}Reference w:type="{pages}" r:id="{identifier}"/>')
        for (kind, pages), identifier in sorted(
            edges.items(), key=lambda edge: edge[0][0] != "header"
        )
    ]
    usual = Base.read(BASE_FILE.read_bytes()).numbered.element
    kept = (
        _found(section, name, usual if name in ("pgSz", "pgMar") else None) for name in _OF_SECTION
    )
    pieces = [_xml(element) for element in kept if element is not None]
    return w("sectPr", *references, w("type", val="nextPage"), *pieces)


def _found(section: Element, name: str, usual: Element | None) -> Element | None:
    """Return a property of ``section``; of ``usual`` where it has none."""
    own = section.find(qn(f"w:{name}"))
    return own if own is not None or usual is None else usual.find(qn(f"w:{name}"))


def _xml(element: Element) -> Xml:
    copy = deepcopy(element)
    for attribute in [key for key in copy.attrib if not key.startswith(f"{{{MAIN}}}")]:
        del copy.attrib[attribute]
    if copy.tag in (qn("w:pgSz"), qn("w:pgMar")):
        for key, value in copy.attrib.items():
            copy.set(key, str(value if (length := in_twips(value)) is None else length))
    etree.cleanup_namespaces(copy)
    return Xml(etree.tostring(copy, encoding="unicode", with_tail=False))
