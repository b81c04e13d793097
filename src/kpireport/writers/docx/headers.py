"""Page headers: the notices that stand at the top of every page of a section.

Comes in: the sections' notices, the base document's own headers (a letterhead).
Goes out: real header parts (ECMA-376-1, 17.10.4): the base's content, the notices
below it in the style ヘッダー.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kpireport.document.blocks import Section
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import MAIN, Xml, join, paragraph_properties, part, text, w
from kpireport.writers.docx.package import Base, parse, relations_of, serialized
from kpireport.writers.docx.relations import Relations

_ALL_PAGES = "default"


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
        self._parts: dict[str, bytes] = {}
        are_needed = any(section.notices for section in sections)
        self.of_sections = [self._make(section) if are_needed else None for section in sections]

    def _make(self, section: Section) -> Mapping[str, str] | None:
        """Return the headers of ``section``.

        A section without any would take over those of the section before it, so it
        gets an empty one.
        """
        own = self._base.section(numbered=section.numbered).header_ids()
        if own and not section.notices:
            return None
        return {
            pages: self._header(identifier, section.notices)
            for pages, identifier in ({_ALL_PAGES: ""} | own).items()
        }

    def _header(self, own: str, notices: tuple[str, ...]) -> str:
        if (own, notices) not in self._known:
            relation = self._relations.add_header()
            self._known[own, notices] = relation.id
            if own:
                self._add_to_own(relation.part, self._relations.target(own), notices)
            else:
                lines = notices or ("",)
                self._parts[relation.part] = part("hdr", self._paragraphs(lines)).encode()
        return self._known[own, notices]

    def _add_to_own(self, name: str, own: str, notices: tuple[str, ...]) -> None:
        """Make a header of the base's ``own`` with ``notices`` below, and its relationships."""
        root = parse(self._base.parts[own])
        root.extend(parse(f'<w:hdr xmlns:w="{MAIN}">{self._paragraphs(notices)}</w:hdr>'.encode()))
        self._parts[name] = serialized(root)
        relations = self._base.parts.get(relations_of(own))
        if relations is not None:
            self._parts[relations_of(name)] = relations

    def _paragraphs(self, notices: tuple[str, ...]) -> Xml:
        style = paragraph_properties(w("pStyle", val=self._base.style_id(names.HEADER)))
        return join(
            w("p", style, w("r", w("t", text(notice)))) if notice else w("p", style)
            for notice in notices
        )

    def parts(self) -> Iterator[tuple[str, tuple[bytes]]]:
        """Yield the new headers as parts of the package."""
        for name, data in self._parts.items():
            yield name, (data,)
