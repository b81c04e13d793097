"""Parts that a document adds to its base, related to the main one (ECMA-376-2, 9.3).

Comes in: what a part is, and what makes its content. Goes out: the id that the markup has
for it; names and ids of the base are never given again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Literal, TypeAlias, cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package
from docx.parts.hdrftr import FooterPart, HeaderPart

from kpireport.writers.docx.package import SVG_TYPE, LatePart

Edge: TypeAlias = Literal["header", "footer"]
"""Which edge of a page."""

_EDGES = {
    "header": ("notices", HeaderPart, CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": ("key", FooterPart, CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}
_IMAGE_TYPES = {"png": CONTENT_TYPE.PNG, "svg": SVG_TYPE}


class Relations:
    """Relates new parts to the main part of a document."""

    def __init__(self, document: Document) -> None:
        """Begin with what ``document`` has."""
        self.main = document.part
        self._package = cast("Package", document.part.package)
        self._taken = {part.partname.casefold() for part in self._package.iter_parts()}
        self._taken |= {identifier.casefold() for identifier in self.main.rels}
        self._counts: Counter[str] = Counter()

    def add_image(self, stem: str, extension: str, make: Callable[[], bytes]) -> str:
        """Return the id of a new picture, which ``make`` draws when it is written."""
        identifier, name = self._unused(f"media/{stem}", stem, extension)
        picture = LatePart(name, _IMAGE_TYPES[extension], self._package, make)
        self.main.load_rel(RELATIONSHIP_TYPE.IMAGE, picture, identifier)
        return identifier

    def add_edge(self, edge: Edge, content: bytes, own: Part | None = None) -> str:
        """Return the id of a new page header or footer, which shows the pictures of ``own`` too."""
        stem, kind, content_type, relationship = _EDGES[edge]
        identifier, name = self._unused(stem, stem, "xml")
        added = kind.load(name, content_type, content, self._package)
        copy_relations(own, added)
        self.main.load_rel(relationship, added, identifier)
        return identifier

    def add_chart(self, make: Callable[[], bytes], make_workbook: Callable[[], bytes]) -> str:
        """Return the id of a new chart that Word draws, with the workbook of its data."""
        identifier, name = self._unused("charts/chart", "chart", "xml")
        chart = LatePart(name, CONTENT_TYPE.DML_CHART, self._package, make)
        stem = name.filename.removesuffix(".xml")
        book_name = PackURI(f"/word/embeddings/{stem}.xlsx")
        book = LatePart(book_name, CONTENT_TYPE.SML_SHEET, self._package, make_workbook)
        chart.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, "rId1")
        self.main.load_rel(RELATIONSHIP_TYPE.CHART, chart, identifier)
        return identifier

    def _unused(self, path: str, stem: str, extension: str) -> tuple[str, PackURI]:
        while True:
            self._counts[f"{stem}.{extension}"] += 1
            number = self._counts[f"{stem}.{extension}"]
            identifier = f"{stem}{number}{extension}"
            name = PackURI(f"/word/{path}{number}.{extension}")
            if not {identifier, name} & self._taken:
                return identifier, name


def copy_relations(source: Part | None, target: Part) -> None:
    """Give ``target`` the relationships of ``source``, under their ids."""
    for each in source.rels.values() if source is not None else ():
        goal = each.target_ref if each.is_external else each.target_part
        target.load_rel(each.reltype, goal, each.rId, each.is_external)
