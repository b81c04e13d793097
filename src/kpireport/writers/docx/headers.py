"""Page headers and footers: what stands at the edges of every page of a section.

Comes in: the sections' notices, running heads and keys of marks, the base document's own
headers and footers (a letterhead, the page number). Goes out: real header and footer parts
(ECMA-376-1, 17.10.4): the base's content, head and notices below it in the style ヘッダー, the
key above it in フッター. Of the base's own, those alone stay that a section shows: a header that
no section refers to is lost when another program saves the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from docx.opc.constants import RELATIONSHIP_TYPE

from kpireport.document.blocks import Section
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import (
    MAIN,
    NOTHING,
    Xml,
    join,
    paragraph_properties,
    part,
    w,
)
from kpireport.writers.docx.package import Base, parse, serialized
from kpireport.writers.docx.paragraphs import run
from kpireport.writers.docx.relations import Edge, Relations
from kpireport.writers.docx.units import PAGE_SLACK, half_points, twips
from kpireport.writers.theme import Theme

_ALL_PAGES = "default"
_EDGES = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_STYLES: Mapping[Edge, names.WordStyle] = {"header": names.HEADER, "footer": names.FOOTER}
_ROOTS: Mapping[Edge, str] = {"header": "hdr", "footer": "ftr"}


class PageEdges:
    """The headers and footers that a document adds to those of its base; equal ones are one part.

    ``of_sections`` has, section by section, the ids of the headers and of the footers by their
    pages, as far as the base's are not right.
    """

    def __init__(
        self, base: Base, relations: Relations, sections: Sequence[Section], theme: Theme
    ) -> None:
        """Make the headers and footers of ``sections``."""
        self._base = base
        self._relations = relations
        self._theme = theme
        self._known: dict[tuple[Edge, str, Xml], str] = {}
        self.of_sections: list[dict[str, Mapping[str, str]]] = [{} for _ in sections]
        self._make("header", sections, self._head)
        self._make("footer", sections, self._foot)
        self._drop_unused(sections)

    def _make(
        self, edge: Edge, sections: Sequence[Section], lines: Callable[[Section], Xml]
    ) -> None:
        """Make what stands at an edge, where any section has something to say there."""
        said = [lines(section) for section in sections]
        if not any(said):
            return
        for section, added, edges in zip(sections, said, self.of_sections, strict=True):
            made = self._made(edge, section, added)
            if made is not None:
                edges[edge] = made

    def _made(self, edge: Edge, section: Section, added: Xml) -> Mapping[str, str] | None:
        """Return the headers or footers of ``section``; ``None`` where the base's are right.

        A section without any would take over those of the section before it, so it
        gets an empty one.
        """
        own = self._base.section(numbered=section.numbered).edge_ids(edge)
        if own and not added:
            return None
        return {
            pages: self._part(edge, identifier, added)
            for pages, identifier in ({_ALL_PAGES: ""} | own).items()
        }

    def _part(self, edge: Edge, own: str, added: Xml) -> str:
        key = (edge, own, added)
        if key not in self._known:
            self._known[key] = self._added(edge, own, added)
        return self._known[key]

    def _added(self, edge: Edge, own: str, added: Xml) -> str:
        """Add the base's ``own`` header with lines below or footer with lines above."""
        root = _ROOTS[edge]
        if not own:
            return self._relations.add_edge(edge, part(root, added or self._line(edge)).encode())
        usual = self._relations.main.related_parts[own]
        content = parse(usual.blob)
        lines = list(parse(f'<w:{root} xmlns:w="{MAIN}">{added}</w:{root}>'.encode()))
        place = len(content) if edge == "header" else 0
        content[place:place] = lines
        return self._relations.add_edge(edge, serialized(content), usual)

    def _drop_unused(self, sections: Sequence[Section]) -> None:
        used = set(self._known.values())
        for section, edges in zip(sections, self.of_sections, strict=True):
            model = self._base.section(numbered=section.numbered)
            for edge in _ROOTS:
                used |= set((edges.get(edge) or model.edge_ids(edge)).values())
        relations = self._relations.main.rels
        for identifier, relation in list(relations.items()):
            if relation.reltype in _EDGES and identifier not in used:
                del relations[identifier]

    # lines

    def _head(self, section: Section) -> Xml:
        """Return the running head at the left, and the notices at the right, first beside it."""
        if not section.head:
            return join(self._notice(notice) for notice in section.notices)
        first, *others = section.notices or ("",)
        model = self._base.section(numbered=section.numbered)
        width = model.text_width(landscape=section.landscape)
        plain = w("rPr", w("b", val=0), w("bCs", val=0))
        beside = (w("r", w("tab")), run(first)) if first else ()
        tabs = w("tabs", w("tab", val="right", pos=width))
        runs = (run(section.head, plain), *beside)
        line = self._line("header", runs, tabs, w("jc", val="left"))
        return join((line, *map(self._notice, others)))

    def _notice(self, notice: str) -> Xml:
        return self._line("header", (run(notice),))

    def _foot(self, section: Section) -> Xml:
        """Return the key of marks: smaller than the page number below it."""
        if not section.foot:
            return NOTHING
        look = self._theme.foot
        size = half_points(look.size)
        small = w("rPr", w("sz", val=size), w("szCs", val=size))
        before = twips(max(0.0, look.space_before - PAGE_SLACK))  # it would take from the page
        after = twips(look.space_after)
        spacing = w(
            "spacing", before=before, after=after, line=twips(look.leading), lineRule="exact"
        )
        return self._line("footer", (run(section.foot, small),), spacing, w("jc", val="center"))

    def _line(self, edge: Edge, runs: Iterable[Xml] = (), *direct: Xml) -> Xml:
        style = w("pStyle", val=self._base.style_id(_STYLES[edge]))
        return w("p", paragraph_properties(style, *direct), *runs)
