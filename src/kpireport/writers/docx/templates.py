"""A municipality's own Word document (様式) → the base document that the writer fills.

Comes in: the parts of its package. Goes out: a base document with its styles, theme,
fonts, lists and settings, its page, and its headers and footers with all that they
show (a letterhead's logo). Left behind: its text, its notes and comments, what it says
of its author, links to other files of its owner.

Its first section is the model of pages without a number, its last of numbered ones. A
page number that is missing on numbered pages is added to their footer; on pages
without one, the line that has it is left empty.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from kpireport.findings import Findings, refuse
from kpireport.writers.docx import names
from kpireport.writers.docx.base import BASE_FILE, page_number
from kpireport.writers.docx.markup import (
    MAIN,
    NOTHING,
    RELATIONSHIPS,
    Xml,
    join,
    paragraph_properties,
    part,
    w,
)
from kpireport.writers.docx.package import (
    CONTENT_TYPES,
    DOCUMENT,
    DOCUMENT_RELATIONS,
    STYLES,
    Base,
    in_twips,
    open_parts,
    parse,
    qualified,
    relations_of,
    serialized,
    write_package,
)
from kpireport.writers.docx.template_fitting import fit_styles
from kpireport.writers.docx.template_settings import own_settings
from kpireport.writers.docx.template_styles import NeededStyle, adopt_styles
from kpireport.writers.docx.units import twips
from kpireport.writers.theme import DEFAULT_THEME, MILLIMETRE

_NAMESPACES = {"w": MAIN, "r": RELATIONSHIPS}
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_SETTINGS = "word/settings.xml"
_KEPT = {
    "styles": STYLES,
    "settings": _SETTINGS,
    "numbering": "word/numbering.xml",
    "fontTable": "word/fontTable.xml",
    "theme": "word/theme/theme1.xml",
}
"""What a template gives beside its headers and footers, and under which name."""

_EDGES = ("header", "footer")
_ALL_PAGES = "default"
_PAGE = re.compile(r"\bPAGE\b")

# What stays of a section (17.6.17): columns, vertical text, line numbers, notes and
# printers would be those of the text that is left behind
_OF_SECTION = ("pgSz", "pgMar", "paperSrc", "pgBorders", "pgNumType", "titlePg", "docGrid")

_LEAST_WIDTH = 100 * MILLIMETRE
_LEAST_HEIGHT = 120 * MILLIMETRE


def base_from_template(parts: Mapping[str, bytes], file: str) -> bytes:
    """Return the base document that a template makes.

    Args:
        parts: those of its package, each XML part sound.
        file: its path, for the problems.

    Raises:
        InputError: it lacks styles or its page; it lists all of them.
    """
    return _Template(parts, file).base()


class _Related(NamedTuple):
    """A relationship: its type's last word, and the part or outside address."""

    kind: str
    target: str
    is_outside: bool


@dataclass(slots=True)
class _Template:
    """A template, and the parts of the base document that is made of it."""

    parts: Mapping[str, bytes]
    file: str
    _new: dict[str, bytes] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)
    _edges: dict[str, str] = field(default_factory=dict)
    """The new headers' and footers' relationships: id → kind."""

    def base(self) -> bytes:
        shipped = open_parts(BASE_FILE.read_bytes())
        main = self._main()
        related = self._related(main)
        for name in ("docProps/core.xml", "docProps/app.xml", "_rels/.rels", *_KEPT.values()):
            self._take(shipped, name, name)
        for relation in related.values():
            if relation.kind in _KEPT and relation.target in self.parts:
                self._take_with_all(relation.target, _KEPT[relation.kind])
        styles = parse(self._new[STYLES])
        self._check(adopt_styles(styles) if self._has_styles(related) else [], main)
        self._new[STYLES] = serialized(styles)
        self._new[_SETTINGS] = own_settings(self._new[_SETTINGS])
        self._new.pop(relations_of(_SETTINGS), None)
        self._new[DOCUMENT] = self._document(main, related)
        self._types[DOCUMENT] = f"{_WORD_TYPE}.document.main+xml"
        self._new[DOCUMENT_RELATIONS] = self._relations()
        return self._fitted()

    def _has_styles(self, related: Mapping[str, _Related]) -> bool:
        return any(relation.kind == "styles" for relation in related.values())

    def _fitted(self) -> bytes:
        """Return the package, its styles' lengths made to follow its sizes and page."""
        base = Base.read(self._package())
        self._check_page(base)
        fit_styles(base, DEFAULT_THEME)
        self._new[STYLES] = serialized(base.styles)
        return self._package()

    def _package(self) -> bytes:
        ordered = {CONTENT_TYPES: self._content_types(), **self._new}
        return write_package((name, (data,)) for name, data in ordered.items())

    # --- what is wrong ----------------------------------------------------------

    def _fail(self, what: str, remedy: str) -> None:
        refuse(self.file, what, remedy)

    def _check(self, missing: list[NeededStyle], main: str) -> None:
        log = Findings(self.file)
        if missing:
            listed = "、".join(f"「{needed.shown_name}」" for needed in missing)
            log.add("", f"要るスタイルが{len(missing)}個ありません: {listed}", _GET_STYLES)
        if parse(self.parts[main]).find(".//w:sectPr", _NAMESPACES) is None:
            log.add(
                "",
                "ページ設定（用紙と余白）がありません。",
                "Wordで開き、「レイアウト」で用紙と余白を決めて、保存し直してください。",
            )
        log.settle()

    def _check_page(self, base: Base) -> None:
        """Refuse a page that has no room for tables."""
        for section in (base.unnumbered, base.numbered):
            width = section.text_width(landscape=False)
            height = section.text_height(landscape=True)
            if width < twips(_LEAST_WIDTH) or height < twips(_LEAST_HEIGHT):
                self._fail(
                    "用紙が小さいか余白が広いため、表を置く幅や高さが足りません。",
                    f"余白を除いた幅を {_LEAST_WIDTH / MILLIMETRE:.0f} mm、横向きにしたときの高さを"
                    f" {_LEAST_HEIGHT / MILLIMETRE:.0f} mm より大きくしてください。",
                )

    # --- parts and relationships ------------------------------------------------

    def _main(self) -> str:
        """Return the name of the main part: Word for the web does not call it document.xml."""
        for relation in self._related("").values():
            if relation.kind == "officeDocument" and relation.target in self.parts:
                return relation.target
        self._fail(
            "Wordの文書（.docx）ではありません。",
            "Wordで開き、「名前を付けて保存」で「Word 文書（*.docx）」を選んで保存してください。",
        )
        raise AssertionError

    def _related(self, name: str) -> dict[str, _Related]:
        """Return the relationships of a part, or of the package (ECMA-376-2, 9.3)."""
        data = self.parts.get(relations_of(name))
        if data is None:
            return {}
        return {
            relation.get("Id"): _Related(
                relation.get("Type", "").rpartition("/")[2],
                relation.get("Target", "")
                if relation.get("TargetMode") == "External"
                else _resolved(posixpath.dirname(name), relation.get("Target", "")),
                relation.get("TargetMode") == "External",
            )
            for relation in parse(data).iter(f"{{{_PACKAGE_RELATIONSHIPS}}}Relationship")
        }

    def _take(self, parts: Mapping[str, bytes], name: str, new_name: str) -> None:
        """Take over a part under another name, without what it refers to."""
        self._new[new_name] = parts[name]
        self._types[new_name] = _content_type(parts, name)

    def _take_with_all(self, name: str, new_name: str) -> None:
        """Take over a part and whatever it refers to, each further part under its own name."""
        self._take(self.parts, name, new_name)
        root = etree.Element(
            f"{{{_PACKAGE_RELATIONSHIPS}}}Relationships", nsmap={None: _PACKAGE_RELATIONSHIPS}
        )
        folder = posixpath.dirname(new_name)
        for identifier, (_, target, is_outside) in self._related(name).items():
            if not is_outside and target not in self.parts:
                continue
            written = target if is_outside else posixpath.relpath(target, folder)
            kind = _relation_type(self.parts[relations_of(name)], identifier)
            more = {"TargetMode": "External"} if is_outside else {}
            _relate(root, identifier, kind, written, **more)
            if not is_outside and target not in self._new:
                self._take_with_all(target, target)
        if len(root):
            self._new[relations_of(new_name)] = serialized(root)

    def _relations(self) -> bytes:
        root = etree.Element(
            f"{{{_PACKAGE_RELATIONSHIPS}}}Relationships", nsmap={None: _PACKAGE_RELATIONSHIPS}
        )
        for kind, name in _KEPT.items():
            _relate(root, kind, f"{RELATIONSHIPS}/{kind}", posixpath.relpath(name, "word"))
        for identifier, kind in self._edges.items():
            _relate(root, identifier, f"{RELATIONSHIPS}/{kind}", f"{identifier}.xml")
        return serialized(root)

    def _content_types(self) -> bytes:
        """Return ``[Content_Types].xml`` (ECMA-376-2, 10.1.2)."""
        root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
        relations = "application/vnd.openxmlformats-package.relationships+xml"
        for extension, kind in (("rels", relations), ("xml", "application/xml")):
            etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=kind)
        for name, kind in self._types.items():
            if not name.endswith(".rels"):
                attributes = {"PartName": f"/{name}", "ContentType": kind}
                etree.SubElement(root, f"{{{_TYPES}}}Override", attributes)
        return serialized(root)

    # --- the two sections -------------------------------------------------------

    def _document(self, main: str, related: Mapping[str, _Related]) -> bytes:
        """Return the main part: two empty sections, with their headers and footers."""
        sections = parse(self.parts[main]).findall(".//w:sectPr", _NAMESPACES)
        edges = list(_inherited_edges(sections, related))
        unnumbered = self._numberless(edges[0])
        numbered = self._with_number(edges[-1])
        for place in sorted(unnumbered.keys() | numbered.keys()):
            for mine in (unnumbered, numbered):
                if place not in mine:  # else the section takes over that of the one before
                    mine[place] = self._empty_edge(place[0])
        first, last = (
            _section(section, mine)
            for section, mine in ((sections[0], unnumbered), (sections[-1], numbered))
        )
        paragraph = w("p", paragraph_properties(first))
        return part("document", w("body", paragraph, last)).encode()

    def _numberless(self, edges: Mapping[_Place, str]) -> dict[_Place, str]:
        """Take over headers and footers, the lines with a page number left empty."""
        result = {}
        for place, name in edges.items():
            root = parse(self.parts[name])
            numbers = list(_page_number_lines(root))
            for line in numbers:
                for child in line.findall("*", _NAMESPACES):
                    if child.tag != qualified("w:pPr"):
                        line.remove(child)
            result[place] = self._edge(place[0], name, serialized(root) if numbers else None)
        return result

    def _with_number(self, edges: Mapping[_Place, str]) -> dict[_Place, str]:
        """Take over headers and footers; add a page number to the footer if none has one."""
        result = {place: self._edge(place[0], name) for place, name in edges.items()}
        usual = [name for (_, pages), name in edges.items() if pages == _ALL_PAGES]
        if not any(_has_page_number(self.parts[name]) for name in usual):
            place = ("footer", _ALL_PAGES)
            lines = _footer_lines(self._style_id(names.FOOTER.name), page_number())
            name = edges.get(place)
            if name is None:
                content = part("ftr", lines).encode()
            else:
                root = parse(self.parts[name])
                root.extend(parse(f'<w:ftr xmlns:w="{MAIN}">{lines}</w:ftr>'.encode()))
                content = serialized(root)
            result[place] = self._edge("footer", name, content)
        return result

    def _empty_edge(self, kind: str) -> str:
        style = names.FOOTER if kind == "footer" else names.HEADER
        lines = _footer_lines(self._style_id(style.name))
        return self._edge(kind, None, part("ftr" if kind == "footer" else "hdr", lines).encode())

    def _edge(self, kind: str, name: str | None, content: bytes | None = None) -> str:
        """Add a header or footer and return its relationship; ``content`` is instead of its own."""
        identifier = f"{kind}{len(self._edges) + 1}"
        new_name = f"word/{identifier}.xml"
        self._edges[identifier] = kind
        if name is not None:
            self._take_with_all(name, new_name)
        if content is not None:
            self._new[new_name] = content
        self._types[new_name] = f"{_WORD_TYPE}.{kind}+xml"
        return identifier

    def _style_id(self, name: str) -> str:
        for style in parse(self._new[STYLES]).findall("w:style", _NAMESPACES):
            if style.find("w:name", _NAMESPACES).get(qualified("w:val")) == name:
                return str(style.get(qualified("w:styleId")))
        raise AssertionError(name)


_Place = tuple[str, str]
"""Header or footer, and the pages that it is for."""

_GET_STYLES = (
    "名前を変えたスタイルは、元の名前に戻してください。ないスタイルは、"
    "kpireport template 雛形.docx で作った雛形から、"
    "Wordの「スタイルの管理」→「インポート/エクスポート」で写してください。"
)


def _resolved(folder: str, target: str) -> str:
    """Return the name of the part that ``target`` is, seen from ``folder``."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _relation_type(relations: bytes, identifier: str) -> str:
    return next(
        str(relation.get("Type"))
        for relation in parse(relations)
        if relation.get("Id") == identifier
    )


def _relate(root: Element, identifier: str, kind: str, target: str, **more: str) -> None:
    attributes = {"Id": identifier, "Type": kind, "Target": target, **more}
    etree.SubElement(root, f"{{{_PACKAGE_RELATIONSHIPS}}}Relationship", attributes)


def _content_type(parts: Mapping[str, bytes], name: str) -> str:
    """Return a part's content type: its own, or that of its extension."""
    types = parse(parts[CONTENT_TYPES])
    extension = name.rpartition(".")[2].casefold()
    usual = "application/octet-stream"
    for entry in types:
        if entry.get("PartName", "").casefold() == f"/{name}".casefold():
            return str(entry.get("ContentType"))
        if entry.get("Extension", "").casefold() == extension:
            usual = str(entry.get("ContentType"))
    return usual


def _inherited_edges(
    sections: list[Element], related: Mapping[str, _Related]
) -> Iterator[dict[_Place, str]]:
    """Yield each section's headers and footers; one that it lacks is the one before's."""
    edges: dict[_Place, str] = {}
    for section in sections:
        edges = dict(edges)
        for kind in _EDGES:
            for reference in section.findall(f"w:{kind}Reference", _NAMESPACES):
                relation = related.get(reference.get(qualified("r:id")))
                pages = reference.get(qualified("w:type"), _ALL_PAGES)
                if relation and not relation.is_outside:
                    edges[kind, pages] = relation.target
        yield edges


def _has_page_number(data: bytes) -> bool:
    return next(_page_number_lines(parse(data)), None) is not None


def _page_number_lines(root: Element) -> Iterator[Element]:
    """Yield the paragraphs with a ``PAGE`` field (17.16.5.44), simple or complex."""
    for line in root.iter(qualified("w:p")):
        if line.find(".//w:p", _NAMESPACES) is not None:
            continue  # a text box inside: its own paragraphs follow
        simple = [field.get(qualified("w:instr"), "") for field in line.iter(_FIELD)]
        complex_ = "".join(text.text or "" for text in line.iter(qualified("w:instrText")))
        if any(_PAGE.search(instruction) for instruction in (*simple, complex_)):
            yield line


_FIELD = qualified("w:fldSimple")


def _footer_lines(style_id: str, content: Xml = NOTHING) -> Xml:
    return join((w("p", paragraph_properties(w("pStyle", val=style_id)), content),))


def _section(section: Element, edges: Mapping[_Place, str]) -> Xml:
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
    own = section.find(f"w:{name}", _NAMESPACES)
    return own if own is not None or usual is None else usual.find(f"w:{name}", _NAMESPACES)


def _xml(element: Element) -> Xml:
    copy = deepcopy(element)
    for attribute in [key for key in copy.attrib if not key.startswith(f"{{{MAIN}}}")]:
        del copy.attrib[attribute]
    if copy.tag in (qualified("w:pgSz"), qualified("w:pgMar")):
        for key, value in copy.attrib.items():
            copy.set(key, str(value if (length := in_twips(value)) is None else length))
    etree.cleanup_namespaces(copy)
    return Xml(etree.tostring(copy, encoding="unicode", with_tail=False))
