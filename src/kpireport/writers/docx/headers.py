"""Page headers: the notices that stand at the top of every page of a section.

Comes in: the sections' notices, the base document's own headers (a letterhead).
Goes out: real header parts (ECMA-376-1, 17.10.4): the base's content, the notices
below it in the style ヘッダー. Of the base's own, those alone stay that a section shows:
a header that no section refers to is lost when another program saves the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docx.opc.constants import RELATIONSHIP_TYPE

from kpireport.document.blocks import Section
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import MAIN, Xml, join, paragraph_properties, part, text, w
from kpireport.writers.docx.package import Base, parse, serialized
from kpireport.writers.docx.relations import Relations

_ALL_PAGES = "default"
_EDGES = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)


class Headers:
    """The headers that a document adds to those of its base; equal ones are one part.

    ``of_sections`` has, section by section, the ids of the headers by their pages;
    ``None`` where the base's are right.
    """

    def __init__(self, base: Base, relations: Relations, sections: Sequence[Section]) -> None:
        """Make the headers of ``sections``."""
        self._base = base
        self._relations = relations
        self._known: dict[tuple[str, tuple[str, ...]], str] = {}
        are_needed = any(section.notices for section in sections)
        self.of_sections = [self._make(section) if are_needed else None for section in sections]
        self._drop_unused(sections)

    def _make(self, section: Section) -> Mapping[str, str] | None:
        """Return the headers of ``section``.

        A section without any would take over those of the section before it, so it
        gets an empty one.
        """
        own = self._base.section(numbered=section.numbered).edge_ids("header")
        if own and not section.notices:
            return None
        return {
            pages: self._header(identifier, section.notices)
            for pages, identifier in ({_ALL_PAGES: ""} | own).items()
        }

    def _header(self, own: str, notices: tuple[str, ...]) -> str:
        if (own, notices) not in self._known:
            self._known[own, notices] = self._added(own, notices)
        return self._known[own, notices]

    def _added(self, own: str, notices: tuple[str, ...]) -> str:
        """Add the base's ``own`` header with ``notices`` below, or one of these alone."""
        if not own:
            lines = self._paragraphs(notices or ("",))
            return self._relations.add_header(part("hdr", lines).encode())
        letterhead = self._relations.main.related_parts[own]
        root = parse(letterhead.blob)
        root.extend(parse(f'<w:hdr xmlns:w="{MAIN}">{self._paragraphs(notices)}</w:hdr>'.encode()))
        return self._relations.add_header(serialized(root), letterhead)

    def _drop_unused(self, sections: Sequence[Section]) -> None:
        used = set(self._known.values())
        for section, headers in zip(sections, self.of_sections, strict=True):
            model = self._base.section(numbered=section.numbered)
            used |= set(model.edge_ids("footer").values())
            used |= set((headers or model.edge_ids("header")).values())
        relations = self._relations.main.rels
        for identifier, relation in list(relations.items()):
            if relation.reltype in _EDGES and identifier not in used:
                del relations[identifier]

    def _paragraphs(self, notices: tuple[str, ...]) -> Xml:
        style = paragraph_properties(w("pStyle", val=self._base.style_id(names.HEADER)))
        return join(
            w("p", style, w("r", w("t", text(notice)))) if notice else w("p", style)
            for notice in notices
        )
