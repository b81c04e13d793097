"""What the main document refers to: its relationships, its pictures and headers as parts.

Comes in: a base document; the parts that a document adds to it. Goes out: ids for
the markup, names for the package, and the two parts that tie them together
(ECMA-376-2, 9.3 and 10.1.2).
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from lxml.etree import _Element as Element

from kpireport.writers.docx.markup import DECLARATION, RELATIONSHIPS, Xml, element
from kpireport.writers.docx.package import (
    CONTENT_TYPES,
    DOCUMENT_RELATIONS,
    Base,
    parse,
    serialized,
)

_IMAGE_TYPES = {"png": "image/png", "svg": "image/svg+xml"}
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"


class Relation(NamedTuple):
    """A part beside the main document: the id that the markup has for it, and its name."""

    id: str
    part: str


def embedded_workbook(chart: Relation) -> str:
    """Return the name of the workbook part of a chart: its data, for staff to edit."""
    stem = chart.part.rpartition("/")[2].removesuffix(".xml")
    return f"word/embeddings/{stem}.xlsx"


def workbook_relation(chart: Relation) -> tuple[str, tuple[Xml]]:
    """Return the part that ties a chart to its workbook, which it knows as ``rId1``."""
    folder, _, name = chart.part.rpartition("/")
    relation = element(
        "Relationship",
        attributes={
            "Id": "rId1",
            "Type": f"{RELATIONSHIPS}/package",
            "Target": embedded_workbook(chart).replace("word/", "../", 1),
        },
    )
    content = element("Relationships", relation, attributes={"xmlns": _PACKAGE_RELATIONS})
    return f"{folder}/_rels/{name}.rels", (Xml(DECLARATION + content),)


class Relations:
    """The base's relationships and, after them, those that a document asks for."""

    def __init__(self, base: Base) -> None:
        """Begin with those of ``base``; its own names and ids are never given again."""
        self._relations = parse(base.parts[DOCUMENT_RELATIONS])
        self._types = parse(base.parts[CONTENT_TYPES])
        self._taken = {name.casefold() for name in base.parts}
        self._taken |= {relation.get("Id").casefold() for relation in self._relations}
        self._counts: Counter[str] = Counter()
        known = {child.get("Extension", "").casefold() for child in self._types}
        for extension, kind in _IMAGE_TYPES.items():
            if extension not in known:
                _append(self._types, "Default", Extension=extension, ContentType=kind)

    def add_image(self, stem: str, extension: str) -> Relation:
        """Return a new picture, of a type that :meth:`types_part` has declared."""
        return self._add("image", f"media/{stem}", stem, extension)

    def add_header(self) -> Relation:
        """Return a new page header."""
        relation = self._add("header", "notices", "notices", "xml")
        _append(self._types, "Override", PartName=f"/{relation.part}", ContentType=_HEADER_TYPE)
        return relation

    def add_chart(self) -> Relation:
        """Return a new chart that Word draws; its workbook's type is declared with it."""
        relation = self._add("chart", "charts/chart", "chart", "xml")
        _append(self._types, "Override", PartName=f"/{relation.part}", ContentType=_CHART_TYPE)
        _append(
            self._types,
            "Override",
            PartName=f"/{embedded_workbook(relation)}",
            ContentType=_WORKBOOK_TYPE,
        )
        return relation

    def _add(self, kind: str, path: str, stem: str, extension: str) -> Relation:
        identifier, target = self._unused(path, stem, extension)
        _append(
            self._relations,
            "Relationship",
            Id=identifier,
            Type=f"{RELATIONSHIPS}/{kind}",
            Target=target,
        )
        return Relation(identifier, f"word/{target}")

    def _unused(self, path: str, stem: str, extension: str) -> tuple[str, str]:
        while True:
            self._counts[f"{stem}.{extension}"] += 1
            number = self._counts[f"{stem}.{extension}"]
            identifier = f"{stem}{number}{extension}"
            target = f"{path}{number}.{extension}"
            if not {identifier, f"word/{target}"} & self._taken:
                return identifier, target

    def target(self, identifier: str) -> str:
        """Return the name of the part that the base refers to by ``identifier``."""
        return next(
            f"word/{relation.get('Target')}"
            for relation in self._relations
            if relation.get("Id") == identifier
        )

    def types_part(self) -> bytes:
        """Return ``[Content_Types].xml``."""
        return serialized(self._types)

    def part(self) -> bytes:
        """Return the main document's relationships."""
        return serialized(self._relations)


def _append(root: Element, name: str, **attributes: str) -> None:
    root.append(root.makeelement(f"{{{root.nsmap[None]}}}{name}", attributes))
