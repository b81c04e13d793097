"""The structure tree: what a reader hears, in which order (ISO 32000-1, 14.7 and 14.8).

Comes in: elements made by the layout and filled by the painter with marked
content. Goes out: the tree's objects, in an update behind the drawn pages. Written as
text because a table of 10,000 rows has some 100,000 elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from kpireport.writers.pdf.update import Update


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A piece of a page's content that belongs to an element."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Link:
    """An internal link's active area; ``target`` is the id of the block it goes to."""

    page: int
    rectangle: tuple[float, float, float, float]
    target: str
    description: str


@dataclass(slots=True, eq=False)
class Element:
    """A structure element; it joins its parent when the first of its content is painted.

    ``attributes`` are the entries of its attribute object, in PDF syntax.
    """

    tag: str
    parent: Element | None
    attributes: str = ""
    alternative: str = ""
    expansion: str = ""
    identifier: str = ""
    children: list[Element | MarkedContent | Link] = field(default_factory=list)
    joined: bool = False

    def join(self) -> None:
        """Become the last child of the parent, once."""
        if self.joined or self.parent is None:
            return
        self.joined = True
        self.parent.join()
        self.parent.children.append(self)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a block stands: page index and the height of its top in points."""

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Tree:
    """The written structure: object numbers for the catalogue and the pages.

    ``annotations`` lists each page's link annotations; page ``i`` has the
    parent-tree key ``i``.
    """

    root: int
    annotations: tuple[tuple[int, ...], ...]


def write_structure(
    update: Update,
    document: Element,
    pages: Sequence[int],
    destinations: dict[str, Destination],
    language: str,
) -> Tree:
    """Put the structure tree into ``update`` and return where its parts are.

    ``document`` is the root element, whose tree is used up by this; ``pages`` are the
    page objects' numbers in order; ``destinations`` resolve the links' targets.
    """
    return _TreeWriter(update, tuple(pages), destinations).write(document, language)


@dataclass(slots=True)
class _TreeWriter:
    update: Update
    pages: tuple[int, ...]
    destinations: dict[str, Destination]
    owners: list[dict[int, int]] = field(default_factory=list)  # page → MCID → element
    link_owners: list[tuple[int, int]] = field(default_factory=list)  # key, element
    annotations: list[list[int]] = field(default_factory=list)
    identifiers: list[tuple[str, int]] = field(default_factory=list)

    def write(self, document: Element, language: str) -> Tree:
        self.owners = [{} for _ in self.pages]
        self.annotations = [[] for _ in self.pages]
        root = self.update.reserve()
        top = self._write_elements(document, root)
        self.update.put(
            root,
            f"<< /Type /StructTreeRoot /K {top} 0 R /Lang {pdf_text(language)}"
            f" /ParentTree {self._write_parent_tree()} 0 R"
            f" /ParentTreeNextKey {len(self.pages) + len(self.link_owners)}"
            f" /IDTree {self._write_id_tree()} 0 R >>",
        )
        return Tree(root, tuple(tuple(numbers) for numbers in self.annotations))

    def _write_elements(self, top: Element, root: int) -> int:
        """Write all elements; iteratively, for a long document nests and spreads wide."""
        number = self.update.reserve()
        waiting = [(top, number, root)]
        while waiting:
            element, own, parent = waiting.pop()
            page = next((each.page for each in element.children if _is_leaf(each)), None)
            kids: list[str] = []
            below: list[tuple[Element, int, int]] = []
            for child in element.children:
                if isinstance(child, Element):
                    kid = self.update.reserve()
                    below.append((child, kid, own))
                    kids.append(f"{kid} 0 R")
                else:
                    kids.append(self._write_leaf(child, own, page))
            waiting.extend(reversed(below))  # the first child is the next to be written
            self.update.put(own, self._element_body(element, own, parent, page, kids))
            element.children.clear()
        return number

    def _write_leaf(self, child: MarkedContent | Link, own: int, usual_page: int | None) -> str:
        """Return a kid that is no element; a number alone is content of the usual page."""
        page = self.pages[child.page]
        if isinstance(child, MarkedContent):
            self.owners[child.page][child.mcid] = own
            if child.page == usual_page:
                return str(child.mcid)
            return f"<< /Type /MCR /Pg {page} 0 R /MCID {child.mcid} >>"
        annotation = self._write_annotation(child)
        self.link_owners.append((len(self.pages) + len(self.link_owners), own))
        self.annotations[child.page].append(annotation)
        return f"<< /Type /OBJR /Pg {page} 0 R /Obj {annotation} 0 R >>"

    def _write_annotation(self, link: Link) -> int:
        """Write a link; PDF/A asks for the Print flag, PDF/UA for Contents (7.18.5)."""
        target = self.destinations[link.target]
        rectangle = " ".join(f"{value:.2f}" for value in link.rectangle)
        return self.update.add(
            f"<< /Type /Annot /Subtype /Link /Rect [{rectangle}] /F 4 /Border [0 0 0]"
            f" /Dest [{self.pages[target.page]} 0 R /XYZ null {target.top:.2f} null]"
            f" /Contents {pdf_text(link.description)} /P {self.pages[link.page]} 0 R"
            f" /StructParent {len(self.pages) + len(self.link_owners)} >>"
        )

    def _element_body(
        self, element: Element, own: int, parent: int, page: int | None, kids: list[str]
    ) -> str:
        """Return a structure element (14.7.2); ``page`` holds its numbered content."""
        entries = [f"/S /{element.tag} /P {parent} 0 R"]
        if page is not None:
            entries.append(f"/Pg {self.pages[page]} 0 R")
        if kids:
            entries.append(f"/K [{' '.join(kids)}]")
        if element.attributes:
            entries.append(f"/A << {element.attributes} >>")
        if element.alternative:
            entries.append(f"/Alt {pdf_text(element.alternative)}")
        if element.expansion:  # what a symbol means (14.9.5)
            entries.append(f"/E {pdf_text(element.expansion)}")
        if element.identifier:
            self.identifiers.append((element.identifier, own))
            entries.append(f"/ID ({element.identifier})")
        return f"<< {' '.join(entries)} >>"

    def _write_parent_tree(self) -> int:
        """Write content and annotations → their elements (14.7.4.4)."""
        numbers: list[str] = []
        for key, owners in enumerate(self.owners):
            refs = " ".join(f"{owners[mcid]} 0 R" for mcid in sorted(owners))
            numbers.append(f"{key} {self.update.add(f'[{refs}]')} 0 R")
        numbers.extend(f"{key} {own} 0 R" for key, own in self.link_owners)
        return self.update.add(f"<< /Nums [{' '.join(numbers)}] >>")

    def _write_id_tree(self) -> int:
        """Write ids → elements; a name tree is sorted and names its limits (7.9.6)."""
        leaves: list[str] = []
        for batch in _batches(sorted(self.identifiers), 256):
            names = " ".join(f"({name}) {own} 0 R" for name, own in batch)
            limits = f"({batch[0][0]}) ({batch[-1][0]})"
            leaves.append(f"{self.update.add(f'<< /Limits [{limits}] /Names [{names}] >>')} 0 R")
        return self.update.add(f"<< /Kids [{' '.join(leaves)}] >>" if leaves else "<< /Names [] >>")


def _is_leaf(child: Element | MarkedContent | Link) -> TypeGuard[MarkedContent]:
    return isinstance(child, MarkedContent)


def _batches(items: Sequence[tuple[str, int]], size: int) -> Iterator[Sequence[tuple[str, int]]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def pdf_text(text: str) -> str:
    """Return ``text`` as a PDF text string in UTF-16BE (7.9.2.2), hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
